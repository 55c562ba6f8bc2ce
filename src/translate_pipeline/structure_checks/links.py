"""Finds links that are lost: an address of the source that no link leads to any more.

Bound: each address out of the site must stand there as often as in the source, its language
aside (`/en-us/` may be `/de-de/`, `en.` may be `de.`); where a new link to the same host names
the target's language, it was localised. Addresses in the site are rewritten by every publisher,
so only their number counts.
Source: requirements.md 5 (*absolute links lost*, 2-3 %; *relative link count*), example 16.
Silent: links that were added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._addresses import absolute, host, localised, plain
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "links"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each address that is lost, and one for links within the site."""
    ours, theirs = _absolute(source, pair), _absolute(target, pair)
    more = Counter(
        host(thing.what)
        for thing in target.links
        if plain(thing.what, pair) not in ours and localised(thing.what, pair.target)
    )
    shown = {plain(t.what, pair): t.what for t in source.links}
    for address in (ours - theirs).elements():
        name = host(shown[address])
        if more[name] > 0:
            more[name] -= 1
            continue
        line = next((t.line for t in source.links if plain(t.what, pair) == address), 0)
        yield Fault(0, f"no link leads to {shown[address]} any more (line {line} of the source)")
    wanted = sum(not absolute(t.what) for t in source.links)
    found = sum(not absolute(t.what) for t in target.links)
    if found < wanted:
        yield Fault(0, f"{found} links within the site, {wanted} in the source")


def _absolute(outline: Outline, pair: LocalePair) -> Counter[str]:
    return Counter(plain(t.what, pair) for t in outline.links if absolute(t.what))
