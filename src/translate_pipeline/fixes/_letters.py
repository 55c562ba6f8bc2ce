"""A script's code in, the inside of a character class with its letters out; `""` for others.

Law: only letters and the signs that words are written with, no punctuation.
"""

from __future__ import annotations

__all__ = ["HAN_KANA", "letters"]

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
HAN_KANA = _HAN + _KANA
_LETTERS = {
    "Hans": _HAN,
    "Hant": _HAN,
    "Jpan": HAN_KANA,
    "Arab": "\u0620-\u0652\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f",
    "Deva": "\u0900-\u0963\u0971-\u097f",
}


def letters(script: str) -> str:
    """The letters of a script (ISO 15924) whose punctuation is not that of Latin text."""
    return _LETTERS.get(script, "")
