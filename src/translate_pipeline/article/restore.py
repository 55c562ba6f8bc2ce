"""A target in protected form in, the Markdown that takes the segment's place out.

Law: every token comes back exactly once, and the result parses to the same inline
structure as the source segment, or SegmentError says why not. What a model gets slightly
wrong in a way that has one right reading is repaired (`repairs.py`), never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate_pipeline.article import parser, repairs, skeleton
from translate_pipeline.article.article import Article
from translate_pipeline.article.parser import Options
from translate_pipeline.errors import SegmentError
from translate_pipeline.model import Finding, Kind, Segment, Severity, Token

__all__ = ["restore"]

# Whatever may be syntax somewhere in a line; the rest are words.
_ACTIVE = re.compile(r"[\\`*_\[\]<>~$|{}^#\n\r\x00-\x08\x0b-\x1f\ud800-\udfff]|&[\w#]+;|://|:[a-z]")
# Of these, what cannot change its meaning with its neighbours; the order is compared.
_CALM = frozenset("[")
_START = re.compile(r"\w")
_ORDINAL = re.compile(r"\d{1,9}[.)]")
_GENERIC = re.compile(
    r"</?[xb]\d{1,6}\s?/?>|\]\(u\d{1,6}\)|(?<![\w:]):[a-z][a-z0-9_+-]{1,40}:(?![\w:])"
)
_NUMBERED = re.compile(r"</?[xb]\d+/?>|\]\(u\d+\)")
_SLOPPY = re.compile(
    r"[<＜]\s?(/?)\s?([xXbB])(\d{1,6})\s?(/?)\s?[>＞]|\]\s?[(（]\s?<?[uU](\d{1,6})>?\s?[)）]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_FOLD = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n|\r[ \t]*\r|\r\n[ \t]*\r\n")
_PLAIN_KINDS = frozenset((Kind.TITLE, Kind.FRONT_MATTER, Kind.ATTRIBUTE, Kind.LINK_TITLE))


def restore(article: Article, segment: Segment, target: str) -> str:
    """The source form of `target` for `segment` of `article`. Raises SegmentError."""
    target = target.strip()
    if segment.kind not in _PLAIN_KINDS:
        quick = _same_syntax(segment, target)
        if quick is not None:
            return quick
    _refuse(segment, _form(segment, target))
    text = _FOLD.sub(" ", target)
    if segment.kind in _PLAIN_KINDS:
        return repairs.plain(text, segment.kind, _delimiter(article, segment))
    text = _tidy(text)
    _refuse(segment, _token_faults(segment, text))
    if segment.kind is Kind.HTML:
        return _substitute(repairs.html_text(text, _is_mark(segment)), segment)
    options = article.dialect.options
    wanted = signature(segment.text, segment.kind, options)
    reasons = ""
    for candidate in repairs.candidates(text, segment):
        got = signature(candidate, segment.kind, options)
        reasons = reasons or _compare(wanted, got)
        if not _compare(wanted, got):
            return _substitute(candidate, segment)
    raise SegmentError((Finding("structure", Severity.ERROR, segment.id, reasons),))


def _same_syntax(segment: Segment, target: str) -> str | None:
    """The source form, when the target has the very syntax of the source in the same order.

    The common case, and it needs no parse: same tokens, same active characters between
    them, no emphasis (whose rendering depends on its neighbours), nothing a block could
    start with. None where a closer look is needed. `merge` proves the article in any case.
    """
    if not _START.match(target) or _ORDINAL.match(target):
        return None
    text = segment.text
    if not segment.tokens:
        found = _ACTIVE.findall(target)
        if found and (found != _ACTIVE.findall(text) or not _CALM.issuperset(found)):
            return None
        return target
    pieces: list[str] = []
    position = behind = 0
    for token in segment.tokens:
        mark = token.mark
        at = target.find(mark, position)
        if at < 0:
            return None
        before = text.index(mark, behind)
        found = _ACTIVE.findall(target, position, at)
        if found and (
            found != _ACTIVE.findall(text, behind, before) or not _CALM.issuperset(found)
        ):
            return None
        pieces.append(target[position:at])
        pieces.append(token.source)
        position = at + len(mark)
        behind = before + len(mark)
    found = _ACTIVE.findall(target, position)
    if found and (found != _ACTIVE.findall(text, behind) or not _CALM.issuperset(found)):
        return None
    pieces.append(target[position:])
    return "".join(pieces)


def signature(
    text: str, kind: Kind, options: Options
) -> tuple[list[skeleton.Part], int, bool]:
    """How `text` parses by itself in a place of its kind: structure, visible delimiters."""
    if kind is Kind.HEADING:
        wrapped = f"# {text}\n"
    elif kind is Kind.TABLE_CELL:
        wrapped = f"| {text} | x |\n|---|---|\n"
    else:
        wrapped = f"{text}\n"
    html = parser.render(wrapped, options)
    return (
        skeleton.structure(skeleton.tags(html)),
        skeleton.literal_delimiters(html),
        kind is Kind.HEADING and text.rstrip().endswith("#") and "#</h1>" not in html,
    )


def _compare(
    wanted: tuple[list[skeleton.Part], int, bool], got: tuple[list[skeleton.Part], int, bool]
) -> str:
    if wanted[0] != got[0]:
        return f"the structure changed: {skeleton.difference(wanted[0], got[0])}"
    if got[1] > wanted[1]:
        return "emphasis does not render: readers would see the asterisks"
    if got[2] and not wanted[2]:
        return "a final # would vanish from the heading"
    return ""


def _refuse(segment: Segment, faults: Iterator[str]) -> None:
    findings = tuple(Finding("restore", Severity.ERROR, segment.id, fault) for fault in faults)
    if findings:
        raise SegmentError(findings)


def _form(segment: Segment, target: str) -> Iterator[str]:
    if not target:
        yield "the translation is empty"
    if _BLANK_LINE.search(target):
        yield "the translation has more than one paragraph"
    control = _CONTROL.search(target)
    if control and control[0] not in segment.text:
        yield f"the translation holds the control character U+{ord(control[0]):04X}"
    if any("\ud800" <= c <= "\udfff" for c in target):
        yield "the translation holds a lone surrogate"


def _tidy(text: str) -> str:
    """Numbered marks in their exact spelling: `< x1 />`, `＜x1/＞`, `] (u1)` have one reading."""
    if "<" not in text and "＜" not in text and "](" not in text and "] (" not in text and (
        "](" not in text and "]（" not in text
    ):
        return text
    return _SLOPPY.sub(_exact, text)


def _exact(match: re.Match[str]) -> str:
    if match[5]:
        return f"](u{match[5]})"
    letter = match[2].lower()
    if letter == "x":
        return f"<x{match[3]}/>" if not match[1] else match[0]
    return f"<{match[1]}b{match[3]}>" if not match[4] else match[0]


def _token_faults(segment: Segment, text: str) -> Iterator[str]:
    """Tokens missing, doubled, foreign or wrongly nested."""
    wanted = Counter(token.mark for token in segment.tokens)
    found = Counter(match[0] for match in _marks(segment).finditer(text))
    for mark, count in wanted.items():
        have = found.pop(mark, 0)
        if have < count:
            yield f"{mark} is missing"
        elif have > count:
            yield f"{mark} stands there {have} times instead of {count}"
    for mark in found:
        yield f"{mark} is not in the source"
    stack: list[str] = []
    for match in re.finditer(r"<(/?)b(\d+)>", text):
        if not match[1]:
            stack.append(match[2])
        elif not stack or stack.pop() != match[2]:
            yield f"</b{match[2]}> stands in the wrong place"
            return


def _marks(segment: Segment) -> re.Pattern[str]:
    """Matches the segment's marks, longest first, and whatever looks like a numbered mark."""
    visible = {t.mark for t in segment.tokens if not _NUMBERED.fullmatch(t.mark)}
    ordered = sorted(visible, key=lambda mark: (-len(mark), mark))
    # A code span is not the tail of a longer backtick run.
    patterns = [
        rf"(?<!`){re.escape(mark)}(?!`)" if mark[0] == "`" else re.escape(mark) for mark in ordered
    ]
    return re.compile("|".join([*patterns, _GENERIC.pattern]))


def _is_mark(segment: Segment) -> re.Pattern[str]:
    return _marks(segment)


def _substitute(text: str, segment: Segment) -> str:
    """Put the sources in the place of the marks."""
    if not segment.tokens:
        return text
    sources: dict[str, list[Token]] = {}
    for token in reversed(segment.tokens):
        sources.setdefault(token.mark, []).append(token)
    return _marks(segment).sub(lambda match: sources[match[0]].pop().source, text)


def _delimiter(article: Article, segment: Segment) -> str:
    """The quotation mark round an attribute or a link title."""
    if segment.kind in (Kind.ATTRIBUTE, Kind.LINK_TITLE) and segment.start:
        return article.source[segment.start - 1 : segment.start].decode(errors="replace")
    return ""
