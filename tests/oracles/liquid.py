"""Articles of GitHub Docs or plain Markdown in, what LiquidJS and remark read in them out."""

from __future__ import annotations

from collections.abc import Sequence

from tests.oracles import node
from tests.oracles.pairs import Failed, Oracle, Pair, Verdict
from tests.oracles.tree import judged_nodes

__all__ = ["ELEVENTY", "MARKDOWN", "ORACLE"]


def _compare(pairs: Sequence[Pair], **how: bool) -> list[Verdict]:
    texts = [{"text": body, **how} for pair in pairs for body in pair.bodies]
    trees = node.answers("liquid", texts)
    return judged_nodes(
        pairs, [t if isinstance(t, Failed) else [tuple(one) for one in t] for t in trees]
    )


ORACLE = Oracle(
    "LiquidJS, remark-gfm",
    lambda: f"{node.version('liquid', 'liquidjs')}, {node.version('liquid', 'remark-gfm')}",
    lambda pairs: _compare(pairs, liquid=True),
)
MARKDOWN = Oracle("remark-gfm", lambda: node.version("liquid", "remark-gfm"), _compare)
ELEVENTY = Oracle(
    "LiquidJS, markdown-it, markdown-it-attrs",
    lambda: ", ".join(node.version("liquid", p) for p in ("liquidjs", "markdown-it")),
    lambda pairs: _compare(pairs, liquid=True, eleventy=True),
)
