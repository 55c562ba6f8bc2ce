"""Takes which exchanges failed, gives whether the next may be tried: the circuit breaker.

The law: a dead endpoint sees `TRIPS_AT` requests, then one at a time with growing pauses, and
is given up in bounded time; one that comes back is used again after one good answer.
"""

from __future__ import annotations

import math

__all__ = ["PAUSES", "TRIPS_AT", "Breaker"]

# Failures in a row. An endpoint that fails half of its requests has so many once in 1,000.
TRIPS_AT = 10
# Seconds before each trial request; a restart of a local server or a gateway takes less than
# their sum of a minute.
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0)
# Where each trial itself takes long (nothing ever comes back), three in so many seconds do.
_LONG = 180.0
_FEW = 3
# An endpoint that has never answered is rather a wrong address: 15 seconds.
_NEVER = 4


class Breaker:
    """Closed: all pass. Open: none. Half-open: one trial is out, the others wait for it.

    A failure is an exchange without an answer, or with a server error. That requests come too
    fast (429) is none: such an endpoint is alive.
    """

    __slots__ = ("_alive", "_since", "_trial", "_until", "failures", "trials")

    def __init__(self) -> None:
        self.failures = 0  # in a row
        self.trials = 0  # failed ones, in a row
        self._alive = False  # it has answered once
        self._since = 0.0  # of the first failure in the row
        self._until: float | None = None  # None: closed
        self._trial = False

    @property
    def alive(self) -> bool:
        """True if it has answered once."""
        return self._alive

    @property
    def closed(self) -> bool:
        return self._until is None

    def dead(self, now: float) -> bool:
        """True when waiting longer makes no sense."""
        if self.trials >= (len(PAUSES) if self._alive else _NEVER):
            return True
        return self.trials >= _FEW and self.down(now) >= _LONG

    def down(self, now: float) -> float:
        """Seconds since the first failure in the row."""
        return now - self._since if self.failures else 0.0

    def wait(self, now: float) -> float:
        """Seconds until a request may go; infinite while a trial is out."""
        if self._until is None:
            return 0.0
        return math.inf if self._trial else self._until - now

    def sent(self) -> bool:
        """A request goes out; True if it is a trial."""
        if self._until is None:
            return False
        self._trial = True
        return True

    def answered(self) -> None:
        """Any answer of a living endpoint, also to a request sent before it seemed dead."""
        self._alive = True
        self.failures = self.trials = 0
        self._until = None
        self._trial = False

    def failed(self, now: float, *, trial: bool) -> None:
        """No answer, or a server error. While open, only a trial tells something new."""
        if self._until is not None and not trial:
            return
        if not self.failures:
            self._since = now
        self.failures += 1
        if trial:
            self.trials += 1
            self._trial = False
        elif self.failures < TRIPS_AT:
            return
        self._until = now + PAUSES[min(self.trials, len(PAUSES) - 1)]

    def unknown(self, *, trial: bool) -> None:
        """An exchange was given up before it showed anything: the next may be the trial."""
        if trial:
            self._trial = False
