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
from html import escape
from itertools import zip_longest

__all__ = ["difference", "literal_delimiters", "structure", "tags", "without_pins"]

# The renderer escapes `<` in code and formulae, so `[^<]*` is exactly their text. In an HTML
# block `x < y` stays as it is, and is no tag; an unfinished tag counts as its first letter.
# The text of a tight list item has no tag of its own: whether it stands right behind `<li>`,
# and whether text follows a block, is told by the line break that belongs to the tag here.
_PATTERN = (
    r"<(?:p>|/(?:p|a|td|li|strong|em|tr|th)>|td>|tr>|strong>|em>|th>"  # nearly all: known at once
    r"|code>[^<]*</code>|pre><code[^>]*>[^<]*</code></pre>"
    r"|img src=\"[^\"]*\"(?= alt=\"[^\"]*\" (?:title=\"[^\"]*\" )?/>)"
    r"|span class=\"math[^>]*>[^<]*</span>%s"
    r"|(?:li|dd)>\n|(?:hr /|/(?:h[1-6]|[uo]l|blockquote))>\n"
    r"(?=[^<\s]|<(?:a|em|strong|del|code|img|br|span|sup)\b)"
    r"|/?[A-Za-z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>|!?[A-Za-z\[?-])"
)
# A comment that is cut off (by a blank line in an HTML block of another kind) shows its end.
_COMMENT, _INSTRUCTION = r"|!--(?:(?!--&gt;).)*?-->", r"|\?.*?\?>"
_TAG = re.compile(_PATTERN % "")
_WITH_COMMENTS = re.compile(_PATTERN % _COMMENT, re.DOTALL)
_WITH_INSTRUCTIONS = re.compile(_PATTERN % _INSTRUCTION, re.DOTALL)
_WITH_BOTH = re.compile(_PATTERN % (_COMMENT + _INSTRUCTION), re.DOTALL)
_ANCHOR = re.compile(r'<a id="([^"]*)"></a>')
_HEADING_ID = re.compile(r'(<h[1-6]) id="([^"]*)"')
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
# Not the one inside `snake_case`, but any that a reader would take for emphasis gone wrong:
# beside white space or punctuation, or in a script that writes no spaces between words.
_SPACED = r"[^\W_\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]"
_LOOSE_UNDERSCORE = re.compile(rf"(?<!{_SPACED})(?<!_)_+|_+(?!{_SPACED}|_)")
_EMPHASIS = frozenset(("em", "strong", "del"))

#: A block tag, or the sorted inline things between two block tags.
Part = str | tuple[str, ...]


def tags(html: str) -> list[str]:
    """Everything in `html` but its words, in order.

    Behind the last `-->` no comment is looked for, nor an instruction behind the last `?>`:
    each opener without its end would search the rest of the article.
    """
    comments, instructions = html.rfind("-->") + 1, html.rfind("?>") + 1
    if not comments and not instructions:
        return _TAG.findall(html)
    comments, instructions = comments and comments + 2, instructions and instructions + 1
    first, second = sorted((comments, instructions))
    rest = _WITH_COMMENTS if comments > instructions else _WITH_INSTRUCTIONS
    return [
        *_WITH_BOTH.findall(html, 0, first),
        *rest.findall(html, first, second),
        *_TAG.findall(html, second),
    ]


def structure(found: list[str]) -> list[Part]:
    """The tags by block, free of prose and emphasis."""
    result: list[Part] = []
    inline: list[str] = []
    for tag in found:
        match = _NAME.match(tag)
        name = match[1].lower() if match else ""
        if name in _EMPHASIS and len(tag) < 10:
            continue
        if "=" in tag and name != "code" and not tag.startswith("<pre><code"):
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


def without_pins(html: str, pins: Collection[str]) -> str:
    """`html` as it was before headings got the explicit ids `pins`."""
    known = {escape(pin) for pin in pins}
    html = _ANCHOR.sub(lambda m: "" if m[1] in known else m[0], html)
    return _HEADING_ID.sub(lambda m: m[1] if m[2] in known else m[0], html)


def difference(wanted: list[str], found: list[str]) -> str:
    """In words, the first place where the structures of two tag lists differ, or nothing."""
    if wanted == found or (
        len(wanted) == len(found)
        and all(a == b or _same_but_prose(a, b) for a, b in zip(wanted, found, strict=True))
    ):
        return ""
    for before, after in zip_longest(structure(wanted), structure(found)):
        if before != after:
            return f"{_show(before)} became {_show(after)}"
    return ""


def _same_but_prose(a: str, b: str) -> bool:
    """True for the same tag with another `alt` or `title`; never for code."""
    return "=" in a and not a.startswith("<pre><code") and _PROSE.sub("", a) == _PROSE.sub("", b)


def _show(part: Part | None) -> str:
    if part is None:
        return "nothing"
    text = " ".join(part) if isinstance(part, tuple) else part
    return text if len(text) <= 120 else text[:117] + "..."


def literal_delimiters(html: str) -> int:
    """How many emphasis delimiters a reader would see as characters."""
    words = _TAG.sub("", html)
    underscores = len(_LOOSE_UNDERSCORE.findall(words))
    return words.count("**") + words.count("~~") + words.count("*") + underscores
