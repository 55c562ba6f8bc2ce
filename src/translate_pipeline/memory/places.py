"""A ledger's lines and a published text in, for each line its place in the text out.

Law: a text that is as the ledger has it is found wherever it stands; one that was edited is
found between its neighbours, if their number and kinds leave no doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from translate_pipeline.article import Article
from translate_pipeline.memory import align
from translate_pipeline.memory.published import letterless, unit_digest
from translate_pipeline.memory.renumber import numbered
from translate_pipeline.memory.section import NONE, Line
from translate_pipeline.model import Kind, Segment

__all__ = ["Place", "Places", "find", "shape"]


class Place(NamedTuple):
    """A published segment; `edited` if it is not as the ledger has it."""

    unit: Segment
    edited: bool


class Places(NamedTuple):
    """`found` by the index of the line; `moved` if the order is not the ledger's; `added` are
    published segments that no line tells of."""

    found: Mapping[int, Place]
    moved: bool
    added: tuple[Segment, ...]


def find(lines: Sequence[Line], sources: Mapping[int, Segment], theirs: Article) -> Places:
    """The place of each line. `sources` gives the source segment of a line that still has one."""
    units: list[Segment] = list(theirs.segments)
    wanted: list[Hashable] = [
        i if line.target == NONE else line.target for i, line in enumerate(lines)
    ]
    digests = [unit_digest(unit) for unit in units]
    pairs = align.in_order(wanted, digests)
    elsewhere = align.moved(wanted, digests, pairs)
    in_place = _in_place(wanted, digests, sources, units)
    if in_place is not None and len(in_place) >= len(pairs) + len(elsewhere):
        pairs, elsewhere = in_place, []  # of equal texts, those that stand where they stood
    elif len(pairs) + len(elsewhere) < len(lines) and (extra := letterless(theirs)):
        units = sorted([*units, *extra], key=lambda unit: (unit.start, -unit.end))
        digests = [unit_digest(unit) for unit in units]
        known = set(wanted)
        some = [j for j, unit in enumerate(units) if unit.id or digests[j] in known]
        texts = [digests[j] for j in some]
        pairs = [(i, some[j]) for i, j in align.in_order(wanted, texts)]
        elsewhere = align.moved(wanted, digests, pairs)
    found = {i: Place(units[j], edited=False) for i, j in (*pairs, *elsewhere)}
    taken = {j for _, j in (*pairs, *elsewhere)}
    for ours, others in align.gaps(pairs, len(lines), len(units)):
        left = [i for i in ours if i not in found]
        free = [j for j in others if j not in taken]
        for i, j in _between(left, free, sources, units):
            # What was no segment then, and is none now, nobody has edited.
            edited = lines[i].target != NONE or units[j].id > 0
            found[i] = Place(units[j], edited)
            taken.add(j)
    # What stands in a token goes where its token goes: that is word order.
    added = [u for j, u in enumerate(units) if j not in taken and u.id and not u.parent]
    moved = any(not units[j].parent for _, j in elsewhere)
    return Places(found, moved, tuple(added))


def _in_place(
    wanted: Sequence[Hashable],
    digests: Sequence[str],
    sources: Mapping[int, Segment],
    units: Sequence[Segment],
) -> list[tuple[int, int]] | None:
    """What is as recorded, one to one; None if number or kinds are not."""
    if len(wanted) != len(units) or not all(_fits(sources.get(i), u) for i, u in enumerate(units)):
        return None
    return [(i, i) for i, text in enumerate(wanted) if text == digests[i]]


def _between(
    left: Sequence[int],
    free: Sequence[int],
    sources: Mapping[int, Segment],
    units: Sequence[Segment],
) -> list[tuple[int, int]]:
    """Pairs among the lines and segments of one gap."""
    real = [j for j in free if units[j].id]
    for some in (real, list(free)):
        if len(left) == len(some) and all(
            _fits(sources.get(i), units[j]) for i, j in zip(left, some, strict=True)
        ):
            return list(zip(left, some, strict=True))
    for with_marks in (True, False):
        ours = [_shape_of(sources.get(i), i, with_marks) for i in left]
        theirs = [shape(units[j], with_marks) for j in real]
        counts = Counter(theirs)
        sure = {s for s, n in Counter(ours).items() if counts[s] == n}
        pairs = align.in_order(
            [s if s in sure else ("ours", n) for n, s in enumerate(ours)],
            [s if s in sure else ("theirs", n) for n, s in enumerate(theirs)],
        )
        if pairs:
            return [(left[a], real[b]) for a, b in pairs]
    return []


def _fits(source: Segment | None, unit: Segment) -> bool:
    return source is None or shape(source, with_marks=False) == shape(unit, with_marks=False)


def _shape_of(source: Segment | None, index: int, with_marks: bool) -> Hashable:
    return shape(source, with_marks) if source is not None else ("gone", index)


def shape(segment: Segment, with_marks: bool) -> Hashable:
    """What a translation cannot change of a segment, and with its marks, what they stand for.

    Whether a list is a reference list depends on the words of the heading above it.
    """
    kind = Kind.LIST_ITEM if segment.kind is Kind.REFERENCE else segment.kind
    if not with_marks:
        return kind, segment.level, segment.key
    sources = sorted(t.source for t in segment.tokens if numbered(t.mark))
    return kind, segment.level, segment.key, *sources
