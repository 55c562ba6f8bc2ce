"""Two outlines in, the parts of them that belong together out: section by section.

Law: where the headings have the same levels each section meets its own; else those before the
first difference and those behind the last do, and what lies between meets as one. Linear.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from translate_pipeline.structure_checks._outline import Outline, Thing

__all__ = ["Fault", "Part", "counts", "most", "parts"]

_MOST = 8  # of one check; the first ones show what is the matter


class Fault(NamedTuple):
    """What differs, in words, and the line of the target."""

    line: int
    message: str


class Part(NamedTuple):
    """Things of one sort from sections that belong together; where they stand in the target."""

    ours: Sequence[Thing]
    theirs: Sequence[Thing]
    line: int
    place: str  # for messages: below which heading


def parts(source: Outline, target: Outline, field: str) -> Iterator[Part]:
    """The things called `field` of both, by section."""
    a, b = getattr(source, field), getattr(target, field)
    sections_a, sections_b = [t.section for t in a], [t.section for t in b]
    for ours, theirs in _pairs(source, target):
        yield Part(
            a[bisect_left(sections_a, ours.start) : bisect_right(sections_a, ours.stop - 1)],
            b[bisect_left(sections_b, theirs.start) : bisect_right(sections_b, theirs.stop - 1)],
            *_place(target, theirs),
        )


def counts(source: Outline, target: Outline, field: str, noun: str) -> Iterator[Fault]:
    """A fault for each section that has another number of things."""
    for part in parts(source, target, field):
        if len(part.ours) != len(part.theirs):
            yield Fault(
                part.line,
                f"{_many(len(part.theirs), noun)}{part.place}, {len(part.ours)} in the source",
            )


def most(faults: Iterator[Fault]) -> Iterator[Fault]:
    """The first of many faults, and that there are more."""
    yield from islice(faults, _MOST)
    if more := next(faults, None):
        yield Fault(more.line, "and more of the same from here on")


def _pairs(source: Outline, target: Outline) -> Iterator[tuple[range, range]]:
    ours, theirs = [t.what for t in source.headings], [t.what for t in target.headings]
    least = min(len(ours), len(theirs))
    start = 0
    while start < least and ours[start] == theirs[start]:
        start += 1
    end = 0
    while end < least - start and ours[-1 - end] == theirs[-1 - end]:
        end += 1
    for index in range(start):  # section n ends with heading n + 1
        yield range(index, index + 1), range(index, index + 1)
    yield range(start, len(ours) - end + 1), range(start, len(theirs) - end + 1)
    for index in range(end, 0, -1):
        a, b = len(ours) - index + 1, len(theirs) - index + 1
        yield range(a, a + 1), range(b, b + 1)


def _place(target: Outline, sections: range) -> tuple[int, str]:
    if sections.start == 0:
        return 1, " at the beginning"
    heading = target.headings[sections.start - 1]
    title = heading.text.strip("#= -")
    title = title if len(title) <= 40 else title[:39] + "…"
    if len(sections) > 1:
        return heading.line, f" from “{title}” on"
    return heading.line, f" below “{title}”"


def _many(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
