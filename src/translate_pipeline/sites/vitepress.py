"""VitePress: the source's language at the root, each other language in a folder of its name."""

from __future__ import annotations

from translate_pipeline.sites.layout import REPOSITORY_PAPERS, Layout, Links, Rule

__all__ = ["LAYOUTS"]

_CONFIG = tuple(f".vitepress/config.{end}" for end in ("ts", "mts", "js", "mjs", "cjs"))
_KEEP = ("layout", "outline", "sidebar", "aside", "head")

LAYOUTS = (
    Layout(
        name="vitepress",
        description="VitePress in docs/: docs/<language>/…, the source at the root of docs/ or"
        " in its own folder",
        rules=(
            Rule("docs/{locale}/{dir}/{stem}{ext}", "docs/{locale}/{dir}/{stem}{ext}"),
            Rule("docs/{dir}/{stem}{ext}", "docs/{locale}/{dir}/{stem}{ext}"),
        ),
        extensions=(".md",),
        dialect="vitepress",
        # `./bar` means `bar.md`, and a link to a page that is not there fails the build
        # (vitepress.dev, "Routing": linking between pages, and `ignoreDeadLinks`).
        links=Links.REWRITE_RELATIVE,
        source_url_prefix="/",
        url_prefix="/{locale}/",
        keep=_KEEP,
        markers=(*(f"docs/{name}" for name in _CONFIG), "docs/.vitepress/config/index.ts"),
    ),
    Layout(
        name="vitepress-root",
        description="VitePress at the root of the project: <language>/…",
        rules=(
            Rule("{locale}/{dir}/{stem}{ext}", "{locale}/{dir}/{stem}{ext}"),
            Rule("{dir}/{stem}{ext}", "{locale}/{dir}/{stem}{ext}"),
        ),
        extensions=(".md",),
        dialect="vitepress",
        # `./bar` means `bar.md`, and a link to a page that is not there fails the build
        # (vitepress.dev, "Routing": linking between pages, and `ignoreDeadLinks`).
        links=Links.REWRITE_RELATIVE,
        source_url_prefix="/",
        url_prefix="/{locale}/",
        keep=_KEEP,
        exclude=REPOSITORY_PAPERS,
        markers=(*_CONFIG, ".vitepress/config/index.ts"),
    ),
)
