"""Rendered HTML in, the structure that no translation may change out.

The parser renders source and output; what is compared is the tags with their attributes,
code and formulae with their text, in order. Words are not compared, nor is emphasis (a
language may not use it). Within one block the order of inline things is free, because word
order is; `alt` and `title` are prose. Equal tag lists are the common case and cost one
pass of a regular expression; only a difference is looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import zip_longest

__all__ = ["Part", "difference", "literal_delimiters", "structure", "tags"]

# The renderer escapes `<` in code and formulae, so `[^<]*` is exactly their text.
_TAG = re.compile(
    r"<(?:code>[^<]*</code>|pre><code[^>]*>[^<]*</code></pre>"
    r"|span class=\"math[^>]*>[^<]*</span>|!--.*?-->|\?.*?\?>|[^>]*>)",
    re.DOTALL,
)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_PROSE = re.compile(
    r"\s(?:alt|title|aria-label|placeholder)\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE
)
_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center col colgroup dd details dialog dir div
    dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr
    html iframe legend li link main menu menuitem nav noframes ol optgroup option p param pre
    script section style summary table tbody td template textarea tfoot th thead title tr track ul
    """.split()  # noqa: SIM905
)
_EMPHASIS = frozenset(("em", "strong", "del"))
_HEADING_ID = re.compile(r"<(h[1-6]) id=\"([^\"]*)\"")
_ANCHOR_ID = re.compile(r"<a id=\"([^\"]*)\">\Z")

#: A block tag, or the sorted inline things between two block tags.
Part = str | tuple[str, ...]


def tags(html: str) -> list[str]:
    """Everything in `html` but its words, in order."""
    return _TAG.findall(html)


def structure(found: list[str], pins: Collection[str] = ()) -> list[Part]:
    """The tags by block, free of prose and emphasis; ids of `pins` are taken out."""
    result: list[Part] = []
    inline: list[str] = []
    dropping = False
    for tag in found:
        match = _NAME.match(tag)
        name = match[1].lower() if match else ""
        if name in _EMPHASIS and len(tag) < 10:
            continue
        if dropping and tag == "</a>":
            dropping = False
            continue
        if "=" in tag and name != "code":
            if pins:
                anchor = _ANCHOR_ID.match(tag)
                if anchor and anchor[1] in pins:
                    dropping = True
                    continue
                tag = _HEADING_ID.sub(lambda m: _without(m, pins), tag)  # noqa: PLW2901
            if not tag.startswith("<pre><code"):
                tag = _PROSE.sub("", tag)  # noqa: PLW2901
        if name in _BLOCKS:
            if inline:
                result.append(tuple(sorted(inline)))
                inline = []
            result.append(tag)
        else:
            inline.append(tag)
    if inline:
        result.append(tuple(sorted(inline)))
    return result


def _without(match: re.Match[str], pins: Collection[str]) -> str:
    return f"<{match[1]}" if match[2] in pins else match[0]


def difference(source: list[Part], output: list[Part]) -> str:
    """In words, the first place where two structures differ; empty where they are equal."""
    for before, after in zip_longest(source, output):
        if before != after:
            return f"{_show(before)} became {_show(after)}"
    return ""


def _show(part: Part | None) -> str:
    if part is None:
        return "nothing"
    text = " ".join(part) if isinstance(part, tuple) else part
    return text if len(text) <= 120 else text[:117] + "..."


def literal_delimiters(html: str) -> int:
    """How many emphasis delimiters a reader would see as characters."""
    words = _TAG.sub("", html)
    return words.count("**") + words.count("~~") + words.count("__") + words.count("*")
