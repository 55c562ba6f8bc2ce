"""Takes what was found of an endpoint, gives what to do about it, the weightiest first.

The law: each piece of advice follows from something that was seen and names the setting or the
step that changes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.doctor.diagnosis import Diagnosis

__all__ = ["advice"]

# Tokens. A request shows up to 6,000 tokens of the article (`conversation.context`), and its
# answer is as long as the part that is asked for.
_ROOMY = 16_000
# Tokens below which no provider caches (quality.md 2.2).
_CACHED_FROM = 1024
_SLOW = 30.0  # seconds for four short segments


def advice(found: Diagnosis) -> Iterator[str]:
    """The pieces of advice; none for an endpoint that does as it should."""
    if found.open_key:
        yield "the key goes out unencrypted: use the `https://` address"
    near = f"; near: {', '.join(found.near)}" if found.near else ""
    if found.offered is False:
        yield f"`{found.model}` is not in the list of models{near}"
    for name in found.missing:
        yield f"`{name}` of the config is not in the list of models"
    yield from _of_the_calls(found)
    if found.context is not None and found.context < _ROOMY:
        yield (
            f"a context of {found.context} tokens is little: long articles need up to {_ROOMY};"
            " raise it in the server, or choose another model"
        )


def _of_the_calls(found: Diagnosis) -> Iterator[str]:
    calls = found.calls
    if not calls:
        return
    asked, right = sum(c.asked for c in calls), sum(c.right for c in calls)
    if right < asked:
        yield (
            f"{asked - right} of {asked} segments came back missing or damaged: a run asks for such"
            " again, which costs; a stronger model would not"
        )
    if right and all(call.unchanged == call.right for call in calls):
        yield "everything came back in the language of the source; try another model"
    if not any(call.usage.prompt_tokens for call in calls):
        yield "it does not report tokens: `--max-tokens` and `--max-cost` cannot hold; use others"
    elif any(0 < c.usage.prompt_tokens + c.usage.cached_tokens < c.expected / 2 for c in calls):
        yield (
            "it read less than half of the prompt: its context is cut; raise it in the server"
            " (Ollama: `OLLAMA_CONTEXT_LENGTH`)"
        )
    thinking = sum(call.thinking for call in calls)
    written = sum(call.usage.completion_tokens for call in calls)
    if thinking:
        yield (
            f"{thinking} of {written} output tokens were thoughts, which are paid for: set"
            ' `reasoning = "none"` or `"low"`'
        )
    if found.taken.wished and found.taken.effort != found.taken.wished:
        instead = f"`{found.taken.effort}`" if found.taken.effort else "nothing"
        yield f'`reasoning = "{found.taken.wished}"` is not taken; {instead} is sent instead'
    last = calls[-1].usage
    if len(calls) > 1 and last.prompt_tokens > _CACHED_FROM and not last.cached_tokens:
        yield (
            "no cached tokens were reported for the second request: each language of an article"
            " pays for the whole prompt"
        )
    if max(call.seconds for call in calls) > _SLOW:
        yield "it is slow: set `timeout` to some hundreds of seconds"
