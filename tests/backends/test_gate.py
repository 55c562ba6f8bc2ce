"""How many calls pass at once, and that none passes after a fatal error."""

from __future__ import annotations

import asyncio

import pytest

from translate_pipeline.backends._gate import Gate
from translate_pipeline.errors import AuthenticationError, CreditError


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
