"""Quarto with babelquarto: `page.<language>.qmd` beside `page.qmd`."""

from __future__ import annotations

from translate_pipeline.sites.layout import Layout, Links, Rule

__all__ = ["LAYOUTS"]

LAYOUTS = (
    Layout(
        name="quarto",
        description="Quarto with babelquarto: page.<language>.qmd beside page.qmd",
        rules=(
            Rule("{dir}/{stem}.{locale}{ext}", "{dir}/{stem}.{locale}{ext}"),
            Rule("{dir}/{stem}{ext}", "{dir}/{stem}.{locale}{ext}"),
        ),
        extensions=(".qmd", ".Rmd"),
        dialect="quarto",
        # Each language is built as a copy of the project in which its files have the plain names.
        links=Links.KEEP,
        keep=("bibliography", "format", "engine", "execute", "categories"),
        markers=("_quarto.yml", "_quarto.yaml"),
    ),
)
