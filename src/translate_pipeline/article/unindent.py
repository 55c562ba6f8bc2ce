"""A shadow in, the same without indented code out, for flavours that have none (MDX).

Equal length: the spaces that would begin code stand at the end of the line above instead, so
every offset but theirs stays, and the text they stood before begins where it did. There is no
line above the first one: there the last of the spaces becomes a line break.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["unindent"]

# A line that is indented by four columns or more, or a fence that is not.
_DEEP = re.compile(rb"\n(?: {0,3}(`{3,}|~{3,})|(?: {4}| {0,3}\t)(?=[ \t]*[^ \t\r\n]))")
_DEEP_FIRST = re.compile(rb"(?: {4}| {0,3}\t)[ \t]*[^ \t\r\n]")
_ITEM = re.compile(rb"(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}(?=[^ \t])|(?=[ \t\r]*\Z))")
_RULE = re.compile(rb"([-*_])(?:[ \t]*\1){2,}[ \t\r]*\Z")
_FENCE = re.compile(rb"(`{3,})[^`]*\Z|(~{3,})")
_BLOCK = re.compile(
    rb"<\?|#{1,6}[ \t\r]|[|>]|```|~~~|(?:[-*+]|\d{1,9}[.)])[ \t]|:[ \t]|\*\*\*[ \t\r]*\Z"
)

_SIGNS = b"<#|>`~-*+_:0123456789"  # what begins any of the four


class _Item(NamedTuple):
    """An open list item: the column its text begins at, and by how much that was moved."""

    column: int
    moved: int


def unindent(shadow: bytes) -> bytes:
    """Take lines that CommonMark would read as indented code back to their block's margin."""
    if not _DEEP_FIRST.match(shadow) and not _deep_outside_code(shadow):
        return shadow
    lines = shadow.split(b"\n")
    items: list[_Item] = []
    fence = b""
    fence_moved = fence_column = 0
    plain = False  # the line above is text that this one would continue
    for number, line in enumerate(lines):
        text = line.lstrip(b" \t")
        if not text or text == b"\r":
            plain = False
            continue
        # Two short cuts for nearly every line: they change nothing, and halve the time.
        if fence:
            if not fence_moved and not text.startswith(fence):
                continue
        elif len(text) == len(line) and text[0] not in _SIGNS:
            if not plain:
                items.clear()
                plain = True
            continue
        margin = line[: len(line) - len(text)]
        column = len(margin.expandtabs(4)) if b"\t" in margin else len(margin)
        if fence:
            moved = min(fence_moved, column)
            near = column - fence_column < 4
            if near and text.startswith(fence) and not text.strip(b" \t\r" + fence[:1]):
                fence = b""
            _move(lines, number, margin, moved)
            continue
        continues = plain and not _BLOCK.match(text)
        plain = not _RULE.match(text) and (not _BLOCK.match(text) or _ITEM.match(text) is not None)
        if continues:
            continue
        while items and column < items[-1].column:
            items.pop()
        base, moved = items[-1] if items else _Item(0, 0)
        if column - base >= 4:
            moved += column - base
        while not _RULE.match(text):
            item = _ITEM.match(text)
            if item is None:
                break
            text = text[item.end() :]
            column += item.end() if text.strip() else item.end() + 1
            items.append(_Item(column, moved))
        opened = _FENCE.match(text.rstrip(b"\r"))
        if opened:
            fence, fence_moved, plain = opened[1] or opened[2], moved, False
            fence_column = column
        _move(lines, number, margin, moved)
    return b"\n".join(lines)


def _deep_outside_code(shadow: bytes) -> bool:
    """True when a line so far to the right stands in no fence, as in few articles."""
    position = 0
    while found := _DEEP.search(shadow, position):
        if found[1] is None:
            return True
        line = shadow.find(b"\n", found.end())
        fence = _closing(found[1][:1], len(found[1]))
        end = fence.search(shadow, line) if line >= 0 else None
        if end is None:
            return False
        position = end.end()
    return False


@lru_cache(maxsize=64)
def _closing(sign: bytes, least: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n[ ]{0,3}%s{%d,}[ \t]*+\r?(?=\n|\Z)" % (sign, least))


def _move(lines: list[bytes], number: int, margin: bytes, columns: int) -> None:
    """Put what covers `columns` of the line's margin at the end of the line above."""
    if not columns:
        return
    size = column = 0
    while size < len(margin) and column < columns:
        column += 4 - column % 4 if margin[size] == 9 else 1
        size += 1
    lines[number] = lines[number][size:]
    if not number:
        lines[0] = margin[: size - 1] + b"\n" + lines[0]
        return
    above = lines[number - 1]
    if above.endswith(b"\r"):
        lines[number - 1] = above[:-1] + b" " * size + b"\r"
    else:
        lines[number - 1] = above + b" " * size
