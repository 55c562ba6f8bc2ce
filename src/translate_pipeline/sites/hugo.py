"""Hugo: languages by file name or by content directory, as its manual calls them."""

from __future__ import annotations

from translate_pipeline.sites.layout import Layout, Links, Rule

__all__ = ["LAYOUTS"]

_CONFIG = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml",
           "config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml",
           "config/_default/config.yaml")  # fmt: skip
# What pairs the languages, and what is no prose.
_KEEP = ("translationKey", "slug", "url", "aliases", "type", "layout", "cascade", "menu")

LAYOUTS = (
    Layout(
        name="hugo-file",
        description="Hugo by file name: content/…/page.<language>.md beside page.md; also"
        " bundles (index.md, _index.md)",
        rules=(
            Rule("content/{dir}/{stem}.{locale}{ext}", "content/{dir}/{stem}.{locale}{ext}"),
            Rule("content/{dir}/{stem}{ext}", "content/{dir}/{stem}.{locale}{ext}"),
        ),
        extensions=(".md", ".markdown", ".mdown"),
        dialect="hugo",
        # Page references resolve within the language; the files of a bundle are shared.
        links=Links.KEEP,
        source_url_prefix="/",
        url_prefix="/{locale}/",
        keep=_KEEP,
        markers=_CONFIG,
    ),
    Layout(
        name="hugo-folder",
        description="Hugo by content directory: content/<language>/…",
        rules=(Rule("content/{locale}/{dir}/{stem}{ext}", "content/{locale}/{dir}/{stem}{ext}"),),
        extensions=(".md", ".markdown", ".mdown"),
        dialect="hugo",
        # Bundles are merged across the languages, so an image of the source's is found.
        links=Links.KEEP,
        source_url_prefix="/",
        url_prefix="/{locale}/",
        keep=_KEEP,
        markers=_CONFIG,
    ),
)
