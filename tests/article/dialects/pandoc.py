"""Markdown in, the tree Pandoc reads from it out, without its words: the oracle for `quarto`.

Two articles that differ only in prose have equal trees. Runs of text, spaces and soft breaks
count as one; ids that Pandoc makes from words are switched off, and the attributes that the
dialect translates are left out.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Collection
from typing import Any

import pytest

from translate_pipeline.article import dialects

# Pandoc's Markdown with what Quarto adds that Pandoc can be told.
READER = "markdown-auto_identifiers+tex_math_single_backslash+emoji"
_WORDS = frozenset(("Str", "Space", "SoftBreak", "Quoted"))
_PROSE = frozenset(dialects.find("quarto").prose)
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_HTML_PROSE = re.compile(r"\b(alt|title)=(\"[^\"]*\"|'[^']*')")


def require_pandoc() -> None:
    """Skip the calling test where Pandoc is not installed."""
    if shutil.which("pandoc") is None:
        pytest.skip("Pandoc is the oracle here; install it (apt-get install pandoc) to run this")


def tree(text: str, pinned: Collection[str] = ()) -> Any:
    """The blocks of `text` as nested lists; headings lose the ids in `pinned`."""
    found = subprocess.run(
        ["pandoc", "--from", READER, "--to", "json"],
        input=text.encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return _bare(json.loads(found.stdout)["blocks"], pinned)


def _bare(node: Any, pinned: Collection[str]) -> Any:
    """`node` without words."""
    if isinstance(node, list):
        result: list[Any] = []
        for child in node:
            bare = _bare(child, pinned)
            if bare != "words" or result[-1:] != ["words"]:
                result.append(bare)
        return result
    if not isinstance(node, dict):
        return node
    kind, content = node.get("t"), node.get("c")
    if kind in _WORDS:
        return "words"
    if kind == "Cite":  # its second part is the same again, as text
        return ["Cite", [_citation(cited, pinned) for cited in content[0]]]
    if kind in ("RawInline", "RawBlock") and content[0] == "html":
        return [kind, [_HTML_PROSE.sub(r"\1", tag) for tag in _TAG.findall(content[1])]]
    if kind in ("Link", "Image"):
        address = content[2][0]  # what is behind it, the title, is prose
        # A link by a heading's words leads to `#` here, since no heading has an id of its own.
        content = [*content[:2], "#" if address[1:] in pinned else address]
    if kind == "Header":
        level, (identifier, classes, pairs), words = content
        identifier = "" if identifier in pinned else identifier
        return [kind, level, identifier, classes, pairs, _bare(words, pinned)]
    if isinstance(content, list) and content and _is_attributes(content[0]):
        identifier, classes, pairs = content[0]
        kept = [pair for pair in pairs if pair[0] not in _PROSE]
        content = [[identifier, classes, kept], *content[1:]]
    return [kind, _bare(content, pinned)]


def _citation(cited: dict[str, Any], pinned: Collection[str]) -> list[Any]:
    around = [_bare(cited[side], pinned) for side in ("citationPrefix", "citationSuffix")]
    return [cited["citationId"], cited["citationMode"]["t"], around]


def _is_attributes(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 3
        and isinstance(value[0], str)
        and isinstance(value[1], list)
        and isinstance(value[2], list)
    )
