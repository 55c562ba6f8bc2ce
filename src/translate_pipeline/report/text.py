"""Takes outcomes and totals, gives the lines a person reads.

The law: every line about an article begins with its path, and every one that reports a
fault says what to do next. Whatever comes from an article, a model or a file name is made
printable: it cannot move the cursor or recolour the terminal.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from translate_pipeline.discovery import Skipped
from translate_pipeline.estimate import Estimate
from translate_pipeline.model import Origin, Severity, State, Usage
from translate_pipeline.outcome import Outcome, Problem, Status, Stop
from translate_pipeline.run import Tally

__all__ = ["estimate_lines", "outcome_lines", "printable", "shown", "summary"]

_ADVICE = {
    Status.REFUSED: "run again, try another --model, or use --on-failure keep-source",
    Status.PARTIAL: "run again to have the rest translated",
}


def printable(text: str) -> str:
    """The text with everything that steers a terminal shown as an escape.

    >>> printable("red: \\x1b[31m")
    'red: \\\\x1b[31m'
    """
    return "".join(
        c if c.isprintable() or c == " " else c.encode("unicode_escape").decode("ascii")
        for c in text
    )


def shown(path: Path, folder: Path) -> str:
    """A path as a person knows it: relative to `folder` if it is below it."""
    inner = path.relative_to(folder) if path.is_relative_to(folder) else path
    return printable(os.fspath(inner))


def outcome_lines(outcome: Outcome, folder: Path) -> Iterator[str]:
    """What to say of a job: nothing if it went well, else each error and what became of it."""
    job = outcome.job
    source, target = shown(job.source, folder), shown(job.target, folder)
    locale = job.pair.target.name
    errors = [p for p in outcome.problems if p.severity is Severity.ERROR]
    if outcome.status is Status.UNREADABLE:
        # The same for every locale: the text says nothing of any.
        yield from (f"{_place(source, p)}: {printable(p.message)}" for p in errors)
        return
    told = [p for p in outcome.problems if p.severity is not Severity.ERROR and p.check == "edited"]
    for problem in (*errors, *told):
        check = f" [{printable(problem.check)}]" if problem.check else ""
        excerpt = f": «{printable(problem.excerpt)}»" if problem.excerpt else ""
        yield f"{_place(source, problem)}: {locale}: {printable(problem.message)}{check}{excerpt}"
    if outcome.status is Status.REFUSED and not outcome.signature:
        return  # refused before anybody was asked: the message says what to do
    if outcome.status in (Status.REFUSED, Status.FAILED):
        advice = _ADVICE.get(outcome.status, "run again when the cause is gone")
        yield f"{source}: {locale}: {target} was not written, what was there stays; {advice}"
    elif outcome.status is Status.PARTIAL:
        left = outcome.segments.get(State.SOURCE, 0)
        advice = _ADVICE[outcome.status]
        yield f"{source}: {locale}: {target} has {_count(left, 'segment')} untranslated; {advice}"


def summary(
    tally: Tally,
    stop: Stop | None,
    skipped: Sequence[Skipped],
    *,
    planned: int,
    seconds: float,
    fresh: int = 0,
    left_over: int = 0,
) -> Iterator[str]:
    """The last lines of a run. `fresh` jobs were not begun, for nothing was to do."""
    counts = tally.statuses + Counter({Status.FRESH: fresh})
    if not planned and fresh:
        yield f"nothing to do: {_count(fresh, 'translation')} fresh ({seconds:.1f} s)"
    else:
        parts = [f"{_count(counts[Status.WRITTEN], 'translation')} written"]
        others = [status for status in Status if status is not Status.WRITTEN]
        parts += [f"{counts[status]:,} {status.value}" for status in others if counts[status]]
        if planned > tally.jobs:
            parts.append(f"{planned - tally.jobs:,} not begun")
        if left_over:
            parts.append(f"{left_over:,} left for the next run")
        yield f"{', '.join(parts)} in {seconds:.1f} s"
    if tally.origins:
        yield _origins(tally.origins)
    if tally.usage.requests:
        yield _usage(tally.usage)
    if tally.warnings:
        by_check = ", ".join(f"{n} {printable(check)}" for check, n in tally.warnings.most_common())
        yield f"{_count(tally.warnings.total(), 'warning')} ({by_check}); --json lists them"
    if skipped:
        yield _skipped(skipped)
    if stop is not None:
        yield f"stopped: {printable(stop.reason)}"


def estimate_lines(
    estimate: Estimate,
    skipped: Sequence[Skipped],
    *,
    articles: int,
    locales: int,
    cost: float | None = None,
    calibrated: bool = False,
) -> Iterator[str]:
    """What a run would do, as `--dry-run` tells it.

    `cost` is in USD, by the prices of the config; `calibrated` tells that past usage corrected
    the estimate.
    """
    yield (
        f"{_count(articles, 'article')} into {_count(locales, 'locale')}:"
        f" {_count(estimate.segments, 'segment')}, {estimate.asked:,} to be sent,"
        f" {estimate.kept:,} kept by rule"
    )
    money = "" if cost is None else f", ${cost:,.4f}"
    basis = " (corrected by past usage)" if calibrated else ""
    yield (
        f"about {_count(estimate.requests, 'request')}, {estimate.prompt_tokens:,} prompt tokens,"
        f" {estimate.output_tokens:,} output tokens{money}{basis}; nothing was sent"
    )
    if skipped:
        yield _skipped(skipped)


def _origins(origins: Mapping[Origin, int]) -> str:
    """`94 of 97 segments from the memory, 2 repeated, 1 translated now`."""
    total = sum(origins.values())
    memory = origins.get(Origin.MEMORY, 0) + origins.get(Origin.PERSON, 0)
    parts = [f"{memory:,} of {_count(total, 'segment')} from the memory"]
    if people := origins.get(Origin.PERSON, 0):
        parts[0] += f" ({people:,} by people)"
    if repeats := origins.get(Origin.REPEAT, 0):
        parts.append(f"{repeats:,} repeated")
    if new := origins.get(Origin.MODEL, 0):
        parts.append(f"{new:,} translated now")
    return ", ".join(parts)


def _place(source: str, problem: Problem) -> str:
    return f"{source}:{problem.line}" if problem.line else source


def _usage(usage: Usage) -> str:
    cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
    cost = "" if usage.cost is None else f", ${usage.cost:,.4f}"
    return (
        f"{_count(usage.requests, 'request')}, {usage.prompt_tokens:,} prompt tokens{cached},"
        f" {usage.completion_tokens:,} completion tokens{cost}"
    )


def _skipped(skipped: Sequence[Skipped]) -> str:
    return (
        f"skipped {_count(len(skipped), 'file')} as translations, or links out of the root"
        " (--json says why; a file named by its path is never skipped)"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
