"""A text in, out what shows which other text it translates: its length, names, numbers, points.

Law: everything here survives a translation more often than it stands in a neighbour by chance,
and adds up, so that the signs of two texts joined are the sum of their signs. Linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

from translate_pipeline.checks._prose import prose
from translate_pipeline.model import Segment

__all__ = ["NO_SIGNS", "Signs", "join", "signs"]

_LONGEST = 20_000  # characters; no segment is longer, and a hostile target must not cost seconds
# Words of Latin letters with digits (`v2`, `B2B`), numbers of any script, emoji.
_WORD = re.compile(
    r"[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f]{1,60}|\d{1,15}"
    r"|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
)
_MARK = re.compile(r"</?[xb]\d{1,9}\s?/?>|\]\s?[(（]u\d{1,9}[)）]")
_STEM = 5  # letters by which words of two Latin languages are compared (`configur|ation`)
_LATIN_END = "\u024f"
_COGNATE = 4  # letters; shorter words are alike by chance ("die", "in")
_POINTS = re.compile(r"[?？؟!！:：(（)）\"“”„«»「」『』《》`,，、،/&+=→|]|\*\*|__|\]\(u|</?[xb]\d")
_CLASS = {
    **dict.fromkeys("?？؟", 0),
    **dict.fromkeys("!！", 1),
    **dict.fromkeys(":：", 2),
    **dict.fromkeys("(（)）", 3),
    **dict.fromkeys('"“”„«»「」『』《》', 4),
    "`": 5,
    "**": 6,
    "__": 6,
    "](u": 7,
    **dict.fromkeys(",，、،", 8),
    **dict.fromkeys("/&+=→|", 9),
}
_MARKED = 10
_CLASSES = 11
_END = {
    **dict.fromkeys(".。।।", "."),
    **dict.fromkeys("?？؟", "?"),
    **dict.fromkeys("!！", "!"),
    **dict.fromkeys(":：", ":"),
}


class Signs(NamedTuple):
    """`names` are words that stay as they are, `stems` beginnings of words that may be cognate."""

    length: int
    names: frozenset[str]
    stems: frozenset[str]
    loud: frozenset[str]
    points: tuple[int, ...]
    end: str


NO_SIGNS = Signs(0, frozenset(), frozenset(), frozenset(), (0,) * _CLASSES, "")


@lru_cache(maxsize=512)  # the sources of a batch are asked for with every answer
def signs(text: str, segment: Segment, *, latin: bool, common: Set[str] = frozenset()) -> Signs:
    """The signs of `text`, the source of `segment` or a target of it.

    `latin` says that the target language is written in Latin letters: then a word in lower case
    is no name. `common` are words of the target language, which are no sign.
    """
    text = text[:_LONGEST]
    names: set[str] = set()
    stems: set[str] = set()
    loud: set[str] = set()
    bare = _MARK.sub(" ", text)
    for word in _WORD.findall(bare):
        if word[0].isdigit():
            number = str(int(word))
            names.add(number)
            if len(number) > 1:
                loud.add(number)
            continue
        if word[0] > _LATIN_END:
            names.add(word)
            loud.add(word)
            continue
        folded = word.casefold()
        if folded in common:
            continue
        inner = word[1:] != folded[1:]
        if inner:  # `GitHub`, `API`, `v2` does not count
            loud.add(folded)
        if inner or not latin:
            names.add(folded)
        elif len(folded) >= _COGNATE:
            stems.add(_plain(folded))
    points = [0] * _CLASSES
    for point in _POINTS.findall(text):
        points[_CLASS.get(point, _MARKED)] += 1
    tail = bare.rstrip(' *_`"“”»«」』)）')
    return Signs(
        len(prose(text, segment)),
        frozenset(names),
        frozenset(stems),
        frozenset(loud),
        tuple(points),
        _END.get(tail[-1:], "") if tail else "",
    )


def join(first: Signs, second: Signs) -> Signs:
    """The signs of two texts, one after the other."""
    return Signs(
        first.length + second.length,
        first.names | second.names,
        first.stems | second.stems,
        first.loud | second.loud,
        tuple([a + b for a, b in zip(first.points, second.points, strict=True)]),
        second.end,
    )


@lru_cache(maxsize=8192)
def _plain(word: str) -> str:
    """The beginning of a word, without accents, and `k` for `c`."""
    if not word.isascii():
        word = "".join(
            c for c in unicodedata.normalize("NFD", word) if c < "\u0300" or c > "\u036f"
        )
    return word[:_STEM].replace("c", "k")
