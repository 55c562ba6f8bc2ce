"""A MyST article's body in, everything but its words out, as myst-parser reads it.

The oracle of the dialect `myst`: the tokens of the parser that Sphinx uses, with the bodies of
the directives that hold Markdown read in turn.
"""

from __future__ import annotations

import importlib
import re
from importlib.util import find_spec
from typing import Any

import pytest

_EXTENSIONS = {
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "substitution", "tasklist",
}  # fmt: skip
# Directives whose body is Markdown; the first word of a `:::` without one is a class.
_BODIED = re.compile(
    r"(?:\{(admonition|card|deprecated|dropdown|figure|figure-md|glossary|grid|grid-item|important"
    r"|list-table|note|seealso|tab-item|tab-set|table|tip|version\w+|warning)\}|\Z)"
)
_OPTIONS = re.compile(r"\A(?:---\n(?:[^\n]*\n)*?---\n|(?::[\w-]+:[^\n]*\n)+)")
_FREE = frozenset(("text", "softbreak", "em_open", "em_close", "strong_open", "strong_close"))
_PROSE = frozenset(("title", "alt", "id"))


def require() -> None:
    """Skip the calling test where myst-parser is not installed."""
    if find_spec("myst_parser") is None:
        pytest.skip("no myst_parser; pip install myst-parser linkify-it-py to run this")


def structure(body: str) -> list[str]:
    """The blocks in order; inline things of one block sorted, since word order is free."""
    main = importlib.import_module("myst_parser.config.main")
    parsers = importlib.import_module("myst_parser.parsers.mdit")
    renderer = importlib.import_module("markdown_it.renderer")
    config = main.MdParserConfig(enable_extensions=_EXTENSIONS)
    parser = parsers.create_md_parser(config, renderer.RendererHTML)
    found: list[str] = []
    waiting: list[Any] = [*reversed(parser.parse(body))]
    while waiting:
        token = waiting.pop()
        info = _BODIED.match(token.info.strip()) if token.type in ("fence", "colon_fence") else None
        if token.type == "inline":
            found.append(str(sorted(map(_inline, token.children or []))))
        elif info and (info[1] or token.type == "colon_fence"):
            found.append(f"{token.type} {info[1]}")
            waiting.extend(reversed(parser.parse(_OPTIONS.sub("", token.content))))
        elif token.type == "html_block":
            found.append(str(re.findall(r"<[^<>]*>", token.content)))
        elif not token.type.startswith("field"):
            shown = "" if token.type.endswith(("_open", "_close")) else token.content
            found.append(f"{token.type} {token.tag} {token.info} {shown} {_attributes(token)}")
    return found


def _inline(token: Any) -> str:
    if token.type in _FREE:
        return ""
    content = "" if token.type == "image" else token.content
    if token.type == "myst_role":
        content = re.sub(r"\A.* <", "<", content)
    return f"{token.type} {token.meta.get('name', '')} {content} {_attributes(token)}"


def _attributes(token: Any) -> str:
    return str({key: value for key, value in token.attrs.items() if key not in _PROSE})
