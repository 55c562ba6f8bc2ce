"""Finds tags of the site's template engine and attribute lists that are lost, added or changed.

Bound: the same tags as in the source, white space aside (`{% include x %}`, `{{ page.url }}`,
`{: .note }`). What a tag is depends on the dialect; in plain CommonMark there is none.
Source: requirements.md 5 (a pair is broken if a placeholder differs).
Silent: where the tags stand, and words in them that the front matter of the site would translate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from translate_pipeline.model import LocalePair
from translate_pipeline.structure_checks._outline import Outline
from translate_pipeline.structure_checks._sections import Fault

__all__ = ["KIND", "NAME", "check"]

NAME = "template-tags"
KIND = "broken"


def check(source: Outline, target: Outline, pair: LocalePair) -> Iterator[Fault]:
    """Yield one fault for each tag that is lost or new."""
    ours = Counter(t.what for t in source.templates)
    theirs = Counter(t.what for t in target.templates)
    for tag in ours - theirs:
        yield Fault(0, f"`{tag[:80]}` is lost")
    for tag in theirs - ours:
        line = next(t.line for t in target.templates if t.what == tag)
        yield Fault(line, f"`{tag[:80]}` is not in the source")
