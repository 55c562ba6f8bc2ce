"""Takes a backend, gives one that stands before it: all is the other's but what a subclass changes.

The law: `name`, `signature`, `writes` and `fallbacks` are always those of the backend behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate_pipeline.backends import Backend
    from translate_pipeline.model import Batch, Reply

__all__ = ["Wrapped"]


class Wrapped:
    """`backend`, to be subclassed by what limits, paces, answers or holds back requests."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def name(self) -> str:
        return self._backend.name

    @property
    def signature(self) -> str:
        return self._backend.signature

    @property
    def writes(self) -> str:
        return self._backend.writes

    @property
    def fallbacks(self) -> int:
        return self._backend.fallbacks

    async def translate(self, batch: Batch) -> Reply:
        """The reply of the backend behind. Raises as it does."""
        return await self._backend.translate(batch)

    async def aclose(self) -> None:
        await self._backend.aclose()
