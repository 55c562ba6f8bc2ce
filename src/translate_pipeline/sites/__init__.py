"""A layout's name in, its `Layout` out: one file per generator, mostly data.

A name begins with the name of its file: `jekyll-suffix` is in `jekyll.py`. A new layout is a
new file with `LAYOUTS`.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, cast

from translate_pipeline.errors import ConfigError

if TYPE_CHECKING:
    from translate_pipeline.sites.layout import Layout

__all__ = ["all_layouts", "find", "names"]


@cache
def all_layouts() -> tuple[Layout, ...]:
    """Every layout there is, by the name of its file, in the file's order."""
    files = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(layout for name in files for layout in _layouts(name))


def names() -> tuple[str, ...]:
    """The names of all layouts."""
    return tuple(layout.name for layout in all_layouts())


@cache
def find(name: str) -> Layout:
    """The layout called `name`; only its own file is imported.

    Raises ConfigError with the nearest known name.
    """
    file = name.split("-", 1)[0]
    if file in {module.name for module in pkgutil.iter_modules(__path__)}:
        for layout in _layouts(file):
            if layout.name == name:
                return layout
    near = difflib.get_close_matches(name, names(), n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}? There are" if near else "use one of"
    raise ConfigError(f"unknown layout {name!r}; {hint}: {', '.join(names())}")


def _layouts(file: str) -> tuple[Layout, ...]:
    module = importlib.import_module(f"{__name__}.{file}")
    return cast("tuple[Layout, ...]", getattr(module, "LAYOUTS", ()))
