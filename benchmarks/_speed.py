"""Real articles in, what each stage of their round trip costs out, by flavour.

Megabytes of source per second of CPU time, the fastest of n passes over the articles of a
flavour. The articles of each flavour are two groups, with and without a trigger of its dialect,
so that any total is a sum: of all, and of those where no dialect has anything to do.
"""

from __future__ import annotations

import codecs
import cProfile
import gc
import pstats
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from benchmarks._corpus import Table
from benchmarks._floor import FLOOR, PROOF, STAGES, VALUES, Known, floor, known
from translate_pipeline.article import Article, dialects, parse, parser
from translate_pipeline.article.marks import split
from translate_pipeline.article.merge import prove, splice
from translate_pipeline.backends.pseudo import pseudo
from translate_pipeline.errors import TranslatePipelineError

__all__ = ["File", "Prepared", "best", "prepare", "round_trip", "speed"]

_EVENTS = "pyromark's events, drained"
_PARSE = "parse"
_BARE = "parse, protect, merge; no proof"
_WHOLE = "with the proof"
_TARGETS = {_BARE: "≥ 15", _WHOLE: "≥ 8"}
_LOCALES = 8  # of one article: it is parsed once, and its own rendering is read once
_EACH = "with the proof, each of eight locales"


class File(NamedTuple):
    """One article in memory; `flavour` is what its row is called."""

    text: str
    dialect: str
    flavour: str = ""


class Prepared(NamedTuple):
    """An article with targets made before the clock runs."""

    file: File
    equal: dict[int, str]
    pseudo: dict[int, str]


class _Group(NamedTuple):
    """What was measured of some articles: CPU seconds by stage, and how much that was."""

    files: int
    size: int
    segments: int
    seconds: Mapping[str, float]


def speed(found: Sequence[File], repeat: int, *, profile: bool) -> None:
    """Print the tables."""
    prepared, unreadable, refused = prepare(found)
    groups: defaultdict[tuple[str, bool], list[Prepared]] = defaultdict(list)
    for one in prepared:
        groups[one.file.flavour, _triggered(one.file)].append(one)
    measured = {name: _measure(group, repeat) for name, group in groups.items()}
    everything = _sum(measured.values())
    plain = _sum(group for (_, triggered), group in measured.items() if not triggered)
    print(f"{everything.files} files, {everything.size / 1e6:.2f} MB, best of {repeat}, CPU time")
    print(f"left out: {unreadable} unreadable, {refused} refused by the proof\n")
    table = Table("stage", "MB/s", "time, events = 1", "target")
    for name in _STAGES:
        taken = everything.seconds[name]
        target = _TARGETS.get(name, "")
        table.add(name, everything.size / 1e6 / taken, taken / everything.seconds[_EVENTS], target)
    print(f"{table}\n")
    table = Table(
        "flavour", "files", "MB", "events", "parse", "no proof", "proof", "proof, events = 1",
        "floor", "floor, no proof",
    )  # fmt: skip
    rows = {name: [g for (n, _), g in measured.items() if n == name] for name, _ in measured}
    for name in sorted(rows):
        _add(table, name, _sum(rows[name]))
    _add(table, "**all**", everything)
    _add(table, "**without a trigger**", plain)
    print(f"MB/s by flavour; `floor` is what no Python program can leave out\n\n{table}\n")
    for title, group in (("all", everything), ("without a trigger", plain)):
        costs = floor(group.seconds, group.size, group.segments, group.seconds[_WHOLE])
        print(f"{title}; the floor has no checks, marks or front matter\n\n{costs}\n")
    if profile:
        profiler = cProfile.Profile()
        profiler.enable()
        for one in prepared:
            round_trip(one.file, one.equal)
        profiler.disable()
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def _add(table: Table, name: str, group: _Group) -> None:
    megabytes, seconds = group.size / 1e6, group.seconds
    least = sum(seconds[stage] for stage in FLOOR)
    table.add(
        name,
        group.files,
        megabytes,
        *(megabytes / seconds[stage] for stage in (_EVENTS, _PARSE, _BARE, _WHOLE)),
        seconds[_WHOLE] / seconds[_EVENTS],
        megabytes / least,
        megabytes / (least - sum(seconds[stage] for stage in PROOF)),
    )


def _triggered(file: File) -> bool:
    """True when something of its dialect may stand in the article."""
    raw = file.text.encode()
    return any(sign in raw for sign in dialects.find(file.dialect).trigger)


def _measure(group: Sequence[Prepared], repeat: int) -> _Group:
    """All stages over the articles of one group."""
    articles = [known(one.file.text, one.file.dialect, one.equal) for one in group]
    gc.collect()
    gc.freeze()  # what is prepared must not be counted again and again
    seconds = {name: best(stage, group, repeat) for name, stage in _STAGES.items()}
    for name, stage in {**STAGES, **FLOOR}.items():
        seconds[name] = best(stage, articles, repeat)
    seconds[_EACH] /= _LOCALES
    gc.unfreeze()
    return _Group(len(group), sum(map(_size, group)), sum(map(_segments, articles)), seconds)


def _sum(groups: Iterable[_Group]) -> _Group:
    files = size = segments = 0
    seconds: defaultdict[str, float] = defaultdict(float)
    for group in groups:
        files, size = files + group.files, size + group.size
        segments += group.segments
        for name, taken in group.seconds.items():
            seconds[name] += taken
    return _Group(files, size, segments, seconds)


def _size(one: Prepared) -> int:
    return len(one.file.text.encode())


def _segments(one: Known) -> int:
    return len(one.article.segments)


def prepare(found: Sequence[File]) -> tuple[list[Prepared], int, int]:
    """The articles that can be translated; how many cannot be read, how many are refused."""
    prepared: list[Prepared] = []
    unreadable = refused = 0
    for file in found:
        try:
            article = parse(file.text, file.dialect)
        except TranslatePipelineError:
            unreadable += 1
            continue
        one = Prepared(file, _equal(article), _pseudo(article))
        try:
            fault = round_trip(file, one.equal) or round_trip(file, one.pseudo)
        except TranslatePipelineError as error:
            fault = str(error)
        if fault:
            refused += 1
        else:
            prepared.append(one)
    return prepared, unreadable, refused


def _equal(article: Article) -> dict[int, str]:
    return {
        s.id: "".join(
            piece if is_mark else codecs.encode(piece, "rot13")
            for is_mark, piece in split(s.text, s.tokens)
        )
        for s in article.segments
        if not s.keep
    }


def _pseudo(article: Article) -> dict[int, str]:
    return {s.id: pseudo(s.text, s.tokens) for s in article.segments if not s.keep}


def round_trip(file: File, targets: Mapping[int, str]) -> str:
    """Apart, together, proven; what the proof finds."""
    article = parse(file.text, file.dialect)
    return prove(article, splice(article, targets, VALUES))


def _locales(file: File, targets: Mapping[int, str]) -> None:
    """Apart once, then together and proven for each locale."""
    article = parse(file.text, file.dialect)
    for number in range(_LOCALES):
        prove(article, splice(article, targets, {**VALUES, "lang": f"l{number}"}))


def _drain(file: File) -> None:
    deque(parser.events(file.text, dialects.find(file.dialect).options), maxlen=0)


@cache
def _other() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


_STAGES: Mapping[str, Callable[[Prepared], object]] = {
    _EVENTS: lambda p: _drain(p.file),
    "markdown-it-py, bare parse": lambda p: _other().parse(p.file.text),
    _PARSE: lambda p: parse(p.file.text, p.file.dialect),
    _BARE: lambda p: splice(parse(p.file.text, p.file.dialect), p.equal, VALUES),
    _WHOLE: lambda p: round_trip(p.file, p.equal),
    _EACH: lambda p: _locales(p.file, p.equal),
    "with the proof, pseudo targets": lambda p: round_trip(p.file, p.pseudo),
}


def best(stage: Callable[[Any], object], articles: Sequence[Any], repeat: int) -> float:
    """CPU seconds of the fastest pass over all articles."""
    times = []
    for _ in range(repeat):
        gc.collect()
        begun = time.process_time()
        for one in articles:
            stage(one)
        times.append(time.process_time() - begun)
    return min(times)
