"""Takes the answer to `GET /models`, gives what the endpoint says of each model it offers.

The law: nothing about the answer is believed. What is no number of its kind is not told, and a
list of another shape offers nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from translate_pipeline.backends._openai_answer import decode
from translate_pipeline.backends._openai_client import Heard, Refused
from translate_pipeline.backends._openai_faults import Endpoint, fault_of
from translate_pipeline.backends._retry import Passing
from translate_pipeline.errors import AuthenticationError, BackendError

__all__ = ["Offer", "Offers", "read_offers"]

# Where servers put the number of tokens a model can take in: OpenRouter, vLLM, others, llama.cpp.
_CONTEXT = ("context_length", "max_model_len", "context_window", "max_context_length")


class Offer(NamedTuple):
    """One model. Tokens of context, US dollars per token, the parameters it takes; each None or
    empty where the endpoint does not tell."""

    name: str
    context: int | None = None
    prompt_price: float | None = None
    completion_price: float | None = None
    parameters: frozenset[str] = frozenset()


class Offers(NamedTuple):
    """The models by name. `fault` says why there is no list, which many servers do without."""

    models: Mapping[str, Offer]
    fault: str = ""

    def of(self, name: str) -> Offer | None:
        """The offer of a model; OpenRouter's variants (`:free`, `:nitro`) are not all listed."""
        known = self.models.get(name)
        if known is None and ":" in name:
            known = self.models.get(name.rpartition(":")[0])
        return known

    def near(self, name: str, most: int = 3) -> list[str]:
        """Names that may have been meant: spelt alike, or the same without vendor or tag."""
        low = {other.lower(): other for other in self.models}
        found = [low[n] for n in get_close_matches(name.lower(), low, n=most, cutoff=0.6)]
        core = name.lower().rpartition("/")[2].partition(":")[0]
        found += [n for n in sorted(self.models) if core and core in n.lower()]
        return list(dict.fromkeys(found))[:most]


def read_offers(endpoint: Endpoint, heard: Heard) -> Offers:
    """The offers in what came back. Raises `AuthenticationError` for a key that is refused, and
    `TransportError` or `ReplyError` where there is no endpoint at all."""
    if isinstance(heard, Refused):
        location = heard.headers.get("location", "")
        fault = fault_of(
            endpoint, status=heard.status, error=heard.error, sent={}, location=location
        )
        error = fault if isinstance(fault, BackendError) else fault.error
        if isinstance(error, AuthenticationError) or 300 <= heard.status < 400:
            raise error
        return Offers({}, f"it gives no list of its models (HTTP {heard.status})")
    if isinstance(heard, Passing):
        raise heard.error
    if isinstance(heard, BackendError):
        raise heard
    payload = decode(endpoint, heard.body, heard.content_type)
    if isinstance(payload, Passing):
        return Offers({}, "it answers with something else than a list of its models")
    listed = payload.get("data")
    entries = [e for e in listed if isinstance(e, Mapping)] if isinstance(listed, list) else []
    models: dict[str, Offer] = {}
    for entry in entries:
        name = entry.get("id")
        # A name that could not be said on one line is none to be chosen.
        if isinstance(name, str) and name and endpoint.quote(name) == name:
            models.setdefault(name, _offer(name, entry))
    return Offers(models, "" if models else "its list of models is empty")


def _offer(name: str, entry: Mapping[str, object]) -> Offer:
    meta = entry.get("meta")  # llama.cpp
    pricing = entry.get("pricing")  # OpenRouter: decimal strings
    parameters = entry.get("supported_parameters")
    told = [entry.get(key) for key in _CONTEXT]
    if isinstance(meta, Mapping):
        told += [meta.get("n_ctx"), meta.get("n_ctx_train")]
    prices = pricing if isinstance(pricing, Mapping) else {}
    return Offer(
        name,
        next((n for n in told if isinstance(n, int) and not isinstance(n, bool) and n > 0), None),
        _price(prices.get("prompt")),
        _price(prices.get("completion")),
        frozenset(p for p in parameters if isinstance(p, str))
        if isinstance(parameters, list)
        else frozenset(),
    )


def _price(value: object) -> float | None:
    """US dollars per token. OpenRouter says -1 where it depends (`openrouter/auto`)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        price = float(value)
    except (ValueError, OverflowError):
        return None
    return price if math.isfinite(price) and price >= 0 else None
