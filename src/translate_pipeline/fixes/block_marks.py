r"""Takes heading marks from the beginning of a target, and a bullet from that of a list item.

The article has them around the segment, and a model that repeats them has translated well all
the same: to ask again would cost a prompt. A mark stays where the source begins with one. A list
number stays for the check `shape` to refuse: it may be a date ("1. Januar").
Source: quality.md 6.5, S7 (fix, then error).
Changes: 0.00 % of 5,472 published segments.
"""

from __future__ import annotations

import re

from translate_pipeline.model import Kind, Segment, Style

__all__ = ["NAME", "fix"]

NAME = "block-marks"

_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(?=[^\s#])")
# Not before another bullet, a rule or a task.
_BULLET = re.compile(r"[ \t]*[-+*][ \t]+(?=[^\s\-+*=\[#])")


def fix(segment: Segment, target: str, style: Style) -> str:
    """`target` without the mark that the article has around it."""
    mark = _BULLET if segment.kind is Kind.LIST_ITEM else _HEADING
    match = mark.match(target)
    if match is None or "\n" in target or "\r" in target or mark.match(segment.text):
        return target
    return target[match.end() :]
