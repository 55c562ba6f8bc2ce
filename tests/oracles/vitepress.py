"""VitePress articles in, what VitePress and Vue's template compiler read in them out."""

from __future__ import annotations

from collections.abc import Sequence

from tests.oracles import node
from tests.oracles.pairs import Failed, Oracle, Pair, Verdict
from tests.oracles.tree import judged_nodes

__all__ = ["ORACLE"]


def _compare(pairs: Sequence[Pair]) -> list[Verdict]:
    texts = [{"text": body} for pair in pairs for body in pair.bodies]
    trees = node.answers("vitepress", texts)
    return judged_nodes(
        pairs, [t if isinstance(t, Failed) else [tuple(one) for one in t] for t in trees]
    )


ORACLE = Oracle(
    "VitePress, Vue's template compiler",
    lambda: f"{node.version('vitepress', 'vitepress')}, {node.version('vitepress', 'vue')}",
    _compare,
)
