"""Takes a rate, gives a model server that refuses every request beyond it: 429 `Retry-After`.

The law: no client, however it behaves, gets more than `rate` × seconds + `burst` answers. The
bucket knows no clock, so that it serves a real server and a simulated one.
"""

from __future__ import annotations

import math
import time

from tests.servers.faults import error_body
from tests.servers.http import HttpRequest, HttpResponse
from tests.servers.loopback import LoopbackServer

__all__ = ["Bucket", "StormServer"]


class Bucket:
    """A token bucket, as OpenAI and most gateways use it."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self._level = burst
        self._at: float | None = None

    def take(self, now: float) -> float:
        """0 if a request may pass, else the seconds until one may."""
        if self._at is not None:
            self._level = min(self.burst, self._level + (now - self._at) * self.rate)
        self._at = now
        if self._level >= 1:
            self._level -= 1
            return 0.0
        return (1 - self._level) / self.rate


class StormServer(LoopbackServer):
    """The loopback model behind a bucket; `passed` and `refused` count chat requests.

    `retry_after` is what a refusal says: whole `seconds` as RFC 9110 has it, OpenAI's `ms`, or
    nothing; `since` is when the first request came.
    """

    def __init__(
        self, *, rate: float, burst: float, retry_after: str = "seconds", latency: float = 0.0
    ) -> None:
        super().__init__(latency=latency)
        self._handler = self._guarded
        self._bucket = Bucket(rate, burst)
        self._retry_after = retry_after
        self.passed = self.refused = 0
        self.since = self.until = 0.0

    def _guarded(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self._handle(request)
        now = time.monotonic()
        self.since = self.since or now
        wait = self._bucket.take(now)
        if not wait:
            self.passed += 1
            self.until = now
            return self._handle(request)
        self.refused += 1
        headers = {}
        if self._retry_after == "seconds":
            headers["retry-after"] = str(math.ceil(wait))
        elif self._retry_after == "ms":
            headers["retry-after-ms"] = str(math.ceil(wait * 1000))
        body = error_body("Too many requests.", "rate_limit_exceeded")
        return HttpResponse(status=429, body=body, headers=headers)
