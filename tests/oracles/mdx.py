"""MDX articles in, what `@mdx-js/mdx` compiles and remark-directive reads in them out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.oracles import node
from tests.oracles.pairs import Oracle, Pair, Verdict

__all__ = ["ORACLE"]


def _folder() -> Path:
    return node.installed("mdx", Path(__file__).resolve().parent)


def _version() -> str:
    found = []
    for package in ("@mdx-js/mdx", "remark-directive"):
        told = (_folder() / "node_modules" / package / "package.json").read_text("utf-8")
        found.append(str(json.loads(told)["version"]))
    return ", ".join(found)


def _compare(pairs: Sequence[Pair]) -> list[Verdict]:
    asked = [{"id": p.id, "before": p.before, "after": p.after} for p in pairs]
    return [
        Verdict(a["id"], a["verdict"], a["why"]) for a in node.lines(_folder(), "mdx.mjs", asked)
    ]


ORACLE = Oracle("@mdx-js/mdx, remark-directive", _version, _compare)
