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

__all__ = ["NO_SIGNS", "Signs", "join", "known", "signs"]

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
# Looked at behind its last sign: `re` finds one of some characters fast.
_POINTS = re.compile(
    r"(?:[?？؟!！:：(（)）\"“”„«»「」『』《》`,，、،/&+=→|*_\]<])"
    r"(?:(?<![*_\]<])|(?<=\*)\*|(?<=_)_|(?<=\])\(u|(?<=<)/?[xb]\d)"
)
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
    for word in set(_WORD.findall(bare)):
        folded, stem, strong, always = _read(word)
        if folded in common and not always:
            continue
        if strong:
            loud.add(folded)
        if strong or always or not latin:
            names.add(folded)
        elif stem:
            stems.add(stem)
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


def known(one: Signs, words: Set[str]) -> Signs:
    """`one` with only those of its words that are among `words`; the others tell nothing."""
    return one._replace(names=one.names & words, stems=one.stems & words)


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


class _Read(NamedTuple):
    """A word as it is compared, and its beginning, empty if that tells nothing. `strong` is a
    name by its form (`GitHub`, `API`; `v2` is none), `always` one whatever the language is."""

    folded: str
    stem: str
    strong: bool
    always: bool


@lru_cache(maxsize=8192)  # a language has few words that are frequent
def _read(word: str) -> _Read:
    if word[0].isdigit():
        number = str(int(word))
        return _Read(number, "", strong=len(number) > 1, always=True)
    if word[0] > _LATIN_END:
        return _Read(word, "", strong=True, always=True)
    folded = word.casefold()
    stem = _plain(folded) if len(folded) >= _COGNATE else ""
    return _Read(folded, stem, strong=word[1:] != folded[1:], always=False)


def _plain(word: str) -> str:
    """The beginning of a word, without accents, and `k` for `c`."""
    if not word.isascii():
        word = "".join(
            c for c in unicodedata.normalize("NFD", word) if c < "\u0300" or c > "\u036f"
        )
    return word[:_STEM].replace("c", "k")
