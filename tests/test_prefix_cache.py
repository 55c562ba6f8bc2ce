"""The first request of an article is answered before its others go, and nobody else waits."""

from __future__ import annotations

import asyncio

import pytest

from tests.backends.asking import batch
from tests.virtual_time import simulate
from translate_pipeline.backends import Backend
from translate_pipeline.errors import ReplyError, TransportError
from translate_pipeline.model import Batch, Reply
from translate_pipeline.prefix_cache import PrefixFirst

LONG = "A sentence of forty letters stands here. " * 100


class Timed:
    """Answers after a second; keeps when each batch came. Fails as `faults` say, in order."""

    name = signature = "timed"
    writes = ""
    fallbacks = 0

    def __init__(self, *faults: Exception) -> None:
        self.at: list[tuple[str, float]] = []
        self._faults = list(faults)

    async def translate(self, batch: Batch) -> Reply:
        self.at.append((batch.pair.target.name, asyncio.get_running_loop().time()))
        fault = self._faults.pop(0) if self._faults else None
        await asyncio.sleep(1)
        if fault is not None:
            raise fault
        return Reply({})

    async def aclose(self) -> None:
        pass


def ask(backend: Backend, *batches: Batch) -> list[Reply | BaseException]:
    async def main() -> list[Reply | BaseException]:
        return await asyncio.gather(
            *(backend.translate(one) for one in batches), return_exceptions=True
        )

    return simulate(main())


def test_the_other_locales_wait_for_the_first_and_then_go_at_once() -> None:
    timed = Timed()
    asked = [batch(LONG, target=target) for target in ("de", "fr", "es", "it")]
    ask(PrefixFirst(timed), *asked)
    assert timed.at == [("de", 0), ("fr", 1), ("es", 1), ("it", 1)]


def test_other_articles_do_not_wait() -> None:
    timed = Timed()
    articles = [batch(LONG + str(n), target=t) for t in ("de", "fr") for n in range(20)]
    ask(PrefixFirst(timed), *articles)
    assert timed.at == [("de", 0)] * 20 + [("fr", 1)] * 20


@pytest.mark.parametrize("text", ["Short. " * 10, LONG * 20])
def test_what_no_cache_keeps_does_not_wait(text: str) -> None:
    timed = Timed()
    ask(PrefixFirst(timed), batch(text), batch(text, target="fr"))
    assert [at for _, at in timed.at] == [0, 0]


def test_without_an_answer_the_next_is_the_first() -> None:
    timed = Timed(TransportError("late"))
    asked = [batch(LONG, target=target) for target in ("de", "fr", "es", "it")]
    first, *others = ask(PrefixFirst(timed), *asked)
    assert isinstance(first, TransportError)
    assert all(isinstance(reply, Reply) for reply in others)
    assert timed.at == [("de", 0), ("fr", 1), ("es", 2), ("it", 2)]


def test_an_answer_that_is_no_translation_is_enough() -> None:
    timed = Timed(ReplyError("what?"))
    ask(PrefixFirst(timed), *(batch(LONG, target=target) for target in ("de", "fr", "es")))
    assert [at for _, at in timed.at] == [0, 1, 1]


def test_a_first_that_is_cancelled_hands_over() -> None:
    timed = Timed()
    backend = PrefixFirst(timed)

    async def main() -> None:
        first = asyncio.ensure_future(backend.translate(batch(LONG)))
        second = asyncio.ensure_future(backend.translate(batch(LONG, target="fr")))
        third = asyncio.ensure_future(backend.translate(batch(LONG, target="es")))
        await asyncio.sleep(0.25)
        first.cancel()
        await asyncio.sleep(0.25)
        third.cancel()
        await second
        await asyncio.gather(first, third, return_exceptions=True)

    simulate(main())
    assert timed.at == [("de", 0), ("fr", 0.25)]
    assert backend._first == {}


def test_what_was_asked_long_ago_is_asked_first_again() -> None:
    timed = Timed()
    backend = PrefixFirst(timed)

    async def main() -> None:
        for pause in (0, 299, 301):
            await asyncio.sleep(pause)
            begun = asyncio.get_running_loop().time()
            await asyncio.gather(*(backend.translate(batch(LONG)) for _ in range(3)))
            timed.at = [(name, at - begun) for name, at in timed.at]
            assert [at for _, at in timed.at] == ([0, 0, 0] if pause == 299 else [0, 1, 1])
            timed.at.clear()

    simulate(main())


def test_memory_does_not_grow_with_the_articles() -> None:
    timed = Timed()
    backend = PrefixFirst(timed)
    for start in range(0, 3000, 500):
        ask(backend, *(batch(f"{LONG}{n}") for n in range(start, start + 500)))
    assert len(backend._warm) == 1000
    assert backend._first == {}
