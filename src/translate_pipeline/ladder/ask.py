"""A request in, what was accepted of its answer and why the rest was not out.

The law: a target is taken once, when nothing speaks against it or the model insists on it, and
is handed on in the same step; of what is left, each segment has a reason that the model can act on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from translate_pipeline.article import Article
from translate_pipeline.backends import Backend
from translate_pipeline.batch_checks import run_batch_checks
from translate_pipeline.conversation.context import size
from translate_pipeline.conversation.plan import Context, Request, cost
from translate_pipeline.conversation.veil import lift, veil
from translate_pipeline.errors import ReplyError
from translate_pipeline.fixes import apply_fixes
from translate_pipeline.ladder.allowance import Allowance
from translate_pipeline.ladder.doubt import Doubts, Passed
from translate_pipeline.ladder.experience import Experience, Model
from translate_pipeline.ladder.judge import judge
from translate_pipeline.model import Batch, Brief, Finding, Reply, Segment, Severity, Usage

__all__ = ["REPLY", "Asker", "Outcome", "Work"]

#: The check of a finding that says: there was no answer at all.
REPLY = "reply"

# What a reply says of itself when texts are not where they belong.
_MIXED = ("twice", "not requested")
# Checks that fail for what a text is, wherever it stands.
_PLACELESS = frozenset({"chatter", "loop", "script", "untranslated"})
_TOO_DEAR = Finding("repair", Severity.ERROR, 0, "repairs of this article have cost enough")


@dataclass(slots=True)
class Outcome:
    """What has been reached so far; grows while the ladder is climbed."""

    targets: dict[int, str] = field(default_factory=dict)
    findings: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    refused: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)


class Work(NamedTuple):
    """What the ladders of one article share."""

    article: Article
    frame: Batch
    backend: Backend
    brief: Brief
    outcome: Outcome
    accept: Callable[[Mapping[int, str]], Awaitable[None]] | None
    learnt: Experience
    allowance: Allowance


class Asker:
    """Asks for one request and for parts of it again, and remembers why parts are still open."""

    __slots__ = ("astray", "doubts", "model", "reasons", "repeated", "work")

    def __init__(self, work: Work, model: Model, *, repeated: bool) -> None:
        self.work = work
        self.model = model
        self.repeated = repeated  # the prefix was sent before
        self.reasons: dict[int, tuple[Finding, ...]] = {}
        self.astray: set[int] = set()  # good in themselves, and perhaps not in their places
        languages = {s.tag.partition("-")[0] for s in (work.brief.target, work.brief.source)}
        self.doubts = Doubts(foreign=len(languages) > 1)

    async def ask(
        self, request: Request, *, more: bool = False, last: bool = False, tired: bool = False
    ) -> list[Segment]:
        """One request; returns its segments that still have no target. `more` is a repair."""
        work, outcome, learnt = self.work, self.work.outcome, self.work.learnt
        part = request.segments
        shown = request.context is Context.ARTICLE and size(request.article)
        repeated = bool(shown) and (self.repeated or more) and not self.model.fallback
        rates = learnt.rates(self.model.signature)
        if more and not work.allowance.take(cost(request, rates, repeated=repeated)):
            for segment in part:
                told = self.reasons.get(segment.id, ())
                if _TOO_DEAR not in told:
                    self.reasons[segment.id] = (*told, _TOO_DEAR)
            return list(part)
        veiled = {s.id: veil(s) for s in part if last and not tired and self._code_lost(s)}
        wanted = {segment.id for segment in part}
        batch = replace(
            work.frame,
            segments=tuple(veiled[s.id][0] if s.id in veiled else s for s in part),
            article=tuple(veiled[s.id][0] if s.id in veiled else s for s in request.article),
            done={i: t for i, t in outcome.targets.items() if i not in wanted},
            reasons={i: _reason(self.reasons[i]) for i in wanted if i in self.reasons},
            fallback=self.model.fallback,
        )
        try:
            reply = await work.backend.translate(batch)
        except ReplyError as error:
            outcome.usage += error.usage or Usage(requests=1)
            for segment in part:
                fault = Finding(REPLY, Severity.ERROR, segment.id, str(error))
                self.reasons[segment.id] = (fault,)
                self.astray.discard(segment.id)
            return list(part)
        outcome.usage += reply.usage
        if repeated:
            learnt.repeated(self.model.signature, shown, reply.usage)
        targets = {
            i: apply_fixes(s, lift(t, veiled[i][1]) if i in veiled else t, work.brief.target)
            for s in part
            if (t := reply.targets.get(i := s.id, "").strip())
        }
        again, passed = self._judged(part, targets, reply)
        taken = self._sorted(again, passed, last=last, tired=tired)
        self.reasons |= again
        await self.accept(taken)
        return [segment for segment in part if segment.id in again]

    def _judged(
        self, part: Sequence[Segment], targets: Mapping[int, str], reply: Reply
    ) -> tuple[dict[int, tuple[Finding, ...]], list[Passed]]:
        """Why segments have no acceptable target, by id; and the acceptable targets."""
        work = self.work
        again: dict[int, tuple[Finding, ...]] = {}
        passed: list[Passed] = []
        judged = {
            segment.id: judge(work.article, segment, targets[segment.id], work.brief)
            for segment in part
            if segment.id in targets
        }
        mixed: dict[int, tuple[Finding, ...]] = {}
        for run in _runs(part, judged):
            mixed |= run_batch_checks(run, targets, judged, work.brief)
        for segment in part:
            if segment.id not in targets:
                why = "; ".join(reply.faults) or "no translation came back"
                check = "ids" if targets else REPLY
                again[segment.id] = (Finding(check, Severity.ERROR, segment.id, why),)
                continue
            found = (*judged[segment.id], *mixed.get(segment.id, ()))
            self.astray.discard(segment.id)
            one = self.doubts.seen(segment, targets[segment.id], found)
            if one is None:
                again[segment.id] = found
                if not any(f.severity is Severity.ERROR for f in judged[segment.id]):
                    self.astray.add(segment.id)
            else:
                passed.append(one)
        if len(part) > 1:
            # Where a text is missing, its neighbours are suspected, and it is known which.
            complete = len(targets) == len(part)
            doubled = any(fault.endswith(_MIXED) for fault in reply.faults)
            confused = doubled or (complete and bool(mixed))
            work.learnt.answered(self.model, len(part), mixed=confused)
        return again, passed

    def _sorted(
        self,
        again: dict[int, tuple[Finding, ...]],
        passed: Sequence[Passed],
        *,
        last: bool,
        tired: bool,
    ) -> dict[int, str]:
        """The targets that are taken, by id; what is doubtful goes to `again`."""
        taken: dict[int, str] = {}
        doubtful = []
        for one in passed:
            patient = self.doubts.patient(one, last=last, tired=tired)
            asked_before = one.segment.id in self.reasons
            doubt = self.doubts.of(one, again=asked_before) if patient else ()
            if doubt:
                doubtful.append((one, doubt))
            else:
                taken[one.segment.id] = self.take(self.doubts.better(one))
        for one, doubt in doubtful:
            # Only now is it known how the other targets use these words.
            if self.doubts.name(one, self.work.outcome.targets):
                taken[one.segment.id] = self.take(one)
            else:
                self.doubts.offer(one)
                again[one.segment.id] = doubt
        return taken

    def take(self, one: Passed) -> str:
        self.work.outcome.targets[one.segment.id] = one.target
        self.work.outcome.findings[one.segment.id] = one.findings
        return one.target

    async def accept(self, taken: Mapping[int, str]) -> None:
        if self.work.accept is not None and taken:
            await self.work.accept(taken)

    def _code_lost(self, segment: Segment) -> bool:
        """True if the last target was refused for its code. Who loses marks would lose more of
        them behind marks (measured: 3 % fewer articles complete)."""
        return any(f.check == "code" for f in self.reasons.get(segment.id, ()))


def _runs(
    part: Sequence[Segment], judged: Mapping[int, tuple[Finding, ...]]
) -> Iterator[Sequence[Segment]]:
    """The segments whose places may be doubted together, a row at a time.

    A row ends with a missing text, which may be merged into its neighbours: a model that leaves
    a number out has not lost count, and what follows is where it belongs. It also ends before a
    text that is bad in a way that no other place would explain.
    """
    row: list[Segment] = []
    for segment in part:
        found = judged.get(segment.id)
        if found is None:
            if any(one.id in judged for one in row):
                yield [*row, segment]
            row = [segment]
        elif any(f.severity is Severity.ERROR and f.check in _PLACELESS for f in found):
            if any(one.id in judged for one in row):
                yield row
            row = []
        else:
            row.append(segment)
    if any(one.id in judged for one in row):
        yield row


def _reason(findings: Sequence[Finding]) -> str:
    return "; ".join(finding.message for finding in findings)
