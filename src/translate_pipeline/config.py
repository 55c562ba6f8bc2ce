"""Takes a `translate-pipeline.toml` or a `pyproject.toml`, gives `Settings`.

The law: every key is known, every value has its type, and no message repeats a value: a
config file is where keys are pasted by mistake. pydantic is imported with this file, so it is
imported only where there is a config.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from translate_pipeline.errors import ArticleError, ConfigError
from translate_pipeline.files import read_text
from translate_pipeline.model import Term
from translate_pipeline.settings import PathRule, Prices, Settings

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["FILE_NAME", "PYPROJECT", "TABLE", "Settings", "load", "read"]

FILE_NAME = "translate-pipeline.toml"
PYPROJECT = "pyproject.toml"
TABLE = "tool.translate-pipeline"

# The tables inside of the table, and the value that each of theirs becomes.
_NESTED = {"glossary": Term, "paths": PathRule, "prices": Prices}


def load(path: Path) -> Settings:
    """The settings in the file at `path`; of a `pyproject.toml`, those in its own table.

    Raises `ConfigError` that names the file, the key, what is wrong and the nearest known
    key.
    """
    try:
        text = read_text(path)
    except ArticleError as error:
        raise ConfigError(str(error).replace("name a Markdown file", "name a TOML file")) from None
    return read(text, str(path), pyproject=path.name == PYPROJECT)


def read(text: str, where: str = FILE_NAME, *, pyproject: bool = False) -> Settings:
    """The settings in a config's text; `where` is its name in messages.

    With `pyproject` they are in the table `[tool.translate-pipeline]` of it.

    >>> read('source = "en"\\ntargets = ["de", "fr"]').targets
    ('de', 'fr')
    """
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        raise ConfigError(f"{where}: this is no TOML: {error}; correct it") from None
    except RecursionError:
        raise ConfigError(f"{where}: arrays or tables are nested too deep; no setting is") from None
    if pyproject:
        for part in TABLE.split("."):
            inner = table.get(part)
            if not isinstance(inner, dict):
                raise ConfigError(f"{where}: there is no table [{TABLE}]; write the settings there")
            table = inner
        where = f"{where} [{TABLE}]"
    _known(table, Settings, where, "")
    for name, kind in _NESTED.items():
        nested = table.get(name)
        if isinstance(nested, dict):
            _known(nested, kind, where, f"{name}.")
        for number, entry in enumerate(nested if isinstance(nested, list) else [], start=1):
            if isinstance(entry, dict):
                _known(entry, kind, where, f"{name}[{number}].")
    try:
        # JSON is where pydantic is strict of type and yet takes a table for a value object;
        # a TOML date, which JSON lacks, is no setting's type anyway.
        text = json.dumps(table, default=repr)
    except ValueError:
        raise ConfigError(f"{where}: a number has thousands of digits; no setting has") from None
    try:
        return TypeAdapter(Settings).validate_json(text, strict=True)
    except ValidationError as error:
        raise ConfigError("\n".join(_faults(error, where))) from None
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from None


def _known(table: dict[str, object], kind: type[DataclassInstance], where: str, at: str) -> None:
    """Refuses the first key of `table` that is no field of `kind`; `at` is the table's place."""
    names = [f.name for f in fields(kind)]
    for key in table:
        if key in names:
            continue
        if key.replace("-", "_").lower() in ("api_key", "key", "token"):
            raise ConfigError(
                f"{where}: `{at}{key}` does not belong in a file; put the key into an"
                " environment variable and name that with `api_key_env`"
            )
        near = difflib.get_close_matches(key.replace("-", "_"), names, n=1, cutoff=0.5)
        hint = f"did you mean `{at}{near[0]}`?" if near else f"known: {', '.join(names)}"
        raise ConfigError(f"{where}: there is no setting `{at}{key}`; {hint}")


def _faults(error: ValidationError, where: str) -> list[str]:
    """One line per wrong value: its key and what belongs there, never the value."""
    faults: dict[str, str] = {}
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        location, message = fault["loc"], fault["msg"][:1].lower() + fault["msg"][1:]
        if location[:1] == ("values",) and len(location) > 2:
            location, message = location[:2], "must be text, a number, true or false"
        # `api_key_env`, `targets[2]`; counted from 1, as people count.
        key = "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in location)
        faults.setdefault(key.lstrip("."), message)
    # Without a key it is the table as a whole, nested deeper than pydantic reads.
    return [f"{where}: {f'`{key}`: ' if key else ''}{text}" for key, text in faults.items()]
