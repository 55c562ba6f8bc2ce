"""A segment, its brief and a target in, what the glossary asks of the target out.

Law: linear in target and source, whatever the size of the glossary; code, marks and URLs are no
place where a term stands. A name that begins with an underscore is no check.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from translate_pipeline.checks._prose import prose
from translate_pipeline.conversation.glossary import occurring, unspaced
from translate_pipeline.model import Brief, Segment, Term

__all__ = ["asked_of", "fold", "holds", "joined"]

_WORD = re.compile(r"\w+")
# Scripts in which accents and points come and go with grammar, or are left out.
_FOLDING = frozenset({"Latn", "Cyrl", "Grek", "Arab", "Hebr"})
# Scripts in which article, conjunction and preposition are written on to the word.
_CLINGING = frozenset({"Arab", "Hebr"})
_BETWEEN = re.compile(r"[\s\u00a0\u2010\u2011-]+")
# Letters of a word that grammar leaves alone, by its length; longer words lose their last three.
_STEM = {4: 3, 5: 3, 6: 4, 7: 5, 8: 6}
_SHORT = 3  # letters; such words stand by chance at the beginning of others, too
_COMPOUND = 5  # letters; a shorter stem stands by chance inside of other words


def asked_of(segment: Segment, brief: Brief) -> tuple[Term, ...]:
    """The terms of the glossary in the prose of the segment's source."""
    if not brief.terms or segment.keep:
        return ()
    return occurring(brief.terms, [prose(segment.text, segment)])


def joined(text: str) -> str:
    """`text` for comparing names: without case, hyphens and no-break spaces as spaces."""
    return _BETWEEN.sub(" ", unicodedata.normalize("NFC", text)).casefold().strip()


@lru_cache(maxsize=64)
def fold(text: str, script: str) -> str:
    """`text` as terms are looked for in it: as `joined`, without accents where they vary."""
    text = joined(text)
    if script not in _FOLDING or text.isascii():
        return text
    plain = unicodedata.normalize("NFD", text)
    return "".join(c for c in plain if not unicodedata.combining(c) and c != "\u0640")


def holds(text: str, term: str, script: str) -> bool:
    """True if `text` has the words of `term`, each inflected or in a compound, in any order.

    Where words are not set apart by spaces it must stand there as it is.

    >>> holds("In den Pull-Requests", "Pull-Request", "Latn"), holds("Anfragen", "Pull", "Latn")
    (True, False)
    """
    folded, wanted = fold(text, script), fold(term, script)
    if len(wanted) > _SHORT and wanted in folded:
        return True
    if unspaced(wanted):
        return wanted.replace(" ", "") in folded.replace(" ", "")
    words = _WORD.findall(wanted)
    long = [word for word in words if len(word) > 2] or words
    return bool(words) and all(_has_stem(folded, word, script) for word in long)


def _has_stem(text: str, word: str, script: str) -> bool:
    if script == "Arab" and len(word) > 4:
        word = word.removeprefix("ال")
    if len(word) <= _SHORT and script not in _CLINGING:
        return re.search(rf"(?<!\w){re.escape(word)}\w{{0,2}}(?!\w)", text) is not None
    stem = word[: _STEM.get(len(word), len(word) - 3)]
    if len(stem) >= _COMPOUND or script in _CLINGING:
        return (stem or word) in text
    return re.search(rf"(?<!\w){re.escape(stem)}", text) is not None
