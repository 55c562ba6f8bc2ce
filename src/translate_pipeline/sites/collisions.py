"""Planned targets in, what speaks against them out: one target of two sources, a target as source.

The law: a fault is told with the names of both files.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from translate_pipeline.errors import TargetPathError

__all__ = ["collision", "on_the_way"]


def collision(pairs: Sequence[tuple[str, str]], sources: Container[str]) -> TargetPathError:
    """The first fault, told with both names."""
    owner: dict[str, str] = {}
    for target, source in pairs:
        if target in sources:
            return TargetPathError(
                f"{source}: its target {target} is a source of this site;"
                " list one of them under `exclude`, or put targets elsewhere"
            )
        if owner.setdefault(target, source) != source:
            return TargetPathError(
                f"{owner[target]} and {source} have the same target {target};"
                " rename one of them, or list it under `exclude`"
            )
    raise AssertionError("no target occurs twice")


def on_the_way(folders: set[str]) -> list[str]:
    """The folders themselves and all above them, below the root; each once."""
    seen: set[str] = set()
    for folder in folders:
        above = folder.rstrip("/")
        while above and above not in seen:
            seen.add(above)
            above = above.rpartition("/")[0]
    return sorted(seen)
