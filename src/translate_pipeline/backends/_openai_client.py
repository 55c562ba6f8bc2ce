"""Takes a request body, gives what came back over HTTP: an answer, a refusal or silence.

The law: every call ends within `timeout` and in a value, and what it holds of a body is at
most `LARGEST_BODY`. The openai SDK is imported here at the first request (it costs a second),
works in its versions 2 and 3, and never retries on its own: two layers of retries multiply.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit
from weakref import WeakKeyDictionary

from translate_pipeline.backends._openai_faults import Endpoint
from translate_pipeline.backends._retry import Passing
from translate_pipeline.errors import ReplyError, TransportError

if TYPE_CHECKING:
    import ssl

    from openai import AsyncOpenAI

__all__ = ["LARGEST_BODY", "Answered", "Client", "Refused"]

# Bytes. A full answer of 4,000 tokens is about 20 KB, the longest list of models a few hundred;
# beyond this something else is sent.
LARGEST_BODY = 8 * 1024 * 1024

# Connections of a pool. The HTTP library asks the system after each idle connection of a pool
# twice a request, so that one pool of 64 would cost a quarter of all that the SDK costs.
_POOL = 8


class Answered(NamedTuple):
    """HTTP 200: the raw body, and the headers with lower-case keys."""

    body: bytes
    headers: Mapping[str, str]

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").lower()


class Refused(NamedTuple):
    """Another status; `error` is the body's `error` object, the body as JSON, or its text."""

    status: int
    error: object
    headers: Mapping[str, str]


Heard = Answered | Refused | Passing | ReplyError


class Client:
    """The connections to one endpoint, of each event loop its own.

    The proxies of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`) are
    the HTTP library's matter and count. Redirects are not followed: a key in another header
    than `Authorization` would go along to wherever they lead.
    """

    def __init__(self, endpoint: Endpoint, *, concurrency: int, timeout: float) -> None:
        self._endpoint = endpoint
        self._concurrency = concurrency
        self._timeout = timeout
        self._pools: WeakKeyDictionary[asyncio.AbstractEventLoop, list[_Pool]] = WeakKeyDictionary()

    async def chat(
        self, model: str, messages: Sequence[Mapping[str, str]], parts: Mapping[str, object]
    ) -> Heard:
        """Ask for a chat completion; `parts` are the other members of the request's body."""
        # `extra_body` wins over the arguments and is sent as it is; the SDK would spend a
        # third of its time on turning messages over that are already what is sent.
        body = {"messages": messages, **parts}
        return await self.hear(
            lambda sdk: sdk.chat.completions.with_streaming_response.create(
                model=model, messages=[], extra_body=body
            )
        )

    async def models(self) -> Heard:
        """Ask which models there are."""
        return await self.hear(lambda sdk: sdk.models.with_streaming_response.list())

    async def aclose(self) -> None:
        """Close the connections of the running event loop; a later call opens new ones."""
        for pool in self._pools.pop(asyncio.get_running_loop(), ()):
            await pool.sdk.close()

    async def hear(
        self,
        call: Callable[[AsyncOpenAI], AbstractAsyncContextManager[Any]],
        *,
        sink: Callable[[bytes], None] | None = None,
    ) -> Heard:
        """What comes back of a call with a streaming response.

        A `sink` is given the pieces of the body of an answer as they come, of any length and
        without a deadline for them all; then `Answered.body` is empty. Faults are returned, not
        raised in an `except` block: an exception of the SDK in their context could show what
        the key is.
        """
        from openai import APIConnectionError, APIStatusError

        where = self._endpoint.base_url
        try:
            with self._pool() as sdk:
                async with asyncio.timeout(self._timeout) as deadline, call(sdk) as response:
                    # The raw body, not the SDK's objects: those believe what the server says.
                    body = bytearray()
                    async for piece in response.iter_bytes():
                        if sink is not None:
                            sink(piece)
                            deadline.reschedule(asyncio.get_running_loop().time() + self._timeout)
                            continue
                        body += piece
                        if len(body) > LARGEST_BODY:
                            break
                    headers = _lower(response.headers)
        except APIStatusError as error:
            return Refused(error.status_code, error.body, _lower(error.response.headers))
        except TimeoutError:
            return Passing(
                TransportError(f"no complete answer from {where} in {self._timeout:g} s")
            )
        except Exception as error:
            # While an answer is read, errors of the HTTP library come through unwrapped; it
            # is `httpx` below SDK 2 and `httpx2` below SDK 3, so neither can be imported.
            library = type(error).__module__.partition(".")[0]
            if not (isinstance(error, APIConnectionError) or library in ("httpx", "httpx2")):
                raise
            cause = error.__cause__ or error
            while isinstance(cause, BaseExceptionGroup):  # connecting to several addresses
                cause = cause.exceptions[0]
            why = self._endpoint.quote(str(cause)) or type(cause).__name__
            return Passing(TransportError(f"no answer from {where}: {why}"))
        if len(body) > LARGEST_BODY:
            return ReplyError(f"{where} answered with more than {LARGEST_BODY >> 20} MB")
        return Answered(bytes(body), headers)

    @contextmanager
    def _pool(self) -> Iterator[AsyncOpenAI]:
        """An SDK with a free connection of the running loop: none can move to another loop.

        The first one that has a place, so that few connections wait for work.
        """
        pools = self._pools.setdefault(asyncio.get_running_loop(), [])
        pool = next((one for one in pools if one.busy < one.most), None)
        left = self._concurrency - _POOL * len(pools)
        if pool is None and left > 0:
            most = min(_POOL, left)
            trust = pools[0].trust if pools else _trust()
            pool = _Pool(self._sdk(most, trust), most, trust)
            pools.append(pool)
        pool = pool or min(pools, key=lambda one: one.busy)
        pool.busy += 1
        try:
            yield pool.sdk
        finally:
            pool.busy -= 1

    def _sdk(self, most: int, trust: ssl.SSLContext) -> AsyncOpenAI:
        from openai import DEFAULT_CONNECTION_LIMITS, AsyncOpenAI, DefaultAsyncHttpxClient

        # The class of the limits is that of the HTTP library below, whichever it is.
        limits = type(DEFAULT_CONNECTION_LIMITS)(
            max_connections=most, max_keepalive_connections=most
        )
        here = self._endpoint
        parts = urlsplit(here.base_url)
        return AsyncOpenAI(
            api_key=here.key,
            base_url=urlunsplit(parts._replace(query="")),
            default_query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            max_retries=0,
            timeout=self._timeout,
            http_client=DefaultAsyncHttpxClient(
                verify=trust,
                limits=limits,
                follow_redirects=False,
                event_hooks={"request": [self._key_to_azure] if here.is_azure else []},
            ),
        )

    async def _key_to_azure(self, request: Any) -> None:  # of `httpx` or `httpx2`
        """Azure takes a bearer token for one of its own directory, and refuses a key there."""
        request.headers.pop("authorization", None)
        request.headers["api-key"] = self._endpoint.key


@dataclass(slots=True)
class _Pool:
    """A client of the SDK with `most` connections of its own, of which so many are `busy`."""

    sdk: AsyncOpenAI
    most: int
    trust: ssl.SSLContext
    busy: int = 0


def _trust() -> ssl.SSLContext:
    """What the HTTP library below the SDK trusts by default: 20 ms, so pools share it."""
    from openai import DEFAULT_CONNECTION_LIMITS

    library = import_module(type(DEFAULT_CONNECTION_LIMITS).__module__.partition(".")[0])
    trust: ssl.SSLContext = library.create_ssl_context()
    return trust


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
