"""Two bodies of MkDocs articles in, what differs in their HTML besides its words out.

The oracle of the dialect `mkdocs`: Python-Markdown and PyMdown's extensions, as Material for
MkDocs recommends them (https://squidfunk.github.io/mkdocs-material/setup/extensions/).
"""

from __future__ import annotations

import importlib
import re
from difflib import unified_diff
from importlib.util import find_spec

import pytest

_EXTENSIONS = (
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.blocks.admonition",
    "pymdownx.blocks.caption", "pymdownx.blocks.definition", "pymdownx.blocks.details",
    "pymdownx.blocks.html", "pymdownx.blocks.tab", "pymdownx.caret", "pymdownx.critic",
    "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite",
    "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
)  # fmt: skip
_SETTINGS = {
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.highlight": {"guess_lang": False},
    "pymdownx.tabbed": {"alternate_style": True},
    "toc": {"toc_depth": 0},
}
_TAG = re.compile(
    r"<pre.*?</pre>|<code.*?</code>|<!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL
)
# An abbreviation is marked where its name occurs, and ids are made of words.
_FREE = re.compile(r"</?(?:abbr|em|strong|del)\b[^>]*>")
_PROSE = re.compile(
    r"\s(?:title|alt|aria-label|placeholder|data-title|data-toc-label)=\"[^\"]*\""
    r"|(?<=<h\d) id=\"[^\"]*\""
)

_ANCHOR = re.compile(r"<a id=\"([^\"<>\n]+)\"></a>")


def require() -> None:
    """Skip the calling test where Python-Markdown or PyMdown's extensions are not installed."""
    for name in ("markdown", "pymdownx", "pygments"):
        if find_spec(name) is None:
            pytest.skip(f"no {name}; pip install markdown pymdown-extensions pygments to run this")


def difference(before: str, after: str) -> str:
    """The first lines of the difference between two articles' tags and code; empty: none."""
    one, two = _tags(before), _tags(after)
    if one == two:
        return ""
    return "\n".join(list(unified_diff(one, two, lineterm="", n=1))[2:8])


def without_anchors(before: str, after: str) -> str:
    """`after` without the anchors that headings got because links of the page rely on them."""
    known = set(_ANCHOR.findall(before))
    return _ANCHOR.sub(lambda match: match[0] if match[1] in known else "", after)


def _tags(body: str) -> list[str]:
    markdown = importlib.import_module("markdown")
    html = markdown.markdown(body, extensions=_EXTENSIONS, extension_configs=_SETTINGS)
    return [_PROSE.sub("", tag) for tag in _TAG.findall(_FREE.sub("", html))]
