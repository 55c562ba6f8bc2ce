"""What became of one job, small enough that a run may keep thousands: status, problems, cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from translate_pipeline.errors import ArticleError
from translate_pipeline.memory.recover import Recovered
from translate_pipeline.model import Finding, Maker, Origin, Result, Severity, State, Usage
from translate_pipeline.target_path import Job

__all__ = [
    "Outcome",
    "Problem",
    "Status",
    "Stop",
    "fault",
    "outcome_of",
    "problems_of",
    "unreadable",
]


class Status(StrEnum):
    """What became of a job. `written` and `partial` leave a new target on disk."""

    FRESH = "fresh"  # the target is what its source and the settings ask for
    WRITTEN = "written"
    ADOPTED = "adopted"  # what a person changed in the target is recorded; the file is as it was
    PARTIAL = "partial"  # written with some source text, as `on_failure = "keep-source"` wants
    REFUSED = "refused"  # a segment or the proof failed, or a person's work would be lost
    UNREADABLE = "unreadable"  # the source is no article
    FAILED = "failed"  # the backend gave no answer, or the target could not be written
    POSTPONED = "postponed"  # a limit of the run was reached before
    ORDERED = "ordered"  # at a batch API; `batches fetch` brings it

    @property
    def good(self) -> bool:
        """True if nothing is left to do for this job by this command."""
        return self in (Status.FRESH, Status.WRITTEN, Status.ADOPTED, Status.ORDERED)


class Problem(NamedTuple):
    """One thing to tell of an article. `line` is 1-based, 0 if it is the whole article's."""

    message: str
    severity: Severity = Severity.ERROR
    line: int = 0
    segment: int = 0
    check: str = ""
    excerpt: str = ""  # the beginning of the source segment, in its protected form


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended before its last job. `backend`: the backend is what cannot work."""

    reason: str
    backend: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A finished job: small, without the article's text, so that a run may keep them all.

    `segments` counts them by state and `origins` those translated by where their targets come
    from; `unanswered` says that the backend could not be reached, `stop` that no later job
    can succeed either.
    """

    job: Job
    status: Status
    problems: tuple[Problem, ...] = ()
    segments: Mapping[State, int] = field(default_factory=dict)
    origins: Mapping[Origin, int] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    signature: str = ""
    unanswered: bool = False
    stop: Stop | None = None


def problems_of(text: str, result: Result) -> Iterator[Problem]:
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


def outcome_of(job: Job, text: str, result: Result, was: Recovered | None) -> Outcome:
    """The outcome of a translated article whose source is `text`; `was`: its published past."""
    status = Status.WRITTEN if result.ok else Status.PARTIAL
    told = tuple(_told(was)) if was is not None else ()
    return Outcome(
        job=job,
        status=Status.REFUSED if result.text is None else status,
        problems=(*problems_of(text, result), *told),
        segments=Counter(t.state for t in result.translations),
        origins=Counter(t.origin for t in result.translations if t.state is State.TRANSLATED),
        usage=result.usage,
        signature=result.signature,
    )


def _told(was: Recovered) -> Iterator[Problem]:
    """What became of a person's texts whose source has changed or gone: never in silence."""
    for number, earlier in was.earlier.items():
        if earlier.maker is Maker.PERSON:
            yield Problem(
                f"the source has changed under a person's text, which went to the model as a"
                f" reference: {earlier.target}",
                Severity.WARNING,
                segment=number,
                check="edited",
            )
    for lost in was.lost:
        yield Problem(
            f"a person's text has no place any more, its source is gone: {lost}",
            Severity.WARNING,
            check="edited",
        )


def fault(job: Job, status: Status, message: str, usage: Usage | None = None) -> Outcome:
    """A job that ended in one fault of the whole article."""
    return Outcome(job=job, status=status, problems=(Problem(message),), usage=usage or Usage())


def unreadable(job: Job, error: ArticleError) -> Outcome:
    """A job whose source is no article."""
    message = str(error).removeprefix(f"{job.source}: ")
    return Outcome(job=job, status=Status.UNREADABLE, problems=(Problem(message, line=error.line),))
