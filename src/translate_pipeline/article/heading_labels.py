"""A shadow in, the same with a link definition for each heading that a `[label]` names out.

To Pandoc `[One]` is a link to the heading *One* (https://pandoc.org/MANUAL.html, extension
implicit_header_references), and plain brackets once that is called *Eins*. Law: after a
translation such a link leads to the heading's own id, `[Eins](#one)`, or the proof refuses.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import pyromark

from translate_pipeline.article import anchors, parser
from translate_pipeline.article.dialects import Dialect
from translate_pipeline.article.leaves import collect
from translate_pipeline.article.shadow import Mask, Shadow
from translate_pipeline.model import Kind, Segment, Token

__all__ = ["dead_in_tables", "defined", "explicit", "in_tables", "without_ids"]

_HEADING = re.compile(rb"^[ >]{0,20}#{1,6}[ \t]++(?=\S)([^\n{\[\]]*[^\n{\[\]\s#])", re.MULTILINE)
_LABEL = re.compile(rb"\[([^\[\]\n]{1,400}(?:\r?\n[^\[\]\n]{1,400})?)\](\{?)")
_GRID = b"+"  # what a grid table begins with; nothing in it is a segment
# In a cell: a label that is no other link.
_IN_CELL = re.compile(rb"\[([^\[\]|\n]{1,400})\](?![(\[{:])")
_ID_IN_CELL = re.compile(rb"\[([^\[\]|\n]{1,400})\]\(#([^()\s|]+)\)")
_BLANKS = re.compile(rb"(?<! ) ++(?=\|)")
_CLOSER = re.compile(r"\]\[([^\[\]]+)\]")


def defined(shadow: Shadow, body: bytes, dialect: Dialect) -> tuple[Shadow, dict[str, str]]:
    """`shadow` with the definitions behind its end, and label → id of each.

    Raises ArticleError where the parser fails.
    """
    used: set[str] = set()
    spans: set[str] = set()  # `[One]{.class}` is none, whatever headings there are
    for match in _LABEL.finditer(body):
        (spans if match[2] else used).add(_folded(match[1].decode()))
    used &= {_folded(match[1].decode()) for match in _HEADING.finditer(body)}
    used -= spans
    if not used:
        return shadow, {}
    raw = shadow.text.encode()
    with parser.panics():
        found = collect(parser.events(shadow.text, dialect.options), raw)
    labels: dict[str, str] = {}
    own = anchors.automatic_ids(found, body, dialect.slug)
    for (index, given), name in zip(found.headings, own, strict=True):
        if index >= 0:
            leaf = found.leaves[index]
            words = body[leaf.start : leaf.end]
            label = _folded(words.decode())
            if label in used and words == raw[leaf.start : leaf.end]:  # it holds no construct
                labels.setdefault(label, given or name)
    lines = [f"[{label}]: #{name}" for label, name in labels.items()]
    text = "\n".join([shadow.text, "", *lines, ""])
    known = pyromark.reference_definitions(text, options=dialect.options)
    # Not where the article defines the label itself, nor behind a fence that never ends.
    behind = {_folded(name) for name, what in known.items() if what["span"]["start"] >= len(raw)}
    labels = {label: name for label, name in labels.items() if label in behind}
    return (Shadow(text, shadow.masks), labels) if labels else (shadow, {})


def explicit(
    segments: Sequence[Segment], labels: Mapping[str, str], stuck: Container[str]
) -> list[Segment]:
    """`segments`, whose links by a heading's words name its id instead.

    The headings whose words are `stuck` stay as they are.
    """
    result = []
    for segment in segments:
        if segment.kind is Kind.HEADING and _folded(segment.text) in stuck:
            result.append(segment._replace(keep=True))
            continue
        tokens = tuple(_explicit(token, labels) for token in segment.tokens)
        # Such a link is none of a list of references, and would lead nowhere if it stayed.
        changed = tokens != segment.tokens
        result.append(segment._replace(tokens=tokens, keep=False) if changed else segment)
    return result


def without_room(body: bytes, masks: Iterable[Mask], labels: Mapping[str, str]) -> set[str]:
    """Those of the `labels` that stand in a grid table with too few blanks behind for an id."""
    return {
        label
        for table in _tables(body, masks)
        for label in _dead(_with_ids(table, labels, ()), labels, ())
    }


def in_tables(
    body: bytes, masks: Iterable[Mask], labels: Mapping[str, str], alive: Container[str]
) -> bytes:
    """`body` with the ids of those `labels` in grid tables that are no longer `alive`.

    The blanks behind a label make room: no column becomes wider.
    """
    pieces, position = [], 0
    for mask in masks:
        table = body[mask.start : mask.end]
        if table.startswith(_GRID):
            pieces += [body[position : mask.start], _with_ids(table, labels, alive)]
            position = mask.end
    return b"".join([*pieces, body[position:]])


def dead_in_tables(
    body: bytes, masks: Iterable[Mask], labels: Mapping[str, str], alive: Container[str]
) -> str:
    """The first of the `labels` in a grid table that leads nowhere, or nothing."""
    dead = (label for table in _tables(body, masks) for label in _dead(table, labels, alive))
    return next(dead, "")


def _tables(body: bytes, masks: Iterable[Mask]) -> Iterator[bytes]:
    for mask in masks:
        if body.startswith(_GRID, mask.start):
            yield body[mask.start : mask.end]


def _dead(table: bytes, labels: Mapping[str, str], alive: Container[str]) -> Iterator[str]:
    for match in _IN_CELL.finditer(table):
        label = _folded(match[1].decode())
        if label in labels and label not in alive:
            yield label


def _with_ids(table: bytes, labels: Mapping[str, str], alive: Container[str]) -> bytes:
    """`table` with ids behind the labels, as many as there is room for."""
    cells = table.split(b"|")
    for number, cell in enumerate(cells):
        if b"[" not in cell or b"\n" in cell:
            continue
        words = cell.rstrip(b" ")
        room = len(cell) - len(words) - 1
        pieces, position = [], 0
        for match in _IN_CELL.finditer(words):
            label = _folded(match[1].decode())
            name = labels.get(label, "")
            if not name or label in alive or len(name) + 3 > room:
                continue
            room -= len(name) + 3  # in characters: an id may hold others than ASCII
            pieces += [words[position : match.end()], f"(#{name})".encode()]
            position = match.end()
        if pieces:
            cells[number] = b"".join([*pieces, words[position:], b" " * (room + 1)])
    return b"|".join(cells)


def without_ids(opaque: Iterable[bytes], labels: Mapping[str, str]) -> list[bytes]:
    """Grid tables as they were before `in_tables`, but for the number of blanks."""

    def bare(match: re.Match[bytes]) -> bytes:
        own = labels.get(_folded(match[1].decode()))
        return b"[" + match[1] + b"]" if own == match[2].decode() else match[0]

    return [
        _BLANKS.sub(b" ", _ID_IN_CELL.sub(bare, table)) if table.startswith(_GRID) else table
        for table in opaque
    ]


def _explicit(token: Token, labels: Mapping[str, str]) -> Token:
    match = _CLOSER.fullmatch(token.source)
    name = labels.get(_folded(match[1])) if match else None
    return token if name is None else token._replace(source=f"](#{name})")


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
