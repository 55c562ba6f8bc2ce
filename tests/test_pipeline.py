"""The whole line through the real client against the loopback model server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers.loopback import MODEL, LoopbackServer
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.backends.pseudo import PseudoBackend
from translate_pipeline.errors import AuthenticationError, ConfigError, LocaleError
from translate_pipeline.model import Origin, State
from translate_pipeline.pipeline import Pipeline

ARTICLE = """---
lang: en
model: some/model   # who wrote this
title: Ship it twice
translated: false
---

## Why a hook?

Run `make publish` and forget it, see [the docs](https://example.org/docs "Manual").

- It is **fast** enough.
- It is **fast** enough.

See [above](#why-a-hook).

```sh
make publish
```

## References

- [The manual](https://example.org/manual)
"""

Start = Callable[..., LoopbackServer]


def pipeline(server: LoopbackServer, target: str = "de", **options: str) -> Pipeline:
    backend = OpenAIBackend(
        model=MODEL, base_url=server.base_url, api_key="none", attempts=2, backoff=0.01
    )
    return Pipeline(
        backend=backend,
        target=target,
        dialect="jekyll",
        on_failure=options.get("on_failure", "refuse"),
        references=options.get("references", "keep"),
    )


def test_an_article_comes_out_with_everything_but_its_prose_untouched(model_server: Start) -> None:
    upper = {
        "Ship it twice": "Zweimal ausliefern",
        "Why a hook?": "Warum ein Hook?",
        "Run `make publish` and forget it, see [the docs](u1).": (
            "Einfach `make publish`, dann vergessen, siehe [die Doku](u1)."
        ),
        "Manual": "Handbuch",
        "It is **fast** enough.": "Es ist **schnell** genug.",
        "See [above](u1).": "Siehe [oben](u1).",
        "References": "Quellen",
    }
    server = model_server(lambda text, _kind: upper[text])

    result = pipeline(server).translate(ARTICLE)

    assert (
        result.text
        == """---
lang: de
model: some/model   # who wrote this
title: Zweimal ausliefern
translated: true
---

## Warum ein Hook? {#why-a-hook}

Einfach `make publish`, dann vergessen, siehe [die Doku](https://example.org/docs "Handbuch").

- Es ist **schnell** genug.
- Es ist **schnell** genug.

Siehe [oben](#why-a-hook).

```sh
make publish
```

## Quellen

- [The manual](https://example.org/manual)
"""
    )
    assert result.ok
    assert result.usage.requests == 1
    states = {t.segment.text: (t.state, t.origin) for t in result.translations}
    assert states["[The manual](u1)"] == (State.KEPT, Origin.SOURCE)
    repeated = [t.origin for t in result.translations if t.segment.text.startswith("It is")]
    assert repeated == [Origin.MODEL, Origin.REPEAT]
    assert "openai:" in result.signature
    assert "version:" in result.signature


def test_references_are_sent_on_request(model_server: Start) -> None:
    server = model_server()
    result = pipeline(server, references="translate").translate(ARTICLE)
    assert result.text is not None
    assert "[The manual]" not in result.text
    assert "](https://example.org/manual)" in result.text


@pytest.mark.parametrize("kind", ["code_changed", "placeholder_dropped", "echo", "extra_paragraph"])
def test_a_fault_is_asked_again_and_only_for_the_failing_segments(
    kind: str, model_server: Start
) -> None:
    clean = pipeline(model_server()).translate(ARTICLE)
    server = model_server(script=[kind])

    result = pipeline(server).translate(ARTICLE)

    assert server.injected[kind] >= 1
    assert result.text == clean.text
    assert 2 <= result.usage.requests <= 5


# Code alone does no harm: in the end it is put behind a mark.
BOTH = {"code_changed": 1.0, "link_changed": 1.0}


def test_a_segment_that_always_fails_refuses_the_article(model_server: Start) -> None:
    server = model_server(faults=BOTH)
    result = pipeline(server).translate(ARTICLE)
    assert result.text is None
    assert not result.ok
    refused = [t for t in result.translations if t.state is State.REFUSED]
    assert [t.segment.text for t in refused] == [
        "Run `make publish` and forget it, see [the docs](u1).",
        "See [above](u1).",
    ]
    assert refused[0].findings


def test_keep_source_says_partial_and_never_true(model_server: Start) -> None:
    server = model_server(faults=BOTH)
    result = pipeline(server, on_failure="keep-source").translate(ARTICLE)
    assert result.text is not None
    assert "translated: partial\n" in result.text
    assert "Run `make publish` and forget it" in result.text
    assert not result.ok
    assert [t.state for t in result.translations].count(State.SOURCE) == 2


def test_a_refused_key_is_an_error_not_a_result(model_server: Start) -> None:
    server = model_server(api_key="right")
    with pytest.raises(AuthenticationError):
        pipeline(server).translate(ARTICLE)


def test_it_works_inside_a_running_event_loop() -> None:
    async def notebook() -> str | None:
        return Pipeline(backend=PseudoBackend(), target="de").translate("Hello, *world*.\n").text

    text = asyncio.run(notebook())
    assert text
    assert text != "Hello, *world*.\n"


def test_a_pipeline_may_be_used_again_and_again(model_server: Start) -> None:
    translator = pipeline(model_server())
    assert translator.translate(ARTICLE).text == translator.translate(ARTICLE).text


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, model_server: Start) -> None:
    source, out = tmp_path / "x-en.md", tmp_path / "x-de.md"
    source.write_text(ARTICLE, encoding="utf-8")
    out.write_text("old", encoding="utf-8")
    bad = pipeline(model_server(faults=BOTH)).translate_file(source, out)
    assert bad.text is None
    assert out.read_text(encoding="utf-8") == "old"
    good = pipeline(model_server()).translate_file(source, out)
    assert out.read_text(encoding="utf-8") == good.text


@pytest.mark.parametrize("text", ["", "\n", "---\nlang: en\n---\n", "```\ncode\n```\n", "42\n"])
def test_nothing_to_translate_asks_nobody(text: str, model_server: Start) -> None:
    server = model_server()
    result = pipeline(server).translate(text)
    assert result.ok
    assert not server.requests
    assert result.text == text.replace("lang: en\n", "lang: de\ntranslated: true\n")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"target": "en"}, ConfigError),
        ({"target": "klingonese-x"}, LocaleError),
        ({"target": "de", "on_failure": "save-anyway"}, ConfigError),
        ({"target": "de", "references": "drop"}, ConfigError),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    options: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        Pipeline(
            backend=PseudoBackend(),
            target=options["target"],
            on_failure=options.get("on_failure", "refuse"),
            references=options.get("references", "keep"),
        )


def test_the_dialect_can_be_the_articles(model_server: Start, tmp_path: Path) -> None:
    """`auto` goes by the file's name and by its text; a site's word beats both."""
    server = model_server(
        lambda text, _kind: text.replace("Words are", "Hier sind Wörter").replace("name", "Name")
    )
    chosen = Pipeline(
        backend=OpenAIBackend(model=MODEL, base_url=server.base_url, api_key="none"),
        target="de",
        dialect="auto",
    )
    text = "Words are {site.name}.\n"
    path = tmp_path / "a.mdx"
    path.write_text(text, encoding="utf-8")
    assert chosen.translate_file(path, tmp_path / "b.mdx").ok
    assert (tmp_path / "b.mdx").read_text("utf-8") == "Hier sind Wörter {site.name}.\n"
    assert chosen.translate(text).text == "Hier sind Wörter {site.Name}.\n"
    assert chosen.parse(text).dialect.name == "commonmark"
    assert chosen.parse("{% link a %} and {% link b %}").dialect.name == "jekyll"
    assert chosen.parse(text, "mdx").dialect.name == "mdx"
    plain = pipeline(server)
    assert plain.parse("{{< a >}} {{< b >}}").dialect.name == "jekyll", "what is named, is it"


def test_a_context_that_does_not_exist_is_named() -> None:
    with pytest.raises(ConfigError, match="context is 'some'; use one of: auto, article, window"):
        Pipeline(backend=PseudoBackend(), target="de", context="some")
