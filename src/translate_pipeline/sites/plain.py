"""Any other tree: the pairs of patterns are in the config under `paths`."""

from __future__ import annotations

from translate_pipeline.sites.layout import REPOSITORY_PAPERS, Layout, Links

__all__ = ["LAYOUTS"]

LAYOUTS = (
    Layout(
        name="plain",
        description="Any tree: the patterns in `paths` say where sources and targets are",
        # As `discovery.EXTENSIONS`.
        extensions=(".md", ".markdown", ".mdown", ".mdx", ".qmd", ".Rmd"),
        links=Links.REWRITE_RELATIVE,
        exclude=tuple(name for name in REPOSITORY_PAPERS if name != "/README.md"),
    ),
)
