"""Finds headings that are lost, added, or of another level.

Bound: the levels must be the same sequence. One fault tells the first place where they part.
Source: requirements.md 5 (10 % of one project's pages) and its examples 4, 8, 9 and 20.
Silent: an explicit id that was given to a heading, and one whose words are the source's.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline, Thing
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "headings"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield at most one fault."""
    ours, theirs = source.headings, target.headings
    if [h.what for h in ours] == [h.what for h in theirs]:
        return
    index = 0
    while index < min(len(ours), len(theirs)) and ours[index].what == theirs[index].what:
        index += 1
    line = theirs[index].line if index < len(theirs) else theirs[-1].line if theirs else 1
    numbers = (
        "" if len(ours) == len(theirs) else f"{len(theirs)} headings, {len(ours)} in the source; "
    )
    here, there = _shown(theirs, index), _shown(ours, index)
    yield Fault(line, f"{numbers}the first that differs: {here}, in the source {there}")


def _shown(headings: tuple[Thing, ...], index: int) -> str:
    if index >= len(headings):
        return "none"
    title = headings[index].text.strip("#= -")
    return f"“{title[:60]}” (level {headings[index].what})"
