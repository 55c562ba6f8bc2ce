r"""Finds a target without words: nothing at all, white space, or only marks and punctuation.

Severity: error; there is no translation that is empty.
Bound: marks without a letter or digit count as empty only when the source has at least three
words, since "`a` and `b`" may become "`a`、`b`" and "yes" a tick.
Source: quality.md 6.5, S1.
False alarms: 0.00 % of 5,472 published segments.

passes: en>ja "`a` and `b`" => "`a`、`b`"
passes: en>de "yes" => "✓"
passes: en>zh-Hans "one of the two hundred" => "200 分之 1"
fails(error): en>de "Run it." => " \u200b\n"
fails(error): en>de "Read [the manual](u1) first." => "[](u1)."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_pipeline.checks._prose import WORD, prose
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "empty"
SEVERITY = Severity.ERROR

_VISIBLE = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x1f\x7f]")
_CONTENT = re.compile(r"[^\W_]")
_FEWEST_WORDS = 3


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding."""
    if not _VISIBLE.search(target):
        yield Finding(NAME, SEVERITY, segment.id, "the translation is empty")
    elif not _CONTENT.search(prose(target, segment)):
        words = len(WORD.findall(prose(segment.text, segment)))
        if words >= _FEWEST_WORDS:
            yield Finding(NAME, SEVERITY, segment.id, "the translation has no words, only marks")
