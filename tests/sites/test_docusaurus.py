"""Docusaurus over its golden tree: docs, blog and pages, each to its plugin's folder."""

from __future__ import annotations

from tests.sites.golden import check_golden


def test_docs_blog_and_pages() -> None:
    places = {
        "blog/2025-08-01-release.md": "blog/2025-08-01-release.md",
        "docs/intro.md": "docs/current/intro.md",
        "docs/tutorial/first-step.mdx": "docs/current/tutorial/first-step.mdx",
        "src/pages/help.md": "pages/help.md",
    }
    found = check_golden(
        "docusaurus",
        {
            source: [f"i18n/{name}/docusaurus-plugin-content-{place}" for name in ("fr", "ja")]
            for source, place in places.items()
        },
        there={"i18n/fr/docusaurus-plugin-content-docs/current/intro.md": "docs/intro.md"},
    )
    assert found.targets == ("fr", "ja")
