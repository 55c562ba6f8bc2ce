r"""Takes out characters that nobody sees and sets combining marks right (NFC).

Gone are, where the source has none of them: zero-width spaces, word joiners and byte order marks;
control characters and invisible tags; marks of writing direction in a language that runs from
left to right, in others those that override it and isolates that are not closed. They stay where
a script needs them: ZWJ and ZWNJ between letters of Arabic, Indic and related scripts and in
emoji, zero-width spaces in Thai, Khmer, Lao, Burmese and Tibetan and beside emphasis (where they
make it render), the tags of a flag. A line or paragraph separator becomes a space. U+FFFD is not
removed: a letter is lost there, and the check `characters` says so.
NFC leaves compatibility ideographs alone: they are the spelling of names.
Source: quality.md 6.5, Y4.
Changes: 0.02 % of 5,472 published segments (1, with its vowel signs in the wrong order).
"""

from __future__ import annotations

import re
import unicodedata

from translate_pipeline.fixes._masked import over_words
from translate_pipeline.model import Segment, Style

__all__ = ["NAME", "fix"]

NAME = "characters"

_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_RTL = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
_UNSPACED = frozenset({"Khmr", "Laoo", "Mymr", "Thai", "Tibt"})
_DIRECTION = frozenset("\u061c\u200e\u200f")
_PAIRED = re.compile("[\u202a\u202b\u2066-\u2068]|[\u202c\u2069]")
_ISOLATES = frozenset("\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")
_EMPHASIS = frozenset("*_")
# Letters and signs of scripts that join or stack: Arabic, Syriac, NKo, Indic to Sinhala, Tibetan,
# Burmese, Khmer, Mongolian; emoji and what may stand between a joiner and an emoji.
_JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
    "\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_COMPATIBLE = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def fix(segment: Segment, target: str, style: Style) -> str:
    """`target` without invisible characters that its source lacks, in NFC."""
    if target.isascii() and target.isprintable():
        return target
    if _SUSPECT.search(target):
        target = over_words(segment, target, lambda text: _clean(text, segment.text, style))
    if not unicodedata.is_normalized("NFC", target):
        target = over_words(segment, target, _nfc)
    return target


def _nfc(text: str) -> str:
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def _clean(text: str, source: str, style: Style) -> str:
    wanted = set(source)
    flags = [match.span() for match in _FLAG.finditer(text)]
    closed = style.script in _RTL and _closed(text)
    kept: list[str] = []
    flag = 0
    for place, char in enumerate(text):
        if not _SUSPECT.match(char) or char in wanted:
            kept.append(char)
            continue
        while flag < len(flags) and flags[flag][1] <= place:
            flag += 1
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if char in "\u2028\u2029":
            kept.append(" ")
        elif (
            (flag < len(flags) and flags[flag][0] <= place)
            or (char in _JOINERS and _JOINING.match(before) and _JOINING.match(after))
            or (char == "\u200b" and (style.script in _UNSPACED or {before, after} & _EMPHASIS))
            or (char in _DIRECTION and style.script in _RTL)
            or (char in _ISOLATES and closed)
        ):
            kept.append(char)
    return "".join(kept)


def _closed(text: str) -> bool:
    """True if every isolate and embedding is closed, in order."""
    open_: list[str] = []
    for match in _PAIRED.finditer(text):
        if match[0] in "\u202c\u2069":
            if not open_ or open_.pop() != match[0]:
                return False
        else:
            open_.append("\u202c" if match[0] in "\u202a\u202b" else "\u2069")
    return not open_
