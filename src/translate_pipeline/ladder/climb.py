"""Segments in, accepted targets or refusals out: what fails climbs, each rung smaller.

The rungs are those of `quality.md` 6.6: what can be put right without asking is put right; what
failed is asked for again with the reasons, then in halves, then alone with two neighbours on
each side (the second time with its code behind marks), then of the other models; then it
is refused. Good targets are never asked for twice, a worse retry never replaces a better target,
and what all this may cost is bounded for each article (`allowance.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from translate_pipeline.article import Article
from translate_pipeline.backends import Backend
from translate_pipeline.conversation.batch import Budget
from translate_pipeline.conversation.context import size
from translate_pipeline.conversation.plan import (
    LEAST_CACHED,
    Context,
    Request,
    alone,
    cost,
    part_of,
    plan,
)
from translate_pipeline.errors import BackendError, FatalBackendError, OrderedError, ReplyError
from translate_pipeline.ladder.allowance import Allowance
from translate_pipeline.ladder.ask import REPLY, Asker, Outcome, Work
from translate_pipeline.ladder.doubt import INSISTING
from translate_pipeline.ladder.experience import Experience, Model
from translate_pipeline.model import Batch, Brief, Finding, Segment, Severity

__all__ = ["ATTEMPTS_ALONE", "climb"]

#: How often one model is asked for one segment alone (`quality.md` 6.6).
ATTEMPTS_ALONE = 2

# Segments of a request that is to show whose text is whose.
_FEW = 4
_GIVEN_UP = Finding("repair", Severity.ERROR, 0, "the model fails at most of this article")


async def climb(
    article: Article,
    asked: Sequence[Segment],
    frame: Batch,
    backend: Backend,
    brief: Brief,
    budget: Budget,
    accept: Callable[[Mapping[int, str]], Awaitable[None]] | None = None,
    *,
    context: Context = Context.AUTO,
    experience: Experience | None = None,
) -> Outcome:
    """Translate `asked`. `frame` holds what is the same for every request of the article.

    `brief` is what targets are judged by. `accept` is given the accepted targets of each reply
    at once, so that no later fault can lose them. `experience` is what the run has learnt of its
    models, and learns more here. Raises TransportError and FatalBackendError, and ReplyError
    where every model has failed at too many articles; an answer that is no translation counts
    against its segments only. OrderedError is raised when every request was put down.
    """
    learnt = experience if experience is not None else Experience()
    asked = [segment for segment in asked if not segment.keep]
    outcome = Outcome()
    if not asked:
        return outcome
    model = learnt.first(Model(backend.signature, brief.target.tag), backend.fallbacks)
    if model is None:
        raise ReplyError(
            f"the model fails at most articles in {brief.target.name}, so it is asked for no more"
            " of them; choose another model, or set fallback models"
        )
    learnt.began(model)
    rates = learnt.rates(model.signature)
    requests = plan(article.segments, asked, learnt.budget(model, budget), context, rates)
    allowance = Allowance(sum(cost(r, rates, repeated=i > 0) for i, r in enumerate(requests)))
    work = Work(article, frame, backend, brief, outcome, accept, learnt, allowance)
    # The first answer of an article leaves its prefix in the provider's cache for the others.
    shared = sum(request.context is Context.ARTICLE for request in requests) > 1
    warm = shared and rates.cached != 0 and size(requests[0].article) >= LEAST_CACHED
    ladders = [_Ladder(work, r, model, repeated=warm and i > 0) for i, r in enumerate(requests)]
    try:
        async with asyncio.TaskGroup() as group:
            for index, ladder in enumerate(ladders):
                group.create_task(ladder.climb())
                if warm and index == 0:
                    await ladder.answered.wait()
    except BaseExceptionGroup as group_error:
        causes = [e for e in group_error.exceptions if isinstance(e, BackendError)]
        if not causes:
            raise group_error.exceptions[0] from None
        # The heaviest cause tells the operator most; what has been paid goes with it.
        cause = next((e for e in causes if isinstance(e, FatalBackendError)), causes[0])
        cause.usage = sum((e.usage for e in causes if e.usage), outcome.usage)
        raise cause from None
    for ladder in ladders:
        if ladder.ordered is not None:
            ladder.ordered.usage = outcome.usage
            raise ladder.ordered
    return outcome


class _Ladder(Asker):
    """One request on its way up: what is accepted goes to the outcome, the rest keeps a reason."""

    __slots__ = ("answered", "ordered", "request")

    def __init__(self, work: Work, request: Request, model: Model, *, repeated: bool) -> None:
        super().__init__(work, model, repeated=repeated)
        self.request = request
        self.answered = asyncio.Event()
        self.ordered: OrderedError | None = None

    async def climb(self) -> None:
        """Climb to the end. What is put down for a batch API keeps no other request from being
        put down, too: that is told when all have been."""
        try:
            await self.rungs()
        except OrderedError as error:
            self.ordered = error

    async def rungs(self) -> None:
        allowance = self.work.allowance
        failing: Sequence[Segment] = self.request.segments
        try:
            if not allowance.stopped:
                failing = await self.ask(self.request)
        finally:
            self.answered.set()
        if not allowance.stopped:
            failing = await self.as_groups(failing)
            count = len(self.request.segments)
            if count > 1 and allowance.repaired(count, len(failing)):
                self.work.learnt.stopped(self.model)
        if not allowance.stopped:
            failing = await self.one_by_one(failing)
        for number in range(self.model.fallback + 1, self.work.backend.fallbacks + 1):
            if failing:
                self.model = self.model._replace(fallback=number)
                self.repeated = False
                failing = await self.of_another_model(failing)
        await self.settle(failing)

    async def as_groups(self, failing: Sequence[Segment]) -> Sequence[Segment]:
        """All again, then in halves: three requests at most.

        Where no rung has told what is wrong with the texts, they are asked for together once
        more, which costs less than each alone: those that got no answer in halves, those that are
        good in themselves and perhaps not in their places a few at a time.
        """
        if len(failing) > 1:
            failing = await self.ask(self.part(failing), more=True)
        if len(failing) > 2:
            failing = await self.in_parts(failing, (len(failing) + 1) // 2)
        unheard = [one for one in failing if self.unheard(one)]
        astray = [one for one in failing if one.id in self.astray]
        for untold, most in ((unheard, max(_FEW, (len(unheard) + 1) // 2)), (astray, _FEW)):
            if len(untold) > 1:
                left = await self.in_parts(untold, most)
                failing = [one for one in failing if one not in untold or one in left]
        return failing

    async def in_parts(self, failing: Sequence[Segment], most: int) -> list[Segment]:
        parts = (failing[i : i + most] for i in range(0, len(failing), most))
        return [s for part in parts for s in await self.ask(self.part(part), more=True)]

    async def one_by_one(self, failing: Sequence[Segment]) -> Sequence[Segment]:
        """Each alone, twice; a text that may be a name is asked for more often."""
        for attempt in range(1, ATTEMPTS_ALONE + 1):
            failing = await self.alone(failing, last=attempt == ATTEMPTS_ALONE)
        for attempt in range(1, INSISTING + 1):
            echoes = [one for one in failing if self.only_doubtful(one)]
            left = await self.alone(echoes, last=attempt == INSISTING, tired=True)
            failing = [one for one in failing if one not in echoes or one in left]
        return failing

    async def of_another_model(self, failing: Sequence[Segment]) -> Sequence[Segment]:
        """Together, then each alone: twice for each segment."""
        self.doubts.echoing = False
        if len(failing) > 1:
            failing = await self.ask(self.part(failing), more=True)
            return await self.alone(failing, last=True)
        failing = await self.alone(failing)
        return await self.alone(failing, last=True)

    async def alone(
        self, segments: Sequence[Segment], *, last: bool = False, tired: bool = False
    ) -> list[Segment]:
        left = []
        for segment in segments:
            request = alone(self.request, segment, self.work.article.segments)
            left += await self.ask(request, more=True, last=last, tired=tired)
        return left

    def part(self, segments: Sequence[Segment]) -> Request:
        rates = self.work.learnt.rates(self.model.signature)
        return part_of(self.request, segments, self.work.article.segments, rates)

    def unheard(self, segment: Segment) -> bool:
        """True if the last answer was none at all."""
        return any(finding.check == REPLY for finding in self.reasons.get(segment.id, ()))

    def only_doubtful(self, segment: Segment) -> bool:
        """True if no error speaks against the last target."""
        reasons = self.reasons.get(segment.id, ())
        return all(finding.severity is not Severity.ERROR for finding in reasons)

    async def settle(self, failing: Sequence[Segment]) -> None:
        """Take the best doubtful target there was, and refuse what has none."""
        kept = {s.id: one for s in failing if (one := self.doubts.best.get(s.id)) is not None}
        for one in kept.values():
            self.take(one)
        await self.accept({number: one.target for number, one in kept.items()})
        for segment in failing:
            if segment.id not in kept:
                why = self.reasons.get(segment.id) or (_GIVEN_UP,)
                self.work.outcome.refused[segment.id] = why
