"""A link's address in, what it leads to whatever the language out.

Law: two addresses that differ in their language alone are one here; nothing else is lost.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from translate_pipeline.model import Locale, LocalePair

__all__ = ["absolute", "host", "local", "localised", "plain"]

_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]{1,30}:|//", re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?//(?:www\.)?([^/?#]*)", re.IGNORECASE)


def absolute(address: str) -> bool:
    """True for an address that leads out of the site."""
    return _ABSOLUTE.match(address) is not None


def host(address: str) -> str:
    """The last two labels of the host: `de.wikipedia.org` and `en.wikipedia.org` are one."""
    match = _HOST.match(address)
    return ".".join(match[1].lower().split(".")[-2:]) if match else ""


def plain(address: str, pair: LocalePair) -> str:
    """The address without its scheme, its language, and a slash at the end."""
    names = _names(pair.source) | _names(pair.target)
    text = unquote(_HOST.sub(lambda match: f"//{match[1].lower()}", address))
    text = text.replace("_", "-")
    pieces = [piece for piece in re.split(r"([/?#&])", text) if piece.casefold() not in names]
    hosted = "".join(pieces)
    for name in names:
        hosted = hosted.replace(f"//{name}.", "//")
    return re.sub(r"/{2,}", "/", hosted).rstrip("/").casefold()


def localised(address: str, locale: Locale) -> bool:
    """True if the address names the language: `/ja/`, `ja.`, `?hl=ja`."""
    return not _names(locale).isdisjoint(re.split(r"[/.?=&]", address.replace("_", "-").casefold()))


def local(address: str, pair: LocalePair) -> str:
    """An address within the site without what a language or a place of its own changes."""
    names = _names(pair.source) | _names(pair.target)
    path, hash_, fragment = address.partition("#")
    pieces = [piece for piece in re.split(r"[/.]", path) if piece.casefold() not in names]
    joined = "/".join(piece for piece in pieces if piece)
    for name in sorted(names, key=len, reverse=True):
        joined = re.sub(rf"[-_]{re.escape(name)}(?=/|\Z)", "", joined, flags=re.IGNORECASE)
    return f"{joined}{hash_}{fragment}"


@lru_cache(maxsize=64)
def _names(locale: Locale) -> frozenset[str]:
    """How a language stands in an address: `pt-br`, `pt`, `en-us`."""
    names = {locale.name.casefold(), locale.tag.casefold()}
    names |= {name.partition("-")[0] for name in set(names)}
    language = locale.tag.partition("-")[0].casefold()
    return frozenset(names | _REGIONS.get(language, set()) | {f"{language}-{language}"})


# The regions that documentation sites write with a language.
_REGIONS = {
    "en": {"en-us", "en-gb"},
    "ja": {"ja-jp"},
    "ko": {"ko-kr"},
    "zh": {"zh-cn", "zh-tw", "zh-hans", "zh-hant", "zh-hk"},
    "pt": {"pt-br", "pt-pt"},
    "hi": {"hi-in"},
    "ar": {"ar-sa", "ar-eg"},
    "uk": {"uk-ua"},
}
