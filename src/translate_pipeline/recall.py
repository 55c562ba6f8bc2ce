"""An article's segments in, their targets out: what is known first, the model for the rest.

The laws: what an earlier run, another article or a person translated is not sent; what the
model gives is in the memory the moment its checks pass; and no two workers pay for one text,
for each claims a text before it asks for it. The order of what wins: the article's own
published target, the memory, the model.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from translate_pipeline import ladder
from translate_pipeline.article import Article, repeats, restore
from translate_pipeline.backends import Backend
from translate_pipeline.conversation.batch import Budget
from translate_pipeline.conversation.plan import Context
from translate_pipeline.errors import SegmentError
from translate_pipeline.examples import examples_for
from translate_pipeline.memory import identity
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.recover import Known
from translate_pipeline.model import (
    Batch,
    Brief,
    Finding,
    Maker,
    Origin,
    Segment,
    Severity,
    Usage,
)
from translate_pipeline.past import Past
from translate_pipeline.review import Reviewer

if TYPE_CHECKING:
    from translate_pipeline.memory.store import Memory

__all__ = ["Recall"]

# Seconds between two looks at texts that somebody else is having translated.
_LOOK_AGAIN = (0.05, 0.5)


class Recall:
    """The translation of one article as it grows: `targets` by segment id, and their origin.

    `frame` is what is the same for every request, `brief` what targets are judged by.
    `memory` None remembers nothing; one that is not `learning` is only read, for targets that
    are no translation (pseudo-localisation). `signature` tells how the entries of the memory are
    made; it is asked for when there is one to store. The rest is as `ladder.climb` takes it.
    """

    def __init__(
        self,
        article: Article,
        frame: Batch,
        *,
        backend: Backend,
        brief: Brief,
        budget: Budget,
        memory: Memory | None = None,
        learning: bool = True,
        signature: Callable[[], str] = str,
        context: Context = Context.AUTO,
        experience: ladder.Experience | None = None,
        reviewer: Reviewer | None = None,
        past: Past = Past(),  # noqa: B008 - frozen
    ) -> None:
        self.targets: dict[int, str] = {}
        self.origins: dict[int, Origin] = {}
        self.findings: dict[int, tuple[Finding, ...]] = {}
        self.refused: dict[int, tuple[Finding, ...]] = {}
        self.usage = Usage()
        self._article = article
        self._frame = frame
        self._backend = backend
        self._brief = brief
        self._budget = budget
        self._memory = memory
        self._learning = learning
        self._signature = signature
        self._context = context
        self._experience = experience
        self._reviewer = reviewer
        self._past = past
        self._keys = [identity.key(segment) for segment in article.segments]
        self._owner = uuid4().hex
        self._held: set[bytes] = set()  # claimed, and not stored so far
        self._groups: dict[int, int] = {}  # id → the id whose target it shares

    async def translate(self) -> None:
        """Give every segment a target, or a reason why it has none.

        Raises TransportError and FatalBackendError; what was accepted before is remembered.
        """
        asked = self.unknown()
        await self._ask(asked)
        await self._review()
        self._spread()

    def unknown(self) -> list[Segment]:
        """Take every target that exists already; what is left has to be asked for."""
        self._take_known()
        self._groups = repeats.sharing(self._article.segments, self.targets, self.refused)
        asked = [segment for segment in self._article.segments if self._first(segment)]
        return self._take_remembered(asked)

    async def again(self, guilty: Iterable[int]) -> bool:
        """Ask for these segments once more: each looked good alone, and broke the article.

        False when one of them is a person's, which is theirs to correct.
        """
        ids = set(guilty)
        if any(self._past.known[i].maker is not Maker.MODEL for i in ids & self._past.known.keys()):
            return False
        groups = repeats.firsts(self._article.segments)
        firsts = {groups[i] for i in ids if i in groups}
        segments = [s for s in self._article.segments if s.id in firsts]
        if self._memory is not None and self._learning:
            self._memory.remove(self._frame.pair, {self._key(s) for s in segments})
        await self._ask(segments)
        shared = {n: f for n, f in groups.items() if f in firsts and f in self.targets}
        self.targets.update({number: self.targets[first] for number, first in shared.items()})
        return True

    def refuse(self, ids: Iterable[int], why: str) -> None:
        """Take the targets of these segments away; `why` becomes their finding."""
        for number in ids:
            self.targets.pop(number, None)
            self.refused[number] = (Finding("proof", Severity.ERROR, number, why),)

    def _key(self, segment: Segment) -> bytes:
        return self._keys[segment.id - 1]

    # --- what is known --------------------------------------------------------

    def _take_known(self) -> None:
        """The article's own published targets."""
        for segment in self._article.segments:
            known = self._past.known.get(segment.id)
            if known is None or (segment.keep and known.target == segment.text):
                continue
            faults = self._faults(segment, known)
            if not faults:
                self._accept(segment, known)
            elif known.maker is not Maker.MODEL:
                self.refused[segment.id] = faults

    def _first(self, segment: Segment) -> bool:
        return self._groups.get(segment.id) == segment.id

    def _take_remembered(self, asked: Sequence[Segment]) -> list[Segment]:
        """Serve what the memory knows; returns what it does not."""
        if self._memory is None or not asked:
            return list(asked)
        found = self._memory.find(self._frame.pair, {self._key(s) for s in asked})
        rest = []
        for segment in asked:
            place = identity.context(self._keys, segment.id - 1)
            entries = found.get(self._key(segment), ())
            for entry in sorted(entries, key=lambda entry: entry.context != place):
                known = Known(entry.target, entry.maker)
                if not self._faults(segment, known):
                    self._accept(segment, known)
                    break
            else:
                rest.append(segment)
        return rest

    def _faults(self, segment: Segment, known: Known) -> tuple[Finding, ...]:
        """Why a known target cannot be taken. A person may break any rule but the structure."""
        if known.maker is Maker.MODEL:
            found = ladder.judge(self._article, segment, known.target, self._brief)
            return tuple(f for f in found if f.severity is Severity.ERROR)
        try:
            restore(self._article, segment, known.target)
        except SegmentError as error:
            return error.findings
        return ()

    def _accept(self, segment: Segment, known: Known) -> None:
        self.targets[segment.id] = known.target
        person = known.maker is Maker.PERSON
        self.origins[segment.id] = Origin.PERSON if person else Origin.MEMORY

    # --- what nobody knows ----------------------------------------------------

    async def _ask(self, segments: Sequence[Segment]) -> None:
        """Claim, ask for what is ours, wait for what others ask for."""
        if self._memory is None or not self._learning:
            await self._climb(segments)
            return
        pair, waiting, pause = self._frame.pair, list(segments), _LOOK_AGAIN[0]
        try:
            while waiting:
                claimed = self._memory.claim(pair, {self._key(s) for s in waiting}, self._owner)
                self._held.update(claimed)
                mine = [s for s in waiting if self._key(s) in claimed]
                # Who had the claim before may have stored it since we looked.
                await self._climb(self._take_remembered(mine))
                waiting = [s for s in waiting if self._key(s) not in claimed]
                if waiting:
                    # What was refused is free for others; two that wait for each other's
                    # refused texts would else wait for ever.
                    self._release()
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LOOK_AGAIN[1])
                    waiting = self._take_remembered(waiting)
        finally:
            self._release()

    def _release(self) -> None:
        """Give back what was claimed and not stored; what was stored is claimed no more."""
        if self._memory is not None and self._held:
            self._memory.release(self._frame.pair, self._owner)
            self._held.clear()

    async def _climb(self, segments: Sequence[Segment]) -> None:
        if not segments:
            return
        frame = replace(
            self._frame,
            done=dict(self.targets),
            examples=examples_for(
                segments, self._past, self._memory, self._frame.pair, alike=bool(self.targets)
            ),
        )
        outcome = await ladder.climb(
            self._article,
            segments,
            frame,
            self._backend,
            self._brief,
            self._budget,
            self._remember,
            context=self._context,
            experience=self._experience,
        )
        self.usage += outcome.usage
        self.targets.update(outcome.targets)
        self.origins.update(dict.fromkeys(outcome.targets, Origin.MODEL))
        self.findings.update(outcome.findings)
        self.refused.update(outcome.refused)

    async def _review(self) -> None:
        """Have a second model look at what is new; what it betters is remembered, too."""
        made = {i: self.targets[i] for i, o in self.origins.items() if o is Origin.MODEL}
        if self._reviewer is None or not made:
            return
        reviewer, brief = self._reviewer, self._brief
        found = await reviewer.review(self._article, made, self.findings, self._frame, brief)
        self.usage += found.usage
        self.targets |= found.better
        self.findings |= found.findings
        await self._remember(found.better)

    async def _remember(self, accepted: Mapping[int, str]) -> None:
        """Store what passed its checks; in a thread, for a database does not need our core."""
        if self._memory is None or not self._learning:
            return
        signature = self._signature()
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        pair = self._frame.pair
        entries = [
            Entry(
                key=self._key(segment),
                source_tag=pair.source.tag,
                target_tag=pair.target.tag,
                kind=segment.kind,
                source=segment.text,
                target=accepted[segment.id],
                context=identity.context(self._keys, segment.id - 1),
                signature=signature,
                made=now,
                note=segment.note,
            )
            for segment in self._article.segments
            if segment.id in accepted
        ]
        await asyncio.to_thread(self._memory.add, entries)
        self._held.difference_update(entry.key for entry in entries)

    def _spread(self) -> None:
        """Give repeats the target of the segment they share it with."""
        for number, first in self._groups.items():
            if number == first:
                continue
            if first in self.targets:
                self.targets[number] = self.targets[first]
                origin = self.origins[first]
                self.origins[number] = Origin.REPEAT if origin is Origin.MODEL else origin
            elif first in self.refused:
                self.refused[number] = self.refused[first]
