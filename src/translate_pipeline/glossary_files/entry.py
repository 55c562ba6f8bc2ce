"""One term of a glossary file with its renderings in, itself as a value and its place out.

Law: what a reader cannot place in a language it refuses; an entry only holds languages that exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from translate_pipeline.errors import ConfigError, LocaleError
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Locale

__all__ = ["Entry", "language", "refused"]

_LONGEST = 200  # characters; a term is no sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, its renderings, and what must not be written for it, by language.

    `locale` is the language of `source`, None for that of any article. `keep` says that the term
    stays as it is: in all languages (`True`), or in those of the tuple.
    """

    source: str
    targets: tuple[tuple[Locale, str], ...] = ()
    avoid: tuple[tuple[Locale | None, str], ...] = ()
    keep: bool | tuple[Locale, ...] = False
    note: str = ""
    locale: Locale | None = None
    place: str = ""  # `glossary.toml:12`, for messages

    def __post_init__(self) -> None:
        for text in (self.source, *(text for _, text in self.targets)):
            if not text.strip():
                raise refused(self.place, "a term or rendering is empty; write it, or leave it out")
            if len(text) > _LONGEST:
                raise refused(
                    self.place,
                    f"a term is longer than {_LONGEST} characters; a glossary holds terms, texts"
                    " belong into a translation memory",
                )


def language(name: str, place: str, aliases: Mapping[str, str]) -> Locale:
    """The language that a file names. Raises ConfigError with the place."""
    try:
        return parse_locale(name, aliases)
    except LocaleError as error:
        raise refused(place, str(error)) from None


def refused(place: str, why: str) -> ConfigError:
    """The error for what cannot be read at `place`."""
    return ConfigError(f"{place}: {why}" if place else why)
