"""Hostile and odd bodies, as literal tables: what each means for the run."""

from __future__ import annotations

import pytest

from tests.backends.asking import KEY
from translate_pipeline.backends._openai_answer import decode, read_answer, usage_of
from translate_pipeline.backends._openai_faults import Endpoint, fault_of
from translate_pipeline.backends._retry import Passing
from translate_pipeline.errors import (
    BackendError,
    CreditError,
    FatalBackendError,
    ModelError,
    RefusalError,
    ReplyError,
    TransportError,
)
from translate_pipeline.model import Usage

HERE = Endpoint("https://models.example/v1", "vendor/model", KEY)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe{}",
        b'{"n": ' + b"9" * 5000 + b"}",
        b'{"choices": [',
    ],
)
def test_bodies_that_are_no_answer(body: bytes) -> None:
    outcome = decode(HERE, body, "application/json")
    assert isinstance(outcome, Passing)
    assert type(outcome.error) is ReplyError
    assert len(str(outcome)) < 320


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"choices": None},
        {"choices": []},
        {"choices": {}},
        {"choices": "text"},
        {"choices": [None]},
        {"choices": [{}]},
        {"choices": [{"message": None}]},
        {"choices": [{"message": "text"}]},
        {"choices": [{"message": {}}]},
        {"choices": [{"message": {"content": None}}]},
        {"choices": [{"message": {"content": 7}}]},
        {"choices": [{"message": {"content": " \n"}}]},
        {"choices": [{"message": {"content": [None, {"text": None}, {"type": "text"}]}}]},
        {"choices": [{"message": {"content": "x"}, "finish_reason": "error"}]},
    ],
)
def test_answers_without_text_may_pass(payload: dict[str, object]) -> None:
    outcome = read_answer(HERE, payload, {})
    assert isinstance(outcome, Passing)
    assert type(outcome.error) is ReplyError
    assert outcome.attempts == 3


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"content": "<1>Hallo"}, "<1>Hallo"),
        ({"content": [{"type": "text", "text": "<1>"}, {"type": "text", "text": "A"}]}, "<1>A"),
        ({"content": "half \ud83d of a pair"}, "half \ufffd of a pair"),
        ({"content": "both \ud83d\ude00 halves"}, "both \U0001f600 halves"),
        ({"content": "A", "refusal": ""}, "A"),
    ],
)
def test_answers_with_text(message: dict[str, object], text: str) -> None:
    outcome = read_answer(HERE, {"choices": [{"message": message}]}, {})
    assert getattr(outcome, "text", outcome) == text


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (None, Usage()),
        ("many", Usage()),
        ({"prompt_tokens": "7", "completion_tokens": True, "cost": "free"}, Usage()),
        ({"prompt_tokens": -7, "completion_tokens": 1.5, "cost": float("nan")}, Usage()),
        (
            {"prompt_tokens": 9, "completion_tokens": 4, "cost": 0.25, "total_tokens": 13},
            Usage(prompt_tokens=9, completion_tokens=4, cost=0.25),
        ),
        (
            {"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 8}, "cost": 0},
            Usage(prompt_tokens=9, cached_tokens=8, cost=0.0),
        ),
        ({"prompt_tokens_details": [], "prompt_cache_hit_tokens": 5}, Usage(cached_tokens=5)),
        ({"cost": -1}, Usage(cost=0.0)),
    ],
)
def test_usage(usage: object, expected: Usage) -> None:
    assert usage_of({"usage": usage}) == expected


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        # OpenRouter
        (400, {"message": "foo/bar is not a valid model ID", "code": 400}, ModelError),
        (403, {"message": "Your input was flagged", "metadata": {"reasons": []}}, RefusalError),
        (404, {"message": "No endpoints found for foo/bar.", "code": 404}, ModelError),
        # OpenAI
        (
            403,
            {"message": "Country not supported", "code": "unsupported_country"},
            ModelError,
        ),
        (429, {"message": "quota", "type": "insufficient_quota"}, CreditError),
        (400, {"message": "limit", "code": "billing_hard_limit_reached"}, CreditError),
        (400, {"message": "maximum", "code": "context_length_exceeded"}, ReplyError),
        (404, {"message": "No allowed providers are available", "code": 404}, ModelError),
        (404, {"message": "No endpoints found matching your data policy"}, ModelError),
        # Local servers: Ollama, llama.cpp, LM Studio, vLLM
        (404, {"message": 'model "x" not found, try pulling it first'}, ModelError),
        (500, {"message": "model requires more system memory (9 GiB) than is there"}, ModelError),
        (
            400,
            {"message": "the request exceeds the context", "type": "exceed_context_size_error"},
            ReplyError,
        ),
        (
            400,
            "Trying to keep the first 9 tokens: loaded with context length of only 4",
            ReplyError,
        ),
        (400, "No models loaded. Please load a model in the developer page", ModelError),
        (0, "Unexpected endpoint or method. (POST /chat/completions)", ModelError),
        (404, {"object": "error", "message": "The model `x` does not exist."}, ModelError),
        (404, {"detail": "Not Found"}, ModelError),
        (405, {"detail": "Method Not Allowed"}, ModelError),
        # A page that has moved: a key is not carried after it
        (301, None, FatalBackendError),
        # Azure
        (400, {"message": "filtered", "code": "content_filter"}, RefusalError),
        (404, {"message": "gone", "code": "DeploymentNotFound"}, ModelError),
        # Others, and shapes nobody promised
        (410, "retired", ModelError),
        (400, {"message": "This model's maximum context length is 8192 tokens"}, ReplyError),
        (422, [{"loc": ["body"]}], TransportError),
        (418, None, TransportError),
        (400, {"message": {"nested": "object"}, "code": ["x"], "param": 7}, TransportError),
    ],
)
def test_standing_faults_of_known_endpoints(
    status: int, error: object, expected: type[BackendError]
) -> None:
    assert type(fault_of(HERE, status=status, error=error, sent={})) is expected
