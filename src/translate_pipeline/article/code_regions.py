"""An opener of code in, where that code ends out; `Memo` keeps what the searches have learnt.

What is passed over by the scanner of the dialects: code spans, fences, HTML comments, escapes.
Law: linear on any input, together with all searches that share one `Memo`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from translate_pipeline.article import closers

__all__ = ["BLANK", "Memo", "fence_run", "find", "next_blank", "passed_over"]

BLANK = re.compile(rb"\n[ \t>]*\r?\n")
_NEXT_BLANK = b"\n\n"
_RUN = re.compile(rb"`+")


class Memo(NamedTuple):
    """What one scan has learnt, so that no search is made twice; this keeps it linear.

    `none_after`: where a closer was looked for in vain (for a blank line: where the next one
    is); `bodies`: the span of the next
    ending tag by word; `fences`: where code fences begin, read when first needed; `open`: the
    fences whose body is Markdown and that wait for their end.
    """

    none_after: dict[bytes, int]
    bodies: dict[bytes, tuple[int, int]]
    fences: list[int]
    open: list[bytes]
    budget: closers.Budget


def passed_over(source: bytes, start: int, end: int, memo: Memo) -> tuple[int, int, int]:
    """What is passed over at `start`: where to go on, and up to where that is inside of code.

    The third is where the fence ends that closes the body of a directive, else -1.
    """
    opened = source[start:end]
    if opened[0] == 92 or opened[0] == 93 or (opened[0] == 96 and opened[1:2] not in (b"", b"`")):
        return end, 0, -1
    if opened[0] == 60:
        if opened.endswith(b"</a>"):
            return end, 0, -1
        closer = b"-->" if opened == b"<!--" else b"</" + opened[1:]
        stop = find(source, closer, end, len(source), memo)
        return end, stop + len(closer) if stop >= 0 else 0, -1
    if len(opened) >= 3 and closers.begins_line(source, start):
        line = source.find(b"\n", end)
        line = line if line >= 0 else len(source)
        info = source[end:line].strip()
        if memo.open and not info and opened.startswith(memo.open[-1]):
            memo.open.pop()
            return line, 0, end
        if opened[0] == 126 or b"`" not in info:
            margin = start - source.rfind(b"\n", 0, start) - 1
            return end, _fence_end(source, line, opened, margin), -1
    if opened[0] == 126:
        return end, 0, -1
    return end, _span_end(source, end, len(opened), memo), -1


def _fence_end(source: bytes, start: int, fence: bytes, margin: int) -> int:
    """Behind the closing fence; the end of the source where there is none.

    It may stand three columns further right than its opener (CommonMark 0.31, 4.5).
    """
    closing = _closing_fence(fence[:1], len(fence), min(margin, 100) + 3)
    # By its first characters, which is twice as fast as by the pattern; one try in each line.
    found = source.find(fence, start)
    while found >= 0:
        match = closing.match(source, source.rfind(b"\n", start, found))
        if match:
            return match.end()
        line = source.find(b"\n", found)
        found = source.find(fence, line) if line >= 0 else -1
    return len(source)


@lru_cache(maxsize=64)
def _closing_fence(sign: bytes, least: int, margin: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n[ \t>]{0,%d}%s{%d,}[ \t]*+\r?(?=\n|\Z)" % (margin, sign, least))


def _span_end(source: bytes, start: int, length: int, memo: Memo) -> int:
    """Behind the code span that a run of `length` backticks opened; 0: there is none."""
    key = b"`%d" % length
    if memo.none_after.get(key, len(source) + 1) <= start:
        return 0
    limit = next_blank(source, start, memo)
    for run in _RUN.finditer(source, start, limit):
        if run.end() - run.start() == length:
            return run.end()
    if limit == len(source):
        memo.none_after[key] = start
    return 0


def next_blank(source: bytes, start: int, memo: Memo) -> int:
    """Where the next blank line begins: the end of the source at last."""
    known = memo.none_after.get(_NEXT_BLANK, -1)
    if known < start:
        blank = BLANK.search(source, start)
        known = memo.none_after[_NEXT_BLANK] = blank.start() if blank else len(source)
    return known


def fence_run(source: bytes, start: int) -> bytes:
    end = start
    while source[end : end + 1] == source[start : start + 1]:
        end += 1
    return source[start:end]


def find(source: bytes, what: bytes, start: int, limit: int, memo: Memo) -> int:
    if memo.none_after.get(what, len(source) + 1) <= start:
        return -1
    found = source.find(what, start, limit)
    if found < 0 and limit >= len(source):
        memo.none_after[what] = start
    return found
