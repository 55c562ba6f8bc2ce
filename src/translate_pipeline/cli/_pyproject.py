"""Takes a `pyproject.toml` and our table's text, gives the file with that table at its end.

The law: whatever else the file says, it says afterwards too.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from translate_pipeline.cli._choices import TABLE
from translate_pipeline.errors import ArticleError, ConfigError
from translate_pipeline.files import read_text

__all__ = ["with_table"]


def with_table(path: Path, text: str) -> str:
    """The new text of the file at `path`, which need not exist; our old table is taken out.

    Raises `ConfigError` for a file that is no TOML, and where the old table cannot be taken out
    without touching others.
    """
    if not path.exists():
        return text
    try:
        old = read_text(path)
        before = tomllib.loads(old)
    except ArticleError as error:
        raise ConfigError(str(error)) from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: this is no TOML: {error}; correct it first") from None
    kept = _without_table(old) if _others(before) != before else old
    if "\r\n" in kept:
        text = text.replace("\n", "\r\n")
    gap = "" if not kept.strip() else "\n" if kept.endswith("\n") else "\n\n"
    new = f"{kept}{gap}{text}"
    try:
        same = _others(tomllib.loads(new)) == _others(before)
    except ValueError:
        same = False
    if not same:
        raise ConfigError(
            f"{path}: there is no place for [{TABLE}] beside what it says of `tool`; remove an old"
            " table of ours by hand, or leave --pyproject out"
        )
    return new


def _without_table(text: str) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    tool = document.get("tool")
    if isinstance(tool, dict):
        tool.pop("translate-pipeline", None)
    return tomlkit.dumps(document).rstrip() + "\n"


def _others(table: dict[str, object]) -> dict[str, object]:
    """All that is not ours; `tool` itself goes where it holds nothing else."""
    tool = table.get("tool")
    if not isinstance(tool, dict):
        return table
    rest = {name: value for name, value in tool.items() if name != "translate-pipeline"}
    others = {name: value for name, value in table.items() if name != "tool"}
    return {**others, "tool": rest} if rest else others
