"""Several models of one endpoint: fallbacks, a model for a language, options of each its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest

from tests.backends.asking import KEY, ask, backend, batch
from tests.servers import LoopbackServer
from tests.servers.faults import error_body
from tests.servers.http import HttpRequest, HttpResponse
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.errors import ConfigError, CreditError, FatalBackendError, ModelError
from translate_pipeline.model import Batch, Reply

Start = Callable[..., LoopbackServer]


class Picky(LoopbackServer):
    """`refusals` maps a model to the answer that all of its requests get."""

    def __init__(self, refusals: dict[str, HttpResponse]) -> None:
        super().__init__()
        self._refusals = refusals

    def _refuse(self, request: HttpRequest, body: dict[str, object]) -> HttpResponse | None:
        return self._refusals.get(str(body["model"])) or super()._refuse(request, body)


def models(server: LoopbackServer) -> list[object]:
    return [chat.body["model"] for chat in server.chats]


def one_after_the_other(asked: OpenAIBackend, *batches: Batch) -> list[Reply]:
    async def run() -> list[Reply]:
        try:
            return [await asked.translate(one) for one in batches]
        finally:
            await asked.aclose()

    return asyncio.run(run())


# --- which model answers -------------------------------------------------------------


def test_a_batch_says_which_model_is_to_answer(model_server: Start) -> None:
    server = model_server()
    asked = backend(server, model="a", fallback_models=("b", "c"))
    assert asked.fallbacks == 2
    replies = one_after_the_other(asked, *(batch(fallback=n) for n in (0, 1, 2, 0)))
    assert [reply.model for reply in replies] == models(server) == ["a", "b", "c", "a"]
    assert backend(server).fallbacks == 0


def test_a_language_has_a_model_of_its_own_by_name_or_tag(model_server: Start) -> None:
    server = model_server()
    asked = backend(
        server, model="a", models={"ja": "j", "zh-Hant-HK": "h"}, fallback_models=("b",)
    )
    targets = [("ja", 0), ("hant", 0), ("de", 0), ("ja", 1)]
    replies = one_after_the_other(asked, *(batch(target=t, fallback=n) for t, n in targets))
    assert [reply.model for reply in replies] == models(server) == ["j", "h", "a", "b"]


def test_the_signature_tells_which_models_may_have_answered() -> None:
    url = "https://models.example/v1"
    assert backend(url, model="a").signature.startswith("openai:a|prompts:")
    several = backend(url, model="a", fallback_models=("b", "c"), models={"ja": "j", "fr": "f"})
    assert several.signature.startswith("openai:a|for:fr=f,ja=j|else:b,c|prompts:")


# --- a model that is gone ------------------------------------------------------------


@pytest.mark.parametrize("code", [404, 403])
def test_a_model_that_is_gone_hands_over_to_the_next(code: int) -> None:
    refusals = {name: HttpResponse(code, error_body("Retired.")) for name in ("a", "b")}
    with Picky(refusals) as server:
        asked = backend(server, model="a", fallback_models=("b", "c"))
        first, later = one_after_the_other(asked, batch(), batch())
    assert (first.model, later.model) == ("c", "c")
    assert first.usage.requests == 3
    assert later.usage.requests == 1  # what is gone is not asked again
    assert models(server) == ["a", "b", "c", "c"]
    assert asked.gone.keys() == {"a", "b"}
    assert "Retired." in asked.gone["a"]


def test_rather_than_no_model_an_earlier_one_answers() -> None:
    with Picky({"b": HttpResponse(404, error_body("Retired."))}) as server:
        asked = backend(server, model="a", fallback_models=("b",))
        (reply,) = ask(asked, batch(fallback=1))
    assert reply.model == "a"


def test_when_none_is_left_the_error_is_fatal_and_names_each() -> None:
    gone = {name: HttpResponse(404, error_body(f"{name} retired.")) for name in "ab"}
    with Picky(gone) as server:
        asked = backend(server, model="a", fallback_models=("b",))

        async def run() -> list[BaseException]:
            caught: list[BaseException] = []
            for _ in range(2):
                try:
                    await asked.translate(batch())
                except FatalBackendError as error:
                    caught.append(error)
            await asked.aclose()
            return caught

        first, second = asyncio.run(run())
    assert type(first) is type(second) is ModelError
    assert "a retired." in str(first)
    assert "b retired." in str(first)
    assert first is not second
    assert len(server.requests) == 2


def test_without_credit_no_other_model_is_asked() -> None:
    with Picky({"a": HttpResponse(402, error_body("No credits."))}) as server:
        asked = backend(server, model="a", fallback_models=("b",))
        with pytest.raises(CreditError):
            ask(asked)
    assert models(server) == ["a"]


def test_a_model_whose_breaker_is_open_hands_over() -> None:
    """Nobody waits for a model that seems dead while another one answers."""
    with Picky({"a": HttpResponse(503, error_body("down"))}) as server:
        asked = backend(server, model="a", fallback_models=("b",), attempts=30)

        async def run() -> list[object]:
            begun = [asyncio.ensure_future(asked.translate(batch())) for _ in range(8)]
            while not asked._gate.resting("a"):
                await asyncio.sleep(0.01)
            replies = [await asked.translate(batch()) for _ in range(3)]
            for task in begun:
                task.cancel()
            await asyncio.gather(*begun, return_exceptions=True)
            await asked.aclose()
            return [reply.model for reply in replies]

        assert asyncio.run(run()) == ["b", "b", "b"]
    assert "a" in models(server)


def test_many_at_once_find_that_the_model_is_gone() -> None:
    with Picky({"a": HttpResponse(404, error_body("Retired."))}) as server:
        replies = ask(backend(server, model="a", fallback_models=("b",)), *[batch()] * 8)
    assert {reply.model for reply in replies} == {"b"}
    assert len(replies) == 8


# --- options of each its own -----------------------------------------------------------


class NoTemperature(LoopbackServer):
    """The model `a` takes no temperature."""

    def _refuse(self, request: HttpRequest, body: dict[str, object]) -> HttpResponse | None:
        if body["model"] == "a" and "temperature" in body:
            return HttpResponse(400, error_body("Unsupported.", param="temperature"))
        return None


def test_what_one_model_refuses_is_still_sent_to_the_other() -> None:
    with NoTemperature() as server:
        asked = backend(server, model="a", fallback_models=("b",))
        one_after_the_other(asked, batch(), batch(fallback=1), batch())
    assert [(c.body["model"], "temperature" in c.body) for c in server.chats] == [
        ("a", True),
        ("a", False),
        ("b", True),
        ("a", False),
    ]


def test_a_limit_that_thoughts_used_in_part_is_lifted_for_the_next_answers() -> None:
    class Thinking(LoopbackServer):
        """Cuts its answer where it has a limit, for it thought before."""

        def _answer(self, body: dict[str, object], task: object) -> HttpResponse:
            good = super()._answer(body, task)  # type: ignore[arg-type]
            value = json.loads(good.body)
            if "max_tokens" in body:
                value["choices"][0]["finish_reason"] = "length"
                value["usage"]["completion_tokens_details"] = {"reasoning_tokens": 400}
            return HttpResponse.of_json(value)

    with Thinking() as server:
        first, second = one_after_the_other(backend(server), batch(), batch())
    assert "truncated" in first.faults
    assert second.faults == ()
    assert ["max_tokens" in chat.body for chat in server.chats] == [True, False]


@pytest.mark.parametrize(
    "options",
    [
        {"fallback_models": ("b", " ")},
        {"models": {"de": ""}},
        {"reasoning": "little"},
        {"extra_body": {"messages": []}},
    ],
)
def test_options_that_cannot_be(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        backend("https://models.example/v1", **options)  # type: ignore[arg-type]


def test_one_deployment_is_one_model() -> None:
    url = "https://x.openai.azure.com/openai/deployments/D?api-version=2024-10-21"
    backend(url)
    with pytest.raises(ConfigError, match="names one deployment"):
        backend(url, fallback_models=("b",))
    backend("https://x.openai.azure.com/openai/v1", fallback_models=("b",), api_key=KEY)
