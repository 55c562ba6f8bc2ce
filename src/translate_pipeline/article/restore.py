"""A target in protected form in, the Markdown that takes the segment's place out.

Law: every token comes back exactly once, and the result parses to the same inline
structure as the source segment, or SegmentError says why not. What a model gets slightly
wrong in a way that has one right reading is repaired (`repairs.py`), never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate_pipeline.article import parser, prose_slots, repairs, shadow, skeleton
from translate_pipeline.article.article import Article
from translate_pipeline.article.parser import Options
from translate_pipeline.article.prose_slots import Slot
from translate_pipeline.article.same_syntax import only_words, same_syntax
from translate_pipeline.errors import SegmentError
from translate_pipeline.model import Finding, Kind, Segment, Severity

__all__ = ["WHITE_SPACE", "restore"]

#: What a target may have around it; other white space may be the source's own.
WHITE_SPACE = " \t\r\n"

_NUMBERED = re.compile(r"</?[xb]\d{1,6}/?>|\]\(u\d{1,6}\)")
_LINK = re.compile(r"(?<!\\)\][(\[]")  # no parser sees one in an image's alt text
_HOLE = "\x00"
_SLOPPY = re.compile(
    r"[<＜]\s?(/?)\s?([xXbB])(\d{1,6})\s?(/?)\s?[>＞]|\]\s?[(（]\s?<?[uU](\d{1,6})>?\s?[)）]"
)
_EMPHASIS = re.compile(r"[*_~]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FOLD = re.compile(r"(?:(?<![ \t])[ \t]+)?(?:\r\n?|\n)[ \t]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n|\r[ \t]*\r|\r\n[ \t]*\r\n")
_PLAIN_KINDS = (Kind.TITLE, Kind.FRONT_MATTER, Kind.ATTRIBUTE, Kind.LINK_TITLE)


def restore(article: Article, segment: Segment, target: str) -> str:
    """The source form of `target` for `segment` of `article`. Raises SegmentError."""
    target = target.strip(WHITE_SPACE)
    slot = article.slots.get(segment.id) if article.slots else None
    if slot is not None:
        return _in_slot(article, segment, slot, target)
    if not segment.key:  # neither front matter nor an attribute
        quick = same_syntax(segment.text, segment.tokens, target)
        if quick is not None:
            return quick
    elif (
        not segment.tokens
        and only_words(target.replace(": ", " "))  # as in many a title
        and not _CONTROL.search(target)
    ):
        return repairs.plain(target, segment.kind, _delimiter(article, segment))
    _refuse(segment, _form(segment, target))
    _refuse(segment, _templates(article, segment, target))
    text = _FOLD.sub(" ", target)
    if segment.kind in _PLAIN_KINDS:
        _refuse(segment, _token_faults(segment, text))
        return repairs.plain(text, segment.kind, _delimiter(article, segment))
    text = _tidy(text)
    _refuse(segment, _token_faults(segment, text))
    if segment.kind is Kind.HTML:
        return _substitute(repairs.html_text(text), segment)
    return _parsed(article, segment, text)


def _in_slot(article: Article, segment: Segment, slot: Slot, target: str) -> str:
    """A title or parameter inside a foreign construct: in its own quoting."""
    if slot.markdown:
        quick = same_syntax(segment.text, segment.tokens, target)
        if quick is not None:
            return prose_slots.written(slot, quick, article.source, segment)
    _refuse(segment, _form(segment, target))
    text = _FOLD.sub(" ", target)
    if slot.markdown:
        _refuse(segment, _templates(article, segment, text))
        text = _tidy(text)
    _refuse(segment, _token_faults(segment, text))
    if slot.markdown:
        text = _parsed(article, segment, text)
    text = prose_slots.written(slot, text, article.source, segment)
    if not slot.markdown:
        _refuse(segment, _templates(article, segment, text))
    return text


def _parsed(article: Article, segment: Segment, text: str) -> str:
    """The first form of `text` that parses to the segment's own structure."""
    options = article.dialect.options
    kind = _place(article, segment)
    wanted = signature(segment.text, kind, options)
    fault = ""
    for candidate in repairs.candidates(text, segment, kind):
        found = _compare(wanted, signature(candidate, kind, options))
        if not found:
            return _substitute(candidate, segment)
        fault = fault or found
    raise SegmentError((Finding("structure", Severity.ERROR, segment.id, fault),))


def _place(article: Article, segment: Segment) -> Kind:
    """The kind of block a segment stands in, as far as its first characters matter.

    An image alone may stand in any; an underlined heading begins its line like a paragraph.
    """
    if segment.kind is not Kind.IMAGE_ALT and segment.kind is not Kind.HEADING:
        return segment.kind
    source = article.source
    line = source[source.rfind(b"\n", 0, segment.start) + 1 : segment.start].rstrip(b" \t")
    if segment.level:
        return Kind.HEADING if line.endswith(b"#") else Kind.PARAGRAPH
    behind = source[segment.end : segment.end + 200].lstrip(b" \t")
    in_cell = line.endswith(b"|") or behind.startswith(b"|")
    return Kind.TABLE_CELL if in_cell else segment.kind


def signature(text: str, kind: Kind, options: Options) -> tuple[list[str], int, bool]:
    """How `text` parses by itself in a place of its kind.

    Its tags, how many emphasis delimiters a reader would see, and whether a final `#`
    vanishes (in a heading).
    """
    if kind is Kind.HEADING:
        wrapped = f"# {text}\n"
    elif kind is Kind.TABLE_CELL:
        wrapped = f"| {text} | x |\n|---|---|\n"
    else:
        wrapped = f"{text}\n"
    html = parser.render(wrapped, options)
    visible = skeleton.literal_delimiters(html) if _EMPHASIS.search(text) else 0
    lost = kind is Kind.HEADING and text.endswith("#") and "#</h1>" not in html
    return skeleton.tags(html), visible, lost


def _compare(wanted: tuple[list[str], int, bool], got: tuple[list[str], int, bool]) -> str:
    if wanted[0] != got[0]:
        fault = skeleton.difference(wanted[0], got[0])
        if fault:
            return f"the structure changed: {fault}"
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
    if _SURROGATE.search(target):
        yield "the translation holds a lone surrogate"


def _templates(article: Article, segment: Segment, target: str) -> Iterator[str]:
    """Openers of template syntax: one without its end breaks the site's build."""
    foreign = shadow.openers(target, article.dialect)
    if foreign:
        foreign -= shadow.openers(segment.text, article.dialect)
        for opener in foreign:
            yield f"{opener.decode()} begins template syntax that is not in the source"


def _tidy(text: str) -> str:
    """Numbered marks in their exact spelling: `< x1 />`, `＜x1/＞`, `] (u1)` have one reading."""
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
    spans, rest = _find(segment, text)
    found = Counter(mark for _, mark in spans)
    for mark, count in Counter(token.mark for token in segment.tokens).items():
        have = found[mark]
        if have < count:
            yield f"{mark} is missing"
        elif have > count:
            yield f"{mark} stands there {have} times instead of {count}"
    for foreign in _NUMBERED.findall(rest)[:3]:
        yield f"{foreign} is not in the source"
    if _LINK.search(rest) and len(_LINK.findall(rest)) > len(
        _LINK.findall(_find(segment, segment.text)[1])
    ):
        yield "there is a link that is not in the source"
    stack: list[str] = []
    for _, mark in spans:
        if mark.startswith("<b"):
            stack.append(mark[2:])
        elif mark.startswith("</b") and (not stack or stack.pop() != mark[3:]):
            yield f"{mark} stands in the wrong place"
            return


def _find(segment: Segment, text: str) -> tuple[list[tuple[int, str]], str]:
    """Where the segment's marks stand in `text`, in order, and `text` without them.

    Longer marks first, so that none is found inside another; the numbered ones at once.
    """
    spans: list[tuple[int, str]] = []
    marks = {token.mark for token in segment.tokens}
    numbered = {mark for mark in marks if _NUMBERED.fullmatch(mark)}
    for mark in sorted(marks - numbered, key=len, reverse=True):
        at = text.find(mark)
        while at >= 0:
            spans.append((at, mark))
            at = text.find(mark, at + len(mark))
        text = text.replace(mark, _HOLE * len(mark))
    if numbered:
        found = [(match.start(), match[0]) for match in _NUMBERED.finditer(text)]
        spans.extend(span for span in found if span[1] in numbered)
        text = _NUMBERED.sub(lambda m: _HOLE * len(m[0]) if m[0] in numbered else m[0], text)
    spans.sort()
    return spans, text


def _substitute(text: str, segment: Segment) -> str:
    """Put the sources in the place of the marks."""
    if not segment.tokens:
        return text
    sources: dict[str, list[str]] = {}
    for token in reversed(segment.tokens):
        sources.setdefault(token.mark, []).append(token.source)
    pieces = []
    position = 0
    for at, mark in _find(segment, text)[0]:
        pieces.append(text[position:at])
        pieces.append(sources[mark].pop())
        position = at + len(mark)
    pieces.append(text[position:])
    return "".join(pieces)


def _delimiter(article: Article, segment: Segment) -> str:
    """The quotation mark round an attribute or a link title."""
    if segment.kind in (Kind.ATTRIBUTE, Kind.LINK_TITLE) and segment.start:
        return article.source[segment.start - 1 : segment.start].decode(errors="replace")
    return ""
