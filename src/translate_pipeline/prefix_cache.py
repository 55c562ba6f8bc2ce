"""Takes a backend, gives one that asks once about an article before it asks more about it.

The law: the same requests, and none waits for another article's. All requests for an article,
in every language, begin with it (`conversation/prompts.py`); a provider that caches beginnings
has the article only when the first request is answered. Asked at once, all pay in full; asked
so, all but the first pay a tenth for what they share (quality.md 2.2, 6.3 rule 6).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

from translate_pipeline.backends._wrapped import Wrapped
from translate_pipeline.conversation.context import WHOLE
from translate_pipeline.errors import ReplyError

if TYPE_CHECKING:
    from translate_pipeline.backends import Backend
    from translate_pipeline.model import Batch, Reply

__all__ = ["PrefixFirst"]

# Letters of an article. Providers cache from 1,024 tokens on, ours and the article's together;
# for little more than that nobody need wait. Above `WHOLE` requests show different pages.
_SHORTEST = 4_000
_LONGEST = WHOLE * 4
# Seconds without use after which providers forget (OpenAI: 5 to 10 minutes).
_FORGOTTEN = 300.0
# Articles; a run's window of jobs is far smaller.
_REMEMBERED = 1_000


class PrefixFirst(Wrapped):
    """`backend`, for one run in one event loop; shared by all pipelines of that run."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._warm: OrderedDict[int, float] = OrderedDict()  # article: when it was last asked
        self._first: dict[int, _First] = {}

    async def translate(self, batch: Batch) -> Reply:
        """The backend's reply. Where the first request for an article has no answer, the next
        one is the first."""
        size = sum(len(segment.text) for segment in batch.article)
        if not _SHORTEST <= size <= _LONGEST:
            return await self._backend.translate(batch)
        pair, texts = batch.pair, (segment.text for segment in batch.article)
        article = hash((pair.source.tag, batch.fallback, *texts))
        if not self._known(article):
            first = self._first.setdefault(article, _First())
            first.users += 1
            try:
                async with first.lock:
                    if not self._known(article):
                        return await self._asked(batch, article)
            finally:
                first.users -= 1
                if not first.users:
                    del self._first[article]
        return await self._asked(batch, article)

    def _known(self, article: int) -> bool:
        asked = self._warm.get(article)
        return asked is not None and asyncio.get_running_loop().time() - asked < _FORGOTTEN

    async def _asked(self, batch: Batch, article: int) -> Reply:
        try:
            reply = await self._backend.translate(batch)
        except ReplyError:  # no translation, but the model has read the article
            self._note(article)
            raise
        self._note(article)
        return reply

    def _note(self, article: int) -> None:
        self._warm[article] = asyncio.get_running_loop().time()
        self._warm.move_to_end(article)
        if len(self._warm) > _REMEMBERED:
            self._warm.popitem(last=False)


class _First:
    """The first request for an article, and how many wait for it."""

    __slots__ = ("lock", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0
