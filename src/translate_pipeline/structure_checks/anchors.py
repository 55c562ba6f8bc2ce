"""Finds in-page links that lead nowhere: `#overview` where the heading is called Überblick now.

Bound: more dead ones than in the source. Alive is what an HTML id, an attribute list or the id
that the dialect's generator or GitHub makes of a heading answers to, whatever its case.
Source: requirements.md 5 (*in-page anchors dead*, 6 %), examples 3 and 7.
Silent: links that are dead in the source in the same place.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline, Thing
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "anchors"
KIND = "anchors"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each dead link that is not as dead in the source."""
    before, after = _dead(source), _dead(target)
    if len(after) <= len(before):
        return
    known = {thing.what for thing in before}
    for thing in after:
        if thing.what not in known:
            yield Fault(thing.line, f"{unquote(thing.what)} leads nowhere on this page")


def _dead(outline: Outline) -> list[Thing]:
    ids = {name.casefold() for name in outline.ids} | {"", "top"}
    return [
        thing
        for thing in outline.links
        if thing.what[:1] == "#" and unquote(thing.what[1:]).casefold() not in ids
    ]
