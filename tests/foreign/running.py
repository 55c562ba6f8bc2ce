"""The name of a server in, its base URL out, while it runs as a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.foreign.llama import write_model
from tests.oracles.node import installed
from tests.oracles.pairs import Missing

__all__ = ["aimock", "llama"]

_HERE = Path(__file__).resolve().parent


@contextmanager
def aimock(**chaos: float) -> Iterator[str]:
    """aimock with these rates of its chaos; skips the test where npm has not got it."""
    try:
        folder = installed("aimock", _HERE / "aimock")
    except Missing as missing:
        pytest.skip(str(missing))
    command = ["node", "serve.mjs", json.dumps(chaos)]
    with _process(command, folder) as url:
        yield f"{url}/v1"


@contextmanager
def llama(folder: Path) -> Iterator[str]:
    """llama.cpp's server with a model of random weights; skips where it is not installed."""
    pytest.importorskip("xllamacpp", reason="pip install xllamacpp gguf")
    pytest.importorskip("gguf", reason="pip install xllamacpp gguf")
    model = folder / "random.gguf"
    write_model(model)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(_HERE / "llama_server.py"), str(model), str(port)]
    with _process(command, folder) as url:
        yield f"{url}/v1"


@contextmanager
def _process(command: Sequence[str], folder: Path) -> Iterator[str]:
    """A process that prints its URL and ends with its standard input."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), f"{command[0]} said {url!r}"
        yield url
    finally:
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
