"""mdBook articles in, what pulldown-cmark makes of them out, with mdBook's helpers taken first.

pulldown-cmark is mdBook's own parser, asked here for HTML; the product asks it for events over
a shadow, so that a wrong shadow or merge shows. The helpers are found by mdBook's own expression
(`preprocess/links.rs`), and each is shown with what it is given.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from importlib.metadata import version

import pyromark

from tests.oracles.pairs import Oracle, Pair, Verdict
from tests.oracles.tree import judged_html

__all__ = ["ORACLE"]

# What `new_cmark_parser` of mdBook switches on, but for smart punctuation.
_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
_HELPER = re.compile(r"\\\{\{\s*#.*\}\}|\{\{\s*#([A-Za-z0-9_]+)(?:\s+([^}]+))?\}\}")


def _rendered(text: str) -> str:
    shown: list[str] = []

    def taken(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][1:]
        kind = "title" if match[1] == "title" else "data-given"
        given = html.escape((match[2] or "").strip())
        shown.append(f'<mdbook-helper data-name="{match[1]}" {kind}="{given}"></mdbook-helper>')
        return "" if match[1] == "title" else f"helper{len(shown)}x"

    rest = _HELPER.sub(taken, text)
    return "".join(shown) + pyromark.html(rest, options=_OPTIONS)


def _compare(pairs: Sequence[Pair]) -> list[Verdict]:
    return judged_html(pairs, [_rendered(body) for pair in pairs for body in pair.bodies])


ORACLE = Oracle(
    "pulldown-cmark (pyromark), mdBook's expression of helpers",
    lambda: version("pyromark"),
    _compare,
)
