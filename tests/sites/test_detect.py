"""Detection: the likeliest first, with reasons that were seen; bounded, and nothing is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate_pipeline.errors import ConfigError
from translate_pipeline.sites import detect as room
from translate_pipeline.sites.detect import MOST_ENTRIES, detect


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# x\n", encoding="utf-8")


def layouts(root: Path) -> list[str]:
    return [found.layout for found in detect(root)]


@pytest.mark.parametrize(
    ("files", "layout", "source", "targets"),
    [
        (["hugo.toml", "content/a.md"], "hugo-file", "en", ()),
        (["hugo.toml", "content/en/a.md"], "hugo-folder", "en", ()),
        (["config.toml", "content/fr/a.md", "content/fr/b.md", "content/en/a.md"],
         "hugo-folder", "fr", ("en",)),
        (["mkdocs.yml", "docs/a.md"], "mkdocs-suffix", "en", ()),
        (["mkdocs.yml", "docs/en/a.md", "docs/de/a.md"], "mkdocs-folder", "en", ("de",)),
        (["docs/.vitepress/config.js", "docs/a.md", "docs/zh/a.md"], "vitepress", "en", ("zh",)),
        (["_config.yml", "_posts/2025-01-01-a.md"], "jekyll-suffix", "en", ()),
        (["_config.yml", "notes/a-en.md", "notes/b-ja.md"], "jekyll-user", "en", ("ja",)),
        (["_quarto.yml", "a.qmd"], "quarto", "en", ()),
        (["README.md", "README.de.md", "README.zh-CN.md"], "plain", "en", ("de", "zh-CN")),
        (["docs/en/a.md", "docs/en/b.md", "docs/ko/a.md"], "plain", "en", ("ko",)),
    ],
)  # fmt: skip
def test_by_file_names(
    tmp_path: Path, files: list[str], layout: str, source: str, targets: tuple[str, ...]
) -> None:
    make(tmp_path, *files)
    first = detect(tmp_path)[0]
    assert (first.layout, first.source, set(first.targets)) == (layout, source, set(targets))


def test_the_reason_says_what_was_seen(tmp_path: Path) -> None:
    make(tmp_path, "hugo.toml", "content/a.md", "content/a.de.md", "content/b.md")
    assert detect(tmp_path)[0].reason == (
        "there is hugo.toml; 2 sources such as content/a.md; 1 translation such as content/a.de.md"
    )


def test_programming_languages_are_no_languages(tmp_path: Path) -> None:
    """`docs/go`, `docs/cs`, `docs/js`: no page of theirs is a page of the root."""
    make(tmp_path, "docs/.vitepress/config.js", "docs/a.md", "docs/go/x.md", "docs/cs/y.md")
    assert (detect(tmp_path)[0].source, detect(tmp_path)[0].targets) == ("en", ())


def test_no_site(tmp_path: Path) -> None:
    assert detect(tmp_path) == ()
    make(tmp_path, "a.md", "b.md")
    assert detect(tmp_path) == ()
    with pytest.raises(ConfigError, match="no such folder"):
        detect(tmp_path / "a.md")


def test_a_generator_without_articles_is_no_answer(tmp_path: Path) -> None:
    make(tmp_path, "hugo.toml", "README.md")
    assert detect(tmp_path) == ()


def test_the_bound_cuts_the_deepest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_ENTRIES == 20_000
    make(tmp_path, "hugo.toml", "content/a.md", *(f"content/deep/{n}/x.md" for n in range(40)))
    monkeypatch.setattr(room, "MOST_ENTRIES", 20)
    assert "1 source such as content/a.md" in detect(tmp_path)[0].reason


def test_odd_names_do_no_harm(tmp_path: Path) -> None:
    make(tmp_path, "hugo.toml", "content/a\nb.md", "content/{dir}/x.md", "content/a.md")
    (tmp_path / "content" / "loop").symlink_to(tmp_path)
    first = detect(tmp_path)[0]
    assert "\n" not in first.reason
    assert "2 sources" in first.reason
