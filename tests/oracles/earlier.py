"""The oracles that the tests of four dialects ask file by file, in the form of the others.

kramdown, Pandoc, Python-Markdown with PyMdown's extensions, and myst-parser.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version

from tests.article.dialects import kramdown, myst_parser_oracle, pandoc, python_markdown
from tests.laws.accent import plain
from tests.oracles.pairs import Missing, Oracle, Pair, Verdict
from translate_pipeline.article import parse

__all__ = ["KRAMDOWN", "MYST_PARSER", "PANDOC", "PYTHON_MARKDOWN"]

_RUBY = 'require "kramdown"; require "kramdown-parser-gfm"; puts Kramdown::VERSION'


def _told(command: list[str], hint: str) -> str:
    """The first line that a program prints of itself; raises Missing with `hint`."""
    if shutil.which(command[0]) is None:
        raise Missing(hint)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(hint)
    return done.stdout.splitlines()[0]


def _kramdown_version() -> str:
    return _told(["ruby", "-e", _RUBY], "install ruby-kramdown and ruby-kramdown-parser-gfm")


def _kramdown(pairs: Sequence[Pair]) -> list[Verdict]:
    _kramdown_version()
    pages = kramdown.rendered([body for pair in pairs for body in pair.bodies])
    found = []
    for one, old, new in zip(pairs, pages[::2], pages[1::2], strict=True):
        before, after = (
            _without_ids(old),
            _without_ids(python_markdown.without_anchors(one.before, new)),
        )
        found.append(Verdict(one.id, *_first(before, after)))
    return found


def _without_ids(html: str) -> str:
    """Without the ids of headings, which follow their words, and the space of joined lines."""
    html = re.sub(r'(<h[1-6])(?: id="[^"]*")', r"\1", plain(html))
    return re.sub(r'<a href="#[^"]*" id="markdown-toc-[^"]*"', "<a", html).replace(" ", "")


def _pandoc_version() -> str:
    return _told(["pandoc", "--version"], "install pandoc").split()[-1]


def _pandoc(pairs: Sequence[Pair]) -> list[Verdict]:
    _pandoc_version()
    found = []
    for one in pairs:
        pinned = set(parse(one.before, "quarto").pins.values())
        trees = [json.dumps(pandoc.tree(text, pinned)) for text in (one.before, one.after)]
        found.append(Verdict(one.id, *_first(*trees)))
    return found


def _installed(*packages: str) -> Callable[[], str]:
    def told() -> str:
        try:
            return ", ".join(map(version, packages))
        except PackageNotFoundError as error:
            raise Missing(f"pip install {' '.join(packages)}") from error

    return told


_markdown_version = _installed("markdown", "pymdown-extensions")
_myst_version = _installed("myst-parser", "linkify-it-py")


def _python_markdown(pairs: Sequence[Pair]) -> list[Verdict]:
    _markdown_version()
    found = []
    for one in pairs:
        before, after = one.bodies
        why = python_markdown.difference(before, python_markdown.without_anchors(before, after))
        found.append(Verdict(one.id, "differs" if why else "same", why))
    return found


def _myst(pairs: Sequence[Pair]) -> list[Verdict]:
    _myst_version()
    found = []
    for one in pairs:
        before, after = (
            [part.strip("[' ,]") for part in myst_parser_oracle.structure(text)]
            for text in (one.before, one.after)
        )
        found.append(Verdict(one.id, *_first("\n".join(before), "\n".join(after))))
    return found


def _first(before: str, after: str) -> tuple[str, str]:
    """A verdict's kind, and where the two texts differ first."""
    if before == after:
        return "same", ""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), -1)
    return "differs", f"{before[max(0, at - 80) : at + 80]} => {after[max(0, at - 80) : at + 80]}"


KRAMDOWN = Oracle("kramdown", _kramdown_version, _kramdown)
PANDOC = Oracle("Pandoc", _pandoc_version, _pandoc)
PYTHON_MARKDOWN = Oracle("Python-Markdown, PyMdown", _markdown_version, _python_markdown)
MYST_PARSER = Oracle("myst-parser", _installed("myst-parser"), _myst)
