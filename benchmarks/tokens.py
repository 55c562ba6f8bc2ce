"""Real articles in, what translating them costs out: tokens per token of the source file.

Each article goes through the pipeline and the real openai client to a loopback server. The
prompt is what arrived there, message texts and the 11 tokens of a chat's frame; the
completion is the answer in the wire format with the *source* text standing in for the
target, so that the figure is the format's and not a language's. (A published translation, where
the data beside the project has one, is counted as well.) All counts are exact, o200k.

    python -m benchmarks.tokens [--files] [--per-size 6]

Cost index: prompt + 4 × completion, per source token; output costs four times input and more.
Effective: a beginning that a request shares with an earlier one of the article counts a tenth from
1,024 tokens on, in steps of 128, as most providers bill it (`conversation/plan.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from rs_bpe.bpe import openai as vocabularies
from tests.servers.loopback import MODEL, LoopbackServer, Recorded

from benchmarks._corpus import ROOT, SHARED, Table, files, is_english
from translate_pipeline.article import ArticleOptions, parse
from translate_pipeline.article.marks import split
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.conversation import wire
from translate_pipeline.conversation.plan import CACHED, LEAST_CACHED
from translate_pipeline.errors import TranslatePipelineError
from translate_pipeline.model import Segment
from translate_pipeline.pipeline import Pipeline

__all__ = ["main", "measure"]

#: Source tokens of the five sizes, and how far a file may be off.
SIZES = (300, 700, 1400, 3000, 8000)
_NEAR = {300: 0.15, 700: 0.15, 1400: 1 / 7, 3000: 0.15, 8000: 0.25}
#: "Real articles": prose by this share of the file's tokens, as notes, posts and pages are.
PROSE = (0.50, 0.66)
#: What issue 2 asks of articles of about 1,400 tokens.
PROMPT, COMPLETION = 1.1, 0.72
_FRAME = 11  # tokens of two messages' and the answer's frame in the o200k chat format
_COUNT = vocabularies.o200k_base().count


class Source(NamedTuple):
    """An article that was chosen: its tokens, and the share of them that is bare prose."""

    path: Path
    text: str
    dialect: str
    tokens: int
    prose: float


@dataclass(frozen=True, slots=True)
class Cost:
    """Tokens per source token, and requests. `effective` is the prompt with cached beginnings."""

    prompt: float
    completion: float
    requests: int
    effective: float

    @property
    def index(self) -> float:
        return self.prompt + 4 * self.completion

    @property
    def tokens(self) -> float:
        """Prompt and completion, cached beginnings counted as they are billed."""
        return self.effective + self.completion


def measure(sources: Iterable[Source], target: str = "de") -> list[Cost]:
    """What the real client sends for each article, and the answer it asks for."""
    costs = []
    with LoopbackServer() as server:
        backend = OpenAIBackend(model=MODEL, base_url=server.base_url, api_key="none")
        for source in sources:
            server.requests.clear()
            Pipeline(backend=backend, target=target, dialect=source.dialect).translate(source.text)
            # What is asked again is for `benchmarks.faults`; the other shapes ask nothing again.
            sent = [chat for chat in server.chats if chat.task and not chat.task.again]
            completion = sum(_COUNT(_answer(chat)) for chat in sent)
            requests = ["\n".join(_contents(chat)) for chat in sent]
            costs.append(_cost(requests, completion, source.tokens))
        asyncio.run(backend.aclose())
    return costs


def _cost(requests: Sequence[str], completion: int, tokens: int) -> Cost:
    """What the requests of one article cost, sent one after the other."""
    prompt = [_FRAME + _COUNT(text) for text in requests]
    saved = 0.0
    for index, text in enumerate(requests):
        shared = max((_shared(text, earlier) for earlier in requests[:index]), default=0)
        if shared >= LEAST_CACHED:
            saved += (1 - CACHED) * (shared - shared % 128)
    whole = sum(prompt)
    return Cost(whole / tokens, completion / tokens, len(requests), (whole - saved) / tokens)


def _shared(text: str, earlier: str) -> int:
    """Tokens of the beginning that both have."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, earlier)))  # noqa: B905
    return int(_COUNT(text[:same]))


def _prompt(chat: Recorded) -> int:
    return _FRAME + sum(_COUNT(content) for content in _contents(chat))


def _contents(chat: Recorded) -> list[str]:
    messages = chat.body["messages"]
    assert isinstance(messages, list)
    return [message["content"] for message in messages]


def _answer(chat: Recorded) -> str:
    assert chat.task is not None
    lines = [f"<{segment.id}>{segment.text}" for segment in chat.task.wanted]
    return "\n".join([*lines, wire.END])


# --- which articles -------------------------------------------------------------


def chosen(paths: Iterable[tuple[Path, str, str]]) -> dict[int, list[Source]]:
    """English articles with a prose share in `PROSE`, by the size they are near."""
    found: dict[int, list[Source]] = {size: [] for size in SIZES}
    for path, text, dialect in paths:
        tokens = _COUNT(text)
        size = next((s for s in SIZES if abs(tokens - s) <= _NEAR[s] * s), None)
        if size is None or not is_english(text):
            continue
        try:
            segments = parse(text, dialect).segments
        except TranslatePipelineError:
            continue
        prose = _COUNT(words(s for s in segments if not s.keep)) / tokens
        if PROSE[0] <= prose <= PROSE[1]:
            found[size].append(Source(path, text, dialect, tokens, prose))
    return found


def words(segments: Iterable[Segment]) -> str:
    """The bare prose: segments without their marks, one a line."""
    return "\n".join(
        "".join(piece for is_mark, piece in split(segment.text) if not is_mark).strip()
        for segment in segments
    )


# --- other shapes, by the same counter ---------------------------------------------

_SHORT = (
    "You are a professional translator. Translate the following Markdown text from English into"
    " German. Keep the formatting, code, links and names as they are. Answer with the translation"
    " only, without any comment."
)
_JSON = (
    "You are a professional translator. Translate the values of the JSON object from English into"
    " German. Keep the keys, formatting, code, links and names as they are. Answer with the JSON"
    " object only."
)
_BATCH = 20


def shapes(source: Source) -> dict[str, Cost]:
    """What simple programs would send: a prompt of about 40 tokens and no context."""
    article = parse(source.text, source.dialect)
    # They send links and tags as they are in the file.
    raw = [article.source[s.start : s.end].decode() for s in article.segments if not s.keep]
    parts = [
        json.dumps({str(i): text for i, text in enumerate(raw[k : k + _BATCH], k)}, indent=2)
        for k in range(0, len(raw), _BATCH)
    ]
    n = source.tokens
    alone = [f"{_SHORT}\n{text}" for text in raw]
    batches = [f"{_JSON}\n{part}" for part in parts]
    return {
        "each segment alone": _cost(alone, sum(map(_COUNT, raw)), n),
        "whole file": _cost([f"{_SHORT}\n{source.text}"], n, n),
        "JSON, batches of 20": _cost(batches, sum(map(_COUNT, parts)), n),
    }


# --- the published translation ---------------------------------------------------

_KEPT = ("de", "es", "fr", "ar", "hi", "ja")
_TRANSLATED = ("zh", "hant")


def published(folder: Path) -> list[tuple[str, float, float]]:
    """(locale, prompt, completion) of the note with published targets, per source token."""
    text = (folder / "source-en.md").read_bytes().decode()
    tokens = _COUNT(text)
    result = []
    for locale in (*_KEPT, *_TRANSLATED):
        references = "keep" if locale in _KEPT else "translate"
        options = ArticleOptions(references=references)
        target = (folder / f"target-{locale}.md").read_bytes().decode()
        pairs = zip(
            parse(text, "jekyll", options).segments,
            parse(target, "jekyll", options).segments,
            strict=True,
        )
        answers = {a.text: b.text for a, b in pairs}
        with LoopbackServer(lambda text, _, answers=answers: answers[text]) as server:  # type: ignore[misc]
            backend = OpenAIBackend(model=MODEL, base_url=server.base_url, api_key="none")
            pipeline = Pipeline(
                backend=backend, target=locale, dialect="jekyll", references=references
            )
            pipeline.translate(text)
            chats = server.chats
        completion = 0
        for chat in chats:
            assert chat.task is not None
            lines = [f"<{s.id}>{answers[s.text]}" for s in chat.task.wanted]
            completion += _COUNT("\n".join([*lines, wire.END]))
        result.append((locale, sum(map(_prompt, chats)) / tokens, completion / tokens))
    return result


def _examples() -> list[Path]:
    return sorted((ROOT / "examples" / "blog").glob("*/*-en.md"))


# --- the tables --------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tokens", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--files", action="store_true", help="a line for each file near 1,400")
    parser.add_argument("--per-size", type=int, default=0, help="at most so many files per size")
    parser.add_argument("--examples", action="store_true", help="the examples, without the corpus")
    given = parser.parse_args(argv)
    if given.examples:
        read = [(p, p.read_bytes().decode()) for p in _examples()]
        sources = [Source(p, text, "jekyll", _COUNT(text), 0.0) for p, text in read]
        _print_sizes({0: sources})
        return 0
    by_size = chosen(files())
    if given.per_size:
        by_size = {size: found[: given.per_size] for size, found in by_size.items()}
    costs = _print_sizes(by_size)
    _print_target(by_size[1400], costs[1400], each=given.files)
    if (SHARED / "seed").is_dir():
        table = Table("note, published target", "prompt", "completion")
        for row in published(SHARED / "seed"):
            table.add(*row)
        print(f"\n{table}")
    return 0


def _print_sizes(by_size: dict[int, list[Source]]) -> dict[int, list[Cost]]:
    table = Table(
        "shape", "size", "files", "prompt", "effective", "completion", "effective + completion",
        "requests", "cost index",
    )  # fmt: skip
    costs = {}
    for size, sources in by_size.items():
        if not sources:
            continue
        costs[size] = measure(sources)
        rows = {"this pipeline": costs[size]}
        for name in shapes(sources[0]):
            rows[name] = [shapes(source)[name] for source in sources]
        for name, found in rows.items():
            means = [
                statistics.mean(values)
                for values in zip(
                    *(
                        (c.prompt, c.effective, c.completion, c.tokens, c.requests, c.index)
                        for c in found
                    ),
                    strict=True,
                )
            ]
            table.add(name, size or "all", len(found), *map(float, means))
    print("Means, per token of the source file\n")
    print(table)
    return costs


def _print_target(sources: Sequence[Source], costs: Sequence[Cost], *, each: bool) -> None:
    if not sources:
        return
    if each:
        table = Table("file", "tokens", "prose", "prompt", "completion", "requests")
        for s, c in zip(sources, costs, strict=True):
            name = "/".join(s.path.parts[-2:])
            table.add(name, s.tokens, s.prose, c.prompt, c.completion, c.requests)
        print(f"\n{table}")
    table = Table("about 1,400 tokens", "mean", "median", "target", "files that meet it")
    for name, values, target in (
        ("prose share", [s.prose for s in sources], 0.0),
        ("prompt", [c.prompt for c in costs], PROMPT),
        ("completion", [c.completion for c in costs], COMPLETION),
        ("requests", [float(c.requests) for c in costs], 1.0),
    ):
        met = f"{sum(v <= target for v in values)} of {len(values)}" if target else "-"
        table.add(name, statistics.mean(values), statistics.median(values), target or "-", met)
    both = sum(c.prompt <= PROMPT and c.completion <= COMPLETION for c in costs)
    print(f"\n{table}\n\nprompt and completion: {both} of {len(costs)}")


if __name__ == "__main__":
    sys.exit(main())
