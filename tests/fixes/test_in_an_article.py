"""A whole article: a model's slips are set right before they are judged, names agree throughout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tests.servers import MODEL, LoopbackServer
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.model import Result, Term
from translate_pipeline.pipeline import Pipeline

ARTICLE = """\
---
title: The spring tide
---

# The spring tide

He said “yes” to 5% of it, with `“a”: 5%` and [a link](https://example.org/a:b).
"""
Start = Callable[..., LoopbackServer]


def translated(
    model_server: Start, answers: dict[str, list[str]], terms: tuple[Term, ...] = ()
) -> tuple[Result, LoopbackServer]:
    """The article in French, each text answered in turn, the last answer again and again."""
    asked: dict[str, int] = defaultdict(int)

    def answer(text: str, _kind: object) -> str:
        given = answers[text]
        asked[text] += 1
        return given[min(asked[text], len(given)) - 1]

    server = model_server(answer)
    backend = OpenAIBackend(model=MODEL, base_url=server.base_url, api_key="none")
    pipeline = Pipeline(backend=backend, source="en", target="fr", glossary=terms)
    return pipeline.translate(ARTICLE), server


BODY = "He said “yes” to 5% of it, with `“a”: 5%` and [a link](u1)."
ANSWER = "Il a dit “oui” à 5% de cela:  avec `“a”: 5%` et [un lien](u1)\u200b."


def test_slips_cost_no_second_request(model_server: Start) -> None:
    result, _ = translated(
        model_server,
        {"The spring tide": ["La grande marée."], BODY: [ANSWER]},
    )
    assert result.ok
    assert result.text is not None
    assert "title: La grande marée\n" in result.text
    assert "# La grande marée\n" in result.text
    assert (
        "Il a dit «\u00a0oui\u00a0» à 5\u00a0% de cela\u00a0: avec `“a”: 5%`"
        " et [un lien](https://example.org/a:b).\n" in result.text
    )
    assert result.usage.requests == 1


def test_title_and_body_are_asked_for_the_agreed_name(model_server: Start) -> None:
    term = Term("spring tide", "grande marée", ("marée de printemps",))
    result, server = translated(
        model_server,
        {"The spring tide": ["La marée de printemps", "La grande marée"], BODY: [ANSWER]},
        (term,),
    )
    assert result.ok
    assert result.text is not None
    assert "title: La grande marée\n" in result.text
    assert "# La grande marée\n" in result.text
    assert "printemps" not in result.text
    assert "the glossary forbids" in str(server.requests[1])
    assert "the glossary forbids" not in str(server.requests[0])


def test_a_forbidden_name_is_never_written(model_server: Start) -> None:
    term = Term("spring tide", "grande marée", ("marée de printemps",))
    result, _ = translated(
        model_server, {"The spring tide": ["La marée de printemps"], BODY: [ANSWER]}, (term,)
    )
    assert result.text is None
    assert any("glossary-avoid" in str(finding) for finding in result.findings)
