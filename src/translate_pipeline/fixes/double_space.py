"""Makes two and more spaces between words one, where the source has no such spaces.

Spaces at the end of a line are syntax (a line break) and stay, as do those at its beginning.
Source: quality.md 6.5, Y4.
Changes: 0.07 % of 5,472 published segments (4, typing faults of one page all).
"""

from __future__ import annotations

import re

from translate_pipeline.fixes._masked import over_words, words
from translate_pipeline.model import Segment, Style

__all__ = ["NAME", "fix"]

NAME = "double-space"

_DOUBLE = re.compile(r"(?<=[^\s|])  +(?=[^\s|])")


def fix(segment: Segment, target: str, style: Style) -> str:
    """`target` with single spaces."""
    if "  " not in target or _DOUBLE.search(words(segment, segment.text)):
        return target
    return over_words(segment, target, lambda text: _DOUBLE.sub(" ", text))
