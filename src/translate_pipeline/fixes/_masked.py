"""A target in, its words with a stand-in for all that is none out, and the way back.

Law: whatever is done to the words, code, marks, formulae, URLs, paths, escapes and entities come
back as they were and are read as such, or nothing is changed at all. Linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from translate_pipeline.checks._prose import code_spans
from translate_pipeline.model import Segment

__all__ = ["CLEAR", "OPAQUE", "over_words", "words"]

#: Stands for something that is read as a word: code, a formula, a URL, `<x1/>`.
OPAQUE = "\ue000"
#: Stands for something that is not read: the end of a link, a tag, a comment.
CLEAR = "\ue001"

# Nothing longer is a segment; a hostile target must not cost seconds.
_LONGEST = 100_000
_MARKED = re.compile(
    r"(?P<clear></?b[0-9]{1,6} ?>|\]\([^()\s]{0,2000}\)|\]\[[^\[\]]{0,200}\]|<!--[^<>]{0,500}-->)"
    r"|</?[A-Za-z][^<>]{0,300}>|\[\^[^\]\s]{1,100}\]|!?\[(?=[ xX]\])"
    r"|:(?<!\w:)[a-z][a-z0-9_+-]{0,40}:(?!\w)"
    r"|\{[#.%{][^{}]{0,300}\}{1,2}|\$\{[^{}]{0,100}\}"
    r"|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|\\[!-/:-@\[-`{-~]"
    r"|(?<![A-Za-z])(?:https?://|www\.|mailto:)[^\s<>）」\ue000]{1,2000}"
    r"|(?<![\w.@-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}"
    r"|(?<![\w/.~])(?:~|\.{1,2}|[\w@.-]{1,60})?(?:/[\w@.*-]{1,80}){1,20}"
)
_STAND_IN = re.compile(f"[{OPAQUE}{CLEAR}]")


def over_words(segment: Segment, target: str, change: Callable[[str], str]) -> str:
    """`target` with `change` applied to its words; unchanged where a stand-in was lost."""
    if len(target) > _LONGEST or _STAND_IN.search(target):
        return target
    text, spans = _masked(segment, target)
    changed = change(text)
    if changed == text:
        return target
    pieces = _STAND_IN.split(changed)
    if len(pieces) != len(spans) + 1:
        return target
    result = pieces[0] + "".join(
        span + piece for span, piece in zip(spans, pieces[1:], strict=True)
    )
    # What was no words must be none still: then a second time changes nothing either.
    return result if _masked(segment, result) == (changed, spans) else target


def words(segment: Segment, text: str) -> str:
    """`text` with stand-ins for what is no words; only its first 100,000 characters."""
    return _masked(segment, _STAND_IN.sub(" ", text[:_LONGEST]))[0]


def _masked(segment: Segment, text: str) -> tuple[str, list[str]]:
    spans: list[str] = []
    pieces: list[str] = []
    position = 0
    formulae = sorted({t.mark for t in segment.tokens if t.mark[0] == "$"}, key=len, reverse=True)
    math = re.compile("|".join(map(re.escape, formulae))) if formulae and "$" in text else None
    for start, end in (*code_spans(text), (len(text), len(text))):
        _mask(text[position:start], math, pieces, spans)
        if start < end:
            pieces.append(OPAQUE)
            spans.append(text[start:end])
        position = end
    return "".join(pieces), spans


def _mask(text: str, math: re.Pattern[str] | None, pieces: list[str], spans: list[str]) -> None:
    position = 0
    places = [(m.start(), m.end(), bool(m["clear"])) for m in _MARKED.finditer(text)]
    if math is not None:
        found = [(m.start(), m.end(), False) for m in math.finditer(text)]
        places = sorted(places + found)
    for start, end, clear in places:
        if start < position:
            continue
        pieces += (text[position:start], CLEAR if clear else OPAQUE)
        spans.append(text[start:end])
        position = end
    pieces.append(text[position:])
