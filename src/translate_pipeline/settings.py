"""Every setting of a run as one frozen value, whether a flag or a config file said it.

The law: a `Settings` that exists is sound in itself; what a backend, a locale or a dialect
makes of a value is told by that part.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Term

__all__ = ["FAIL_ON", "FAIL_ON_ALL", "PathRule", "Prices", "Settings"]

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PARAMETER = re.compile(r"[A-Za-z][\w:.-]*", re.ASCII)  # as `article/prose_slots.py` reads one
# Where a memory can be. Whatever else has a scheme is a mistake, not a file called `mysql:`.
_MEMORY_SCHEMES = ("sqlite:///", "postgresql://", "postgres://")

# What a `check` can fail on: states of a job, then classes of findings.
FAIL_ON_ALL = (
    "missing",
    "stale",
    "edited",
    "broken",
    "orphaned",
    "leftovers",
    "language",
    "front-matter",
    "anchors",
    "warnings",
)
# A person's edit is no fault, and a warning is no error.
FAIL_ON = tuple(name for name in FAIL_ON_ALL if name not in ("edited", "warnings"))


@dataclass(frozen=True, slots=True)
class PathRule:
    """Where sources are and where their targets go: patterns relative to the root."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens, as providers list them."""

    prompt: float
    completion: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The keys of `translate-pipeline.toml`; each flag of the same name overrides its key.

    `source` and `targets` are locale names as the site writes them. `api_key_env` names the
    environment variable that holds the key, never the key. `timeout` is in seconds, for one
    request. `dialect` names a Markdown flavour; `auto` leaves it to the layout, to each file's
    extension and to its text. `front_matter_keys` None leaves the default ones.
    `prose_parameters` are parameters of a site's own shortcodes, includes and components that
    hold prose (`caption_text`), beside those that the dialect knows. `aliases`
    add to the built-in site spellings. `values` are set in each target's front matter
    (`audio = false`), the keys in `drop` are left out of it.

    `fallback_models` answer in their order where `model` cannot; `models` names another first
    model for some locales. `reasoning` is how much a model thinks, `provider` is for OpenRouter,
    `extra_body` goes into the body of every request.

    `context` is what a request is shown of its article: all of it, the neighbourhood of what it
    asks for, nothing else, or whichever is cheaper.

    With `review`, `review_model` looks at new translations: all, or those that a check has flagged.

    `layout` is a site's layout, empty for files named on the command line; `paths` are patterns
    of one's own, `exclude` globs of what is no source, both relative to the config's folder.
    `memory` is "" for the usual file, "none", a path or a URL; `memory_env` names the variable
    that holds the URL instead. `tmx` are paths of translations shipped with the site,
    `glossary_files` of its glossaries (TOML, CSV, TBX).
    `copy_source` (publish the source as it is, too) and `links` are as the layout has them where
    they are None; without a layout, links stay. `fail_on` is what lets `check` fail. A run stops
    at the first of the `max_` limits it reaches; `max_cost` is in US dollars.

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
    fallback_models: tuple[str, ...] = ()
    models: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    reasoning: str = ""
    provider: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    extra_body: Mapping[str, object] = field(
        default_factory=lambda: MappingProxyType({}),
        repr=False,  # somebody may put a key there
    )
    dialect: str = "auto"
    references: Literal["keep", "translate"] = "keep"
    on_failure: Literal["refuse", "keep-source"] = "refuse"
    context: Literal["auto", "article", "window", "none"] = "auto"
    front_matter_keys: tuple[str, ...] | None = None
    prose_parameters: tuple[str, ...] = ()
    values: Mapping[str, bool | int | float | str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    review: Literal["off", "flagged", "all"] = "off"
    review_model: str = ""
    instruction: str = ""
    glossary: tuple[Term, ...] = ()
    glossary_files: tuple[str, ...] = ()
    layout: str = ""
    paths: tuple[PathRule, ...] = ()
    exclude: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    links: Literal["rewrite", "keep"] | None = None
    rtl_dir: bool = False
    copy_source: bool | None = None
    memory: str = field(default="", repr=False)  # a URL may hold a password
    memory_env: str = ""
    tmx: tuple[str, ...] = ()
    fail_on: tuple[str, ...] = FAIL_ON
    prices: Prices | None = None
    max_articles: int | None = None
    max_requests: int | None = None
    max_tokens: int | None = None
    max_cost: float | None = None

    @property
    def has_site(self) -> bool:
        """True if the settings say where sources are, so that none need be named."""
        return bool(self.layout or self.paths)

    @property
    def rewrites_links(self) -> bool:
        """True if relative links are to resolve from the target's place."""
        return self.links == "rewrite" or (self.links is None and self.has_site)

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
        if any(not name.strip() for name in (*self.fallback_models, *self.models.values())):
            raise ConfigError("`fallback_models` or `models` holds an empty name; remove it")
        if self.review != "off" and not self.review_model.strip():
            raise ConfigError(
                "`review` needs `review_model`: best another model than the one that translates,"
                " for models see few faults in their own work"
            )
        self._check_site()
        self._check_memory()
        self._check_limits()

    def _check_site(self) -> None:
        for number, rule in enumerate(self.paths, start=1):
            for name, pattern in (("source", rule.source), ("target", rule.target)):
                if not pattern.strip():
                    raise ConfigError(
                        f"`paths[{number}].{name}` is empty; write a pattern of {{dir}}, {{stem}},"
                        " {locale} and {ext}"
                    )
        for key in ("exclude", "drop", "tmx", "glossary_files"):
            for number, text in enumerate(getattr(self, key), start=1):
                if not text.strip():
                    raise ConfigError(f"`{key}[{number}]` is empty; name something, or remove it")
        for number, name in enumerate(self.fail_on, start=1):
            if name not in FAIL_ON_ALL:
                near = difflib.get_close_matches(name.lower(), FAIL_ON_ALL, n=1, cutoff=0.5)
                hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(FAIL_ON_ALL)}"
                raise ConfigError(f"`fail_on[{number}]` is nothing a check looks for; {hint}")
        for number, name in enumerate(self.prose_parameters, start=1):
            if not _PARAMETER.fullmatch(name):
                raise ConfigError(
                    f"`prose_parameters[{number}]` is no parameter's name; write the name alone,"
                    ' as in `{% include x caption_text="…" %}`'
                )
        both = sorted(set(self.drop) & set(self.values))
        if both:
            raise ConfigError("a key of `drop` is also in `values`; it can be dropped or set")

    def _check_memory(self) -> None:
        # The value may hold a password: no message repeats it.
        if "://" in self.memory and not self.memory.startswith(_MEMORY_SCHEMES):
            raise ConfigError(
                "`memory` is a path, `sqlite:///…`, `postgresql://…` or `none`;"
                " other databases are not supported"
            )
        if self.memory and self.memory_env:
            raise ConfigError("`memory` and `memory_env` are both set; keep one of them")
        if self.memory_env and not _VARIABLE.fullmatch(self.memory_env):
            raise ConfigError(
                "`memory_env` is the NAME of an environment variable that holds the URL, not the"
                ' URL: `export MY_MEMORY=postgresql://…`, then `memory_env = "MY_MEMORY"`'
            )

    def _check_limits(self) -> None:
        for key in ("max_articles", "max_requests", "max_tokens"):
            value = getattr(self, key)
            if value is not None and value < 1:
                raise ConfigError(f"`{key}` must be at least 1; without a limit, leave it out")
        # `not >` also refuses NaN.
        if self.max_cost is not None and not 0 < self.max_cost < math.inf:
            raise ConfigError(
                "`max_cost` must be above 0 US dollars; without a limit, leave it out"
            )
        for key in ("prompt", "completion"):
            if self.prices is not None and not 0 <= getattr(self.prices, key) < math.inf:
                raise ConfigError(f"`prices.{key}` must be 0 or more US dollars a million tokens")
