r"""Finds a model that got stuck: the same words again and again.

Severity: error; nobody writes like that, and a loop may hide that the rest is missing.
Bound: a unit of at least 8 characters, with a letter in it, stands at least 4 times in a row
and more than twice as often as anything in the source does; or 200 and more characters,
mostly letters, that zlib makes more than 5 times shorter, and twice as much shorter as the
source. Of a target above 40,000 characters, the first and the last 20,000 are looked at:
loops run to the end.
Source: quality.md 6.5, C2, and its section 3, row 13.
False alarms: 0.00 % of 5,472 published segments.

passes: en>de "Ha ha ha!" => "Ha ha ha ha!"
passes: en>de "Name: ______________________________________" => "Name: __________________________________________"
passes: en>fr "Location, location, location, location, location!" => "L'emplacement, l'emplacement, l'emplacement, l'emplacement, l'emplacement !"
fails(error): en>de "Open the file and save it." => "Die Datei öffnen und die Datei öffnen und die Datei öffnen und die Datei öffnen und die Datei"
fails(error): en>ja "Open the file and save it." => "ファイルを開いて保存します。ファイルを開いて保存します。ファイルを開いて保存します。ファイルを開いて保存します。"
"""  # noqa: E501 - samples stand on one line

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator

from translate_pipeline.checks._prose import excerpt, prose
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "loop"
SEVERITY = Severity.ERROR

_UNIT = 8  # characters, quality.md C2
_TIMES = 4
_MORE_THAN_SOURCE = 2
_BRIEF = 1_000  # characters; beyond, the quick look is the slower one
_PART = 20_000
_PERIODS = 10  # tried; a loop is by far the commonest of them
_LONG_ENOUGH = 200
_RATIO = 5.0


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding."""
    text = prose(target, segment) + " "  # the last round has no space behind it
    parts = [text] if len(text) <= 2 * _PART else [text[:_PART], text[-_PART:]]
    times, unit = max(_repeats(part) for part in parts)
    if times >= _TIMES:
        source, _ = _repeats(prose(segment.text, segment) + " ")
        if times > _MORE_THAN_SOURCE * source:
            yield Finding(
                NAME, SEVERITY, segment.id, f"{excerpt(unit)!r} stands {times} times in a row"
            )
            return
    # A row of dots or digits is no loop.
    if len(text) >= _LONG_ENOUGH and 2 * sum(map(str.isalpha, text)) > len(text):
        ratio = _shrinks(text)
        if ratio > _RATIO and ratio > _MORE_THAN_SOURCE * _shrinks(prose(segment.text, segment)):
            yield Finding(
                NAME,
                SEVERITY,
                segment.id,
                f"repeats itself: zlib makes it {ratio:.0f} times shorter",
            )


def _repeats(text: str) -> tuple[int, str]:
    """The most often that a unit of `text` stands in a row, and the unit.

    Two passes: how far back the same `_UNIT` characters stood gives the likeliest periods;
    for each of these, how long the text equals itself that far back.
    """
    if len(text) < _TIMES * _UNIT or (len(text) <= _BRIEF and not _may_repeat(text)):
        return 0, ""
    distances: Counter[int] = Counter()
    last: dict[str, int] = {}
    for index in range(len(text) - _UNIT + 1):
        gram = text[index : index + _UNIT]
        if gram in last:
            distances[index - last[gram]] += 1
        last[gram] = index
    best, unit = 0, ""
    for period, _ in distances.most_common(_PERIODS):
        step = -(-_UNIT // period) * period  # at least `_UNIT` characters, whole periods
        run, longest, end = 0, 0, 0
        for index, (now, before) in enumerate(zip(text[period:], text, strict=False)):
            run = run + 1 if now == before else 0
            if run > longest:
                longest, end = run, index + 1
        begin = end - longest
        times = (longest + period) // step
        if times > best and any(map(str.isalpha, text[begin : begin + step])):
            best, unit = times, text[begin : begin + step]
    return best, unit


def _may_repeat(text: str) -> bool:
    """False when no unit stands `_TIMES` times in a row: a quick look at short texts.

    One of every `_UNIT` places is in the first of the units, and the two units that begin
    there stand again one unit later.
    """
    for place in range(0, len(text) - _TIMES * _UNIT + _UNIT, _UNIT):
        gram = text[place : place + _UNIT]
        again = text.find(gram, place + _UNIT)
        while again >= 0:
            two = 2 * (again - place)
            if text[place : place + two] == text[again : again + two]:
                return True
            again = text.find(gram, again + 1)
    return False


def _shrinks(text: str) -> float:
    """How many times shorter zlib makes `text`; two bytes a letter in every script."""
    raw = text.encode("utf-16-le", "replace")
    return len(raw) / len(zlib.compress(raw, 6)) if raw else 1.0
