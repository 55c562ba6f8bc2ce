"""What was counted of each article in, the figures of each language out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from translate_pipeline.evaluation.measure import Measured
from translate_pipeline.evaluation.overlap import Overlap, overlap
from translate_pipeline.model import Usage

__all__ = ["Scores", "scores"]


class Scores(NamedTuple):
    """One language, or all (`overlap` is None then: it is no mean of languages).

    Shares are 0 to 1, None where nothing can be shared out. `complete` is the share of articles
    that are there and unbroken, `exact` of those whose structure is the source's to the byte,
    `leftover` of the segments in the source language.
    """

    locale: str
    articles: int
    complete: float
    exact: float
    refused: int
    broken: int
    leftover: float | None
    terms: float | None
    flaws: Mapping[str, int]
    usage: Usage
    source_tokens: int
    overlap: Overlap | None = None

    @property
    def cost_index(self) -> float | None:
        """Prompt + 4 × completion tokens for each token of the source; output costs four times."""
        spent = self.usage.prompt_tokens + 4 * self.usage.completion_tokens
        return spent / self.source_tokens if spent and self.source_tokens else None


def scores(measured: Iterable[Measured], tags: Mapping[str, str]) -> list[Scores]:
    """The figures by language in the order of their coming, then those of all together.

    `tags` are the languages' BCP 47 tags by name. Raises ConfigError without sacrebleu.
    """
    rows = list(measured)
    names = list(dict.fromkeys(row.locale for row in rows))
    found = []
    for name in names:
        own = [row for row in rows if row.locale == name]
        there = [row for row in own if row.hypothesis]
        score = _summed(name, own)
        if there:
            texts = [row.hypothesis for row in there], [row.reference for row in there]
            score = score._replace(overlap=overlap(*texts, tags[name]))
        found.append(score)
    if len(names) > 1:
        found.append(_summed("all", rows))
    return found


def _summed(name: str, rows: list[Measured]) -> Scores:
    segments = sum(row.segments for row in rows if row.hypothesis)
    terms = sum(row.terms for row in rows)
    flaws: Counter[str] = Counter()
    for row in rows:
        flaws.update(row.flaws)
    return Scores(
        locale=name,
        articles=len(rows),
        complete=sum(row.complete for row in rows) / len(rows),
        exact=sum(row.exact for row in rows) / len(rows),
        refused=sum(not row.hypothesis for row in rows),
        broken=sum(row.broken for row in rows),
        leftover=sum(row.leftover for row in rows) / segments if segments else None,
        terms=sum(row.terms_right for row in rows) / terms if terms else None,
        flaws=dict(flaws.most_common()),
        usage=sum((row.usage for row in rows), Usage()),
        source_tokens=sum(row.source_tokens for row in rows),
    )
