"""Segments in, for each the first one with the same text out: that one is asked for.

Titles and headings often repeat each other; other kinds are only equal to their own, since
a table cell is worded more tersely than a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable

from translate_pipeline.model import Segment

__all__ = ["asked", "firsts"]


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
