"""A published segment in, its target in the source's numbering out.

Law: `exact` gives a target only if `restore` makes the very published bytes of it. `carried`
gives one that can stand in a source whose links and tags may have changed since; it never
drops a word that is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from translate_pipeline.article import Article, restore
from translate_pipeline.errors import SegmentError
from translate_pipeline.memory.in_bytes import by_bytes, inside
from translate_pipeline.memory.renumber import (
    BY_BYTES,
    by_order,
    by_source,
    by_what_is_left,
    order,
    sorts_of,
    unpinned,
)
from translate_pipeline.model import Segment, Token

__all__ = ["Reading", "carried", "children_of", "dressed", "exact", "holders"]

_SPACE = " \t\r\n"  # what `restore` takes away
# So many marks are looked at for the one that holds a title: word order moves none farther, and
# what is found is taken out.
_NEAR = 100
# A target that is the source's text leaves the source's bytes, with their line breaks. With a
# space, which `restore` takes away, it is written as any other: on one line.
_WRITTEN = " "


class Reading(NamedTuple):
    """`target` in the source's numbering; `order` as in `ledger.Line`."""

    target: str
    order: str


def children_of(article: Article) -> Mapping[int, Sequence[Segment]]:
    """The segments inside another's token (a link's title, an image's `alt`), by its id."""
    found: dict[int, list[Segment]] = {}
    if article.nested:
        for segment in article.segments:
            if segment.parent:
                found.setdefault(segment.parent, []).append(segment)
    return found


def dressed(
    article: Article, segment: Segment, children: Sequence[Segment], unit: Segment | None, raw: str
) -> tuple[Segment, dict[int, str]]:
    """`segment` with its tokens as they are published, and the published prose in them by id.

    A token whose surroundings of that prose are not found (its address changed) stays.
    """
    if not children:
        return segment, {}
    tokens = list(segment.tokens)
    found: dict[int, str] = {}
    theirs = list(zip(sorts_of(unit), unit.tokens, strict=True)) if unit else []
    sorts = sorts_of(segment)
    position = 0
    for index, fixed, ids in holders(article, segment, children):
        texts: list[str] | None = None
        at = _fitting(theirs, sorts[index], fixed)
        if at >= 0:
            source = theirs.pop(at)[1].source
            texts = inside(source, fixed)
            tokens[index] = tokens[index]._replace(source=source)
        if texts is None:
            start = raw.find(fixed[0], position)
            end = raw.find(fixed[-1], start + len(fixed[0])) if start >= 0 else -1
            if end < 0:
                continue
            position = end + len(fixed[-1])
            texts = inside(raw[start:position], fixed)
            if texts is None:
                continue
            tokens[index] = tokens[index]._replace(source=raw[start:position])
        found.update(zip(ids, texts, strict=True))
    return segment._replace(tokens=tuple(tokens)), found


def _fitting(theirs: Sequence[tuple[str, Token]], sort: str, fixed: Sequence[str]) -> int:
    """The first published token with `fixed` in it: among images for an image, then among all."""
    for only in (sort, ""):
        for at, (other, token) in enumerate(theirs[:_NEAR]):
            if (not only or other == only) and inside(token.source, fixed) is not None:
                return at
    return -1


def holders(
    article: Article, segment: Segment, children: Sequence[Segment]
) -> Iterator[tuple[int, list[str], list[int]]]:
    """Each token with prose in it: its index, what stands round the prose, the ids of that."""
    index = position = 0
    fixed: list[str] = []
    ids: list[int] = []
    for child in children:
        prose = article.source[child.start - 1 : child.end + 1].decode(errors="replace")
        at = -1
        for other in range(index, len(segment.tokens)):
            at = segment.tokens[other].source.find(prose, position if other == index else 0)
            if at >= 0:
                if other != index and ids:
                    yield index, [*fixed, segment.tokens[index].source[position:]], ids
                if other != index:
                    index, position, fixed, ids = other, 0, [], []
                break
        if at < 0:
            continue
        fixed.append(segment.tokens[index].source[position : at + 1])
        ids.append(child.id)
        position = at + len(prose) - 1
    if ids:
        yield index, [*fixed, segment.tokens[index].source[position:]], ids


def exact(article: Article, segment: Segment, unit: Segment | None, raw: str) -> Reading | None:
    """The target of which `restore` makes `raw`; None if none is found.

    `segment` is `dressed`, `unit` what the published text's own parse has in this place, if
    it is the same span.
    """
    source = article.source[segment.start : segment.end].decode(errors="replace")
    if raw == source:
        return Reading(segment.text, _order(unit, segment, segment.text))
    for target in _candidates(segment, unit, raw):
        try:
            if restore(article, segment, target) == raw:
                written = target if target != segment.text else target + _WRITTEN
                return Reading(written, _order(unit, segment, target))
        except SegmentError:
            continue
    return None


def _candidates(segment: Segment, unit: Segment | None, raw: str) -> Iterator[str]:
    if unit is not None and not segment.key:
        for target in (by_order(unit, segment), by_source(unit, segment)):
            if target:
                yield target
    if segment.key or not segment.tokens:
        yield raw
    found = by_bytes(raw, segment)
    target = by_source(found, segment) if found is not None else None
    if target:
        yield target


def _order(unit: Segment | None, segment: Segment, target: str) -> str:
    if segment.key or not segment.tokens:
        return "" if unit is not None and not unit.tokens else BY_BYTES
    return order(unpinned(unit, segment), segment, target) if unit is not None else BY_BYTES


def carried(
    article: Article,
    segment: Segment,
    unit: Segment,
    raw: str,
    *,
    wanted: str = "",
    edited: bool = False,
) -> str | None:
    """The published text `raw` as a target of `segment`, whose marks may have changed since.

    `wanted` is the order of a ledger's line; of a text that is `edited`, or known from no
    ledger, only what its marks stand for tells which they are. None if they cannot be told, or
    the target could not stand in its place.
    """
    if segment.key or not (segment.tokens or unit.tokens):
        return _first(article, segment, (_plain(segment, unit, raw),), raw)
    plain = unpinned(unit, segment)
    if plain is not unit:
        unit, raw = plain, raw[raw.find("</a>") + 4 :]
    if wanted == BY_BYTES or edited:
        reading = exact(article, segment, unit, raw)
        if reading is not None:
            return reading.target
        if wanted == BY_BYTES:
            return None
    first = by_source(unit, segment) if edited else by_order(unit, segment, wanted)
    if first is None and edited and wanted:
        first = by_order(unit, segment, wanted)
    return _first(article, segment, (first, by_what_is_left(unit, segment)), raw)


def _plain(segment: Segment, unit: Segment, raw: str) -> str:
    """Text without marks. A value keeps its own spaces, as `restore` does."""
    if not segment.key or unit.text == segment.text or "\n" in raw or "\r" in raw:
        return unit.text
    return raw.strip(_SPACE)


def _first(
    article: Article, segment: Segment, targets: Sequence[str | None], raw: str
) -> str | None:
    """The first target that can stand in its place."""
    for target in targets:
        if not target:
            continue
        try:
            made = restore(article, segment, target)
        except SegmentError:
            continue
        if target == segment.text and not segment.key:
            source = article.source[segment.start : segment.end].decode(errors="replace")
            if raw == made != source:
                return target + _WRITTEN
        return target
    return None
