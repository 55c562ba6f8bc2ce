"""Takes whoever must agree to each request of a call, has them asked at the gate.

The law: one question for each request that really goes out, tries and repairs included, in the
task that sends it. A budget cannot be held from outside of a backend, which may send five
requests for one batch; and it must not be known to a backend, which serves several runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["ask_leave", "asking"]

_asked: ContextVar[Callable[[], None] | None] = ContextVar("_asked", default=None)


@contextmanager
def asking(leave: Callable[[], None]) -> Iterator[None]:
    """Have `leave` called before each request of what is awaited inside. It may raise."""
    token = _asked.set(leave)
    try:
        yield
    finally:
        _asked.reset(token)


def ask_leave() -> None:
    """Call what `asking` set for this task, if anything."""
    leave = _asked.get()
    if leave is not None:
        leave()
