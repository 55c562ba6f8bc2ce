"""Gives a model's English quotation marks (`“…”`, or straight ones) the form of the language.

Straight marks are changed only where the source writes typographic ones: an author who types
`"` types it in every language, and many site builders make the language's own of it. All marks
of the text must pair, else nothing is done. Inside quotations of the language, English marks are
its inner ones. Left alone are apostrophes, code, and languages whose outer marks are `‘…’` (which
are apostrophes, too).
Source: quality.md 4.1 (CLDR 45) and 6.5, Y1.
Changes: 0.00 % of 5,472 published segments.
"""

from __future__ import annotations

import re

from translate_pipeline.fixes._masked import CLEAR, over_words, words
from translate_pipeline.model import Segment, Style

__all__ = ["NAME", "fix"]

NAME = "quotes"

_MARKS = re.compile(r"[\"“”„«»‹›「」『』]")
_TYPOGRAPHIC = re.compile(r"[“”„«»「」]")
_CLOSES = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』"}
_SINGLE = re.compile(r"(?<!\w)‘([^‘’]{1,200})’(?!\w)")
_SPACES = " \u00a0\u202f"


def fix(segment: Segment, target: str, style: Style) -> str:
    """`target` with the quotation marks of `style`."""
    if style.quotes[0] in "‘’'\"" or not ("“" in target or '"' in target):
        return target
    source = words(segment, segment.text)
    straight = '"' not in source and _TYPOGRAPHIC.search(source) is not None
    if not straight and "“" not in target:
        return target
    return over_words(segment, target, lambda text: _fixed(text, style, straight=straight))


def _fixed(text: str, style: Style, *, straight: bool) -> str:
    pairs = _pairs(text, straight=straight)
    if not pairs:
        return text
    chars = list(text)
    outer, inner = style.quotes[:2], style.quotes[2:]
    space = style.typography.quote_space
    for start, end, depth in pairs:
        left, right = inner if depth % 2 else outer
        inside = space if not depth % 2 else ""
        chars[start] = left + (inside if text[start + 1] not in _SPACES else "")
        chars[end] = (inside if text[end - 1] not in _SPACES else "") + right
        if not depth and "‘" in text[start:end]:
            for single in _SINGLE.finditer(text, start, end):
                chars[single.start()], chars[single.end() - 1] = inner
    return "".join(chars)


def _pairs(text: str, *, straight: bool) -> list[tuple[int, int, int]]:
    """Start, end and depth of the English quotations; none where a mark has no partner."""
    found: list[tuple[int, int, int]] = []
    open_: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        mark, place = match[0], match.start()
        if mark == '"':
            if not straight:
                continue
            before, after = text[place - 1 : place] or " ", text[place + 1 : place + 2] or " "
            if open_ and open_[-1][0] == '"' and before not in _SPACES:
                found.append((open_.pop()[1], place, len(open_)))
            elif not (before.isalnum() or after.isspace()) or before == CLEAR:
                open_.append((mark, place))
            else:
                return []
        elif open_ and mark in _CLOSES.get(open_[-1][0], ""):
            opener, start = open_.pop()
            if place == start + 1:
                return []
            if opener == "“":
                found.append((start, place, len(open_)))
        elif mark in _CLOSES:
            open_.append((mark, place))
        else:
            return []
    return [] if open_ else found
