"""A segment and its target in, findings out; one check is one file of this folder.

Law: the listing of the folder is the list of checks, the file name with hyphens is the
check's name, and the order is that of the names. A new check is one new file:

- `NAME` and `SEVERITY` (the heaviest severity it gives),
- `check(segment, target, brief) -> Iterator[Finding]`, pure, linear in the
  length of the target, working on the protected form,
- a docstring that says what it finds, how heavy that is and why, the bound and its source,
  the measured rate of false alarms, and has lines
  `passes: en>de "source" => "target"` and `fails(error): en>de "source" => "target"`
  (JSON strings; the kind of the segment may follow the languages). A test runs them.

`benchmarks/false_alarms.py` measures the false alarms and writes `docs/checks.md`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["Check", "load", "names", "run_checks"]


class Check(Protocol):
    """The module of one check."""

    NAME: str
    SEVERITY: Severity

    def check(self, segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
        """What is wrong with `target` as a translation of `segment`."""
        ...


@cache
def names() -> tuple[str, ...]:
    """The checks there are, sorted; a file whose name begins with `_` is none."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in found if name[0] != "_"))


@cache
def load(name: str) -> Check:
    """The check called `name`. Raises KeyError, naming the known ones."""
    if name not in names():
        raise KeyError(f"unknown check {name!r}; use one of: {', '.join(names())}")
    return cast("Check", importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))


@cache
def _checks() -> tuple[Check, ...]:
    return tuple(load(name) for name in names())


def run_checks(segment: Segment, target: str, brief: Brief) -> tuple[Finding, ...]:
    """All findings on `target`, in the order of the checks' names.

    `target` is in protected form, as `segment.text`; the terms of `brief` are those of the run,
    whether the segment has them or not.
    """
    return tuple(
        [finding for check in _checks() for finding in check.check(segment, target, brief)]
    )
