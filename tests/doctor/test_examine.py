"""The examination against real servers: what each kind shows, what it costs, what is refused."""

from __future__ import annotations

import asyncio
import re
import socket
from dataclasses import replace

import pytest
from _pytest.mark import ParameterSet

from tests.backends.asking import KEY, backend
from tests.doctor.endpoint import Endpoint
from tests.servers import MODEL
from tests.servers.faults import HTML
from tests.servers.http import HttpResponse, Manner
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.doctor import A_CENT, Diagnosis, examine
from translate_pipeline.doctor.article import self_test
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Kind, LocalePair

# US dollars per token, as OpenRouter writes them: 0.30 and 2.50 for a million.
PRICED = {
    "id": MODEL,
    "context_length": 65_536,
    "pricing": {"prompt": "0.0000003", "completion": "0.0000025"},
}


def slow(*cases: object) -> list[ParameterSet]:
    """Cases of the slow suite: each is a run of its own with a real client."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for case in cases
    ]


def pair(target: str = "de") -> LocalePair:
    return LocalePair(parse_locale("en"), parse_locale(target))


def examined(
    asked: OpenAIBackend,
    *,
    target: str = "de",
    prices: tuple[float, float] | None = None,
    most: float | None = A_CENT,
) -> Diagnosis:
    async def run() -> Diagnosis:
        try:
            return await examine(asked, pair(target), prices=prices, most=most)
        finally:
            await asked.aclose()

    return asyncio.run(run())


# --- a good endpoint --------------------------------------------------------------------


def test_a_good_endpoint_is_usable_and_nothing_is_to_be_done() -> None:
    with Endpoint(listed=[PRICED, {"id": "other"}], cost=1e-6) as server:
        found = examined(backend(server))
    assert found.usable
    assert (found.faults, found.advice, found.unasked) == ((), (), "")
    assert (found.offered, found.listed, found.context) == (True, 2, 65_536)
    assert (found.prompt_price, found.completion_price) == (0.0000003, 0.0000025)
    assert [(call.asked, call.right, call.unchanged) for call in found.calls] == [
        (3, 3, 0),
        (1, 1, 0),
    ]
    assert found.calls[0].usage.cached_tokens == 0
    assert found.calls[1].usage.cached_tokens > 1024  # enough for a provider's cache
    assert found.taken == (True, "max_tokens", "", "", True)
    assert found.usage.requests == len(server.posts) == 3
    assert found.cost.spent == pytest.approx(found.usage.cost)
    assert found.cost.most is not None
    assert 0 < (found.cost.spent or 0) < found.cost.most < A_CENT


@pytest.mark.parametrize("target", ["ja", *slow("ar", "hi", "hant", "ru")])
def test_it_works_in_other_scripts(target: str) -> None:
    with Endpoint() as server:
        found = examined(backend(server, api_key="none"), target=target)
    assert found.usable, found


def test_both_requests_share_their_prefix() -> None:
    with Endpoint() as server:
        examined(backend(server, api_key="none"))
    first, second = (post["messages"] for post in server.posts[:2])
    assert first[0] == second[0]  # type: ignore[index]
    texts = [messages[1]["content"].partition("<task>") for messages in (first, second)]  # type: ignore[index]
    assert texts[0][0] == texts[1][0]
    assert texts[0][2] != texts[1][2]


@pytest.mark.parametrize("long", [True, False])
def test_the_article_holds_what_models_spoil(long: bool) -> None:
    test = self_test(pair(), long=long)
    asked = [segment for batch in test.batches for segment in batch.segments]
    assert [s.kind for s in asked] == [Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH]
    text = " ".join(segment.text for segment in asked)
    for mark in ("`tide --today`", "](u1)", "**small**", "<x1/>"):
        assert mark in text
    assert (len(test.article.segments) > len(asked)) is long


# --- what costs nothing, what costs too much ----------------------------------------------


@pytest.mark.parametrize(
    ("price", "asked"),
    [
        (("0.0000015", "0.000005"), "long"),  # 1.50 and 5 for a million
        (("0.0000025", "0.00001"), "short"),
        (("0.00001", "0.00003"), ""),  # 10 and 30
        (("0.00015", "0.0006"), ""),
    ],
)
def test_a_dear_model_is_asked_less_or_not_at_all(price: tuple[str, str], asked: str) -> None:
    entry = {**PRICED, "pricing": {"prompt": price[0], "completion": price[1]}}
    with Endpoint(listed=[entry]) as server:
        found = examined(backend(server))
    assert bool(server.posts) == bool(asked)
    if asked:
        assert (found.calls[0].expected > 1000) is (asked == "long")
        assert (found.cost.spent or 0) <= A_CENT
    else:
        assert "more than 0.01" in found.unasked
        assert not found.usable


def test_whatever_it_costs() -> None:
    entry = {**PRICED, "pricing": {"prompt": "0.00015", "completion": "0.0006"}}
    with Endpoint(listed=[entry]) as server:
        found = examined(backend(server), most=None)
    assert found.usable
    assert found.cost.spent is not None
    assert found.cost.spent > A_CENT


def test_a_price_that_nobody_tells_is_too_dear_unless_the_config_does() -> None:
    with Endpoint() as server:
        found = examined(backend(server))
        assert "nobody says what a token costs" in found.unasked
        assert server.posts == []
        assert examined(backend(server), prices=(3e-7, 2.5e-6)).usable
        assert examined(backend(server), prices=(1e-3, 1e-3)).unasked
        # Who needs no key takes no money.
        assert examined(backend(server, api_key="none")).cost.spent == 0.0


def test_what_was_spent_leaves_nothing_for_the_schema() -> None:
    """The endpoint charges more than its price: no further request is sent."""
    with Endpoint(listed=[PRICED], cost=0.001) as server:
        found = examined(backend(server))
    assert len(server.posts) == 2
    assert found.taken.structured is None
    assert found.usable


# --- what it takes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("structured", "held"), [("held", True), ("ignored", False), ("refused", False)]
)
def test_a_schema_is_held_to_ignored_or_refused(structured: str, held: bool) -> None:
    with Endpoint(structured=structured) as server:
        found = examined(backend(server, api_key="none"))
    assert found.taken.structured is held
    assert found.usable


def test_what_it_does_not_take() -> None:
    rejects = {"temperature": "no", "max_tokens": "use max_completion_tokens: unsupported"}
    with Endpoint(rejects=rejects) as server:
        found = examined(backend(server, api_key="none"))
    assert found.usable
    assert (found.taken.temperature, found.taken.limit) == (False, "max_completion_tokens")


def test_an_effort_that_is_not_taken_is_told() -> None:
    rejects = {"reasoning_effort": "Unsupported parameter: reasoning_effort"}
    with Endpoint(rejects=rejects) as server:
        found = examined(backend(server, api_key="none", reasoning="none"))
    assert found.usable
    assert (found.taken.wished, found.taken.effort) == ("none", "")
    assert any('`reasoning = "none"` is not taken' in text for text in found.advice)


def test_a_model_that_thinks_gets_more_room_once() -> None:
    with Endpoint(thinking=900) as server:
        found = examined(backend(server, api_key="none"))
    assert found.usable
    assert [call.thinking for call in found.calls] == [900, 900]
    assert any("were thoughts" in text for text in found.advice)
    assert all(isinstance(post.get("max_tokens"), int) for post in server.posts)


def test_a_model_that_thinks_without_end_is_not_usable() -> None:
    with Endpoint(thinking=90_000) as server:
        found = examined(backend(server, api_key="none"))
    assert not found.usable
    assert "let it think less" in found.faults[0]
    assert len(server.posts) == 2


# --- servers that misbehave -----------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(404),
        HttpResponse(200, HTML, "text/html"),
        HttpResponse.of_json({"data": [7, None, {"id": 3}, {"id": "two\nlines"}, {}]}),
        *slow(
            HttpResponse(405, b'{"detail": "Method Not Allowed"}'),
            HttpResponse(500, b"oops"),
            HttpResponse(200, b"not json"),
            HttpResponse(200, b"[" * 9999),
            HttpResponse.of_json({"data": []}),
            HttpResponse.of_json({"data": {"id": MODEL}}),
            HttpResponse.of_json({"error": "Unexpected endpoint or method. (GET /models)"}),
        ),
    ],
)
def test_a_server_without_a_list_of_models_is_asked_all_the_same(answer: HttpResponse) -> None:
    with Endpoint(listed=answer) as server:
        found = examined(backend(server, api_key="none"))
    assert found.usable
    assert found.offered is None
    assert found.listed == 0


def test_a_model_that_is_not_in_the_list() -> None:
    listed = [{"id": "vendor/tide-large"}, {"id": "vendor/tide-small"}, {"id": "else"}]
    with Endpoint(listed=listed, models=["vendor/tide-large"]) as server:
        found = examined(
            backend(server, model="tide-larg", fallback_models=("else", "gone"), api_key="none")
        )
    assert not found.usable
    assert "is not offered there" in found.faults[0]
    assert found.near[0] == "vendor/tide-large"
    assert found.missing == ("gone",)
    assert any("near: vendor/tide-large" in text for text in found.advice)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("http_402", "add credit"),
        ("http_429", "Rate limit"),
        ("http_503", "upstream connect error"),
        ("html_200", "HTML page"),
        *slow(
            ("content_filter", "content filter"),
            ("malformed", "something else than JSON|without choices"),
            ("finish_error", "finish_reason: error"),
            ("huge", "more than 8 MB"),
            ("reset", "no answer from"),
            ("hang", "no complete answer"),
            ("refusal", "declined|no segment came back"),
        ),
    ],
)
def test_a_fault_makes_it_unusable_and_is_told(kind: str, words: str) -> None:
    with Endpoint(script=[kind] * 9) as server:
        found = examined(backend(server, api_key="none", timeout=1.0))
        assert len(server.posts) <= 2
    assert not found.usable
    (fault,) = found.faults
    assert re.search(words, fault), fault


def test_a_key_that_is_refused_is_told_without_it() -> None:
    with Endpoint(api_key="another") as server:
        found = examined(backend(server))
    assert not found.usable
    assert "check the key" in found.faults[0]
    assert KEY not in repr(found)
    assert server.posts == []


def test_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
    found = examined(backend(url, api_key="none"))
    assert not found.usable
    assert found.faults[0].startswith(f"no answer from {url}")


def test_a_list_that_never_ends_is_given_up() -> None:
    listed = replace(HttpResponse.of_json({"data": []}), manner=Manner.DRIP)
    with Endpoint(listed=listed) as server:
        found = examined(backend(server, api_key="none", timeout=0.3))
    assert "no complete answer" in found.faults[0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"faults": {"segment_missing": 1.0}}, "no segment came back"),
        ({"faults": {"echo": 1.0}}, "in the language of the source"),
        ({"faults": {"placeholder_dropped": 1.0}}, "came back missing or damaged"),
        ({"reads": 0.3, "caches": False}, "read less than half of the prompt"),
        ({"counts": False}, "does not report tokens"),
        ({"caches": False}, "no cached tokens were reported"),
        ({"listed": [{"id": MODEL, "max_model_len": 4096}]}, "a context of 4096 tokens is little"),
        # llama.cpp: one model, which answers to any name
        ({"listed": [{"id": "m.gguf", "meta": {"n_ctx": 2048}}]}, "a context of 2048 tokens"),
    ],
)
def test_what_is_odd_is_told(options: dict[str, object], words: str) -> None:
    with Endpoint(**options) as server:  # type: ignore[arg-type]
        found = examined(backend(server, api_key="none"))
    assert any(words in text for text in (*found.faults, *found.advice)), found
    assert found.usable is (not found.faults)
