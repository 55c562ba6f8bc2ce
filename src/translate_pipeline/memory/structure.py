"""An article and a translation of unknown origin in, the targets that align beyond doubt out.

There is no record: the translation is older than the tool, or its ledger was deleted. Law: a
target is taken only if its marks are the source's, it can stand in its place, and the
structure round it leaves one reading. What is doubtful is left out.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from itertools import pairwise

from translate_pipeline.article import Article
from translate_pipeline.memory import align
from translate_pipeline.memory.places import shape
from translate_pipeline.memory.published import FIELDS, pieces
from translate_pipeline.memory.reading import carried, children_of, dressed
from translate_pipeline.model import Kind, Segment

__all__ = ["aligned"]

# A target this much longer or shorter, compared with the article's own average, belongs to
# another source: paragraphs were joined or split.
_SPREAD = 2.5
_SHORT = 40  # characters; shorter texts may well vanish to a word
_NUMBER = re.compile(r"(?<![\w(<])[0-9]+(?![\w>/)])")  # in words, not in marks


def aligned(article: Article, theirs: Article) -> dict[int, str]:
    """Targets by segment id.

    Where all that stands between the segments is the source's, that says where each is. Else
    headings, links and code hold the rest in place: between two of them the segments must agree
    in number and kind.
    """
    exact = pieces(article, theirs)
    if exact:
        found = {number: piece.target for number, piece in exact.items()}
        pairs = [
            (s, exact[s.id].unit or s) for s in article.segments if s.id in exact and not s.parent
        ]
        _drop(pairs, found)
        return found
    ours = [s for s in article.segments if s.kind not in FIELDS and not s.parent]
    others = [s for s in theirs.segments if s.kind not in FIELDS and not s.parent]
    pairs = [(ours[i], others[j]) for i, j in _pairs(article, theirs, ours, others)]
    found = _fields(article, theirs)
    found |= _targets(article, theirs, pairs)
    return found


def _fields(article: Article, theirs: Article) -> dict[int, str]:
    units = {s.key: s for s in theirs.segments if s.kind in FIELDS}
    return {
        s.id: units[s.key].text for s in article.segments if s.kind in FIELDS and s.key in units
    }


def _pairs(
    article: Article, theirs: Article, ours: Sequence[Segment], others: Sequence[Segment]
) -> list[tuple[int, int]]:
    """Pairs of indices: anchors, then what stands between two anchors if its shape agrees."""
    levels: tuple[tuple[list[Hashable], list[Hashable]], ...] = (
        (_strong(article, ours), _strong(theirs, others)),
        (_anchors(ours), _anchors(others)),
        (_headings(ours), _headings(others)),
    )
    plain_a = [shape(s, with_marks=False) for s in ours]
    plain_b = [shape(s, with_marks=False) for s in others]
    result: list[tuple[int, int]] = []
    work = [(range(len(ours)), range(len(others)), 0)]
    while work:
        a, b, level = work.pop()
        if level and [plain_a[i] for i in a] == [plain_b[j] for j in b]:
            result.extend(zip(a, b, strict=True))
            continue
        if level == len(levels) or not a or not b:
            continue
        strong_a, strong_b = levels[level]
        found = [
            (a[i], b[j])
            for i, j in align.certain([strong_a[i] for i in a], [strong_b[j] for j in b])
        ]
        result.extend(found)
        fences = [(a[0] - 1, b[0] - 1), *found, (a[-1] + 1, b[-1] + 1)]
        for (i, j), (k, m) in pairwise(fences):
            work.append((range(i + 1, k), range(j + 1, m), level + 1))
    return sorted(result)


def _strong(article: Article, segments: Sequence[Segment]) -> list[Hashable]:
    """Kind, marks, and the bytes right before: code blocks, HTML, the level of a list."""
    result: list[Hashable] = []
    position = article.body
    for segment in segments:
        before = article.source[position : segment.start]
        position = segment.end
        marks = shape(segment, with_marks=True)
        visible = tuple(sorted(token.mark for token in segment.tokens))
        strong = segment.tokens or len(before) > 20
        result.append((marks, visible, before) if strong else None)
    return result


def _anchors(segments: Sequence[Segment]) -> list[Hashable]:
    """Kind and marks, where there are any."""
    return [
        (shape(s, with_marks=True), tuple(sorted(t.mark for t in s.tokens if "`" in t.mark)))
        if s.tokens
        else None
        for s in segments
    ]


def _headings(segments: Sequence[Segment]) -> list[Hashable]:
    """The headings by level and number of that level, if there is one sequence of levels."""
    seen: dict[int, int] = {}
    result: list[Hashable] = []
    for segment in segments:
        if segment.kind is Kind.HEADING:
            seen[segment.level] = seen.get(segment.level, 0) + 1
            result.append((segment.level, seen[segment.level]))
        else:
            result.append(None)
    return result


def _targets(
    article: Article, theirs: Article, pairs: Sequence[tuple[Segment, Segment]]
) -> dict[int, str]:
    """The targets of pairs against which nothing speaks, neither in them nor beside them."""
    children = children_of(article)
    found: dict[int, str] = {}
    inner: dict[int, dict[int, str]] = {}
    for segment, unit in pairs:
        raw = theirs.source[unit.start : unit.end].decode(errors="replace")
        worn, texts = dressed(article, segment, children.get(segment.id, ()), unit, raw)
        target = carried(article, worn, unit, raw, edited=True)
        if target is not None:
            found[segment.id] = target
            inner[segment.id] = texts
    _drop(pairs, found)
    for number in found.keys() & inner.keys():
        found |= inner[number]
    return found


def _drop(pairs: Sequence[tuple[Segment, Segment]], found: dict[int, str]) -> None:
    """Take out what something speaks against.

    A wrong pair comes from a shift; then those right beside it are as wrong, unless something
    speaks for them. The article's own ratio of lengths is the measure: it stays the same where
    paragraphs were joined or split.
    """
    ours = sum(len(segment.text) for segment, _ in pairs)
    usual = sum(len(unit.text) for _, unit in pairs) / max(ours, 1)
    signs = [_sign(segment, unit, usual) for segment, unit in pairs]
    for index, (segment, _) in enumerate(pairs):
        beside = signs[max(index - 1, 0) : index + 2]
        if signs[index] < 0 or (signs[index] == 0 and -1 in beside):
            found.pop(segment.id, None)


def _sign(segment: Segment, unit: Segment, usual: float) -> int:
    ours, theirs = len(segment.text), len(unit.text)
    least = (ours if ours >= _SHORT else 0) * usual / _SPREAD
    if not least <= theirs <= max(ours, _SHORT) * usual * _SPREAD:
        return -1
    numbers, others = set(_NUMBER.findall(segment.text)), set(_NUMBER.findall(unit.text))
    if numbers and others:
        return 1 if numbers & others else -1
    marks = shape(segment, with_marks=True)
    return int(bool(segment.tokens) and marks == shape(unit, with_marks=True))
