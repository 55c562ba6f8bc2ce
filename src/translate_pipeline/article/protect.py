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

from translate_pipeline.article.leaves import Leaf, Part
from translate_pipeline.article.shadow import Mask
from translate_pipeline.model import Token

__all__ = ["LETTER", "has_prose", "protect"]

LETTER = re.compile(r"[^\W\d_]")
# What plain text may hold that must come back: bare URLs, e-mail addresses, emoji codes,
# and closers that look like a link's but are none (`](a b)`, `][undefined]`).
_HINT = re.compile(rb"://|www\.|@|:[a-z]|\]\(|\]\[|<|\xe2\x9f")
_PLAIN = re.compile(
    r"(?P<atom>(?:[a-z][a-z0-9+.-]{1,30}://|www\.)[^\s<>\"'`|\\\[\]{}（）「」，。、]{1,2000}"
    r"|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|\]\([^()\n]{0,400}\)|\]\[[^\[\]\n]{1,200}\]"
    r"|</?[xb]\d+/?>)"
    r"|(?P<emoji>(?<![\w:]):[a-z][a-z0-9_+-]{1,40}:(?![\w:]))",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t]*\r?\n[ \t>]*|[ \t]*\r[ \t>]*")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)")
# Inline elements whose text is code, as in `html_text.py`.
_OPAQUE = re.compile(rb"<(code|kbd|samp|var|pre|script|style|svg|math|tt)\b", re.IGNORECASE)
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
# Between two characters of these scripts a wrapped line needs no space.
_CJK = re.compile(r"[\u2e80-\u303e\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")


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


def protect(
    leaf: Leaf, source: bytes, masks: Sequence[Mask] = ()
) -> tuple[str, tuple[Token, ...]]:
    """The protected text of `leaf` and its tokens in order of appearance."""
    start, end = leaf.start, leaf.end
    parts = leaf.parts
    if masks:
        parts = _with_masks(parts, start, end, masks)
    if not parts:
        raw = source[start:end]
        if not _HINT.search(raw):
            return raw.decode(), ()
    builder = _Builder(source)
    position = start
    for part in parts:
        kind, at, stop = part[0], part[1], part[2]
        if at < position:
            continue  # inside an atom that is already out
        if at > position:
            builder.plain(source[position:at])
        position = stop
        if kind == Part.SOFT:
            builder.soft(source[stop : stop + 4])
        elif kind == Part.CODE or kind == Part.MATH or kind == Part.NOTE:
            builder.visible(source[at:stop])
        elif kind == Part.CLOSE or kind == Part.IMAGE:
            builder.close(source[at:stop], part[3])
        elif kind == Part.HTML:
            position = _behind_opaque(source, at, stop, parts)
            if position > stop:
                builder.atom(source[at:position])
            else:
                builder.html(source[at:stop])
        else:
            builder.atom(source[at:stop])
    if position < end:
        builder.plain(source[position:end])
    return builder.finish()


def _with_masks(
    parts: tuple[tuple[object, ...], ...], start: int, end: int, masks: Sequence[Mask]
) -> tuple[tuple[object, ...], ...]:
    """`parts` with an atom for each mask that stands in plain text of the leaf."""
    index = bisect_left(masks, (start,))
    if index >= len(masks) or masks[index].start >= end:
        return parts
    taken = [(p[1], p[2]) for p in parts]
    result = list(parts)
    while index < len(masks) and masks[index].start < end:
        mask = masks[index]
        index += 1
        if not any(a <= mask.start < b for a, b in taken):  # type: ignore[operator]
            result.append((Part.ATOM, mask.start, min(mask.end, end)))
    result.sort(key=lambda part: part[1])  # type: ignore[arg-type, return-value]
    return tuple(result)


def _behind_opaque(
    source: bytes, at: int, stop: int, parts: tuple[tuple[object, ...], ...]
) -> int:
    """Behind `</code>` when the tag at `at` opens an element whose text is no prose."""
    match = _OPAQUE.match(source, at, stop)
    if match is None:
        return stop
    closer = b"</" + match[1].lower()
    for part in parts:
        begin, end = part[1], part[2]
        assert isinstance(begin, int)
        assert isinstance(end, int)
        if begin >= stop and source[begin:end].lower().startswith(closer):
            return end
    return stop


class _Builder:
    """Collects the pieces of one protected text and numbers the tokens."""

    __slots__ = ("atoms", "links", "open_tags", "pieces", "source", "tokens")

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.tokens: list[Token] = []
        self.atoms = 0
        self.links = 0
        self.open_tags: list[tuple[str, int, int]] = []

    def plain(self, raw: bytes) -> None:
        text = raw.decode()
        if not _HINT.search(raw):
            self.pieces.append(text)
            return
        position = 0
        for match in _PLAIN.finditer(text):
            start, found = match.start(), match.group()
            if match["emoji"] is None and found[0] not in "]<":
                found = _trim_url(found)
            if start > position:
                self.pieces.append(text[position:start])
            if match["emoji"] is not None:
                self._add(found, found)
            else:
                self._number(found)
            position = start + len(found)
        if position < len(text):
            self.pieces.append(text[position:])

    def soft(self, after: bytes) -> None:
        before = self.pieces[-1].rstrip(" \t") if self.pieces else ""
        if self.pieces:
            self.pieces[-1] = before
        following = after.decode(errors="ignore")[:1]
        if before and _CJK.match(before[-1]) and following and _CJK.match(following):
            return
        self.pieces.append(" ")

    def visible(self, raw: bytes) -> None:
        source = raw.decode()
        mark = _SPACES.sub(" ", source) if "\n" in source or "\r" in source else source
        self._add(mark, source)

    def close(self, raw: bytes, label: str | None) -> None:
        self.links += 1
        source = raw.decode()
        if label is not None and source in ("]", "][]"):
            source = f"][{' '.join(label.split())}]"
        self._add(f"](u{self.links})", source)

    def html(self, raw: bytes) -> None:
        source = raw.decode()
        match = _TAG.match(source)
        if match is None or match[2].lower() in _VOID or source.endswith("/>"):
            self._number(source)
            return
        name = match[2].lower()
        if not match[1]:
            self.open_tags.append((name, len(self.pieces), len(self.tokens)))
            self._number(source)
            return
        for index in range(len(self.open_tags) - 1, -1, -1):
            if self.open_tags[index][0] == name:
                _, piece, token = self.open_tags[index]
                del self.open_tags[index:]
                self.tokens[token] = Token(f"<b{piece}>", self.tokens[token].source)
                self.pieces[piece] = f"<b{piece}>"
                self._add(f"</b{piece}>", source)
                return
        self._number(source)

    def atom(self, raw: bytes) -> None:
        self._number(raw.decode())

    def _number(self, source: str) -> None:
        self.atoms += 1
        self._add(f"<x{self.atoms}/>", source)

    def _add(self, mark: str, source: str) -> None:
        self.pieces.append(mark)
        self.tokens.append(Token(mark, source))

    def finish(self) -> tuple[str, tuple[Token, ...]]:
        text = "".join(self.pieces)
        if "<b" in text or "<x" in text:
            return _renumber(text, self.tokens)
        return text, tuple(self.tokens)


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


def _trim_url(url: str) -> str:
    """Without the punctuation that ends the sentence, and an unbalanced closing bracket."""
    url = url.rstrip(".,;:!?*_~")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;:!?*_~")
    entity = url.find("&lt;")
    return url[:entity] if entity > 0 else url
