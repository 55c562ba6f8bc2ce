"""The sources of a site in, the source behind a site-root URL out, by the names alone.

The law: one source or none; where two could be meant, nobody guesses. What a page says of its
own URL (`permalink`, `slug`) is not read, so such a page is simply not known by its URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["Pages"]

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})-(?=.)")
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")
_PAGE = re.compile(r"\.(?:html?|md|mdx|markdown|qmd|Rmd)\Z")
_INDEX = frozenset(("index", "_index", "readme"))
# Folders that generators keep articles in and that no URL shows.
_HIDDEN = frozenset(("content", "docs", "src", "pages", "_posts", "_pages", "_i18n", "original"))


class Pages:
    """An index of sources by the URLs that generators commonly give them.

    `sources` are paths relative to the root, `locale` is the source language's name in them:
    folders of that name are left out (`docs/en/a.md` and `docs/a.md` are both `/en/a` and `/a`).
    """

    __slots__ = ("_by_key", "_locale")

    def __init__(self, sources: Iterable[str], locale: str) -> None:
        self._locale = locale
        found: dict[str, str | None] = {}
        for source in sources:
            for key in self._keys(source):
                # A second source of that key: then it stands for none of them.
                found[key] = source if found.get(key, source) == source else None
        self._by_key = found

    def find(self, url: str) -> str | None:
        """The source published at the path `url` (`/en/a/`, `/a.html`), decoded; None if unknown.

        >>> pages = Pages(["docs/a.md", "docs/b/index.md", "_posts/2025-01-02-c-en.md"], "en")
        >>> pages.find("/a/"), pages.find("/b/index.html"), pages.find("/x")
        ('docs/a.md', 'docs/b/index.md', None)
        >>> pages.find("/2025/01/02/c-en.html"), pages.find("/posts/c-en")
        ('_posts/2025-01-02-c-en.md', '_posts/2025-01-02-c-en.md')
        """
        parts = [part for part in url.split("/") if part]
        if parts:
            parts[-1] = _PAGE.sub("", parts[-1])
            if parts[-1].casefold() in _INDEX:
                parts.pop()
        if self._locale in parts:
            parts.remove(self._locale)
        key = "/".join(parts)
        if key in self._by_key:
            return self._by_key[key]
        # A name with its language at the end is the only one of its kind on most sites,
        # whatever folders the permalink puts before it.
        return self._by_key.get(f":{parts[-1]}") if parts and self._suffixed(parts[-1]) else None

    def _suffixed(self, name: str) -> bool:
        return any(name.endswith(separator + self._locale) for separator in "-._")

    def _keys(self, source: str) -> Iterable[str]:
        parts = _ENDING.sub("", source).split("/")
        name = parts.pop()
        if self._locale in parts:
            parts.remove(self._locale)
        folders = list(parts)
        suffixed = self._suffixed(name)
        while folders and folders[0] in _HIDDEN:
            folders.pop(0)
            yield from _spelled(folders, name, undated=not suffixed)
        yield from _spelled(parts, name, undated=not suffixed)
        if suffixed:
            yield f":{name}"
            yield f":{_DATE.sub('', name)}"
            if name[-len(self._locale) - 1] == ".":  # `a.en.md` is a page `/a`
                yield from _spelled(folders, name[: -len(self._locale) - 1], undated=True)


def _spelled(folders: list[str], name: str, *, undated: bool) -> Iterable[str]:
    """The URLs of a page in these folders: as its path, and as Jekyll shows a date, or hides it."""
    if name.casefold() in _INDEX:
        yield "/".join(folders)
        return
    yield "/".join((*folders, name))
    if date := _DATE.match(name):
        yield "/".join((*folders, *date.groups(), name[date.end() :]))
        if undated:
            yield "/".join((*folders, name[date.end() :]))
