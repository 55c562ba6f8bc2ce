"""Takes texts, gives a batch of segments; takes a server, gives a backend that fails fast."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from tests.servers import MODEL, LoopbackServer
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Batch, Kind, LocalePair, Reply, Segment

KEY = "sk-test-0123456789abcdef"
TEXTS = (
    "Why a hook?",
    "We run `make publish` and forget about it. See [the docs](u1).",
    "It is **fast**: 1,200 files in 3.5 seconds.",
)


def batch(
    *texts: str,
    target: str = "de",
    wanted: tuple[int, ...] = (),
    reasons: Mapping[int, str] | None = None,
    fallback: int = 0,
) -> Batch:
    """A batch of the texts as paragraphs 1, 2, …; `wanted` asks for some of them only."""
    segments = tuple(
        Segment(number, Kind.PARAGRAPH, text, 0, 0)
        for number, text in enumerate(texts or TEXTS, start=1)
    )
    return Batch(
        pair=LocalePair(parse_locale("en"), parse_locale(target)),
        segments=tuple(s for s in segments if not wanted or s.id in wanted),
        article=segments,
        reasons=reasons or {},
        fallback=fallback,
    )


def backend(
    server: LoopbackServer | str,
    *,
    model: str = MODEL,
    api_key: str = KEY,
    concurrency: int = 8,
    timeout: float = 10.0,
    attempts: int = 5,
    backoff: float = 0.01,
    temperature: float | None = 0.0,
    limit_output: bool = True,
    fallback_models: Sequence[str] = (),
    models: Mapping[str, str] | None = None,
    provider: Mapping[str, object] | None = None,
    reasoning: str = "",
    extra_body: Mapping[str, object] | None = None,
) -> OpenAIBackend:
    """A backend that talks to the server and does not wait long."""
    return OpenAIBackend(
        model=model,
        base_url=server if isinstance(server, str) else server.base_url,
        api_key=api_key,
        concurrency=concurrency,
        timeout=timeout,
        attempts=attempts,
        backoff=backoff,
        temperature=temperature,
        limit_output=limit_output,
        fallback_models=fallback_models,
        models=models,
        provider=provider,
        reasoning=reasoning,
        extra_body=extra_body,
    )


def ask(asked: OpenAIBackend, *batches: Batch) -> list[Reply]:
    """The replies to all batches at once, in order; closes the backend."""

    async def run() -> list[Reply]:
        try:
            return await asyncio.gather(*(asked.translate(one) for one in batches or (batch(),)))
        finally:
            await asked.aclose()

    return asyncio.run(run())
