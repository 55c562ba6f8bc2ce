"""What is known is not sent, and what is sent is known afterwards: the memory in the pipeline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers.loopback import MODEL, LoopbackServer
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.locale import parse_locale
from translate_pipeline.memory import Memory, identity, open_memory
from translate_pipeline.memory.entry import Entry
from translate_pipeline.model import LocalePair, Maker, Origin, Result
from translate_pipeline.pipeline import Pipeline

Start = Callable[..., LoopbackServer]
PAIR = LocalePair(parse_locale("en"), parse_locale("de"))
ARTICLE = """\
# The harbour

The ferry leaves the old quay twice a day, at six and at eight.

See [the lighthouse](https://example.org/light) for the signs.
"""
FERRY = "The ferry leaves the old quay twice a day, at six and at eight."
LIGHT = "See [the lighthouse](u1) for the signs."


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    opened = open_memory(tmp_path / "memory.sqlite")
    yield opened
    opened.close()


def pipeline(server: LoopbackServer, memory: Memory | None) -> Pipeline:
    backend = OpenAIBackend(
        model=MODEL, base_url=server.base_url, api_key="none", attempts=2, backoff=0.01
    )
    return Pipeline(backend=backend, target="de", memory=memory)


def entry(
    text: str,
    target: str,
    maker: Maker = Maker.MODEL,
    kind: str = "paragraph",
    context: bytes = b"",
) -> Entry:
    return Entry(
        key=identity.text_key(kind, text),
        source_tag="en",
        target_tag="de",
        kind=kind,
        source=text,
        target=target,
        maker=maker,
        context=context,
        made="2026-01-01T00:00:00Z",
    )


def sent(server: LoopbackServer) -> list[str]:
    return [s.text for chat in server.chats if chat.task for s in chat.task.wanted]


def origins(result: Result) -> dict[str, Origin]:
    return {t.segment.text: t.origin for t in result.translations}


def test_a_second_run_sends_nothing(model_server: Start, memory: Memory) -> None:
    server = model_server()
    first = pipeline(server, memory).translate(ARTICLE)
    count = len(server.chats)
    second = pipeline(server, memory).translate(ARTICLE)
    assert len(server.chats) == count == 1
    assert second.text == first.text
    assert set(origins(second).values()) == {Origin.MEMORY}
    stored = next(memory.entries())
    assert "openai:" in stored.signature
    assert stored.maker is Maker.MODEL


def test_another_url_and_another_place_are_no_other_text(
    model_server: Start, memory: Memory
) -> None:
    server = model_server()
    pipeline(server, memory).translate(ARTICLE)
    moved = "\n\n".join(
        ["# The harbour", LIGHT.replace("u1", "https://other.example/x"), FERRY, ""]
    )
    result = pipeline(server, memory).translate(moved)
    assert len(server.chats) == 1
    assert result.text is not None
    assert "(https://other.example/x)" in result.text


def test_a_persons_text_is_used_whatever_the_checks_say(
    model_server: Start, memory: Memory
) -> None:
    memory.add([entry(FERRY, FERRY, Maker.PERSON)])  # left in English on purpose
    server = model_server()
    result = pipeline(server, memory).translate(ARTICLE)
    assert FERRY not in sent(server)
    assert origins(result)[FERRY] is Origin.PERSON
    assert result.text is not None
    assert FERRY in result.text


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        (FERRY, "Hier ist die Übersetzung: Die Fähre legt ab."),
        (LIGHT, "Siehe den Leuchtturm."),  # its link is lost
    ],
)
def test_what_fails_today_is_asked_for_again(
    model_server: Start, memory: Memory, text: str, bad: str
) -> None:
    memory.add([entry(text, bad)])
    server = model_server()
    result = pipeline(server, memory).translate(ARTICLE)
    assert result.ok
    assert text in sent(server)
    assert origins(result)[text] is Origin.MODEL
    again = pipeline(server, memory).translate(ARTICLE)
    assert origins(again)[text] is Origin.MEMORY


def test_between_the_same_neighbours_wins(model_server: Start, memory: Memory) -> None:
    server = model_server()
    article = pipeline(server, None).parse(ARTICLE)
    keys = [identity.key(segment) for segment in article.segments]
    place = identity.context(keys, 1)
    memory.add(
        [
            entry(FERRY, "Die Fähre legt zweimal am Tag ab, um sechs und um acht.", context=b"x"),
            entry(FERRY, "Zweimal täglich fährt die Fähre, um sechs und um acht.", context=place),
        ]
    )
    result = pipeline(server, memory).translate(ARTICLE)
    assert result.text is not None
    assert "Zweimal täglich fährt" in result.text


def test_a_text_like_it_goes_to_the_model_as_an_example(
    model_server: Start, memory: Memory
) -> None:
    memory.add([entry(FERRY, "Die Fähre legt am alten Kai ab, um sechs und um acht.")])
    server = model_server()
    pipeline(server, memory).translate(ARTICLE.replace("twice a day", "once a day"))
    (chat,) = server.chats
    assert chat.task is not None
    assert f"{FERRY} = Die Fähre legt am alten Kai ab" in chat.task.text


def test_two_articles_at_once_pay_once(model_server: Start, memory: Memory) -> None:
    server = model_server(latency=0.1)
    line = pipeline(server, memory)

    async def both() -> list[Result]:
        try:
            return list(await asyncio.gather(*(line.atranslate(ARTICLE) for _ in range(3))))
        finally:
            await line.aclose()

    results = asyncio.run(both())
    assert len({result.text for result in results}) == 1
    assert sorted(sent(server)) == sorted({"The harbour", FERRY, LIGHT})


def test_a_refused_text_does_not_make_others_wait(model_server: Start, memory: Memory) -> None:
    server = model_server(faults={"segment_missing": 1.0}, latency=0.02)
    line = pipeline(server, memory)

    async def both() -> list[Result]:
        try:
            articles = ("A `b` c.\n\nD `e` f.\n", "D `e` f.\n\nA `b` c.\n")
            return list(await asyncio.gather(*(line.atranslate(text) for text in articles)))
        finally:
            await line.aclose()

    results = asyncio.run(asyncio.wait_for(both(), 60))
    assert [result.text for result in results] == [None, None]
