"""Takes a backend, gives one that leaves alone what is on order: nobody pays for it twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from translate_pipeline.backends._wrapped import Wrapped
from translate_pipeline.batch_orders.order import Text, text_of
from translate_pipeline.errors import OrderedError

if TYPE_CHECKING:
    from translate_pipeline.backends import Backend
    from translate_pipeline.model import Batch, Reply

__all__ = ["Holding"]


class Holding(Wrapped):
    """`backend`, without the texts of `waiting`, which an open order will answer."""

    def __init__(self, backend: Backend, waiting: Mapping[Text, str]) -> None:
        super().__init__(backend)
        self._waiting = waiting

    async def translate(self, batch: Batch) -> Reply:
        """The backend's reply. Raises OrderedError where a text of the batch is on order."""
        for segment in batch.segments:
            if order := self._waiting.get(text_of(segment, batch.pair)):
                raise OrderedError(f"on order in {order}; `translate-pipeline batches fetch`")
        return await self._backend.translate(batch)
