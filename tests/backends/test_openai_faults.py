"""Every fault of endpoint and network against a real server: its type, its tries, its time."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
import traceback
from collections.abc import Callable

import pytest

from tests.backends.asking import KEY, ask, backend, batch
from tests.servers import MODEL, LoopbackServer
from translate_pipeline.backends._openai_faults import Endpoint
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
from translate_pipeline.model import Usage

Start = Callable[..., LoopbackServer]
HERE = Endpoint("https://models.example/v1", "vendor/model", KEY)


@pytest.mark.parametrize(
    ("kind", "error", "words", "requests"),
    [
        # Passing: five tries for the network's faults, three for the model's.
        ("http_408", TransportError, "HTTP 408 .*Request timed out", 5),
        ("http_429", TransportError, "HTTP 429 .*Rate limit reached", 5),
        ("http_429_ms", TransportError, "HTTP 429 .*Slow down", 5),
        ("http_500", TransportError, "HTTP 500 .*The server had an error", 5),
        ("http_503", TransportError, "HTTP 503 .*upstream connect error", 5),
        ("error_200", TransportError, "HTTP 502 .*Provider returned error: overloaded", 5),
        ("error_in_choice", TransportError, "HTTP 503 .*lost", 5),
        ("reset", TransportError, "no answer from http://127.0.0.1", 5),
        ("reset_500", TransportError, "no answer from http://127.0.0.1", 5),
        ("html_200", ReplyError, "an HTML page; check that the base URL", 3),
        ("malformed", ReplyError, "something else than JSON|without choices", 3),
        ("null", ReplyError, "without choices|empty content", 3),
        ("empty", ReplyError, "empty content", 3),
        ("finish_error", ReplyError, "finish_reason: error", 3),
        # Standing: one request.
        ("http_429_hour", TransportError, "a pause of 3600 s", 1),
        ("http_503_final", TransportError, "HTTP 503 .*Down", 1),
        ("http_400", TransportError, "HTTP 400 .*Something about the request", 1),
        ("http_413_html", TransportError, "HTTP 413 .*an HTML page", 1),
        ("huge", ReplyError, "more than 8 MB", 1),
        ("content_filter", RefusalError, "content filter", 1),
        # Fatal.
        ("http_401", AuthenticationError, "check the key", 1),
        ("http_403", ModelError, "may not use", 1),
        ("http_402", CreditError, "add credit", 1),
        ("http_429_quota", CreditError, "add credit", 1),
        ("error_200_credit", CreditError, "add credit", 1),
        ("http_404", ModelError, "is not offered there", 1),
    ],
)
def test_each_fault_has_its_type_and_its_tries(
    model_server: Start, kind: str, error: type[BackendError], words: str, requests: int
) -> None:
    server = model_server(script=[kind] * 9)
    with pytest.raises(BackendError, match=words) as caught:
        ask(backend(server))
    assert type(caught.value) is error
    assert len(server.requests) == requests
    assert caught.value.usage is not None
    assert caught.value.usage.requests == requests


@pytest.mark.parametrize(
    "kind",
    [
        "http_429",
        "http_503",
        "reset",
        "reset_500",
        "null",
        "malformed",
        "empty",
        "html_200",
        "error_200",
    ],
)
def test_a_fault_that_passes_leaves_no_trace(model_server: Start, kind: str) -> None:
    (good,) = ask(backend(model_server()))
    server = model_server(script=[kind, kind])
    (reply,) = ask(backend(server))
    assert reply.targets == good.targets
    assert reply.faults == ()
    assert reply.usage.requests == 3


def test_a_declined_task_is_a_refusal(model_server: Start) -> None:
    """Said in the field for it, or in words that hold no segment."""
    outcomes = set()
    for seed in range(6):
        server = model_server(script=["refusal"], seed=seed)
        try:
            (reply,) = ask(backend(server))
            outcomes.add(str(reply.targets))
        except RefusalError as error:
            outcomes.add(str(error))
        assert len(server.requests) == 1
    said = "I'm sorry, but I can't help with translating this text."
    assert outcomes == {f"`{MODEL}` declined: {said}", "{}"}


# --- time ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["hang", "drip"])
def test_the_deadline_holds_for_the_whole_request(model_server: Start, kind: str) -> None:
    server = model_server(script=[kind] * 9)
    start = time.monotonic()
    with pytest.raises(TransportError, match=r"no complete answer .* in 0\.3 s \(tried 2 times\)"):
        ask(backend(server, timeout=0.3, attempts=2))
    assert 0.6 <= time.monotonic() - start < 20
    assert len(server.requests) == 2


def test_a_slow_answer_within_the_deadline_is_waited_for(model_server: Start) -> None:
    (reply,) = ask(backend(model_server(latency=0.3), timeout=5))
    assert reply.usage.requests == 1


def test_retry_after_is_kept_to(model_server: Start) -> None:
    server = model_server(script=["http_429_seconds"])
    start = time.monotonic()
    (reply,) = ask(backend(server))
    assert 1.0 <= time.monotonic() - start < 20
    assert reply.usage.requests == 2


def test_a_cancelled_call_stops_at_once(model_server: Start) -> None:
    server = model_server(script=["hang"])

    async def run() -> None:
        asked = backend(server)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await asked.translate(batch())
        reply = await asked.translate(batch())  # the place at the gate is free again
        assert len(reply.targets) == 3
        await asked.aclose()

    asyncio.run(run())
    assert len(server.requests) == 2


def test_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(TransportError, match=rf"no answer from http://127\.0\.0\.1:{port}/v1: \w+"):
        ask(backend(f"http://127.0.0.1:{port}/v1", attempts=2))


# --- the run stops --------------------------------------------------------------------


def test_after_a_fatal_error_no_request_is_made(model_server: Start) -> None:
    server = model_server(script=["http_402"])

    async def run() -> list[BaseException | object]:
        asked = backend(server, concurrency=1)
        first = await asyncio.gather(
            *(asked.translate(batch()) for _ in range(5)), return_exceptions=True
        )
        later = await asyncio.gather(asked.translate(batch()), return_exceptions=True)
        await asked.aclose()
        return [*first, *later]

    errors = asyncio.run(run())
    assert [type(error) for error in errors] == [CreditError] * 6
    assert len({str(error) for error in errors}) == 1
    assert len(server.requests) == 1
    usages = [error.usage for error in errors if isinstance(error, FatalBackendError)]
    assert usages == [Usage(requests=1)] + [Usage()] * 5


def test_a_fatal_error_ends_the_retries_of_others(model_server: Start) -> None:
    """One call pauses after a 503 while another learns that there is no credit."""
    server = model_server(script=["http_503", "http_402", None, None])

    async def run() -> list[BaseException | object]:
        asked = backend(server, backoff=0.2)
        results = await asyncio.gather(
            asked.translate(batch()), asked.translate(batch()), return_exceptions=True
        )
        await asked.aclose()
        return list(results)

    assert [type(error) for error in asyncio.run(run())] == [CreditError] * 2
    assert len(server.requests) == 2


# --- the key ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["", "http_500", "reset", "html_200", "malformed", "hang"])
def test_the_key_shows_nowhere(
    model_server: Start, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    script = [kind] * 9 if kind else []
    server = model_server(script=script, api_key=None if kind else "another key")
    with pytest.raises(BackendError) as caught:
        ask(backend(server, attempts=2, timeout=0.5))
    if not kind:  # the server echoed the key in its message
        assert "Incorrect API key provided: [key]." in str(caught.value)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + caplog.text
    assert KEY not in shown
    seen: set[int] = set()
    pending: list[BaseException | None] = [caught.value]
    while pending:  # nor in an exception somebody might print later
        error = pending.pop()
        if error is not None and id(error) not in seen:
            seen.add(id(error))
            assert KEY not in f"{error!s} {error!r}"
            pending += [error.__cause__, error.__context__]


def test_what_a_server_says_is_shown_short_and_on_one_line(model_server: Start) -> None:
    noise = "A\x1b[31m\u202ered\r\n" + "x" * 5000
    said = HERE.quote(noise)
    assert said.startswith("A [31m red xxx")
    assert len(said) == 200
    assert said.isprintable()
    assert HERE.quote(f"key {KEY}!") == "key [key]!"
    # A key that the cut would halve is redacted before.
    assert KEY[:6] not in HERE.quote("y" * 190 + KEY)
