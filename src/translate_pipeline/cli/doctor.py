"""The command `doctor`: what an endpoint offers, and whether it can translate.

The law: it costs at most a cent unless `--yes` says otherwise, writes nothing, and never shows
the key. Nothing but argparse is imported here, for `--help` passes through.
"""

from __future__ import annotations

import argparse
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from translate_pipeline.doctor import Diagnosis
    from translate_pipeline.model import LocalePair
    from translate_pipeline.settings import Settings

__all__ = ["DESCRIPTION", "add_arguments", "execute"]

DESCRIPTION = """\
Look at the endpoint of the config or the flags: which models it offers, what the chosen one
costs and takes. Then have a tiny article translated in two requests, and report whether it
came back as it must, how long that took, what was cached, and whether a JSON schema is held
to. Costs at most a cent; a dearer model, or one whose price nobody tells, needs --yes.

Exit code 0: usable; 3: not usable; 2: not tested.
"""
_MILLION = 1e6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags; those named as a field of `Settings` override the config file."""
    add = parser.add_argument
    add("--model", metavar="NAME", help="the model's name at the endpoint")
    add("--base-url", metavar="URL", help="any OpenAI-compatible endpoint")
    add(
        "--api-key-env",
        metavar="NAME",
        help="variable with the key; default: OPENROUTER_API_KEY, then OPENAI_API_KEY",
    )
    add(
        "--to",
        dest="targets",
        action="append",
        metavar="LOCALE",
        help="default: the first of the config's targets that is not the source, else de",
    )
    add("--from", dest="source", metavar="LOCALE", help="default: en")
    add("--timeout", type=float, metavar="SECONDS", help="for one request; default: 120")
    add("--yes", action="store_true", help="whatever it costs")
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--json", action="store_true", help="print one JSON document")
    add("--debug", action="store_true", help="show tracebacks")


def execute(flags: argparse.Namespace) -> int:
    """Examine the endpoint; the exit code. Raises `ConfigError` and `FatalBackendError`."""
    import asyncio

    from translate_pipeline.cli._choices import settings_of
    from translate_pipeline.report.doctor import doctor_document, doctor_lines

    settings, _ = settings_of(flags, Path.cwd())
    pair = _pair(settings)
    found = asyncio.run(_examined(settings, pair, most=not flags.yes))
    code = 2 if found.unasked else 0 if found.usable else 3
    if flags.json:
        _print(doctor_document(found, code))
        return code
    for line in doctor_lines(found, pair.target.name):
        _print(line)
    if found.unasked:
        from translate_pipeline.errors import ConfigError

        raise ConfigError(
            f"{found.unasked}; set [prices] in the config, or add --yes to let it cost that"
        )
    return code


async def _examined(settings: Settings, pair: LocalePair, *, most: bool) -> Diagnosis:
    import os
    from dataclasses import replace

    from translate_pipeline.backends.openai import OpenAIBackend
    from translate_pipeline.cli._choices import make_backend
    from translate_pipeline.doctor import A_CENT, examine
    from translate_pipeline.errors import ConfigError

    if settings.backend not in ("", "openai"):
        raise ConfigError(
            f"the backend `{settings.backend}` has no endpoint to examine; this command is for"
            " `openai`: leave `backend` out of the config, or set it to `openai`"
        )
    backend = make_backend(replace(settings, backend="openai"), os.environ)
    if not isinstance(backend, OpenAIBackend):
        raise TypeError(type(backend))
    prices = settings.prices
    try:
        return await examine(
            backend,
            pair,
            prices=(prices.prompt / _MILLION, prices.completion / _MILLION) if prices else None,
            most=A_CENT if most else None,
        )
    finally:
        await backend.aclose()


def _pair(settings: Settings) -> LocalePair:
    """The source, and the first target in another language."""
    from translate_pipeline.locale import ALIASES, parse_locale
    from translate_pipeline.model import LocalePair

    aliases = {**ALIASES, **settings.aliases}
    source = parse_locale(settings.source, aliases)
    targets = [parse_locale(name, aliases) for name in (*settings.targets, "de", "en")]
    return LocalePair(source, next(t for t in targets if t.tag != source.tag))


def _print(text: str) -> None:
    """To stdout, whatever its encoding can show."""
    import sys

    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))
