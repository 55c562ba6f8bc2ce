"""Finds `**` that a reader sees: emphasis that does not render.

Bound: more places than in the source. CommonMark opens and closes emphasis by what stands beside
it, and a Chinese bracket or a Korean particle there is enough to show the asterisks.
Source: requirements.md 5 (*emphasis shown as `**`*, 0.4-5 %), example 18.
Silent: code, escaped asterisks, single `*` and `_`.
False alarms: a generator that is no CommonMark (Python-Markdown) may render them.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "emphasis-literal"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each place, if there are more than in the source."""
    if len(target.literals) <= len(source.literals):
        return
    for thing in target.literals:
        yield Fault(thing.line, f"readers see the asterisks of “{thing.text[:60]}”")
