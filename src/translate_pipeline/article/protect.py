"""A leaf in, its protected text and tokens out: what a model may see, on one line.

Law: putting every token's source in its mark's place, and the line breaks back, gives the
leaf's bytes (`restore.py` is the inverse). Emphasis, code and formulae stay visible, since
grammar needs them; link targets become `(u1)`, everything foreign `<x1/>`, a pair of HTML
tags `<b1>…</b1>`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from translate_pipeline.article.leaves import CLOSE, CODE, HTML, IMAGE, MATH, NOTE, SOFT, Leaf
from translate_pipeline.article.mask_parts import with_masks
from translate_pipeline.article.plain_text import hinted, plain
from translate_pipeline.article.shadow import Mask
from translate_pipeline.model import Token

__all__ = ["LETTER", "has_prose", "one_line", "protect"]

LETTER = re.compile(r"[^\W\d_]")
_DEFINITION = re.compile(rb"\[(?!\^)[^\]\[\n]{1,200}\]:[ \t]*[^\s\[][^\n]*(?:\n[ \t>]*)?")
_LABEL_SPACE = re.compile(r"[ \t\r\n]+")  # not `\s`: a no-break space is part of a label
_SPACES = re.compile(r"(?:(?<![ \t])[ \t]+)?(?:\r\n?|\n)[ \t>]*")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)")
_STARTS = (b"[", b"{")  # of a line that may have to stay one
# Inline elements whose text is code, as in `html_text.py`.
_OPAQUE = re.compile(rb"<(code|kbd|samp|var|pre|script|style|svg|math|tt)\b", re.IGNORECASE)
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
# Between two characters of these scripts a wrapped line needs no space.
_CJK = re.compile(
    r"[\u2e80-\u303e\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
)


def has_prose(text: str, tokens: Sequence[Token]) -> bool:
    """True when a letter stands outside all tokens."""
    if not tokens:
        return LETTER.search(text) is not None
    position = 0
    for token in tokens:
        found = text.find(token.mark, position)
        if found > position and LETTER.search(text, position, found):
            return True
        position = found + len(token.mark)
    return LETTER.search(text, position) is not None


def one_line(text: str) -> str:
    """`text` without the line breaks that no soft break stands for; they hold no mark."""
    return _SPACES.sub(" ", text).strip(" ")


def protect(leaf: Leaf, source: bytes, masks: Sequence[Mask] = ()) -> tuple[str, tuple[Token, ...]]:
    """The protected text of `leaf` and its tokens in order of appearance."""
    _, start, end, parts, _, _ = leaf
    if masks:
        parts = with_masks(parts, start, end, masks, source)
    pieces: list[str] = []
    new = tuple.__new__  # see `article.py`
    tokens: list[Token] = []
    tags: list[tuple[str, int, int]] = []  # open HTML tags: name, index of piece, of token
    atoms = links = 0
    paired = False
    position = start
    for index, part in enumerate(parts):
        kind, at, stop = part[0], part[1], part[2]
        if at < position:
            continue  # inside an atom that is already out
        text = ""
        if at > position:
            text = source[position:at].decode()
            if hinted(text):
                atoms = plain(text, pieces, tokens, atoms)
                text = ""
            else:
                pieces.append(text)
        position = stop
        if kind == SOFT:
            if source[stop : stop + 1] in _STARTS:
                position = _behind_line(source, stop, end, parts)
            if position > stop:
                atoms += 1
                mark = f"<x{atoms}/>"
                pieces.append(mark)
                tokens.append(new(Token, (mark, source[at:position].decode())))
            elif " " < text[-1:] < "\u2e80":  # no white space, no CJK: the common case
                pieces.append(" ")
            else:
                _soft(pieces, source[stop : stop + 4])
        elif kind == CODE or kind == MATH or kind == NOTE:
            text = source[at:stop].decode()
            mark = _SPACES.sub(" ", text) if "\n" in text or "\r" in text else text
            pieces.append(mark)
            tokens.append(new(Token, (mark, text)))
        elif kind == CLOSE or kind == IMAGE:
            links += 1
            text = source[at:stop].decode()
            if part[3] is not None and text in ("]", "][]"):
                text = _label(source, part, masks, text)
            mark = f"](u{links})"
            pieces.append(mark)
            tokens.append(new(Token, (mark, text)))
        else:
            if kind == HTML:
                position = _behind_opaque(source, stop, parts, index)
                if position == stop and _tag(source[at:stop].decode(), pieces, tokens, tags):
                    paired = True
                    continue
            atoms += 1
            mark = f"<x{atoms}/>"
            pieces.append(mark)
            tokens.append(new(Token, (mark, source[at:position].decode())))
    if position < end:
        text = source[position:end].decode()
        if hinted(text):
            plain(text, pieces, tokens, atoms)
        else:
            pieces.append(text)
    text = "".join(pieces)
    return _renumber(text, tokens) if paired else (text, tuple(tokens))


def _label(source: bytes, part: tuple[Any, ...], masks: Sequence[Mask], closer: str) -> str:
    """`][label]`, for the words before it change; `closer` where there are none but constructs.

    The parser saw the filling of a construct in the label, so the label is the source's.
    """
    kind, close, _, label, start = part
    inner = [mask for mask in masks if start < mask.start < close]
    if not inner:
        return f"][{_LABEL_SPACE.sub(' ', label)}]"
    position, words = start, b""
    for mask in inner:
        words += source[position : mask.start]
        position = mask.end
    if not LETTER.search((words + source[position:close]).decode()):
        return closer
    label = source[start + 1 + (kind == IMAGE) : close].decode()
    return f"][{_LABEL_SPACE.sub(' ', label)}]"


def _behind_line(source: bytes, stop: int, end: int, parts: Sequence[tuple[Any, ...]]) -> int:
    """Behind the line at `stop` when it must stay a line of its own, else `stop`.

    A link definition is one to kramdown even below a paragraph; a template tag too far
    indented to be a block for the parser is still alone on its line.
    """
    if source[stop] == 91:
        definition = _DEFINITION.match(source, stop, end)
        return definition.end() if definition else stop
    index = bisect_left(parts, stop, key=lambda part: part[1])
    behind = parts[index : index + 2]
    if not behind or behind[0][0] != HTML or behind[0][1] != stop:
        return stop
    if len(behind) == 2 and behind[1][0] == SOFT and behind[1][1] == behind[0][2]:
        return int(behind[1][2])
    return int(behind[0][2])


def _behind_opaque(source: bytes, stop: int, parts: tuple[tuple[Any, ...], ...], index: int) -> int:
    """Behind `</code>` when part `index` (to `stop`) opens an element whose text is no prose.

    The partner is looked for among the next parts only, so that many unclosed tags cost
    linear time; a lone tag is a token like any other.
    """
    match = _OPAQUE.match(source, parts[index][1], stop)
    if match is None:
        return stop
    closer = b"</" + match[1].lower()
    for part in parts[index + 1 : index + 40]:
        if part[0] == HTML and source[part[1] : part[2]].lower().startswith(closer):
            return int(part[2])
    return stop


def _soft(pieces: list[str], after: bytes) -> None:
    """Join two lines: with a space, but not between two characters of CJK scripts."""
    before = pieces[-1] if pieces else ""
    if before[-1:] in (" ", "\t"):
        before = pieces[-1] = before.rstrip(" \t")
    if before and before[-1] >= "\u2e80" and _CJK.match(before[-1]):
        following = after.decode(errors="ignore")[:1]
        if following and _CJK.match(following):
            return
    pieces.append(" ")


def _tag(
    source: str, pieces: list[str], tokens: list[Token], tags: list[tuple[str, int, int]]
) -> bool:
    """Append an HTML tag of a possible pair; False where it is a single thing.

    An opening tag goes out as `<x0/>` and becomes `<bN>` when its partner is found;
    `_renumber` gives both kinds their final numbers.
    """
    match = _TAG.match(source)
    if match is None or source.endswith("/>"):
        return False
    name = match[2].lower()
    # `<Link>` is a component; nobody writes `<Br>` for the void element.
    if name in _VOID and (match[2] == name or match[2] == name.upper()):
        return False
    if not match[1]:
        tags.append((name, len(pieces), len(tokens)))
        pieces.append("<x0/>")
        tokens.append(Token("<x0/>", source))
        return True
    for index in range(len(tags) - 1, -1, -1):
        if tags[index][0] == name:
            _, piece, token = tags[index]
            del tags[index:]
            pieces[piece] = f"<b{piece}>"
            tokens[token] = Token(f"<b{piece}>", tokens[token].source)
            pieces.append(f"</b{piece}>")
            tokens.append(Token(f"</b{piece}>", source))
            return True
    return False


def _renumber(text: str, tokens: list[Token]) -> tuple[str, tuple[Token, ...]]:
    """Number atoms and pairs from 1 in order of appearance, so that equal prose is equal text."""
    names: dict[str, str] = {}
    atoms = pairs = 0
    pieces: list[str] = []
    result: list[Token] = []
    position = 0
    for token in tokens:
        mark = token.mark
        found = text.index(mark, position)
        pieces.append(text[position:found])
        position = found + len(mark)
        if mark.startswith("<x"):
            atoms += 1
            mark = f"<x{atoms}/>"
        elif mark.startswith("<b"):
            pairs += 1
            names[mark[1:]] = f"b{pairs}>"
            mark = f"<b{pairs}>"
        elif mark.startswith("</b"):
            mark = "</" + names[mark[2:]]
        pieces.append(mark)
        result.append(Token(mark, token.source))
    pieces.append(text[position:])
    return "".join(pieces), tuple(result)
