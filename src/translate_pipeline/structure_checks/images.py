"""Finds images that are lost.

Bound: the number below each heading must be equal.
Source: requirements.md 5 (a pair is broken if the image count differs).
Silent: the address, since paths are adapted and pictures are localised.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault, counts

__all__ = ["KIND", "NAME", "check"]

NAME = "images"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each section with another number of images."""
    yield from counts(source, target, "images", "image")
