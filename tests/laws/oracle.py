"""Markdown in, its structure out, by other means than the library's own.

The parser here is markdown-it-py (pure Python, another code base); the foreign syntax that
it does not know is found by regular expressions over the text. What is compared is what a
translation may not change; words, emphasis, `alt` and `title` are free, and within one
block the order of inline things is.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import pyromark
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pyromark import Options

_PARSER = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
_FREE = frozenset(("text", "softbreak", "em_open", "em_close", "strong_open", "strong_close"))
# White space to Python, and so to markdown-it-py, but not to Markdown.
_EXOTIC = re.compile(r"[^\S \t\r\n]")
_PROSE = re.compile(r"\s(alt|title)\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_HTML = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<(script|style|pre|textarea)\b.*?</\1>|</?[A-Za-z][^>]*>",
    re.DOTALL | re.IGNORECASE,
)


def structure(markdown: str) -> list[tuple[object, ...]]:
    """The blocks in order, each with the sorted multiset of its inline things."""
    result: list[tuple[object, ...]] = []
    for token in _PARSER.parse(_EXOTIC.sub("x", markdown)):
        if token.type == "inline":
            result.append(("inline", *sorted(_inline(token.children or []))))
        elif token.type == "html_block":
            result.append(("html", *sorted(_tags(token.content))))
        else:
            result.append((token.type, token.tag, tuple(token.attrs.items()), token.info))
            if token.type in ("fence", "code_block"):
                result.append((token.content,))
    return result


def agrees(markdown: str) -> bool:
    """True when both parsers read `markdown` alike, so that the oracle may judge it.

    They differ in a few corners: what ends a table, `[a][b](c)` with an image inside.
    """
    rendered = pyromark.html(markdown, options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH)
    return _folded(rendered) == _folded(_PARSER.render(markdown))


def _folded(rendered: str) -> str:
    text = re.sub(r"</?(?:s|del)>|~|\s+", "", unescape(rendered))
    return text.replace("<tbody></tbody>", "")


def html(markdown: str) -> str:
    """The article as readers get it, without white space (a wrapped CJK line needs none)."""
    return "".join(_PARSER.render(markdown).split())


def code_spans(markdown: str) -> list[str]:
    """The text of every code span, white space folded."""
    return [
        " ".join(child.content.split())
        for token in _PARSER.parse(markdown)
        for child in token.children or []
        if child.type == "code_inline"
    ]


def code_blocks(markdown: str) -> list[str]:
    """The text of every code block, with its language."""
    return [
        f"{token.info}\n{token.content}"
        for token in _PARSER.parse(markdown)
        if token.type in ("fence", "code_block")
    ]


def _inline(tokens: list[Token]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        if token.type in _FREE or token.type in ("s_open", "s_close"):
            continue
        if token.type == "html_inline":
            found.append(_PROSE.sub("", token.content))
        elif token.type == "image":
            found.append(f"image {token.attrs.get('src')}")
            found.extend(_inline(token.children or []))
        elif token.type == "link_open":
            found.append(f"link {token.attrs.get('href')}")
        elif token.type == "code_inline":
            found.append(f"code {token.content}")
        else:
            found.append(token.type)
    return found


def _tags(block: str) -> list[str]:
    return [_PROSE.sub("", match.group()) for match in _HTML.finditer(block)]


# What stands in these is prose, in whatever tag.
_PARAMETER = re.compile(r"\b(alt|caption|description|text|title)=('[^']*'|\"[^\"]*\")")

#: Syntax whose bytes must not change, by the place where it is written, code included.
CONSTRUCTS = {
    "liquid tag": re.compile(r"\{%.*?%\}", re.DOTALL),
    "liquid output": re.compile(r"\{\{.*?\}\}", re.DOTALL),
    "kramdown": re.compile(r"\{:[^{}\n]+\}"),
}


def constructs(text: str, names: tuple[str, ...]) -> Counter[tuple[str, str]]:
    """How often each construct of the kinds `names` stands in `text`, whatever its prose is."""
    return Counter(
        (name, _PARAMETER.sub(r"\1", found))
        for name in names
        for found in CONSTRUCTS[name].findall(text)
    )
