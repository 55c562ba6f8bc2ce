"""Takes jobs and what does one of them, gives an outcome for each job as it is done.

The laws: no more than `window` jobs are in memory, each finished job is on disk before the
next begins in its place, and one job's fault is that job's alone. Only what no later job can
survive (a refused key, a full disk, a dead endpoint) ends the run; what is under way then
is still finished, because it is paid for.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Protocol

from translate_pipeline.model import Origin, Severity, State, Usage
from translate_pipeline.outcome import Outcome, Status, Stop
from translate_pipeline.target_path import Job

__all__ = ["Tally", "Worker", "interleaved", "run"]

# Jobs in a row that got no answer at all before the endpoint counts as dead. Each has
# already been tried several times by its backend.
_DEAD_AFTER = 8


class Worker(Protocol):
    """What a run needs of `update.Updater`.

    `cancelled` says that the run was cancelled while a file was being written, which is done.
    """

    @property
    def cancelled(self) -> bool: ...

    async def update(self, job: Job) -> Outcome: ...


class Tally:
    """The totals of a run, growing with each outcome; its size does not."""

    __slots__ = ("origins", "segments", "statuses", "unanswered", "usage", "warnings")

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self.segments: Counter[State] = Counter()
        self.origins: Counter[Origin] = Counter()
        self.usage = Usage()
        self.warnings: Counter[str] = Counter()  # by check
        self.unanswered = 0

    @property
    def jobs(self) -> int:
        """How many jobs are finished, in whatever way."""
        return self.statuses.total()

    def add(self, outcome: Outcome) -> None:
        self.statuses[outcome.status] += 1
        self.segments.update(outcome.segments)
        self.origins.update(outcome.origins)
        self.usage += outcome.usage
        self.warnings.update(p.check for p in outcome.problems if p.severity is not Severity.ERROR)
        self.unanswered += outcome.unanswered

    def exit_code(self, stop: Stop | None) -> int:
        """0 all is good; 1 something needs attention; 3 the backend cannot work."""
        if stop is not None and stop.backend:
            return 3
        if self.jobs and self.unanswered == self.jobs:
            return 3
        good = sum(count for status, count in self.statuses.items() if status.good)
        return 0 if stop is None and good == self.jobs else 1


def interleaved(jobs: Sequence[Job], window: int) -> Iterator[Job]:
    """The jobs, `window` articles at a time: all of them in one locale, then in the next.

    The requests for one article share their beginning in every language. Asked in a row,
    the later ones find it in the provider's prompt cache; asked at once, none does.
    """
    articles = [list(group) for _, group in groupby(jobs, key=lambda job: job.source)]
    for start in range(0, len(articles), max(1, window)):
        for row in zip_longest(*articles[start : start + max(1, window)]):
            yield from (job for job in row if job is not None)


async def run(
    jobs: Iterable[Job],
    worker: Worker,
    *,
    window: int,
    on_done: Callable[[Outcome], None],
) -> Stop | None:
    """Do all jobs, at most `window` at once.

    `on_done` is called for each finished job, in the order of finishing. Returns why the
    run stopped early, None if it did not. Cancelling it cancels what is under way. An
    exception that is not of `errors.py` or the operating system is a defect of ours: no
    new job is begun, the others are finished, and it is raised with a note on its article.
    """
    state = _State()
    waiting = iter(jobs)

    async def work() -> None:
        for job in _until_stop(waiting, state):
            try:
                outcome = await worker.update(job)
            except Exception as error:
                error.add_note(f"while translating {job.source} into {job.pair.target.name}")
                state.defect = state.defect or error
                return
            on_done(outcome)
            state.count(outcome, limit=max(window, _DEAD_AFTER))
            if worker.cancelled:
                raise asyncio.CancelledError

    async with asyncio.TaskGroup() as group:
        for _ in range(max(1, window)):
            group.create_task(work())
    if state.defect is not None:
        raise state.defect
    return state.stop


class _State:
    """What the workers of one run share."""

    def __init__(self) -> None:
        self.stop: Stop | None = None
        self.defect: Exception | None = None
        self.unanswered_in_a_row = 0

    def count(self, outcome: Outcome, *, limit: int) -> None:
        self.stop = self.stop or outcome.stop
        self.unanswered_in_a_row = self.unanswered_in_a_row + 1 if outcome.unanswered else 0
        if self.unanswered_in_a_row >= limit and self.stop is None:
            why = outcome.problems[0].message if outcome.problems else "no answer"
            self.stop = Stop(f"the last {limit} articles got no answer: {why}")


def _until_stop(waiting: Iterator[Job], state: _State) -> Iterator[Job]:
    while state.stop is None and state.defect is None:
        job = next(waiting, None)
        if job is None:
            return
        yield job
