"""Takes parsed flags, gives the settings: flags over config file over defaults.

The law: this is where the environment is read, for the key, the memory's URL and the folder
that GitHub works in; the first two go nowhere but into the backend and the memory.
"""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path

from translate_pipeline.backends import Backend, BackendSettings, open_backend
from translate_pipeline.errors import ConfigError, LocaleError
from translate_pipeline.settings import Settings

__all__ = [
    "CONFIG",
    "FOLDER",
    "PYPROJECT",
    "TABLE",
    "config_in",
    "make_backend",
    "memory_place",
    "names_of",
    "settings_of",
    "workspace_prefix",
]

FOLDER = ".translate-pipeline"  # below the root: the ledger, and the caches beside it
# config.FILE_NAME, PYPROJECT and TABLE, without importing pydantic
CONFIG = "translate-pipeline.toml"
PYPROJECT = "pyproject.toml"
TABLE = "tool.translate-pipeline"
_LISTS = ("targets", "fail_on", "exclude")  # flags that take `a,b` and may be repeated
# Settings that no flag of the same name overrides: tables, and `paths`, which as a flag are files.
_NO_FLAGS = frozenset(
    ("aliases", "extra_body", "glossary", "models", "paths", "prices", "provider", "values")
)
_SHOWABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")


def config_in(folder: Path) -> Path | None:
    """The config of a folder: its `translate-pipeline.toml`, or `pyproject.toml` with our table.

    Raises `ConfigError` where there are both: which of them counts must not be a guess.
    """
    own, shared = folder / CONFIG, folder / PYPROJECT
    found = own if own.is_file() else None
    if not _has_table(shared):
        return found
    if found:
        raise ConfigError(
            f"both {own} and [{TABLE}] in {shared} hold settings; move all of them into one"
        )
    return shared


def settings_of(flags: Namespace, folder: Path) -> tuple[Settings, Path | None]:
    """The settings, and the config file if there is one.

    The file is `--config FILE`, else the one in `folder`. Raises `ConfigError`.
    """
    path: Path | None = flags.config or config_in(folder)
    base = Settings()
    if path is not None:
        from translate_pipeline import config

        base = config.load(path)
    given = {
        f.name: value
        for f in fields(Settings)
        if f.name not in _NO_FLAGS and (value := getattr(flags, f.name, None)) is not None
    }
    for name in _LISTS:
        if name in given:
            given[name] = names_of(given[name])
    return replace(base, **given), path


def names_of(said: Iterable[str]) -> tuple[str, ...]:
    """The names in a flag that takes `a,b` and may be repeated, each once.

    >>> names_of(["de, fr", "de", "ja"])
    ('de', 'fr', 'ja')
    """
    names = (name.strip() for names in said for name in names.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def memory_place(settings: Settings, root: Path, environ: Mapping[str, str]) -> str | Path | None:
    """Where the memory is: an absolute path, the URL of a server, or None for no memory.

    A relative path is meant from `root`, the config's folder. Raises `ConfigError` where the
    variable that `memory_env` names is not set or holds no such place.
    """
    place = settings.memory
    if settings.memory_env:
        place = environ.get(settings.memory_env, "").strip()
        if not place:
            raise ConfigError(
                "the environment variable that `memory_env` names is not set; export it with the"
                ' URL of the memory, or set `memory = "none"` to work without one'
            )
        try:
            replace(settings, memory=place, memory_env="")
        except ConfigError as error:
            raise ConfigError(f"in the variable of `memory_env`: {error}") from None
    if place == "none":
        return None
    if place.startswith(("postgresql://", "postgres://")):
        return place
    return root / (place.removeprefix("sqlite:///") or f"{FOLDER}/memory.sqlite")


def workspace_prefix(root: Path, environ: Mapping[str, str]) -> str:
    """`root` as GitHub's annotations want it: relative to the repository that is checked out.

    Empty where that is `root` itself, and outside of GitHub.
    """
    workspace = environ.get("GITHUB_WORKSPACE", "")
    top, real = Path(workspace).resolve(), root.resolve()
    if not workspace or real == top or not real.is_relative_to(top):
        return ""
    return real.relative_to(top).as_posix()


def _has_table(path: Path) -> bool:
    """True if a `pyproject.toml` has our table, or has our name and cannot be read as TOML."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    # Most projects have no such table: then TOML need not be read at all.
    if b"translate-pipeline" not in data:
        return False
    import tomllib

    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return True  # config.load says what is wrong with it
    tool = table.get("tool")
    return isinstance(tool, dict) and "translate-pipeline" in tool


def make_backend(settings: Settings, environ: Mapping[str, str]) -> Backend:
    """The backend the settings name; `openai` where they name only a model.

    Raises `ConfigError`, and `FatalBackendError` where there is no key.
    """
    name = settings.backend or ("openai" if settings.model else "")
    if not name:
        raise ConfigError(
            "no model is named: pass --model NAME for an OpenAI-compatible endpoint"
            " (OPENROUTER_API_KEY or OPENAI_API_KEY in the environment, or --base-url of a local"
            " server), or --backend pseudo to see the whole run without a key"
        )
    if name != "openai":
        return open_backend(
            name, BackendSettings(concurrency=settings.concurrency, timeout=settings.timeout)
        )
    if not settings.model:
        raise ConfigError("the backend openai has no default model: pass --model NAME")
    from translate_pipeline.backends.openai import (
        DEFAULT_KEY_NAMES,
        api_key_from_environment,
        api_key_name,
        default_base_url,
    )

    names = (settings.api_key_env,) if settings.api_key_env else DEFAULT_KEY_NAMES
    if not all(n in environ or _SHOWABLE.fullmatch(n) for n in names):
        # It may be the key itself that was pasted here: do not repeat it.
        raise ConfigError(
            "the environment variable that --api-key-env names is not set; give the NAME of the"
            " variable, not the key"
        )
    key = api_key_from_environment(names, environ, base_url=settings.base_url)
    found = api_key_name(names, environ, base_url=settings.base_url)
    return open_backend(
        name,
        BackendSettings(
            model=settings.model,
            base_url=settings.base_url or default_base_url(found),
            api_key=key,
            concurrency=settings.concurrency,
            timeout=settings.timeout,
            fallback_models=settings.fallback_models,
            models=_models_by_tag(settings),
            provider=settings.provider,
            reasoning=settings.reasoning,
            extra_body=settings.extra_body,
        ),
    )


def _models_by_tag(settings: Settings) -> dict[str, str]:
    """The models of `models` under the tags of their locales. Raises `LocaleError`."""
    if not settings.models:
        return {}
    from translate_pipeline.locale import ALIASES, parse_locale

    aliases = {**ALIASES, **settings.aliases}
    try:
        return {parse_locale(name, aliases).tag: model for name, model in settings.models.items()}
    except LocaleError as error:
        raise LocaleError(f"in `models`: {error}") from None
