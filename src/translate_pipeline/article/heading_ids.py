"""Headings' words in, the ids out that a site's generator makes of them: one rule for each kind.

Law: equal to the generator's own for headings of words and punctuation; the tests ask Python-
Markdown and Pandoc themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from translate_pipeline.article.dialects import Slug

__all__ = ["made", "slug"]

_NOT_GITHUB = re.compile(r"[^\w\- \t]")
_NOT_PYTHON = re.compile(r"[^\w\s-]")
_NOT_PANDOC = re.compile(r"[^\w\s.-]")
_GAPS = re.compile(r"[-\s]+")
_DASHES = re.compile(r"(?<!-)-{2,3}(?!-)")
_COUNTED = re.compile(r"(.*)_([0-9]+)\Z")
# https://github.com/mdit-vue/mdit-vue/blob/main/packages/shared/src/slugify.ts
_VUE_SIGNS = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'“”‘’<>,.?/]+")
_COMBINING = re.compile("[\u0300-\u036f]")
_CONTROL = re.compile("[\x00-\x1f]")


def slug(text: str, rule: Slug = Slug.GITHUB) -> str:
    """The id of the first heading with the words `text`.

    >>> slug("What's new in 2.0?"), slug("What's new in 2.0?", Slug.PANDOC)
    ('whats-new-in-20', 'whats-new-in-2.0')
    >>> slug("Über & unter", Slug.PYTHON), slug("2. Über", Slug.VUE)
    ('uber-unter', '_2-uber')
    """
    match rule:
        case Slug.GITHUB:  # kramdown's GFM parser, too
            return _NOT_GITHUB.sub("", text.strip().lower()).replace(" ", "-").replace("\t", "-")
        case Slug.PYTHON:  # markdown.extensions.toc.slugify
            plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
            return _GAPS.sub("-", _NOT_PYTHON.sub("", plain).strip().lower())
        case Slug.PANDOC:  # https://pandoc.org/MANUAL.html#extension-auto_identifiers
            words = _NOT_PANDOC.sub("", _DASHES.sub("", text)).lower().split()
            joined = "-".join(words)
            first = next((i for i, sign in enumerate(joined) if sign.isalpha()), len(joined))
            return joined[first:] or "section"
        case Slug.VUE:
            plain = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
            plain = _VUE_SIGNS.sub("-", _CONTROL.sub("", plain)).strip("-").lower()
            return f"_{plain}" if plain[:1].isascii() and plain[:1].isdigit() else plain


def made(headings: Sequence[str | None], rule: Slug = Slug.GITHUB) -> list[str]:
    """The ids of headings in order, each its own; None gives an empty id."""
    seen: dict[str, int] = {}
    last: dict[str, int] = {}
    result = []
    for heading in headings:
        if heading is None:
            result.append("")
            continue
        base = slug(heading, rule)
        if rule is Slug.PYTHON or rule is Slug.PANDOC:
            result.append(_unlike(base, seen, last, rule))
            continue
        count = seen.get(base)
        seen[base] = 0 if count is None else count + 1
        result.append(base if count is None else f"{base}-{count + 1}")
    return result


def _unlike(name: str, seen: dict[str, int], last: dict[str, int], rule: Slug) -> str:
    """`name`, or with the first number behind it that no heading has.

    `last` remembers the number last put behind a name, so that many equal headings cost linear
    time. Python-Markdown counts on in a name that ends in a number
    (`unique` beside its `slugify`).
    """
    base, number, sign = name, 0, "-"
    if not name or name in seen:
        if rule is Slug.PYTHON:
            sign = "_"
            if counted := _COUNTED.match(name):
                base, number = counted[1], int(counted[2][:9])
        number = max(number, last.get(base, 0)) + 1
        while f"{base}{sign}{number}" in seen:
            number += 1
        last[base] = number
        name = f"{base}{sign}{number}"
    seen[name] = 0
    return name
