"""A folder of real articles beside the project in, articles chosen by a stated rule out.

The law: the choice depends on nothing but the files and the seed. `Table` prints what was
measured as a Markdown table, so that a figure can be pasted where it is quoted.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

__all__ = [
    "DIALECTS",
    "FLAVOURS",
    "SHARED",
    "Table",
    "articles_of",
    "files",
    "is_english",
    "percentage",
]

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TRANSLATE_PIPELINE_SHARED") or ROOT.parent / "shared")

#: Folder of the corpus → the dialect its files are written in; `misc` has several.
FLAVOURS = {
    "astro": "mdx", "docfx": "docfx", "docusaurus": "docusaurus", "eleventy": "commonmark",
    "hexo": "hexo", "hugo": "hugo", "jekyll": "jekyll", "mdbook": "mdbook", "misc": "commonmark",
    "mkdocs": "mkdocs", "myst": "myst", "nextmdx": "mdx", "quarto": "quarto",
    "readme": "commonmark", "vitepress": "vitepress",
}  # fmt: skip
#: The folders that CommonMark and Jekyll are enough for: benchmarks that are about other things
#: than dialects take their articles from these.
DIALECTS = {
    "readme": "commonmark",
    "misc": "commonmark",
    "eleventy": "commonmark",
    "hexo": "commonmark",
    "docfx": "commonmark",
    "mdbook": "commonmark",
    "jekyll": "jekyll",
}
_COMMON = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on",
    "or", "that", "the", "to", "with", "you",
))  # fmt: skip


def files(
    folders: Sequence[str] = tuple(DIALECTS), dialects: Mapping[str, str] = DIALECTS
) -> Iterator[tuple[Path, str, str]]:
    """(path, text, dialect) of every readable file, sorted; `dialects` by folder.

    Raises SystemExit with a hint where there is no corpus.
    """
    root = SHARED / "corpus"
    if not root.is_dir():
        raise SystemExit(
            f"no corpus at {root}: set TRANSLATE_PIPELINE_SHARED to the folder that holds it"
        )
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                try:
                    yield path, path.read_bytes().decode(), dialects[folder]
                except UnicodeDecodeError:
                    continue


def articles_of(
    count: int, *, seed: int = 0, dialect: str = "jekyll", least: int = 2000, most: int = 20000
) -> list[tuple[Path, str]]:
    """`count` English articles of `least` to `most` characters in a dialect, drawn by `seed`."""
    wanted = [folder for folder, name in DIALECTS.items() if name == dialect]
    found = [
        (path, text)
        for path, text, _ in files(wanted)
        if least <= len(text) <= most and is_english(text)
    ]
    return random.Random(seed).sample(found, min(count, len(found)))


def is_english(text: str) -> bool:
    """True when at least 15 % of its words are common English ones (code lowers the share)."""
    words = re.findall(r"[a-z']+", text.casefold())
    return sum(word in _COMMON for word in words) >= 0.15 * max(len(words), 1)


def percentage(share: float) -> str:
    """A share as per cent: `20 %`."""
    return f"{share * 100:.0f} %"


class Table:
    """Rows in, a Markdown table out; numbers stand right."""

    def __init__(self, *head: str) -> None:
        self._rows: list[tuple[str, ...]] = [head]

    def add(self, *cells: object) -> None:
        """A row. Floats get two decimals."""
        texts = (f"{c:.2f}" if isinstance(c, float) else str(c) for c in cells)
        self._rows.append(tuple(text.replace("|", "\\|") for text in texts))

    def __str__(self) -> str:
        widths = [max(map(len, column)) for column in zip(*self._rows, strict=True)]
        lines = [
            "| "
            + " | ".join(
                cell.ljust(width) if index == 0 else cell.rjust(width)
                for index, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            + " |"
            for row in self._rows
        ]
        rule = ["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]
        return "\n".join([lines[0], f"|{'|'.join(rule)}|", *lines[1:]])
