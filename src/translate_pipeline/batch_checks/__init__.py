"""The targets of one request in, findings that only show beside their neighbours out.

Law: what is found here is asked for again, never corrected by counting. One check is one file of
this folder, and the listing of the folder is the list of checks; a file without a leading
underscore has

- `NAME` and `SEVERITY` (the heaviest severity it gives),
- `check(segments, targets, findings, brief) -> Iterator[Finding]`, pure, linear in the lengths,
- a docstring that says what it finds, the bound and its source, and the measured rate of false
  alarms. `benchmarks/alignment.py` measures them, on good answers and on shifted ones.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol, cast

from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["BatchCheck", "load", "names", "run_batch_checks"]


class BatchCheck(Protocol):
    """The module of one check of a whole request."""

    NAME: str
    SEVERITY: Severity

    def check(
        self,
        segments: Sequence[Segment],
        targets: Mapping[int, str],
        findings: Mapping[int, tuple[Finding, ...]],
        brief: Brief,
    ) -> Iterator[Finding]:
        """What is wrong with `targets` as an answer to `segments`."""
        ...


@cache
def names() -> tuple[str, ...]:
    """The checks there are, sorted; a file whose name begins with `_` is none."""
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in found if name[0] != "_"))


@cache
def load(name: str) -> BatchCheck:
    """The check called `name`. Raises KeyError, naming the known ones."""
    if name not in names():
        raise KeyError(f"unknown check {name!r}; use one of: {', '.join(names())}")
    return cast("BatchCheck", importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))


@cache
def _checks() -> tuple[BatchCheck, ...]:
    return tuple(load(name) for name in names())


def run_batch_checks(
    segments: Sequence[Segment],
    targets: Mapping[int, str],
    findings: Mapping[int, tuple[Finding, ...]],
    brief: Brief,
) -> dict[int, tuple[Finding, ...]]:
    """What else is to be said of these targets, by segment id.

    `segments` are those of one request in order, `targets` what came back for them, `findings`
    what the checks of single segments have said.
    """
    found: dict[int, tuple[Finding, ...]] = {}
    for one in _checks():
        for finding in one.check(segments, targets, findings, brief):
            found[finding.segment] = (*found.get(finding.segment, ()), finding)
    return found
