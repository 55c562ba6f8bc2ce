"""The network is closed but for this machine, and the key of whoever runs the tests is gone."""

from __future__ import annotations

import asyncio
import os
import socket

import pytest

from tests.servers.fixtures import NetworkBlocked


@pytest.mark.parametrize("host", ["192.0.2.1", "example.com", "2001:db8::1", "0.0.0.0"])
def test_nothing_but_loopback_can_be_reached(host: str) -> None:
    with pytest.raises(NetworkBlocked, match="tests may only use"):
        socket.getaddrinfo(host, 443)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as one:
        one.settimeout(0.1)
        with pytest.raises(NetworkBlocked):
            one.connect((host, 443))
        with pytest.raises(NetworkBlocked):
            one.connect_ex((host, 443))
    with pytest.raises(NetworkBlocked):
        asyncio.run(asyncio.open_connection(host, 443))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_can(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=5).close()


def test_no_key_is_in_the_environment() -> None:
    assert not {"OPENROUTER_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL"} & os.environ.keys()
