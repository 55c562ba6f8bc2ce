"""Takes an error an OpenAI-compatible endpoint reports, gives the fault it means for the run.

The law: every fault is one of three. It may pass (`Passing`), the endpoint does not take a
parameter we sent (`UnsupportedParameter`), or it stands (a `BackendError`). No message carries
the key or more than 200 characters that came from outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from translate_pipeline.backends._retry import Passing
from translate_pipeline.errors import (
    AuthenticationError,
    BackendError,
    CreditError,
    FatalBackendError,
    ModelError,
    RefusalError,
    ReplyError,
    TransportError,
)

__all__ = ["Endpoint", "Fault", "UnsupportedParameter", "fault_of"]

_LONGEST_QUOTE = 200

# Codes and types of OpenAI, Azure and OpenRouter error bodies; all compared in lower case.
_NO_CREDIT = frozenset(
    {
        "insufficient_quota",
        "billing_hard_limit_reached",
        "billing_not_active",
        "insufficient_credits",
        "insufficient_balance",
    }
)
_NO_MODEL = frozenset({"model_not_found", "model_not_available", "deploymentnotfound"})
_FILTERED = frozenset({"content_filter", "content_policy_violation", "moderation_blocked"})
_TOO_LONG = frozenset(
    {"context_length_exceeded", "string_above_max_length", "exceed_context_size_error"}
)
_TOO_LONG_WORDS = re.compile(r"context length|context (?:size|window)|prompt is too long", re.I)
# 425 and 529 are used by gateways ("too early", "overloaded") beside the standard ones.
_PASSING_STATUS = frozenset({408, 409, 425, 429})

_PARAMETER = re.compile(
    r"\b(?:temperature|max_tokens|max_completion_tokens|reasoning_effort|reasoning"
    r"|response_format|json_schema)\b"
)
_NOT_TAKEN = re.compile(
    r"support|unrecogni[sz]ed|unknown|unexpected|not (?:permitted|allowed)|extra|deprecated"
    r"|invalid|too large|at most|exceed|less than|cannot be|mandatory|expected one of|should be",
    re.IGNORECASE,
)
# OpenRouter, where no provider of the model takes all that `require_parameters` asks for. The
# parameters, the dearest to lose last.
_NO_SUCH_PROVIDER = re.compile(
    r"no (?:endpoints|allowed providers)|provider routing|data policy|guardrail", re.IGNORECASE
)
_ALL_PARAMETERS = re.compile(r"requested parameters", re.IGNORECASE)
_LEAST_MISSED = (
    "response_format",
    "temperature",
    "reasoning",
    "reasoning_effort",
    "max_completion_tokens",
    "max_tokens",
)
# What local servers say with another status than 404, LM Studio even with 200.
_NAMES_MODEL = re.compile(
    r"not a valid model|no models? (?:is |are )?loaded|invalid model identifier"
    r"|try pulling it first|requires more system memory|unexpected endpoint or method",
    re.IGNORECASE,
)


class UnsupportedParameter(Exception):
    """The endpoint refused a request because of `parameter`, sent with `value`.

    `said` is the endpoint's own text: it may tell what is wanted instead.
    """

    def __init__(self, parameter: str, value: object, said: str, error: BackendError) -> None:
        super().__init__(str(error))
        self.parameter = parameter
        self.value = value
        self.said = said
        self.error = error


Fault = BackendError | Passing | UnsupportedParameter


class Endpoint(NamedTuple):
    """Where requests go; knows the key so that it can keep it out of every text."""

    base_url: str
    model: str
    key: str

    @property
    def is_secret(self) -> bool:
        """False for "keys" so short that they are placeholders (`none`) and ordinary words."""
        return len(self.key) >= 8

    @property
    def is_openrouter(self) -> bool:
        """True where fields may be sent that others refuse as unknown."""
        host = urlsplit(self.base_url).hostname or ""
        return host == "openrouter.ai" or host.endswith(".openrouter.ai")

    @property
    def is_azure(self) -> bool:
        """True where the key goes into the header `api-key`.

        By the host, and by the path, for companies put a gateway of their own name in front.
        """
        parts = urlsplit(self.base_url)
        azure = (".azure.com", ".azure.us", ".azure.cn")
        return (parts.hostname or "").endswith(azure) or self.names_deployment

    @property
    def names_deployment(self) -> bool:
        """True where the URL decides which model answers."""
        return "/openai/deployments/" in urlsplit(self.base_url).path

    def quote(self, text: str) -> str:
        """Foreign text fit for a message: one printable line, short, without the key."""
        # Cut first: a whole page need not be searched, and the margin keeps a key at the cut.
        text = text[: 10 * _LONGEST_QUOTE + len(self.key)]
        if self.is_secret:
            text = text.replace(self.key, "[key]")
        text = "".join(c if c.isprintable() else " " for c in text)
        text = " ".join(text.split())
        return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"

    def __repr__(self) -> str:
        return f"Endpoint(base_url={self.base_url!r}, model={self.model!r})"


class _Report(NamedTuple):
    """The parts of an error body that tell faults apart; all strings, perhaps empty."""

    message: str
    words: frozenset[str]  # `code`, `type`, and Azure's inner code, in lower case
    parameter: str

    @classmethod
    def read(cls, error: object) -> _Report:
        if not isinstance(error, Mapping):
            text = error if isinstance(error, str) else ""
            page = text.lstrip()[:1] == "<"
            return cls("an HTML page" if page else text, frozenset(), "")
        inner = error.get("innererror")
        inner_code = inner.get("code") if isinstance(inner, Mapping) else None
        words = (error.get("code"), error.get("type"), inner_code)
        message = error.get("message") or error.get("detail") or error.get("msg") or ""
        metadata = error.get("metadata")
        # OpenRouter wraps the provider's own words: "Provider returned error".
        raw = metadata.get("raw") if isinstance(metadata, Mapping) else None
        if isinstance(raw, str):
            message = f"{message}: {raw}"
        parameter = error.get("param")
        return cls(
            message if isinstance(message, str) else str(message)[:2000],
            frozenset(w.lower() for w in words if isinstance(w, str)),
            parameter if isinstance(parameter, str) else "",
        )


def fault_of(
    endpoint: Endpoint,
    *,
    status: int,
    error: object,
    sent: Mapping[str, object],
    pause: float | None = None,
    final: bool = False,
    location: str = "",
) -> Fault:
    """What an error answer means.

    `status` is the HTTP status, or the code inside an error that came with HTTP 200 (0 if it
    has none). `error` is the body's `error` object or the body's text, `sent` the optional
    parameters of the request, `pause` the seconds to wait the server asked for. `final` says
    that the server advised against another try (`x-should-retry: false`), `location` where it
    redirects to.
    """
    report = _Report.read(error)
    said = endpoint.quote(report.message)
    place = f"HTTP {status} from {endpoint.base_url}" if status else endpoint.base_url
    text = f"{place}: {said}" if said else place

    if 300 <= status < 400:
        there = f" to {endpoint.quote(location)}" if location else ""
        return FatalBackendError(
            f"the endpoint redirects{there}; write the address it has moved to as the base URL"
            f" ({text})"
        )
    if status == 402 or report.words & _NO_CREDIT:
        return CreditError(f"no credit left for this key; add credit and run again ({text})")
    if status == 401:
        return AuthenticationError(
            f"the endpoint refused the key; check the key and the base URL ({text})"
        )
    if report.words & _FILTERED or (status == 403 and _flagged(report)):
        return RefusalError(f"a content filter refused the text ({text})")
    if status == 403:
        return ModelError(
            f"this key may not use `{endpoint.model}` here; check the account's rights ({text})"
        )
    if status == 404 and _ALL_PARAMETERS.search(report.message):
        dropped = next((name for name in _LEAST_MISSED if name in sent), None)
        if dropped is not None:
            return _refusal_of(dropped, report, sent, text)
    if status == 404 and _NO_SUCH_PROVIDER.search(report.message):
        return ModelError(
            f"no provider of `{endpoint.model}` is left; check the model's name, `provider` in"
            f" the config and the account's privacy settings ({text})"
        )
    if status in (404, 405, 410) or report.words & _NO_MODEL or _names_model(report):
        return ModelError(
            f"`{endpoint.model}` is not offered there; check the model's name, and that the"
            f" base URL is complete, mostly with `/v1` at its end ({text})"
        )
    if status in _PASSING_STATUS or status >= 500 or status == 0:
        wrapped = TransportError(f"the endpoint could not answer ({text})")
        return wrapped if final else Passing(wrapped, pause=pause)
    if status in (400, 422):
        unsupported = _unsupported(report, sent, text)
        if unsupported is not None:
            return unsupported
    if report.words & _TOO_LONG or _TOO_LONG_WORDS.search(report.message[:2000]):
        return ReplyError(f"the request is too long for `{endpoint.model}` ({text})")
    return TransportError(f"the endpoint refused the request; see what it says ({text})")


def _flagged(report: _Report) -> bool:
    """OpenRouter answers 403 when a model's moderation flags the input."""
    message = report.message.lower()
    return "moderation" in message or "flagged" in message


def _names_model(report: _Report) -> bool:
    return _NAMES_MODEL.search(report.message[:2000]) is not None


def _unsupported(
    report: _Report, sent: Mapping[str, object], text: str
) -> UnsupportedParameter | None:
    """The optional parameter the endpoint objects to, if we sent it."""
    named = [report.parameter.partition(".")[0]]
    if _NOT_TAKEN.search(report.message[:2000]):
        named += _PARAMETER.findall(report.message[:2000])
    for parameter in named:
        # It may call the format by what is in it.
        name = "response_format" if parameter == "json_schema" else parameter
        if name in sent:
            return _refusal_of(name, report, sent, text)
    return None


def _refusal_of(
    parameter: str, report: _Report, sent: Mapping[str, object], text: str
) -> UnsupportedParameter:
    error = TransportError(f"the endpoint does not take `{parameter}` ({text})")
    return UnsupportedParameter(parameter, sent[parameter], report.message[:2000], error)
