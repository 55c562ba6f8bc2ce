"""Pace: when many replies come at once, the next requests go out before the work is done."""

from __future__ import annotations

import asyncio

import pytest

from translate_pipeline.backends import Backend
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Batch, LocalePair, Reply
from translate_pipeline.pace import Paced

BATCH = Batch(LocalePair(parse_locale("en"), parse_locale("de")), ())


class Wave:
    """Answers all requests under way at the same moment; `places` are under way at once."""

    name = "wave"
    signature = "wave/1"
    writes = "en-XA"

    def __init__(self, places: int) -> None:
        self.events: list[str] = []
        self._places = asyncio.Semaphore(places)
        self.closed = False

    async def translate(self, batch: Batch) -> Reply:
        async with self._places:
            self.events.append("request")
            # Not a timer for each: these all end in the same turn of the loop.
            loop = asyncio.get_running_loop()
            await asyncio.sleep(0.05 - loop.time() % 0.05)
        return Reply({})

    async def aclose(self) -> None:
        self.closed = True


def events(paced: bool) -> list[str]:
    """What happens with 12 articles at 4 places, in order."""

    async def main() -> list[str]:
        wave = Wave(4)
        backend: Backend = Paced(wave) if paced else wave

        async def article() -> None:
            await backend.translate(BATCH)
            wave.events.append("work")

        async with asyncio.TaskGroup() as group:
            for _ in range(12):
                group.create_task(article())
        return wave.events

    return asyncio.run(main())


def test_requests_go_first() -> None:
    order = events(paced=True)
    assert (order.count("request"), order.count("work")) == (12, 12)
    # With four places: the fifth request is out before a second reply is worked on.
    assert order[:4] == ["request"] * 4
    assert order[4:7].count("work") <= 2
    second_wave = [i for i, event in enumerate(order) if event == "request"][7]
    assert order[:second_wave].count("work") < 4


def test_without_it_they_wait() -> None:
    """What the class is for: all replies of a wave are worked on before the next request."""
    assert events(paced=False)[:8] == ["request"] * 4 + ["work"] * 4


def test_it_is_the_backend_otherwise() -> None:
    async def main() -> None:
        wave = Wave(1)
        paced = Paced(wave)
        assert (paced.name, paced.signature, paced.writes) == ("wave", "wave/1", "en-XA")
        await paced.aclose()
        assert wave.closed

    asyncio.run(main())


def test_a_cancelled_caller_does_not_block_the_others() -> None:
    async def main() -> None:
        paced = Paced(Wave(8))
        tasks = [asyncio.create_task(paced.translate(BATCH)) for _ in range(8)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        done = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
        assert sum(isinstance(result, Reply) for result in done) == 7

    asyncio.run(main())


def test_errors_pass() -> None:
    class Broken(Wave):
        async def translate(self, batch: Batch) -> Reply:
            raise ValueError("broken")

    async def main() -> None:
        with pytest.raises(ValueError, match="broken"):
            await Paced(Broken(1)).translate(BATCH)

    asyncio.run(main())
