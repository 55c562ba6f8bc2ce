"""Finds list items that are lost, added, or moved to another level or sort of list.

Bound: below each heading the same number of items of each depth and sort (numbered or not).
Source: requirements.md 5 (*list items lost or re-nested*, 2-6 %), examples 10 and 12.
Silent: the mark (`*` for `-`), the first number, and blank lines between items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault, parts

__all__ = ["KIND", "NAME", "check"]

NAME = "list-items"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each section with other items."""
    for part in parts(source, target, "items"):
        ours, theirs = Counter(t.what for t in part.ours), Counter(t.what for t in part.theirs)
        if ours == theirs:
            continue
        line = part.theirs[0].line if part.theirs else part.line
        if len(part.ours) != len(part.theirs):
            told = f"{len(part.theirs)} list items{part.place}, {len(part.ours)} in the source"
        else:
            told = f"the list items{part.place} are nested or numbered otherwise than in the source"
        yield Fault(line, told)
