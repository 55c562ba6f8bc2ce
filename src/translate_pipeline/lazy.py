"""Takes what opens a backend, gives a backend that is opened with its first request.

The law: a run that the memory serves alone needs no key, no model and no SDK; one that needs
them says so before anything is sent, and says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from translate_pipeline.errors import ConfigError, FatalBackendError

if TYPE_CHECKING:
    from translate_pipeline.backends import Backend
    from translate_pipeline.model import Batch, Reply

__all__ = ["Lazy"]


class Lazy:
    """A backend called `name` that `make` opens when it is needed.

    `signature` and `writes` are those of the opened backend; before that, `signature` is the
    name, and `writes` empty.
    """

    writes = ""

    def __init__(self, name: str, make: Callable[[], Backend]) -> None:
        self.name = name
        self._make = make
        self._backend: Backend | None = None

    @property
    def signature(self) -> str:
        return self.name if self._backend is None else self._backend.signature

    @property
    def fallbacks(self) -> int:
        """0 before the backend is opened; the first request does not go to a fallback."""
        return 0 if self._backend is None else self._backend.fallbacks

    @property
    def gone(self) -> Mapping[str, str]:
        """The models that are asked no more, and why."""
        return getattr(self._backend, "gone", {})

    async def translate(self, batch: Batch) -> Reply:
        """The reply of the backend. Raises FatalBackendError where it cannot be opened."""
        if self._backend is None:
            count = len(batch.segments)
            asked = "1 segment is asked for" if count == 1 else f"{count} segments are asked for"
            try:
                self._backend = self._make()
            except (ConfigError, FatalBackendError) as error:
                raise FatalBackendError(f"{asked}, and {error}") from None
        return await self._backend.translate(batch)

    async def aclose(self) -> None:
        if self._backend is not None:
            await self._backend.aclose()
