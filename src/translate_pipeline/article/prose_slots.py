"""A foreign construct in, the prose that stands in it out, as spans; and back with its quoting.

A *slot* is a title (`:::note[Title]`) or a named parameter (`caption="…"`) inside a construct
that is otherwise opaque. Law: a target written into a slot ends where the slot ends and is read
as it is meant, or SegmentError says why it cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from translate_pipeline.article import parser
from translate_pipeline.article.closers import Budget, braces
from translate_pipeline.article.dialects import Construct, Quoting
from translate_pipeline.article.leaves import Leaf, collect
from translate_pipeline.article.parser import Options
from translate_pipeline.errors import SegmentError
from translate_pipeline.model import Finding, Kind, Segment, Severity

__all__ = ["TITLE_LEVEL", "Slot", "find", "leaves", "opaque", "without_lengths", "written"]

#: A title counts as a heading below all others: it stands above its own block only.
TITLE_LEVEL = 6

_LETTER = re.compile(r"[^\W\d_]")
_PARAMETER = re.compile(
    rb"(?:(?<![\w:.@-])([A-Za-z][\w:.-]*)[ \t\r\n]*+[=:][ \t\r\n]*+)?"
    rb"(?:\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|`([^`]*+)`)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    rb"(?:(?<![\w:.@-])([A-Za-z][\w:.-]*)[ \t\r\n]*+=[ \t\r\n]*+)?"
    rb"(?:\"([^\"]*+)\"|'([^']*+)'|(\{))",
)
_ESCAPABLE = re.compile(r'(?<!\\)((?:\\\\)*)"')
_DEFINITION = re.compile(rb"^[ \t>]{0,40}(\[(?!\^)[^\[\]\n]{1,400}\]:[ \t]+\S[^\n]*)", re.MULTILINE)
_MASKS = re.compile(r"<\?x*+\?>|<(/?)x++[ x]*+(/?)>")


class Slot(NamedTuple):
    """`start` and `end` are byte offsets into the source; `key` is the parameter's name."""

    start: int
    end: int
    key: str
    quoting: Quoting
    markdown: bool


def find(
    source: bytes, start: int, end: int, construct: Construct, names: Sequence[str]
) -> tuple[Slot, ...]:
    """The prose in `source[start:end]`, in order; `names` are the parameters that hold some."""
    found: list[Slot] = []
    opaque = source[start:end]
    if construct.verbatim:  # what is between the tags is no prose, and holds no parameter
        head = opaque.find(construct.close)
        if opaque.rfind(construct.ending[0]) > head >= 0:
            opaque = opaque[: head + len(construct.close)]
    for title in construct.titles:
        match = _pattern(title.pattern).match(opaque)
        if match and match.start(1) >= 0:
            first, last = match.span(1)
            if _prose(opaque[first:last]) and not (title.markdown and b"\n" in match[1]):
                found.append(
                    Slot(start + first, start + last, "title", title.quoting, title.markdown)
                )
            break
    if construct.parameters is not None:
        found.extend(_parameters(opaque, start, construct, names))
    found.sort()
    return tuple(s for i, s in enumerate(found) if not i or s.start >= found[i - 1].end)


def _parameters(
    opaque: bytes, base: int, construct: Construct, names: Sequence[str]
) -> Iterable[Slot]:
    quoting = construct.parameters
    if quoting is None:
        return
    if not _named(tuple(names)).search(opaque):  # as in most: five times as fast as to read them
        return
    pattern = _ATTRIBUTE if quoting is Quoting.HTML else _PARAMETER
    position = 0
    budget = Budget()
    while match := pattern.search(opaque, position):
        position = match.end()
        if quoting is Quoting.HTML and match[4] is not None:  # an expression is code
            position = braces(opaque, position, budget)
            if position < 0:
                return
            continue
        if match[1] is None or match[1].decode() not in names:
            continue
        group = next(g for g in (2, 3, 4) if match[g] is not None)
        rule = Quoting.RAW if quoting is Quoting.BACKSLASH and group != 2 else quoting
        if _prose(match[group]):
            first, last = match.span(group)
            yield Slot(base + first, base + last, match[1].decode(), rule, False)


def _prose(value: bytes) -> bool:
    return _LETTER.search(value.decode()) is not None


@lru_cache(maxsize=32)
def _named(names: tuple[str, ...]) -> re.Pattern[bytes]:
    """Finds one of the names with the sign that comes before a value."""
    return re.compile(b"(?:%s)[ \\t\\r\\n]*+[=:]" % b"|".join(re.escape(n.encode()) for n in names))


@lru_cache(maxsize=128)
def _pattern(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern)


def leaves(slots: Iterable[Slot], body: bytes, options: Options) -> Iterable[tuple[Leaf, Slot]]:
    """Each slot as a leaf; a title's inline Markdown is parsed by itself."""
    known: bytes | None = None
    for slot in slots:
        if not slot.markdown:
            yield Leaf(Kind.ATTRIBUTE, slot.start, slot.end, (), 0, slot.key), slot
            continue
        text = body[slot.start : slot.end]
        if b"]" in text:  # a link's target may be defined anywhere in the article
            if known is None:
                known = b"\n\n" + b"\n".join(_DEFINITION.findall(body))
            text += known
        found = collect(parser.events(text.decode(), options), text).leaves
        if len(found) == 1:
            leaf = found[0]
            parts = tuple(_moved(part, slot.start) for part in leaf.parts)
            yield (
                Leaf(
                    Kind.HEADING,
                    slot.start + leaf.start,
                    slot.start + leaf.end,
                    parts,
                    TITLE_LEVEL,
                    slot.key,
                ),
                slot,
            )


def _moved(part: tuple[Any, ...], by: int) -> tuple[Any, ...]:
    """A part with its offsets moved; a link's closer holds its opener's, too."""
    if len(part) == 5:
        return (part[0], part[1] + by, part[2] + by, part[3], part[4] + by)
    return (part[0], part[1] + by, part[2] + by, *part[3:])


def written(slot: Slot, text: str, source: bytes, segment: Segment) -> str:
    """`text` as it stands in `slot`. Raises SegmentError where it cannot."""
    delimiter = source[segment.start - 1 : segment.start].decode(errors="replace")
    match slot.quoting:
        case Quoting.HTML:
            text = text.replace("<", "&lt;").replace(">", "&gt;")
            return text.replace(delimiter, "&quot;" if delimiter == '"' else "&#39;")
        case Quoting.BACKSLASH:
            if text.endswith("\\") and (len(text) - len(text.rstrip("\\"))) % 2:
                _refuse(segment, "a backslash at the end would hide the quotation mark")
            return _ESCAPABLE.sub(r'\1\\"', text)
        case Quoting.RAW:
            if delimiter == "'":
                return text.replace("'", "’")
            if delimiter in text:
                _refuse(segment, f"{delimiter} would end the text; use typographic quotation marks")
            return text
        case Quoting.BRACKET:
            if not _balanced(text):
                _refuse(segment, "square brackets must be in pairs")
            return text
        case Quoting.LINE:
            return text


def _balanced(text: str) -> bool:
    depth = 0
    for sign in re.findall(r"\\.|[\[\]]", text):
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            return False
    return depth == 0


def _refuse(segment: Segment, why: str) -> None:
    raise SegmentError((Finding("restore", Severity.ERROR, segment.id, why),))


def opaque(source: bytes, base: int, masks: Iterable[Any]) -> list[bytes]:
    """What the masks hide in `source`, without the prose; `base` is the offset of their zero."""
    found = []
    for mask in masks:
        start, end = base + mask.start, base + mask.end
        if mask.slots:
            pieces = []
            for slot in mask.slots:
                pieces.append(source[start : base + slot.start])
                start = base + slot.end
            pieces.append(source[start:end])
            found.append(b"\0".join(pieces))
        else:
            found.append(source[start:end])
    return found


def without_lengths(html: str) -> str:
    """Rendered HTML in which masks that hold prose are all of one length."""
    return _MASKS.sub(lambda m: "<?x?>" if m[0][1] == "?" else f"<{m[1]}x{m[2]}>", html)
