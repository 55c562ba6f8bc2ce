"""A prompt's name in, its text out; one copy of `prompts/` serves wheel, sdist and checkout.

In a wheel the folder lies inside the package (`translate_pipeline/prompts`, put there by
`force-include` in pyproject.toml); in a checkout and an editable install it is the folder
`prompts/` beside `src/`.
"""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from translate_pipeline.errors import ConfigError

__all__ = ["has_prompt", "prompt_names", "read_prompt"]

# `task`, `locales/zh-Hant-HK`: one optional folder, no way out of `prompts/`.
_NAME = re.compile(r"(?:[a-z]+/)?[A-Za-z0-9][A-Za-z0-9-]*")


def read_prompt(name: str) -> str:
    """The text of `prompts/<name>.md`, newlines as `\\n`, without a BOM.

    The ending may be written: `task` and `task.md`, `locales/de` and `locales/de.md`.
    Raises ConfigError if there is no such prompt, or it is not UTF-8.
    """
    found = _find(name)
    if found is None:
        raise ConfigError(
            f"The prompt `{name}` is missing. Prompts are looked for in {_places()}; "
            "install translate-pipeline again, or check the name."
        )
    try:
        text = found.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"The prompt `{name}` is not UTF-8 (byte {error.start}). Save it as UTF-8."
        ) from error
    return text.replace("\r\n", "\n")


def has_prompt(name: str) -> bool:
    """True if `read_prompt(name)` would find a file."""
    return _find(name) is not None


def prompt_names(folder: str = "locales") -> tuple[str, ...]:
    """The names in one folder of `prompts/`, sorted: `locales/ar`, `locales/de`, …"""
    names = {
        f"{folder}/{entry.name.removesuffix('.md')}"
        for root in _roots()
        if (root / folder).is_dir()
        for entry in (root / folder).iterdir()
        if entry.name.endswith(".md")
    }
    return tuple(sorted(names))


def _find(name: str) -> Traversable | None:
    stem = name.removesuffix(".md")
    if not _NAME.fullmatch(stem):
        return None
    for root in _roots():
        found = root.joinpath(*f"{stem}.md".split("/"))
        if found.is_file():
            return found
    return None


def _roots() -> tuple[Traversable, ...]:
    return (files("translate_pipeline") / "prompts", Path(__file__).parents[2] / "prompts")


def _places() -> str:
    return " and ".join(f"`{root}`" for root in _roots())
