"""Takes a language, gives the small article that a self-test has translated, in two batches.

The law: it holds one of each thing that a model likes to spoil (code, a link target, emphasis,
a placeholder), both batches show the same article, and all but a handful of its segments is
there to make that article long enough for a provider's cache; nobody is asked for those.
"""

from __future__ import annotations

from typing import NamedTuple

from translate_pipeline.article import Article, parse
from translate_pipeline.model import Batch, LocalePair

__all__ = ["SelfTest", "self_test"]

_DIALECT = "jekyll"
_ARTICLE = """\
---
title: Why the harbour has two clocks
---

# Two clocks

Run `tide --today`, then read [the notes](https://example.com/notes) on {{ site.harbour }}.

Set the **small** clock by hand, for it loses a minute a day.
"""
# The title, the heading and the first paragraph; then the second.
_FIRST, _SECOND = (1, 2, 3), (4,)
# Lines of a tide table. With the system prompt they are above 1,024 tokens, the least that
# OpenAI and most others cache (quality.md 2.2).
_DAYS = 40
_LATER = 50  # minutes that the tide is later each day


class SelfTest(NamedTuple):
    """The article, and the two batches for it."""

    article: Article
    batches: tuple[Batch, Batch]


def self_test(pair: LocalePair, *, long: bool) -> SelfTest:
    """The test for two languages; `long` enough to be cached, or as short as can be."""
    article = parse(_ARTICLE + ("\n" + _table() if long else ""), _DIALECT)
    segments = article.segments

    def batch(ids: tuple[int, ...]) -> Batch:
        return Batch(pair, tuple(s for s in segments if s.id in ids), article=segments)

    return SelfTest(article, (batch(_FIRST), batch(_SECOND)))


def _table() -> str:
    """A list of tides, each line of its own words: repeats are not shown to a model."""
    lines = []
    for day in range(_DAYS):
        high = [_time(271 + _LATER * day + 744 * half) for half in (0, 1)]
        low = [_time(642 + _LATER * day + 744 * half) for half in (0, 1)]
        lines.append(
            f"- Day {day + 1}: high water at {high[0]} and {high[1]}, low water at {low[0]} and"
            f" {low[1]}."
        )
    return "\n".join(lines) + "\n"


def _time(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
