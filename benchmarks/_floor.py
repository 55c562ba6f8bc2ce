"""Articles that have gone round in, the stages they went through out, each to be timed alone.

`STAGES` are the pipeline's own, `FLOOR` what no design in Python can leave out however it is
written: look for what a dialect may open, take the parser's events in and tell them apart, make
the values that `parse` returns, cut the source and join the output, render both for the proof and
find their tags. Between the two lies all that can be gained; `round_trip` prints both.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from benchmarks._corpus import Table
from translate_pipeline.article import Article, front_matter, parse, parser, shadow
from translate_pipeline.article.article import DEFAULT_KEYS
from translate_pipeline.article.dialects import Dialect
from translate_pipeline.article.front_matter_yaml_walk import walk
from translate_pipeline.article.leaves import collect
from translate_pipeline.article.merge import prove, splice
from translate_pipeline.model import Segment, Token

__all__ = ["FLOOR", "PROOF", "STAGES", "VALUES", "Known", "floor", "known"]

VALUES = {"lang": "de", "translated": True}


class Known(NamedTuple):
    """An article with what each stage made of it; `openers` only where a trigger occurs."""

    article: Article
    text: str
    shadow: str
    raw: bytes
    targets: Mapping[int, str]
    output: bytes
    output_shadow: str
    rendered: tuple[str, str]
    openers: re.Pattern[bytes] | None


def known(text: str, dialect: str, targets: Mapping[int, str]) -> Known:
    """`text`, taken through all stages."""
    article = parse(text, dialect)
    output = splice(article, targets, VALUES)
    head = front_matter.read(output, ())
    body = output[head.end if head else article.body :]
    dialect = article.dialect
    after = shadow.cast(body, body.decode(), dialect).text
    before = article.shadow.text
    rendered = (parser.render(before, dialect.options), parser.render(after, dialect.options))
    openers = _openers(dialect) if any(sign in article.source for sign in dialect.trigger) else None
    raw = before.encode()
    return Known(article, text, before, raw, targets, output, after, rendered, openers)


@lru_cache(maxsize=32)
def _openers(dialect: Dialect) -> re.Pattern[bytes]:
    return re.compile(b"|".join(construct.open for construct in dialect.constructs))


def _head(one: Known) -> None:
    walk.cache_clear()  # else it would only be looked up
    front_matter.read(one.article.source, DEFAULT_KEYS)


def _cast(one: Known) -> None:
    body = one.article.source[one.article.body :]
    shadow.cast(body, body.decode(), one.article.dialect)


def _collect(one: Known) -> None:
    collect(parser.events(one.shadow, one.article.dialect.options), one.raw)


def _parse(one: Known) -> None:
    parse(one.text, one.article.dialect)


def _splice(one: Known) -> None:
    splice(one.article, one.targets, VALUES)


def _prove(one: Known) -> None:
    prove(replace(one.article), one.output)  # a new one: it remembers its own rendering


def _events(one: Known) -> tuple[int, int, int, int]:
    """The parser's events, told apart as roughly as can be."""
    text = start = end = other = 0
    for event, span in parser.events(one.shadow, one.article.dialect.options):
        if "Text" in event:
            text = span["end"]
        elif "Start" in event:
            start = span["start"]
        elif "End" in event:
            end = span["end"]
        else:
            other = span["end"]
    return text, start, end, other


def _values(one: Known) -> None:
    """The segments and tokens of the article, their texts cut out of the source."""
    source = one.article.source
    new = tuple.__new__
    made = []
    for number, kind, _, start, end, tokens, level, key, keep, parent, note in one.article.segments:
        text = source[start:end].decode()
        marks = tuple([new(Token, (mark, text)) for mark, _ in tokens])
        values = (number, kind, text, start, end, marks, level, key, keep, parent, note)
        made.append(new(Segment, values))


def _join(one: Known) -> None:
    """The output from the source's bytes and the targets, as they are."""
    source, targets = one.article.source, one.targets
    pieces = []
    position = 0
    for number, _, text, start, end, *_ in one.article.segments:
        if position <= start:
            pieces.append(source[position:start])
            pieces.append(targets.get(number, text).encode())
            position = end
    pieces.append(source[position:])
    b"".join(pieces)


def _render(one: Known) -> None:
    """Source and output as HTML."""
    options = one.article.dialect.options
    parser.render(one.shadow, options)
    parser.render(one.output_shadow, options)


def _search(one: Known) -> None:
    """Where something of the dialect may open, in source and output."""
    if one.openers is not None:
        deque(one.openers.finditer(one.raw), maxlen=0)
        deque(one.openers.finditer(one.output), maxlen=0)


def _tags(one: Known) -> None:
    """Both renderings cut where tags begin."""
    for html in one.rendered:
        html.split("<")


#: Each stage alone; `parse` holds the three above it and makes the segments.
STAGES: Mapping[str, Callable[[Known], object]] = {
    "front matter, read": _head,
    "shadow": _cast,
    "events and leaves": _collect,
    "parse, the three above and the segments": _parse,
    "splice": _splice,
    "proof": _prove,
}
#: What of it no design in Python can leave out …
FLOOR: Mapping[str, Callable[[Known], object]] = {
    "floor: openers looked for, twice": _search,
    "floor: events told apart": _events,
    "floor: segments made of them": _values,
    "floor: output joined": _join,
    "floor: both rendered": _render,
    "floor: both cut into tags": _tags,
}
#: … and what of that is the proof's.
PROOF = ("floor: both rendered", "floor: both cut into tags")


def floor(seconds: Mapping[str, float], size: int, segments: int, whole: float) -> Table:
    """What each stage costs alone, and the least that any Python program would need.

    `seconds` are those of all stages in `STAGES` and `FLOOR`, `size` is that of all sources in
    bytes, `whole` the seconds of the whole round trip.
    """
    table = Table("alone", "MB/s", "µs a segment", "% of all")

    def add(name: str, taken: float) -> None:
        rate = size / 1e6 / taken if taken else 0.0
        table.add(name, rate, taken / segments * 1e6, taken / whole * 100)

    for name in (*STAGES, *FLOOR):
        add(name, seconds[name])
    least = sum(seconds[name] for name in FLOOR)
    add("floor without the proof", least - sum(seconds[name] for name in PROOF))
    add("floor", least)
    return table
