"""Takes parsed flags, gives the settings: flags over config file over defaults.

The law: this is where the environment is read, for the key alone, and the key goes nowhere
but into the backend.
"""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

from translate_pipeline.backends import Backend, BackendSettings, open_backend
from translate_pipeline.errors import ConfigError
from translate_pipeline.settings import Settings

__all__ = ["make_backend", "settings_of"]

_CONFIG = "translate-pipeline.toml"  # config.FILE_NAME, without importing pydantic
_SHOWABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")


def settings_of(flags: Namespace, folder: Path) -> tuple[Settings, Path | None]:
    """The settings, and the config file if there is one.

    The file is `--config FILE`, else `translate-pipeline.toml` in `folder`. Raises
    `ConfigError`.
    """
    path: Path | None = flags.config
    if path is None and (folder / _CONFIG).is_file():
        path = folder / _CONFIG
    base = Settings()
    if path is not None:
        from translate_pipeline import config

        base = config.load(path)
    given = {
        f.name: value
        for f in fields(Settings)
        if (value := getattr(flags, f.name, None)) is not None
    }
    if flags.targets is not None:
        names = [name.strip() for names in flags.targets for name in names.split(",")]
        given["targets"] = tuple(dict.fromkeys(name for name in names if name))
    return replace(base, **given), path


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
        ),
    )
