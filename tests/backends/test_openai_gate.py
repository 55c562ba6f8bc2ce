"""What the gate learns from a real server's answers, and what the backend makes of it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

from tests.backends.asking import KEY, batch
from tests.servers import LoopbackServer
from tests.servers.faults import error_body
from tests.servers.http import HttpRequest, HttpResponse
from translate_pipeline.backends._breaker import TRIPS_AT
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.errors import TransportError
from translate_pipeline.model import Reply


class Sick(LoopbackServer):
    """Fails every request for the model `sick`; counts the requests for each model."""

    def __init__(self, error: HttpResponse) -> None:
        super().__init__()
        self._handler = self._guarded
        self._error = error
        self.asked: Counter[str] = Counter()

    def _guarded(self, request: HttpRequest) -> HttpResponse:
        model = json.loads(request.body)["model"]
        self.asked[model] += 1
        return self._error if model == "sick" else self._handle(request)


def spare(server: LoopbackServer) -> OpenAIBackend:
    return OpenAIBackend(
        model="sick",
        fallback_models=["well"],
        base_url=server.base_url,
        api_key=KEY,
        concurrency=12,
        attempts=1,
    )


def ask_until_it_seems_dead(server: Sick) -> list[Reply | BaseException]:
    """12 calls at once, then 5 more; what the 5 got."""

    async def main() -> list[Reply | BaseException]:
        asked = spare(server)
        try:
            first = await asyncio.gather(
                *(asked.translate(batch()) for _ in range(12)), return_exceptions=True
            )
            assert {type(error) for error in first} == {TransportError}
            return await asyncio.gather(
                *(asked.translate(batch()) for _ in range(5)), return_exceptions=True
            )
        finally:
            await asked.aclose()

    return asyncio.run(main())


def test_a_model_that_seems_dead_is_left_alone_while_another_answers() -> None:
    with Sick(HttpResponse(status=503, body=error_body("down"))) as server:
        replies = ask_until_it_seems_dead(server)
    assert [reply.model for reply in replies if isinstance(reply, Reply)] == ["well"] * 5
    assert server.asked == {"sick": 12, "well": 5}
    assert TRIPS_AT <= 12


def test_an_error_inside_http_200_is_the_same_to_the_gate() -> None:
    with Sick(HttpResponse(body=error_body("Provider returned error", 502))) as server:
        replies = ask_until_it_seems_dead(server)
    assert server.asked == {"sick": 12, "well": 5}
    assert all(isinstance(reply, Reply) for reply in replies)


def test_refusals_are_no_sign_of_death() -> None:
    with Sick(HttpResponse(status=429, body=error_body("slow down"))) as server:
        replies = ask_until_it_seems_dead(server)
    assert server.asked == {"sick": 17}
    assert {type(error) for error in replies} == {TransportError}


def test_limits_told_in_headers_are_heard() -> None:
    """Nothing is left for ten seconds: the second request of a run would wait for them."""
    told = {
        "x-ratelimit-limit-requests": "6",
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "60s",
    }

    class Telling(LoopbackServer):
        def _handle(self, request: HttpRequest) -> HttpResponse:
            good = super()._handle(request)
            return HttpResponse(body=good.body, headers=told)

    async def main(server: LoopbackServer) -> None:
        asked = spare(server)
        try:
            await asked.translate(batch())
            second = asyncio.ensure_future(asked.translate(batch()))
            third = asyncio.ensure_future(
                asked.translate(batch(target="fr"))
            )  # another call of the same model waits as well
            await asyncio.sleep(0.3)
            assert not second.done()
            assert not third.done()
            second.cancel()
            third.cancel()
            await asyncio.gather(second, third, return_exceptions=True)
        finally:
            await asked.aclose()

    with Telling() as server:
        asyncio.run(main(server))
    assert len(server.chats) == 1
