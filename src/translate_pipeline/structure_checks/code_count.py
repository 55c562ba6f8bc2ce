"""Finds code blocks that are lost or added; a lost fence turns prose into code, or code into prose.

Bound: the number below each heading must be equal.
Source: requirements.md 5 (*code count*, 1-3 %) and its examples 4 to 6.
Silent: the language behind the fence, and the fence itself (`~~~`).
"""

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault, counts

__all__ = ["KIND", "NAME", "check"]

NAME = "code-count"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each section with another number of code blocks."""
    yield from counts(source, target, "codes", "code block")
