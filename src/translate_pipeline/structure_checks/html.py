"""Finds HTML tags that are lost, and tags that bring a program or a frame with them.

Bound: each tag as often as in the source; emphasis by tags may come and go.
Source: requirements.md 5 (a pair is broken if raw HTML differs).
Silent: added tags that change nothing but how words look (`<abbr>`, `<strong>`), and those of a
notice; not silent: an added `<script>`, `<iframe>`, `<style>`, `<form>`, `<object>`, `<embed>`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "html"
KIND = "broken"

_EMPHASIS = frozenset(("b", "strong", "i", "em", "u", "br", "wbr", "abbr"))
_ACTIVE = frozenset(("script", "iframe", "style", "form", "object", "embed"))


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each tag that is lost or dangerous."""
    ours, theirs = Counter(t.what for t in source.tags), Counter(t.what for t in target.tags)
    for tag in ours:
        if theirs[tag] < ours[tag] and tag.strip("/").lower() not in _EMPHASIS:
            line = next((t.line for t in target.tags if t.what == tag), 0)
            yield Fault(
                line, f"<{tag}> stands there {theirs[tag]} times, {ours[tag]} in the source"
            )
    for tag in theirs - ours:
        if tag.lower() in _ACTIVE:
            line = next(t.line for t in reversed(target.tags) if t.what == tag)
            yield Fault(line, f"<{tag}> is not in the source; take it out if you do not know it")
