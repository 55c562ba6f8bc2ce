"""The backend against a real server: what is sent, what comes back, what it costs."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from tests.backends.asking import KEY, TEXTS, ask, backend, batch
from tests.servers import MODEL, LoopbackServer, accented
from translate_pipeline.backends._openai_request import longest_output
from translate_pipeline.errors import ReplyError
from translate_pipeline.model import Usage

Start = Callable[..., LoopbackServer]


def test_a_batch_comes_back_translated(model_server: Start) -> None:
    server = model_server(api_key=KEY)
    (reply,) = ask(backend(server))
    assert reply.targets == {i: accented(text) for i, text in enumerate(TEXTS, start=1)}
    assert reply.faults == ()
    assert reply.model == MODEL
    assert reply.usage.requests == len(server.requests) == 1


def test_only_the_wanted_segments_are_asked(model_server: Start) -> None:
    server = model_server()
    (reply,) = ask(backend(server), batch(wanted=(1, 3)))
    assert set(reply.targets) == {1, 3}
    (chat,) = server.chats
    assert chat.task is not None
    assert [segment.text for segment in chat.task.article] == list(TEXTS)
    assert [segment.id for segment in chat.task.wanted] == [1, 3]


@pytest.mark.parametrize("reasons", [{}, {2: "link target (u1) missing"}])
@pytest.mark.parametrize("target", ["de", "pt-BR", "hant"])
def test_the_model_understands_the_task(
    model_server: Start, target: str, reasons: dict[int, str]
) -> None:
    server = model_server()
    asked = batch(target=target, wanted=(2, 3), reasons=reasons)
    ask(backend(server), asked)
    (chat,) = server.chats
    assert chat.task is not None
    assert chat.task.language.startswith(asked.pair.target.english.partition(" (")[0])
    assert "anew" not in chat.task.language
    assert [segment.id for segment in chat.task.wanted] == [2, 3]
    assert chat.task.again == bool(reasons)
    assert all(reason in chat.task.text for reason in reasons.values())


def test_what_is_sent(model_server: Start) -> None:
    server = model_server()
    one = batch()
    ask(backend(server), one)
    (chat,) = server.chats
    assert chat.path == "/v1/chat/completions"
    assert chat.headers["authorization"] == f"Bearer {KEY}"
    assert {k: v for k, v in chat.body.items() if k != "messages"} == {
        "model": MODEL,
        "temperature": 0.0,
        "max_tokens": longest_output(one),
    }


@pytest.mark.parametrize(
    ("temperature", "reasons", "sent"),
    [
        (0.0, {}, 0.0),
        (0.0, {2: "not translated"}, 0.3),  # at 0 the same answer would come back
        (0.7, {2: "not translated"}, 0.7),
        (None, {2: "not translated"}, None),
    ],
)
def test_temperature(
    model_server: Start, temperature: float | None, reasons: dict[int, str], sent: float | None
) -> None:
    server = model_server()
    ask(backend(server, temperature=temperature, limit_output=False), batch(reasons=reasons))
    (chat,) = server.chats
    assert chat.body.get("temperature") == sent
    assert "max_tokens" not in chat.body


@pytest.mark.parametrize("target", ["de", "ru", "uk", "ar", "he", "hi", "ja", "ko", "zh", "th"])
def test_the_output_limit_cuts_no_answer(model_server: Start, target: str) -> None:
    server = model_server()
    texts = [f"Sentence {i} of an article that is neither short nor long." for i in range(60)]
    (reply,) = ask(backend(server), batch(*texts, target=target))
    assert len(reply.targets) == 60
    assert reply.faults == ()


def test_a_cut_answer_gives_its_complete_segments(model_server: Start) -> None:
    server = model_server(script=["truncated_length"])
    texts = [f"Sentence number {i} of a longer text." for i in range(20)]
    (reply,) = ask(backend(server), batch(*texts))
    assert "truncated" in reply.faults
    assert 0 < len(reply.targets) < 20
    assert all(reply.targets[i] == accented(texts[i - 1]) for i in reply.targets)


def test_silence_before_the_end_is_a_fault(model_server: Start) -> None:
    server = model_server(script=["truncated_silent"])
    texts = [f"Sentence number {i} of a longer text." for i in range(20)]
    (reply,) = ask(backend(server), batch(*texts))
    assert reply.faults
    assert all(reply.targets[i] == accented(texts[i - 1]) for i in reply.targets)


def test_usage_counts_every_request_and_what_was_paid(model_server: Start) -> None:
    server = model_server(script=["http_429_ms", "finish_error", "empty"], cost=0.001)
    (reply,) = ask(backend(server))
    usage = reply.usage
    assert usage.requests == len(server.requests) == 4
    # Two of the four answers reported usage: the empty one (nothing) and the good one.
    (alone,) = ask(backend(model_server(cost=0.001)))
    assert usage.completion_tokens == alone.usage.completion_tokens > 0
    assert usage.prompt_tokens == 2 * alone.usage.prompt_tokens > 0
    assert usage.cost == pytest.approx(0.001 * usage.completion_tokens)


def test_cached_tokens_are_reported(model_server: Start) -> None:
    server = model_server()

    async def twice() -> list[Usage]:
        asked = backend(server)
        replies = [await asked.translate(batch(wanted=(i,))) for i in (1, 2)]
        await asked.aclose()
        return [reply.usage for reply in replies]

    first, second = asyncio.run(twice())
    assert first.cached_tokens == 0
    assert 0 < second.cached_tokens < second.prompt_tokens
    assert first.cost is None


# --- parameters an endpoint does not take ---------------------------------------

OLD_NAME = (
    "Unsupported parameter: 'max_tokens' is not supported with this model."
    " Use 'max_completion_tokens' instead."
)


@pytest.mark.parametrize(
    ("rejects", "requests", "sent"),
    [
        ({"temperature": "Unsupported value: 'temperature' does not support 0."}, 2, "max_tokens"),
        ({"max_tokens": OLD_NAME}, 2, "max_completion_tokens temperature"),
        ({"max_tokens": OLD_NAME, "max_completion_tokens": "unknown field"}, 3, "temperature"),
        ({"max_tokens": "max_tokens is too large: 9999"}, 2, "temperature"),
        (
            {"temperature": "no", "max_tokens": OLD_NAME, "max_completion_tokens": "unknown"},
            4,
            "",
        ),
    ],
)
def test_a_refused_parameter_is_left_out_for_good(
    model_server: Start, rejects: dict[str, str], requests: int, sent: str
) -> None:
    server = model_server(rejects=rejects)

    async def twice() -> None:
        asked = backend(server)
        reply = await asked.translate(batch())
        assert reply.usage.requests == requests
        assert (await asked.translate(batch())).usage.requests == 1
        await asked.aclose()

    asyncio.run(twice())
    last = server.chats[-1].body
    assert " ".join(sorted(last.keys() - {"model", "messages"})) == sent


def test_many_tasks_learn_at_once(model_server: Start) -> None:
    server = model_server(rejects={"temperature": "no", "max_tokens": OLD_NAME}, latency=0.02)
    replies = ask(backend(server), *(batch() for _ in range(8)))
    assert all(len(reply.targets) == len(TEXTS) for reply in replies)
    assert max(reply.usage.requests for reply in replies) <= 4


def test_a_limit_used_up_by_thinking_is_lifted(model_server: Start) -> None:
    server = model_server(script=["exhausted"])
    (reply,) = ask(backend(server))
    assert len(reply.targets) == len(TEXTS)
    assert ["max_tokens" in chat.body for chat in server.chats] == [True, False]


def test_without_a_limit_thinking_in_vain_is_an_error(model_server: Start) -> None:
    server = model_server(script=["exhausted"] * 9)
    with pytest.raises(ReplyError, match="let it think less"):
        ask(backend(server))
    assert len(server.requests) == 2


# --- loops, connections, imports -------------------------------------------------


def test_one_backend_serves_several_loops(model_server: Start) -> None:
    server = model_server()
    asked = backend(server)

    async def one() -> int:
        return len((await asked.translate(batch())).targets)

    async def one_and_close() -> int:
        try:
            return await one()
        finally:
            await asked.aclose()
            await asked.aclose()  # may be repeated

    assert [asyncio.run(one()), asyncio.run(one_and_close()), asyncio.run(one())] == [3, 3, 3]

    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(asyncio.run(one_and_close())))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [3, 3, 3]


def test_closing_closes_the_connections_and_the_next_call_opens_new_ones(
    model_server: Start,
) -> None:
    server = model_server()

    async def run() -> None:
        asked = backend(server)
        await asked.aclose()  # nothing open yet
        await asked.translate(batch())
        await asked.translate(batch())
        assert (server.connections, server.open_connections) == (1, 1)  # kept alive
        await asked.aclose()
        for _ in range(100):
            if server.open_connections == 0:
                break
            await asyncio.sleep(0.01)
        assert server.open_connections == 0
        await asked.translate(batch())
        assert server.connections == 2
        await asked.aclose()

    asyncio.run(run())


@pytest.mark.parametrize("most", [3, 20])  # one pool of connections, and several
def test_no_more_requests_at_once_than_allowed(model_server: Start, most: int) -> None:
    server = model_server(latency=0.1)
    replies = ask(backend(server, concurrency=most), *(batch() for _ in range(3 * most)))
    assert len(replies) == 3 * most
    assert server.connections == most


def test_the_sdk_is_imported_at_the_first_request_only() -> None:
    code = """
import sys
from translate_pipeline.backends import BackendSettings, open_backend
open_backend("openai", BackendSettings(model="m", api_key="k"))
heavy = {"openai", "httpx", "httpx2", "pydantic"} & sys.modules.keys()
sys.exit(f"imported: {heavy}" if heavy else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
