"""A segment, a model's target and the style of its language in, the target with typography set
right out; one fix is one file of this folder.

Law: a fix is pure, linear and idempotent, changes no mark, code span, formula or URL, and leaves
right text alone. The listing of the folder is the list of fixes, applied in the order of their
names; a file without a leading underscore has a `NAME` and a `fix(segment, target, style) -> str`,
and its docstring says on how much published text it would have changed something.

Fixes are for what a model has just written. What a person wrote is never given to them.
`benchmarks/fixes.py` measures the rates.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from translate_pipeline.model import Segment, Style

__all__ = ["Fix", "apply_fixes", "load", "names"]


class Fix(Protocol):
    """The module of one fix."""

    NAME: str

    def fix(self, segment: Segment, target: str, style: Style) -> str:
        """`target` (protected form) with one thing set right."""
        ...


@cache
def names() -> tuple[str, ...]:
    """The fixes there are, sorted; a file whose name begins with `_` is none."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in found if name[0] != "_"))


@cache
def load(name: str) -> Fix:
    """The fix called `name`. Raises KeyError, naming the known ones."""
    if name not in names():
        raise KeyError(f"unknown fix {name!r}; use one of: {', '.join(names())}")
    return cast("Fix", importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))


@cache
def _fixes() -> tuple[Fix, ...]:
    return tuple(load(name) for name in names())


def apply_fixes(segment: Segment, target: str, style: Style) -> str:
    """`target` (protected form, written by a model) after all fixes; `style` is its language's.

    A target that is its source is given back as it is: whether it is a name or was not
    translated is for the checks to say, and they must see it.
    """
    if target == segment.text:
        return target
    for one in _fixes():
        target = one.fix(segment, target, style)
    return target
