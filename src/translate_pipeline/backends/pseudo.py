"""Takes segments, gives them back pseudo-localised; `unpseudo` gives the source back exactly.

Pseudo-localisation (the `en-XA` locale of Android and Chrome) shows what a translation would
do without translating: every letter changes, text grows by about 30 %, and whatever is not
prose stands out because it did not change. It needs no key and no network, works for any
target locale and is the embedded default for trying the whole pipeline.

The alphabet is chosen so that the result is as valid as the source wherever prose may stand
(Markdown, YAML, table cells, HTML text and attributes): letters become letters, padding is a
letter, and no character is ever removed. So emphasis flanking, word limits and structure stay.

- an ASCII letter becomes a look-alike (`n` -> `ṋ`), a vowel also gets `ː` after it;
- up to three other letters (`мир`, `日本`) get one `ː` after them;
- a look-alike, `ː` or `ˑ` that stands in the source is prefixed with `ˑ`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from translate_pipeline.article.marks import split
from translate_pipeline.model import Reply, Token

if TYPE_CHECKING:
    from translate_pipeline.backends import BackendSettings
    from translate_pipeline.model import Batch

__all__ = ["PseudoBackend", "from_settings", "pseudo", "unpseudo"]

# Precomposed (NFC keeps them), cased in pairs, and rare in the languages people write.
_ASCII = "abcdefghijklmnopqrstuvwxyz"
_ALIKE = "ȃƀĉḓȇƒĝĥȋĵǩḽṃṋȏƥɋȓŝṱȗṽŵẋŷẑ"
_PLAIN = _ASCII + _ASCII.upper()
_FANCY = _ALIKE + _ALIKE.upper()

_PAD = "\u02d0"  # MODIFIER LETTER TRIANGULAR COLON: category Lm, a letter to every parser
_QUOTE = "\u02d1"  # MODIFIER LETTER HALF TRIANGULAR COLON: the next character is the source's

_VOWELS = frozenset("aeiouAEIOU")  # 38 % of English letters: about 30 % more characters
_ENCODE = {
    ord(plain): fancy + _PAD * (plain in _VOWELS)
    for plain, fancy in zip(_PLAIN, _FANCY, strict=True)
} | {ord(char): _QUOTE + char for char in _FANCY + _PAD + _QUOTE}

_DECODE = {ord(fancy): plain for plain, fancy in zip(_PLAIN, _FANCY, strict=True)}
_DECODE[ord(_PAD)] = ""
_QUOTED = re.compile(f"{_QUOTE}(.)", re.DOTALL)


def pseudo(text: str, tokens: Sequence[Token] = ()) -> str:
    """Pseudo-localise the words of a protected `text`; marks (`tokens`, syntax) stay.

    >>> pseudo("**Run** `make` now", [Token("`make`", "`make`")])
    '**Ȓȗːṋ** `make` ṋȏːŵ'
    """
    return "".join(piece if mark else _encode(piece) for mark, piece in split(text, tokens))


def unpseudo(text: str, tokens: Sequence[Token] = ()) -> str:
    """The source of a pseudo-localised `text`: `unpseudo(pseudo(t, k), k) == t`.

    >>> unpseudo("**Ȓȗːṋ** `make` ṋȏːŵ", [Token("`make`", "`make`")])
    '**Run** `make` now'
    """
    return "".join(piece if mark else _decode(piece) for mark, piece in split(text, tokens))


def _encode(words: str) -> str:
    changed = words.translate(_ENCODE)
    return changed if words.isascii() else _foreign().sub(rf"\g<0>{_PAD}", changed)


def _decode(words: str) -> str:
    if _QUOTE not in words:
        return words.translate(_DECODE)
    # With one group, the odd pieces are the quoted characters.
    pieces = _QUOTED.split(words)
    return "".join(p if i % 2 else p.translate(_DECODE) for i, p in enumerate(pieces))


@cache
def _foreign() -> re.Pattern[str]:
    """Up to three letters that `_ENCODE` has not changed, with the marks that sit on them.

    Combining marks and joiners belong to the letter before them: padding between the two
    would tear a Devanagari syllable or a decomposed accent apart.
    """
    blocks = chain(range(0x300, 0x3100), range(0xA600, 0xAC00), range(0xFE00, 0xFE30))
    marks = "".join(chr(c) for c in blocks if unicodedata.category(chr(c)).startswith("M"))
    letter = rf"[^\W\d_{_FANCY}{_PAD}{_QUOTE}][{marks}\u200c\u200d]*"
    return re.compile(rf"(?:{letter}){{1,3}}")


class PseudoBackend:
    """The backend `pseudo`: no settings, no I/O, no state; equal input gives equal output."""

    @property
    def name(self) -> str:
        return "pseudo"

    @property
    def signature(self) -> str:
        """`pseudo/1`; the number counts changes of the alphabet."""
        return "pseudo/1"

    @property
    def writes(self) -> str:
        """The pseudo locale, whatever is asked for."""
        return "en-XA"

    @property
    def fallbacks(self) -> int:
        """0: there is no other model to ask."""
        return 0

    async def translate(self, batch: Batch) -> Reply:
        """Every segment of `batch` in pseudo letters, whatever the target locale is."""
        targets = {s.id: pseudo(s.text, s.tokens) for s in batch.segments}
        return Reply(targets, model=self.signature)

    async def aclose(self) -> None:
        """Nothing to give back."""


def from_settings(settings: BackendSettings) -> PseudoBackend:
    """The backend for a config; no field of `settings` concerns it."""
    return PseudoBackend()
