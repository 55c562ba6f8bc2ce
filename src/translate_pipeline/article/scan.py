"""Source in, the masks of its foreign constructs out: the one linear scanner of all dialects.

One pass over the openers, leftmost first. Closers are found by `bytes.find` with a memo
"none after here", or by `closers.py`; hence linear on any input. Where a construct is not
live in code, code spans, fences and HTML comments are passed over in the same scan.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from translate_pipeline.article import closers, prose_slots
from translate_pipeline.article.code_regions import (
    BLANK,
    Memo,
    fence_run,
    find,
    next_blank,
    passed_over,
)
from translate_pipeline.article.dialects import PIN, Closer, Construct, Dialect
from translate_pipeline.article.prose_slots import Slot

__all__ = ["Mask", "masks", "openers"]

_FENCE = re.compile(rb"^[ \t>]{0,100}(?:```|~~~)", re.MULTILINE)
_WORD = re.compile(rb"[ \t\r\n]*([A-Za-z_][\w-]*)")
_NAME = re.compile(rb"</?([A-Za-z][\w.-]*)")
# Code, and what must be passed over as code is: an escaped character and HTML that is opaque.
_SKIP = (
    rb"`(?<!``)[^`\n]+`(?!`)|``*|~~~~*|\\[!-/:-@\[-`{-~]|<(?:!--|(?:script|style)\b|" + PIN + rb")"
    rb"|\](?:\(|:[ \t]{0,9}(?:\r?\n[ \t>]{0,20})?)<[^<>\n]{0,2000}>"  # a link's target
)
# The same where a template engine runs first: it knows no escapes.
_SKIP_LIVE = rb"``*|~~~~*|\\[\\`~<:]|<(?:!--|(?:script|style)\b|" + PIN + rb")"
_ESCAPED = re.compile(rb"\\[!-/:-@\[-`{-~]")


class Mask(NamedTuple):
    """One hidden construct: byte offsets into the source, and the prose that stands in it.

    `item`: its shadow begins a list item, so that lines indented by four are its body.
    """

    start: int
    end: int
    fill: bytes
    block: bool
    slots: tuple[Slot, ...] = ()
    item: bool = False


class _Patterns(NamedTuple):
    """`outside` of code and `inside` (None: nothing is live in it) find where something opens;
    they have no groups, so that the search skips to the first bytes there are. Openers that
    begin with a letter are `words`, each looked for alone: most letters are none of theirs;
    `first` is what may stand at the beginning of the text only (`\\A`).
    `which` tells by its group what it is: of a construct, or the last for what is passed over.
    With one of the bytes `skipped` no construct begins."""

    outside: re.Pattern[bytes]
    inside: re.Pattern[bytes] | None
    words: tuple[re.Pattern[bytes], ...]
    first: re.Pattern[bytes] | None
    which: re.Pattern[bytes]
    skips: bool
    skipped: bytes


@lru_cache(maxsize=32)
def _patterns(constructs: tuple[Construct, ...]) -> _Patterns:
    openers = [c.open for c in constructs]
    live = [c.open for c in constructs if c.code]
    skips = len(live) < len(constructs)
    skip = [_SKIP_LIVE if live else _SKIP] if skips else []
    words = [opener for opener in openers if opener[:1].isalpha()]
    first = [opener for opener in openers if opener.startswith(rb"\A")]
    signs = [opener for opener in openers if opener not in (*words, *first)]
    return _Patterns(
        re.compile(b"|".join(signs + skip) or rb"(?!)"),
        re.compile(b"|".join(live)) if live else None,
        tuple(re.compile(word) for word in words),
        re.compile(b"|".join(first)) if first else None,
        re.compile(b"|".join(b"(%s)" % opener for opener in openers + skip)),
        skips,
        bytes(sign[-1] for sign in (b"`", rb"\\", rb"\]") if skips and not _begins(openers, sign)),
    )


def _begins(openers: Sequence[bytes], sign: bytes) -> bool:
    """True when an opener may begin with `sign`, written as in a pattern."""
    return any(opener.startswith((sign, b"(", b"[")) for opener in openers)


@lru_cache(maxsize=32)
def _openers(constructs: tuple[Construct, ...]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(c.open for c in constructs))


def openers(text: str, dialect: Dialect) -> Counter[bytes]:
    """How often each opener of the dialect's constructs stands in `text`, closed or not."""
    if not dialect.constructs:
        return Counter()
    raw = text.encode()
    if b"\\" in raw and not any(construct.code for construct in dialect.constructs):
        raw = _ESCAPED.sub(b"", raw)
    return Counter(match.group() for match in _openers(dialect.constructs).finditer(raw))


def masks(source: bytes, dialect: Dialect) -> list[Mask]:
    """What the parser must not see, in order, disjoint."""
    found: list[Mask] = []
    memo = Memo({}, {}, [], [], closers.Budget())
    position = until = 0
    patterns = _patterns(dialect.constructs)
    constructs = dialect.constructs
    count = len(constructs)
    size = len(source)
    search, skipped = patterns.outside.search, patterns.skipped
    words = [match.span() for word in patterns.words for match in word.finditer(source)]
    words = [(size, size), *sorted(words, reverse=True)]  # the next one is the last
    if patterns.first and (match := patterns.first.match(source)):
        words.append(match.span())
    while True:
        in_code = position < until
        if in_code:
            if patterns.inside is None:
                position = until
                continue
            match = patterns.inside.search(source, position, until)
            if match is None:
                position = until
                continue
            start, behind = match.span()
        else:
            start, behind = words[0]
            # Most of what is found is an escape or a whole code span: this loop is for them.
            while match := search(source, position):
                start, behind = match.span()
                sign = source[start]
                if sign not in skipped or words[-1][0] < start:
                    break
                if sign == 96 and (behind - start == 1 or source[start + 1] == 96):
                    break
                position = behind
                start, behind = words[0]
            while words[-1][0] < position:
                words.pop()
            if words[-1][0] < start:
                start, behind = words[-1]
            elif match is None:
                return found
            elif source[start] in skipped:
                position, until, fence = passed_over(source, start, behind, memo)
                if fence >= 0:
                    found.append(Mask(start, fence, b"x", True))
                continue
        known = patterns.which.match(source, start)
        index = known.lastindex - 1 if known and known.lastindex else count
        if known is None or index == count or (in_code and not constructs[index].code):
            if in_code:
                position = behind
                continue
            position, until, fence = passed_over(source, start, behind, memo)
            if fence >= 0:
                found.append(Mask(start, fence, b"x", True))
            continue
        construct = constructs[index]
        end = _close(source, start, known.end(), construct, memo)
        if end < 0:
            position = behind
            if construct.closer is Closer.TAG:  # unfinished: nobody guesses what it spoils
                position = max(position, next_blank(source, start, memo))
            elif patterns.skips and not in_code and source[start] == 96:  # a fence after all
                run = start + len(fence_run(source, start))
                position, until, fence = passed_over(source, start, run, memo)
            continue
        slots: tuple[Slot, ...] = ()
        if not in_code and (
            construct.titles
            or (
                construct.parameters  # each behind `=` or `:`, and most tags have neither
                and (source.find(b"=", start, end) >= 0 or source.find(b":", start, end) >= 0)
            )
        ):
            slots = prose_slots.find(source, start, end, construct, dialect.prose)
        if construct.fence:
            memo.open.append(fence_run(source, start))
        fill = construct.fill
        if construct.heading and source.startswith(b"#", source.rfind(b"\n", 0, start) + 1):
            fill = construct.heading
        found.append(Mask(start, end, fill, construct.block, slots, construct.item))
        position = min(end, size)


def _close(source: bytes, opened: int, start: int, construct: Construct, memo: Memo) -> int:
    """The offset behind the construct whose opener is `source[opened:start]`, or -1."""
    if construct.closer is not None:
        end = closers.close(source, opened, start, construct, memo.budget)
        if end < 0:
            return -1
    else:
        limit = start + construct.limit if construct.limit else len(source)
        end = find(source, construct.close, start, limit, memo)
        if end < 0:
            return -1
        if not construct.blank and BLANK.search(source, start, end):
            return -1
        end += len(construct.close)
        if construct.close == b"{:/":  # the kramdown extension's own closer: {:/} or {:/comment}
            end = source.find(b"}", end, end + 40) + 1
            return end or -1
    if construct.verbatim:
        word = _NAME.match(source, opened) or _WORD.match(source, start)
        if word and word[1] in construct.verbatim and source[end - 3 : end - 1] != b"/>":
            return _body(source, end, word[1], construct.ending, memo)
    return end


def _body(
    source: bytes, start: int, word: bytes, ending: tuple[bytes, bytes, bytes], memo: Memo
) -> int:
    """The offset behind the ending tag, or of the opening tag alone: if it is missing, or
    if a code fence crosses it."""
    name = ending[1] + word
    head, end = memo.bodies.get(name, (-1, -1))
    if head < start:  # else the next closer is still the one that was found for an earlier tag
        head, end = memo.bodies[name] = _closer(source, start, name, ending)
    if end < 0:
        return start
    if not memo.fences:
        memo.fences.extend(match.start() for match in _FENCE.finditer(source))
        memo.fences.append(len(source))  # behind every tag: read once even if there is none
    # A fence that opens inside and closes behind is Markdown's, not Liquid's: then the tags
    # alone are hidden, or the text up to the next fence would be code.
    crossed = bisect_left(memo.fences, head) - bisect_left(memo.fences, start)
    return start if crossed % 2 else end


def _closer(
    source: bytes, start: int, name: bytes, ending: tuple[bytes, bytes, bytes]
) -> tuple[int, int]:
    """The span of the next `{% end<word> %}`; `(len(source), -1)` where there is none."""
    before, _, behind = ending
    position = source.find(name, start)
    while position >= 0:
        head = source.rfind(before, max(start, position - 16), position)
        if head >= 0 and source[head + len(before) : position].strip(b" \t\r\n-") == b"":
            end = source.find(behind, position, position + 200)
            if end >= 0:
                return head, end + len(behind)
        position = source.find(name, position + len(name))
    return len(source), -1
