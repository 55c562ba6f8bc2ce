"""Who passes the gate, that none does after a fatal error, and what is left behind."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from tests.backends.simulated import Said, Simulated
from tests.virtual_time import simulate
from translate_pipeline.backends._gate import Gate
from translate_pipeline.backends._toll import asking
from translate_pipeline.errors import (
    AuthenticationError,
    BudgetError,
    CreditError,
)


class Meter:
    now = 0
    most = 0

    async def work(self, gate: Gate) -> None:
        async with gate.pass_through():
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.01)
            self.now -= 1


@pytest.mark.parametrize("concurrency", [1, 3])
def test_never_more_than_concurrency_at_once(concurrency: int) -> None:
    gate = Gate(concurrency)
    meter = Meter()

    async def many() -> None:
        await asyncio.gather(*(meter.work(gate) for _ in range(10)))

    asyncio.run(many())
    assert meter.most == concurrency
    asyncio.run(many())  # another loop, same gate
    assert meter.most == concurrency


def test_after_stop_nobody_passes_not_even_who_waits() -> None:
    gate = Gate(1)
    entered = []

    async def one(number: int) -> None:
        async with gate.pass_through():
            entered.append(number)
            await asyncio.sleep(0.01)
            gate.stop(CreditError("no credit"))

    async def many() -> list[BaseException | None]:
        return await asyncio.gather(*(one(i) for i in range(4)), return_exceptions=True)

    first, *others = asyncio.run(many())
    assert first is None
    assert entered == [0]
    assert [type(error) for error in others] == [CreditError] * 3
    assert {str(error) for error in others} == {"no credit"}


def test_the_first_reason_is_kept() -> None:
    gate = Gate(1)
    gate.stop(CreditError("first"))
    gate.stop(AuthenticationError("second"))
    with pytest.raises(CreditError, match="first"):
        gate.check()


# --- cancellation, budgets, what is left behind ------------------------------------------


def test_a_cancelled_call_gives_its_place_back_wherever_it_was() -> None:
    endpoint = Simulated(lambda number, now: Said(after=1.0), concurrency=2)

    async def main() -> None:
        for moment in (0.0, 0.5, 1.0, 1.5):
            tasks = [asyncio.ensure_future(endpoint.call()) for _ in range(6)]
            await asyncio.sleep(moment)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            # Leave that came with the cancellation: one is let in, then cancelled at once.
            first = asyncio.ensure_future(endpoint.call())
            other = asyncio.ensure_future(endpoint.call())
            await asyncio.sleep(0)
            other.cancel()
            await first
        await asyncio.gather(*(endpoint.call() for _ in range(4)))

    simulate(main())
    assert endpoint.now == 0
    assert endpoint.most == 2


def test_leave_is_asked_for_every_request_and_refusing_it_frees_the_place() -> None:
    endpoint = Simulated(lambda number, now: Said(503 if number < 2 else 200), concurrency=1)
    asked = []

    def leave() -> None:
        asked.append(endpoint.now)
        if len(asked) > 4:
            raise BudgetError("enough")

    async def main() -> None:
        with asking(leave):
            await endpoint.call()
            assert len(asked) == 3
            await endpoint.call()
            with pytest.raises(BudgetError):
                await endpoint.call()
        await endpoint.call()  # outside nobody is asked

    simulate(main())
    assert asked == [0] * 5
    assert endpoint.passed == 3


def test_stopping_wakes_those_who_wait_for_a_pause() -> None:
    endpoint = Simulated(lambda number, now: Said(429, 0.1, {"retry-after": "100"}), concurrency=1)

    async def main() -> None:
        calls = [asyncio.ensure_future(endpoint.call()) for _ in range(3)]
        await asyncio.sleep(1)
        endpoint.gate.stop(CreditError("no credit"))
        done = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(error) for error in done] == [CreditError] * 3
        assert asyncio.get_running_loop().time() < 2

    simulate(main())


def test_a_gate_lets_go_of_loops_that_are_gone() -> None:
    gate = Gate(1)
    loops: list[weakref.ref[asyncio.AbstractEventLoop]] = []

    async def main() -> None:
        loops.append(weakref.ref(asyncio.get_running_loop()))
        async with gate.pass_through() as ticket:
            ticket.answered(429, {"retry-after": "0.01"})
        async with gate.pass_through():
            pass

    asyncio.run(main())
    gc.collect()
    assert loops[0]() is None
    assert len(gate._doors) == 0
