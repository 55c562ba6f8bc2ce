"""The masks of an article and its parsed shadow in, the slots that a reader sees as words out.

A construct that is shown as code, or stands in a formula, an address, a tag or `<pre>`, may hold
what looks like a title. Law: such a slot is no segment, since its place is not prose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from translate_pipeline.article import parser
from translate_pipeline.article.leaves import ATOM, CLOSE, CODE, HTML, IMAGE, MATH, Leaves
from translate_pipeline.article.parser import Options
from translate_pipeline.article.prose_slots import Slot
from translate_pipeline.article.shadow import Mask

__all__ = ["prose"]

_NO_PROSE = (CODE, MATH, ATOM, CLOSE, IMAGE)
_FAR = re.compile(rb" {4}|\t")
# What a link definition has before its target (CommonMark 0.31, 4.7).
_DEFINES = re.compile(rb"[ \t>]*+\[[^\[\]\n]{1,999}+\]:[ \t]*+\Z")
# HTML elements whose text is shown as it is, or not at all, as in `html_text.py`.
_OPAQUE = re.compile(
    rb"<(/?)(pre|code|script|style|svg|math|textarea|kbd|samp|var|tt)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_NEAR = 40  # so many parts further, `protect.py` looks for the end of such an element


def prose(
    masks: Sequence[Mask], found: Leaves, text: str, raw: bytes, options: Options
) -> Iterator[Slot]:
    """The slots of `masks` that are prose; `text` is the shadow, `raw` its bytes."""
    starts = [leaf.start for leaf in found.leaves]
    blocks = [(lines[0][0], lines[-1][1]) for _, lines in found.html if lines]
    code: list[tuple[int, int]] | None = None
    opaque: tuple[int, list[tuple[int, int]]] = (-1, [])  # the block's number, what is opaque there
    for mask in masks:
        if not mask.slots:
            continue
        index = bisect_right(starts, mask.start) - 1
        if index >= 0 and found.leaves[index].end > mask.start:
            if _in_part(found.leaves[index].parts, mask.start, raw):
                continue
        elif not _within(blocks, mask.start):
            line = raw.rfind(b"\n", 0, mask.start) + 1
            before = raw[line : mask.start]
            if _DEFINES.match(before):
                continue
            if _FAR.search(before):
                if code is None:
                    code = list(_code(text, options))
                if _within(code, mask.start):
                    continue
        elif raw.rfind(b"<", 0, mask.start) > raw.rfind(b">", 0, mask.start):
            continue  # in a tag of an HTML block
        else:
            number = bisect_right(blocks, (mask.start, 1 << 62)) - 1
            if opaque[0] != number:
                opaque = (number, list(_elements(raw, *blocks[number])))
            if _within(opaque[1], mask.start):
                continue
        yield from mask.slots


def _elements(raw: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The outermost opaque elements of the HTML block `raw[start:end]`."""
    name, depth, begun = b"", 0, start
    for tag in _OPAQUE.finditer(raw, start, end):
        if tag[0].endswith(b"/>"):
            continue
        if not depth and not tag[1]:
            name, depth, begun = tag[2].lower(), 1, tag.end()
        elif depth and tag[2].lower() == name:
            depth += -1 if tag[1] else 1
            if not depth:
                yield begun, tag.start()
    if depth:
        yield begun, end


def _in_part(parts: Sequence[tuple[Any, ...]], start: int, raw: bytes) -> bool:
    """True when `start` is in code, a formula, an address, `<code>`, or behind a tag's name."""
    index = bisect_right(parts, start, key=lambda part: int(part[1])) - 1
    if index < 0:
        return False
    if parts[index][2] <= start:
        return _in_element(parts, index, raw)
    return parts[index][0] in _NO_PROSE or (parts[index][0] == HTML and parts[index][1] < start)


def _in_element(parts: Sequence[tuple[Any, ...]], index: int, raw: bytes) -> bool:
    """True when an opaque element is open behind part `index`, and ends near by."""
    for at in range(index, max(-1, index - _NEAR), -1):
        if parts[at][0] != HTML:
            continue
        tag = _OPAQUE.match(raw, parts[at][1], parts[at][2])
        if tag is not None and not tag[0].endswith(b"/>"):
            closer = b"</" + tag[2].lower()
            return not tag[1] and any(
                part[0] == HTML and raw[part[1] : part[2]].lower().startswith(closer)
                for part in parts[index + 1 : at + _NEAR]
            )
    return False


def _within(spans: Sequence[tuple[int, int]], start: int) -> bool:
    index = bisect_right(spans, (start, 1 << 62)) - 1
    return index >= 0 and spans[index][1] > start


def _code(text: str, options: Options) -> Iterator[tuple[int, int]]:
    """The spans of the code blocks."""
    for event, span in parser.events(text, options):
        if "Start" in event:
            value = event["Start"]
            if value.__class__ is dict and "CodeBlock" in value:
                yield span["start"], span["end"]
