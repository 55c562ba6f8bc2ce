r"""Finds emphasis that was lost or added: another number of `**` and `~~` pairs.

Severity: warning; readers lose a nuance, not content. Whether what stands there renders, and
at the same places, is proven when the article is put together, by parsing.
Bound: the number of pairs outside code must be equal. Single `*` and `_` are not counted:
Japanese, Chinese and Arabic have no italics and rightly drop or replace them.
Source: quality.md 6.5, S6 (0.2-5.3 % there).
False alarms: 0.20 % of 5,472 published segments (11), true changes all.

passes: en>de "Run **this** now" => "**Das** jetzt ausführen"
passes: en>de "Run **this** now" => "__Das__ jetzt ausführen"
passes: en>de "2 ** 3 is 8" => "2 ** 3 ist 8"
passes: en>ja "Really *good*" => "「本当に良い」"
fails(warning): en>de "Run **this** now" => "Das jetzt ausführen"
fails(warning): en>de "Run this now" => "Das **jetzt** ausführen"
fails(warning): en>de "Not ~~this~~" => "Nicht das"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_pipeline.checks._prose import without_code
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "emphasis"
SEVERITY = Severity.WARNING

_STRONG = re.compile(r"\\.|\*{2,3}(?=\S)|(?<=\S)\*{2,3}|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
_STRUCK = re.compile(r"\\.|~~")


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding for each sort of emphasis."""
    if not _any(target) and not _any(segment.text):
        return
    text, source = without_code(target), without_code(segment.text)
    for pattern, name in ((_STRONG, "bold"), (_STRUCK, "struck out")):
        wanted, found = _pairs(pattern, source), _pairs(pattern, text)
        if wanted != found:
            yield Finding(
                NAME, SEVERITY, segment.id, f"{found} places are {name}, {wanted} in the source"
            )


def _any(text: str) -> bool:
    """False where nothing is emphasised."""
    return "**" in text or "__" in text or "~~" in text


def _pairs(pattern: re.Pattern[str], text: str) -> int:
    return sum(match[0][0] != "\\" for match in pattern.finditer(text)) // 2
