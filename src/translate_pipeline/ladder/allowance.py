"""What an article costs in, how much more may be spent on repairing it out.

The laws: repairs cost at most half of what the article costs (`quality.md` 6.6), though never
less than a short article may need; and a model that fails at more than a fifth of the
segments of the first three requests, after these were repaired as groups, is not asked for
them one by one.
"""

from __future__ import annotations

__all__ = ["LEAST", "Allowance"]

#: Uncached input tokens (an output token counts as several): what repairing an article of 25
#: segments took where every second segment is spoilt at every try; 0.2 to 0.5 cents.
LEAST = 20_000.0
_SHARE = 0.5

_REQUESTS, _FAILING = 3, 0.2
# A few segments alone cost next to nothing, whatever share of a short article they are.
_FEW = 10


class Allowance:
    """The bounds of one article. `first` is what its first requests are expected to cost."""

    __slots__ = ("_asked", "_failing", "_left", "_requests", "stopped")

    def __init__(self, first: float) -> None:
        self.stopped = False
        self._left = max(LEAST, _SHARE * first)
        self._requests = self._asked = self._failing = 0

    def take(self, cost: float) -> bool:
        """True if a repair of this cost is still allowed; it then counts as spent."""
        if cost > self._left:
            return False
        self._left -= cost
        return True

    def repaired(self, asked: int, failing: int) -> bool:
        """Count a request after its repair as a group; True if this one stops the article."""
        if self.stopped or self._requests >= _REQUESTS:
            return False
        self._requests += 1
        self._asked += asked
        self._failing += failing
        self.stopped = self._failing > max(_FEW, _FAILING * self._asked)
        return self.stopped
