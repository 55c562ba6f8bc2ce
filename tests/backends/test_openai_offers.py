"""Lists of models, the honest and the hostile ones, as literal tables."""

from __future__ import annotations

import json

import pytest

from translate_pipeline.backends._openai_client import Answered, Refused
from translate_pipeline.backends._openai_faults import Endpoint
from translate_pipeline.backends._openai_offers import Offer, Offers, read_offers
from translate_pipeline.backends._retry import Passing
from translate_pipeline.errors import (
    AuthenticationError,
    FatalBackendError,
    ReplyError,
    TransportError,
)

HERE = Endpoint("https://models.example/v1", "vendor/model", "sk-test-0123456789")


def offers(*entries: object) -> Offers:
    return read_offers(HERE, Answered(json.dumps({"data": entries}).encode(), {}))


@pytest.mark.parametrize(
    ("entry", "offer"),
    [
        # OpenRouter
        (
            {
                "id": "a/b",
                "context_length": 1000,
                "pricing": {"prompt": "0.0000025", "completion": "0.00001"},
                "supported_parameters": ["temperature", "max_tokens", 7],
            },
            Offer("a/b", 1000, 2.5e-6, 1e-5, frozenset({"temperature", "max_tokens"})),
        ),
        # vLLM, llama.cpp, OpenAI and Ollama
        ({"id": "v", "max_model_len": 4096}, Offer("v", 4096)),
        ({"id": "l", "meta": {"n_ctx_train": 8192, "size": 1}}, Offer("l", 8192)),
        ({"id": "l", "meta": {"n_ctx": 2048, "n_ctx_train": 8192}}, Offer("l", 2048)),
        ({"id": "gpt", "object": "model", "owned_by": "x"}, Offer("gpt")),
        # Nonsense
        ({"id": "n", "context_length": "many", "pricing": "free"}, Offer("n")),
        ({"id": "n", "context_length": True, "meta": []}, Offer("n")),
        ({"id": "n", "context_length": -1, "max_model_len": 5}, Offer("n", 5)),
        ({"id": "n", "pricing": {"prompt": "-1", "completion": "NaN"}}, Offer("n")),
        ({"id": "n", "pricing": {"prompt": [1], "completion": "9" * 400}}, Offer("n")),
        ({"id": "n", "pricing": {"prompt": True, "completion": 0}}, Offer("n", None, None, 0.0)),
    ],
)
def test_an_entry(entry: dict[str, object], offer: Offer) -> None:
    found = offers(entry)
    assert found.of(str(entry["id"])) == offer


def test_a_variant_is_offered_with_its_model() -> None:
    found = offers({"id": "a/b"}, {"id": "c:7b"})
    assert found.of("a/b:nitro") == Offer("a/b")
    assert found.of("c:7b") == Offer("c:7b")
    assert found.of("c:13b") is None
    assert found.of("b") is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("gemma3:12b", ["gemma3:27b", "vendor/gemma3-large"]),
        ("gemma3", ["gemma3:27b", "vendor/gemma3-large"]),
        ("Vendor/Gemma3-Large", ["vendor/gemma3-large"]),
        ("zzz", []),
        ("", []),
        ("/", []),
    ],
)
def test_names_that_may_have_been_meant(name: str, near: list[str]) -> None:
    found = offers({"id": "gemma3:27b"}, {"id": "vendor/gemma3-large"}, {"id": "qwen3"})
    assert set(found.near(name)) >= set(near)
    assert bool(found.near(name)) is bool(near)


def test_what_is_no_list() -> None:
    for body in (b"", b"{}", b'{"data": 3}', b"<html>", b"[1]", b'{"data": [[]]}'):
        found = read_offers(HERE, Answered(body, {}))
        assert (found.models, bool(found.fault)) == ({}, True)
    found = read_offers(HERE, Refused(404, "nothing here", {}))
    assert found.fault == "it gives no list of its models (HTTP 404)"


def test_what_no_examination_survives() -> None:
    with pytest.raises(AuthenticationError):
        read_offers(HERE, Refused(401, {"message": "no"}, {}))
    with pytest.raises(FatalBackendError, match="redirects to https://elsewhere"):
        read_offers(HERE, Refused(302, None, {"location": "https://elsewhere.example/"}))
    with pytest.raises(TransportError):
        read_offers(HERE, Passing(TransportError("late")))
    with pytest.raises(ReplyError):
        read_offers(HERE, ReplyError("more than 8 MB"))
