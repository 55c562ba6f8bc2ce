"""The model server itself: it understands the prompt, repeats itself, and strikes as told."""

from __future__ import annotations

import asyncio
import http.client
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.servers import KINDS, LoopbackServer, accented, from_mapping, unaccented
from tests.servers.faults import ANSWER_FAULTS, LINE_FAULTS, SEGMENT_FAULTS, chance
from tests.servers.one_fault import OneFaultServer
from tests.servers.reading import NotUnderstood, read_task
from tests.servers.translators import for_language

Start = Callable[..., LoopbackServer]

ARTICLE = """<article lang="en">
<1 h2>Why a hook?
<2>Run `make it` and see [the docs](u1) or [more](u2).
<3 li>[ ] It is **fast** <x1/> :rocket:.
<4>This is a long enough paragraph so that the wrong language can be seen in it.
</article>"""

# Holds something for every fault.
HOLDS = ARTICLE.replace(
    "</article>",
    "<5>It was built in 1910 and is rather old. Nobody who lives there has seen a harbour since.\n"
    "</article>",
)


def prompt(
    request: str = "every segment", article: str = ARTICLE, language: str = "German"
) -> list[dict[str, object]]:
    task = f"<task>\nTranslate {request} into {language}.\n</task>"
    return [
        {"role": "system", "content": "You translate. <article> holds one segment per line."},
        {"role": "user", "content": f"{article}\n{task}"},
    ]


def post(server: LoopbackServer, messages: list[dict[str, object]], **more: Any) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    body = json.dumps({"model": "m", "messages": messages, **more})
    connection.request("POST", "/v1/chat/completions", body)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def content(server: LoopbackServer, **more: Any) -> str:
    text: str = post(server, prompt(), **more)["choices"][0]["message"]["content"]
    return text


@pytest.mark.parametrize(
    ("request_line", "ids"),
    [
        ("every segment", [1, 2, 3, 4]),
        ("segment 3", [3]),
        ("segments 2-4", [2, 3, 4]),
        ("segments 1, 3-4", [1, 3, 4]),
        ("only segments 1, 3", [1, 3]),
    ],
)
def test_it_reads_what_is_wanted(request_line: str, ids: list[int]) -> None:
    task = read_task(prompt(request_line))
    assert [segment.id for segment in task.wanted] == ids
    assert task.language == "German"
    assert (task.article[0].kind, task.article[0].text) == ("h2", "Why a hook?")


@pytest.mark.parametrize(
    "messages",
    [[], prompt(article="no article"), prompt("segments 7-9"), prompt("them all, please,")],
)
def test_it_does_not_guess(messages: list[dict[str, object]]) -> None:
    with pytest.raises(NotUnderstood):
        read_task(messages)


def test_a_good_answer(model_server: Start) -> None:
    assert content(model_server()).split("\n") == [
        "<1>Ŵĥý å ĥööķ?",
        "<2>Ŕûñ `make it` åñð šéé [ţĥé ðöçš](u1) öŕ [ŋöŕé](u2).",
        "<3>[ ] Îţ îš **ƒåšţ** <x1/> :rocket:.",
        f"<4>{accented(ARTICLE.splitlines()[4][3:])}",
        "<end>",
    ]


def test_published_translations_can_be_played(model_server: Start) -> None:
    server = model_server(from_mapping({"Why a hook?": "Warum ein Hook?"}))
    assert content(server) == "<1>Warum ein Hook?\n<end>"
    assert len(server.unknown) == 3


def test_a_limit_cuts_the_answer(model_server: Start) -> None:
    choice = post(model_server(), prompt(), max_tokens=10)["choices"][0]
    assert choice["finish_reason"] == "length"
    assert "<end>" not in choice["message"]["content"]


@pytest.mark.parametrize("kind", sorted({*SEGMENT_FAULTS, *LINE_FAULTS, *ANSWER_FAULTS}))
def test_each_fault_changes_the_answer_and_a_later_one_is_good(
    model_server: Start, kind: str
) -> None:
    language = "Simplified Chinese" if kind.startswith("variant_") else "German"
    messages = prompt(article=HOLDS, language=language)
    good = post(model_server(), messages)["choices"]
    server = model_server(script=[kind])
    assert post(server, messages)["choices"] != good
    assert server.injected[kind] >= 1
    assert post(server, messages)["choices"] == good


@pytest.mark.parametrize("kind", ["code_changed", "segment_missing", "two_swapped", "chatter"])
def test_one_fault_an_answer(kind: str) -> None:
    with LoopbackServer() as server:
        good = content(server).splitlines()
    with OneFaultServer(faults={kind: 1.0}) as server:
        bad = content(server).splitlines()
        assert server.injected[kind] == 1
    changed = len(good) - len(set(good) & set(bad))
    assert changed <= 2
    with OneFaultServer(faults={kind: 0.3}) as server:
        answers = [content(server) for _ in range(60)]
    assert 9 <= server.injected[kind] <= 27  # 18 expected
    assert answers.count("\n".join(good)) == 60 - server.injected[kind]


def test_faults_strike_as_often_as_told_and_the_same_way_again(model_server: Start) -> None:
    def run(seed: int) -> tuple[list[str], int]:
        server = model_server(faults={"echo": 0.2}, seed=seed)
        return [content(server) for _ in range(100)], server.injected["echo"]

    answers, struck = run(1)
    assert (answers, struck) == run(1)
    assert answers != run(2)[0]
    assert 50 <= struck <= 110  # 80 of 400 segments expected


def test_chance_is_even() -> None:
    numbers = [chance(7, "kind", i) for i in range(2000)]
    assert 0.45 < sum(numbers) / len(numbers) < 0.55
    assert all(0 <= number < 1 for number in numbers)


def test_unknown_faults_are_refused() -> None:
    with pytest.raises(ValueError, match="chattter"):
        LoopbackServer(faults={"chattter": 1})
    assert "chatter" in KINDS


@pytest.mark.parametrize(
    "name",
    [
        "German",
        "Brazilian Portuguese (pt-BR)",
        "Russian",
        "Japanese",
        "Korean",
        "Traditional Chinese (zh-Hant-HK)",
        "Arabic",
        "Hindi",
        "Thai",
    ],
)
def test_translators_keep_every_mark(name: str) -> None:
    text = "Run `a` <x1/> [the docs](u1) $x+y$ [^1] :smile: \\*no\\* &amp; <b1>bold</b1> **x**."
    target = for_language(name)(text, "")
    for mark in ("`a`", "<x1/>", "](u1)", "$x+y$", "[^1]", ":smile:", "\\*", "&amp;", "<b1>"):
        assert target.count(mark) == text.count(mark), mark
    assert target != text
    assert unaccented(accented(text)) == text


def test_256_requests_at_once_take_one_latency(model_server: Start) -> None:
    server = model_server(latency=0.5)
    body = json.dumps({"model": "m", "messages": prompt()}).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\ncontent-length: {len(body)}\r\n\r\n".encode()

    async def one() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        for _ in range(2):  # the connection is kept alive
            writer.write(head + body)
            await reader.readuntil(b"\r\n\r\n")
            answer = await reader.readuntil(b"}}}")
        writer.close()
        return answer

    async def many() -> list[bytes]:
        return await asyncio.gather(*(one() for _ in range(256)))

    start = time.monotonic()
    answers = asyncio.run(many())
    assert time.monotonic() - start < 5  # one after the other: 256 s
    assert len(answers) == 256
    assert (server.connections, len(server.chats)) == (256, 512)
