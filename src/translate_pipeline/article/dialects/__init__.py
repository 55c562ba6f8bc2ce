"""A dialect's name in, its `Dialect` out: one file per dialect, mostly data.

The file name is the name used in the config. A dialect says which syntax of its own the
Markdown parser does not know (`constructs`, found by the one linear scanner in
`scan.py`), which parser options fit, and how a heading gets an explicit id.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import cast

from translate_pipeline.article.dialects._dialect import (
    PIN,
    PROSE,
    XML_NAME,
    Anchor,
    Closer,
    Construct,
    Dialect,
    Quoting,
    Slug,
    Title,
    with_prose,
)
from translate_pipeline.errors import ConfigError

__all__ = [
    "PIN",
    "PROSE",
    "XML_NAME",
    "Anchor",
    "Closer",
    "Construct",
    "Dialect",
    "Quoting",
    "Slug",
    "Title",
    "find",
    "names",
    "with_prose",
]


@cache
def names() -> tuple[str, ...]:
    """The dialects there are, sorted."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_"))


@cache
def find(name: str) -> Dialect:
    """The dialect called `name`. Raises ConfigError, naming the known ones."""
    if name not in names():
        raise ConfigError(f"unknown dialect {name!r}; use one of: {', '.join(names())}")
    module = importlib.import_module(f"{__name__}.{name}")
    return cast("Dialect", module.DIALECT)
