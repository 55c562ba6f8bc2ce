"""Takes calls that want to reach one endpoint, lets at most `concurrency` of them through.

The law: after `stop(error)` no call passes any more; each raises a copy of that error
without a request. Rates and budgets belong here too, when they come: `pass_through` is the
only door.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from translate_pipeline.errors import FatalBackendError

__all__ = ["Gate"]


class Gate:
    """One per backend. The limit holds per event loop, for a semaphore belongs to one loop."""

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency
        self._slots: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = (
            WeakKeyDictionary()
        )
        self._fatal: FatalBackendError | None = None

    def check(self) -> None:
        """Raise the error that stopped the run, if one did."""
        if self._fatal is not None:
            # A copy: many tasks raise it at once, and a traceback belongs to one of them.
            raise type(self._fatal)(str(self._fatal))

    def stop(self, error: FatalBackendError) -> None:
        """Let nobody through from now on; the first reason is kept."""
        if self._fatal is None:
            self._fatal = error

    @asynccontextmanager
    async def pass_through(self) -> AsyncIterator[None]:
        """Wait for a free place and hold it, also while a retry pauses: that is what makes
        an endpoint that says 429 see fewer calls, not the next ones in the queue."""
        self.check()
        loop = asyncio.get_running_loop()
        slots = self._slots.get(loop)
        if slots is None:
            slots = self._slots[loop] = asyncio.Semaphore(self._concurrency)
        async with slots:
            self.check()
            yield
