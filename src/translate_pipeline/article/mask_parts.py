"""A leaf's parts and the masks in it in, parts with an atom for each mask out.

Law: a construct that fills its lines keeps them. Too far to the right to be a block of its own it
belongs to a paragraph, whose lines are joined; so its line breaks are part of the atom.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from translate_pipeline.article.closers import PREFIX
from translate_pipeline.article.leaves import ATOM, HARD, HTML, SOFT
from translate_pipeline.article.shadow import Mask

__all__ = ["with_masks"]

_BREAKS = (SOFT, HARD)
_TAGS = (HTML, ATOM)  # what a mask of whole lines is to the parser

Parts = tuple[tuple[Any, ...], ...]


def with_masks(parts: Parts, start: int, end: int, masks: Sequence[Mask], source: bytes) -> Parts:
    """`parts` of the leaf `source[start:end]` with what the `masks` in it make atoms."""
    index = bisect_left(masks, (start,))
    if index >= len(masks) or masks[index].start >= end:
        return parts
    starts = [part[1] for part in parts]
    result = list(parts)
    seen = 0  # the masks before this one belong to lines that were looked at
    reached = start  # two lines share the break between them
    while index < len(masks) and masks[index].start < end:
        mask = masks[index]
        before = bisect_right(starts, mask.start) - 1
        shown = before < 0 or parts[before][2] <= mask.start  # not inside code or a link's target
        if shown:
            result.append((ATOM, mask.start, min(mask.end, end)))
        if index >= seen and (
            shown or (parts[before][0] in _TAGS and parts[before][1] == mask.start)
        ):
            seen = _behind_run(masks, index, source)
            last = masks[seen - 1].end
            if any(m.block for m in masks[index:seen]) and _alone(source, mask.start, last):
                begin, behind = _with_breaks(parts, starts, mask.start, last, source)
                result.append((ATOM, max(begin, reached), min(behind, end)))
                reached = behind
        index += 1
    # A line's atom begins before the parts it covers; `protect` passes over these.
    result.sort(key=lambda part: (part[1], -part[2]))
    return tuple(result)


def _behind_run(masks: Sequence[Mask], index: int, source: bytes) -> int:
    """The index behind the masks that stand side by side from `index` on."""
    index += 1
    while index < len(masks) and not source[masks[index - 1].end : masks[index].start].strip(
        b" \t"
    ):
        index += 1
    return index


def _alone(source: bytes, start: int, end: int) -> bool:
    """True when nothing but a container's prefix stands beside `source[start:end]`."""
    line = source.rfind(b"\n", 0, start) + 1
    after = source.find(b"\n", end)
    tail = source[end : after if after >= 0 else len(source)]
    return not tail.strip(b" \t\r") and PREFIX.match(source, line, start) is not None


def _with_breaks(
    parts: Parts, starts: Sequence[int], start: int, end: int, source: bytes
) -> tuple[int, int]:
    """From the break above `source[start:end]` to behind that below it; each may be missing."""
    above, below = source.rfind(b"\n", 0, start), source.find(b"\n", end)
    index = bisect_right(starts, above) - 1
    if index >= 0 and parts[index][0] in _BREAKS and parts[index][2] > above:
        start = parts[index][1]
    index = bisect_right(starts, below) - 1
    if index >= 0 and parts[index][0] in _BREAKS and parts[index][2] > below:
        end = parts[index][2]
    return start, end
