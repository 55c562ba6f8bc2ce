"""Docusaurus: docs, blog and pages have their languages under `i18n/<language>/<plugin>/`."""

from __future__ import annotations

from translate_pipeline.sites.layout import Layout, Links, Rule

__all__ = ["LAYOUTS"]

LAYOUTS = (
    Layout(
        name="docusaurus",
        description="Docusaurus: docs/, blog/ and src/pages/ to i18n/<language>/<plugin>/",
        # Versioned docs are left to `paths`: few sites translate old versions, all pay for them.
        rules=(
            Rule(
                "docs/{dir}/{stem}{ext}",
                "i18n/{locale}/docusaurus-plugin-content-docs/current/{dir}/{stem}{ext}",
            ),
            Rule(
                "blog/{dir}/{stem}{ext}",
                "i18n/{locale}/docusaurus-plugin-content-blog/{dir}/{stem}{ext}",
            ),
            Rule(
                "src/pages/{dir}/{stem}{ext}",
                "i18n/{locale}/docusaurus-plugin-content-pages/{dir}/{stem}{ext}",
            ),
        ),
        extensions=(".md", ".mdx"),
        dialect="docusaurus",
        # A link to `./other.md` finds the translation, else the source page, by itself; an
        # image beside the source is not found from `i18n/`.
        links=Links.SAME_DEPTH,
        # No `url_prefix`: a link to `/docs/x` gets its language from the router.
        keep=(
            "id",
            "slug",
            "sidebar_position",
            "tags",
            "authors",
            "unlisted",
            "pagination_next",
            "pagination_prev",
        ),
        markers=(
            "docusaurus.config.js",
            "docusaurus.config.ts",
            "docusaurus.config.mjs",
            "docusaurus.config.cjs",
            "docusaurus.config.mts",
        ),
    ),
)
