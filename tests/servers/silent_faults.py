"""Takes a segment and its good target, gives one whose words alone are wrong.

The law: marks, code and structure stay as they are, so that only the words tell. They rest on the
translators of `translators.py`, which put a target's words where the source's are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

#: The word whose rendering a glossary must give, so that `glossary_broken` has something to break.
TERM = "harbour"

_NUMBER = re.compile(r"(?<![\w(`/.#-])\d{2,4}(?![\w)`/-]|\.\d)")
_SENTENCE = re.compile(r"(?<=[.!?]) ")
_MARKED = re.compile(r"[`<>\[\]()$*~:]")
_NEGATION = frozenset({"no", "not", "never", "nobody", "nothing", "none"})
_LETTERS = re.compile(r"[^\W\d_]+")


def _number_changed(source: str, target: str, pick: float) -> str | None:
    number = _NUMBER.search(target)
    if number is None:
        return None
    turned = number[0][::-1]
    other = turned if pick < 0.5 and turned != number[0] else str(int(number[0]) + 1)
    return target[: number.start()] + other + target[number.end() :]


def _sentence_dropped(source: str, target: str, pick: float) -> str | None:
    sentences = _SENTENCE.split(target)
    bare = [i for i, one in enumerate(sentences) if len(one) > 20 and not _MARKED.search(one)]
    if len(sentences) < 2 or not bare:
        return None
    lost = bare[int(pick * len(bare))]
    return " ".join(one for i, one in enumerate(sentences) if i != lost)


def _sentence_added(source: str, target: str, pick: float) -> str | None:
    if len(target) < 40:
        return None
    words = [word for word in target.split() if not _MARKED.search(word)]
    return f"{target} {' '.join(reversed(words[:8]))}." if len(words) >= 8 else None


def _negation_lost(source: str, target: str, pick: float) -> str | None:
    return _at_word(source, target, _NEGATION, lambda word: "")


def _glossary_broken(source: str, target: str, pick: float) -> str | None:
    return _at_word(source, target, {TERM}, lambda word: word[::-1])


def _at_word(
    source: str, target: str, words: set[str] | frozenset[str], change: Callable[[str], str]
) -> str | None:
    """The target with the word changed that stands where one of `words` does in the source."""
    ours, theirs = source.split(), target.split()
    if len(ours) != len(theirs):
        return None
    for i, word in enumerate(ours):
        if word.rstrip(".,;").casefold() in words and not _MARKED.search(theirs[i]):
            changed = _LETTERS.sub(lambda letters: change(letters[0]), theirs[i], count=1)
            return " ".join(one for one in (*theirs[:i], changed, *theirs[i + 1 :]) if one)
    return None


SILENT_FAULTS: Mapping[str, Callable[[str, str, float], str | None]] = {
    "number_changed": _number_changed,
    "sentence_dropped": _sentence_dropped,
    "sentence_added": _sentence_added,
    "negation_lost": _negation_lost,
    "glossary_broken": _glossary_broken,
}
