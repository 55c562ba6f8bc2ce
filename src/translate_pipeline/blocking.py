"""A coroutine in, its result out, for callers that are not async.

The law: it works inside a running event loop, too (notebooks), and raises what the coroutine does.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["blocking"]

T = TypeVar("T")


def blocking(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run `coroutine` to its end, in a thread of its own where a loop already runs here."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    box: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            box.append(asyncio.run(coroutine))
        except BaseException as error:  # handed to the calling thread
            errors.append(error)

    thread = threading.Thread(target=work, name="translate-pipeline")
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return box[0]
