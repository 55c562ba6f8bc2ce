"""Finds paragraphs that are lost, added, merged or split: another number below a heading.

Bound: the number below each heading must be equal; what a list item begins with counts as the
item. Source: requirements.md 5 (*paragraphs dropped or merged*, 2-11 %), examples 5, 11 and 13.
Silent: one notice of the publisher at the beginning or the end (`_notices.py`).
False alarms: a person who splits a long paragraph means well, and it is told all the same:
nothing else can tell a split from a sentence that was invented.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault, counts

__all__ = ["KIND", "NAME", "check"]

NAME = "paragraphs"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each section with another number of paragraphs."""
    yield from counts(source, target, "paragraphs", "paragraph")
