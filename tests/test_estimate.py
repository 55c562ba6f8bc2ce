"""The estimate counts the very requests a run makes."""

from __future__ import annotations

import asyncio

import pytest

from translate_pipeline.article import parse
from translate_pipeline.backends.pseudo import pseudo
from translate_pipeline.conversation import tokens
from translate_pipeline.conversation.batch import Budget
from translate_pipeline.conversation.prompts import Templates, compose
from translate_pipeline.estimate import Estimate, Estimator
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Batch, LocalePair, Reply, Term
from translate_pipeline.pipeline import Pipeline
from translate_pipeline.resources import read_prompt

TEMPLATES = Templates(read_prompt("system"), read_prompt("task"), read_prompt("repair"))
GLOSSARY = (Term("item", "Punkt"), Term("absent", "fehlt"))
ARTICLE = """\
---
title: A title
translate:
  note: Be brief.
---

# A heading

- One *item* with [a link](https://example.com).
- One *item* with [a link](https://example.com).
- Another item, `code`.

## References

- [A book](https://example.com/book)
- [A site](https://example.com/site)
"""


class Counting:
    """Translates as `pseudo` and adds up what a model would have been sent."""

    name = signature = "counting"
    writes = "en-XA"
    fallbacks = 0

    def __init__(self) -> None:
        self.requests = self.tokens = 0

    async def translate(self, batch: Batch) -> Reply:
        self.requests += 1
        messages = compose(batch, load_style(batch.pair.target), TEMPLATES).messages()
        self.tokens += sum(tokens.estimate(message["content"]) for message in messages)
        return Reply({s.id: pseudo(s.text, s.tokens) for s in batch.segments})

    async def aclose(self) -> None:
        pass


@pytest.mark.parametrize("text", [ARTICLE, ARTICLE + "\nSome words.\n" * 50, "", "Words.\n"])
@pytest.mark.parametrize("targets", [("de",), ("de", "ja", "hant")])
def test_it_is_what_a_run_sends(text: str, targets: tuple[str, ...]) -> None:
    backend = Counting()
    for target in targets:
        pipeline = Pipeline(backend=backend, target=target, glossary=GLOSSARY, instruction="Du.")
        assert asyncio.run(pipeline.atranslate(text)).ok
    pairs = [LocalePair(parse_locale("en"), parse_locale(target)) for target in targets]
    estimator = Estimator(TEMPLATES, glossary=GLOSSARY, instruction="Du.")
    found = sum((estimator.estimate(parse(text), pair) for pair in pairs), Estimate())
    assert (found.requests, found.prompt_tokens) == (backend.requests, backend.tokens)


def test_what_it_counts() -> None:
    pair = LocalePair(parse_locale("en"), parse_locale("de"))
    found = Estimator(TEMPLATES).estimate(parse(ARTICLE), pair)
    assert (found.segments, found.kept, found.asked, found.requests) == (6, 2, 5, 1)
    # A long article takes several requests.
    many = Estimator(TEMPLATES).estimate(parse(ARTICLE), pair, budget=Budget(segments=2))
    assert many.requests == 3
    assert many.output_tokens == found.output_tokens
    assert many.prompt_tokens > 2 * found.prompt_tokens
    assert found + Estimate() == found


def test_dear_languages_cost_more() -> None:
    def output(target: str) -> int:
        pair = LocalePair(parse_locale("en"), parse_locale(target))
        article = parse("Some ordinary words in a sentence. " * 50)
        return Estimator(TEMPLATES).estimate(article, pair).output_tokens

    assert output("zh") < output("de") < output("hant") < output("ja")
    assert output("de-AT") == output("de")
    assert output("pt-BR") < output("sv")


def test_what_is_known_is_not_counted_and_past_usage_corrects() -> None:
    pair = LocalePair(parse_locale("en"), parse_locale("de"))
    article = parse("One paragraph of words.\n\nAnother paragraph of words.\n\n" * 1 + "A third.")
    whole = Estimator(TEMPLATES).estimate(article, pair)
    one = Estimator(TEMPLATES).estimate(article, pair, article.segments[:1])
    assert (one.segments, one.asked, one.requests) == (3, 1, 1)
    assert one.output_tokens < whole.output_tokens
    twice = Estimator(TEMPLATES, calibration=(2.0, 0.5)).estimate(article, pair)
    assert twice.prompt_tokens == 2 * whole.prompt_tokens
    assert twice.output_tokens == round(whole.output_tokens / 2)
    assert Estimator(TEMPLATES).estimate(article, pair, ()).requests == 0
