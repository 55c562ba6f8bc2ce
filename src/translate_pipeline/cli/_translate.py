"""Takes the work, does it: translations on disk, faults on stderr, the summary on stdout.

The law: stdout gets the result alone (a summary, or one JSON document); what was finished
when the run ends, however it ends, is on disk.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from translate_pipeline.backends import Backend
from translate_pipeline.cli._machine import Machine, machine
from translate_pipeline.cli._progress import Shower, progress
from translate_pipeline.cli._prune import prune
from translate_pipeline.cli._signals import Terminated, run_until_signal
from translate_pipeline.cli._work import Work, say
from translate_pipeline.model import Origin
from translate_pipeline.outcome import Outcome, Status, Stop
from translate_pipeline.report.json_document import run_document
from translate_pipeline.report.text import outcome_lines, printable, shown, summary
from translate_pipeline.run import Tally, interleaved, run
from translate_pipeline.target_path import Job

__all__ = ["translate"]

_INTERRUPTED = 130
_TERMINATED = 143


def translate(work: Work, wrap: Callable[[Backend], Backend] | None = None) -> int:
    """Do all jobs; the exit code. Raises `ConfigError` and `FatalBackendError` at the start.

    `wrap` gives the backend to use in the place of the configured one.
    """
    begun, told = time.monotonic(), _Told(work)
    pruned = prune(work)
    if work.jobs:
        bar = progress(len(work.jobs), label="translating")
        with machine(work, wrap=wrap) as parts, bar as show:
            try:
                stop = run_until_signal(_all_jobs(work, parts, told, show))
                code = told.tally.exit_code(stop)
            except KeyboardInterrupt:
                stop = Stop("interrupted; what was finished is on disk", backend=False)
                code = _INTERRUPTED
            except Terminated:
                stop = Stop("terminated; what was finished is on disk", backend=False)
                code = _TERMINATED
            _note_leverage(parts, told.tally)
        for name, why in parts.gone.items():
            # Another model answered in its place: that is not to happen without a word.
            print(f"model {printable(name)} was asked no more: {printable(why)}", file=sys.stderr)
    else:
        stop, code = None, 0
    code = code or pruned.exit_code
    planned = len(work.jobs)
    if work.json:
        outcomes = [told.kept[job] for job in work.jobs if job in told.kept]
        document = run_document(
            outcomes,
            told.tally,
            stop,
            work.skipped,
            planned=planned,
            exit_code=code,
            folder=work.folder,
            fresh=work.fresh,
            left_over=work.left_over,
            orphans=pruned.kept,
            pruned=pruned.deleted,
        )
        say([document])
    else:
        seconds = time.monotonic() - begun
        say(
            summary(
                told.tally,
                stop,
                work.skipped,
                planned=planned,
                seconds=seconds,
                fresh=work.fresh,
                left_over=work.left_over,
            )
        )
        say(pruned.lines())
    return code


def _note_leverage(parts: Machine, tally: Tally) -> None:
    """Into the memory, for `status`: how much of what was filled needed no model."""
    segments = sum(tally.origins.values())
    if parts.memory is not None and segments:
        parts.memory.note_leverage(served=segments - tally.origins[Origin.MODEL], segments=segments)


async def _all_jobs(work: Work, parts: Machine, told: _Told, show: Shower) -> Stop | None:
    # Twice the requests: while one article is read or proven, another's request goes out.
    window = 2 * work.settings.concurrency
    try:
        return await run(
            interleaved(work.jobs, window),
            parts.updater,
            window=window,
            on_done=lambda outcome: told.tell(outcome, show),
        )
    finally:
        await parts.aclose()


class _Told:
    """What has been told of a run so far; outcomes are kept for the JSON document alone."""

    def __init__(self, work: Work) -> None:
        self.tally = Tally()
        self.kept: dict[Job, Outcome] = {}
        self._work = work
        self._lines: set[str] = set()

    def tell(self, outcome: Outcome, show: Shower) -> None:
        self.tally.add(outcome)
        job, folder = outcome.job, self._work.folder
        if self._work.json:
            self.kept[job] = outcome
        lines = [line for line in outcome_lines(outcome, folder) if line not in self._lines]
        if outcome.status is Status.UNREADABLE:
            # It says the same for each of its locales: once is enough.
            self._lines.update(lines)
        arrow = f"{shown(job.source, folder)} → {shown(job.target, folder)}"
        show(lines, good=arrow if outcome.status is Status.WRITTEN else "")
