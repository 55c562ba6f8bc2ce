"""Takes a backend, gives one that sends nothing beyond the run's limits.

The law: a limit stops between requests, never inside one: what is under way is paid for and
is used. Costs come from the endpoint, else from the prices in the config.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

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


class Limited:
    """`backend` under `limits`; shared by all pipelines of a run.

    Requests that are under way when a limit is reached still count: a run at N requests at
    once can pass a limit of tokens or money by what N requests cost. `expect` estimates a
    request; what it said of some answered ones is kept beside what they took.
    """

    def __init__(
        self,
        backend: Backend,
        limits: Limits,
        expect: Callable[[Batch], Usage] | None = None,
    ) -> None:
        self.used = Usage()
        self.expected = Usage()  # of the requests in `answered`, by `expect`
        self.answered = Usage()
        self._expect = expect
        self._backend = backend
        self._limits = limits
        self._sent = 0

    @property
    def name(self) -> str:
        return self._backend.name

    @property
    def signature(self) -> str:
        return self._backend.signature

    @property
    def writes(self) -> str:
        return self._backend.writes

    @property
    def fallbacks(self) -> int:
        return self._backend.fallbacks

    async def translate(self, batch: Batch) -> Reply:
        """The backend's reply. Raises BudgetError once a limit is reached,
        FatalBackendError where a limit of money cannot be held."""
        self._check()
        self._sent += 1
        try:
            reply = await self._backend.translate(batch)
        except BackendError as error:
            self.used += error.usage or Usage()
            raise
        self.used += reply.usage
        # To estimate costs as much as to compose the request; the first and one in ten tell enough.
        telling = self._sent <= 20 or self._sent % 10 == 0
        if telling and self._expect is not None and reply.usage.prompt_tokens:
            self.expected += self._expect(batch)
            self.answered += reply.usage
        if self._limits.cost is not None and self._cost() is None:
            raise FatalBackendError(
                "--max-cost: the endpoint does not say what a request costs; set [prices] in the"
                " config, or use --max-tokens",
                usage=reply.usage,
            )
        return reply

    async def aclose(self) -> None:
        await self._backend.aclose()

    def _check(self) -> None:
        most = self._limits
        tokens = self.used.prompt_tokens + self.used.completion_tokens
        for name, used, limit in (
            ("--max-requests", self._sent, most.requests),
            ("--max-tokens", tokens, most.tokens),
            ("--max-cost", self._cost() or 0.0, most.cost),
        ):
            if limit is not None and used >= limit:
                raise BudgetError(
                    f"{name} {limit:g} is reached; what is accepted is remembered: run again"
                    " to go on"
                )

    def _cost(self) -> float | None:
        """What was used so far, in USD; None where nobody knows."""
        if self.used.cost is not None:
            return self.used.cost
        prompt, completion = self._limits.prompt_price, self._limits.completion_price
        if prompt is None or completion is None:
            return None
        return self.used.prompt_tokens * prompt + self.used.completion_tokens * completion
