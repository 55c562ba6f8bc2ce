"""Answered texts in, a backend out that gives them once and asks another for the rest.

The law: an answer belongs to its text, not to a request: articles may have changed since, and
what was paid for is still used. Only the first request for a text is served; what is asked for
again, because its answer failed a check, goes to the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from translate_pipeline.backends._wrapped import Wrapped
from translate_pipeline.batch_orders.order import Text, text_of
from translate_pipeline.model import Batch, Reply, Usage

if TYPE_CHECKING:
    from translate_pipeline.backends import Backend

__all__ = ["Answers"]


class Answers(Wrapped):
    """`backend`, with `known` in front of it; `signature` is that of the order's model.

    `served` counts the texts that were answered from `known`.
    """

    def __init__(self, backend: Backend, known: Mapping[Text, str], signature: str) -> None:
        super().__init__(backend)
        self.served = 0
        self._known = known
        self._signature = signature

    @property
    def signature(self) -> str:
        return self._signature or self._backend.signature

    async def translate(self, batch: Batch) -> Reply:
        """The answers there are, with those of the backend for the others. Raises as it does."""
        if batch.fallback:
            return await self._backend.translate(batch)
        found = {
            segment.id: target
            for segment in batch.segments
            if segment.id not in batch.reasons
            and (target := self._known.get(text_of(segment, batch.pair)))
        }
        self.served += len(found)
        rest = tuple(s for s in batch.segments if s.id not in found)
        if not found:
            return await self._backend.translate(batch)
        if not rest:
            return Reply(found, usage=Usage())
        done = {**batch.done, **found}
        reply = await self._backend.translate(replace(batch, segments=rest, done=done))
        return replace(reply, targets={**reply.targets, **found})
