"""Takes a call that may meet passing faults, gives its result after as few tries as needed.

The law: only a `Passing` fault is tried again; what is raised at the end is the typed error
inside, never a retry wrapper. A pause the server asks for is kept to by the gate, which holds
back every call for it (`_lane.py`); here it only says when to give up. So the two never add up.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from translate_pipeline.errors import BackendError, TransportError

__all__ = ["LONGEST_PAUSE", "Passing", "pause_asked", "retrying"]

T = TypeVar("T")

# Seconds. The openai SDK's own limit; a server that asks for more means "not in this run".
LONGEST_PAUSE = 120.0
# Seconds; the longest pause of our own choosing (five tries: at most 1 + 2 + 4 + 8).
_LONGEST_BACKOFF = 30.0


class Passing(Exception):
    """A fault that may be gone at the next try.

    `error` is what the caller sees when the tries are used up, `pause` the seconds the server
    asked for. Faults that seldom pass set `attempts`: so many of them in one call are enough,
    whatever else went wrong in between. The gate sets the last two: one that is `excused`
    counts as no try, and after a `trial`, sent to see whether a dead endpoint is back, the gate
    knows when the next one may go (`_gate.Ticket.excuse`).
    """

    def __init__(
        self, error: BackendError, *, pause: float | None = None, attempts: int | None = None
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.pause = pause
        self.attempts = attempts
        self.trial = False
        self.excused = False


def pause_asked(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds a response's headers ask to wait; None if they ask for nothing readable.

    Reads `retry-after-ms` (OpenAI), then `retry-after` as seconds or as an HTTP date
    (RFC 9110 10.2.3). A date is measured from the response's own `date`, so that a wrong
    clock on either side does not matter. `headers` must have lower-case keys.

    >>> pause_asked({"retry-after": "1.5"}), pause_asked({"retry-after": "soon"})
    (1.5, None)
    """
    milliseconds = _seconds(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    seconds = _seconds(value)
    if seconds is not None or value is None:
        return seconds
    until = _date(value)
    if until is None:
        return None
    start = _date(headers.get("date", "")) or now or datetime.now(UTC)
    return max(0.0, (until - start).total_seconds())


def _seconds(value: str | None) -> float | None:
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # the latter for the year 99999999999
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


async def retrying(call: Callable[[], Awaitable[T]], *, attempts: int, backoff: float) -> T:
    """The result of `call`, tried up to `attempts` times with jittered, doubling pauses.

    `backoff` is the longest first pause in seconds. Raises the `error` of the last `Passing`;
    every other exception comes through at once.
    """
    seldom: list[Passing] = []
    excused = 0

    def wait(state: RetryCallState) -> float:
        # Where the server or the breaker says when, the gate keeps this call waiting, too.
        fault = _fault(state)
        if fault.pause or fault.trial:
            return 0.0
        tries = max(1, state.attempt_number - excused)
        longest = min(_LONGEST_BACKOFF, backoff * 2.0 ** (tries - 1))
        # At least half: five tries must not be used up while answers from before an outage
        # still come in and hide it from the breaker.
        return random.uniform(longest / 2, longest)  # noqa: S311 - no secret

    def stop(state: RetryCallState) -> bool:
        nonlocal excused
        fault = _fault(state)
        if fault.pause is not None and fault.pause > LONGEST_PAUSE:
            return True
        if fault.excused:
            excused += 1
            return False
        if fault.attempts is not None:
            seldom.append(fault)
            if len(seldom) >= fault.attempts:
                return True
        return state.attempt_number - excused >= attempts

    async def one() -> T:  # tenacity awaits only what it sees to be a coroutine function
        return await call()

    tries = AsyncRetrying(
        retry=retry_if_exception_type(Passing),
        wait=wait,
        stop=stop,
        sleep=asyncio.sleep,
        reraise=True,
    )
    try:
        return await tries(one)
    except Passing as passing:
        last = passing
    count = tries.statistics["attempt_number"]
    error = last.error
    if last.pause is not None and last.pause > LONGEST_PAUSE:
        advice = (
            f"the endpoint asks for a pause of {last.pause:.0f} s, more than the"
            f" {LONGEST_PAUSE:.0f} s a run waits; run again later"
        )
        raise TransportError(f"{error}; {advice}", usage=error.usage)
    raise type(error)(f"{error} (tried {count} times)" if count > 1 else str(error))


def _fault(state: RetryCallState) -> Passing:
    fault = state.outcome.exception() if state.outcome else None
    if not isinstance(fault, Passing):  # tenacity asks only after a failed try
        raise TypeError(f"not a passing fault: {fault!r}")
    return fault
