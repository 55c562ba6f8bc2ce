"""The real engine, where Debian's `apertium` and `apertium-eng-spa` are installed.

`.ci/apertium` installs them; without them these tests skip and say so.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.backends.engine import PAIR, batch, gone, segment
from translate_pipeline.article import parse
from translate_pipeline.article.marks import split
from translate_pipeline.article.merge import merge
from translate_pipeline.backends.apertium import ApertiumBackend
from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Reply, Segment

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "blog"


@pytest.fixture(scope="module")
def backend() -> Iterator[ApertiumBackend]:
    try:
        engine = ApertiumBackend(pair=PAIR)
    except ConfigError as error:
        pytest.skip(f"no real Apertium: {error}")
    yield engine
    asyncio.run(engine.aclose())


def ask(backend: ApertiumBackend, *texts: str | Segment) -> Reply:
    return asyncio.run(backend.translate(batch(*texts)))


ARTICLE = (
    segment(1, "Getting started with the pipeline"),
    segment(2, "Read [the documentation](u1) first, then run `make all`.", "](u1)", "`make all`"),
    segment(3, "The *big* house is **very red**, and ~~the car~~ is not."),
    segment(4, "**[A red house](u1)** with an ![old picture](u2)", "](u1)", "](u2)"),
    segment(5, "It costs $x^2$ euros[^1] :smile:<x1/>", "$x^2$", "[^1]", ":smile:", "<x1/>"),
    segment(6, "Press <b1>the button</b1> and <x1/> wait<x2/>", "<b1>", "</b1>", "<x1/>", "<x2/>"),
    segment(7, "Name"),
    segment(8, "AT&amp;T and R&D don&rsquo;t use snake\\_case or node_exporter \\*"),
    segment(9, "“It’s a good day,” she said — really… isn’t it?"),
    segment(10, "Open config.yaml in /etc/app, version v2.0.1 of GitHub’s tool."),
    segment(11, "The table | has [brackets] and <angles> {braces} ^ $ @ / ~ 5\u00a0km"),
    segment(12, "An emoji 😀 a\ttab, a zero\x00byte and a lone \ud800 surrogate"),
    segment(13, "  blanks  around  "),
    segment(14, "`code`", "`code`"),
)


def test_an_article_survives(backend: ApertiumBackend) -> None:
    reply = ask(backend, *ARTICLE)
    assert reply.faults == ()
    assert set(reply.targets) == {s.id for s in ARTICLE}
    for source in ARTICLE:
        target = reply.targets[source.id]
        for token in source.tokens:
            assert target.count(token.mark) == source.text.count(token.mark) == 1
        assert marks(target, source) == marks(source.text, source)
        assert edges(target) == edges(source.text)
        assert not re.search(r"[*@#]\w", target.replace("**", "").replace("*", "", 2))
    for number in (1, 2, 3, 4, 6, 7, 9):
        assert reply.targets[number] != ARTICLE[number - 1].text
    for kept in ("config.yaml", "/etc/app,", "v2.0.1", "GitHub’s"):
        assert kept in reply.targets[10]
    for kept in ("😀", "\t", "zero\x00byte", "\ud800"):
        assert kept in reply.targets[12]
    assert reply.targets[14] == "`code`"


def marks(text: str, source: Segment) -> list[str]:
    return [piece for is_mark, piece in split(text, source.tokens) if is_mark]


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


WORDS = [
    ("house", "casa"),
    ("House", "Casa"),
    ("The red house.", "La casa roja."),
    ("the red car and [the house](u1)", "el coche rojo y [la casa](u1)"),
    ("unknownwordx", "unknownwordx"),
]


@pytest.mark.parametrize(("source", "target"), WORDS)
def test_it_is_spanish(backend: ApertiumBackend, source: str, target: str) -> None:
    assert ask(backend, segment(1, source, "](u1)")).targets[1] == target


def test_a_segment_does_not_depend_on_its_neighbours(backend: ApertiumBackend) -> None:
    """Forwards, backwards, alone and in a second engine: the same targets."""
    forwards = ask(backend, *ARTICLE).targets
    assert ask(backend, *reversed(ARTICLE)).targets == forwards
    assert {s.id: ask(backend, s).targets[s.id] for s in ARTICLE} == forwards
    other = ApertiumBackend()
    assert ask(other, *ARTICLE).targets == forwards
    asyncio.run(other.aclose())


def test_killing_any_stage_recovers(backend: ApertiumBackend) -> None:
    expected = ask(backend, *ARTICLE).targets
    for victim in range(len(backend.pids)):
        before = backend.pids
        os.kill(before[victim], signal.SIGKILL)
        reply = ask(backend, *ARTICLE[:4])
        assert reply.faults == ()
        assert all(reply.targets[s.id] == expected[s.id] for s in ARTICLE[:4])
        assert all(map(gone, before))


@pytest.mark.parametrize("victim", [0, 3, -1])
def test_killing_a_stage_while_it_works(backend: ApertiumBackend, victim: int) -> None:
    texts = ["The red house is near the old bridge."] * 400
    ask(backend, texts[0])

    async def work() -> Reply:
        task = asyncio.ensure_future(backend.translate(batch(*texts)))
        await asyncio.sleep(0.1)
        assert not task.done()
        os.kill(backend.pids[victim], signal.SIGKILL)
        return await task

    before = backend.pids
    reply = asyncio.run(work())
    assert reply.faults == ()
    assert Counter(reply.targets.values()) == {reply.targets[1]: len(texts)}
    assert backend.pids != before


def test_a_very_long_segment(backend: ApertiumBackend) -> None:
    text = "The red house is **near** the old bridge. " * 1500
    reply = ask(backend, segment(1, text))
    assert reply.faults == ()
    assert reply.targets[1].count("**") == 3000
    assert reply.targets[1].count("casa") == 1500


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from(
    ["the ", "red ", "house", " is", ". ", "**", "[", "](u1)", "<x1/>", "\\", "[[t:b:1]]", "^a<n>$"]
)), max_size=12))  # fmt: skip
def test_law_marks_come_back_whatever_stands_between(
    backend: ApertiumBackend, pieces: list[str]
) -> None:
    source = segment(1, "".join(pieces), *(p for p in pieces if p in ("](u1)", "<x1/>")))
    reply = ask(backend, source)
    assert reply.faults == ()
    assert marks(reply.targets[1], source) == marks(source.text, source)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*-en.md")), ids=lambda p: p.stem)
def test_an_example_article_is_proven(backend: ApertiumBackend, path: Path) -> None:
    article = parse(path.read_text(encoding="utf-8"), "jekyll")
    wanted = tuple(s for s in article.segments if not s.keep)
    reply = ask(backend, *wanted)
    assert reply.faults == ()
    text = merge(article, reply.targets, {"lang": "es"})  # raises where the proof fails
    assert len(parse(text, "jekyll").segments) == len(article.segments)
    changed = sum(reply.targets[s.id] != s.text for s in wanted)
    assert changed > 0.8 * len(wanted)
