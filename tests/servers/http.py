"""Takes a handler, gives a real HTTP/1.1 server on 127.0.0.1 that can also misbehave.

The law: what the handler says is what goes over the wire, also when it is no proper HTTP.
Standard library only; one thread with its own event loop, so hundreds of connections cost
nothing and a test may block while the server answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Self

REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 402: "Payment Required"}
SERVER_NAME = "translate-pipeline loopback model server (no commercial model)"


class Manner(Enum):
    """How an answer is sent."""

    NORMAL = "normal"
    HANG = "hang"  # the request is read, nothing is ever said
    RESET = "reset"  # half the body, then the connection is gone
    DRIP = "drip"  # a byte now and then: each read succeeds, the whole never ends


@dataclass(frozen=True, slots=True)
class HttpRequest:
    method: str
    path: str
    headers: dict[str, str]  # keys in lower case
    body: bytes


@dataclass(frozen=True, slots=True)
class HttpResponse:
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    manner: Manner = Manner.NORMAL
    delay: float = 0.0

    @classmethod
    def of_json(cls, value: object, status: int = 200, **headers: str) -> HttpResponse:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        body = json.dumps(value, ensure_ascii=False).encode()
        return cls(status=status, body=body, headers=named)


Handler = Callable[[HttpRequest], HttpResponse]


class HttpServer:
    """A context manager: the server runs inside the `with` block."""

    drip_pause = 0.05  # seconds between two bytes of a dripped answer

    def __init__(self, handler: Handler, *, port: int = 0) -> None:
        self.port = port
        self._handler = handler
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self.connections = 0
        self.open_connections = 0

    def __enter__(self) -> Self:
        ready = threading.Event()
        failures: list[BaseException] = []

        def run() -> None:
            try:
                asyncio.run(self._serve(ready))
            except OSError as error:  # the port is taken
                failures.append(error)
                ready.set()

        self._thread = threading.Thread(target=run, name="loopback-server", daemon=True)
        self._thread.start()
        ready.wait()
        if failures:
            raise failures[0]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread is not None:
            self._thread.join(timeout=10)

    async def _serve(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        tasks: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(self._connection(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(connected, "127.0.0.1", self.port, backlog=1024)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stop.wait()
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open_connections += 1
        try:
            while (request := await _read(reader)) is not None:
                arrived = time.monotonic()
                response = self._handler(request)
                # The delay counts from the request's arrival, as a caller would measure it.
                pause = response.delay - (time.monotonic() - arrived)
                if pause > 0:
                    await asyncio.sleep(pause)
                if not await self._send(response, reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, as its deadline says
        finally:
            self.open_connections -= 1
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _send(
        self, response: HttpResponse, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Send it; False when the connection must not be used again."""
        if response.manner is Manner.HANG:
            await reader.read()  # until the client gives up
            return False
        head = {
            "content-type": response.content_type,
            "content-length": str(len(response.body)),
            "server": SERVER_NAME,
            **response.headers,
        }
        reason = REASONS.get(response.status, "Answer")
        lines = [f"HTTP/1.1 {response.status} {reason}", *(f"{k}: {v}" for k, v in head.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        if response.manner is Manner.DRIP:
            for i in range(len(response.body)):
                writer.write(response.body[i : i + 1])
                await writer.drain()
                await asyncio.sleep(self.drip_pause)
            return True
        if response.manner is Manner.RESET:
            writer.write(response.body[: len(response.body) // 2])
            await writer.drain()
            writer.transport.abort()
            return False
        writer.write(response.body)
        await writer.drain()
        return True


async def _read(reader: asyncio.StreamReader) -> HttpRequest | None:
    """The next request of a connection; None at its end. Trusts its client: our own tests."""
    line = await reader.readline()
    if not line.strip():
        return None
    method, path, _ = line.decode("latin-1").split(" ", 2)
    headers: dict[str, str] = {}
    while (line := await reader.readline()).strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return HttpRequest(method, path, headers, body)
