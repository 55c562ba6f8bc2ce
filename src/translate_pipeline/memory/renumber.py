"""A published segment in, its text with the marks of the source's segment out.

A target that is parsed by itself numbers its marks by its own order: `[b](u1) [a](u2)` where
the source's second link comes first. What a mark stands for tells which it is: equal sources
first, then order. Law: every mark of the source is there once, or there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from translate_pipeline.model import Segment, Token

__all__ = [
    "BY_BYTES",
    "by_order",
    "by_source",
    "by_what_is_left",
    "numbered",
    "order",
    "sorts_of",
    "unpinned",
]

#: The `order` of a line whose marks cannot be told by number.
BY_BYTES = "="

_MARK = re.compile(r"<(/?)([xb])(\d{1,6})/?>\Z|\]\((u)(\d{1,6})\)\Z")
_ORDER = re.compile(r"([xub])([0-9,]+)")
_MOST = 999  # marks of one sort that an order tells apart
_BRACKET = re.compile(r"\\.|!\[|\[|\]", re.DOTALL)
_PIN = re.compile(r"<a id=\"[^\"<>]*\">\Z")


def _sort(mark: str) -> tuple[str, int]:
    """What kind of mark it is (`x`, `u`, `b`, `/b`) and its number; `("", 0)`: its own text."""
    match = _MARK.match(mark)
    if match is None:
        return "", 0
    if match[4]:
        return "u", int(match[5])
    return f"{match[1]}{match[2]}", int(match[3])


def numbered(mark: str) -> bool:
    """True for a mark that hides what it stands for: `<x1/>`, `](u1)`, `<b1>`."""
    return _MARK.match(mark) is not None


def _spelt(sort: str, number: int) -> str:
    if sort == "u":
        return f"](u{number})"
    return f"<x{number}/>" if sort == "x" else f"<{sort}{number}>"


def _pieces(text: str, tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """`text` cut at the marks: words and -1, or a mark and the index of its token."""
    position = 0
    for index, token in enumerate(tokens):
        at = text.find(token.mark, position)
        if at < 0:
            return
        yield text[position:at], -1
        yield token.mark, index
        position = at + len(token.mark)
    yield text[position:], -1


def _numbers(tokens: Iterable[Token]) -> dict[str, list[int]]:
    """The numbers of each sort of mark, in order."""
    found: dict[str, list[int]] = {}
    for token in tokens:
        sort, number = _sort(token.mark)
        if sort:
            found.setdefault(sort, []).append(number)
    return found


def _same_count(ours: Mapping[str, Sequence[int]], theirs: Mapping[str, Sequence[int]]) -> bool:
    return {s: len(n) for s, n in ours.items()} == {s: len(n) for s, n in theirs.items()}


def unpinned(unit: Segment, segment: Segment) -> Segment:
    """`unit` without the empty anchor that keeps the old id of a translated heading."""
    if not unit.level or len(unit.tokens) < 2 or not unit.text.startswith("<b1></b1>"):
        return unit
    if not _PIN.match(unit.tokens[0].source) or unit.tokens[1].source != "</a>":
        return unit
    theirs = sum(token.mark.startswith("<b") for token in unit.tokens)
    if theirs != sum(token.mark.startswith("<b") for token in segment.tokens) + 1:
        return unit
    pieces: list[str] = []
    tokens: list[Token] = []
    for piece, index in _pieces(unit.text, unit.tokens):
        if index < 2:
            pieces.append("" if index >= 0 else piece)
            continue
        sort, number = _sort(piece)
        mark = _spelt(sort, number - 1) if sort in ("b", "/b") else piece
        pieces.append(mark)
        tokens.append(Token(mark, unit.tokens[index].source))
    return unit._replace(text="".join(pieces), tokens=tuple(tokens))


def by_order(unit: Segment, segment: Segment, wanted: str = "") -> str | None:
    """The text of `unit`, its marks renamed as the `order` of a ledger says, whatever they are.

    None if the two have not the same number of marks of each sort.
    """
    ours, theirs = _numbers(segment.tokens), _numbers(unit.tokens)
    if wanted == BY_BYTES or not _same_count(ours, theirs):
        return None
    names: dict[str, dict[int, int]] = {}
    for match in _ORDER.finditer(wanted):
        numbers = [int(n) for n in (match[2].split(",") if "," in match[2] else match[2])]
        if sorted(numbers) != sorted(ours.get(match[1], ())):
            return None
        names[match[1]] = dict(enumerate(numbers, 1))
    if not names:
        return unit.text
    pieces = []
    for piece, index in _pieces(unit.text, unit.tokens):
        sort, number = _sort(piece) if index >= 0 else ("", 0)
        name = names.get(sort.lstrip("/"), {}).get(number, number)
        pieces.append(_spelt(sort, name) if sort else piece)
    return "".join(pieces)


def order(unit: Segment, segment: Segment, target: str) -> str:
    """The `order` with which `by_order` makes `target` of `unit`; `BY_BYTES` if none does."""
    if unit.text == target:
        return "" if by_order(unit, segment) == target else BY_BYTES
    found: dict[str, list[int]] = {}
    for piece in _marks_in(target, segment.tokens):
        sort, number = _sort(piece)
        if sort in ("x", "u", "b"):
            found.setdefault(sort, []).append(number)
    if any(max(numbers) > _MOST for numbers in found.values()):
        return BY_BYTES
    wanted = "".join(
        sort + ("" if max(numbers) < 10 else ",").join(map(str, numbers))
        for sort, numbers in sorted(found.items())
        if numbers != list(range(1, len(numbers) + 1))
    )
    return wanted if wanted and by_order(unit, segment, wanted) == target else BY_BYTES


def _marks_in(text: str, tokens: Sequence[Token]) -> list[str]:
    """The numbered marks of `tokens` in `text`, in the order of `text`."""
    found = []
    for token in tokens:
        if _sort(token.mark)[0]:
            at = text.find(token.mark)
            if at >= 0:
                found.append((at, token.mark))
    return [mark for _, mark in sorted(found)]


def by_source(unit: Segment, segment: Segment) -> str | None:
    """The text of `unit`, each mark called as that of `segment` with the same source.

    A bare address that is none of the source's marks stands as it is. None if a mark of either
    side is left over.
    """
    names, left, free = _equal(unit, segment)
    if free:
        return None
    for index in left:
        source = unit.tokens[index].source
        if _sort(unit.tokens[index].mark)[0] != "x" or source[:1] in "<{\n\r \t\\":
            return None
        names[index] = source
    return _renamed(unit, names)


def by_what_is_left(unit: Segment, segment: Segment) -> str | None:
    """As `by_source`, and what is left of each sort in order: addresses that changed since.

    None if the numbers differ, or a mark seems to have swallowed text behind it.
    """
    names, left, free = _equal(unit, segment)
    ours = _by_sort(segment, free)
    theirs = _by_sort(unit, left)
    if {s: len(n) for s, n in ours.items()} != {s: len(n) for s, n in theirs.items()}:
        return None
    closers: dict[int, str] = {}
    for sort, indices in theirs.items():
        for index, other in zip(indices, ours[sort], strict=True):
            new, old = segment.tokens[other], unit.tokens[index]
            if sort == "/b":
                continue
            if not _alike(new.source, old.source):
                return None
            names[index] = new.mark
            if sort == "b":
                closers[_sort(old.mark)[1]] = _spelt("/b", _sort(new.mark)[1])
    for index in theirs.get("/b", ()):
        name = closers.get(_sort(unit.tokens[index].mark)[1])
        if name is None:
            return None
        names[index] = name
    return _renamed(unit, names)


def _alike(new: str, old: str) -> bool:
    """A link stays a link and a tag a tag; and text that was not ASCII came from somewhere."""
    return new[:1] == old[:1] and (old.isascii() or not new.isascii())


def _by_sort(segment: Segment, indices: Iterable[int]) -> dict[str, list[int]]:
    sorts = sorts_of(segment)
    found: dict[str, list[int]] = {}
    for index in indices:
        found.setdefault(sorts[index], []).append(index)
    return found


def sorts_of(segment: Segment) -> list[str]:
    """The sort of each token; the end of an image is `!u`."""
    sorts = [_sort(token.mark)[0] for token in segment.tokens]
    if "![" not in segment.text:
        return sorts
    openers: list[str] = []
    for piece, index in _pieces(segment.text, segment.tokens):
        if index < 0:
            for bracket in _BRACKET.findall(piece):
                if bracket[-1] == "[":
                    openers.append(bracket)
                elif bracket == "]" and openers:
                    openers.pop()
        elif sorts[index] == "u" and openers and openers.pop() == "![":
            sorts[index] = "!u"
    return sorts


def _equal(unit: Segment, segment: Segment) -> tuple[dict[int, str], list[int], list[int]]:
    """Names for the tokens of `unit` whose sources `segment` has; what is left on both sides."""
    free: dict[tuple[str, str], list[int]] = {}
    closers: dict[int, int] = {}  # number of a pair in `segment` → index of its closing token
    ours, theirs = sorts_of(segment), sorts_of(unit)
    for index in range(len(segment.tokens) - 1, -1, -1):
        sort = ours[index]
        if sort == "/b":
            closers[_sort(segment.tokens[index].mark)[1]] = index
        elif sort:
            free.setdefault((sort, segment.tokens[index].source), []).append(index)
    names: dict[int, str] = {}
    pairs: dict[int, int] = {}  # number of a pair in `unit` → in `segment`
    left: list[int] = []
    taken: set[int] = set()
    for index, (mark, source) in enumerate(unit.tokens):
        sort, number = theirs[index], _sort(mark)[1]
        if sort == "/b" and number in pairs:
            names[index] = _spelt("/b", pairs[number])
            closer = closers.get(pairs[number], -1)
            if closer >= 0 and segment.tokens[closer].source == source:
                taken.add(closer)
        elif sort != "/b" and sort and free.get((sort, source)):
            match = free[sort, source].pop()
            taken.add(match)
            names[index] = segment.tokens[match].mark
            if sort == "b":
                pairs[number] = _sort(names[index])[1]
        elif sort:
            left.append(index)
    rest = [index for index, sort in enumerate(ours) if sort and index not in taken]
    return names, left, rest


def _renamed(unit: Segment, names: Mapping[int, str]) -> str:
    return "".join(
        names.get(index, piece) if index >= 0 else piece
        for piece, index in _pieces(unit.text, unit.tokens)
    )
