"""Takes the batches of a run, puts down for an order what would be asked.

The law: a text is ordered once, whichever articles have it, and not while another order has
it. An article that needs an answer ends with `OrderedError`, which is no fault. Only the first
request is sent at once: it proves key and model, and teaches which options the model takes,
before thousands are handed in that would all be refused for the same reason.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Protocol

from translate_pipeline.batch_orders.order import Asked, Text, text_of
from translate_pipeline.errors import BackendError, FatalBackendError, OrderedError
from translate_pipeline.model import Batch, Reply, Segment

__all__ = ["Collecting", "Composer"]

#: Where the requests of an order go, at any provider with this API.
URL = "/v1/chat/completions"


class Composer(Protocol):
    """What is needed of a backend: the very request it would send first."""

    @property
    def name(self) -> str: ...

    @property
    def signature(self) -> str: ...

    @property
    def writes(self) -> str: ...

    def body(self, batch: Batch) -> dict[str, object]: ...

    async def translate(self, batch: Batch) -> Reply: ...

    async def aclose(self) -> None: ...


class Collecting:
    """A backend for a run that orders. `waiting` are the texts of open orders.

    `put` is given each request: a line of the file that is handed in, and the texts that it
    asks for.
    """

    fallbacks = 0

    def __init__(
        self,
        composer: Composer,
        waiting: Mapping[Text, str],
        put: Callable[[str, Asked], None],
    ) -> None:
        self._composer = composer
        self._put_line = put
        self._waiting = waiting
        self._taken: set[Text] = set()
        self._first: asyncio.Event | None = None
        self._fatal: FatalBackendError | None = None

    @property
    def name(self) -> str:
        return self._composer.name

    @property
    def signature(self) -> str:
        return self._composer.signature

    @property
    def writes(self) -> str:
        return self._composer.writes

    async def translate(self, batch: Batch) -> Reply:
        """The answer to the run's first batch; every other one is put down.

        Raises OrderedError for these, and what the backend raises for the first.
        """
        if batch.reasons or batch.fallback:
            return await self._composer.translate(batch)  # of the first article, which is answered
        if self._first is None:
            self._first = asyncio.Event()
            try:
                return await self._ask(batch)
            except FatalBackendError as error:
                self._fatal = error
                raise
            finally:
                self._first.set()
        await self._first.wait()
        if self._fatal is not None:
            # A copy: many tasks raise it at once, and a traceback belongs to one of them.
            raise type(self._fatal)(str(self._fatal))
        return await self._put_down(batch)

    async def _ask(self, batch: Batch) -> Reply:
        texts = [text_of(segment, batch.pair) for segment in batch.segments]
        if not all(self._is_new(text) for text in texts):
            return await self._put_down(batch)
        try:
            return await self._composer.translate(batch)
        except BackendError:
            self._taken.difference_update(texts)
            raise

    async def _put_down(self, batch: Batch) -> Reply:
        texts = {segment.id: text_of(segment, batch.pair) for segment in batch.segments}
        known = [text for text in texts.values() if text in self._waiting]
        new = [s for s in batch.segments if self._is_new(texts[s.id])]
        if new:
            self._put(batch, new, texts)
        # The other batches of the article are tasks of their own: each must have had its turn
        # before the first that raises takes the rest with it.
        await asyncio.sleep(0)
        where = f" (some of it in {self._waiting[known[0]]})" if known else ""
        raise OrderedError(f"ordered{where}; `translate-pipeline batches fetch` brings the answers")

    async def aclose(self) -> None:
        await self._composer.aclose()

    def _is_new(self, text: Text) -> bool:
        if text in self._taken or text in self._waiting:
            return False
        self._taken.add(text)
        return True

    def _put(self, batch: Batch, new: Iterable[Segment], texts: Mapping[int, Text]) -> None:
        asked = replace(batch, segments=tuple(new))
        body = self._composer.body(asked)
        data = json.dumps(body, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        # Unique in an order, and the same for the same request.
        name = f"{batch.pair.target.tag}-{blake2b(data, digest_size=12).hexdigest()}"
        line = {"custom_id": name, "method": "POST", "url": URL, "body": body}
        text = json.dumps(line, ensure_ascii=False).encode("utf-8", "replace").decode()
        self._put_line(f"{text}\n", Asked(name, {s.id: texts[s.id] for s in asked.segments}))
