"""Takes the full stop from the end of a title, heading or table cell whose source has none.

A stop behind a short word may be that of an abbreviation (`usw.`, `Inc.`) and stays, as does one
in a text of several sentences.
Source: quality.md 4.2 (headings) and 6.5, Y3.
Changes: 0.00 % of 5,472 published segments.
"""

from __future__ import annotations

import re

from translate_pipeline.fixes._masked import over_words, words
from translate_pipeline.model import Kind, Segment, Style

__all__ = ["NAME", "fix"]

NAME = "heading-stop"

_KINDS = frozenset({Kind.TITLE, Kind.HEADING, Kind.TABLE_CELL})
_ENDS = re.compile("[.!?:;…。．！？：；।؟۔][\\W\ue000\ue001]*\\Z")
_STOP = re.compile('(?:(?<=[^\\W\\d_]{5})\\.|[。．।۔])(?P<rest>[*_"”»」\ue001]{0,9})\\Z')
_ANY = re.compile("[.。．।۔]")
_INNER = re.compile(r"[.!?。．！？।؟۔]\s|[。！？।]")
_TAIL = 40  # characters: an ending is not longer


def fix(segment: Segment, target: str, style: Style) -> str:
    """`target` without a final stop that only it has."""
    if segment.kind not in _KINDS or not _ANY.search(target):
        return target
    source = words(segment, segment.text).rstrip()
    if not source or _ENDS.search(source[-_TAIL:]):
        return target
    return over_words(segment, target, _without)


def _without(text: str) -> str:
    head, tail = text[:-_TAIL], text[-_TAIL:]
    match = _STOP.search(tail)
    if match is None or _INNER.search(head + tail[: match.start()]):
        return text
    return head + tail[: match.start()] + match["rest"]
