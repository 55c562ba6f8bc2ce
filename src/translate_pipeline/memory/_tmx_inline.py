"""A unit's two texts with inline codes in, both in protected form out, or why that cannot be.

Law: a code of the source stands in the target exactly once, under the same mark. Codes are
mapped only where their meaning in Markdown is beyond doubt: Markdown itself, HTML tags, Liquid.
Whatever else another tool writes (RTF, its own placeholders) has no protected form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from translate_pipeline.memory._tmx_stream import Code

__all__ = ["protected"]

_MOST = 200  # codes in one text; a real segment has a few

_DELIMITERS = frozenset({"*", "**", "***", "_", "__", "~~"})
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~"}
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]{0,40})(?:[\s/][^<>]{0,4000})?>")
_LIQUID = re.compile(r"\{\{[^{}]{1,2000}\}\}|\{%[^{}%]{1,2000}%\}")
_CODE_SPAN = re.compile(r"`[^`\r\n]{1,2000}`")


class _Mark(NamedTuple):
    """How a code of the source is written in both texts; a single code has no `close`."""

    code: Code
    open: str
    close: str


def protected(source: Sequence[str | Code], target: Sequence[str | Code]) -> tuple[str, str] | str:
    """Both texts, or in words why there is none.

    >>> protected([Code("ph", "", "1", "<br/>"), "a"], ["b", Code("ph", "", "1", "<br/>")])
    ('<x1/>a', 'b<x1/>')
    """
    if sum(isinstance(piece, Code) for piece in (*source, *target)) > 2 * _MOST:
        return f"more than {_MOST} inline codes"
    marks: list[_Mark] = []
    counts = {"x": 0, "b": 0, "u": 0}
    for piece in source:
        if isinstance(piece, Code) and piece.element != "ept":
            mark = _mark(piece, counts)
            if mark is None:
                return f"an inline code that Markdown does not know (<{piece.element}>)"
            marks.append(mark)
    first, second = _written(source, marks), _written(target, marks)
    if first is None or second is None:
        return "other inline codes in the target than in the source"
    return first, second


def _mark(code: Code, counts: dict[str, int]) -> _Mark | None:
    native = code.text.strip()
    if code.element == "bpt":
        tag = _TAG.fullmatch(native)
        name = tag[1].lower() if tag else ""
        if native in _DELIMITERS:
            return _Mark(code, native, native)
        if name in _EMPHASIS:
            return _Mark(code, _EMPHASIS[name], _EMPHASIS[name])
        if name == "a":
            counts["u"] += 1
            return _Mark(code, "[", f"](u{counts['u']})")
        if tag:
            counts["b"] += 1
            return _Mark(code, f"<b{counts['b']}>", f"</b{counts['b']}>")
    elif code.element == "ph":
        if _CODE_SPAN.fullmatch(native):
            return _Mark(code, native, "")
        if _TAG.fullmatch(native) or _LIQUID.fullmatch(native):
            counts["x"] += 1
            return _Mark(code, f"<x{counts['x']}/>", "")
    return None


def _written(pieces: Sequence[str | Code], marks: Sequence[_Mark]) -> str | None:
    """`pieces` as text; None where a code is missing, new, doubled or never closed."""
    left = list(marks)
    opened: dict[str, str] = {}
    text: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            text.append(piece)
        elif piece.element == "ept":
            if piece.i not in opened:
                return None
            text.append(opened.pop(piece.i))
        else:
            found = next((mark for mark in left if _same(mark.code, piece)), None)
            if found is None:
                return None
            left.remove(found)
            text.append(found.open)
            if found.close:
                if piece.i in opened:
                    return None
                opened[piece.i] = found.close
    return None if left or opened else "".join(text)


def _same(one: Code, other: Code) -> bool:
    """`x` is what TMX has for this; without it, the native code itself."""
    if one.element != other.element:
        return False
    return one.x == other.x if one.x and other.x else one.text.strip() == other.text.strip()
