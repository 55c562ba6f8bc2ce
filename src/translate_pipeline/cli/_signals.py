"""Takes a coroutine, gives its result, unless a signal ends it: then an exception that says so.

The law: whatever is under way is cancelled at once and cleans up behind itself, so that a
container that is stopped leaves what Ctrl-C leaves: what was finished, and no half file.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

__all__ = ["Terminated", "run_until_signal"]

T = TypeVar("T")


class Terminated(BaseException):
    """SIGTERM came. Like KeyboardInterrupt, which says that SIGINT came, it is no Exception."""


def run_until_signal(main: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run`, with SIGTERM heeded as SIGINT is: raises Terminated, KeyboardInterrupt.

    Where signals cannot be watched (Windows, a thread that is not the main one) it is
    `asyncio.run`.
    """
    terminated = False

    async def watched() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine that runs is a task's

        def end() -> None:
            nonlocal terminated
            terminated = True
            task.cancel()

        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(signal.SIGTERM, end)
        return await main

    try:
        # Its loop takes the handler away when it closes.
        return asyncio.run(watched())
    except asyncio.CancelledError:
        if terminated:
            raise Terminated from None
        raise
