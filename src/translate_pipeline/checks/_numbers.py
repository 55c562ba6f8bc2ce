"""The words of a text in, the numbers in them out, in a form that no language changes.

Law: digits of any script, separators of any locale and the zeros that "million" or 万 stands for
make no difference. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Number", "numbers"]

# A thin space only before three digits: `10 000`, not `2 30`. What must not stand before the
# first digit is looked at behind it: `re` finds a digit fast.
_NUMBER = re.compile(
    r"\d(?<![A-Za-z\u00c0-\u024f_\d]\d)\d{0,29}+"
    r"(?:(?:[.,:'’٬٫\u00a0\u202f]|[ \u2009](?=\d{3}(?!\d)))\d{1,30}+){0,12}+"
    r"(?!\s?[AaPp]\.?[Mm]\b)(?!\d)"
)
_DIGITS = re.compile(r"\d+")
_GROUP = 3  # digits between separators of thousands
_LARGE = 10


class Number(NamedTuple):
    """A number: as it stands, and as it is compared.

    `key` are its digits without separators and zeros at either end; `parts` the same of its
    parts from 10 on (`30` of `2:30`), or of all if there is none; `value` its size, for
    what is no grouped number (`14:30`, `1.5`) that of its largest part.
    """

    text: str
    key: str
    parts: tuple[str, ...]
    value: int


def numbers(text: str) -> Iterator[Number]:
    """Each number in `text` (without code, marks and URLs: `_prose.prose`).

    Hours of the twelve-hour clock are none: 12 AM is 0:00.

    >>> [(n.key, n.value) for n in numbers("1,234.50 of 10 000, v2, at 14:30 or 11 PM")]
    [('12345', 1234), ('1', 10000), ('143', 30)]
    """
    return iter(_numbers(text))


@lru_cache(maxsize=16)  # two checks ask for the same two texts
def _numbers(text: str) -> tuple[Number, ...]:
    return tuple([_number(match[0]) for match in _NUMBER.finditer(text)])


@lru_cache(maxsize=1024)
def _number(text: str) -> Number:
    digits = _DIGITS.findall(text)
    if len(digits) == 1:  # nearly all
        value = int(text)
        key = _bare(str(value))
        return Number(text, key, (key,), value)
    parts = [(int(part), len(part)) for part in digits]
    joined = str(parts[0][0]) + "".join([f"{value:0{width}}" for value, width in parts[1:]])
    whole = parts[:-1] if len(parts) > 2 and parts[-1][1] != _GROUP else parts
    if all(width == _GROUP for _, width in whole[1:]):
        size = int("".join([f"{value:0{width}}" for value, width in whole]))
    else:
        size = max(value for value, _ in parts)
    large = [part for part, _ in parts if part >= _LARGE] or [part for part, _ in parts]
    keys = tuple([_bare(str(part)) for part in large])
    return Number(text, _bare(joined), keys, size)


def _bare(digits: str) -> str:
    return digits.strip("0") or "0"
