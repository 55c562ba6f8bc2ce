"""Headings and in-page links in, the ids that must survive translation out.

More than half of the in-page links of real sites point to ids that the generator makes
from the heading's words (`parsing.md` 3.4). When such a heading is translated it gets the
old id explicitly, in the way of the dialect, so the link still works.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from translate_pipeline.article.dialects import Anchor
from translate_pipeline.article.leaves import Leaves

__all__ = ["automatic_ids", "explicit_ids", "normalise", "plain", "slug", "slugs", "with_anchor"]

_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.){0,2000})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,400}\])")
_HTML = re.compile(r"<[^<>]{0,2000}>")
_MARKUP = re.compile(r"[*`\\]|(?<!\w)_|_(?!\w)|~~")
_NOT_SLUG = re.compile(r"[^\w\- \t]")
# `\b(?:id|name)` in a form that lets the search skip to the first letter: three times as fast.
_ID = re.compile(r"[iInN](?<!\w.)(?i:(?<=i)d|(?<=n)ame)\s{0,9}=\s{0,9}[\"']?([^\s\"'>]{1,200})")
_ATTRIBUTE_ID = re.compile(r"\{[^{}\n]{0,200}?#([\w-]+)")
_COMMENT_ID = re.compile(r"\{/\*[ \t]*#?([\w-]+)[ \t]*\*/\}")  # of Docusaurus 3.9 and react.dev


def plain(heading: str) -> str:
    """The words of a heading's Markdown.

    >>> plain("The [*make*](u1) `target`")
    'The make target'
    """
    return _MARKUP.sub("", _HTML.sub("", _LINK.sub(r"\1", heading)))


def slug(text: str) -> str:
    """The id GitHub and kramdown's GFM parser make: lower case, no punctuation, dashes.

    >>> slug("What's new in 2.0?")
    'whats-new-in-20'
    """
    return _NOT_SLUG.sub("", text.strip().lower()).replace(" ", "-").replace("\t", "-")


def slugs(headings: list[str | None]) -> list[str]:
    """The ids of headings in order; repeated ones get `-1`, `-2`. None gives an empty id."""
    seen: dict[str, int] = {}
    result = []
    for heading in headings:
        if heading is None:
            result.append("")
            continue
        base = slug(plain(heading))
        count = seen.get(base)
        seen[base] = 0 if count is None else count + 1
        result.append(base if count is None else f"{base}-{count + 1}")
    return result


def automatic_ids(found: Leaves, body: bytes) -> list[str]:
    """The id of each of `found.headings`; empty where an explicit one stands."""
    texts: list[str | None] = []
    for index, explicit in found.headings:
        leaf = found.leaves[index] if index >= 0 else None
        texts.append(None if explicit or leaf is None else body[leaf.start : leaf.end].decode())
    return slugs(texts)


def explicit_ids(source: bytes) -> set[str]:
    """Ids that HTML or attribute lists in `source` give explicitly."""
    text = source.decode()
    found: set[str] = set()
    if any(name in text for name in ("id=", "name=", "id =", "name =")):
        found.update(match[1] for match in _ID.finditer(text))
    found.update(match[1] for match in _ATTRIBUTE_ID.finditer(text))
    if "{/*" in text:
        found.update(match[1] for match in _COMMENT_ID.finditer(text))
    return found


def normalise(fragment: str) -> str:
    """A link's fragment as an id: percent escapes decoded."""
    return unquote(fragment)


def with_anchor(heading: str, identifier: str, anchor: Anchor) -> str:
    """The heading's new text, carrying `identifier` explicitly."""
    if anchor is Anchor.ATTRIBUTE:
        return f"{heading} {{#{identifier}}}"
    return f'<a id="{identifier}"></a>{heading}'
