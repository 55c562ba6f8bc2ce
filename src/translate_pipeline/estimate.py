"""Takes an article and its locales, gives what translating it would take; sends nothing.

The law: it counts the very requests a run would make first (same batches, same prompts).
What is asked again after a fault is not in it; tokens are estimates (`conversation.tokens`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translate_pipeline.article import Article, repeats
from translate_pipeline.conversation import tokens
from translate_pipeline.conversation.batch import Budget, batches
from translate_pipeline.conversation.prompts import Templates, compose
from translate_pipeline.locale import load_style
from translate_pipeline.model import Batch, LocalePair, Segment, Style, Term

__all__ = ["Estimate", "Estimator"]

# Output tokens per source token of technical Markdown in the o200k vocabulary, measured on
# published translations (quality.md 2.1); the last four from news prose, divided by 1.1.
_EXPANSION = {
    "zh-Hans": 1.05, "zh-Hant": 1.24, "ja": 1.45, "ko": 1.26, "de": 1.22, "fr": 1.19, "es": 1.09,
    "pt": 1.12, "hi": 1.17, "ru": 1.19, "tr": 1.26, "uk": 1.44,
    "ar": 1.29, "vi": 1.34, "pl": 1.55, "th": 1.64,
}  # fmt: skip
_ELSEWHERE = 1.3
# `<17>` and the line break, as the model writes them.
_TAG = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """`segments` and `kept` count over all locales, as everything else here does."""

    segments: int = 0
    kept: int = 0
    requests: int = 0
    prompt_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(
            self.segments + other.segments,
            self.kept + other.kept,
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.output_tokens + other.output_tokens,
        )


class Estimator:
    """Estimates articles for always the same locales, prompts and glossary."""

    def __init__(
        self,
        pairs: Iterable[LocalePair],
        templates: Templates,
        *,
        glossary: Sequence[Term] = (),
        instruction: str = "",
    ) -> None:
        self._styles: list[tuple[LocalePair, Style]] = [(p, load_style(p.target)) for p in pairs]
        self._templates = templates
        self._glossary = tuple(glossary)
        self._instruction = instruction

    def estimate(self, article: Article, budget: Budget = Budget()) -> Estimate:  # noqa: B008
        """What `article` takes in all locales together."""
        asked = repeats.asked(article.segments)
        kept = sum(segment.keep for segment in article.segments)
        total = Estimate()
        cut = batches(asked, budget)
        for pair, style in self._styles:
            prompt = sum(self._prompt(article, part, pair, style) for part in cut)
            answer = sum(tokens.estimate(s.text) * _expansion(pair) + _TAG for s in asked)
            total += Estimate(len(article.segments) - kept, kept, len(cut), prompt, round(answer))
        return total

    def _prompt(
        self, article: Article, part: tuple[Segment, ...], pair: LocalePair, style: Style
    ) -> int:
        wishes = "\n".join(filter(None, (self._instruction, article.instruction)))
        batch = Batch(
            pair=pair,
            segments=part,
            article=article.segments,
            glossary=self._glossary,
            instruction=wishes,
        )
        messages = compose(batch, style, self._templates).messages()
        return sum(tokens.estimate(message["content"]) for message in messages)


def _expansion(pair: LocalePair) -> float:
    language = pair.target.tag.split("-")[0]
    return _EXPANSION.get(f"{language}-{pair.target.script}", _EXPANSION.get(language, _ELSEWHERE))
