"""Finds footnotes that are lost or renamed: the mark in the text, or the note itself.

Bound: each label as often as in the source, as a mark and as a note.
Source: requirements.md 5 (a pair is broken if a footnote differs).
Silent: where in the article the note stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "footnotes"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each label that differs."""
    ours, theirs = Counter(t.what for t in source.notes), Counter(t.what for t in target.notes)
    for noted, label in sorted({**ours, **theirs}):
        wanted, found = ours[noted, label], theirs[noted, label]
        if wanted != found:
            line = next((t.line for t in target.notes if t.what == (noted, label)), 0)
            what = "the note" if noted else "the mark"
            yield Fault(
                line, f"{what} [^{label}] stands there {found} times, {wanted} in the source"
            )
