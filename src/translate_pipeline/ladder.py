"""Segments in, accepted targets or refusals out: the only loop of the pipeline.

A target is accepted when every check passes and it can take its segment's place. What
fails climbs the ladder of `quality.md` 6.6, each step smaller than the one before: all
that failed again with the reasons, in halves, alone; then it is refused. Good targets are
never asked for twice, and a worse retry never replaces anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from translate_pipeline.article import Article, restore
from translate_pipeline.backends import Backend
from translate_pipeline.checks import run_checks
from translate_pipeline.conversation.batch import Budget, batches
from translate_pipeline.errors import ReplyError, SegmentError
from translate_pipeline.model import Batch, Finding, Segment, Severity, Style, Usage

__all__ = ["ATTEMPTS_ALONE", "Outcome", "climb", "judge"]

#: How often one segment is asked for alone before it is refused (`quality.md` 6.6).
ATTEMPTS_ALONE = 2


@dataclass(slots=True)
class Outcome:
    """What has been reached so far; grows while the ladder is climbed."""

    targets: dict[int, str] = field(default_factory=dict)
    findings: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    refused: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    usage: Usage = Usage()


def judge(
    article: Article, segment: Segment, target: str, style: Style, source_style: Style
) -> tuple[Finding, ...]:
    """Everything there is to say against `target`; no `error` among it means acceptable."""
    findings = run_checks(segment, target, style, source_style)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return findings
    try:
        restore(article, segment, target)
    except SegmentError as error:
        return (*findings, *error.findings)
    return findings


async def climb(
    article: Article,
    asked: Sequence[Segment],
    frame: Batch,
    backend: Backend,
    styles: tuple[Style, Style],
    budget: Budget,
) -> Outcome:
    """Translate `asked`. `frame` holds what is the same for every request of the article.

    `styles` are those of the target and of the source language. Raises TransportError and
    FatalBackendError; an answer that is no translation counts against its segments only.
    """
    outcome = Outcome()
    async with asyncio.TaskGroup() as group:
        for batch in batches(asked, budget):
            group.create_task(_climb_batch(article, batch, frame, backend, styles, outcome))
    return outcome


async def _climb_batch(
    article: Article,
    segments: Sequence[Segment],
    frame: Batch,
    backend: Backend,
    styles: tuple[Style, Style],
    outcome: Outcome,
) -> None:
    reasons: dict[int, tuple[Finding, ...]] = {}

    async def ask(part: Sequence[Segment]) -> list[Segment]:
        """One request; returns the segments of `part` that still have no target."""
        wanted = {segment.id for segment in part}
        batch = replace(
            frame,
            segments=tuple(part),
            done={i: t for i, t in outcome.targets.items() if i not in wanted},
            reasons={i: _reason(found) for i, found in reasons.items() if i in wanted},
        )
        try:
            reply = await backend.translate(batch)
        except ReplyError as error:
            if error.usage:
                outcome.usage += error.usage
            fault = Finding("reply", Severity.ERROR, 0, str(error))
            for segment in part:
                reasons[segment.id] = (replace(fault, segment=segment.id),)
            return list(part)
        outcome.usage += reply.usage
        failing = []
        for segment in part:
            target = reply.targets.get(segment.id)
            if target is None:
                fault = "; ".join(reply.faults) or "no translation came back"
                reasons[segment.id] = (Finding("ids", Severity.ERROR, segment.id, fault),)
                failing.append(segment)
                continue
            again = segment.id in reasons
            found = judge(article, segment, target.strip(), *styles)
            stops = [
                f
                for f in found
                if f.severity is Severity.ERROR or (f.severity is Severity.RETRY and not again)
            ]
            if stops:
                reasons[segment.id] = found
                failing.append(segment)
            else:
                outcome.targets[segment.id] = target.strip()
                outcome.findings[segment.id] = found
        return failing

    failing = await ask(segments)
    if len(failing) > 1:
        failing = await ask(failing)
    if len(failing) > 2:
        middle = (len(failing) + 1) // 2
        failing = [*await ask(failing[:middle]), *await ask(failing[middle:])]
    for _ in range(ATTEMPTS_ALONE):
        failing = [left for segment in failing for left in await ask([segment])]
    for segment in failing:
        outcome.refused[segment.id] = reasons[segment.id]


def _reason(findings: Sequence[Finding]) -> str:
    return "; ".join(finding.message for finding in findings)
