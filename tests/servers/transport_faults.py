"""Takes a good HTTP response, gives what a bad network, proxy or endpoint would send.

The law: each kind is one way to fail, as real endpoints do it, and stays within a few megabytes.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from tests.servers.http import HttpResponse, Manner

HTML = b"<!doctype html>\n<html><body><h1>502 Bad Gateway</h1></body></html>"


def error_body(message: str, code: object = None, kind: str = "", **more: object) -> bytes:
    error = {"message": message, "type": kind or None, "code": code, **more}
    return json.dumps({"error": error}).encode()


def _null(good: HttpResponse, pick: float) -> HttpResponse:
    value = json.loads(good.body)
    if pick < 0.5:
        value["choices"] = None
    else:
        value["choices"][0]["message"]["content"] = None
    return HttpResponse.of_json(value)


def _malformed(good: HttpResponse, pick: float) -> HttpResponse:
    bodies = (good.body[: len(good.body) // 2], b"{}", b"[1, 2]", b"not json at all")
    return replace(good, body=bodies[int(pick * len(bodies))])


def _status(status: int, body: bytes, **headers: str) -> Callable[..., HttpResponse]:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return lambda good, pick: HttpResponse(status=status, body=body, headers=named)


def _manner(manner: Manner) -> Callable[[HttpResponse, float], HttpResponse]:
    return lambda good, pick: replace(good, manner=manner)


def _gzip_bomb(good: HttpResponse, pick: float) -> HttpResponse:
    """64 KB that are 64 MB."""
    return replace(good, body=_bomb(), headers={"content-encoding": "gzip"})


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(64 << 20), compresslevel=9)


BODY_FAULTS: Mapping[str, Callable[[HttpResponse, float], HttpResponse]] = {
    "null": _null,
    "malformed": _malformed,
    "http_400": _status(400, error_body("Something about the request is wrong.")),
    "http_401": _status(401, error_body("Incorrect API key provided.", "invalid_api_key")),
    "http_402": _status(402, error_body("Insufficient credits.", 402)),
    "http_403": _status(403, error_body("Your account may not use this model.", 403)),
    "http_404": _status(404, error_body("The model does not exist.", "model_not_found")),
    "http_408": _status(408, error_body("Request timed out.")),
    "http_413_html": _status(413, HTML),
    "http_429": _status(429, error_body("Rate limit reached.", "rate_limit_exceeded")),
    "http_429_seconds": _status(429, error_body("Slow down."), retry_after="1"),
    "http_429_ms": _status(429, error_body("Slow down."), retry_after_ms="30"),
    "http_429_hour": _status(429, error_body("Come back later."), retry_after="3600"),
    "http_429_quota": _status(
        429, error_body("You exceeded your current quota.", "insufficient_quota")
    ),
    "http_500": _status(500, error_body("The server had an error.")),
    "http_503": _status(503, b"upstream connect error"),
    "http_503_final": _status(503, error_body("Down."), x_should_retry="false"),
    "error_200": lambda good, pick: replace(
        good, body=error_body("Provider returned error", 502, metadata={"raw": "overloaded"})
    ),
    "error_200_credit": lambda good, pick: replace(good, body=error_body("No credits", 402)),
    "error_in_choice": lambda good, pick: HttpResponse.of_json(
        {"choices": [{"error": {"code": 503, "message": "lost"}, "finish_reason": "error"}]}
    ),
    "finish_error": lambda good, pick: HttpResponse.of_json(
        {"choices": [{"message": {"content": "half"}, "finish_reason": "error"}]}
    ),
    "html_200": lambda good, pick: replace(good, body=HTML, content_type="text/html"),
    "gzip_broken": lambda good, pick: replace(good, headers={"content-encoding": "gzip"}),
    "gzip_bomb": _gzip_bomb,
    "redirect": _status(307, b"", location="/v1/chat/completions"),
    "huge": lambda good, pick: HttpResponse.of_json({"padding": "x" * (9 << 20)}),
    "hang": _manner(Manner.HANG),
    "reset": _manner(Manner.RESET),
    "reset_500": lambda good, pick: replace(
        good, status=500, body=error_body("half"), manner=Manner.RESET
    ),
    "drip": _manner(Manner.DRIP),
}
