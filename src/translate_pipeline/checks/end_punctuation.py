r"""Finds a target that ends otherwise than its source: a question without its mark, a lost stop.

Severity: warning; a lost question or a text that was cut reads wrong, a colon that became a
stop does not.
Bound: what stands last, behind quotation marks and brackets, belongs to the same class: stop,
question, exclamation, colon, semicolon or comma, ellipsis, or none. Each script has its own
marks (`。`, `؟`, `।`, the Greek `;`), and a Japanese か asks, too. Not counted: a stop that only
the target has (headings are set right), a stop for a colon, a title without the question mark of
its source, and a missing stop in scripts that have none (Thai, Lao).
Source: quality.md 6.5, Y3 (0-0.2 % European, 0.4-2.7 % CJK there); Weblate's `end_*`.
False alarms: 0.15 % of 5,472 published segments.

passes: en>de "Is it so?" => "Ist es so?"
passes: en>ja "Is it so?" => "そうですか？"
passes: en>ja "Is it so?" => "そうですか。"
passes: en>zh-Hans heading "Why is it so?" => "原因"
passes: en>ar "Is it so?" => "هل هو كذلك؟"
passes: en>hi "It is so." => "ऐसा है।"
passes: en>de "For example:" => "Zum Beispiel."
passes: en>de "Say “yes.”" => "Sag „Ja“."
passes: en>de "Run `a`" => "`a` ausführen."
fails(warning): en>de "Is it so?" => "Es ist so."
fails(warning): en>ja "Is it so?" => "そうです。"
fails(warning): en>de "It is so, and that is good." => "Es ist so, und das ist"
fails(warning): en>de "It is so, and that is good." => "Es ist so,"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_pipeline.checks._prose import language, prose
from translate_pipeline.model import Brief, Finding, Kind, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "end-punctuation"
SEVERITY = Severity.WARNING

_CLASSES = {
    "full stop": ".。．।۔։።။།",
    "question mark": "?？؟՞",
    "exclamation mark": "!！",
    "colon": ":：",
    "comma": ";；؛,，、،",
    "ellipsis": "…",
}
_CLASS_OF = {mark: name for name, marks in _CLASSES.items() for mark in marks}
_NONE = "no mark"
_CLOSERS = " \u00a0\u202f*_\"'”“’‘»«)）」』】]"
_WITHOUT_STOPS = frozenset({"Thai", "Laoo", "Khmr"})
_ALIKE = frozenset({(_NONE, "full stop"), ("colon", "full stop"), ("full stop", "colon")})
_ASKING = re.compile(r"か。?\Z")
_TITLES = frozenset({Kind.TITLE, Kind.HEADING})
_TAIL = 60  # characters


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding."""
    wanted = _end(prose(segment.text, segment), language(brief.source.tag))
    found = _end(prose(target, segment), language(brief.target.tag))
    if wanted == found or (wanted, found) in _ALIKE:
        return
    if found == _NONE and wanted == "full stop" and brief.target.script in _WITHOUT_STOPS:
        return
    if found == _NONE and segment.kind in _TITLES:
        return
    yield Finding(NAME, SEVERITY, segment.id, f"ends with {found}, the source with {wanted}")


def _end(text: str, tongue: str) -> str:
    tail = text[-_TAIL:].rstrip(_CLOSERS)
    if tail.endswith("..."):
        return "ellipsis"
    if (tongue == "el" and tail.endswith(";")) or (tongue == "ja" and _ASKING.search(tail)):
        return "question mark"
    return _CLASS_OF.get(tail[-1:], _NONE)
