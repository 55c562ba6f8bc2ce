"""Takes what answers tell of one limit, gives how long a request must wait for its share.

The law: with headers that tell the truth, no request goes out that the limit would refuse;
without headers, or with ones that lead nowhere, nothing is held back.
"""

from __future__ import annotations

from translate_pipeline.backends._rate_headers import Told

__all__ = ["Allowance"]

# Seconds. `x-ratelimit-limit-*` counts per minute where no `reset` says otherwise (OpenAI).
_PERIOD = 60.0


class Allowance:
    """Requests or tokens a minute, as a bucket that fills up steadily or all at once.

    `spent` is all that was ever taken: a request remembers it, so that an answer, which knows
    of the requests before its own alone, can be set right for those sent after it.
    """

    __slots__ = ("_at", "_full_at", "_left", "_limit", "_rate", "spent")

    def __init__(self) -> None:
        self.spent = 0.0
        self._limit: float | None = None
        self._left: float | None = None  # at the time `_at`; None: nothing is known
        self._at = 0.0
        self._rate = 0.0  # per second
        self._full_at: float | None = None

    def wait(self, now: float, need: float) -> float:
        """Seconds until `need` may be taken; 0 if it may be, or if nobody knows."""
        left = self._left
        if left is None:
            return 0.0
        if self._limit is not None:
            need = min(need, self._limit)  # more than ever comes: the endpoint may judge
        if self._full_at is not None:
            return 0.0 if left >= need else max(0.0, self._full_at - now)
        left += self._rate * (now - self._at)
        if left >= need or not self._rate:
            return 0.0
        return (need - left) / self._rate

    def take(self, now: float, need: float) -> None:
        """A request goes out that needs so much."""
        self.spent += need
        if self._left is None:
            return
        if self._full_at is not None and now >= self._full_at:
            self._left = None  # the next answer tells anew
            return
        self._left = self._level(now) - need
        self._at = now

    def learn(self, told: Told, *, sent: float, spent: float, now: float) -> None:
        """An answer tells; its request went out at `sent`, when `spent` had been taken."""
        if told.limit is not None:
            self._limit = told.limit
        self._full_at = None
        if told.refills:
            if told.reset and told.limit is not None and told.remaining < told.limit:
                self._rate = (told.limit - told.remaining) / told.reset
            elif told.limit is not None and not self._rate:
                self._rate = told.limit / _PERIOD
        elif told.reset is not None:
            self._rate = 0.0
            self._full_at = now + told.reset
        # As the endpoint saw it when the request came in; since then it filled up and others
        # went out.
        self._left = told.remaining
        self._at = sent
        self._left = self._level(now) - (self.spent - spent)
        self._at = now

    def forget(self) -> None:
        """Hold nothing back until an answer tells anew."""
        self._left = None

    def _level(self, now: float) -> float:
        level = (self._left or 0.0) + self._rate * max(0.0, now - self._at)
        return level if self._limit is None else min(level, self._limit)
