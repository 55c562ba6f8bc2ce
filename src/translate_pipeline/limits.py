"""Takes a backend, gives one that sends nothing beyond the run's limits.

The law: a limit stops between requests, never inside one: what is under way is paid for and
is used. Each request counts, also one that is tried again, and is asked for before it is sent.
Costs come from the endpoint, else from the prices in the config.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from translate_pipeline.backends._toll import asking
from translate_pipeline.backends._wrapped import Wrapped
from translate_pipeline.errors import BackendError, BudgetError, FatalBackendError
from translate_pipeline.model import Usage

if TYPE_CHECKING:
    from translate_pipeline.backends import Backend
    from translate_pipeline.model import Batch, Reply

__all__ = ["Limited", "Limits"]


class Limits(NamedTuple):
    """The most a run may use; None is no limit. `cost` in USD, prices in USD per token."""

    requests: int | None = None
    tokens: int | None = None
    cost: float | None = None
    prompt_price: float | None = None
    completion_price: float | None = None


class Limited(Wrapped):
    """`backend` under `limits`; shared by all pipelines of a run, which has one event loop.

    Near a limit of tokens or money a request waits until so many of those under way have come
    back that what is left would do for it, so that a limit is passed by what one request costs
    at most, not by what all at once cost. `expect` estimates a request; what it said of some
    answered ones is kept beside what they took.
    """

    def __init__(
        self,
        backend: Backend,
        limits: Limits,
        expect: Callable[[Batch], Usage] | None = None,
    ) -> None:
        super().__init__(backend)
        self.used = Usage()
        self.expected = Usage()  # of the requests in `answered`, by `expect`
        self.answered = Usage()
        self._expect = expect
        self._limits = limits
        self._sent = 0  # requests, with those that are about to be sent
        self._under_way = 0  # calls of the backend
        self._returned: list[asyncio.Future[None]] = []  # who waits for one of them to return

    async def translate(self, batch: Batch) -> Reply:
        """The backend's reply. Raises BudgetError once a limit is reached,
        FatalBackendError where a limit of money cannot be held."""
        await self._leave(batch)
        self._under_way += 1
        self._sent += 1
        counted = 1  # the first request, which may have to wait at the gate

        def leave() -> None:
            nonlocal counted
            self._check(counted)
            self._sent += 1 - counted
            counted = 0

        try:
            with asking(leave):
                reply = await self._backend.translate(batch)
        except BackendError as error:
            self.used += error.usage or Usage()
            raise
        else:
            self.used += reply.usage
        finally:
            self._under_way -= 1
            for waiting in self._returned:
                if not waiting.done():
                    waiting.set_result(None)
            self._returned.clear()
        # To estimate costs as much as to compose the request; the first and one in ten tell enough.
        telling = self._sent <= 20 or self._sent % 10 == 0
        if telling and self._expect is not None and reply.usage.prompt_tokens:
            self.expected += self._expect(batch)
            self.answered += reply.usage
        if self._limits.cost is not None and self._cost(self.used) is None:
            raise FatalBackendError(
                "--max-cost: the endpoint does not say what a request costs; set [prices] in the"
                " config, or use --max-tokens",
                usage=reply.usage,
            )
        return reply

    def check(self) -> None:
        """Raise BudgetError if a limit is reached: for what is asked beside `translate`."""
        self._check()

    def add(self, usage: Usage) -> None:
        """Count what was asked beside `translate`."""
        self._sent += usage.requests
        self.used += usage

    async def _leave(self, batch: Batch) -> None:
        """Return when a request may be sent. Raises BudgetError."""
        self._check()
        most = self._limits
        if most.tokens is None and most.cost is None:
            return
        while self._under_way and not self._room(self._usual(batch)):
            waiting = asyncio.get_running_loop().create_future()
            self._returned.append(waiting)
            await waiting
            self._check()

    def _room(self, usual: Usage) -> bool:
        """True if this call and those under way stay below the limits, should they be as usual."""
        calls = self._under_way + 1
        tokens, cost = _tokens(self.used), self._cost(self.used) or 0.0
        most = self._limits
        return not (
            (most.tokens is not None and tokens + calls * _tokens(usual) > most.tokens)
            or (most.cost is not None and cost + calls * (self._cost(usual) or 0.0) > most.cost)
        )

    def _usual(self, batch: Batch) -> Usage:
        """What a call takes: the mean of those that have returned, before that an estimate."""
        returned = self._sent - self._under_way
        if self.used.requests and returned > 0:
            cost = None if self.used.cost is None else self.used.cost / returned
            prompt = self.used.prompt_tokens // returned
            return Usage(1, prompt, self.used.completion_tokens // returned, cost=cost)
        return self._expect(batch) if self._expect is not None else Usage()

    def _check(self, counted: int = 0) -> None:
        """Raise BudgetError if a limit is reached; `counted` requests of this call are in it."""
        most = self._limits
        for name, used, limit in (
            ("--max-requests", self._sent - counted, most.requests),
            ("--max-tokens", _tokens(self.used), most.tokens),
            ("--max-cost", self._cost(self.used) or 0.0, most.cost),
        ):
            if limit is not None and used >= limit:
                raise BudgetError(
                    f"{name} {limit:g} is reached; what is accepted is remembered: run again"
                    " to go on"
                )

    def _cost(self, used: Usage) -> float | None:
        """In USD; None where nobody knows."""
        if used.cost is not None:
            return used.cost
        prompt, completion = self._limits.prompt_price, self._limits.completion_price
        if prompt is None or completion is None:
            return None
        return used.prompt_tokens * prompt + used.completion_tokens * completion


def _tokens(used: Usage) -> int:
    return used.prompt_tokens + used.completion_tokens
