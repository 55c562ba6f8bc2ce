"""Takes how exchanges went, gives how many may be under way at once: the adaptive concurrency.

The law: between 1 and the configured `most`, always. It shrinks once per congestion event,
however many requests that event took with it, and grows only while its places are in use.
"""

from __future__ import annotations

__all__ = ["START", "Window"]

# The share of exchanges that may fail before that counts as too many at once, measured over a
# round of them, at least `_FEWEST`. Endpoints fail now and then for reasons of their own; to
# shrink for each one would leave 17 of 128 places where 1 in 100 requests fails.
_TOLERATED = 0.1
_FEWEST = 20

# Whoever configures so many means them; above, the window doubles with each round of answers.
START = 64
# RFC 9438 4.6 (CUBIC): a shrink by half, as in older TCP, leaves a quarter of what an endpoint
# allows unused.
_SHRINK = 0.7


class Window:
    """Additive increase, multiplicative decrease; numbers in, a number out.

    `size` is the number of places; it grows by one with each round of answers. After a refusal
    for coming too fast it grows by one with each answer up to where it was: the rate is what was
    too much, and `_pacing.py` sees to that.
    """

    __slots__ = ("_event", "_failing", "_grown", "_known", "most", "size")

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = min(most, START)
        self._known = most  # below it, each answer adds a place
        self._grown = 0.0
        self._failing = 0.0  # the share of failures, the newest counting most
        # When the last shrink was, while no request sent since has been answered.
        self._event: float | None = None

    def answered(self, sent: float, under_way: int) -> None:
        """An exchange that began at `sent` ended well; `under_way` counts it and the others."""
        self._failing -= self._failing / max(self.size, _FEWEST)
        if self._event is not None and sent >= self._event:
            self._event = None
        if self.size >= self.most or under_way < self.size:
            return
        self._grown += 1.0 if self.size < self._known else 1.0 / self.size
        if self._grown >= 1.0 - 1e-9:
            self._grown = 0.0
            self.size += 1

    def failed(self, now: float) -> None:
        """A timeout or a server error; too many of them are a congestion event."""
        self._failing += (1 - self._failing) / max(self.size, _FEWEST)
        if self._failing > _TOLERATED and self._shrunk(now):
            self._known = self.size

    def refused(self, now: float) -> None:
        """The endpoint said that there are too many (429): a congestion event."""
        before = self.size
        if self._shrunk(now):
            self._known = max(self._known, before)

    def _shrunk(self, now: float) -> bool:
        """Shrink; False where this is still the last event: until a request that was sent
        after the shrink is answered."""
        if self._event is not None:
            return False
        self._event = now
        self._grown = self._failing = 0.0
        self.size = max(1, int(self.size * _SHRINK))
        return True
