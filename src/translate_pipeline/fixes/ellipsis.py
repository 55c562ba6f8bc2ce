"""Makes three dots behind a word the ellipsis of the language (`…`, Chinese `……`).

Only where the source has no three dots: an author who types them types them in every language,
and many site builders set them right on the page. Dots between code or in brackets stay.
Source: quality.md 6.5, Y2.
Changes: 0.00 % of 5,472 published segments.
"""

from __future__ import annotations

import re

from translate_pipeline.fixes._masked import over_words, words
from translate_pipeline.model import Segment, Style

__all__ = ["NAME", "fix"]

NAME = "ellipsis"

_DOTS = re.compile(r"(?<=[^\W\d_])\.\.\.(?![.\w/\\(])")
_SINGLE = re.compile(r"(?<=[\u3041-\u9fff])…(?!…)")


def fix(segment: Segment, target: str, style: Style) -> str:
    """`target` with the ellipsis that `style` names."""
    own = style.typography.ellipsis
    if not own or not ("..." in target or (own == "……" and "…" in target)):
        return target
    if "..." in words(segment, segment.text):
        return target

    def change(text: str) -> str:
        text = _DOTS.sub(own, text)
        return _SINGLE.sub(own, text) if own == "……" else text

    return over_words(segment, target, change)
