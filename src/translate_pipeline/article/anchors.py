"""Headings and in-page links in, the ids that must survive translation out.

More than half of the in-page links of real sites point to ids that the generator makes
from the heading's words (`parsing.md` 3.4). When such a heading is translated it gets the
old id explicitly, in the way of the dialect, so the link still works.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from translate_pipeline.article import heading_ids
from translate_pipeline.article.dialects import Anchor, Slug
from translate_pipeline.article.leaves import Leaves

__all__ = ["automatic_ids", "explicit_ids", "normalise", "plain", "possible_ids", "with_anchor"]

_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.){0,2000})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,400}\])")
_HTML = re.compile(r"<[^<>]{0,2000}>")
_MARKUP = re.compile(r"[*`\\]|(?<!\w)_|_(?!\w)|~~")
# Looked for in lower case, one by one: eight times as fast as `(?i:\b(?:id|name))`.
_IDS = tuple(
    re.compile(name + rb"(?<![\w\x80-\xff]" + name + rb")\s{0,9}=\s{0,9}[\"']?([^\s\"'>]{1,200})")
    for name in (b"id", b"name")
)
_ATTRIBUTE_ID = re.compile(r"\{[^{}\n#]{0,200}+(?:#(?![\w-])[^{}\n#]{0,200}+){0,9}+#([\w-]+)")
_COMMENT_ID = re.compile(r"\{/\*[ \t]*#?([\w-]+)[ \t]*\*/\}")  # of Docusaurus 3.9 and react.dev


def plain(heading: str) -> str:
    """The words of a heading's Markdown.

    >>> plain("The [*make*](u1) `target`")
    'The make target'
    """
    return _MARKUP.sub("", _HTML.sub("", _LINK.sub(r"\1", heading)))


def automatic_ids(found: Leaves, body: bytes, rule: Slug = Slug.GITHUB) -> list[str]:
    """The id of each of `found.headings`; empty where an explicit one stands."""
    texts: list[str | None] = []
    for index, explicit in found.headings:
        leaf = found.leaves[index] if index >= 0 else None
        words = None
        if not explicit and leaf is not None:
            words = plain(body[leaf.start : leaf.end].decode())
        texts.append(words)
    return heading_ids.made(texts, rule)


def possible_ids(found: Leaves, body: bytes, rule: Slug) -> list[tuple[str, ...]]:
    """The ids that each heading may have: by the dialect's rule, then by GitHub's.

    Sites may set the other one, and which it is can be told only by what the links rely on.
    """
    first = automatic_ids(found, body, rule)
    if rule is Slug.GITHUB:
        return [(name,) for name in first]
    return list(zip(first, automatic_ids(found, body), strict=True))


def explicit_ids(source: bytes) -> set[str]:
    """Ids that HTML or attribute lists in `source` give explicitly."""
    text = source.decode()
    lower = source.lower()  # of bytes: every offset stays
    found: set[str] = set()
    for pattern in _IDS:
        for match in pattern.finditer(lower):
            found.add(source[match.start(1) : match.end(1)].decode(errors="ignore"))
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
