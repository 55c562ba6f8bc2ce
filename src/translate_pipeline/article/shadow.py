"""Source in, its shadow out: the same bytes with every foreign construct masked.

The parser reads only the shadow, so all its ranges point into the untouched source. Masks
have the length of what they hide: an inline construct becomes a run of letters, one that
fills whole lines a one-line HTML block `<?xxx?>` (legal from three bytes, and allowed to
interrupt a paragraph; `parsing.md` 1). What is masked is found by `scan.py`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from translate_pipeline.article import kramdown, untranslated
from translate_pipeline.article.closers import PREFIX
from translate_pipeline.article.dialects import Dialect
from translate_pipeline.article.scan import Mask, masks, openers
from translate_pipeline.article.unindent import unindent

__all__ = ["Mask", "Shadow", "cast", "openers"]

# For the parser a colon at the start of a line begins a definition; for kramdown and for
# PHP Markdown Extra only one before white space does, and `:rocket:` is no definition.
_COLON = re.compile(rb"(\n[ \t>]{0,100}):(?=[^ \t\r\n-]|-[^-:| \t\r\n])")
# In a table row of kramdown a pipe inside code ends no cell.
_ROW = re.compile(rb"\n[ \t>]{0,100}\|[^\n]*`[^\n]*")
_ROW_CODE = re.compile(rb"(?<!`)(`{1,9})(?!`).{0,1000}?(?<!`)\1(?!`)")
_BARE_PIPE = re.compile(rb"(?<!\\)\|")
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_TAG = re.compile(rb"</?[^\s<>/={]*")
_TAIL = re.compile(rb"[ \t\r]*+(?:\n|\Z)")


class Shadow(NamedTuple):
    """What the parser reads: `text` as `str`, and what was hidden."""

    text: str
    masks: tuple[Mask, ...]


def cast(source: bytes, text: str, dialect: Dialect) -> Shadow:
    """Mask the constructs of `dialect` in `text`, whose bytes are `source`; no front matter."""
    found: list[Mask] = []
    # A byte that is not there is known at once, a text that is not there is not.
    if any(trigger[:1] in source and trigger in source for trigger in dialect.trigger):
        found = masks(source, dialect)
    found = untranslated.cover(source, found)
    if dialect.kramdown:
        found = kramdown.keep_lines(source, found)
    if not found:
        changed = _respell(source, dialect)
        return Shadow(text if changed == source else changed.decode(), ())
    pieces = []
    position = 0
    for mask in _whole_lines(source, found):
        pieces.append(source[position : mask.start])
        pieces.append(_paint(source, mask))
        position = mask.end
    pieces.append(source[position:])
    return Shadow(_respell(b"".join(pieces), dialect).decode(), tuple(found))


def _paint(source: bytes, mask: Mask) -> bytes:
    """What the parser sees in the place of a mask: as many bytes."""
    length = mask.end - mask.start
    if mask.block and length > 2:
        if mask.item and length > 4:  # an empty heading, the same for a title of any width
            return b"+   #" + b" " * (length - 5)
        if length == 3:  # `<?>` would not end in the rendered HTML
            return b"***"
        return b"<?" + b"x" * (length - 4) + b"?>"
    if mask.fill != b"<":
        return mask.fill * length
    if mask.block:  # `<>` alone on its line
        return b" " * length
    name = _TAG.match(source, mask.start)
    size = name.end() - mask.start if name else 0
    slash = source[mask.start + 1 : mask.start + 2] == b"/"
    if size < 2 + slash:
        return b"x" * length
    end = b"/>" if source[mask.end - 2 : mask.end - 1] == b"/" and length > size + 1 else b">"
    head = (b"</" if slash else b"<").ljust(size, b"x")
    return head + b" " * (length - size - len(end)) + end


def _respell(shadow: bytes, dialect: Dialect) -> bytes:
    """Other single bytes where the parser reads one otherwise than the site does.

    It knows no lone carriage return behind a heading, and would swallow the rest.
    """
    if not dialect.indented_code:
        shadow = unindent(shadow)
    if b"\r" in shadow:
        shadow = _LONE_RETURN.sub(b"\n", shadow)
    if _COLON.search(shadow):
        shadow = _COLON.sub(rb"\1x", shadow)
    if dialect.code_keeps_pipes and b"|" in shadow and b"`" in shadow:
        shadow = _ROW.sub(lambda row: _ROW_CODE.sub(_without_pipes, row[0]), shadow)
    return shadow


def _without_pipes(code: re.Match[bytes]) -> bytes:
    return _BARE_PIPE.sub(b"x", code[0])


def _whole_lines(source: bytes, found: list[Mask]) -> list[Mask]:
    """Keep `block` only where a run of masks fills its lines after the container prefix."""
    result: list[Mask] = []
    new = tuple.__new__  # a named tuple without its keyword handling: a third of the time
    index, count = 0, len(found)
    while index < count:
        first = found[index]
        start, end, block = first.start, first.end, first.block
        run = index + 1
        while run < count:
            following = found[run]
            begin = following.start
            # The byte first: what lies between two constructs may be a long article.
            if begin > end and (source[end] not in b" \t" or source[end:begin].strip(b" \t")):
                break
            end, block = following.end, block or following.block
            run += 1
        whole = False
        if block and _TAIL.match(source, end):
            line = source.rfind(b"\n", 0, start) + 1
            whole = not source[line:start].strip(b" \t>")
            if not whole and first.fill == b"<" and end - start > 3:
                whole = PREFIX.match(source, line, start) is not None
        if whole:
            fill = b"<" if first.fill == b"<" else b"x"
            result.append(new(Mask, (start, end, fill, True, (), first.item)))
        else:
            for mask in found[index:run]:
                begin, stop, fill, block, slots, item = mask
                result.append(new(Mask, (begin, stop, fill, False, slots, item)) if block else mask)
        index = run
    return result
