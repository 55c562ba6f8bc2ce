"""Finds lost edges of admonitions and containers: `///`, `:::tip`, `!!! note`.

Bound: the whole article has each of these lines as often as the source, compared by marker and
word, without case. The parser takes such a line for text, so it need not know the dialect; one
that has slipped into the middle of a paragraph is no edge any more.
Source: requirements.md 5, example 13 (blank lines round `///` removed: 16 paragraphs merged).
Silent: the title behind the word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "admonitions"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each sort of edge that stands there more or less often."""
    ours, theirs = Counter(t.what for t in source.edges), Counter(t.what for t in target.edges)
    for marker, word in sorted({**ours, **theirs}):
        wanted, found = ours[marker, word], theirs[marker, word]
        if wanted != found:
            line = next((t.line for t in target.edges if t.what == (marker, word)), 1)
            name = f"{marker} {word}".strip()
            yield Fault(line, f"`{name}` begins a line {found} times, {wanted} times in the source")
