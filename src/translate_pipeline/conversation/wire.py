"""Segments in, tagged lines out; a model's reply in, targets by segment id out.

The law: `read` of an answer written as asked gives every target back, whatever its words
(up to surrounding white space), and a target is only ever found by its own number: nothing
is padded, counted off or guessed. What is doubtful is dropped and asked again, because a
target in the wrong place is the fault that no reader notices (quality.md 0, row 4).

A target ends where another tag, `<end>` or its own closing tag follows. Without one of them
the last target may be cut in the middle and is dropped, even if no id is missing: neither
the ids nor `finish_reason` (always `stop` in some servers) prove that it is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from translate_pipeline.model import Kind, Segment

__all__ = ["END", "WireReply", "fold", "read", "write"]

END = "<end>"

# Faults named one by one; a reply full of foreign numbers is summed up.
_SHOWN = 5

# All anchored at a line start and without nested repetition: linear on any junk.
# Invisible: byte order mark, and the direction marks models put into Arabic and Hebrew.
_LEAD = r"[ \t\ufeff\u200b\u200e\u200f\u2066-\u2069]*"
_WRAP = r"(?P<wrap>\*\*|__|`)?"
_TAG = re.compile(
    _LEAD + _WRAP + r"[<＜][ \t]*(?P<id>\d{1,9})(?:[ \t]+[A-Za-z][A-Za-z0-9-]{0,15})?[ \t]*[>＞]"
    r"(?(wrap)(?P=wrap))"
)
# `[13](u1)`, `[13][x]` and `[13]: x` are links, not tags.
_BRACKET = re.compile(
    _LEAD + _WRAP + r"\[[ \t]*(?P<id>\d{1,9})[ \t]*\](?(wrap)(?P=wrap))(?![(\[:])"
)
_END = re.compile(_LEAD + _WRAP + r"[<＜\[]/?end/?[>＞\]](?(wrap)(?P=wrap))", re.IGNORECASE)
_CLOSER = re.compile(r"[<＜]/[ \t]*(\d{1,9})[ \t]*[>＞][ \t]*$")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[^`]*$")
_THINK = re.compile(r"\s*<(think|thinking|reasoning)>", re.IGNORECASE)
_THOUGHT = re.compile(r"[ \t]*</(?:think|thinking|reasoning)>[ \t]*$", re.IGNORECASE)


class WireReply(NamedTuple):
    """Targets by id in the order of the reply, what was wrong, and whether `<end>` came.

    A requested id without a target is simply absent. Faults: `reasoning without an end`,
    `segment 7 twice`, `segment 99 not requested`, `no tagged segment`, `truncated`.
    """

    targets: dict[int, str]
    faults: tuple[str, ...]
    ended: bool


class _Piece(NamedTuple):
    id: int
    text: str
    whole: bool  # something after it proves that it was not cut


def write(segments: Iterable[Segment]) -> str:
    """One line per segment: `<7>text`, with its kind where that changes the wording.

    >>> write([Segment(1, Kind.HEADING, "Why?", 0, 4, level=2)])
    '<1 h2>Why?'
    """
    return "\n".join(f"<{s.id}{_mark(s)}>{fold(s.text)}" for s in segments)


def fold(text: str) -> str:
    """`text` on one line: a line break becomes a space. Anything else stays."""
    return " ".join(text.splitlines())


def read(reply: str, requested: Sequence[int]) -> WireReply:
    """The targets that `reply` holds for the `requested` ids.

    Tolerated: `<13 >`, `<13 h2>`, `**<13>**`, `＜13＞`, `[13]` (where `<13>` does not occur),
    closing `</13>`, digits of any script, CRLF, BOM, an outer code fence, reasoning or
    chatter before the first tag, anything after `<end>`. A target may run over several
    lines; they come back as they are, for the caller to fold. Identical repeats count once,
    different ones drop both. Where a number is missing and another one was not asked for, what
    stands between them is dropped; so is a text with `<end>` in its middle.
    """
    wanted = frozenset(requested)
    lines = _answer_lines(reply)
    if lines is None:
        return WireReply({}, ("reasoning without an end",), False)
    pieces, ended = _pieces(_unfenced(lines), wanted)
    found: dict[int, str] = {}
    doubled: set[int] = set()
    strange = {piece.id for piece in pieces if piece.id not in wanted}
    for piece in pieces:
        if piece.id not in wanted or not piece.whole:
            continue
        if found.setdefault(piece.id, piece.text) != piece.text:
            doubled.add(piece.id)
    for number in doubled:
        del found[number]
    missing = wanted - found.keys() - doubled
    if strange and missing:
        # The model has lost count: which texts are one off between the two, nobody knows.
        ends = strange | missing
        lowest, highest = min(ends), max(ends)
        found = {i: text for i, text in found.items() if not lowest < i < highest}
    faults = [f"segment {number} twice" for number in sorted(doubled)]
    faults += [f"segment {number} not requested" for number in sorted(strange)[:_SHOWN]]
    if len(strange) > _SHOWN:
        faults.append(f"{len(strange) - _SHOWN} more segments not requested")
    if not pieces:
        faults.append("no tagged segment")
    elif not pieces[-1].whole:
        faults.append("truncated")
    return WireReply(found, tuple(faults), ended)


def _pieces(lines: Sequence[str], wanted: frozenset[int]) -> tuple[list[_Piece], bool]:
    """The tagged pieces up to `<end>`, and whether it came."""
    angled = {int(m["id"]) for m in map(_TAG.match, lines) if m}
    # Some models put `<end>` behind the last target; believed only if no line begins with it.
    loose = not any(map(_END.match, lines))
    pieces: list[_Piece] = []
    current: list[str] | None = None
    number, ended = 0, False
    for index, line in enumerate(lines):
        if _END.match(line):
            still = wanted.difference((piece.id for piece in pieces), (number,))
            ended = not _goes_on(lines[index + 1 :], still)
            break
        tag = _TAG.match(line)
        if tag is None:
            tag = _BRACKET.match(line)
            # Where angle tags are the rule, `[3]` is text, unless it is a missing number.
            if tag and (int(tag["id"]) in angled or (angled and int(tag["id"]) not in wanted)):
                tag = None
        if tag is not None:
            if current is not None:
                pieces.append(_piece(number, current, whole=True))
            number, current = int(tag["id"]), [line[tag.end() :]]
        elif current is not None:
            current.append(line)
    if current is not None:
        if loose and (text := "\n".join(current).rstrip()).endswith(END):
            current, ended = text.removesuffix(END).split("\n"), True
        pieces.append(_piece(number, current, whole=ended))
    return pieces, ended


def _goes_on(lines: Sequence[str], still: frozenset[int]) -> bool:
    """True if the answer goes on behind an `<end>`, which then stands inside of a text: one of
    the segments `still` open follows, or words and another `<end>`."""
    words = False
    for line in lines:
        if _END.match(line):
            if words:
                return True
            continue
        tag = _TAG.match(line)
        if tag and int(tag["id"]) in still:
            return True
        words = words or bool(line.strip())
    return False


def _piece(number: int, lines: list[str], *, whole: bool) -> _Piece:
    text = "\n".join(lines).strip(" \t\n")
    # Only the last line can hold a closing tag that ends the text.
    start = text.rfind("\n") + 1
    closer = _CLOSER.search(text, max(start, len(text) - 40))
    if closer and int(closer[1]) == number:
        return _Piece(number, text[: closer.start()].strip(" \t\n"), True)
    return _Piece(number, text, whole)


def _answer_lines(reply: str) -> list[str] | None:
    """The lines of the answer proper, without the reasoning some servers leave in.

    None if the reasoning never ends: what follows cannot be told from it.
    """
    text = reply.removeprefix("\ufeff")
    start = 0
    while opened := _THINK.match(text, start):
        closer = f"</{opened[1]}>"
        end = text.find(closer, opened.end())
        if end < 0:
            return None
        start = end + len(closer)
    lines = text[start:].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # A lone `</think>` on its line: the opening one stood in the server's own prompt.
    for index in range(len(lines) - 1, -1, -1):
        if _THOUGHT.match(lines[index]):
            return lines[index + 1 :]
    return lines


def _unfenced(lines: list[str]) -> Sequence[str]:
    """Without the closing line of a fence around the whole reply; the opening one is chatter."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    if len(filled) > 1 and _FENCE.match(lines[filled[0]]) and _FENCE.match(lines[filled[-1]]):
        return lines[filled[0] + 1 : filled[-1]]
    return lines


def _mark(segment: Segment) -> str:
    """The kind, where it changes the wording; a mark costs a token or two on every line."""
    match segment.kind:
        case Kind.TITLE:
            return " title"
        case Kind.HEADING:
            return f" h{segment.level}" if segment.level else " h"
        case Kind.TABLE_CELL:
            return " td"
        case Kind.IMAGE_ALT:
            return " alt"
        case Kind.LINK_TITLE | Kind.ATTRIBUTE:
            return " tip"
        case Kind.FRONT_MATTER:
            name = segment.key.rpartition(".")[2].lower()
            return f" {name}" if re.fullmatch(r"[a-z][a-z0-9-]{0,15}", name) else " meta"
        case _:
            return ""
