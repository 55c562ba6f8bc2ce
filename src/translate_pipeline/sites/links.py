"""A link's destination in an article, out the destination from the place of its translation.

The laws: what was reached before is still reached, or its translation; what a name alone does
not explain stays as it is (other sites, anchors, template tags, pages that nobody knows); and
query, fragment, `./` and the style of the ending are kept. Pure: what exists is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from translate_pipeline.model import Locale
from translate_pipeline.sites.layout import Layout, Links

__all__ = ["LinkRule", "Place", "may_change", "rewrite", "rule_of"]

# Never ours: a scheme, another host, this page, a template, an alias of a bundler.
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:|//|[#?@~]|$")
_TEMPLATE = re.compile(r"[{}]|<%|\$\(")
_TAIL = re.compile(r"[?#]")
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")
_INDEX = ("index", "_index", "README")
# In a path that is written as a URL these would be read otherwise.
_RESERVED = re.compile("[%#?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """How one layout wants its links.

    `relative` says what happens to relative destinations (`Links`). `page_urls`: one without an
    extension may be a page's file (`./setup` for `setup.md`), as VitePress and GitHub readers
    write it; else it is a URL of the built site, which the generator's own tree resolves.
    `source_prefix` and `target_prefix` are how site-root URLs of the two languages begin
    (`/` and `/de/`); empty: site-root links stay. `extensions` are those of articles.
    """

    relative: Links = Links.REWRITE_RELATIVE
    page_urls: bool = True
    source_prefix: str = ""
    target_prefix: str = ""
    extensions: tuple[str, ...] = (".md", ".markdown")


def rule_of(layout: Layout, source: Locale, target: Locale) -> LinkRule:
    """The rule of a layout for one pair of languages.

    Where a language's tree mirrors that of the source (`SAME_DEPTH`), a destination without an
    extension is a URL of that tree and stays.
    """
    both = layout.source_url_prefix and layout.url_prefix
    return LinkRule(
        relative=layout.links,
        page_urls=layout.links is Links.REWRITE_RELATIVE,
        source_prefix=layout.source_url_prefix.replace("{locale}", source.name) if both else "",
        target_prefix=layout.url_prefix.replace("{locale}", target.name) if both else "",
        extensions=layout.extensions,
    )


def _unknown(_: str) -> None:
    """No page is known by its URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article stands and where its translation will; all paths relative to the root.

    `exists(path)`: there is such a file or folder. `article_target(path)`: where the translation
    of the source at `path` into `locale` is, or will be after this run; None if it is no source
    or gets none. `page(url)`: the source that is published at a site-root URL, for example
    `pages.Pages.find`.
    """

    source: str
    target: str
    source_locale: Locale
    locale: Locale
    rule: LinkRule
    exists: Callable[[str], bool]
    article_target: Callable[[str], str | None]
    page: Callable[[str], str | None] = _unknown


def may_change(value: str) -> bool:
    """False for a destination that no rule ever touches.

    >>> [may_change(v) for v in ("a.md", "/en/a", "#a", "https://x.y", "mailto:a@b", "{{ a }}")]
    [True, True, False, False, False, False]
    """
    return not _FOREIGN.match(value) and not _TEMPLATE.search(value)


def rewrite(value: str, place: Place) -> str:
    """The destination `value` of `place.source`, as it has to be in `place.target`.

    `value` is unescaped (`link_targets.LinkTarget.value`); percent-encoding is kept.
    """
    if not may_change(value):
        return value
    tail_at = _TAIL.search(value)
    cut = tail_at.start() if tail_at else len(value)
    path, tail = value[:cut], value[cut:]
    if path.startswith("/"):
        return _root_url(path, place, alone="#" not in tail) + tail
    if not path or place.rule.relative is Links.KEEP:
        return value
    return _relative(path, place, alone="#" not in tail) + tail


# --- relative destinations -----------------------------------------------------


def _relative(written: str, place: Place, *, alone: bool) -> str:
    """A relative path from the target's place; `alone`: it has no fragment."""
    path = unquote(written)
    old = _joined(_folder(place.source), path)
    if not old or not (place.rule.page_urls or _ENDING.search(path)):
        return written
    new, ending = _resolved(old, path, place, alone=alone)
    if new is None or _joined(_folder(place.target), path) == new + ending.rstrip("/"):
        return written  # nobody knows it, or it still leads there
    shown = _between(_folder(place.target), new) + ending
    if path.startswith("./") and not shown.startswith("."):
        shown = f"./{shown}"
    elif ":" in shown.partition("/")[0]:
        shown = f"./{shown}"  # else it would be a scheme
    if "%" in written and path != written:
        return quote(shown, safe="/!$&'()*+,;=:@-._~")
    return _RESERVED.sub(lambda sign: quote(sign[0]), shown)


def _resolved(old: str, path: str, place: Place, *, alone: bool) -> tuple[str | None, str]:
    """What a destination leads to from the new place, and how its end is written.

    None where `old` is neither an article nor a file.
    """
    for article, style in _articles(old, path, place.rule):
        # A link to the article itself, by its file and without a fragment, is how a language
        # menu names the original: it keeps leading there.
        target = None if article == place.source and alone else place.article_target(article)
        if target is not None and style == "/" and _name(target) not in _INDEX:
            target = None  # a folder cannot show it
        if target is None and not place.exists(article):
            continue
        return _styled(target or article, style)
    return (old, "/" if path.endswith("/") else "") if place.exists(old) else (None, "")


def _articles(old: str, path: str, rule: LinkRule) -> list[tuple[str, str]]:
    """The files of articles that a path may mean, and the style of its ending."""
    if path.endswith("/"):
        return [(f"{old}/{name}{end}", "/") for name in _INDEX for end in rule.extensions]
    ending = _ENDING.search(path)
    if ending and ending[0] in rule.extensions:
        return [(old, "")]
    if ending and ending[0] == ".html":
        return [(old.removesuffix(".html") + end, ".html") for end in rule.extensions]
    if ending:
        return []
    return [(old + end, "bare") for end in rule.extensions]


def _styled(path: str, style: str) -> tuple[str, str]:
    """A file's path without what its link does not show, and what the link shows instead."""
    if not style:
        return path, ""
    stem = _stem(path)
    if style == "/":
        return _folder(stem), "/"
    return (stem, "") if style == "bare" else (stem, style)


# --- site-root URLs ------------------------------------------------------------


def _root_url(path: str, place: Place, *, alone: bool) -> str:
    """`/en/x` as `/de/x`, where the page has, or will have, a translation."""
    if place.rule.relative is Links.KEEP and not place.rule.source_prefix:
        return path
    new = _renamed(_moved(path, place.rule, place.source_locale.name), place)
    if new == path:
        return path
    source = place.page(unquote(path))
    if source is None or (source == place.source and alone):
        return path
    return new if place.article_target(source) is not None else path


def _moved(path: str, rule: LinkRule, source: str) -> str:
    """The URL below the target's prefix, if it is below the source's."""
    prefix = rule.source_prefix
    if not prefix or not f"{path}/".startswith(prefix):
        return path
    rest = path[len(prefix) :]
    if rest == source or rest.startswith(f"{source}/"):  # `/` has a folder `/en/`, too
        rest = rest[len(source) + 1 :]
    return rule.target_prefix + rest if rest or path[-1] == "/" else rule.target_prefix[:-1]


def _renamed(path: str, place: Place) -> str:
    """The URL with the target's locale at the end of its name, and in folders, if it had one."""
    source, target = place.source_locale.name, place.locale.name
    folder, slash, name = path.rstrip("/").rpartition("/")
    ending = _ENDING.search(name)
    stem = name[: ending.start()] if ending else name
    cut = len(stem) - len(source)
    # Only where the site's own targets are named so.
    if cut < 2 or not stem.endswith(source) or stem[cut - 1] not in "-._":
        return path
    if not _stem(place.target).endswith(stem[cut - 1] + target):
        return path
    folder = "/".join(target if part == source else part for part in folder.split("/"))
    closing = path[len(path.rstrip("/")) :]
    return f"{folder}{slash}{stem[:cut]}{target}{ending[0] if ending else ''}{closing}"


# --- paths ---------------------------------------------------------------------


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _stem(path: str) -> str:
    return _ENDING.sub("", path)


def _name(path: str) -> str:
    return _stem(path).rpartition("/")[2]


def _joined(folder: str, path: str) -> str:
    """`path` from `folder`, without `.` and `..`; empty where it leaves the root or is the root."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _between(folder: str, path: str) -> str:
    """The relative path from `folder` to `path`; both are normal and relative to the root."""
    here = folder.split("/") if folder else []
    there = path.split("/") if path else []
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."
