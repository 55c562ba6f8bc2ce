"""Takes the scenarios below, gives `cassettes/*.yaml`: what the real openai client said and heard.

The law: a cassette says what answered (the loopback model server of the tests, no commercial
model), holds no key, and replays without a network: its host `model.invalid` does not exist.

    python -m tests.record_cassettes            record all of them anew
    python -m tests.record_cassettes NAME …     only these

Record again whenever `prompts/`, the wire format or the scenarios change: a replay compares
the whole request.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vcr  # type: ignore[import-untyped]
import yaml

from tests.servers import MODEL, LoopbackServer
from translate_pipeline.article import parse, repeats
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.errors import BackendError
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Batch, Kind, LocalePair, Reply, Segment, Term

CASSETTES = Path(__file__).resolve().parents[1] / "cassettes"
EXAMPLE = CASSETTES.parent / "examples" / "blog" / "notes" / "2025-11-03-brass-computer-en.md"
REPLAY_URL = "http://model.invalid/v1"
# What the recorder sends as a key; a test looks for it in the cassettes.
RECORDING_KEY = "sk-recording-0000-not-a-real-key"

NOTICE = f"""\
# Recorded by `python -m tests.record_cassettes` from the project's loopback model server
# ({MODEL}, tests/servers), which is no commercial model: its "translation" is nonsense
# with the right marks. Host and key are replaced; do not edit, record again.
"""

# A small article, as segments (what `article.parse` makes of such a text).
_ARTICLE = (
    (Kind.TITLE, "Ship it twice"),
    (Kind.FRONT_MATTER, "How we publish one article in nine languages from a git hook."),
    (Kind.HEADING, "Why a hook?"),
    (Kind.PARAGRAPH, "We run `make publish` and forget about it. See [the docs](u1)."),
    (Kind.LIST_ITEM, "It is **fast**: 1,200 files in 3.5 seconds."),
    (Kind.LIST_ITEM, "It is *cheap*: <x1/> pays for a year.[^1]"),
    (Kind.TABLE_CELL, "Requests"),
    (Kind.QUOTE, "“It just works :rocket:”, said nobody <b1>ever</b1>."),
    (Kind.IMAGE_ALT, "A hook on a wall"),
    (Kind.FOOTNOTE, "At the price of $p = 0.02$ per article."),
)
SEGMENTS = tuple(
    Segment(number, kind, text, 0, 0, level=2 if kind is Kind.HEADING else 0)
    for number, (kind, text) in enumerate(_ARTICLE, start=1)
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Batches asked one after the other, and the faults of the server's first answers."""

    name: str
    batches: tuple[Batch, ...]
    script: tuple[str | None, ...] = ()
    rejects: tuple[tuple[str, str], ...] = ()


def _batch(target: str, wanted: Sequence[int] = (), reasons: dict[int, str] | None = None) -> Batch:
    return Batch(
        pair=LocalePair(parse_locale("en"), parse_locale(target)),
        segments=tuple(s for s in SEGMENTS if not wanted or s.id in wanted),
        article=SEGMENTS,
        reasons=reasons or {},
        glossary=(Term("hook", avoid=("Haken",)), Term("article", "Artikel")),
        instruction="Address the reader informally.",
    )


def _example(target: str) -> Batch:
    """What `Pipeline` asks first for the example article."""
    text = EXAMPLE.read_bytes().decode()
    segments = parse(text, "jekyll").segments
    return Batch(
        pair=LocalePair(parse_locale("en"), parse_locale(target)),
        segments=tuple(repeats.asked(segments)),
        article=segments,
    )


_OLD_NAME = "'max_tokens' is not supported. Use 'max_completion_tokens' instead."

SCENARIOS = (
    Scenario("example-de", (_example("de"),)),
    Scenario("example-ja", (_example("ja"),)),
    Scenario("article-de", (_batch("de"),)),
    Scenario("article-zh-Hant", (_batch("hant"),)),
    Scenario("asked-again", (_batch("de", [4, 6], {4: "code span missing", 6: "<x1/> missing"}),)),
    Scenario("rate-limited", (_batch("de", [1]),), script=("http_429_ms", "http_503")),
    Scenario("truncated", (_batch("de"),), script=("truncated_length",)),
    Scenario("odd-answers", (_batch("de", [3]),), script=("error_200", "null", "html_200")),
    Scenario(
        "parameter-refused",
        (_batch("de", [1]), _batch("de", [2])),
        rejects=(("max_tokens", _OLD_NAME),),
    ),
    Scenario("no-credit", (_batch("de", [1]), _batch("de", [2])), script=("http_402",)),
)


class _Readable:
    """vcrpy's YAML with the notice on top, and letters instead of escapes."""

    @staticmethod
    def serialize(cassette: Any) -> str:
        text: str = yaml.safe_dump(cassette, allow_unicode=True, width=100, sort_keys=True)
        return NOTICE + text

    @staticmethod
    def deserialize(text: str) -> Any:
        return yaml.safe_load(text)


def _request(request: Any) -> Any:
    request.uri = re.sub(r"^http://127\.0\.0\.1:\d+/v1", REPLAY_URL, request.uri)
    kept = ("content-type",)
    request.headers = {k: v for k, v in request.headers.items() if k.lower() in kept}
    return request


def _response(response: Any) -> Any:
    kept = ("content-type", "server", "retry-after", "retry-after-ms")
    response["headers"] = {k: v for k, v in response["headers"].items() if k.lower() in kept}
    return response


def recorder() -> vcr.VCR:
    """The one configuration for recording and for replaying."""
    player = vcr.VCR(
        cassette_library_dir=str(CASSETTES),
        path_transformer=vcr.VCR.ensure_suffix(".yaml"),
        match_on=["method", "scheme", "host", "port", "path", "query", "body"],
        before_record_request=_request,
        before_record_response=_response,
        decode_compressed_response=True,
        serializer="readable",
    )
    player.register_serializer("readable", _Readable)
    return player


def play(scenario: Scenario, base_url: str, api_key: str) -> list[Reply | BackendError]:
    """The outcomes of the scenario's batches, in order."""

    async def run() -> list[Reply | BackendError]:
        backend = OpenAIBackend(model=MODEL, base_url=base_url, api_key=api_key, backoff=0.01)
        outcomes: list[Reply | BackendError] = []
        for batch in scenario.batches:
            try:
                outcomes.append(await backend.translate(batch))
            except BackendError as error:
                outcomes.append(error)
        await backend.aclose()
        return outcomes

    return asyncio.run(run())


def record(scenario: Scenario) -> Path:
    """Record one scenario anew."""
    path = CASSETTES / f"{scenario.name}.yaml"
    path.unlink(missing_ok=True)
    server = LoopbackServer(script=scenario.script, rejects=dict(scenario.rejects))
    with server, recorder().use_cassette(scenario.name, record_mode="once"):
        play(scenario, server.base_url, RECORDING_KEY)
    return path


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.record_cassettes")
    parser.add_argument("names", nargs="*", choices=[[], *(s.name for s in SCENARIOS)])
    names = parser.parse_args(argv).names
    for scenario in SCENARIOS:
        if not names or scenario.name in names:
            path = record(scenario)
            print(f"{path.relative_to(CASSETTES.parent)}  {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
