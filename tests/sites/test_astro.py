"""Starlight and plain Astro over their golden trees."""

from __future__ import annotations

from tests.sites.golden import check_golden


def test_starlight_with_the_source_at_the_root() -> None:
    root = "src/content/docs"
    found = check_golden(
        "astro-starlight",
        {
            f"{root}/{name}": [f"{root}/de/{name}", f"{root}/pt-br/{name}"]
            for name in ("guides/looking.md", "index.mdx")
        },
        there={f"{root}/de/guides/looking.md": f"{root}/guides/looking.md"},
    )
    assert found.targets == ("de", "pt-br")
    assert "which names starlight" in found.reason


def test_collections_and_pages() -> None:
    blog = "src/content/blog"
    found = check_golden(
        "astro-content",
        {
            f"{blog}/en/first-post.md": [f"{blog}/{x}/first-post.md" for x in ("es", "ja")],
            f"{blog}/en/second-post.md": [f"{blog}/{x}/second-post.md" for x in ("es", "ja")],
            "src/pages/contact.md": [f"src/pages/{x}/contact.md" for x in ("es", "ja")],
        },
        there={f"{blog}/es/second-post.md": f"{blog}/en/second-post.md"},
    )
    assert found.targets == ("es", "ja")
