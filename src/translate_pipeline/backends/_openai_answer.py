"""Takes the body of a chat completion, gives its text and what it cost, or the fault it is.

The law: nothing about the body is believed. Every shape that is not one non-empty text by a
model becomes a typed fault, and usage is counted even then, for it was paid.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import NamedTuple

from translate_pipeline.backends._openai_faults import Endpoint, Fault, fault_of
from translate_pipeline.backends._retry import Passing
from translate_pipeline.errors import RefusalError, ReplyError
from translate_pipeline.model import Usage

__all__ = ["Answer", "Exhausted", "decode", "read_answer", "usage_of"]

# An empty or broken answer seldom gets better: the model, not the network, is at fault.
_FEW = 3
# What gateways call it when the answer was cut at the token limit.
_CUT = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})


class Answer(NamedTuple):
    """The model's text; `truncated` when it was cut at the token limit.

    `thinking` is the number of tokens that it thought before, where the endpoint tells.
    """

    text: str
    truncated: bool
    model: str
    thinking: int = 0


class Exhausted(Exception):
    """The token limit was used up before the first word (a model that thinks aloud)."""

    def __init__(self, error: ReplyError) -> None:
        super().__init__(str(error))
        self.error = error


def decode(endpoint: Endpoint, body: bytes, content_type: str) -> Mapping[str, object] | Passing:
    """The JSON object a body holds, or the fault that it holds none."""
    start = body[:400].decode("utf-8", "replace").lstrip()
    if "html" in content_type or start.startswith("<"):
        return Passing(
            ReplyError(
                f"{endpoint.base_url} answered with an HTML page; check that the base URL is"
                " that of an API, mostly with `/v1` at its end, and that no proxy is in between"
            ),
            attempts=_FEW,
        )
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        payload = None
    if isinstance(payload, dict):
        return payload
    said = endpoint.quote(start) or "an empty body"
    return Passing(
        ReplyError(f"{endpoint.base_url} answered with something else than JSON: {said}"),
        attempts=_FEW,
    )


def usage_of(payload: Mapping[str, object]) -> Usage:
    """What the answer says it cost; `requests` is 0, for the caller has counted the request.

    `cost` is OpenRouter's, in USD (credits); other endpoints report tokens only.
    """
    usage = payload.get("usage")
    if not isinstance(usage, Mapping):
        return Usage()
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
    if cached is None:
        cached = usage.get("prompt_cache_hit_tokens")  # DeepSeek
    cost = usage.get("cost")
    known = isinstance(cost, int | float) and not isinstance(cost, bool) and math.isfinite(cost)
    return Usage(
        prompt_tokens=_count(usage.get("prompt_tokens")),
        completion_tokens=_count(usage.get("completion_tokens")),
        cached_tokens=_count(cached),
        cost=max(0.0, float(cost)) if known and isinstance(cost, int | float) else None,
    )


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return max(0, value)


def read_answer(
    endpoint: Endpoint, payload: Mapping[str, object], sent: Mapping[str, object]
) -> Answer | Fault | Exhausted:
    """The answer in a decoded body, or the fault it is."""
    if payload.get("error"):
        return _reported(endpoint, payload["error"], sent)
    choices = payload.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, Mapping):
        return _empty(endpoint, "an answer without choices")
    if choice.get("error"):
        return _reported(endpoint, choice["error"], sent)

    finish = str(choice.get("finish_reason") or "").lower()
    message = choice.get("message")
    if not isinstance(message, Mapping):
        return _empty(endpoint, "a choice without a message")
    if finish == "error":
        return _empty(endpoint, "`finish_reason: error`")
    if finish == "content_filter":
        return RefusalError(f"a content filter stopped `{endpoint.model}`; no retry helps")
    if message.get("refusal"):
        said = endpoint.quote(str(message["refusal"])[:2000])
        return RefusalError(f"`{endpoint.model}` declined: {said}")

    text = _text(message.get("content"))
    if endpoint.is_secret and endpoint.key in text:
        # It would be published with the article.
        return RefusalError(f"an answer of `{endpoint.model}` holds the API key; it is not used")
    cut = finish in _CUT
    if text.strip():
        return Answer(text, cut, _model(endpoint, payload), _thinking(payload))
    if cut:
        return Exhausted(
            ReplyError(
                f"`{endpoint.model}` used up its token limit without writing a word; let it think"
                ' less (`reasoning = "none"` or `"low"`), or name another model'
            )
        )
    return _empty(endpoint, "empty content")


def _reported(endpoint: Endpoint, error: object, sent: Mapping[str, object]) -> Fault:
    """An error that came with HTTP 200 (OpenRouter, once the upstream has begun)."""
    code = error.get("code") if isinstance(error, Mapping) else None
    if isinstance(code, str) and code.isdecimal() and len(code) == 3:
        code = int(code)
    status = code if isinstance(code, int) and 400 <= code <= 599 else 0
    return fault_of(endpoint, status=status, error=error, sent=sent)


def _empty(endpoint: Endpoint, what: str) -> Passing:
    return Passing(
        ReplyError(f"`{endpoint.model}` at {endpoint.base_url} gave {what}"), attempts=_FEW
    )


def _thinking(payload: Mapping[str, object]) -> int:
    usage = payload.get("usage")
    details = usage.get("completion_tokens_details") if isinstance(usage, Mapping) else None
    return _count(details.get("reasoning_tokens")) if isinstance(details, Mapping) else 0


def _text(content: object) -> str:
    """The content as text; some gateways send a list of parts instead of a string."""
    if isinstance(content, list):
        parts = (p.get("text") for p in content if isinstance(p, Mapping))
        content = "".join(p for p in parts if isinstance(p, str))
    if not isinstance(content, str):
        return ""
    # JSON may hold half of a surrogate pair; such a string cannot be written as UTF-8.
    return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _model(endpoint: Endpoint, payload: Mapping[str, object]) -> str:
    model = payload.get("model")
    return endpoint.quote(model) if isinstance(model, str) and model else endpoint.model
