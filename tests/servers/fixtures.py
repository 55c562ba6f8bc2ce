"""Takes nothing, gives the fixtures every test may use; `tests/conftest.py` registers them."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.servers.loopback import LoopbackServer


class NetworkBlocked(RuntimeError):
    """A test tried to leave this machine."""


def _is_local(host: object) -> bool:
    if host in (None, "", b"", "localhost"):
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(host: object) -> None:
    if not _is_local(host):
        raise NetworkBlocked(
            f"this test tried to reach {host!r}; tests may only use 127.0.0.1: start a"
            " `LoopbackServer`, or replay a cassette"
        )


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Every connection and every name look-up outside loopback fails, with a clear error."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    getaddrinfo = socket.getaddrinfo

    def check(address: Any) -> None:
        if isinstance(address, tuple):  # a path (str, bytes) is a Unix socket
            _refuse(address[0])

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        _refuse(host)
        return getaddrinfo(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        # A proxy of the machine would be asked for 127.0.0.1; keys must never be needed.
        for name in list(os.environ):
            if name.lower().endswith("_proxy") or name in (
                "OPENROUTER_API_KEY",
                "OPENAI_API_KEY",
                "OPENAI_BASE_URL",
            ):
                patch.delenv(name)
        yield


@pytest.fixture
def model_server() -> Iterator[Callable[..., LoopbackServer]]:
    """Starts loopback model servers that end with the test: `model_server(faults={…})`."""
    with ExitStack() as stack:

        def start(*args: Any, **options: Any) -> LoopbackServer:
            return stack.enter_context(LoopbackServer(*args, **options))

        yield start
