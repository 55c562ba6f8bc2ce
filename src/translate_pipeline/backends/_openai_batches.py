"""Takes an order's file, gives what the provider's batch API says of it, and its answers.

The law: every call ends in a value or in an error of `errors.py`, with the few tries that a
passing fault is worth; no body is held in memory but a status of a few kilobytes. The API is
OpenAI's (`/files`, `/batches`), which others have taken over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from translate_pipeline.backends._openai_answer import Answer, decode, read_answer, usage_of
from translate_pipeline.backends._openai_client import Answered, Client, Refused
from translate_pipeline.backends._openai_faults import Endpoint, fault_of
from translate_pipeline.backends._retry import Passing, pause_asked, retrying
from translate_pipeline.conversation import wire
from translate_pipeline.errors import BackendError, ReplyError
from translate_pipeline.model import Usage

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["MOST_BYTES", "MOST_REQUESTS", "BatchApi", "Given", "Seen"]

#: What one file may hold: OpenAI takes 50,000 requests and 200 MB; half of that leaves room
#: for those who take less, and for a machine that has to hold it while it is sent.
MOST_REQUESTS = 50_000
MOST_BYTES = 100_000_000

# The longest file of answers that is taken; 50,000 answers of 4,000 tokens are about 1 GB.
_LONGEST = 2_000_000_000
_ATTEMPTS = 5
_BACKOFF = 1.0
# Our id among what the provider keeps with a batch, so that it is found again.
_NAME = "translate-pipeline-order"


class Seen(NamedTuple):
    """A batch as the provider tells of it. `output` and `errors` are files, empty if none."""

    batch: str
    status: str
    output: str = ""
    errors: str = ""
    done: int = 0
    failed: int = 0
    said: str = ""

    @property
    def ended(self) -> bool:
        """True when nothing more will be answered; what was answered can be fetched."""
        return self.status in ("completed", "expired", "cancelled", "failed")


class Given(NamedTuple):
    """One line of a file of answers: the targets by number, and what they cost."""

    request: str
    targets: Mapping[int, str]
    usage: Usage
    fault: str = ""


class BatchApi:
    """The batch API of one endpoint."""

    def __init__(self, client: Client, endpoint: Endpoint) -> None:
        self._client = client
        self._endpoint = endpoint

    async def upload(self, path: Path) -> str:
        """Send the file of requests; its id there."""
        said = await self._ask(
            lambda sdk: sdk.files.with_streaming_response.create(file=path, purpose="batch")
        )
        return _text(said, "id") or self._broken("gave the uploaded file no id")

    async def place(self, file: str, order: str) -> Seen:
        """Order the answers to an uploaded file; `order` is our name for it.

        One try: what came of one that failed is not known, `find` tells.
        """
        return self._seen(
            await self._ask(
                lambda sdk: sdk.batches.with_streaming_response.create(
                    input_file_id=file,
                    endpoint="/v1/chat/completions",
                    completion_window="24h",
                    metadata={_NAME: order},
                ),
                attempts=1,
            )
        )

    async def look(self, batch: str) -> Seen:
        """How far a batch has come."""
        return self._seen(
            await self._ask(lambda sdk: sdk.batches.with_streaming_response.retrieve(batch))
        )

    async def cancel(self, batch: str) -> Seen:
        """Have a batch stopped; what is answered by then is still paid for, and can be had."""
        return self._seen(
            await self._ask(lambda sdk: sdk.batches.with_streaming_response.cancel(batch))
        )

    async def find(self, order: str) -> Seen | None:
        """The batch that was placed under our name `order`, among the last hundred."""
        said = await self._ask(lambda sdk: sdk.batches.with_streaming_response.list(limit=100))
        batches = said.get("data")
        for one in batches if isinstance(batches, list) else ():
            marks = one.get("metadata") if isinstance(one, Mapping) else None
            if isinstance(marks, Mapping) and marks.get(_NAME) == order:
                return self._seen(one)
        return None

    async def fetch(self, file: str, into: BinaryIO) -> None:
        """Write a file of the provider's at the end of `into`."""
        start = into.tell()

        def sink(piece: bytes) -> None:
            into.write(piece)
            if into.tell() - start > _LONGEST:
                raise ReplyError(f"{self._endpoint.base_url} sends more answers than were asked")

        def again() -> None:
            into.seek(start)
            into.truncate()

        await self._heard(
            lambda sdk: sdk.files.with_streaming_response.content(file), sink=sink, before=again
        )

    def read(self, line: str, numbers: Mapping[str, list[int]]) -> Given | None:
        """One line of a file of answers, whose requests ask for the segments `numbers`.

        None for a line that belongs to no request of ours.
        """
        return _read_line(self._endpoint, line, numbers)

    async def aclose(self) -> None:
        """Close the connections of the running event loop."""
        await self._client.aclose()

    async def _ask(
        self,
        call: Callable[[AsyncOpenAI], AbstractAsyncContextManager[Any]],
        *,
        attempts: int = _ATTEMPTS,
    ) -> Mapping[str, object]:
        heard = await self._heard(call, attempts=attempts)
        said = decode(self._endpoint, heard.body, heard.content_type)
        if isinstance(said, Passing):
            raise said.error
        return said

    async def _heard(
        self,
        call: Callable[[AsyncOpenAI], AbstractAsyncContextManager[Any]],
        *,
        sink: Callable[[bytes], None] | None = None,
        before: Callable[[], None] = lambda: None,
        attempts: int = _ATTEMPTS,
    ) -> Answered:
        async def once() -> Answered:
            before()
            heard = await self._client.hear(call, sink=sink)
            if isinstance(heard, Refused):
                fault: Exception = fault_of(
                    self._endpoint,
                    status=heard.status,
                    error=heard.error,
                    sent={},
                    pause=pause_asked(heard.headers),
                    final=heard.headers.get("x-should-retry") == "false",
                    location=heard.headers.get("location", ""),
                )
                raise fault if isinstance(fault, BackendError | Passing) else ReplyError(str(fault))
            if isinstance(heard, Passing | ReplyError):
                raise heard
            return heard

        return await retrying(once, attempts=attempts, backoff=_BACKOFF)

    def _seen(self, said: Mapping[str, object]) -> Seen:
        counts = said.get("request_counts")
        counts = counts if isinstance(counts, Mapping) else {}
        return Seen(
            _text(said, "id") or self._broken("told of a batch without an id"),
            _text(said, "status"),
            _text(said, "output_file_id"),
            _text(said, "error_file_id"),
            _number(counts.get("completed")),
            _number(counts.get("failed")),
            self._endpoint.quote(_reasons(said.get("errors"))),
        )

    def _broken(self, how: str) -> str:
        raise ReplyError(f"{self._endpoint.base_url} {how}; does it have a batch API?")


def _read_line(endpoint: Endpoint, line: str, numbers: Mapping[str, list[int]]) -> Given | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    request = said.get("custom_id") if isinstance(said, dict) else None
    if not isinstance(request, str) or request not in numbers:
        return None
    response = said.get("response")
    body = response.get("body") if isinstance(response, Mapping) else None
    status = response.get("status_code") if isinstance(response, Mapping) else None
    if not isinstance(body, Mapping) or status != 200:
        reason = _reasons(said.get("error")) or _reasons(body) or f"status {status}"
        return Given(request, {}, Usage(), endpoint.quote(reason))
    usage = usage_of(body)
    answer = read_answer(endpoint, body, {})
    if not isinstance(answer, Answer):
        return Given(request, {}, usage, str(answer))
    return Given(request, wire.read(answer.text, numbers[request]).targets, usage)


def _text(said: Mapping[str, object], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _reasons(errors: object) -> str:
    """What an error object says, or the first of a list of them; `{"error": {…}}` counts, too."""
    for _ in range(4):
        if isinstance(errors, list):
            errors = errors[0] if errors else None
        if not isinstance(errors, Mapping):
            return ""
        message = errors.get("message")
        if isinstance(message, str):
            return message
        errors = errors.get("data") or errors.get("error")
    return ""
