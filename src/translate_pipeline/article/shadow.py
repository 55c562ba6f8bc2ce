"""Source in, its shadow out: the same bytes with every foreign construct masked.

The parser reads only the shadow, so all its ranges point into the untouched source. Masks
have the length of what they hide: an inline construct becomes a run of letters, one that
fills whole lines a one-line HTML block `<?xxx?>` (legal from three bytes, and allowed to
interrupt a paragraph; `parsing.md` 1). One pass over the openers, closers by `bytes.find`
with a memo "none after here", hence linear on any input.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from translate_pipeline.article.dialects import Construct, Dialect

__all__ = ["Mask", "Shadow", "cast", "openers"]

# For the parser a colon at the start of a line begins a definition; for kramdown and for
# PHP Markdown Extra only one before white space does, and `:rocket:` is no definition.
_COLON = re.compile(rb"(\n[ \t>]{0,100}):(?=[^ \t\r\n-]|-[^-:| \t\r\n])")
# In a table row of kramdown a pipe inside code ends no cell.
_ROW = re.compile(rb"\n[ \t>]{0,100}\|[^\n]*`[^\n]*")
_ROW_CODE = re.compile(rb"(?<!`)(`{1,9})(?!`).{0,1000}?(?<!`)\1(?!`)")
_BARE_PIPE = re.compile(rb"(?<!\\)\|")
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_BLANK = re.compile(rb"\n[ \t>]*\r?\n")
_FENCE = re.compile(rb"^[ \t>]{0,100}(?:```|~~~)", re.MULTILINE)
_WORD = re.compile(rb"[ \t\r\n]*([A-Za-z_]\w*)")


class Mask(NamedTuple):
    """One hidden construct: byte offsets into the source."""

    start: int
    end: int
    fill: bytes
    block: bool


class _Memo(NamedTuple):
    """What one scan has learnt, so that no search is made twice; this keeps it linear.

    `none_after`: where a closer was looked for in vain; `bodies`: the span of the next
    `{% end<word> %}` by word; `fences`: where code fences begin, read when first needed.
    """

    none_after: dict[bytes, int]
    bodies: dict[bytes, tuple[int, int]]
    fences: list[int]


class Shadow(NamedTuple):
    """What the parser reads: `text` as `str`, and what was hidden."""

    text: str
    masks: tuple[Mask, ...]


def cast(source: bytes, text: str, dialect: Dialect) -> Shadow:
    """Mask the constructs of `dialect` in `text`, whose bytes are `source`; no front matter."""
    masks: list[Mask] = []
    # A single byte is looked for ten times as fast as two, and most articles have no brace.
    if any(trigger[:1] in source and trigger in source for trigger in dialect.trigger):
        masks = _masks(source, dialect)
    if not masks:
        changed = _respell(source, dialect)
        return Shadow(text if changed == source else changed.decode(), ())
    pieces = []
    position = 0
    for mask in _whole_lines(source, masks):
        pieces.append(source[position : mask.start])
        length = mask.end - mask.start
        if mask.block and length > 3:
            pieces.append(b"<?" + b"x" * (length - 4) + b"?>")
        else:
            pieces.append(mask.fill * length)
        position = mask.end
    pieces.append(source[position:])
    return Shadow(_respell(b"".join(pieces), dialect).decode(), tuple(masks))


def _respell(shadow: bytes, dialect: Dialect) -> bytes:
    """Other single bytes where the parser reads one otherwise than the site does.

    It knows no lone carriage return behind a heading, and would swallow the rest.
    """
    if b"\r" in shadow:
        shadow = _LONE_RETURN.sub(b"\n", shadow)
    if _COLON.search(shadow):
        shadow = _COLON.sub(rb"\1x", shadow)
    if dialect.code_keeps_pipes and b"|" in shadow and b"`" in shadow:
        shadow = _ROW.sub(lambda row: _ROW_CODE.sub(_without_pipes, row[0]), shadow)
    return shadow


def _without_pipes(code: re.Match[bytes]) -> bytes:
    return _BARE_PIPE.sub(b"x", code[0])


@lru_cache(maxsize=32)
def _openers(constructs: tuple[Construct, ...]) -> re.Pattern[bytes]:
    """Every opener; without groups, so that the search skips to the first bytes there are."""
    return re.compile(b"|".join(c.open for c in constructs))


@lru_cache(maxsize=256)
def _opener(construct: Construct) -> re.Pattern[bytes]:
    return re.compile(construct.open)


def openers(text: str, dialect: Dialect) -> Counter[bytes]:
    """How often each opener of the dialect's constructs stands in `text`, closed or not."""
    if not dialect.constructs:
        return Counter()
    return Counter(match.group() for match in _openers(dialect.constructs).finditer(text.encode()))


def _masks(source: bytes, dialect: Dialect) -> list[Mask]:
    masks: list[Mask] = []
    memo = _Memo({}, {}, [])
    position = 0
    openers = _openers(dialect.constructs)
    while match := openers.search(source, position):
        construct = next(c for c in dialect.constructs if _opener(c).match(source, match.start()))
        end = _close(source, match.end(), construct, memo)
        if end < 0:
            position = match.end()
            continue
        masks.append(Mask(match.start(), end, construct.fill, construct.block))
        position = end
    return masks


def _close(source: bytes, start: int, construct: Construct, memo: _Memo) -> int:
    """The offset behind the construct that was opened before `start`, or -1."""
    limit = start + construct.limit if construct.limit else len(source)
    end = _find(source, construct.close, start, limit, memo)
    if end < 0:
        return -1
    if not construct.blank:
        blank = _BLANK.search(source, start, end)
        if blank:
            return -1
    end += len(construct.close)
    if construct.close == b"{:/":  # the kramdown extension's own closer: {:/} or {:/comment}
        end = source.find(b"}", end, end + 40) + 1
        return end or -1
    if construct.verbatim:
        word = _WORD.match(source, start)
        if word and word[1] in construct.verbatim:
            return _body(source, end, word[1], memo)
    return end


def _body(source: bytes, start: int, word: bytes, memo: _Memo) -> int:
    """The offset behind `{% end<word> %}`, or of the opening tag alone: if it is missing, or
    if a code fence crosses it."""
    head, end = memo.bodies.get(word, (-1, -1))
    if head < start:  # else the next closer is still the one that was found for an earlier tag
        head, end = memo.bodies[word] = _closer(source, start, word)
    if end < 0:
        return start
    if not memo.fences:
        memo.fences.extend(match.start() for match in _FENCE.finditer(source))
        memo.fences.append(len(source))  # behind every tag: read once even if there is none
    # A fence that opens inside and closes behind is Markdown's, not Liquid's: then the tags
    # alone are hidden, or the text up to the next fence would be code.
    crossed = bisect_left(memo.fences, head) - bisect_left(memo.fences, start)
    return start if crossed % 2 else end


def _closer(source: bytes, start: int, word: bytes) -> tuple[int, int]:
    """The span of the next `{% end<word> %}`; `(len(source), -1)` where there is none."""
    name = b"end" + word
    position = source.find(name, start)
    while position >= 0:
        head = source.rfind(b"{%", max(start, position - 16), position)
        if head >= 0 and source[head + 2 : position].strip(b" \t\r\n-") == b"":
            end = source.find(b"%}", position, position + 200)
            if end >= 0:
                return head, end + 2
        position = source.find(name, position + len(name))
    return len(source), -1


def _find(source: bytes, what: bytes, start: int, limit: int, memo: _Memo) -> int:
    if memo.none_after.get(what, len(source) + 1) <= start:
        return -1
    found = source.find(what, start, limit)
    if found < 0 and limit >= len(source):
        memo.none_after[what] = start
    return found


def _whole_lines(source: bytes, masks: list[Mask]) -> list[Mask]:
    """Keep `block` only where a run of masks fills its lines after the container prefix."""
    result: list[Mask] = []
    index = 0
    while index < len(masks):
        run = index + 1
        while run < len(masks) and not source[masks[run - 1].end : masks[run].start].strip(b" \t"):
            run += 1
        first, last = masks[index], masks[run - 1]
        line = source.rfind(b"\n", 0, first.start) + 1
        after = source.find(b"\n", last.end)
        tail = source[last.end : after if after >= 0 else len(source)]
        alone = not source[line : first.start].strip(b" \t>") and not tail.strip(b" \t\r")
        whole = alone and any(mask.block for mask in masks[index:run])
        if whole:
            result.append(Mask(first.start, last.end, b"x", True))
        else:
            result.extend(mask._replace(block=False) for mask in masks[index:run])
        index = run
    return result
