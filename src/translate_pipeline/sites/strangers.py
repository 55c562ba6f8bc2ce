"""Names that look like a translation in, whether they are one out, where a name alone cannot say.

The law: nobody pays for translating a translation; and a folder `cs/` about C# is not taken for
Czech because of its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import cache

from translate_pipeline.errors import LocaleError
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.model import Locale
from translate_pipeline.sites.routes import Routes
from translate_pipeline.sites.source_locale import HEAD, same_language, stated

__all__ = ["is_locale", "is_translation", "strangers"]


def strangers(sources: Collection[str], routes: Routes) -> dict[str, str]:
    """Which of `sources` are translations into a locale that is no target; path → locale name.

    A site that once had French and gave it up still holds `x.fr.md`. All files of a name are
    taken for translations if at least half of them have a source of their own.
    """
    looks: defaultdict[str, list[str]] = defaultdict(list)
    paired: Counter[str] = Counter()
    for path in sources:
        name, has_source = "", False
        for route in routes.routes:
            found = route.read_any(path)
            if found is None or found["locale"] in routes.locales or not is_locale(found["locale"]):
                continue
            name = found["locale"]
            source = route.form_source(found["dir"], found["stem"], routes.home.name, found["ext"])
            has_source = has_source or (source in sources and source != path)
        if name:
            looks[name].append(path)
            paired[name] += has_source
    return {
        path: name
        for name, found in looks.items()
        if paired[name] * 2 >= len(found)
        for path in found
    }


def is_translation(path: str, locale: Locale, aliases: Mapping[str, str] = ALIASES) -> bool:
    """Whether the file says of itself that it is a translation into `locale`.

    Asked where there is no source and the name may be plain words (`just-do-it.md`).
    """
    try:
        with open(path, "rb") as file:
            said = stated(file.read(HEAD).decode("utf-8-sig", errors="replace"))
    except OSError:
        return False
    if said.translated:
        return True
    try:
        return bool(said.language) and same_language(parse_locale(said.language, aliases), locale)
    except LocaleError:
        return False


@cache
def is_locale(name: str) -> bool:
    """Whether a name of the right form is a language; `js` and `py` are none.

    >>> is_locale("pt-BR"), is_locale("hant"), is_locale("js")
    (True, True, False)
    """
    try:
        parse_locale(name)
    except LocaleError:
        return False
    return True
