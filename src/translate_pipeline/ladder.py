"""Segments in, accepted targets or refusals out: the only loop of the pipeline.

A target is accepted when every check passes and it can take its segment's place. What
fails climbs the ladder of `quality.md` 6.6, each step smaller than the one before: all
that failed again with the reasons, in halves, alone; then it is refused. Good targets are
never asked for twice, and a worse retry never replaces anything. A doubtful target (only
findings of severity `retry`) climbs too and is taken on the last rung; one that merely equals
its source is asked for once more, unless the model was caught leaving text in the source language.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from translate_pipeline import names
from translate_pipeline.article import Article, restore
from translate_pipeline.backends import Backend
from translate_pipeline.batch_checks import run_batch_checks
from translate_pipeline.checks import run_checks, untranslated
from translate_pipeline.conversation.batch import Budget, batches
from translate_pipeline.errors import BackendError, FatalBackendError, ReplyError, SegmentError
from translate_pipeline.model import Batch, Brief, Finding, Reply, Segment, Severity, Usage

__all__ = ["ATTEMPTS_ALONE", "Outcome", "climb", "judge"]

#: How often one segment is asked for alone before it is refused (`quality.md` 6.6).
ATTEMPTS_ALONE = 2

# Words: so long a text that equals its source is hardly a name.
_NO_NAME = 8
_ECHO = "not translated: it is the source"
_WORD = re.compile(r"[^\W\d_]{2}")
# How often more a text is asked for that is no name and comes back as it was. A model that
# echoes one text in five by chance does so seven times in a row once in 78,000.
_INSISTING = 3
# `always lit`: two words in lower case are hardly a name either.
_LOWER = re.compile(r"(?<![\w`(.-])[a-z]{3,}(?![\w`)(-])")
_NO_NAME_LOWER = 2


@dataclass(slots=True)
class Outcome:
    """What has been reached so far; grows while the ladder is climbed."""

    targets: dict[int, str] = field(default_factory=dict)
    findings: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    refused: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)


def judge(article: Article, segment: Segment, target: str, brief: Brief) -> tuple[Finding, ...]:
    """Everything there is to say against `target`; no `error` among it means acceptable."""
    findings = run_checks(segment, target, brief)
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
    brief: Brief,
    budget: Budget,
    accept: Callable[[Mapping[int, str]], Awaitable[None]] | None = None,
) -> Outcome:
    """Translate `asked`. `frame` holds what is the same for every request of the article.

    `brief` is what targets are judged by. `accept` is given the accepted targets of each reply
    at once, so that no later fault can lose them. Raises TransportError and FatalBackendError;
    an answer that is no translation counts against its segments only.
    """
    outcome = Outcome()
    try:
        async with asyncio.TaskGroup() as group:
            for batch in batches(asked, budget):
                ladder = _Ladder(article, frame, backend, brief, outcome, accept)
                group.create_task(ladder.climb(batch))
    except BaseExceptionGroup as group_error:
        causes = [e for e in group_error.exceptions if isinstance(e, BackendError)]
        if not causes:
            raise group_error.exceptions[0] from None
        # The heaviest cause tells the operator most; what has been paid goes with it.
        cause = next((e for e in causes if isinstance(e, FatalBackendError)), causes[0])
        cause.usage = sum((e.usage for e in causes if e.usage), outcome.usage)
        raise cause from None
    return outcome


class _Passed(NamedTuple):
    """A target without an error; `echo` when its words are those of the source."""

    segment: Segment
    target: str
    findings: tuple[Finding, ...]
    echo: bool


class _Ladder:
    """One batch on its way up: what is accepted goes to `outcome`, the rest keeps a reason."""

    __slots__ = (
        "accept",
        "article",
        "backend",
        "brief",
        "echoing",
        "foreign",
        "frame",
        "outcome",
        "reasons",
    )

    def __init__(
        self,
        article: Article,
        frame: Batch,
        backend: Backend,
        brief: Brief,
        outcome: Outcome,
        accept: Callable[[Mapping[int, str]], Awaitable[None]] | None,
    ) -> None:
        self.accept = accept
        self.article = article
        self.frame = frame
        self.backend = backend
        self.brief = brief
        self.outcome = outcome
        self.reasons: dict[int, tuple[Finding, ...]] = {}
        # Between two forms of one language most words are the same.
        languages = {style.tag.partition("-")[0] for style in (brief.target, brief.source)}
        self.foreign = len(languages) > 1
        self.echoing = False  # the model was caught leaving a text in the source language

    async def climb(self, segments: Sequence[Segment]) -> None:
        failing = await self.ask(segments)
        if len(failing) > 1:
            failing = await self.ask(failing)
        if len(failing) > 2:
            middle = (len(failing) + 1) // 2
            halves = failing[:middle], failing[middle:]
            failing = [left for half in halves for left in await self.ask(half)]
        for attempt in range(1, ATTEMPTS_ALONE + 1):
            last = attempt == ATTEMPTS_ALONE
            failing = [left for one in failing for left in await self.ask([one], last=last)]
        for attempt in range(1, _INSISTING + 1):
            last = attempt == _INSISTING
            echoes = [one for one in failing if self._only_echoes(one)]
            left = [one for echo in echoes for one in await self.ask([echo], last=last, tired=True)]
            failing = [one for one in failing if one not in echoes or one in left]
        for segment in failing:
            self.outcome.refused[segment.id] = self.reasons[segment.id]

    def _only_echoes(self, segment: Segment) -> bool:
        """True if nothing but being its source speaks against the last target."""
        return all(f.severity is not Severity.ERROR for f in self.reasons[segment.id])

    async def ask(
        self, part: Sequence[Segment], *, last: bool = False, tired: bool = False
    ) -> list[Segment]:
        """One request; returns the segments of `part` that still have no target.

        On the `last` rung a doubtful target is taken: the model has insisted on it. One whose
        words are those of the source is not, until the ladder is `tired` of asking.
        """
        wanted = {segment.id for segment in part}
        batch = replace(
            self.frame,
            segments=tuple(part),
            done={i: t for i, t in self.outcome.targets.items() if i not in wanted},
            reasons={i: _reason(self.reasons[i]) for i in wanted if i in self.reasons},
        )
        try:
            reply = await self.backend.translate(batch)
        except ReplyError as error:
            self.outcome.usage += error.usage or Usage(requests=1)
            for segment in part:
                fault = Finding("reply", Severity.ERROR, segment.id, str(error))
                self.reasons[segment.id] = (fault,)
            return list(part)
        self.outcome.usage += reply.usage
        again, passed = self._judged(part, reply)
        targets = self.outcome.targets
        doubtful = []
        for one in passed:
            patient = not last or (not tired and one.echo and _wordy(one.target))
            doubt = self._doubt(one) if patient else ()
            if doubt:
                doubtful.append((one, doubt))
            else:
                self._take(one)
        for one, doubt in doubtful:
            # Only now is it known how the other targets use these words.
            if not self.echoing and self._name(one):
                self._take(one)
            else:
                again[one.segment.id] = doubt
        self.reasons |= again
        taken = {s.id: targets[s.id] for s in part if s.id not in again}
        if self.accept is not None and taken:
            await self.accept(taken)
        return [segment for segment in part if segment.id in again]

    def _judged(
        self, part: Sequence[Segment], reply: Reply
    ) -> tuple[dict[int, tuple[Finding, ...]], list[_Passed]]:
        """Why segments have no acceptable target, by id; and the acceptable targets."""
        wanted = {segment.id for segment in part}
        again: dict[int, tuple[Finding, ...]] = {}
        passed: list[_Passed] = []
        targets = {i: text for i, t in reply.targets.items() if i in wanted and (text := t.strip())}
        judged = {
            segment.id: judge(self.article, segment, targets[segment.id], self.brief)
            for segment in part
            if segment.id in targets
        }
        mixed = run_batch_checks(part, targets, judged, self.brief)
        for segment in part:
            target = targets.get(segment.id, "")
            if not target:
                why = "; ".join(reply.faults) or "no translation came back"
                again[segment.id] = (Finding("ids", Severity.ERROR, segment.id, why),)
                continue
            found = (*judged[segment.id], *mixed.get(segment.id, ()))
            if any(finding.severity is Severity.ERROR for finding in found):
                again[segment.id] = found
                self.echoing |= any(f.check == untranslated.NAME for f in found)
            else:
                echo = self.foreign and untranslated.echoes(segment, target)
                self.echoing |= echo and len(target.split()) >= _NO_NAME
                passed.append(_Passed(segment, target, found, echo))
        return again, passed

    def _doubt(self, one: _Passed) -> tuple[Finding, ...]:
        """The findings for which an acceptable target is asked for again; empty if for none."""
        found = one.findings
        retries = [finding.check for finding in found if finding.severity is Severity.RETRY]
        if one.echo and not retries and (self.echoing or _WORD.search(one.target)):
            found = (*found, Finding(untranslated.NAME, Severity.RETRY, one.segment.id, _ECHO))
            retries = [untranslated.NAME]
        insisted = one.segment.id in self.reasons and not self.echoing
        insisted = insisted and not _wordy(one.target)
        if insisted and retries == [untranslated.NAME]:
            return ()
        return found if retries else ()

    def _name(self, one: _Passed) -> bool:
        same = one.target == one.segment.text
        return same and names.is_name(one.segment, one.target, self.outcome.targets)

    def _take(self, one: _Passed) -> None:
        self.outcome.targets[one.segment.id] = one.target
        self.outcome.findings[one.segment.id] = one.findings


def _wordy(text: str) -> bool:
    """True if the text holds too many plain words for a name."""
    return len(_LOWER.findall(text)) >= _NO_NAME_LOWER


def _reason(findings: Sequence[Finding]) -> str:
    return "; ".join(finding.message for finding in findings)
