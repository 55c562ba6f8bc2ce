"""The flavours of the corpus in, their dialect, their articles and their oracle out.

Three dialects have no site in the corpus: their literal cases stand in for one, beside articles
of another flavour, in which nothing may be taken for theirs.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tests.oracles import docfx, earlier, hexo, hugo, liquid, mdbook, mdx, obsidian, vitepress, zola
from tests.oracles.pairs import Oracle

__all__ = ["FLAVOURS", "Flavour", "texts"]


class Flavour(NamedTuple):
    """`folders` of the corpus; of `misc`, whose files are of several kinds, those that `fits`."""

    dialect: str
    oracle: Oracle
    folders: tuple[str, ...]
    cases: bool = False
    fits: Callable[[Path], bool] = lambda _: True


FLAVOURS = {
    "astro": Flavour("mdx", mdx.ORACLE, ("astro",)),
    "docfx": Flavour("docfx", docfx.ORACLE, ("docfx",)),
    "docusaurus": Flavour("docusaurus", mdx.ORACLE, ("docusaurus",)),
    "eleventy": Flavour("jekyll", liquid.ELEVENTY, ("eleventy",)),
    "github docs": Flavour("github_docs", liquid.ORACLE, ("readme",), True),
    "hexo": Flavour("hexo", hexo.ORACLE, ("hexo",), True),
    "hugo": Flavour("hugo", hugo.ORACLE, ("hugo",)),
    "jekyll": Flavour("jekyll", earlier.KRAMDOWN, ("jekyll",)),
    "mdbook": Flavour("mdbook", mdbook.ORACLE, ("mdbook",)),
    "misc": Flavour("commonmark", liquid.MARKDOWN, ("misc",), False, lambda p: p.suffix != ".mdx"),
    "misc (mdx)": Flavour("mdx", mdx.ORACLE, ("misc",), False, lambda p: p.suffix == ".mdx"),
    "mkdocs": Flavour("mkdocs", earlier.PYTHON_MARKDOWN, ("mkdocs",)),
    "myst": Flavour("myst", earlier.MYST_PARSER, ("myst",)),
    "nextmdx": Flavour("mdx", mdx.ORACLE, ("nextmdx",)),
    "obsidian": Flavour("obsidian", obsidian.ORACLE, ("readme",), True),
    "quarto": Flavour("quarto", earlier.PANDOC, ("quarto",)),
    "readme": Flavour("commonmark", liquid.MARKDOWN, ("readme",)),
    "vitepress": Flavour("vitepress", vitepress.ORACLE, ("vitepress",)),
    "zola": Flavour("zola", zola.ORACLE, ("mdbook",), True),
}


def texts(flavour: Flavour, corpus: Path, *, sample: int = 0) -> list[tuple[str, str]]:
    """(name, text) of every article of a flavour, literal cases first; or of a seeded sample."""
    found = []
    if flavour.cases:
        cases = import_module(f"tests.article.dialects.test_{flavour.dialect}").CASES
        found += [(f"case: {why}", before) for why, (before, _) in cases.items()]
    paths = [p for name in flavour.folders for p in sorted((corpus / name).rglob("*"))]
    paths = [p for p in paths if p.is_file() and flavour.fits(p)]
    if sample:
        paths = random.Random(20240404).sample(paths, min(sample, len(paths)))
    for path in paths:
        found.append((path.relative_to(corpus).as_posix(), path.read_bytes().decode()))
    return found
