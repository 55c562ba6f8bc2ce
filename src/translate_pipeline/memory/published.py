"""An article and its published translation in, the translation's segments as targets out.

Law: for any targets that `merge` accepted, what is read back of its output makes the same
output again, byte for byte. The way: outside the segments the translation *is* the source, so
the source's own bytes between two segments show where each target begins and ends; a parse of
the translation only says where to look first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from translate_pipeline.article import Article, parse, parser
from translate_pipeline.article.dialects import Anchor
from translate_pipeline.article.leaves import collect
from translate_pipeline.article.protect import protect
from translate_pipeline.memory import identity
from translate_pipeline.memory.reading import children_of, dressed, exact
from translate_pipeline.memory.renumber import BY_BYTES, by_order, unpinned
from translate_pipeline.memory.section import NONE
from translate_pipeline.model import Kind, Segment

__all__ = ["FIELDS", "Piece", "letterless", "parsed", "pieces", "published", "tops", "unit_digest"]

#: Segments that are front matter.
FIELDS = (Kind.TITLE, Kind.FRONT_MATTER)
_BLANK = re.compile(rb"\n[ \t>]*\r?\n|\r[ \t>]*\r")
# Guesses for where segments end, per segment. One suffices unless the translation is hostile.
_PATIENCE = 20


class Piece(NamedTuple):
    """One segment of the source as it is published.

    `unit` is the segment that the translation's own parse finds there, None if none; `order` as
    in `ledger.Line`. Not `sure`: these are the source's words, in other bytes than `merge`
    would give them.
    """

    target: str
    unit: Segment | None
    order: str
    sure: bool = True


def parsed(article: Article, text: str) -> Article:
    """The published `text` as an article by itself, read as its source was.

    Raises ArticleError where it is none.
    """
    return parse(text, article.dialect, article.options)


def unit_digest(unit: Segment | None) -> str:
    """What a ledger says of a published segment: 8 characters, `NONE` for none."""
    return identity.short(identity.text_key("", unit.text)) if unit is not None else NONE


def published(article: Article, text: str) -> dict[int, str]:
    """The targets of which `text` was made, by segment id.

    A segment whose target is left out stands there in the source's own bytes. Empty where the
    structure is not the source's. Raises ArticleError for text that is no article.
    """
    found = pieces(article, parsed(article, text))
    return {number: piece.target for number, piece in found.items() if piece.sure}


def pieces(
    article: Article,
    theirs: Article,
    made: Mapping[int, str] = MappingProxyType({}),
) -> dict[int, Piece]:
    """Every segment of `article` that is found in `theirs`, its translation, by id.

    `made` are targets of which `merge` is known to have made `theirs`; they need not be found
    again. Empty unless all that stands between the segments is the same in both.
    """
    found = _fields(article, theirs)
    spans = _spans(article, theirs)
    if spans is None:
        return {}
    their = tops(theirs)
    units = {(unit.start, unit.end): unit for unit in their}
    starts = [unit.start for unit in their]
    more: dict[tuple[int, int], Segment] | None = None
    children = children_of(article)
    inner = children_of(theirs)
    for segment, (start, end) in spans:
        unit = units.get((start, end))
        target = made.get(segment.id)
        if (
            target is not None
            and unit is not None
            and segment.id not in children
            and segment.id not in article.pins
            and target != segment.text  # else the source's own bytes may stand there
            and by_order(unit, segment) == target
        ):
            found[segment.id] = Piece(target, unit, "")
            continue
        raw = theirs.source[start:end].decode(errors="replace")
        if segment.id in article.pins:
            raw, unit = _without_pin(article, segment, raw, unit, units, (start, end))
        if unit is None:
            more = {(u.start, u.end): u for u in letterless(theirs)} if more is None else more
            unit = more.get((start, end))
        ours = children.get(segment.id, ())
        worn, texts = dressed(article, segment, ours, unit, raw)
        plain = unpinned(unit, segment) if unit is not None else None
        reading = exact(article, worn, plain, raw)
        if unit is None:  # what stands there is nearly this segment, and good for a digest
            at = bisect_right(starts, start) - 1
            near = [u for u in their[max(at, 0) : at + 2] if start <= u.start and u.end <= end]
            unit = near[0] if near else None
        if reading is not None:
            found[segment.id] = Piece(reading.target, unit, reading.order)
        elif plain is not None and " ".join(plain.text.split()) == segment.text:
            same = "" if plain.text == segment.text else BY_BYTES
            found[segment.id] = Piece(segment.text, unit, same, sure=False)
        free = list(inner.get(unit.id, ())) if unit is not None else []
        for child in ours:
            if child.id in texts:
                found[child.id] = _child(article, child, texts[child.id], free)
    return found


def _child(article: Article, child: Segment, raw: str, free: list[Segment]) -> Piece:
    words = " ".join(raw.split())
    unit = next((other for other in free if other.text == words), None)
    if unit is not None:
        free.remove(unit)
    if raw == article.source[child.start : child.end].decode(errors="replace"):
        return Piece(child.text, unit, "")
    return Piece(raw, unit, "" if raw == words else BY_BYTES)


def tops(article: Article) -> list[Segment]:
    """The segments of the body that stand in no other's token."""
    return [s for s in article.segments if not s.parent and s.kind not in FIELDS]


def letterless(article: Article) -> list[Segment]:
    """The blocks of the body that are no segments, because they hold no letter: id 0.

    A translation may be one (`Year 2024` became `2024`), and so be missing from its own parse.
    """
    shadow = article.shadow
    raw = shadow.text.encode()
    with parser.panics():
        found = collect(parser.events(shadow.text, article.dialect.options), raw)
    known = {segment.start for segment in article.segments}
    body = article.source[article.body :]
    result = []
    for leaf in found.leaves:
        start, end = article.body + leaf.start, article.body + leaf.end
        if start not in known:
            text, tokens = protect(leaf, body, shadow.masks)
            result.append(Segment(0, leaf.kind, text, start, end, tokens, leaf.level, leaf.key))
    return result


def _fields(article: Article, theirs: Article) -> dict[int, Piece]:
    """Front matter: by key."""
    if article.front_matter is None or theirs.front_matter is None:
        return {}
    ours = {field.key: field.value for field in article.front_matter.fields}
    values = {field.key: field.value for field in theirs.front_matter.fields}
    units = {s.key: s for s in theirs.segments if s.kind in FIELDS}
    found = {}
    for segment in article.segments:
        if segment.kind in FIELDS and segment.key in values:
            value = values[segment.key]
            target = value.strip(" \t\r\n")
            if value == ours.get(segment.key):
                target = segment.text
            elif "\n" in target or "\r" in target:
                target = " ".join(target.split())
            found[segment.id] = Piece(target, units.get(segment.key), "")
    return found


def _without_pin(
    article: Article,
    segment: Segment,
    raw: str,
    unit: Segment | None,
    units: Mapping[tuple[int, int], Segment],
    span: tuple[int, int],
) -> tuple[str, Segment | None]:
    """A heading's text without the id that `merge` gave it."""
    pin = article.pins[segment.id]
    if article.dialect.anchor_for(pin) is Anchor.ATTRIBUTE:
        tail = f" {{#{pin}}}"
        if not raw.endswith(tail):
            return raw, unit
        return raw.removesuffix(tail), units.get((span[0], span[1] - len(tail.encode())), unit)
    return raw.removeprefix(f'<a id="{pin}"></a>'), unit


def _spans(article: Article, theirs: Article) -> list[tuple[Segment, tuple[int, int]]] | None:
    """Where each segment of the body is published; None if what lies between is another."""
    source, data = article.source, theirs.source
    ours = tops(article)
    if not ours:
        return [] if source[article.body :] == data[theirs.body :] else None
    head = source[article.body : ours[0].start]
    if not data.startswith(head, theirs.body):
        return None
    ends = {unit.start: unit.end for unit in tops(theirs)}
    straight = _straight(article, ours, data, theirs.body + len(head), ends)
    if straight is not None:
        return straight
    found: list[tuple[int, int]] = []
    position = theirs.body + len(head)
    trail: list[tuple[int, Iterator[tuple[int, int]]]] = []
    left = _PATIENCE * (len(ours) + 1)
    while len(found) < len(ours):
        if len(trail) == len(found):
            index = len(found)
            following = ours[index + 1].start if index + 1 < len(ours) else len(source)
            between = source[ours[index].end : following]
            last = index + 1 == len(ours)
            guesses = _guesses(article, ours[index], data, (position, ends, between), last)
            trail.append((position, guesses))
        position, guesses = trail[-1]
        guess = next(guesses, None)
        left -= 1
        if left < 0:
            return None
        if guess is None:
            trail.pop()
            if not trail:
                return None
            found.pop()
            continue
        end, after = guess
        found.append((position, end))
        position = after
    return list(zip(ours, found, strict=True))


def _straight(
    article: Article, ours: Sequence[Segment], data: bytes, position: int, ends: Mapping[int, int]
) -> list[tuple[Segment, tuple[int, int]]] | None:
    """`_spans` if every segment ends where the translation's own parse says, as nearly all do."""
    source, found = article.source, []
    for segment, following in pairwise(ours):
        end = ends.get(position, -1)
        between = source[segment.end : following.start]
        if end < 0 or not data.startswith(between, end):
            return None
        found.append((segment, (position, end)))
        position = end + len(between)
    place = position, ends, source[ours[-1].end :]
    last = next(_guesses(article, ours[-1], data, place, True), None)
    return None if last is None else [*found, (ours[-1], (position, last[0]))]


def _guesses(
    article: Article,
    segment: Segment,
    data: bytes,
    place: tuple[int, Mapping[int, int], bytes],
    last: bool,
) -> Iterator[tuple[int, int]]:
    """Where `segment`, published at `place`, may end, and where the next one begins."""
    start, ends, between = place
    size = len(data)
    blanks = len(_BLANK.findall(article.source, segment.start, segment.end))

    def one_block(stop: int) -> bool:
        """A target has no blank line but those in its tokens."""
        return len(_BLANK.findall(data, start, stop)) <= blanks

    if last:
        stop = size - len(between)
        if data.endswith(between) and stop > start and one_block(stop):
            yield stop, size
        return
    pin = article.pins.get(segment.id)
    attribute = pin and article.dialect.anchor_for(pin) is Anchor.ATTRIBUTE
    tail = f" {{#{pin}}}".encode() if attribute else b""
    tried = set()
    end = ends.get(start, -1)
    for stop in (end, end + len(tail)) if end >= 0 else ():
        if stop not in tried and data.startswith(between, stop):
            tried.add(stop)
            yield stop, stop + len(between)
    # No segment to a parser (`2024`), or one that begins elsewhere: up to the next such bytes.
    stop = data.find(between, start + 1) if between else -1
    while stop >= 0 and one_block(stop):
        if stop not in tried:
            yield stop, stop + len(between)
        stop = data.find(between, stop + 1)
