"""MkDocs with mkdocs-static-i18n: languages by suffix or by folder (`docs_structure`)."""

from __future__ import annotations

from translate_pipeline.sites.layout import Layout, Links, Rule

__all__ = ["LAYOUTS"]

_CONFIG = ("mkdocs.yml", "mkdocs.yaml")

LAYOUTS = (
    Layout(
        name="mkdocs-suffix",
        description="MkDocs with static-i18n, docs_structure: suffix: docs/…/page.<language>.md",
        rules=(
            Rule("docs/{dir}/{stem}.{locale}{ext}", "docs/{dir}/{stem}.{locale}{ext}"),
            Rule("docs/{dir}/{stem}{ext}", "docs/{dir}/{stem}.{locale}{ext}"),
        ),
        dialect="mkdocs",
        # The plugin wants links without a language and resolves them itself.
        links=Links.KEEP,
        markers=_CONFIG,
        plugin="mkdocs-static-i18n suffix",
    ),
    Layout(
        name="mkdocs-folder",
        description="MkDocs with static-i18n, docs_structure: folder: docs/<language>/…",
        rules=(Rule("docs/{locale}/{dir}/{stem}{ext}", "docs/{locale}/{dir}/{stem}{ext}"),),
        dialect="mkdocs",
        # The tree of a language is filled up from the default language, images included.
        links=Links.KEEP,
        markers=_CONFIG,
        plugin="mkdocs-static-i18n folder",
    ),
)
