"""Finds tables that are lost or added, and tables with another number of rows or columns.

Bound: below each heading the same tables in the same order, by rows and columns.
Source: requirements.md 5 (*tables changed*, 0.3-0.7 %).
Silent: the width of the columns, and where their text stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault, parts

__all__ = ["KIND", "NAME", "check"]

NAME = "tables"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each table of another shape, or for each section with other tables."""
    for part in parts(source, target, "tables"):
        if len(part.ours) != len(part.theirs):
            told = f"{len(part.theirs)} tables{part.place}, {len(part.ours)} in the source"
            yield Fault(part.theirs[0].line if part.theirs else part.line, told)
            continue
        for ours, theirs in zip(part.ours, part.theirs, strict=True):
            if ours.what != theirs.what:
                told = "{} rows and {} columns".format(*theirs.what)
                yield Fault(
                    theirs.line,
                    "this table has {}, {} and {} in the source".format(told, *ours.what),
                )
