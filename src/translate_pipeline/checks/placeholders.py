r"""Finds marks that are missing, doubled or foreign: `<x1/>`, `<b1>`, `(u1)`, `[^1]`, `:tada:`.

Severity: error; each mark stands for something of the article that must come back once.
Bound: the multiset of marks must be equal, pairs must nest, and an image must stay an image.
Foreign are numbered marks, HTML tags, Liquid and link targets that the source lacks. A mark
in a sloppy spelling with one reading (`< x1 />`, `]（u1）`) counts as the mark, as it does
when the article is put together.
Source: quality.md 6.5, S3 and S4 (0.12 % there).
False alarms: 0.15 % of 5,472 published segments (8), true changes all: `<abbr>` round a foreign
word, a URL twice, an omission mark lost.

passes: en>de "See [the manual](u1) and <x1/>." => "Siehe <x1/> und [das Handbuch](u1)."
passes: en>ja "See [the manual](u1)." => "[マニュアル] （u1）を参照。"
passes: en>de "Press <b1>Enter</b1>." => "<b1>Enter</b1> drücken."
passes: en>de "We cite it[^1] :smile:" => "Wir zitieren es[^1] :smile:"
passes: en>de "Write `<x9/>` here." => "Hier `<x9/>` schreiben."
fails(error): en>de "See [the manual](u1)." => "Siehe das Handbuch."
fails(error): en>de "See [the manual](u1)." => "Siehe [das](u1) [Handbuch](u1)."
fails(error): en>de "See [the manual](u1)." => "Siehe [das Handbuch](u7)."
fails(error): en>de "See [the manual](u1)." => "Siehe [das Handbuch](https://evil.example)."
fails(error): en>de "See ![the plan](u1)." => "Siehe [den Plan](u1)."
fails(error): en>de "See [the manual](u1)." => "Siehe das Handbuch](u1)."
fails(error): en>de "A <b1>fine</b1> day" => "Ein </b1>schöner<b1> Tag"
fails(error): en>de "A fine day" => "Ein <x9/> schöner Tag"
fails(error): en>de "A fine day" => "Ein <em>schöner</em> Tag"
fails(error): en>de "A fine day" => "Ein {{ adjective }} Tag"
fails(error): en>de "We cite it[^1]." => "Wir zitieren es[^2]."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate_pipeline.checks._prose import excerpt, without_code
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "placeholders"
SEVERITY = Severity.ERROR

# Whatever is a mark, or would be syntax that the source has only behind marks.
_MARK = re.compile(
    r"</?[xb]\d{1,9}\s?/?>|\]\([^()\s]{0,500}\)|\[\^[^\]\s]{1,100}\]"
    r"|:(?<![\w:]:)[a-z][a-z0-9_+-]{1,40}:(?![\w:])"
    r"|</?(?!(?:end|task|article|think)\b)[A-Za-z][A-Za-z0-9-]{0,50}(?:\s[^<>\n]{0,300})?/?>"
    r"|<!--|\{\{|\{%|<https?://[^\s<>()（）「」，。、]{1,1000}>?"
    r"|https?://[^\s<>()（）「」，。、]{1,1000}>?"
    r"|\\[!-/:-@\[-`{-~]"  # an escape: no mark, and neither is what it escapes
)
_SLOPPY = re.compile(
    r"[<＜]\s?(/?)\s?([xXbB])(\d{1,6})\s?(/?)\s?[>＞]|\]\s?[(（]\s?<?[uU](\d{1,6})>?\s?[)）]"
)
_PAIR = re.compile(r"<(/?)b(\d{1,9})>")
# Escapes, openers, closers: what decides whether `(u1)` belongs to a link or to an image.
_BRACKET = re.compile(r"\\.|!?\[|\](?:\((u\d{1,9})\))?")
_MOST_NAMED = 5


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield one finding for each mark whose count differs, at most a handful."""
    sloppy = "<" in target or "]" in target or "＜" in target
    text = without_code(_SLOPPY.sub(_exact, target) if sloppy else target)
    source = without_code(segment.text)
    ours, theirs = _MARK.findall(source), _MARK.findall(text)
    if not ours and not theirs and "](u" not in source:
        return
    wanted, found = _marks(ours), _marks(theirs)
    if not wanted and not found and "](u" not in source:
        return
    faults = [*_counts(wanted, found)] if wanted != found else []
    if not faults and any(mark.startswith("<b") for mark in found) and not _nested(text):
        faults.append("the tags <b1>…</b1> stand crosswise or the wrong way round")
    if not faults and "](u" in source:
        faults.extend(_links(_owners(source), _owners(text)))
    for fault in faults[:_MOST_NAMED]:
        yield Finding(NAME, SEVERITY, segment.id, fault)


def _marks(found: list[str]) -> Counter[str]:
    return Counter([mark for mark in found if mark[0] != "\\"])


def _exact(match: re.Match[str]) -> str:
    """The one reading of a sloppy mark; anything else stays as it is."""
    if match[5]:
        return f"](u{match[5]})"
    if match[2] in "xX":
        return match[0] if match[1] else f"<x{match[3]}/>"
    return match[0] if match[4] else f"<{match[1]}b{match[3]}>"


def _counts(wanted: Counter[str], found: Counter[str]) -> Iterator[str]:
    for mark, count in wanted.items():
        if found[mark] < count:
            yield f"{_show(mark)} is missing"
        elif found[mark] > count:
            yield f"{_show(mark)} stands {found[mark]} times instead of {count}"
    for mark in found:
        if not wanted[mark]:
            yield f"{_show(mark)} is not in the source"


def _show(mark: str) -> str:
    return excerpt(mark.removeprefix("]"))


def _nested(text: str) -> bool:
    stack: list[str] = []
    for match in _PAIR.finditer(text):
        if not match[1]:
            stack.append(match[2])
        elif not stack or stack.pop() != match[2]:
            return False
    return not stack


def _owners(text: str) -> dict[str, str]:
    """For each `u1`: the opener before it, `[` or `![`, or nothing."""
    stack: list[str] = []
    owners: dict[str, str] = {}
    for match in _BRACKET.finditer(text):
        piece = match[0]
        if piece[-1] == "[" and piece[0] != "\\":
            stack.append(piece)
        elif piece[0] == "]":
            opener = stack.pop() if stack else ""
            if match[1]:
                owners[match[1]] = opener
    return owners


def _links(wanted: dict[str, str], found: dict[str, str]) -> Iterator[str]:
    for target, opener in wanted.items():
        if found.get(target, "") == opener:
            continue
        if not found.get(target):
            yield f"({target}) has no words in [brackets] before it"
        else:
            yield f"({target}) must stay {'an image' if opener == '![' else 'a link'}"
