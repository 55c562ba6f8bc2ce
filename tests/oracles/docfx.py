"""DocFX articles in, what remark reads in them out, and the list of DocFX's own constructs.

DocFX is Markdig's, and no registry that the tests use has it: remark-gfm stands in for the
Markdown, and DocFX's constructs are found by expressions written from its documentation
(https://dotnet.github.io/docfx/docs/markdown.html). That part is not independent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.oracles import node
from tests.oracles.pairs import Failed, Oracle, Pair, Verdict
from tests.oracles.tree import Node, judged_nodes

__all__ = ["ORACLE"]

_CODE = re.compile(
    r"^[ >]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ >]*\1[`~]*[ \t]*$|\Z)|(`+)(?!`).+?(?<!`)\2(?!`)",
    re.MULTILINE | re.DOTALL,
)
_CONSTRUCT = re.compile(
    r"\[!(?:include|code|notebook)[^\[\]\n]*\[[^\[\]\n]*\][ \t]*\([^()\n]*\)[ \t]*\]"
    r"|\[!(?:div|video)\b[^\[\]\n]*\]|\[![a-z]+\](?![(\[])|<xref[:\s][^<>\n]*>|\]\(xref:[^()\s]*"
    r"|:::[ \t]*[a-z][\w-]*(?:\"[^\"\n]*\"|[^\"\n:]|:(?!::))*(?::::)?"
    r"|(?<![\w.@/-])@(?:\"[^\"\n]+\"|[A-Za-z_][\w.]*\w)",
    re.IGNORECASE,
)
_PROSE = re.compile(r"\b((?:title|alt|alt-text|lightbox-alt-text)=)\"[^\"\n]*\"")


def _constructs(text: str) -> list[Node]:
    bare = _CODE.sub("`", text.replace("\r\n", "\n"))
    return [("!", _PROSE.sub(r"\1", match[0]).strip()) for match in _CONSTRUCT.finditer(bare)]


def _compare(pairs: Sequence[Pair]) -> list[Verdict]:
    bodies = [body for pair in pairs for body in pair.bodies]
    trees = node.answers("liquid", [{"text": body} for body in bodies])
    return judged_nodes(
        pairs,
        [
            t if isinstance(t, Failed) else [*_constructs(body), *(tuple(one) for one in t)]
            for t, body in zip(trees, bodies, strict=True)
        ],
    )


ORACLE = Oracle(
    "remark-gfm, expressions from DocFX's documentation",
    lambda: node.version("liquid", "remark-gfm"),
    _compare,
    independent=False,
)
