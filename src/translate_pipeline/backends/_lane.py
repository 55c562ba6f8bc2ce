"""Takes what happens on the way to one model, gives when its next request may go.

The law: whatever asks for patience (a `Retry-After`, a limit in headers, a learnt rate, a
breaker, a full window) is asked together, and the longest wait wins; none adds to another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from translate_pipeline.backends._allowance import Allowance
from translate_pipeline.backends._breaker import Breaker
from translate_pipeline.backends._pacing import Pacing
from translate_pipeline.backends._rate_headers import rates_told
from translate_pipeline.backends._retry import LONGEST_PAUSE, pause_asked
from translate_pipeline.backends._window import Window
from translate_pipeline.errors import BackendError, FatalBackendError, TransportError

__all__ = ["Lane", "Sent"]

OK, TOO_MANY = 200, 429
# Seconds; answers take up to a minute. An endpoint that only refuses since is no longer of use.
_LATELY = 60.0


class Sent:
    """What a lane remembers of a request that is under way."""

    __slots__ = ("at", "refused", "requests", "tokens", "trial")

    def __init__(self, at: float, requests: float, tokens: float, *, trial: bool) -> None:
        self.at = at
        self.requests = requests  # spent before it, of each allowance
        self.tokens = tokens
        self.trial = trial
        self.refused = False


class Lane:
    """The state of one model at one endpoint. Pure: times are given, nothing is waited for."""

    def __init__(self, concurrency: int) -> None:
        self.window = Window(concurrency)
        self.breaker = Breaker()
        self.pacing = Pacing()
        self.requests = Allowance()
        self.tokens = Allowance()
        self.under_way = 0
        self._paused_until = -math.inf
        self._refused = -math.inf  # when a 429 was last heeded
        self._answered = -math.inf  # when an answer last came
        self._reason = ""

    def hopeless(self, now: float) -> BackendError | None:
        """The error where waiting makes no sense, for everybody who wants to use this lane."""
        if self.breaker.dead(now):
            failures, down = self.breaker.failures, self.breaker.down(now)
            advice = "run again when it works" if self.breaker.alive else "check the base URL"
            return FatalBackendError(
                f"the endpoint is down: {failures} requests in a row failed within {down:.0f} s;"
                f" {advice} (last: {self._reason})"
            )
        pause = self._paused_until - now
        if pause > LONGEST_PAUSE:
            return TransportError(
                f"the endpoint asks for a pause of {pause:.0f} s, more than the"
                f" {LONGEST_PAUSE:.0f} s a run waits; run again later"
            )
        return None

    def answering(self, now: float) -> bool:
        """True if the endpoint has answered somebody lately."""
        return now - self._answered < _LATELY

    def wait(self, now: float, tokens: float) -> float:
        """Seconds until a request of so many tokens may go; infinite: until an answer comes."""
        if self.under_way >= self.window.size:
            return math.inf
        told = max(self.requests.wait(now, 1.0), self.tokens.wait(now, tokens))
        if told > LONGEST_PAUSE:
            told = 0.0  # a daily limit, it seems: the endpoint may say so itself
        wait = max(told, self._paused_until - now, self.pacing.wait(now), self.breaker.wait(now))
        return wait if wait > 1e-6 else 0.0

    def send(self, now: float, tokens: float) -> Sent:
        """A request goes out."""
        sent = Sent(now, self.requests.spent, self.tokens.spent, trial=self.breaker.sent())
        sent.requests += 1.0  # what it takes itself is in its own answer
        sent.tokens += tokens
        self.under_way += 1
        self.pacing.sent(now)
        self.requests.take(now, 1.0)
        self.tokens.take(now, tokens)
        return sent

    def answered(
        self, sent: Sent, now: float, status: int, headers: Mapping[str, str], reason: str
    ) -> None:
        """An answer of this HTTP status came; `reason` is what to tell of an error."""
        told_requests, told_tokens = rates_told(headers)
        if told_requests is not None:
            self.requests.learn(told_requests, sent=sent.at, spent=sent.requests, now=now)
        if told_tokens is not None:
            self.tokens.learn(told_tokens, sent=sent.at, spent=sent.tokens, now=now)
        if status == OK:
            # Where only refusals tell of a limit, an answer without it says more: aimock's refusals
            # tell of six minutes, and the request after them is answered.
            if told_requests is None:
                self.requests.forget()
            if told_tokens is None:
                self.tokens.forget()
        refused = sent.refused = status == TOO_MANY
        if refused or status >= 500:
            self._pause(now, pause_asked(headers))
        if status >= 500 or status == 408:
            self.failed(sent, now, reason)
            return
        self.breaker.answered()
        if not refused:
            self._answered = now
            self.window.answered(sent.at, self.under_way)
            return
        self.window.refused(now)
        # One event: those that were sent before the refusal was known tell nothing new.
        if sent.at >= self._refused:
            self._refused = now
            self.pacing.refused(now)

    def failed(self, sent: Sent, now: float, reason: str) -> None:
        """Nothing came, or a server error."""
        self._reason = reason
        self.window.failed(now)
        self.breaker.failed(now, trial=sent.trial)

    def done(self, sent: Sent, *, told: bool) -> None:
        """The exchange is over; `told`: one of the two above was called."""
        self.under_way -= 1
        if not told:
            self.breaker.unknown(trial=sent.trial)

    def _pause(self, now: float, seconds: float | None) -> None:
        if seconds:
            self._paused_until = max(self._paused_until, now + seconds)
