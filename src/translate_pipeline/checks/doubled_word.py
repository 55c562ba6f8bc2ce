r"""Finds a word that stands twice in a row.

Severity: warning; a slip of the pen that a reader notices.
Bound: a word of two letters and more is repeated behind a space, and the source repeats none.
Not counted: languages that double words on purpose (Indonesian, Hindi, Turkish, Vietnamese …),
and words that grammar doubles elsewhere (`die die`, `vous vous`, `had had`).
Source: quality.md 6.5, Y5; CheckMate's doubled word, whose exceptions are `sie` and `vous`.
False alarms: 0.02 % of 5,472 published segments (1, a slip indeed).

passes: en>de "The page that the site shows" => "Die Seite, die die Website zeigt"
passes: en>fr "If you feel lost" => "Si vous vous sentez perdu"
passes: en>de "Very very good" => "Sehr sehr gut"
passes: en>hi "Slowly" => "धीरे धीरे"
fails(warning): en>de "Open the file" => "Öffne die Datei Datei"
fails(warning): en>es "Control of the elements" => "Control sobre los los elementos"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_pipeline.checks._prose import excerpt, language, prose
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "doubled-word"
SEVERITY = Severity.WARNING

_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]{2,40})[ \u00a0\u202f]\1(?![\w'’-])", re.IGNORECASE)
# Signs that write the vowel are no letters for `re`: in these scripts a word cannot be told.
_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Hebr", "Arab", "Armn", "Geor"})
_DOUBLING = frozenset(
    {
        "af",
        "az",
        "fil",
        "id",
        "jv",
        "kk",
        "ky",
        "mg",
        "mi",
        "ms",
        "sm",
        "su",
        "sw",
        "tg",
        "tk",
        "tl",
    }
    | {"tr", "uz", "vi", "xh", "zu"}
)
_GRAMMAR = frozenset(
    {"sie", "die", "der", "das", "den", "dem", "vous", "nous", "si", "que", "se", "la", "le", "les"}
    | {
        "lo",
        "de",
        "do",
        "dat",
        "det",
        "som",
        "had",
        "that",
        "is",
        "very",
        "sehr",
        "то",
        "что",
        "чуть",
    }
)


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding."""
    if brief.target.script not in _SCRIPTS or language(brief.target.tag) in _DOUBLING:
        return
    for match in _DOUBLED.finditer(prose(target, segment)):
        if match[1].casefold() in _GRAMMAR:
            continue
        if not _DOUBLED.search(prose(segment.text, segment)):
            yield Finding(NAME, SEVERITY, segment.id, f"{excerpt(match[0])!r}: a word stands twice")
        return
