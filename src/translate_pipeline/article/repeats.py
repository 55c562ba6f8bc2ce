"""Segments in, for each the first one with the same text out: that one is asked for.

Titles and headings often repeat each other; other kinds are only equal to their own, since
a table cell is worded more tersely than a paragraph.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from translate_pipeline.model import Segment

__all__ = ["asked", "firsts", "sharing"]


def firsts(segments: Iterable[Segment]) -> dict[int, int]:
    """Segment id → id of the first segment of its kind, text, tokens and note.

    Segments that a rule keeps are left out: nobody is asked for them.
    """
    seen: dict[tuple[object, ...], int] = {}
    result = {}
    for segment in segments:
        if not segment.keep:
            marks = tuple(token.mark for token in segment.tokens)
            key = (segment.kind, segment.text, marks, segment.note)
            result[segment.id] = seen.setdefault(key, segment.id)
    return result


def asked(segments: Iterable[Segment]) -> list[Segment]:
    """The segments that are sent, in order: equal ones once, kept ones never."""
    segments = tuple(segments)
    first = firsts(segments)
    return [segment for segment in segments if first.get(segment.id) == segment.id]


def sharing(
    segments: Iterable[Segment], known: Container[int], refused: Container[int]
) -> dict[int, int]:
    """Segment id → id of the one whose target it shares: a known one if there is, else the first.

    Those that are known or refused themselves are left out.
    """
    of_first = firsts(segments)
    found: dict[int, int] = {}
    for number, first in of_first.items():
        if number in known:
            found.setdefault(first, number)
    groups: dict[int, int] = {}
    fresh: dict[int, int] = {}
    for number, first in of_first.items():
        if number not in known and number not in refused:
            groups[number] = found.get(first) or fresh.setdefault(first, number)
    return groups
