"""Sources by the URLs that generators give them; two of one URL stand for none."""

from __future__ import annotations

import pytest

from translate_pipeline.sites.pages import Pages

SITE = Pages(
    [
        "content/about.md",
        "content/posts/first/index.md",
        "content/en/only.md",
        "docs/guide/_index.md",
        "docs/guide/setup.mdx",
        "docs/README.md",
        "src/content/docs/star.md",
        "_posts/2025-01-02-dated-en.md",
        "_posts/2024-03-04-plain.md",
        "notes/2023-05-06-twice-en.md",
        "original/2022-05-06-twice-en.md",
        "pages/x.en.md",
        "blog/same.md",
        "docs/blog/same.md",
    ],
    "en",
)


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("/about", "content/about.md"),
        ("/about/", "content/about.md"),
        ("/about.html", "content/about.md"),
        ("/about/index.html", "content/about.md"),
        ("/en/about/", "content/about.md"),
        ("/posts/first/", "content/posts/first/index.md"),
        ("/only", "content/en/only.md"),
        ("/guide/", "docs/guide/_index.md"),
        ("/docs/guide/setup", "docs/guide/setup.mdx"),
        ("/guide/setup.md", "docs/guide/setup.mdx"),
        ("/star/", "src/content/docs/star.md"),
        ("/", "docs/README.md"),
        ("/2025/01/02/dated-en.html", "_posts/2025-01-02-dated-en.md"),
        ("/any/where/dated-en/", "_posts/2025-01-02-dated-en.md"),
        ("/2024/03/04/plain.html", "_posts/2024-03-04-plain.md"),
        ("/plain", "_posts/2024-03-04-plain.md"),
        ("/any/plain", None),  # without a language at its end a name alone says too little
        ("/twice-en", None),
        ("/notes/2023-05-06-twice-en", "notes/2023-05-06-twice-en.md"),
        ("/posts/2022-05-06-twice-en", "original/2022-05-06-twice-en.md"),
        ("/x", "pages/x.en.md"),
        ("/blog/same", None),
        ("/none", None),
        ("", "docs/README.md"),
    ],
)
def test_find(url: str, source: str | None) -> None:
    assert SITE.find(url) == source


def test_no_sources() -> None:
    assert Pages([], "en").find("/a") is None
