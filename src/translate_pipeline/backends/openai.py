"""Takes a batch, asks a language model behind an OpenAI-compatible endpoint, gives its reply.

The law: whatever the endpoint does within `timeout` ends in a `Reply` or in an error of
`errors.py`. The openai SDK is imported at the first request (it costs a second), works in
its versions 2 and 3, and never retries on its own: two layers of retries multiply.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from translate_pipeline.backends._gate import Gate
from translate_pipeline.backends._openai_answer import (
    Answer,
    Exhausted,
    decode,
    read_answer,
    usage_of,
)
from translate_pipeline.backends._openai_faults import (
    Endpoint,
    Fault,
    UnsupportedParameter,
    fault_of,
)
from translate_pipeline.backends._openai_keys import (
    DEFAULT_KEY_NAMES,
    api_key_from_environment,
    api_key_name,
    checked_key,
    checked_url,
    default_base_url,
)
from translate_pipeline.backends._openai_request import Options, Request, longest_output
from translate_pipeline.backends._retry import Passing, pause_asked, retrying
from translate_pipeline.conversation import wire
from translate_pipeline.conversation.prompts import Templates, compose
from translate_pipeline.errors import (
    BackendError,
    ConfigError,
    FatalBackendError,
    ReplyError,
    TransportError,
)
from translate_pipeline.locale import load_style
from translate_pipeline.model import Batch, Locale, Reply, Style, Usage
from translate_pipeline.resources import read_prompt

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from translate_pipeline.backends import BackendSettings

__all__ = [
    "DEFAULT_KEY_NAMES",
    "OpenAIBackend",
    "api_key_from_environment",
    "api_key_name",
    "default_base_url",
    "from_settings",
]

# Bytes. A full answer of 4,000 tokens is about 20 KB; beyond this something else is sent.
LARGEST_BODY = 8 * 1024 * 1024


def from_settings(settings: BackendSettings) -> OpenAIBackend:
    """The backend for a config; `model` and `api_key` must be set."""
    return OpenAIBackend(
        model=settings.model,
        base_url=settings.base_url,
        api_key=settings.api_key,
        concurrency=settings.concurrency,
        timeout=settings.timeout,
        attempts=settings.attempts,
        temperature=settings.temperature,
        limit_output=settings.limit_output,
    )


class OpenAIBackend:
    """A model behind `base_url` (default: OpenAI's own), asked through the openai SDK.

    `concurrency` is the number of requests under way at once, per event loop. `timeout` is
    the deadline in seconds of one request from the first byte out to the last byte in, and
    `attempts` how often a request is made before a passing fault becomes an error, with
    pauses that start at up to `backoff` seconds and double. `temperature` None leaves it to
    the endpoint. `limit_output` False sends no `max_tokens` (models that think at length).

    Raises `ConfigError` for values that cannot work and `AuthenticationError` for a key that
    is none. The key shows in no message, `repr` or log of this library.
    """

    name = "openai"

    def __init__(
        self,
        *,
        model: str,
        api_key: str,
        base_url: str | None = None,
        concurrency: int = 8,
        timeout: float = 120.0,
        attempts: int = 5,
        backoff: float = 1.0,
        temperature: float | None = 0.0,
        limit_output: bool = True,
        templates: Templates | None = None,
    ) -> None:
        if not model.strip():
            raise ConfigError("no model is named; set `model` (or `--model`) to one it offers")
        if concurrency < 1 or attempts < 1:
            raise ConfigError("`concurrency` and `attempts` must be 1 or more")
        if not (timeout > 0 and backoff >= 0):
            raise ConfigError("`timeout` must be above 0 seconds, `backoff` not below")
        url = checked_url(base_url if base_url is not None else default_base_url(""))
        self._endpoint = Endpoint(url, model.strip(), checked_key(api_key))
        self._concurrency = concurrency
        self._timeout = timeout
        self._attempts = attempts
        self._backoff = backoff
        self._templates = templates or Templates(
            read_prompt("system.md"), read_prompt("task.md"), read_prompt("repair.md")
        )
        self._options = Options(temperature, "max_tokens" if limit_output else None)
        self._gate = Gate(concurrency)
        self._styles: dict[Locale, Style] = {}  # reading the file takes longer than composing
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncOpenAI] = (
            WeakKeyDictionary()
        )

    def __repr__(self) -> str:
        return (
            f"OpenAIBackend(model={self._endpoint.model!r}, base_url={self._endpoint.base_url!r})"
        )

    @property
    def signature(self) -> str:
        """What decides the wording: `openai:<model>|prompts:<digest>`."""
        return f"openai:{self._endpoint.model}|prompts:{self._templates.digest}"

    @property
    def writes(self) -> str:
        """Empty: the targets are in the language asked for."""
        return ""

    @property
    def fallbacks(self) -> int:
        """0: there is no other model to ask."""
        return 0

    async def translate(self, batch: Batch) -> Reply:
        """Ask for the segments of the batch; an incomplete answer is a `Reply` with faults.

        Raises `ReplyError`, `RefusalError` or `TransportError` for this batch alone, and an
        error under `FatalBackendError` that every later call raises too, without a request.
        Each carries the `usage` of all requests made.
        """
        locale = batch.pair.target
        style = self._styles.get(locale) or self._styles.setdefault(locale, load_style(locale))
        prompt = compose(batch, style, self._templates)
        request = Request(prompt.messages(), longest_output(batch), again=bool(batch.reasons))
        spent: list[Usage] = []
        try:
            async with self._gate.pass_through():
                answer = await retrying(
                    lambda: self._attempt(request, spent),
                    attempts=self._attempts,
                    backoff=self._backoff,
                )
        except BackendError as error:
            error.usage = sum(spent, Usage())
            if isinstance(error, FatalBackendError):
                self._gate.stop(error)
            raise
        read = wire.read(answer.text, [segment.id for segment in batch.segments])
        faults = ("truncated",) if answer.truncated else ()
        return Reply(
            targets=read.targets,
            faults=faults + tuple(f for f in read.faults if f not in faults),
            usage=sum(spent, Usage()),
            model=answer.model,
        )

    async def aclose(self) -> None:
        """Close the connections of the running event loop; a later call opens new ones.

        Call it in each loop that translated: connections of a loop that is gone cannot be
        closed in order, they are let go with it.
        """
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()

    async def _attempt(self, request: Request, spent: list[Usage]) -> Answer:
        """One request, or a few while the endpoint still teaches us which options it takes."""
        while True:
            self._gate.check()
            options = self._options
            sent = options.sent(request)
            outcome = await self._exchange(request, sent, spent)
            if isinstance(outcome, Answer):
                return outcome
            if isinstance(outcome, UnsupportedParameter | Exhausted):
                learnt = options.without(outcome)
                if learnt is None:
                    raise outcome.error
                # Another task may have learnt something meanwhile; keep what is known of both.
                self._options = self._options.narrowed(learnt)
                continue
            raise outcome

    async def _exchange(
        self, request: Request, sent: Mapping[str, object], spent: list[Usage]
    ) -> Answer | Fault | Exhausted:
        """One request and its answer. Faults are returned, not raised in an `except` block:
        an exception of the SDK in their context could show what the key is."""
        from openai import APIConnectionError, APIStatusError

        spent.append(Usage(requests=1))
        try:
            async with asyncio.timeout(self._timeout):
                body, content_type = await self._post(request, sent)
        except APIStatusError as error:
            headers = {k.lower(): v for k, v in error.response.headers.items()}
            return fault_of(
                self._endpoint,
                status=error.status_code,
                error=error.body,
                sent=sent,
                pause=pause_asked(headers),
                final=headers.get("x-should-retry") == "false",
            )
        except TimeoutError:
            late = f"no complete answer from {self._endpoint.base_url} in {self._timeout:g} s"
            return Passing(TransportError(late))
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
            return Passing(TransportError(f"no answer from {self._endpoint.base_url}: {why}"))
        if len(body) > LARGEST_BODY:
            return ReplyError(
                f"{self._endpoint.base_url} answered with more than {LARGEST_BODY >> 20} MB"
            )
        payload = decode(self._endpoint, body, content_type)
        if isinstance(payload, Passing):
            return payload
        spent.append(usage_of(payload))
        return read_answer(self._endpoint, payload, sent)

    async def _post(self, request: Request, sent: Mapping[str, object]) -> tuple[bytes, str]:
        """The body, cut just above `LARGEST_BODY`, and its content type.

        The raw body, not the SDK's objects: those believe what the server says of itself.
        """
        create = self._client().chat.completions.with_streaming_response.create
        # `extra_body` wins over the arguments and is sent as it is; the SDK would spend a
        # third of its time on turning messages over that are already what is sent.
        body_parts = {"messages": request.messages, **sent}
        async with create(
            model=self._endpoint.model, messages=[], extra_body=body_parts
        ) as response:
            body = bytearray()
            async for piece in response.iter_bytes():
                body += piece
                if len(body) > LARGEST_BODY:
                    break
            return bytes(body), response.headers.get("content-type", "").lower()

    def _client(self) -> AsyncOpenAI:
        """The client of the running loop: connections cannot move from one to another."""
        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            from openai import DEFAULT_CONNECTION_LIMITS, AsyncOpenAI, DefaultAsyncHttpxClient

            # The SDK keeps 100 connections alive; beyond that every request would shake hands
            # anew. The class of the limits is that of the HTTP library below, whichever it is.
            limits = type(DEFAULT_CONNECTION_LIMITS)(
                max_connections=self._concurrency, max_keepalive_connections=self._concurrency
            )
            client = self._clients[loop] = AsyncOpenAI(
                api_key=self._endpoint.key,
                base_url=self._endpoint.base_url,
                max_retries=0,
                timeout=self._timeout,
                http_client=DefaultAsyncHttpxClient(limits=limits),
            )
        return client
