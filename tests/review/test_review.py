"""A reviewer's verdicts: what is corrected, what is only told, and what is not believed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.backends.asking import backend
from tests.servers.critic import CriticServer, Verdicts
from translate_pipeline.article import parse
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Batch, Brief, Finding, LocalePair, Severity
from translate_pipeline.resources import read_prompt
from translate_pipeline.review import Reviewed, Reviewer

PAIR = LocalePair(parse_locale("en"), parse_locale("de"))
FRAME = Batch(PAIR, (), instruction="Be brief.")
BRIEF = Brief(load_style(PAIR.target), load_style(PAIR.source))
SOURCE = "Never open the valve.\n\nRun `make` and see [the notes](a.md).\n\nIt is late now.\n"
TARGETS = {
    1: "Öffnen Sie das Ventil.",
    2: "Rufen Sie `make` auf und lesen Sie [die Hinweise](u1).",
    3: "Es ist jetzt spät.",
}
ARTICLE = parse(SOURCE)


def reviewed(
    verdict: Verdicts,
    *,
    everything: bool = True,
    findings: dict[int, tuple[Finding, ...]] | None = None,
) -> tuple[Reviewed, CriticServer]:
    async def ask(url: str) -> Reviewed:
        critic = backend(url)
        try:
            return await Reviewer(critic, read_prompt("review.md"), everything=everything).review(
                ARTICLE, TARGETS, findings or {}, FRAME, BRIEF
            )
        finally:
            await critic.aclose()

    with CriticServer(verdict) as server:
        return asyncio.run(ask(server.base_url)), server


def only(number: int, said: str | None, others: str | None = "ok") -> Verdicts:
    return lambda source, target: said if target == TARGETS[number] else others


RIGHT = "Öffnen Sie das Ventil nie."


def test_a_grave_error_is_corrected() -> None:
    found, server = reviewed(only(1, f"critical | omission | Öffnen Sie das Ventil | {RIGHT}"))
    assert found.better == {1: RIGHT}
    (note,) = found.findings[1]
    assert note.severity is Severity.WARNING
    assert "corrected" in note.message
    assert found.usage.requests == 1
    assert found.usage.prompt_tokens > 0
    said = str(server.requests[0]["messages"])
    assert "Be brief." in said
    assert "into German" in said


@pytest.mark.parametrize(
    "said",
    [
        f"minor | register | das Ventil | {RIGHT}",  # taste
        f"major | omission | words that are not there | {RIGHT}",
        "major | omission | das Ventil",  # no proposal
        f"major | omission | das Ventil | {TARGETS[1]}",  # nothing new
        "major | omission |  | Ganz anders.",
    ],
)
def test_what_is_only_told(said: str) -> None:
    found, _ = reviewed(only(1, said))
    assert found.better == {}
    assert [finding.check for finding in found.findings[1]] == ["review"]


@pytest.mark.parametrize(
    "proposal",
    [
        "Rufen Sie `mache` auf und lesen Sie [die Hinweise](u1).",
        "Rufen Sie `make` auf und lesen Sie die Hinweise.",
        "Rufen Sie `make` auf, siehe [die Hinweise](u1) und [mehr](https://evil.example/).",
        "Run `make` and see [the notes](u1).",
        "Here is the corrected translation: Rufen Sie `make` auf; [die Hinweise](u1).",
        "`make` [x](u1)",
    ],
)
def test_a_worse_proposal_is_not_taken(proposal: str) -> None:
    found, _ = reviewed(only(2, f"critical | mistranslation | Rufen Sie | {proposal}"))
    assert found.better == {}


@pytest.mark.parametrize("said", ["ok", "OK.", "", "This one is fine!", "blunder | x | y | z"])
def test_what_is_no_verdict(said: str) -> None:
    found, _ = reviewed(lambda source, target: said)
    assert (found.better, found.findings) == ({}, {})


def test_a_reviewer_that_answers_nothing() -> None:
    found, _ = reviewed(lambda source, target: None)
    assert found.better == {}
    assert [f.message for (f,) in found.findings.values()] == ["the reviewer gave no verdict"] * 3


def test_only_what_was_flagged() -> None:
    flagged = {2: (Finding("length", Severity.WARNING, 2, "long"),)}
    found, server = reviewed(
        lambda source, target: "minor | grammar | Rufen | x", everything=False, findings=flagged
    )
    assert list(found.findings) == [2]
    assert TARGETS[1] not in str(server.requests)
    none, server = reviewed(lambda source, target: "ok", everything=False)
    assert (none.usage.requests, server.requests) == (0, [])


def test_a_dead_reviewer_changes_nothing(unused: Callable[[], str]) -> None:
    async def ask() -> Reviewed:
        critic = backend(unused(), attempts=1)
        try:
            return await Reviewer(critic, "x", everything=True).review(
                ARTICLE, TARGETS, {}, FRAME, BRIEF
            )
        finally:
            await critic.aclose()

    found = asyncio.run(ask())
    assert found.better == {}
    assert set(found.findings) == {1, 2, 3}


@pytest.fixture
def unused() -> Callable[[], str]:
    import socket

    def url() -> str:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            return f"http://127.0.0.1:{one.getsockname()[1]}/v1"

    return url
