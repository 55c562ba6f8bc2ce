"""Finds block quotes that are lost or added, and alerts (`> [!NOTE]`) that are none any more.

Bound: below each heading the same number of quotes, and of each kind of alert.
Source: requirements.md 5 (a pair is broken if the quote count differs).
Silent: a notice of the publisher in a quote of its own (`_notices.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault, parts

__all__ = ["KIND", "NAME", "check"]

NAME = "quotes"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each section with other quotes."""
    for part in parts(source, target, "quotes"):
        ours, theirs = Counter(t.what for t in part.ours), Counter(t.what for t in part.theirs)
        if ours == theirs:
            continue
        line = part.theirs[0].line if part.theirs else part.line
        if len(part.ours) != len(part.theirs):
            told = f"{len(part.theirs)} block quotes{part.place}, {len(part.ours)} in the source"
        else:
            kind = next(iter(ours - theirs)) or "a plain quote"
            told = f"an alert{part.place} is no longer what it is in the source: {kind}"
        yield Fault(line, told)
