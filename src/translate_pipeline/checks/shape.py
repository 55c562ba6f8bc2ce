r"""Finds text that would be another block: a second paragraph, `#`, `- `, `1. `, `> `, a row.

Severity: error for marks and paragraphs that the source lacks, retry for a plain line break,
which is folded into a space when the article is put together.
Bound: a mark (`:::`, too) counts when it begins the target, or a line of it, and the source does
not begin with a mark of that sort. A leading ordinal is none when the source has that number as
often as the target (en "May 3" → de "3. Mai"). In a table cell, each `|` that the source lacks
counts.
Source: quality.md 6.5, S7; requirements.md 5 (*headings lost or level changed*).
False alarms: 0.00 % of 5,472 published segments, but by construction: what was published is parsed
as the block that it is. The samples and literal tables have to speak for it.

passes: en>de "May 3, 2025 was a Saturday." => "3. Mai 2025: ein Samstag."
passes: en>de "Use a minus sign" => "-1 ist ein Beispiel"
passes: en>zh-Hant "The tag" => "#標籤"
passes: en>es "He said: no." => "—No —dijo."
passes: en>de table-cell "a \\| b" => "a \\| b"
passes: en>de "Intro" => "Einleitung\n"
fails(error): en>de heading "Intro" => "## Einleitung"
fails(error): en>de "Intro" => "- Einleitung"
fails(error): en>de "Intro" => "1. Einleitung"
fails(error): en>de "Step 1.2" => "1. Schritt 1.2"
fails(error): en>de "Step 1" => "1. Schritt 1"
fails(error): en>de "Intro" => "> Einleitung"
fails(error): en>de "Intro" => "| Einleitung |"
fails(error): en>de "Intro" => "::: note Einleitung"
fails(error): en>de "Intro" => "```\nEinleitung\n```"
fails(error): en>de "Intro. Body." => "Einleitung.\n\nText."
fails(error): en>de "Intro" => "Einleitung\n=========="
fails(error): en>de table-cell "Name" => "Name | Wert"
fails(retry): en>de "Intro and body" => "Einleitung\nund Text"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_pipeline.checks._prose import without_code
from translate_pipeline.model import Brief, Finding, Kind, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "shape"
SEVERITY = Severity.ERROR

_LINES = re.compile(r"\r\n?|\n|\x0b|\x0c|\x85|\u2028|\u2029")
_START = re.compile(
    r"[ \t]*(?:(?P<heading>\#{1,6}(?=[ \t]|$))|(?P<bullet>[-+*](?=[ \t]))"
    r"|(?P<ordinal>\d{1,9})[.)](?=[ \t])|(?P<quote>>)|(?P<fence>`{3,}[^`]*$|~{3,})"
    r"|(?P<row>\|)|(?P<container>:{3,})|(?P<task>\[[ xX]\](?=[ \t]))"
    r"|(?P<rule>(?:[-_*=][ \t]*){3,}$))"
)
_PIPE = re.compile(r"\\.|\|")
_NAMES = {
    "heading": "a heading mark (#)",
    "bullet": "a list mark",
    "ordinal": "a list number",
    "quote": "a quotation mark (>)",
    "fence": "a code fence",
    "row": "a table row (|)",
    "container": "a container mark (:::)",
    "task": "a task mark ([ ])",
    "rule": "a rule or an underline",
}


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding for each sort of fault."""
    lines = _LINES.split(target.strip())
    source_mark = _mark(segment.text)
    seen: set[str] = set()
    for number, line in enumerate(lines):
        mark = _mark(line)
        if not mark or mark in seen or (mark == source_mark and number == 0):
            continue
        if mark == "ordinal" and _moved(_number(line), segment.text, target):
            continue
        seen.add(mark)
        where = "begins with" if number == 0 else "has a line with"
        yield Finding(
            NAME, SEVERITY, segment.id, f"the translation {where} {_NAMES[mark]}; write one line"
        )
    if len(lines) > 1:
        if not all(line.strip() for line in lines):
            yield Finding(NAME, SEVERITY, segment.id, "the translation has more than one paragraph")
        elif not seen:
            yield Finding(
                NAME, Severity.RETRY, segment.id, "the translation has a line break; write one line"
            )
    if segment.kind is Kind.TABLE_CELL:
        more = _pipes(target) - _pipes(segment.text)
        if more > 0 and "row" not in seen:
            yield Finding(
                NAME, SEVERITY, segment.id, "the translation has a | that would begin a new cell"
            )


def _mark(line: str) -> str:
    match = _START.match(line)
    return (match.lastgroup or "") if match else ""


def _number(line: str) -> str:
    match = _START.match(line)
    return match["ordinal"] if match else ""


def _moved(number: str, source: str, target: str) -> bool:
    """True when the source has `number` as a whole, as often as the target: it only moved."""
    whole = re.compile(rf"(?<!\d)(?<!\d[.,:]){number}(?![.,:]?\d)")
    return 0 < len(whole.findall(target)) <= len(whole.findall(source))


def _pipes(text: str) -> int:
    return sum(match[0] == "|" for match in _PIPE.finditer(without_code(text)))
