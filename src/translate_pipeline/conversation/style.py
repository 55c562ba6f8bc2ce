"""A style file in, its `Style` out; and a style's length bounds for another source language.

The law: for English sources a style stays as its file says. `parse_style` itself lives in
`locale.py`, because that room lies below this one and reads the files.
"""

from __future__ import annotations

from dataclasses import replace

from translate_pipeline.locale import parse_style
from translate_pipeline.model import Style

__all__ = ["for_source", "parse_style"]


def for_source(target: Style, source: Style) -> Style:
    """`target` with its length bounds for texts in `source` instead of English.

    The bounds of the files are measured from English; for another source the bands are
    divided (quality.md 6.5): shortest by longest, longest by shortest. A target in English
    takes the inverse of the source's own band.
    """
    if _english(source):
        return target
    one = (1.0, 1.0)
    long, short = (one, one) if _english(target) else (target.length, target.length_short)
    return replace(
        target,
        length=_divide(long, source.length),
        length_short=_divide(short, source.length_short),
    )


def _english(style: Style) -> bool:
    return style.tag.split("-")[0] == "en"


def _divide(target: tuple[float, float], source: tuple[float, float]) -> tuple[float, float]:
    return round(target[0] / source[1], 2), round(target[1] / source[0], 2)
