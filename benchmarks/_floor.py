"""Articles that have gone round in, the stages they went through out, each to be timed alone.

`_STAGES` are the pipeline's own, `_FLOOR` what no design in Python can leave out however it is
written: take the parser's events in and tell them apart, make the values that `parse` returns,
cut the source and join the output, render both for the proof. Between the two lies all that can
be gained; `round_trip` prints both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from benchmarks._corpus import Table
from translate_pipeline.article import Article, front_matter, parse, parser, shadow
from translate_pipeline.article.article import DEFAULT_KEYS
from translate_pipeline.article.front_matter_yaml_walk import walk
from translate_pipeline.article.leaves import collect
from translate_pipeline.article.merge import prove, splice
from translate_pipeline.model import Segment, Token

__all__ = ["VALUES", "Known", "floor", "known"]

VALUES = {"lang": "de", "translated": True}


class Known(NamedTuple):
    """An article with what each stage made of it."""

    article: Article
    text: str
    shadow: str
    raw: bytes
    targets: Mapping[int, str]
    output: bytes
    output_shadow: str


def known(text: str, dialect: str, targets: Mapping[int, str]) -> Known:
    """`text`, taken through all stages."""
    article = parse(text, dialect)
    output = splice(article, targets, VALUES)
    head = front_matter.read(output, ())
    body = output[head.end if head else article.body :]
    after = shadow.cast(body, body.decode(), article.dialect).text
    raw = article.shadow.text.encode()
    return Known(article, text, article.shadow.text, raw, targets, output, after)


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
    prove(one.article, one.output)


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


#: Each stage alone; `parse` holds the three above it and makes the segments.
_STAGES: Mapping[str, Callable[[Known], object]] = {
    "front matter, read": _head,
    "shadow": _cast,
    "events and leaves": _collect,
    "parse, the three above and the segments": _parse,
    "splice": _splice,
    "proof": _prove,
}
_FLOOR: Mapping[str, Callable[[Known], object]] = {
    "events told apart": _events,
    "segments made of them": _values,
    "output joined": _join,
    "both rendered": _render,
}


def floor(
    articles: Sequence[Known],
    size: int,
    whole: float,
    best: Callable[[Callable[[Known], object]], float],
) -> Table:
    """What each stage costs alone, and the least that any Python program would need.

    `size` is that of all sources in bytes, `whole` the seconds of the whole round trip, `best`
    the seconds of a stage over all `articles`.
    """
    segments = sum(len(one.article.segments) for one in articles)
    table = Table("alone", "MB/s", "µs a segment", "% of all")

    def add(name: str, taken: float) -> None:
        table.add(name, size / 1e6 / taken, taken / segments * 1e6, taken / whole * 100)

    for name, stage in _STAGES.items():
        add(name, best(stage))
    least = {name: best(stage) for name, stage in _FLOOR.items()}
    for name, taken in least.items():
        add(f"floor: {name}", taken)
    add("floor without the proof", sum(least.values()) - least["both rendered"])
    add("floor", sum(least.values()))
    return table
