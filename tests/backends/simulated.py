"""Takes a way to answer, gives an endpoint in simulated time behind the real gate and retries.

The law: the same calls get the same answers; nothing but the network is left out.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.servers.storm import Bucket
from translate_pipeline.backends._gate import Gate
from translate_pipeline.backends._retry import Passing, pause_asked, retrying
from translate_pipeline.errors import TransportError


@dataclass
class Said:
    """How one request ends, `after` seconds: an HTTP status, or 0 for silence."""

    status: int = 200
    after: float = 1.0
    headers: Mapping[str, str] = field(default_factory=dict)


Answering = Callable[[int, float], Said]  # number of the request, time


def refusing(bucket: Bucket, latency: float, retry_after: str) -> Answering:
    """What a server with that bucket says."""

    def answer(number: int, now: float) -> Said:
        wait = bucket.take(now)
        if not wait:
            return Said(after=latency * (0.8 + 0.4 * (number * 0.618 % 1)))
        told = {
            "seconds": {"retry-after": str(math.ceil(wait))},
            "ms": {"retry-after-ms": str(math.ceil(wait * 1000))},
            "": {},
        }
        return Said(429, 0.02, told[retry_after])

    return answer


class Simulated:
    """An endpoint; `at` keeps the time of each request, `most` how many were there at once."""

    def __init__(
        self, answering: Answering, *, concurrency: int, attempts: int = 5, backoff: float = 1.0
    ) -> None:
        self.gate = Gate(concurrency)
        self.at: list[float] = []
        self.passed = self.now = self.most = 0
        self._answering = answering
        self._attempts = attempts
        self._backoff = backoff

    async def call(self, model: str = "", tokens: float = 0.0) -> float:
        """The time of the answer; raises as a backend's `translate`."""
        turn = self.gate.turn()
        return await retrying(
            lambda: self._attempt(model, tokens, turn),
            attempts=self._attempts,
            backoff=self._backoff,
        )

    async def _attempt(self, model: str, tokens: float, turn: int) -> float:
        loop = asyncio.get_running_loop()
        async with self.gate.pass_through(model, tokens=tokens, turn=turn) as ticket:
            said = self._answering(len(self.at), loop.time())
            self.at.append(loop.time())
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                await asyncio.sleep(said.after)
            finally:
                self.now -= 1
            if said.status:
                ticket.answered(said.status, said.headers, f"HTTP {said.status}")
            else:
                ticket.failed("silence")
            if said.status == 200:
                self.passed += 1
                return loop.time()
            fault = Passing(TransportError(f"HTTP {said.status}"), pause=pause_asked(said.headers))
            ticket.excuse(fault)
        raise fault


async def crowd(endpoint: Simulated, calls: int, workers: int) -> list[BaseException]:
    """Make so many calls, at most `workers` at once; the errors."""
    left = iter(range(calls))
    errors: list[BaseException] = []

    async def work() -> None:
        for _ in left:
            try:
                await endpoint.call()
            except Exception as error:
                errors.append(error)

    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(work())
    return errors
