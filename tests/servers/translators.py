"""Takes a protected segment, gives a "translation" whose marks are all in their places.

The law: letters outside marks change, everything else stays, and the same text always gives
the same target. Written apart from the package's own pseudo backend, so that the two can
find each other's mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Translator = Callable[[str, str], str]  # (text, kind) -> target

# What a model must copy. One alternation, leftmost wins, no nested repetition.
MARK = re.compile(
    r"""
    \\.                                   # backslash escape
    | (?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)   # code span
    | \$\$[^$]+\$\$ | \$[^$\s](?:[^$]*[^$\s])?\$  # math
    | \[\^[^\]\s]+\]                      # footnote mark
    | \]\(u\d+\)                          # link target
    | </?[a-z]+\d*\s*/?>                  # <x1/>, <b1>, </b1>, <br>
    | &(?:\#\d+|\#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);
    | (?<![\w:]):[a-z0-9_+-]+:(?![\w:])   # emoji
    | ^\[[ xX]\](?=\s)                    # task mark
    """,
    re.VERBOSE,
)

_ASCII = "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz"
_ACCENTS = "ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļŊŋÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž"
_CYRILLIC = "АаБбЦцДдЕеФфГгХхИиЙйКкЛлМмНнОоПпЩщРрСсТтУуВвШшЖжЫыЗз"

# Letters of each script for word-by-word nonsense; order and choice mean nothing.
_ALPHABETS = {
    "ar": "ابتثجحخدرزسشصعفقكلمنهوي",
    "he": "אבגדהוזחטיכלמנסעפצקרשת",
    "hi": "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह",
    "ja": "のをたてしいうかきくけこさすせそちつとなにはひふ",
    "ko": "가나다라마바사아자차카타파하거너더러머버서어",
    "th": "กขคงจชซดตถทนบปผพมยรลวสหอ",
    "zh": "中人民文章日月山水火木金土天地大小上下左右石田力口目耳手足心",  # both scripts
}
_LANGUAGES = {
    "Russian": "ru",
    "Ukrainian": "ru",
    "Bulgarian": "ru",
    "Arabic": "ar",
    "Hebrew": "he",
    "Hindi": "hi",
    "Japanese": "ja",
    "Korean": "ko",
    "Thai": "th",
    "Chinese": "zh",
}
# Characters per source letter, so that length checks see what they see in life.
_DENSITY = {"ja": 0.5, "ko": 0.5, "zh": 0.33, "ar": 0.85, "he": 0.75, "hi": 0.95, "th": 0.9}


def accented(text: str, kind: str = "") -> str:
    """Each ASCII letter outside marks with an accent; `unaccented` is its inverse.

    >>> accented("See [the `make` docs](u1).")
    'Šéé [ţĥé `make` ðöçš](u1).'
    """
    return _outside_marks(text, lambda words: words.translate(_TO_ACCENTS))


def unaccented(text: str) -> str:
    """The source of an `accented` text."""
    return _outside_marks(text, lambda words: words.translate(_FROM_ACCENTS))


_TO_ACCENTS = str.maketrans(_ASCII, _ACCENTS)
_FROM_ACCENTS = str.maketrans(_ACCENTS, _ASCII)
_TO_CYRILLIC = str.maketrans(_ASCII, _CYRILLIC)


def for_language(name: str) -> Translator:
    """The translator for a language as a prompt names it (`German`, `Traditional Chinese
    (zh-Hant)`): nonsense in the right script, accents for everything Latin."""
    language = next((code for word, code in _LANGUAGES.items() if word in name), "")
    if language == "ru":
        return lambda text, kind: _outside_marks(text, lambda w: w.translate(_TO_CYRILLIC))
    alphabet = _ALPHABETS.get(language)
    if alphabet is None:
        return accented
    density = _DENSITY[language]

    def word(match: re.Match[str]) -> str:
        letters = match[0]
        count = max(1, round(len(letters) * density))
        # The letters decide, so that different words stay different words.
        codes = [ord(c) * (i + 7) for i, c in enumerate(letters)]
        return "".join(alphabet[sum(codes[i:]) % len(alphabet)] for i in range(count))

    return lambda text, kind: _outside_marks(text, lambda w: re.sub(r"[A-Za-z]+", word, w))


def from_mapping(answers: Mapping[str, str]) -> Translator:
    """A translator that knows some texts by heart; `KeyError` for all others."""
    return lambda text, kind: answers[text]


def _outside_marks(text: str, change: Callable[[str], str]) -> str:
    pieces: list[str] = []
    done = 0
    for mark in MARK.finditer(text):
        pieces += (change(text[done : mark.start()]), mark[0])
        done = mark.end()
    pieces.append(change(text[done:]))
    return "".join(pieces)
