"""Takes when requests were sent and refused, gives when the next may be sent: a learnt rate.

The law: nothing is held back before the first refusal, and a rate is never learnt from fewer
requests than tell one. This is for endpoints that say 429 and do not tell what they allow.
"""

from __future__ import annotations

import math
from collections import deque

__all__ = ["Pacing"]

# Seconds over which the rate of sending is measured, and the fewest requests that tell a rate.
_SPAN = 2.0
_SHORTEST = 0.5  # in the first moments of a run
_FEWEST = 5
# The curve of CUBIC (RFC 9438), as AWS SDKs use it for request rates: after a refusal down to
# `_SHRINK` of the rate that was too much, back to it in `_RETURN` seconds, slowest where it was
# refused, then beyond it, ever faster. Simulated against token buckets that hold a second's
# requests, with answers after 0.05 to 1 s: 97 % of what the server allows in a run's first minute.
_SHRINK = 0.8
_RETURN = 20.0
# Seconds. A first rate may be far too low: a crowd that waited for an import, say, looks slow.
# Until the next refusal it doubles.
_DOUBLING = 3.0
_SLOWEST = 0.05  # requests per second; the daily limits of free models are told in headers


class Pacing:
    """One rate, in requests per second; times are seconds of one steady clock."""

    __slots__ = ("_first", "_guessed", "_next", "_since", "_times", "_top")

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._top: float | None = None  # the rate at the last refusal
        self._guessed = False  # what is known of the rate is far from exact
        self._since = 0.0
        self._first = math.inf  # when the first request went out
        self._next = 0.0

    def rate(self, now: float) -> float | None:
        """Requests per second at `now`; None while nothing limits them."""
        if self._top is None:
            return None
        if self._guessed:
            # The exponent keeps within floats for weeks.
            return self._top * _SHRINK * math.exp2(min((now - self._since) / _DOUBLING, 60.0))
        steps = (now - self._since) / _RETURN
        if steps < 1:
            return self._top - self._top * (1 - _SHRINK) * (1 - steps) ** 3
        return self._top * (1 + (steps - 1) ** 3)

    def wait(self, now: float) -> float:
        """Seconds until the next request may go; 0 or less: now."""
        return self._next - now

    def sent(self, now: float) -> None:
        """A request goes out."""
        self._forget(now)
        self._times.append(now)
        self._first = min(self._first, now)
        rate = self.rate(now)
        if rate is not None:
            self._next = max(now, self._next) + 1 / rate

    def refused(self, now: float) -> None:
        """The endpoint said that requests come too fast; once per event."""
        self._forget(now)
        sent = len(self._times) / min(_SPAN, max(now - self._first, _SHORTEST))
        rate = self.rate(now)
        if rate is None and len(self._times) < _FEWEST:
            return
        self._guessed = rate is None or sent < rate / 2
        self._top = max(sent if rate is None else min(sent, rate), _SLOWEST)
        self._since = now
        self._next = max(now, self._next)

    def _forget(self, now: float) -> None:
        times = self._times
        while times and times[0] < now - _SPAN:
            times.popleft()
