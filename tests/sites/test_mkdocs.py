"""MkDocs with static-i18n over its golden trees; the config says which of the two it is."""

from __future__ import annotations

from pathlib import Path

from tests.sites.golden import before, check_golden
from translate_pipeline.sites.detect import detect


def test_by_suffix() -> None:
    found = check_golden(
        "mkdocs-suffix",
        {
            f"docs/{stem}.md": [f"docs/{stem}.de.md", f"docs/{stem}.ja.md"]
            for stem in ("guide/setup", "index")
        },
        there={"docs/guide/setup.de.md": "docs/guide/setup.md"},
    )
    assert found.targets == ("de", "ja")


def test_by_folder() -> None:
    found = check_golden(
        "mkdocs-folder",
        {
            f"docs/en/{name}.md": [f"docs/de/{name}.md", f"docs/fr/{name}.md"]
            for name in ("guide/setup", "index")
        },
        there={"docs/de/index.md": "docs/en/index.md"},
    )
    assert found.targets == ("de", "fr")


def test_the_config_leaves_one_answer() -> None:
    for name in ("mkdocs-suffix", "mkdocs-folder"):
        assert [found.layout for found in detect(before(name))] == [name]


def test_another_docs_folder(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("docs_dir: ./manual\ntheme:\n  language: fr\n")
    (tmp_path / "manual").mkdir()
    (tmp_path / "manual" / "index.md").write_text("# x\n")
    found = detect(tmp_path)[0]
    assert (found.layout, found.source) == ("mkdocs-suffix", "fr")
    assert found.paths[-1] == ("manual/{dir}/{stem}{ext}", "manual/{dir}/{stem}.{locale}{ext}")
