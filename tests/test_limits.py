"""Limits of a run: each request counts, and all at once pass a limit by one request at most."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.backends.asking import backend, batch
from tests.servers import LoopbackServer
from translate_pipeline.errors import (
    BackendError,
    BudgetError,
    FatalBackendError,
    TransportError,
)
from translate_pipeline.limits import Limited, Limits
from translate_pipeline.model import Batch, Reply, Usage

Start = Callable[..., LoopbackServer]


class Slow:
    """Takes 10 ms and `usage` for each call; fails where it is told to."""

    name = signature = "slow"
    writes = ""
    fallbacks = 0

    def __init__(self, usage: Usage, *, failing: int = 0) -> None:
        self.calls = self.now = self.most = 0
        self._usage = usage
        self._failing = failing

    async def translate(self, batch: Batch) -> Reply:
        self.calls += 1
        self.now += 1
        self.most = max(self.most, self.now)
        failing = self.calls <= self._failing
        await asyncio.sleep(0.01)
        self.now -= 1
        if failing:
            raise TransportError("late", usage=self._usage)
        return Reply({}, usage=self._usage)

    async def aclose(self) -> None:
        pass


def ask(limited: Limited, calls: int) -> list[BaseException | Reply]:
    async def main() -> list[BaseException | Reply]:
        asked = (limited.translate(batch()) for _ in range(calls))
        return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(main())


HUNDRED = Usage(requests=1, prompt_tokens=80, completion_tokens=20)


@pytest.mark.parametrize("failing", [0, 5])
@pytest.mark.parametrize(
    ("limits", "calls"),
    [
        (Limits(), 40),
        (Limits(requests=7), 7),
        (Limits(tokens=1000), 10),
        (Limits(tokens=950), 10),  # the last one passes it: by one request, not by 40
        (Limits(tokens=1), 1),
        (Limits(cost=0.5, prompt_price=0.0001, completion_price=0.0001), 50),
        (Limits(cost=0.1, prompt_price=0.0001, completion_price=0.0001), 10),
    ],
)
def test_forty_at_once_stop_where_one_would(limits: Limits, calls: int, failing: int) -> None:
    slow = Slow(HUNDRED, failing=failing)
    limited = Limited(slow, limits, lambda batch: HUNDRED)
    done = ask(limited, 40)
    assert slow.calls == min(calls, 40)
    stopped = [error for error in done if isinstance(error, BudgetError)]
    assert len(stopped) == 40 - slow.calls
    assert limited.used.requests == slow.calls
    assert all("is reached" in str(error) for error in stopped)


def test_far_from_a_limit_nobody_waits() -> None:
    slow = Slow(HUNDRED)
    ask(Limited(slow, Limits(tokens=100_000), lambda batch: HUNDRED), 40)
    assert slow.most == 40


def test_an_estimate_too_high_holds_back_and_stops_nobody() -> None:
    slow = Slow(HUNDRED)
    huge = Usage(requests=1, prompt_tokens=10**6)
    done = ask(Limited(slow, Limits(tokens=100_000), lambda batch: huge), 40)
    assert all(isinstance(reply, Reply) for reply in done)
    assert slow.calls == 40
    assert slow.most > 10  # once the first has told what a request takes


def test_money_nobody_can_count_is_told() -> None:
    (error,) = ask(Limited(Slow(HUNDRED), Limits(cost=1.0)), 1)
    assert isinstance(error, FatalBackendError)
    assert "set [prices]" in str(error)


def test_a_cancelled_call_lets_the_next_go() -> None:
    slow = Slow(HUNDRED)
    limited = Limited(slow, Limits(tokens=150), lambda batch: HUNDRED)

    async def main() -> None:
        first = asyncio.ensure_future(limited.translate(batch()))
        second = asyncio.ensure_future(limited.translate(batch()))
        await asyncio.sleep(0)
        assert slow.calls == 1
        first.cancel()
        assert isinstance(await second, Reply)

    asyncio.run(main())


# --- against a real server ---------------------------------------------------------------


def test_a_request_that_is_tried_again_counts_again(model_server: Start) -> None:
    server = model_server(script=["http_503"] * 9)
    limited = Limited(backend(server, concurrency=1), Limits(requests=3))
    (error,) = ask(limited, 1)
    assert type(error) is BudgetError
    assert isinstance(error, BackendError)
    assert error.usage == Usage(requests=3)
    assert len(server.requests) == limited.used.requests == 3


def test_requests_of_many_calls_and_their_tries_are_counted_together(model_server: Start) -> None:
    server = model_server(script=["http_503"] * 4, latency=0.02)
    limited = Limited(backend(server), Limits(requests=10))
    done = ask(limited, 20)
    assert len(server.requests) == 10
    assert sum(isinstance(reply, Reply) for reply in done) == 6
    assert limited.used.requests == 10


def test_without_limits_nothing_is_held_back(model_server: Start) -> None:
    server = model_server(script=["http_503"])
    limited = Limited(backend(server), Limits())
    (reply,) = ask(limited, 1)
    assert isinstance(reply, Reply)
    assert limited.used.requests == 2
