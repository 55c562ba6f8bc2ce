"""A glossary and the requested segments in, the terms that occur in them out.

The law: a term that does not occur is never sent, whatever the size of the glossary. With
just the right terms 91-99 % come out right, with a whole dictionary 55 % (quality.md 0, row 6).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from translate_pipeline.model import Segment, Term

__all__ = ["MOST", "hits", "lines", "occurring", "unspaced"]

# Terms per request (quality.md 6.4).
MOST = 30

# Scripts without spaces between words, and Korean, whose particles cling to the word.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_IN_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_ENDS_UNSPACED = re.compile(rf"[{_UNSPACED}]$")
_WORD = re.compile(r"\w+")


def hits(terms: Sequence[Term], segments: Sequence[Segment]) -> tuple[Term, ...]:
    """The terms whose source occurs in `segments`, longest first, at most 30.

    Without case; whole words (also with a plural or possessive s) in alphabetic scripts,
    anywhere in Chinese, Japanese, Korean, Thai. A term inside a longer hit does not count.
    """
    return occurring(terms, [segment.text for segment in segments])[:MOST]


def occurring(terms: Sequence[Term], texts: Iterable[str]) -> tuple[Term, ...]:
    """All terms that occur in one of `texts`, by the rules of `hits`."""
    if not terms:
        return ()
    text = "\n".join(" ".join(one.split()) for one in texts).casefold()
    found: list[Term] = []
    seen: set[str] = set()
    # Longest first; equal lengths stay in the order of the glossary.
    index = _index(_Same(terms)) if isinstance(terms, tuple) else _Index(terms)
    for _, place, words in sorted(index.candidates(text)):
        if words in seen or words not in text:
            continue
        text, count = _pattern(words).subn("\0", text)
        if count:
            seen.add(words)
            found.append(terms[place])
    return tuple(found)


def unspaced(text: str) -> bool:
    """True if `text` begins or ends in a script whose words are not set apart by spaces."""
    return bool(_IN_UNSPACED.match(text) or _ENDS_UNSPACED.search(text))


class _Same:
    """A glossary as the key of a cache, by identity: thousands of terms are not hashed."""

    __slots__ = ("terms",)

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms

    def __hash__(self) -> int:
        return id(self.terms)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.terms is self.terms


class _Index:
    """Terms by what a text that has them has for certain, so that few are looked for."""

    __slots__ = ("by_char", "by_word", "others")

    def __init__(self, terms: Sequence[Term]) -> None:
        self.by_word: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        self.by_char: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        self.others: list[tuple[int, int, str]] = []
        for place, term in enumerate(terms):
            words = " ".join(term.source.split()).casefold()
            if not words:
                continue
            entry = (-len(term.source), place, words)
            first = _WORD.search(words)
            if _IN_UNSPACED.search(words):
                self.by_char[words[0]].append(entry)
            elif first:
                self.by_word[first[0]].append(entry)
            else:
                self.others.append(entry)

    def candidates(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Length (negative), place and folded words of each term that may be in `text`."""
        words = set(_WORD.findall(text))
        words |= {word[: -len(end)] for word in words for end in ("s", "es") if word.endswith(end)}
        yield from self.others
        for word in words & self.by_word.keys():
            yield from self.by_word[word]
        if self.by_char:
            for char in set(text) & self.by_char.keys():
                yield from self.by_char[char]


@lru_cache(maxsize=32)  # a glossary for each pair of languages of a run
def _index(same: _Same) -> _Index:
    return _Index(same.terms)


def lines(terms: Iterable[Term]) -> str:
    """The terms as the model reads them, one a line.

    >>> lines([Term("to deploy", "bereitstellen", ("deployen",)), Term("Cloud Run")])
    'to deploy = bereitstellen (not: deployen)\\nCloud Run = keep'
    """
    return "\n".join(_line(term) for term in terms)


def _line(term: Term) -> str:
    remarks = [f"not: {', '.join(term.avoid)}"] if term.avoid else []
    remarks += [term.note] if term.note else []
    remark = f" ({'; '.join(remarks)})" if remarks else ""
    return " ".join(f"{term.source} = {term.target or 'keep'}{remark}".split())


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    left = "" if _IN_UNSPACED.match(words) else r"(?<!\w)"
    right = "" if _ENDS_UNSPACED.search(words) else r"(?:['’]?s|es)?(?!\w)"
    return re.compile(left + re.escape(words) + right)
