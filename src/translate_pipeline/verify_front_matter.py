"""The front matter of an article and of its translation in, what breaks the site's policy out.

Law: a key that nobody translates, sets or drops is the source's; what the ledger shows to be a
person's own value is theirs, except for the language, which a site lives by.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from translate_pipeline.article import Article
from translate_pipeline.errors import LocaleError
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.memory.frame import data_of, head_digests
from translate_pipeline.memory.section import Section
from translate_pipeline.model import LocalePair

__all__ = ["HeadFault", "HeadRules", "head_faults"]

_ALWAYS = ("lang", "translated")


class HeadRules(NamedTuple):
    """What a site sets and drops: `values` has `lang` or not, `drop` are top-level keys."""

    values: Mapping[str, object]
    drop: Collection[str] = ()
    aliases: Mapping[str, str] = ALIASES


class HeadFault(NamedTuple):
    """What is wrong, and the line. `grave` is False for what a person may well have wanted."""

    line: int
    message: str
    grave: bool = True


def head_faults(
    article: Article,
    theirs: Article,
    pair: LocalePair,
    *,
    rules: HeadRules | None,
    section: Section | None,
    stale: bool = False,
) -> Iterator[HeadFault]:
    """What is wrong with the front matter of `theirs`.

    `rules` None: the site sets nothing, so only what the source has is looked for. `section`
    None: nobody knows who wrote it, so other values than the source's may well be wanted.
    `stale`: the source has changed since, so only what is set can be judged.
    """
    if article.front_matter is None:
        return
    if theirs.front_matter is None:
        yield HeadFault(1, "the front matter is gone, or no longer readable as such")
        return
    data, source = data_of(theirs), data_of(article)
    own = _persons(theirs, section)
    if rules is not None:
        yield from _set(theirs, data, pair, rules, own)
    if stale:
        return
    translated = {field.key.partition(".")[0] for field in article.front_matter.fields}
    nested = {f.key.partition(".")[0] for f in article.front_matter.fields if "." in f.key}
    told = {*_ALWAYS, *rules.values} if rules is not None else set()
    settled = {*_ALWAYS, *told, *(translated - nested)}
    for key, value in source.items():
        if key in told:
            continue
        if key not in data:
            # Which keys other publishers keep is their own matter.
            yield HeadFault(
                _line(theirs, ""), f"`{key}` is missing; the source has it", section is not None
            )
        elif key not in settled and key not in own and data[key] != value:
            yield HeadFault(
                _line(theirs, key),
                f"`{key}` is {_short(data[key])}, in the source {_short(value)}",
                section is not None,
            )


def _set(
    theirs: Article,
    data: Mapping[str, object],
    pair: LocalePair,
    rules: HeadRules,
    own: Collection[str],
) -> Iterator[HeadFault]:
    """The language, whether it is a translation, and what the site sets and drops."""
    name = pair.target.name
    if not _means(data.get("lang"), pair, rules):
        has = f"is {_short(data['lang'])}" if "lang" in data else "is missing"
        yield HeadFault(_line(theirs, "lang"), f"`lang` {has}; it must be `{name}`")
    copy = pair.source.tag == pair.target.tag
    translated = data.get("translated")
    if translated == "partial":
        told = "`translated` is `partial`: some of it is not translated yet"
        yield HeadFault(_line(theirs, "translated"), f"{told}; run `translate-pipeline translate`")
    elif translated is not (not copy) and not (copy and translated is None):
        has = f"is {_short(translated)}" if "translated" in data else "is missing"
        yield HeadFault(
            _line(theirs, "translated"), f"`translated` {has}; it must be `{str(not copy).lower()}`"
        )
    for key, value in rules.values.items():
        if key in _ALWAYS or key in own or data.get(key, ...) == value:
            continue
        has = f"is {_short(data[key])}" if key in data else "is missing"
        yield HeadFault(_line(theirs, key), f"`{key}` {has}; the site sets it to {_short(value)}")
    for key in rules.drop:
        if key in data and key not in own:
            yield HeadFault(_line(theirs, key), f"`{key}` is there; the site drops it")


def _means(value: object, pair: LocalePair, rules: HeadRules) -> bool:
    """True if `value` names the target's language, however it is spelt."""
    if value == pair.target.name:
        return True
    try:
        return isinstance(value, str) and parse_locale(value, rules.aliases).tag == pair.target.tag
    except LocaleError:
        return False


def _persons(theirs: Article, section: Section | None) -> frozenset[str]:
    """The keys whose values are not those that were recorded."""
    if section is None:
        return frozenset()
    digests = head_digests(theirs)
    return frozenset(key for key, short in digests.items() if section.head.get(key) != short)


def _line(theirs: Article, key: str) -> int:
    """The line of a top-level key, else that of the front matter."""
    head = theirs.front_matter
    if head is None:
        return 1
    first = theirs.line(head.text_start)
    if not key:
        return max(first - 1, 1)
    found = re.search(rf"^[\"']?{re.escape(key)}[\"']?[ \t]{{0,9}}[:=]", head.text, re.MULTILINE)
    return first + head.text.count("\n", 0, found.start()) if found else max(first - 1, 1)


def _short(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
