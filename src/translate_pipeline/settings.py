"""Every setting of a run as one frozen value, whether a flag or a config file said it.

The law: a `Settings` that exists is sound in itself; what a backend, a locale or a dialect
makes of a value is told by that part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Term

__all__ = ["Settings"]

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The keys of `translate-pipeline.toml`; each flag of the same name overrides its key.

    `source` and `targets` are locale names as the site writes them. `api_key_env` names the
    environment variable that holds the key, never the key. `timeout` is in seconds, for one
    request. `front_matter_keys` None leaves the default ones. `aliases` add to the built-in
    site spellings. `values` are set in each target's front matter (`audio = false`).

    Raises `ConfigError` for a value that no part could use.
    """

    source: str = "en"
    targets: tuple[str, ...] = ()
    out: str = ""
    backend: str = ""
    model: str = ""
    base_url: str | None = None
    api_key_env: str = ""
    concurrency: int = 8
    timeout: float = 120.0
    dialect: str = "commonmark"
    references: Literal["keep", "translate"] = "keep"
    on_failure: Literal["refuse", "keep-source"] = "refuse"
    front_matter_keys: tuple[str, ...] | None = None
    values: Mapping[str, bool | int | float | str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    instruction: str = ""
    glossary: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.concurrency <= 1024:
            raise ConfigError("`concurrency` must be 1 to 1024 requests at once; 8 is the default")
        if not 0 < self.timeout <= 3600:
            raise ConfigError("`timeout` must be above 0 and at most 3600 seconds")
        # Whoever writes the key itself here must not find it in a message or a log.
        if self.api_key_env and not _VARIABLE.fullmatch(self.api_key_env):
            raise ConfigError(
                "`api_key_env` is the NAME of an environment variable, not the key:"
                " `export MY_KEY=…`, then `--api-key-env MY_KEY`"
            )
        if any(not term.source.strip() for term in self.glossary):
            raise ConfigError("a glossary entry has an empty `source`; write the term there")
