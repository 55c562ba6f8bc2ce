"""Takes jobs and a pipeline per locale, gives an outcome for each job as it is done.

The laws: no more than `window` jobs are in memory, each finished job is on disk before the
next begins in its place, and one job's fault is that job's alone. Only what no later job can
survive (a refused key, a full disk, a dead endpoint) ends the run; what is under way then
is still finished, because it is paid for.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, zip_longest
from pathlib import Path
from typing import NamedTuple, Protocol

from translate_pipeline.errors import (
    ArticleError,
    BackendError,
    FatalBackendError,
    SegmentError,
    StructureError,
    TransportError,
)
from translate_pipeline.files import disk_fault, read_text, unwritable, write_text
from translate_pipeline.model import Finding, Result, Severity, State, Usage
from translate_pipeline.target_path import Job

__all__ = ["Outcome", "Problem", "Status", "Stop", "Tally", "Translator", "interleaved", "run"]

# Jobs in a row that got no answer at all before the endpoint counts as dead. Each has
# already been tried several times by its backend.
_DEAD_AFTER = 8


class Translator(Protocol):
    """What a run needs of `pipeline.Pipeline`."""

    async def atranslate(self, text: str) -> Result: ...


class Status(StrEnum):
    """What became of a job. Only the first two leave a new target on disk."""

    WRITTEN = "written"
    PARTIAL = "partial"  # written with some source text, as `on_failure = "keep-source"` wants
    REFUSED = "refused"  # a segment, or the proof of the whole, failed
    UNREADABLE = "unreadable"  # the source is no article
    FAILED = "failed"  # the backend gave no answer, or the target could not be written


class Problem(NamedTuple):
    """One thing to tell of an article. `line` is 1-based, 0 if it is the whole article's."""

    message: str
    severity: Severity = Severity.ERROR
    line: int = 0
    segment: int = 0
    check: str = ""
    excerpt: str = ""  # the beginning of the source segment, in its protected form


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A finished job: small, without the article's text, so that a run may keep them all.

    `segments` counts them by state; `unanswered` says that the backend could not be reached.
    """

    job: Job
    status: Status
    problems: tuple[Problem, ...] = ()
    segments: Mapping[State, int] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    signature: str = ""
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended before its last job. `backend`: the backend is what cannot work."""

    reason: str
    backend: bool = True


class Tally:
    """The totals of a run, growing with each outcome; its size does not."""

    __slots__ = ("segments", "statuses", "unanswered", "usage", "warnings")

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self.segments: Counter[State] = Counter()
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
        self.usage += outcome.usage
        self.warnings.update(p.check for p in outcome.problems if p.severity is not Severity.ERROR)
        self.unanswered += outcome.unanswered

    def exit_code(self, stop: Stop | None) -> int:
        """0 all is written; 1 something needs attention; 3 the backend cannot work."""
        if stop is not None and stop.backend:
            return 3
        if self.jobs and self.unanswered == self.jobs:
            return 3
        return 0 if stop is None and self.statuses[Status.WRITTEN] == self.jobs else 1


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
    translators: Mapping[str, Translator],
    *,
    window: int,
    on_done: Callable[[Outcome], None],
) -> Stop | None:
    """Do all jobs, at most `window` at once; `translators` by the target's locale name.

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
                outcome = await _one(job, translators[job.pair.target.name], state)
            except Exception as error:
                error.add_note(f"while translating {job.source} into {job.pair.target.name}")
                state.defect = state.defect or error
                return
            on_done(outcome)
            state.count(outcome, limit=max(window, _DEAD_AFTER))
            if state.cancelled:  # while a file was being written, which is done now
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
        self.cancelled = False
        self.unanswered_in_a_row = 0

    def count(self, outcome: Outcome, *, limit: int) -> None:
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


async def _one(job: Job, translator: Translator, state: _State) -> Outcome:
    """Read, translate, write one article. Every fault of its own becomes its outcome."""
    try:
        text = read_text(job.source)
    except ArticleError as error:
        return _unreadable(job, error)
    # Before anything is paid for.
    if reason := unwritable(job.target):
        advice = "change its rights, or choose another --out"
        return Outcome(job=job, status=Status.FAILED, problems=(Problem(f"{reason}; {advice}"),))
    try:
        result = await translator.atranslate(text)
    except ArticleError as error:
        return _unreadable(job, error)
    except (SegmentError, StructureError) as error:
        return Outcome(job=job, status=Status.REFUSED, problems=(Problem(str(error)),))
    except BackendError as error:
        if isinstance(error, FatalBackendError) and state.stop is None:
            state.stop = Stop(str(error))
        return Outcome(
            job=job,
            status=Status.FAILED,
            problems=(Problem(str(error)),),
            usage=error.usage or Usage(),
            unanswered=isinstance(error, TransportError | FatalBackendError),
        )
    return await _written(job, text, result, state)


async def _written(job: Job, text: str, result: Result, state: _State) -> Outcome:
    """The result on disk, if there is one; and what is to be told of it."""
    status = Status.WRITTEN if result.ok else Status.PARTIAL
    problems = tuple(_problems(text, result))
    if result.text is None:
        status = Status.REFUSED
    else:
        try:
            await _write(job.target, result.text, state)
        except OSError as error:
            status = Status.FAILED
            reason = (error.strerror or str(error)).lower()
            problems = (Problem(f"{job.target} could not be written: {reason}"), *problems)
            if disk_fault(error) and state.stop is None:
                state.stop = Stop(f"{job.target.parent}: {reason}; make room", backend=False)
    return Outcome(
        job=job,
        status=status,
        problems=problems,
        segments=Counter(t.state for t in result.translations),
        usage=result.usage,
        signature=result.signature,
    )


async def _write(path: Path, text: str, state: _State) -> None:
    """Write in a thread: fsync takes as long as an article's whole way through the stages.

    Being cancelled waits for the file, so that what is told of a run is what is on disk.
    """
    writing = asyncio.ensure_future(asyncio.to_thread(write_text, path, text))
    while not writing.done():
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            state.cancelled = True
    writing.result()


def _unreadable(job: Job, error: ArticleError) -> Outcome:
    message = str(error).removeprefix(f"{job.source}: ")
    problem = Problem(message, line=error.line)
    return Outcome(job=job, status=Status.UNREADABLE, problems=(problem,))


def _problems(text: str, result: Result) -> Iterator[Problem]:
    """The findings in the article's order, each with its line; each told once."""
    source = text.encode("utf-8")
    segments = {t.segment.id: t.segment for t in result.translations}
    findings = dict.fromkeys(result.findings)
    for translation in result.translations:
        findings.update(dict.fromkeys(translation.findings))

    def start(finding: Finding) -> int:
        segment = segments.get(finding.segment)
        return segment.start if segment else -1

    for finding in sorted(findings, key=start):
        segment = segments.get(finding.segment)
        yield Problem(
            message=finding.message,
            severity=finding.severity,
            line=source.count(b"\n", 0, segment.start) + 1 if segment else 0,
            segment=finding.segment,
            check=finding.check,
            excerpt=segment.text[:60] if segment else "",
        )
