"""Jekyll body and its masks in, masks that also hold the line breaks kramdown needs out.

A wrapped paragraph is translated as one line. In three places that makes another block for
kramdown 2.4 (measured), though not for CommonMark: a paragraph whose every line has a `|` is
a table; a line that begins with any number and a full stop is a list item; and each line above
`: text` is a term of its own. Law: there the line breaks stay, as atoms; nothing else changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from translate_pipeline.article.scan import Mask

__all__ = ["keep_lines"]

_BLANK = re.compile(rb"\n(?:[ \t>]*\r?\n)+")
_HINT = re.compile(rb"\n[ \t>]*(?::|\d{1,9}\.)[ \t]")
_FENCE = re.compile(rb"(?:\A|\n)[ \t>]{0,20}(`{3,}|~{3,})")
# The first line of a run, behind its margin: one that holds no text of a paragraph …
_ALONE = re.compile(rb"#{1,6}[ \t]|\{[:%]|=+[ \t\r]*\Z|-+[ \t\r]*\Z")
# … one that makes the lines below it something else …
_OTHER = re.compile(rb"</?[A-Za-z!?]|```|~~~|\[[^\]\n]*\]:|\*\[")
# … and one that begins a list item or a definition.
_ITEM = re.compile(rb"(?:[-*+]|\d{1,9}[.)]|:)[ \t]+")
_ENDS = re.compile(_ALONE.pattern + rb"|</?[A-Za-z!?]|```|~~~|(?:[-*+]|1[.)]|:)[ \t]")
_DEFINITION = re.compile(rb"(?:[ \t]*+>)*+ {0,3}:[ \t]")
_NUMBER = re.compile(rb"\d{1,9}\.[ \t]")
_CELL = re.compile(rb":?-+:?\Z")
_NO_PIPE = re.compile(rb"\\.|(?<!`)(`{1,9})(?!`)[^\n]{0,1000}?(?<!`)\1(?!`)", re.DOTALL)


def keep_lines(source: bytes, found: Sequence[Mask]) -> list[Mask]:
    """`found`, and a mask for each line break that kramdown needs; in order, disjoint."""
    if not _hinted(source):
        return list(found)
    starts = [mask.start for mask in found]
    breaks = []
    for start, end in _breaks(source):
        index = bisect_left(starts, end) - 1  # the last mask that begins before
        if index < 0 or found[index].end <= start:
            breaks.append(Mask(start, end, b"x", False))
    return sorted([*found, *breaks]) if breaks else list(found)


def _breaks(source: bytes) -> Iterator[tuple[int, int]]:
    """Spans of the line breaks to keep, of every paragraph outside of fences."""
    fence = b""
    position = 0
    blanks = [blank.span() for blank in _BLANK.finditer(source)]
    for end, behind in (*blanks, (len(source), len(source))):
        start, position = position, behind
        block = source[start:end].rstrip(b"\r\n")
        opened = False
        if b"```" in block or b"~~~" in block:  # ten times as fast as the pattern
            for match in _FENCE.finditer(block):
                opened = True
                if not fence:
                    fence = match[1]
                elif match[1].startswith(fence):
                    fence = b""
        if not fence and not opened and _hinted(block):
            yield from _block(block, start)


def _hinted(text: bytes) -> bool:
    """True when a line break of `text` may have to stay."""
    return b"|" in text or _HINT.search(text) is not None


def _block(block: bytes, base: int) -> Iterator[tuple[int, int]]:
    """The breaks to keep between two blank lines: in each run of lines that is a paragraph."""
    lines = block.split(b"\n")
    texts = [line.lstrip(b" \t>") for line in lines]
    kept: set[int] = set()
    listed = lines[0] != texts[0]
    first = 0
    while first < len(lines):
        text = texts[first]
        item = _ITEM.match(text)
        listed = listed or item is not None
        behind = first + 1
        if not _ALONE.match(text):
            while behind < len(lines) and not _ENDS.match(texts[behind]):
                if listed and _NUMBER.match(texts[behind]):
                    break
                behind += 1
            if not _OTHER.match(text, item.end() if item else 0):
                run = texts[first:behind]
                run[0] = text[item.end() :] if item else text
                terms = behind < len(lines) and _DEFINITION.match(lines[behind]) is not None
                kept.update(first + i for i in _paragraph(run, terms=terms and not listed))
        first = behind
    for number, line in enumerate(lines):
        if number in kept:
            back = 2 if lines[number - 1].endswith(b"\r") else 1
            yield base - back, base + len(line) - len(texts[number])
        base += len(line) + 1


def _paragraph(lines: Sequence[bytes], *, terms: bool) -> set[int]:
    """The numbers of the lines that must stay lines; `terms`: a definition follows."""
    pipes = [b"|" in line and b"|" in _NO_PIPE.sub(b"", line) for line in lines]
    if any(pipes[i] and _rule(lines[i], lines[i + 1]) for i in range(len(lines) - 1)):
        return set()  # a table to both
    if all(pipes) or terms:
        return set(range(1, len(lines)))
    kept = {i for i in range(1, len(lines)) if _NUMBER.match(lines[i])}
    if any(pipes):  # one line without a pipe is enough
        free = pipes.index(False)
        kept.update(i for i in (free, *_first(pipes, free)) if i)
    return kept


def _first(pipes: Sequence[bool], start: int) -> list[int]:
    """The first line with a pipe behind `start`, if there is one."""
    return [i for i in range(start + 1, len(pipes)) if pipes[i]][:1]


def _rule(above: bytes, line: bytes) -> bool:
    """True when the two lines begin a table to CommonMark: as many cells, the second of dashes."""
    cells = _cells(line)
    return all(_CELL.match(cell.strip()) for cell in cells) and len(cells) == len(
        _cells(_NO_PIPE.sub(b"x", above))
    )


def _cells(line: bytes) -> list[bytes]:
    return line.strip().removeprefix(b"|").removesuffix(b"|").split(b"|")
