"""Articles in, one after the other, the names and terms that recur in them out, with counts.

Names are capitalised words in mid-sentence, runs of them (`Old Brass Brains`) and words with a
capital or a digit inside (`GitHub`, `API`); terms are runs of two or three words and short
emphasised phrases, none of them with a function word at an end. A function word is one of the
language's stopwords, or one that stands in more than a quarter of the articles.

Law: memory is bounded whatever the number of articles. When the table is full, what was seen in
the fewest articles goes, so that a count may be too low by the number of such clearances and is
never too high. Words that are not set apart by spaces give no terms, only names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from translate_pipeline.checks._prose import prose, without_code
from translate_pipeline.model import Kind, Segment

__all__ = ["Candidate", "Candidates"]

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*(?:\+\+|#(?!\w))?")
_INNER = re.compile(r"[^\W\d_]\w*[A-Z]|[A-Z]\w*\d|[A-Z]{2}")
_EMPHASISED = re.compile(r"(?<![\w*_])(\*\*|\*|__|_)([^*_\s](?:[^*_]{0,58}[^*_\s])?)\1(?![\w*_])")
_TITLES = frozenset({Kind.TITLE, Kind.HEADING, Kind.TABLE_CELL})
_JOINING = frozenset({"of", "the", "for", "de", "du", "von", "der"})
_POSSESSIVE = re.compile(r"['’]s?\Z")
_NAME_WORDS, _TERM_WORDS, _PHRASE_WORDS = 6, 3, 4
_LONGEST = 60  # characters
_COMMON = 0.25  # of the articles: such a word is a function word
_FEW = 20  # articles: from here on that share means something
_WITHIN = 0.8  # of its articles: then the shorter is but a part of the longer


class Candidate(NamedTuple):
    """What may belong into a glossary: in how many articles, and how often, it was seen."""

    text: str
    name: bool
    articles: int
    times: int


class Candidates:
    """Counts what `add` is given; `best` tells."""

    def __init__(self, stopwords: Iterable[str] = (), *, most: int = 200_000) -> None:
        """`most` is the number of phrases that are held; 200,000 take about 60 MB."""
        self._stopwords = frozenset(word.casefold() for word in stopwords)
        self._most = most
        self._floor = 1
        self._articles = 0
        # Phrase → articles, count, the last article; names and terms by a mark in front.
        self._seen: dict[str, list[int]] = {}

    def add(self, segments: Iterable[Segment]) -> None:
        """Count one article."""
        self._articles += 1
        for segment in segments:
            if segment.keep:
                continue
            for phrase in self._phrases(segment):
                counts = self._seen.setdefault(phrase, [0, 0, 0])
                counts[1] += 1
                if counts[2] != self._articles:
                    counts[0] += 1
                    counts[2] = self._articles
        while len(self._seen) > self._most:
            self._seen = {p: c for p, c in self._seen.items() if c[0] > self._floor}
            self._floor += 1

    def best(self, *, articles: int = 2, most: int = 100) -> list[Candidate]:
        """What stands in at least `articles` articles, the most frequent first."""
        found = [
            Candidate(phrase[1:], phrase[0] == "n", counts[0], counts[1])
            for phrase, counts in self._seen.items()
            if phrase[0] != "w" and counts[0] >= articles and self._sound(phrase)
        ]
        found.sort(key=lambda c: (-c.articles, -c.times, c.text))
        parts: dict[str, int] = {}
        for one in found:
            for part in (*_parts(one.text.casefold()), f"{one.text.casefold()}s"):
                parts[part] = max(parts.get(part, 0), one.articles)
        kept: list[Candidate] = []
        told: set[str] = set()
        for one in found:
            folded = one.text.casefold()
            if folded in told or parts.get(folded, 0) >= _WITHIN * one.articles:
                continue
            told.add(folded)
            kept.append(one)
            if len(kept) == most:
                break
        return kept

    def _sound(self, phrase: str) -> bool:
        """False for a phrase with a function word at an end, or a name that is a plain word."""
        words = phrase[1:].casefold().split()
        if phrase[0] == "n":
            plain = not _INNER.search(phrase[1:].split(maxsplit=1)[0])
            return not (plain and self._plain(words[0], self._seen[phrase][0]))
        return not any(self._common(word) for word in (words[0], words[-1]))

    def _plain(self, word: str, articles: int) -> bool:
        """True if a name's first word is as often written small: a sentence began with it."""
        return word in self._stopwords or self._seen.get(f"w{word}", (0,))[0] >= articles

    def _common(self, word: str) -> bool:
        if word in self._stopwords:
            return True
        seen = self._seen.get(f"w{word}", (0,))[0]
        return self._articles >= _FEW and seen > _COMMON * self._articles

    def _phrases(self, segment: Segment) -> Iterator[str]:
        """`n` and a name, `t` and a term, `w` and a single word in small letters."""
        text = prose(segment.text, segment)
        runs = _runs(text)
        for run in runs:
            for word, _ in run:
                if word.islower():
                    yield f"w{word}"
            yield from self._names(run, titled=segment.kind in _TITLES)
            yield from self._terms([word for word, _ in run])
        if "*" in segment.text or "_" in segment.text:
            for match in _EMPHASISED.finditer(without_code(segment.text)):
                words = prose(match[2], segment).split()
                plain = [word for word in words if _TOKEN.fullmatch(word)]
                if plain == words and 0 < len(words) <= _PHRASE_WORDS and words[0].islower():
                    yield f"t{' '.join(words)}"

    def _names(self, run: list[tuple[str, bool]], *, titled: bool) -> Iterator[str]:
        position = 0
        while position < len(run):
            word, first = run[position]
            begins = word[0].isupper() or _INNER.search(word)
            if not begins or (first and word.casefold() in self._stopwords):
                position += 1
                continue
            after = run[position + 1][0] if position + 1 < len(run) else ""
            if first and not _INNER.search(word) and _INNER.search(after):
                position += 1  # `Use GitHub`
                continue
            end = position + 1
            while end < len(run) and end - position < _NAME_WORDS:
                after = run[end][0]
                if after[0].isupper() or after[0].isdigit() or _INNER.search(after):
                    end += 1
                elif after in _JOINING and end + 1 < len(run) and run[end + 1][0][0].isupper():
                    end += 2
                else:
                    break
            words = [other for other, _ in run[position:end]]
            words[-1] = _POSSESSIVE.sub("", words[-1])
            inner = any(_INNER.search(other) for other in words)
            # Where every word may be capitalised, only what is so in the middle is a name.
            if titled and not inner:
                position = end
                continue
            if titled:
                words = [other for other in words if _INNER.search(other)][:1]
            name = " ".join(words)
            if (len(words) > 1 or inner or not first) and 2 <= len(name) <= _LONGEST:
                yield f"n{name}"
            position = end

    def _terms(self, words: list[str]) -> Iterator[str]:
        good = [
            word.islower() and word.isalpha() and word not in self._stopwords and len(word) > 2
            for word in words
        ]
        for size in range(2, _TERM_WORDS + 1):
            for at in range(len(words) - size + 1):
                inner = words[at + 1 : at + size - 1]
                if not (good[at] and good[at + size - 1] and all(map(str.islower, inner))):
                    continue
                phrase = " ".join(words[at : at + size])
                if len(phrase) <= _LONGEST and not self._stopwords.intersection(inner):
                    yield f"t{phrase}"


def _runs(text: str) -> list[list[tuple[str, bool]]]:
    """Words with only a space between them; with each, whether a sentence may begin there."""
    runs: list[list[tuple[str, bool]]] = []
    end = -1
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()] if end >= 0 else ""
        first = end < 0 or any(not char.isspace() and char != "," for char in between)
        if end >= 0 and between == " ":
            runs[-1].append((match[0], False))
        else:
            runs.append([(match[0], first)])
        end = match.end()
    return runs


def _parts(text: str) -> Iterator[str]:
    """The runs of words inside of `text`, without itself."""
    words = text.split()
    for size in range(1, len(words)):
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size])
