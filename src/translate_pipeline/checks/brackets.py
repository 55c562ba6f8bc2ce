r"""Finds brackets and quotation marks without a partner.

Severity: warning; the page is untidy, no content is lost.
Bound: in the prose of the target a bracket, a quotation mark with two forms or a straight one
is left over, and in the source none is. Full-width and plain brackets pair with each other, and
so do the quotation marks of one form; single ones are apostrophes, too, and are not counted.
Source: quality.md 6.5, Y1 (balanced) and Y5; Xbench's and CheckMate's unpaired symbols.
False alarms: 0.00 % of 5,472 published segments.

passes: en>de "Run it (now)" => "Jetzt (sofort) ausführen"
passes: en>ja "Run it (now)" => "実行する（今)"
passes: en>de "a) first" => "a) zuerst"
passes: en>de "“Yes”" => "„Ja“"
passes: en>de "It's here" => "Hier ist's"
fails(warning): en>de "Run it (now)" => "Jetzt (sofort ausführen"
fails(warning): en>de "“Yes” and no" => "„Ja und nein"
fails(warning): en>ja "“Yes” and no" => "「はいといいえ"
fails(warning): en>de "Say \"yes\" now" => "Sag jetzt \"ja"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_pipeline.checks._prose import prose
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "brackets"
SEVERITY = Severity.WARNING

_MARKS = re.compile(r"[()（）\[\]「」『』《》«»“”„\"]")
_OPENERS = {
    ")": "(（", "）": "(（", "]": "[", "」": "「", "』": "『", "》": "《",
    "»": "«", "«": "»", "”": "“„”", "“": "„”",
}  # fmt: skip
_OPENING = frozenset("(（[「『《«“„»”")


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding."""
    if not _MARKS.search(target):
        return
    left = _left(prose(target, segment))
    if left and not _left(prose(segment.text, segment)):
        yield Finding(NAME, SEVERITY, segment.id, f"{left} has no partner")


def _left(text: str) -> str:
    """The first mark of `text` without a partner; empty where all have one."""
    open_: list[str] = []
    straight = 0
    for mark in _MARKS.findall(text):
        if mark == '"':
            straight += 1
        elif open_ and open_[-1] in _OPENERS.get(mark, ""):
            open_.pop()
        elif mark in _OPENING:
            open_.append(mark)
        else:
            return str(mark)
    if open_:
        return open_[0]
    return '"' if straight % 2 else ""
