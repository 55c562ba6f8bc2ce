"""The user's note, translated by a model that says what was published, is what was published.

The loopback server answers with the published segments; everything between them must come
out of the pipeline: front matter, structure, kept reference titles, no final newline.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.servers.loopback import MODEL, LoopbackServer
from tests.shared import require_shared
from translate_pipeline.article import ArticleOptions, parse
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.pipeline import Pipeline

KEPT = ("de", "es", "fr", "ar", "hi", "ja")
TRANSLATED = ("zh", "hant")


@pytest.mark.parametrize(
    ("locale", "references"),
    [*((locale, "keep") for locale in KEPT), *((locale, "translate") for locale in TRANSLATED)],
)
def test_published_segments_give_the_published_note(
    locale: str, references: str, model_server: Callable[..., LoopbackServer]
) -> None:
    seed = require_shared("seed")
    source = (seed / "source-en.md").read_bytes().decode()
    published = (seed / f"target-{locale}.md").read_bytes().decode()
    options = ArticleOptions(references=references)
    pairs = zip(
        parse(source, "jekyll", options).segments,
        parse(published, "jekyll", options).segments,
        strict=True,
    )
    answers = {a.text: b.text for a, b in pairs}
    server = model_server(lambda text, _kind: answers[text])
    backend = OpenAIBackend(model=MODEL, base_url=server.base_url, api_key="none")

    result = Pipeline(
        backend=backend, source="en", target=locale, dialect="jekyll", references=references
    ).translate(source)

    assert result.text == published, result.findings
    assert result.ok
    assert result.usage.requests == 1
