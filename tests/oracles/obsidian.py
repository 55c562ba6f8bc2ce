"""Obsidian notes in, what remark reads in them with plugins for Obsidian's syntax out.

Obsidian's own parser is not published. Wikilinks, callouts and highlights are read by other
people's plugins; comments, tags and block ids are expressions of ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.oracles import node
from tests.oracles.pairs import Failed, Oracle, Pair, Verdict
from tests.oracles.tree import judged_nodes

__all__ = ["ORACLE"]


def _compare(pairs: Sequence[Pair]) -> list[Verdict]:
    trees = node.answers("obsidian", [{"text": body} for pair in pairs for body in pair.bodies])
    return judged_nodes(
        pairs, [t if isinstance(t, Failed) else [tuple(one) for one in t] for t in trees]
    )


ORACLE = Oracle(
    "remark-wiki-link, remark-callout (not Obsidian's own)",
    lambda: node.version("obsidian", "remark-wiki-link"),
    _compare,
    independent=False,
)
