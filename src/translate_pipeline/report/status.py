"""Takes the rows of a survey as they come, gives what a person reads or the JSON document.

The law: the text stays readable at thousands of articles. It counts all of them and names
those that want attention, each under the most urgent of its states, and at most so many of
each. The JSON is the whole matrix, one article to a line, in this shape:

    {"version": 1, "command": "status", "exit_code": 0,
     "results": [
      {"source": "posts/x-en.md", "locale": "en", "origin": null, "faults": [], "targets": {
        "de": {"path": "posts/x-de.md", "state": "edited", "stale": true, "edited": true,
               "before": null}}}],
     "totals": {"articles": 1, "translations": 1, "states": {"edited": 1},
                "locales": {"de": {"edited": 1}},
                "leverage": {"served": 90, "segments": 97}}}

`origin` is the old path of a renamed article, `before` that of its target. A target that is
fresh has `path` and `state` alone. `leverage` counts the segments that all runs so far have
filled, and those of them that needed no model; null where no memory tells. The text is ASCII.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from translate_pipeline.report.text import printable
from translate_pipeline.survey import JobState, JobView, Row

__all__ = ["status_document", "status_lines"]

_VERSION = 1  # of the document, as in json_document
_MEANING = {
    JobState.BROKEN: "cannot be used as it is",
    JobState.EDITED: "a person changed the translation; the next run adopts it",
    JobState.ORPHANED: "the source is gone; `translate --prune` deletes what nobody edited",
    JobState.RENAMED: "followed by content; the next run moves the translation, at no cost",
    JobState.UNRECORDED: "a translation older than the ledger; `adopt` takes it in",
    JobState.STALE: "the source or a setting changed; `translate` asks for what changed",
    JobState.MISSING: "not translated yet",
}


def status_lines(
    rows: Iterable[Row], *, most: int | None = 10, leverage: tuple[int, int] | None = None
) -> Iterator[str]:
    """The totals as a table, then the articles; at most `most` of each state, None for all.

    `leverage`: segments that runs served without a model, and all they filled.
    """
    totals = _Totals()
    named: dict[JobState, list[str]] = {state: [] for state in _MEANING}
    count: Counter[JobState] = Counter()
    faults: list[str] = []
    for row in rows:
        totals.add(row)
        faults += row.faults
        worst = _worst(row)
        if worst is None or worst is JobState.FRESH:
            continue
        count[worst] += 1
        if most is None or len(named[worst]) < most:
            named[worst].append(_article(row))
    yield from totals.lines()
    for state, articles in named.items():
        if articles:
            yield ""
            yield f"{state} ({_MEANING[state]}):"
            yield from (f"  {article}" for article in articles)
            yield from _more(count[state] - len(articles))
    if leverage is not None and leverage[1]:
        served, filled = leverage
        yield ""
        yield f"leverage: {served / filled:.1%} of {filled:,} segments were served without a model"
    if faults:
        yield ""
        yield "faults (correct them, then look again):"
        yield from (f"  {printable(fault)}" for fault in faults[:most])
        yield from _more(len(faults) - len(faults[:most]))


def status_document(
    rows: Iterable[Row], *, leverage: tuple[int, int] | None = None
) -> Iterator[str]:
    """The lines of the JSON document, each as soon as its article is known.

    `leverage` as in `status_lines`.
    """
    totals = _Totals()
    yield f'{{"version": {_VERSION}, "command": "status", "exit_code": 0,'
    yield ' "results": ['
    line = ""
    for row in rows:
        totals.add(row)
        if line:
            yield f"{line},"
        line = f"  {json.dumps(_result(row))}"
    yield f"{line}]," if line else " ],"
    share = {"served": leverage[0], "segments": leverage[1]} if leverage else None
    yield f' "totals": {json.dumps({**totals.document(), "leverage": share})}}}'


class _Totals:
    """How many translations are in which state, by locale."""

    def __init__(self) -> None:
        self._articles = 0
        self._states: dict[str, Counter[JobState]] = {}

    def add(self, row: Row) -> None:
        self._articles += bool(row.locale)  # a lost one is none any more
        states = self._states
        for view in row.states:
            if (counter := states.get(view.locale)) is None:
                counter = states[view.locale] = Counter()
            counter[view.state] += 1

    def lines(self) -> Iterator[str]:
        """One line for all, then a table with a column for each state that occurs."""
        total = sum(self._states.values(), Counter[JobState]())
        each = [f"{total[state]:,} {state}" for state in reversed(JobState) if total[state]]
        nouns = f"{_count(self._articles, 'article')}, {_count(len(self._states), 'locale')}"
        yield f"{nouns}: {', '.join(each) or 'no translations planned'}"
        if total.keys() <= {JobState.FRESH}:
            return
        shown = [state for state in reversed(JobState) if total[state]]
        table = [["locale", *shown]]
        for locale, counter in self._states.items():
            table.append([printable(locale), *(f"{counter[state]:,}" for state in shown)])
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        yield ""
        for first, *cells in table:
            right = "  ".join(c.rjust(w) for c, w in zip(cells, widths[1:], strict=True))
            yield f"{first.ljust(widths[0])}  {right}"

    def document(self) -> dict[str, object]:
        total = sum(self._states.values(), Counter[JobState]())
        return {
            "articles": self._articles,
            "translations": total.total(),
            "states": _ordered(total),
            "locales": {locale: _ordered(counter) for locale, counter in self._states.items()},
        }


def _worst(row: Row) -> JobState | None:
    """The most urgent state of an article; members of the enum stand in this order."""
    states = {view.state for view in row.states}
    return next((state for state in JobState if state in states), None)


def _article(row: Row) -> str:
    """`posts/x-en.md: stale de fr; missing ja`, or `missing everywhere`."""
    groups: dict[str, list[str]] = {}
    for view in row.states:
        if view.state is not JobState.FRESH:
            groups.setdefault(_described(view), []).append(printable(view.locale))
    everywhere = len(groups) == 1 and len(row.states) > 1
    parts = [
        f"{name} everywhere" if everywhere and len(locales) == len(row.states)
        else f"{name} {' '.join(locales)}"
        for name, locales in groups.items()
    ]  # fmt: skip
    origin = f" (was {printable(row.origin)})" if row.origin else ""
    return f"{printable(row.source)}{origin}: {'; '.join(parts)}"


def _described(view: JobView) -> str:
    """The state, and what else holds beside it: `edited and stale`."""
    also = [
        state
        for state, holds in ((JobState.EDITED, view.edited), (JobState.STALE, view.stale))
        if holds and state is not view.state
    ]
    return " and ".join([view.state, *also])


def _result(row: Row) -> dict[str, object]:
    return {
        "source": row.source,
        "locale": row.locale or None,
        "origin": row.origin or None,
        "faults": row.faults,
        "targets": {view.locale: _target(view) for view in row.states},
    }


def _target(view: JobView) -> dict[str, object]:
    target: dict[str, object] = {"path": view.target, "state": view.state}
    if view.state is not JobState.FRESH:
        target |= {"stale": view.stale, "edited": view.edited, "before": view.before or None}
    return target


def _ordered(counter: Counter[JobState]) -> dict[str, int]:
    return {state.value: counter[state] for state in JobState if counter[state]}


def _more(left: int) -> Iterator[str]:
    if left > 0:
        yield f"  and {left:,} more (--all)"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
