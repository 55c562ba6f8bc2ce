"""The recordings of the real client: replayed to the end, without a key, without a network."""

from __future__ import annotations

import asyncio
import re

import pytest
import vcr.errors  # type: ignore[import-untyped]

from tests.backends.asking import KEY, backend, batch
from tests.record_cassettes import (
    CASSETTES,
    EXAMPLE,
    NOTICE,
    RECORDING_KEY,
    REPLAY_URL,
    SCENARIOS,
    SEGMENTS,
    Scenario,
    play,
    recorder,
)
from tests.servers import MODEL, accented
from tests.servers.http import SERVER_NAME
from tests.servers.translators import for_language
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.errors import BackendError, CreditError
from translate_pipeline.model import Reply
from translate_pipeline.pipeline import Pipeline

AGAIN = "record again: python -m tests.record_cassettes"

# name -> (requests per batch, ids answered per batch, faults)
_EXAMPLES = {s.name: s for s in SCENARIOS if s.name.startswith("example-")}

EXPECTED: dict[str, tuple[list[int], list[set[int]]]] = {
    **{n: ([1], [{x.id for x in s.batches[0].segments}]) for n, s in _EXAMPLES.items()},
    "article-de": ([1], [{s.id for s in SEGMENTS}]),
    "article-zh-Hant": ([1], [{s.id for s in SEGMENTS}]),
    "asked-again": ([1], [{4, 6}]),
    "rate-limited": ([3], [{1}]),
    "odd-answers": ([4], [{3}]),
    "parameter-refused": ([2, 1], [{1}, {2}]),
}


def replay(scenario: Scenario) -> list[Reply | BackendError]:
    path = CASSETTES / f"{scenario.name}.yaml"
    assert path.exists(), f"{path.name} is missing; {AGAIN}"
    with recorder().use_cassette(scenario.name, record_mode="none") as cassette:
        try:
            outcomes = play(scenario, REPLAY_URL, KEY)
        except Exception as error:
            error.add_note(f"if prompts or wire format changed, {AGAIN}")
            raise
    assert cassette.all_played, f"{path.name} holds requests that are no longer made; {AGAIN}"
    return outcomes


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_replay(scenario: Scenario) -> None:
    outcomes = replay(scenario)
    assert len(outcomes) == len(scenario.batches)
    if scenario.name == "no-credit":
        assert [type(outcome) for outcome in outcomes] == [CreditError, CreditError]
        return
    replies = [outcome for outcome in outcomes if isinstance(outcome, Reply)]
    assert len(replies) == len(outcomes), outcomes
    if scenario.name == "truncated":
        (reply,) = replies
        assert "truncated" in reply.faults
        assert 0 < len(reply.targets) < len(SEGMENTS)
    else:
        requests, answered = EXPECTED[scenario.name]
        assert [reply.usage.requests for reply in replies] == requests
        assert [set(reply.targets) for reply in replies] == answered
        assert all(reply.faults == () for reply in replies)
    for asked, reply in zip(scenario.batches, replies, strict=True):
        translate = for_language(asked.pair.target.english)
        for segment in asked.segments:
            if segment.id in reply.targets:
                assert reply.targets[segment.id] == translate(segment.text, "")


@pytest.mark.parametrize("name", _EXAMPLES)
def test_the_example_article_is_translated_from_its_recording(name: str) -> None:
    """The whole line, replayed: the request is the recorded one, the article is proven."""
    text = EXAMPLE.read_bytes().decode()
    asked = OpenAIBackend(model=MODEL, base_url=REPLAY_URL, api_key=KEY)
    target = name.removeprefix("example-")
    with recorder().use_cassette(name, record_mode="none") as cassette:
        result = Pipeline(backend=asked, target=target, dialect="jekyll").translate(text)
    assert cassette.all_played
    assert result.ok, result.findings
    assert result.text is not None
    assert f"\nlang: {target}\n" in result.text
    assert "\ntranslated: true\n" in result.text
    assert result.usage.requests == 1


def test_every_cassette_belongs_to_a_scenario() -> None:
    assert {path.stem for path in CASSETTES.glob("*.yaml")} == {s.name for s in SCENARIOS}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_cassette_says_who_answered_and_holds_no_key(scenario: Scenario) -> None:
    text = (CASSETTES / f"{scenario.name}.yaml").read_text(encoding="utf-8")
    assert text.startswith(NOTICE)
    assert SERVER_NAME in text
    assert RECORDING_KEY not in text
    assert not re.search(r"(?i)authorization|bearer|\bsk-|api[-_]?key|cookie", text)
    assert not re.search(r"127\.0\.0\.1|localhost|/home/|/root/", text)


def test_canary_vcrpy_intercepts_the_sdk() -> None:
    """An SDK on an HTTP stack that vcrpy does not know would go to the network unseen.

    The request is in no cassette. vcrpy must be the one that stops it: its own error comes
    through as it is (openai 3), or is hidden in a connection error (openai 2). If instead the
    blocked network answers, vcrpy is too old for the SDK.
    """
    name = "no-such-cassette"

    async def run() -> None:
        asked = backend(REPLAY_URL, attempts=1)
        try:
            await asked.translate(batch("Not recorded."))
        finally:
            await asked.aclose()

    with (
        recorder().use_cassette(name, record_mode="none"),
        pytest.raises(
            (vcr.errors.CannotOverwriteExistingCassetteException, BackendError)
        ) as caught,
    ):
        asyncio.run(run())
    assert "Can't play back this request" in str(caught.value)
    assert not (CASSETTES / f"{name}.yaml").exists()


def test_the_network_is_blocked() -> None:
    """What the canary relies on: without a cassette the same request dies at our block."""

    async def run() -> None:
        asked = backend("http://192.0.2.1/v1", attempts=1)
        try:
            await asked.translate(batch("Not recorded."))
        finally:
            await asked.aclose()

    with pytest.raises(BaseException) as caught:  # noqa: PT011 - a group under openai 3
        asyncio.run(run())
    assert "tests may only use 127.0.0.1" in _all_text(caught.value)


def _all_text(error: BaseException | None) -> str:
    if error is None:
        return ""
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return " ".join([str(error), *map(_all_text, inner), _all_text(error.__cause__)])


def test_accents_can_be_taken_off_again() -> None:
    from tests.servers import unaccented

    for segment in SEGMENTS:
        assert unaccented(accented(segment.text)) == segment.text
