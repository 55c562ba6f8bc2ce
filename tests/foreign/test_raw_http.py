"""Broken HTTP from a server that nobody here wrote: a typed error each time, and bounded."""

from __future__ import annotations

import asyncio
import gzip
import json
import resource
import time
from collections.abc import Iterator

import pytest

from tests.backends.asking import backend, batch
from translate_pipeline.errors import BackendError, ReplyError, TransportError

httpserver = pytest.importorskip("pytest_httpserver", reason="pip install pytest-httpserver")
werkzeug = pytest.importorskip("werkzeug")

PATH = "/v1/chat/completions"
MEGABYTE = 1 << 20
_TIMEOUT = 1.0


@pytest.fixture(scope="module")
def server() -> Iterator[object]:
    with httpserver.HTTPServer(host="127.0.0.1", threaded=True) as running:
        yield running


def asked(url: str) -> BackendError:
    """The error that a batch ends in."""

    async def ask() -> None:
        one = backend(url, timeout=_TIMEOUT, attempts=2, backoff=0.01)
        try:
            await one.translate(batch())
        finally:
            await one.aclose()

    begun = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BackendError) as caught:
        asyncio.run(ask())
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    # Two tries of a second, and room for a loaded machine: bounded, not fast.
    assert time.monotonic() - begun < 30
    assert grown < 300, f"{grown:.0f} MB"
    assert len(str(caught.value)) < 600
    return caught.value


def answer(server, body, status=200, headers=None):  # type: ignore[no-untyped-def]
    def handler(request):  # type: ignore[no-untyped-def]
        # A length that nobody knows: the body comes in pieces.
        return werkzeug.Response(body(), status=status, headers=headers or {})

    server.clear()
    server.expect_request(PATH).respond_with_handler(handler)
    return server.url_for("/v1")


def test_html(server) -> None:  # type: ignore[no-untyped-def]
    url = answer(
        server, lambda: "<html><h1>Welcome</h1></html>", headers={"content-type": "text/html"}
    )
    assert isinstance(asked(url), ReplyError)


@pytest.mark.slow
def test_dripping_bytes(server) -> None:  # type: ignore[no-untyped-def]
    def drip() -> Iterator[bytes]:
        for _ in range(400):
            time.sleep(0.05)
            yield b" "

    error = asked(answer(server, drip, headers={"content-type": "application/json"}))
    assert isinstance(error, TransportError)
    assert "no complete answer" in str(error)


@pytest.mark.slow
def test_a_hundred_megabytes(server) -> None:  # type: ignore[no-untyped-def]
    def flood() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * MEGABYTE

    assert isinstance(asked(answer(server, flood)), ReplyError)


@pytest.mark.slow
def test_a_gzip_bomb(server) -> None:  # type: ignore[no-untyped-def]
    bomb = gzip.compress(b"\0" * (512 * MEGABYTE), 9)
    assert len(bomb) < MEGABYTE
    url = answer(server, lambda: bomb, headers={"content-encoding": "gzip"})
    assert isinstance(asked(url), ReplyError)


def test_half_a_body(server) -> None:  # type: ignore[no-untyped-def]
    url = answer(server, lambda: b'{"choices": [', headers={"content-length": "5000"})
    assert isinstance(asked(url), TransportError | ReplyError)


def test_wrong_compression(server) -> None:  # type: ignore[no-untyped-def]
    url = answer(server, lambda: b"{}", headers={"content-encoding": "gzip"})
    assert isinstance(asked(url), BackendError)


def test_redirects_without_end(server) -> None:  # type: ignore[no-untyped-def]
    url = answer(server, lambda: b"", status=307, headers={"location": PATH})
    assert isinstance(asked(url), BackendError)
    assert len([1 for request, _ in server.log if request.path == PATH]) < 50


def test_tls_where_there_is_none(server) -> None:  # type: ignore[no-untyped-def]
    url = answer(server, lambda: b"{}").replace("http://", "https://")
    assert isinstance(asked(url), TransportError)


@pytest.mark.parametrize("depth", [100_000])
def test_json_nested_without_end(server, depth: int) -> None:  # type: ignore[no-untyped-def]
    url = answer(server, lambda: b"[" * depth)
    assert isinstance(asked(url), ReplyError)


@pytest.mark.parametrize("value", [[], 7, "x", {"choices": "no"}, {"choices": [{"message": 3}]}])
def test_json_of_another_kind(server, value: object) -> None:  # type: ignore[no-untyped-def]
    url = answer(server, lambda: json.dumps(value).encode())
    assert isinstance(asked(url), ReplyError)
