"""Takes an article and a locale, gives what translating it would take; sends nothing.

The law: it counts the very requests a run would make first (same batches, same prompts).
What is asked again after a fault is not in it; tokens are estimates (`conversation.tokens`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from translate_pipeline.article import Article, repeats
from translate_pipeline.conversation import tokens
from translate_pipeline.conversation.batch import Budget
from translate_pipeline.conversation.plan import Context, Rates, Request, plan
from translate_pipeline.conversation.prompts import Templates, compose
from translate_pipeline.locale import load_style
from translate_pipeline.model import Batch, LocalePair, Segment, Style, Term, Usage
from translate_pipeline.review.request import REVIEW_TOKENS

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
# Of a review: the prompt's own tokens, those of an `ok`, and the share of texts that a reviewer
# corrects (quality.md 1.5 counts with a tenth).
_REVIEW_FRAME, _OK, _CORRECTED = 330, 4, 0.1


@dataclass(frozen=True, slots=True)
class Estimate:
    """`segments` are translatable, `asked` of them are to be sent: the memory lacks them."""

    segments: int = 0
    kept: int = 0
    asked: int = 0
    requests: int = 0
    prompt_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(
            self.segments + other.segments,
            self.kept + other.kept,
            self.asked + other.asked,
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.output_tokens + other.output_tokens,
        )


class Estimator:
    """Estimates articles with always the same prompts and glossary.

    `calibration` corrects by past usage: real tokens for each estimated one, of the prompt and
    of the completion. `context` and `rates` are those of the run, `reviewed` is
    the share of texts that a second model is to look at.
    """

    def __init__(
        self,
        templates: Templates,
        *,
        glossary: Sequence[Term] = (),
        instruction: str = "",
        calibration: tuple[float, float] | None = None,
        context: Context = Context.AUTO,
        rates: Rates = Rates(),  # noqa: B008 - frozen
        reviewed: float = 0.0,
    ) -> None:
        self._templates = templates
        self._glossary = tuple(glossary)
        self._instruction = instruction
        self._context = context
        self._rates = rates
        self._reviewed = reviewed
        self.calibrated = calibration is not None
        self._calibration = calibration or (1.0, 1.0)
        self._styles: dict[str, Style] = {}

    def estimate(
        self,
        article: Article,
        pair: LocalePair,
        asked: Sequence[Segment] | None = None,
        budget: Budget = Budget(),  # noqa: B008 - frozen
    ) -> Estimate:
        """What `article` takes in one language; `asked` are the segments to be sent (all)."""
        if asked is None:
            asked = repeats.asked(article.segments)
        kept = sum(segment.keep for segment in article.segments)
        cut = plan(article.segments, asked, budget, self._context, self._rates)
        prompt: float = sum(self._prompt(article, request, pair) for request in cut)
        source = sum(tokens.estimate(s.text) for s in asked)
        answer = source * _expansion(pair) + _TAG * len(asked)
        requests = len(cut)
        if self._reviewed and asked:
            # A review reads source and target, and answers little where nothing is wrong.
            requests += ceil(self._reviewed * source / REVIEW_TOKENS)
            frame = ceil(self._reviewed * source / REVIEW_TOKENS) * _REVIEW_FRAME
            prompt += self._reviewed * (source + answer + 2 * _TAG * len(asked)) + frame
            answer += self._reviewed * (_OK * len(asked) + _CORRECTED * answer)
        segments = len(article.segments) - kept
        return Estimate(
            segments,
            kept,
            len(asked),
            requests,
            round(prompt * self._calibration[0]),
            round(answer * self._calibration[1]),
        )

    def of_batch(self, batch: Batch) -> Usage:
        """What one request of a run was to be expected to take, uncorrected."""
        target = batch.pair.target
        style = self._styles.get(target.tag)
        if style is None:
            style = self._styles[target.tag] = load_style(target)
        messages = compose(batch, style, self._templates).messages()
        expansion = _expansion(batch.pair)
        return Usage(
            requests=1,
            prompt_tokens=sum(tokens.estimate(message["content"]) for message in messages),
            completion_tokens=round(
                sum(tokens.estimate(s.text) * expansion + _TAG for s in batch.segments)
            ),
        )

    def _prompt(self, article: Article, request: Request, pair: LocalePair) -> int:
        wishes = "\n".join(filter(None, (self._instruction, article.instruction)))
        batch = Batch(
            pair=pair,
            segments=request.segments,
            article=request.article,
            glossary=self._glossary,
            instruction=wishes,
        )
        return self.of_batch(batch).prompt_tokens


def _expansion(pair: LocalePair) -> float:
    language = pair.target.tag.split("-")[0]
    return _EXPANSION.get(f"{language}-{pair.target.script}", _EXPANSION.get(language, _ELSEWHERE))
