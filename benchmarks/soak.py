"""An hour of trouble in simulated time in, what a run holds on to out: memory, tasks, files.

100,000 articles, each another text, go through the real run, pipeline, ladder, limits and gate.
Only the endpoint is simulated, behind the gate, and the event loop's clock jumps from timer to
timer. The endpoint bears 30 requests a second and refuses the rest with `Retry-After`; answers
after 1 to 3 s; fails 1 in 100, never answers 1 in 1,000, leaves a segment out in 1 of 50; and
every 10 minutes it is down for 20 s. No article may be lost, memory must be flat.

    python -m benchmarks.soak [--articles 100000] [--concurrency 128] [--rows 10]
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import resource
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from tests.backends.simulated import Said, Simulated, refusing
from tests.servers.faults import chance
from tests.servers.storm import Bucket
from tests.virtual_time import simulate

from benchmarks._corpus import Table
from translate_pipeline.backends.pseudo import pseudo
from translate_pipeline.errors import BackendError
from translate_pipeline.limits import Limited, Limits
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Batch, LocalePair, Reply, Usage
from translate_pipeline.outcome import Outcome, Status, fault, outcome_of
from translate_pipeline.pace import Paced
from translate_pipeline.pipeline import Pipeline
from translate_pipeline.prefix_cache import PrefixFirst
from translate_pipeline.run import Tally, run
from translate_pipeline.target_path import Job

__all__ = ["Row", "main", "soak"]

_RATE = 30.0
_OUTAGE_EVERY = 600.0
_OUTAGE = 20.0
_TIMEOUT = 120.0
# Megabytes, as issue 5 asks; and how much the last row may stand above the second.
_MOST_MEMORY = 300.0
_FLAT = 1.1


class Row(NamedTuple):
    """What there is after so many articles."""

    minute: float
    articles: int
    requests: int
    memory: float  # MB
    tasks: int
    files: int


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 if an article was lost or something grew."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--articles", type=int, default=100_000, help="default: 100000")
    parser.add_argument("--concurrency", type=int, default=128, help="default: 128")
    parser.add_argument("--rows", type=int, default=10, help="default: 10")
    given = parser.parse_args(argv)
    rows, tally = soak(given.articles, concurrency=given.concurrency, rows=given.rows)
    table = Table("minute", "articles", "requests", "memory MB", "tasks", "open files")
    for row in rows:
        table.add(*row)
    print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    written = sum(n for status, n in tally.statuses.items() if status.good)
    print(f"\npeak {peak:.0f} MB; {given.articles - written} articles lost")
    first, last = rows[min(1, len(rows) - 1)], rows[-1]
    flat = last.memory <= first.memory * _FLAT and peak <= _MOST_MEMORY
    clean = rows[-1].tasks == 1 and rows[-1].files == rows[0].files
    return 0 if flat and clean and written == given.articles else 1


def soak(
    articles: int, *, concurrency: int, rows: int, outage_every: float = _OUTAGE_EVERY
) -> tuple[list[Row], Tally]:
    """The rows, the first before and the last after the run, and the run's totals."""
    random.seed(articles)  # the jitter of retries: the same run each time
    return simulate(_soak(articles, _Backend(concurrency, outage_every), 2 * concurrency, rows))


async def _soak(
    articles: int, backend: _Backend, window: int, rows: int
) -> tuple[list[Row], Tally]:
    limited = Limited(backend, Limits(requests=10 * articles, tokens=10**12))
    worker = _Worker(Paced(PrefixFirst(limited)))
    tally, table = Tally(), [_row(0, backend)]

    def done(outcome: Outcome) -> None:
        tally.add(outcome)
        if tally.jobs % max(1, articles // rows) == 0:
            table.append(_row(tally.jobs, backend))

    stop = await run(_jobs(articles), worker, window=window, on_done=done)
    if stop is not None:
        print(stop.reason, file=sys.stderr)
    table.append(_row(tally.jobs, backend))
    return table, tally


def _row(articles: int, backend: _Backend) -> Row:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Row(
        minute=asyncio.get_running_loop().time() / 60,
        articles=articles,
        requests=backend.requests,
        memory=pages * resource.getpagesize() / 2**20,
        tasks=len(asyncio.all_tasks()),
        files=len(os.listdir("/proc/self/fd")),
    )


def _jobs(articles: int) -> Iterator[Job]:
    pair = LocalePair(parse_locale("en"), parse_locale("de"))
    for number in range(articles):
        yield Job(Path(f"{number}.md"), Path(f"{number}.de.md"), pair)


def _article(number: int) -> str:
    year = 1800 + number % 200
    return (
        f"---\ntitle: The tide table of station {number}\n---\n\n"
        f"At station {number} the water is *highest* after noon, as `tide-{number}` tells.\n\n"
        f"- Nobody has measured it since {year}; see [the list](https://example.org/{number}).\n"
    )


class _Worker:
    """What `update.Updater` is to a run, without files."""

    cancelled = False

    def __init__(self, backend: Paced) -> None:
        self._pipeline = Pipeline(backend=backend, target="de")

    async def update(self, job: Job) -> Outcome:
        text = _article(int(job.source.stem))
        try:
            return outcome_of(job, text, await self._pipeline.atranslate(text), None)
        except BackendError as error:
            return fault(job, Status.FAILED, str(error))


class _Backend:
    """`pseudo` as a model behind the simulated endpoint, the real gate and the real retries."""

    name = signature = "soak"
    writes = "en-XA"
    fallbacks = 0

    def __init__(self, concurrency: int, outage_every: float) -> None:
        self._outage_every = outage_every
        self._bears = refusing(Bucket(_RATE, _RATE), 2.0, "seconds")
        self._endpoint = Simulated(self._answer, concurrency=concurrency)
        self._number = count()
        self.requests = 0

    def _answer(self, number: int, now: float) -> Said:
        self.requests += 1
        # The list of times is for tests of a few seconds.
        self._endpoint.at.clear()
        if now % self._outage_every > self._outage_every - min(_OUTAGE, self._outage_every / 4):
            return Said(0, 0.05)
        if chance(1, self.requests) < 0.001:
            return Said(0, _TIMEOUT)
        if chance(2, self.requests) < 0.01:
            return Said(503, 0.2)
        return self._bears(self.requests, now)

    async def translate(self, batch: Batch) -> Reply:
        await self._endpoint.call(tokens=500)
        missing = chance(3, next(self._number)) < 0.02
        kept = batch.segments[missing:]
        targets = {segment.id: pseudo(segment.text, segment.tokens) for segment in kept}
        return Reply(targets, usage=Usage(1, 400, 100))

    async def aclose(self) -> None:
        pass


if __name__ == "__main__":
    sys.exit(main())
