"""Astro: Starlight's docs and plain content collections, languages by folder."""

from __future__ import annotations

from translate_pipeline.sites.layout import Layout, Links, Rule

__all__ = ["LAYOUTS"]

_CONFIG = ("astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts",
           "astro.config.cjs")  # fmt: skip

LAYOUTS = (
    Layout(
        name="astro-starlight",
        description="Astro Starlight: src/content/docs/<language>/…, the source at the root or"
        " in its own folder",
        rules=(
            Rule(
                "src/content/docs/{locale}/{dir}/{stem}{ext}",
                "src/content/docs/{locale}/{dir}/{stem}{ext}",
            ),
            Rule(
                "src/content/docs/{dir}/{stem}{ext}",
                "src/content/docs/{locale}/{dir}/{stem}{ext}",
            ),
        ),
        extensions=(".md", ".mdx"),
        links=Links.SAME_DEPTH,
        source_url_prefix="/",
        url_prefix="/{locale}/",
        keep=("slug", "template", "tableOfContents", "editUrl", "head", "sidebar.order"),
        markers=_CONFIG,
        plugin="starlight",
    ),
    Layout(
        name="astro-content",
        description="Astro: src/content/blog/<language>/… and src/pages/<language>/…",
        rules=(
            Rule(
                "src/content/blog/{locale}/{dir}/{stem}{ext}",
                "src/content/blog/{locale}/{dir}/{stem}{ext}",
            ),
            Rule(
                "src/content/blog/{dir}/{stem}{ext}",
                "src/content/blog/{locale}/{dir}/{stem}{ext}",
            ),
            Rule("src/pages/{locale}/{dir}/{stem}{ext}", "src/pages/{locale}/{dir}/{stem}{ext}"),
            Rule("src/pages/{dir}/{stem}{ext}", "src/pages/{locale}/{dir}/{stem}{ext}"),
        ),
        extensions=(".md", ".mdx"),
        # `layout: ../../layouts/Post.astro` is a path, too; it stays a page's own business.
        links=Links.SAME_DEPTH,
        source_url_prefix="/",
        url_prefix="/{locale}/",
        keep=("slug", "pubDate", "heroImage"),
        markers=_CONFIG,
    ),
)
