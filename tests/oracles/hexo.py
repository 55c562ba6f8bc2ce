"""Hexo articles in, what Hexo (Nunjucks, then marked) makes of them out, tags as they are given."""

from __future__ import annotations

from collections.abc import Sequence

from tests.oracles import node
from tests.oracles.pairs import Oracle, Pair, Verdict
from tests.oracles.tree import judged_html

__all__ = ["ORACLE"]


def _compare(pairs: Sequence[Pair]) -> list[Verdict]:
    texts = [{"text": body} for pair in pairs for body in pair.bodies]
    return judged_html(pairs, node.answers("hexo", texts))


ORACLE = Oracle(
    "Hexo (Nunjucks, marked)",
    lambda: f"{node.version('hexo', 'hexo')}, {node.version('hexo', 'marked')}",
    _compare,
)
