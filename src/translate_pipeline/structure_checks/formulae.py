"""Finds formulae that are lost or changed.

Bound: the same formulae as in the source, white space aside, wherever in the article they stand.
Source: quality.md 6.5, S2; the proof compares them byte for byte.
Silent: words in `\\text{…}`, which are translated rightly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "formulae"
KIND = "broken"

_WORDS = re.compile(r"\\(?:text|mathrm|textbf|textit|mbox)\{[^{}]{0,400}\}")


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each formula that is lost."""
    ours = Counter(_WORDS.sub("", t.what) for t in source.formulae)
    theirs = Counter(_WORDS.sub("", t.what) for t in target.formulae)
    for formula in (ours - theirs).elements():
        line = next(t.line for t in source.formulae if _WORDS.sub("", t.what) == formula)
        yield Fault(0, f"the formula ${formula[:60]}$ is lost (line {line} of the source)")
