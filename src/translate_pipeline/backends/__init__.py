"""Takes a backend's name and settings, gives a `Backend`; one backend is one file here.

The law: the file name is the name in the config, and nothing of a backend is imported before
it is asked for. A new backend is a new file with a `from_settings(settings) -> Backend`; a
name with a leading underscore is a part shared by backends, never a backend.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from translate_pipeline.errors import ConfigError

if TYPE_CHECKING:
    from translate_pipeline.model import Batch, Reply

__all__ = ["Backend", "BackendSettings", "backend_names", "open_backend"]


class Backend(Protocol):
    """Whatever translates protected segments: a language model, a translation engine.

    `name` is the file's name here; `signature` says in one short string everything that
    changes the wording (model, prompts), so that a result tells how it was made. `writes` is
    the language of the targets where it is not the one asked for (pseudo-localisation), else
    empty; checks of language and length go by it. `fallbacks` is the number of further models
    it can ask (`Batch.fallback`).
    """

    @property
    def name(self) -> str: ...

    @property
    def signature(self) -> str: ...

    @property
    def writes(self) -> str: ...

    @property
    def fallbacks(self) -> int: ...

    async def translate(self, batch: Batch) -> Reply:
        """Translate `batch.segments`; a segment without an answer is absent from the reply.

        Raises `ReplyError` or `TransportError` when this batch could not be translated, and
        `FatalBackendError` when no later batch can be either.
        """
        ...

    async def aclose(self) -> None:
        """Give back connections and processes of the running event loop. May be repeated."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BackendSettings:
    """What a config file or a command line may say of a backend.

    Each backend reads the fields it knows: `pseudo` and `apertium` need none of them. The
    meaning of each is that of the keyword of the same name of `openai.OpenAIBackend`.
    """

    model: str = ""
    base_url: str | None = None
    api_key: str = field(default="", repr=False)
    concurrency: int = 8
    timeout: float = 120.0
    attempts: int = 5
    temperature: float | None = 0.0
    limit_output: bool = True
    fallback_models: tuple[str, ...] = ()
    models: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    provider: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    reasoning: str = ""
    extra_body: Mapping[str, object] = field(
        default_factory=lambda: MappingProxyType({}),
        repr=False,  # somebody may put a key there
    )


def backend_names() -> tuple[str, ...]:
    """The names a config may use, sorted.

    >>> "openai" in backend_names()
    True
    """
    files = Path(__file__).parent.glob("*.py")
    return tuple(sorted(f.stem for f in files if not f.stem.startswith("_")))


def open_backend(name: str, settings: BackendSettings | None = None) -> Backend:
    """The backend of that name.

    Raises `ConfigError` for an unknown name or impossible settings, and whatever
    `FatalBackendError` the backend finds before its first request (an empty key).
    """
    names = backend_names()
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean `{near[0]}`? " if near else ""
        raise ConfigError(f"no backend is called `{name}`; {hint}known: {', '.join(names)}")
    module = import_module(f"{__name__}.{name}")
    opener = cast("Callable[[BackendSettings], Backend]", module.from_settings)
    return opener(settings or BackendSettings())
