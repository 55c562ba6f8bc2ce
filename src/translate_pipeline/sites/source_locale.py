"""What a path and a front matter say about an article's language in, its locale out.

The law: nothing is guessed. Where the two disagree the article is refused, and what calls
itself a translation is never a source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from translate_pipeline.errors import ArticleError, LocaleError
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.model import Locale
from translate_pipeline.sites.layout import SourceLocale

__all__ = ["HEAD", "Stated", "agree", "same_language", "source_locale", "stated"]

# Enough of a file, in bytes or characters, for any real front matter.
HEAD = 16 * 1024
_KEY = re.compile(r"[\"']?(lang|language|locale|translated)[\"']?\s*[:=]\s*[\"']?([^\"'#\s,]*)")


class Stated(NamedTuple):
    """What the front matter says: its language as it is written, and `translated: true`."""

    language: str = ""
    translated: bool = False


def stated(text: str) -> Stated:
    """The keys `lang`, `language` or `locale` (in this order) and `translated` of an article.

    Read by the lines of a YAML, TOML or JSON head, without a parser: thousands of articles are
    looked at before the first is translated. `text` may end anywhere after the front matter.
    """
    text = text.removeprefix("\ufeff")
    fence = text[:3]
    if fence not in ("---", "+++") and text[:1] != "{":
        return Stated()
    values: dict[str, str] = {}
    for line in text[:HEAD].split("\n")[1:]:
        bare = line.rstrip()
        if bare in (fence, "...", "}"):
            break
        # JSON is indented; in YAML and TOML an indented key is a part of another.
        if found := _KEY.match(bare.lstrip() if fence[:1] == "{" else bare):
            values.setdefault(found[1], found[2])
    language = values.get("lang") or values.get("language") or values.get("locale") or ""
    return Stated(language, values.get("translated", "").lower() == "true")


def agree(
    path_locale: Locale,
    front_matter_value: str,
    aliases: Mapping[str, str] = ALIASES,
    *,
    where: str = "article",
) -> Locale:
    """The locale that both the path and the front matter of `where` mean.

    A value that is no language (`lang: ruby`) says nothing, and `en-US` agrees with `en`. The
    path's spelling is the one kept. Raises ArticleError, naming the file and both, where they
    differ in language or script.
    """
    written = _parsed(front_matter_value, aliases)
    if written is None or same_language(path_locale, written):
        return path_locale
    raise ArticleError(
        f"{where}: by its path and the config this is {path_locale.name} ({path_locale.english}),"
        f" but its front matter says {front_matter_value!r} ({written.english}); correct the key,"
        " rename the file, or list it under `exclude`",
        line=1,
    )


def source_locale(
    where: str,
    text: str,
    path_locale: Locale,
    *,
    rule: SourceLocale = SourceLocale.SITE,
    aliases: Mapping[str, str] = ALIASES,
) -> Locale | None:
    """The locale of a source whose path was planned; None if the article is no source after all.

    No source is what says `translated: true`, and, where the front matter alone decides
    (`SourceLocale.FRONT_MATTER`), what is written in another language than `path_locale`.
    Raises ArticleError as `agree` does.
    """
    language, translated = stated(text)
    if translated:
        return None
    if rule is SourceLocale.FRONT_MATTER:
        written = _parsed(language, aliases)
        if written is not None and not same_language(path_locale, written):
            return None
    return agree(path_locale, language, aliases, where=where)


def same_language(one: Locale, other: Locale) -> bool:
    """Language and script are the same: `en-US` and `en` are, `zh-Hant` and `zh-Hans` are not."""
    return one.script == other.script and one.tag.split("-")[0] == other.tag.split("-")[0]


def _parsed(name: str, aliases: Mapping[str, str]) -> Locale | None:
    if not name:
        return None
    try:
        return parse_locale(name, aliases)
    except LocaleError:
        return None
