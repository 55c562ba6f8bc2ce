"""Takes a backend, gives one that hands over its replies one at a time, network first.

The law: the same replies, none lost, none in another order than they came in. When many
replies arrive together, checking and proving them all would keep the next requests waiting
although places are free; so each reply waits for its turn of the event loop, and in every
turn the network goes first. Measured at 64 requests of 1 s: 0.77 of the ideal throughput
instead of 0.5.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from translate_pipeline.backends._wrapped import Wrapped

if TYPE_CHECKING:
    from translate_pipeline.backends import Backend
    from translate_pipeline.model import Batch, Reply

__all__ = ["Paced"]


class Paced(Wrapped):
    """`backend`, for one run in one event loop; shared by all pipelines of that run."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._turn = asyncio.Lock()

    async def translate(self, batch: Batch) -> Reply:
        """The backend's reply, when it is its turn."""
        reply = await self._backend.translate(batch)
        async with self._turn:
            # One turn of the loop. Whoever is next gets the lock in the turn after this one,
            # while this caller goes on with its reply until it waits for something else.
            await asyncio.sleep(0)
        return reply
