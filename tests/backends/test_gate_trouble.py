"""Refusals, overload, outages and a dead endpoint at the real gate, in simulated time."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from tests.backends.simulated import Said, Simulated, crowd, refusing
from tests.servers.storm import Bucket
from tests.virtual_time import simulate
from translate_pipeline.backends._breaker import PAUSES, TRIPS_AT
from translate_pipeline.errors import FatalBackendError, TransportError


@pytest.mark.parametrize("retry_after", ["seconds", ""])
@pytest.mark.parametrize("latency", [0.05, 2.0])
def test_a_storm_costs_little_and_nobody_is_lost(latency: float, retry_after: str) -> None:
    """The server bears 10 requests a second, and tells so by refusing alone."""
    endpoint = Simulated(refusing(Bucket(10, 10), latency, retry_after), concurrency=64)

    async def main() -> tuple[list[BaseException], float]:
        return await crowd(endpoint, 600, 128), asyncio.get_running_loop().time()

    errors, seconds = simulate(main())
    assert errors == []
    assert endpoint.passed == 600
    assert endpoint.passed / (10 * (seconds - latency)) >= 0.9
    assert len(endpoint.at) - endpoint.passed < 100


def test_retry_after_keeps_everybody_waiting() -> None:
    def answer(number: int, now: float) -> Said:
        return Said(429, 0.1, {"retry-after": "30"}) if number == 0 else Said(after=0.1)

    endpoint = Simulated(answer, concurrency=2)
    assert simulate(crowd(endpoint, 20, 10)) == []
    assert endpoint.at[:2] == [0.0, 0.0]
    assert endpoint.at[2] == pytest.approx(30.1, abs=1e-3)
    assert len(endpoint.at) == 21


def test_who_is_tried_again_comes_before_who_begins() -> None:
    order: list[int] = []

    def answer(number: int, now: float) -> Said:
        return Said(429, 0.1, {"retry-after": "1"}) if number == 0 else Said(after=0.1)

    endpoint = Simulated(answer, concurrency=1)

    async def one(number: int) -> None:
        await endpoint.call()
        order.append(number)

    async def main() -> None:
        await asyncio.gather(*(one(number) for number in range(5)))

    simulate(main())
    assert order == [0, 1, 2, 3, 4]


def test_refusals_while_others_are_answered_count_as_no_tries() -> None:
    """Every second request is refused, and it is one call's, whichever that is."""

    def answer(number: int, now: float) -> Said:
        return Said(429, 0.1) if number % 2 and number < 40 else Said(after=0.1)

    endpoint = Simulated(answer, concurrency=2, attempts=2, backoff=0.1)
    assert simulate(crowd(endpoint, 60, 2)) == []
    alone = Simulated(lambda number, now: Said(429, 0.1), concurrency=2, attempts=2, backoff=0.1)
    errors = simulate(crowd(alone, 2, 2))
    assert [str(error) for error in errors] == ["HTTP 429 (tried 2 times)"] * 2


def test_a_pause_beyond_patience_ends_every_call_without_a_request() -> None:
    endpoint = Simulated(lambda number, now: Said(429, 0.1, {"retry-after": "3600"}), concurrency=1)
    errors = simulate(crowd(endpoint, 10, 5))
    assert [type(error) for error in errors] == [TransportError] * 10
    assert "asks for a pause of 3600 s" in str(errors[1])
    assert len(endpoint.at) == 1


def test_limits_in_headers_are_kept_to() -> None:
    """600 requests a minute, told as OpenAI tells it: hardly one is refused."""
    bucket = Bucket(10, 20)
    refused = []

    def answer(number: int, now: float) -> Said:
        wait = bucket.take(now)
        if wait:
            refused.append(number)
        headers = {
            "x-ratelimit-limit-requests": "20",
            "x-ratelimit-remaining-requests": str(int(bucket._level)),
            "x-ratelimit-reset-requests": f"{(20 - bucket._level) / 10:.3f}s",
        }
        return Said(429 if wait else 200, 0.02 if wait else 0.3, headers)

    endpoint = Simulated(answer, concurrency=8)

    async def main() -> float:
        assert await crowd(endpoint, 500, 16) == []
        return asyncio.get_running_loop().time()

    seconds = simulate(main())
    assert len(refused) <= 5  # headers tell whole requests: a rate from them is not exact
    assert 480 / 10 <= seconds < 480 / 10 / 0.9


def test_tokens_a_minute_hold_back_too() -> None:
    headers = {
        "x-ratelimit-limit-tokens": "6000",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-tokens": "60s",
    }
    endpoint = Simulated(lambda number, now: Said(after=0.0, headers=headers), concurrency=4)

    async def main() -> None:
        for _ in range(4):
            await endpoint.call(tokens=500)

    simulate(main())
    gaps = [b - a for a, b in pairwise(endpoint.at)]
    assert gaps == pytest.approx([5, 5, 5], abs=0.01)


# --- the window and the breaker ---------------------------------------------------------


def test_an_overloaded_endpoint_sees_fewer_at_once() -> None:
    """It fails whatever comes beyond 10 at once; half of all requests would fail at 20."""
    endpoint: Simulated

    def answer(number: int, now: float) -> Said:
        return Said(503, 0.5) if endpoint.now >= 10 else Said(after=1.0)

    endpoint = Simulated(answer, concurrency=20)
    assert simulate(crowd(endpoint, 600, 40)) == []
    failed = len(endpoint.at) - 600
    assert failed < 90  # it may fail one in ten; half of them would without the window
    assert endpoint.most == 20


@pytest.mark.parametrize(("alive", "trials"), [(0, 4), (10, len(PAUSES))])
def test_a_dead_endpoint_ends_every_call_in_bounded_time(alive: int, trials: int) -> None:
    endpoint = Simulated(
        lambda number, now: Said(200 if number < alive else 0, 0.1), concurrency=8, attempts=5
    )

    async def main() -> tuple[list[BaseException], float]:
        return await crowd(endpoint, 50, 16), asyncio.get_running_loop().time()

    errors, seconds = simulate(main())
    assert len(errors) == 50 - alive
    assert {type(error) for error in errors} == {FatalBackendError}
    assert f"the endpoint is down: {TRIPS_AT + trials} requests in a row" in str(errors[0])
    assert "(last: silence)" in str(errors[0])
    assert len(endpoint.at) <= alive + TRIPS_AT + 8 + trials
    assert seconds < sum(PAUSES[:trials]) + 5


@pytest.mark.parametrize("outage", [5.0, 20.0, 40.0])
def test_an_outage_of_less_than_a_minute_loses_nobody(outage: float) -> None:
    def answer(number: int, now: float) -> Said:
        return Said(0, 0.05) if 10 <= now < 10 + outage else Said(after=0.5)

    endpoint = Simulated(answer, concurrency=8)
    assert simulate(crowd(endpoint, 400, 16)) == []
    assert sum(10 <= at < 10 + outage for at in endpoint.at) <= TRIPS_AT + 8 + len(PAUSES)


def test_each_model_has_a_state_of_its_own() -> None:
    def answer(number: int, now: float) -> Said:
        return Said(0, 0.01)

    endpoint = Simulated(answer, concurrency=4, attempts=12, backoff=0.0)

    async def main() -> None:
        call = asyncio.ensure_future(endpoint.call("first"))
        await asyncio.sleep(0.5)
        assert endpoint.gate.resting("first")
        assert not endpoint.gate.resting("second")
        assert not endpoint.gate.dead("first")
        async with endpoint.gate.pass_through("second") as ticket:
            ticket.answered(200, {})
        with pytest.raises(FatalBackendError, match="is down"):
            await call
        assert endpoint.gate.dead("first")
        assert not endpoint.gate.dead("second")

    simulate(main())


def test_models_share_the_places() -> None:
    endpoint = Simulated(lambda number, now: Said(after=1.0), concurrency=3)

    async def main() -> None:
        await asyncio.gather(*(endpoint.call(f"model {n % 4}") for n in range(20)))

    simulate(main())
    assert endpoint.most == 3
