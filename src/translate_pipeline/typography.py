"""The table `[typography]` of a locale file in, `Typography` out.

Law: every key is known and every value has its type; a key that is absent leaves its part of
the typography alone, so that a language gets only what its file says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Typography

__all__ = ["HAN_LATIN", "typography"]

#: How Han or kana stand beside Latin letters and digits.
HAN_LATIN = ("spaced", "unspaced")

_SPACES = ("", " ", "\u00a0", "\u202f")


def typography(table: object, where: str) -> Typography:
    """The typography in `table`; `where` names the file in messages. Raises ConfigError.

    >>> typography({"percent": "\\u00a0", "space_before": {":": "\\u00a0"}}, "de.md").percent
    '\\xa0'
    """
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where}: `typography` must be a table: write [typography] above it.")
    known = {field.name for field in fields(Typography)}
    if table.keys() - known:
        raise ConfigError(
            f"{where}: unknown keys {sorted(table.keys() - known)} in [typography]; known are"
            f" {', '.join(sorted(known))}."
        )
    han_latin = table.get("han_latin", "")
    if han_latin not in ("", *HAN_LATIN):
        raise ConfigError(f"{where}: `han_latin` must be one of {', '.join(HAN_LATIN)}.")
    before = _pairs(table, "space_before", where)
    percent = _text(table, "percent", where) if "percent" in table else None
    quote_space = _text(table, "quote_space", where)
    if any(space not in _SPACES for space in (quote_space, percent or "", *dict(before).values())):
        raise ConfigError(
            f"{where}: a space of [typography] is a space, U+00A0, U+202F or nothing; correct it."
        )
    words = table.get("abbreviations", [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ConfigError(f"{where}: `abbreviations` must be a list of strings.")
    return Typography(
        quote_space=quote_space,
        space_before=before,
        punctuation=_pairs(table, "punctuation", where),
        abbreviations=frozenset(words),
        percent=percent,
        ellipsis=_text(table, "ellipsis", where),
        han_latin=han_latin,
    )


def _text(table: Mapping[str, object], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"{where}: `{key}` must be text.")
    return value


def _pairs(table: Mapping[str, object], key: str, where: str) -> tuple[tuple[str, str], ...]:
    """A table of one character each, in its order."""
    value = table.get(key, {})
    if not isinstance(value, Mapping) or not all(
        isinstance(mark, str) and len(mark) == 1 and isinstance(other, str) and len(other) == 1
        for mark, other in value.items()
    ):
        raise ConfigError(f"{where}: `{key}` must map one character to one: {{ ',' = '，' }}.")
    return tuple(value.items())
