"""Hugo's two ways over their golden trees."""

from __future__ import annotations

from pathlib import Path

from tests.sites.golden import check_golden, golden_site
from translate_pipeline.sites.detect import detect
from translate_pipeline.sites.site_configs import told


def test_by_file_name() -> None:
    """Also section pages (`_index.md`) and bundles (`index.md`)."""
    found = check_golden(
        "hugo-file",
        {
            f"content/{stem}.md": [f"content/{stem}.de.md", f"content/{stem}.ja.md"]
            for stem in ("_index", "guide/start", "posts/trip/index")
        },
        there={"content/posts/trip/index.de.md": "content/posts/trip/index.md"},
    )
    assert found.targets == ("de", "ja")
    assert "translationKey" in golden_site("hugo-file").layout.keep


def test_the_source_may_have_its_own_suffix(tmp_path: Path) -> None:
    from dataclasses import replace

    (tmp_path / "content").mkdir()
    for name in ("about.en.md", "about.de.md", "news.md"):
        (tmp_path / "content" / name).write_text("x\n")
    site = replace(golden_site("hugo-file"), root=tmp_path)
    assert [(row.source, row.targets[0][1]) for row in site.plan()] == [
        ("content/about.en.md", "content/about.de.md"),
        ("content/news.md", "content/news.de.md"),
    ]
    found = site.source_of("content/about.de.md")
    assert found is not None
    assert found[0] == "content/about.en.md"


def test_by_content_directory() -> None:
    found = check_golden(
        "hugo-folder",
        {
            f"content/en/{name}.md": [f"content/de/{name}.md", f"content/ja/{name}.md"]
            for name in ("_index", "book/one", "book/two")
        },
        there={"content/de/book/two.md": "content/en/book/two.md"},
    )
    assert found.targets == ("de", "ja")


def test_another_content_folder_becomes_paths(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text('contentDir = "articles"\ndefaultContentLanguage = "fr"\n')
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text("x\n")
    found = detect(tmp_path)[0]
    assert (found.layout, found.source) == ("hugo-file", "fr")
    assert found.paths[1] == ("articles/{dir}/{stem}{ext}", "articles/{dir}/{stem}.{locale}{ext}")


def test_the_config_names_the_folders(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text(
        '[languages.en]\ncontentDir = "content/english"\n[languages.fr]\ncontentDir = "content/f"\n'
    )
    said = told(tmp_path, "hugo.toml")
    assert said.locales == ("en", "fr")
    assert said.folders == {"en": "content/english", "fr": "content/f"}
