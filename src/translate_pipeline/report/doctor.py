"""Takes a diagnosis of an endpoint, gives the lines a person reads and the document for programs.

The law: the last line is the verdict, and says what to do where it is not good. What came from
the endpoint is made printable.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from translate_pipeline.doctor import Call, Diagnosis
from translate_pipeline.report.text import printable

__all__ = ["doctor_document", "doctor_lines"]

_MILLION = 1e6


def doctor_lines(found: Diagnosis, locale: str) -> Iterator[str]:
    """What was found, the advice, the verdict; `locale` is what was translated into."""
    for name, text in _facts(found, locale):
        yield printable(f"{name:<10} {text}")
    for text in found.advice:
        yield printable(f"advice     {text}")
    for text in found.faults:
        yield printable(f"fault      {text}")
    if found.unasked:
        yield "verdict    not tested"
    elif found.usable:
        yield "verdict    usable"
    else:
        yield "verdict    not usable: mend what is named above and run this again"


def doctor_document(found: Diagnosis, exit_code: int) -> str:
    """The same as JSON; `usable` is null where no model was asked."""
    document = {
        "version": 1,
        "command": "doctor",
        "exit_code": exit_code,
        "usable": None if found.unasked else found.usable,
        "base_url": found.base_url,
        "model": found.model,
        "models_listed": found.listed,
        "offered": found.offered,
        "near": found.near,
        "missing": found.missing,
        "context": found.context,
        "prices": {"prompt": found.prompt_price, "completion": found.completion_price},
        "calls": [_call(call) for call in found.calls],
        "taken": found.taken._asdict(),
        "requests": found.usage.requests,
        "cost": found.cost._asdict(),
        "unasked": found.unasked,
        "faults": found.faults,
        "advice": found.advice,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _call(call: Call) -> dict[str, object]:
    return {
        "seconds": round(call.seconds, 3),
        "model": call.model,
        "prompt_tokens": call.usage.prompt_tokens,
        "cached_tokens": call.usage.cached_tokens,
        "completion_tokens": call.usage.completion_tokens,
        "thinking_tokens": call.thinking,
        "segments": {"asked": call.asked, "right": call.right, "unchanged": call.unchanged},
    }


def _facts(found: Diagnosis, locale: str) -> Iterator[tuple[str, str]]:
    yield "endpoint", found.base_url
    listed = {True: "offered", False: "not in its list", None: "it gives no list of models"}
    count = f", one of {found.listed}" if found.offered else ""
    yield "model", f"{found.model} ({listed[found.offered]}{count})"
    if found.context is not None:
        yield "context", f"{found.context:,} tokens"
    if found.prompt_price is not None and found.completion_price is not None:
        prompt, completion = found.prompt_price * _MILLION, found.completion_price * _MILLION
        free = "none: a server without a key"
        sums = f"{prompt:g} in, {completion:g} out, USD per million tokens"
        yield "price", sums if prompt or completion else free
    for number, call in enumerate(found.calls, start=1):
        usage = call.usage
        thinking = f" ({call.thinking} of them thoughts)" if call.thinking else ""
        yield (
            f"request {number}",
            f"{call.right} of {call.asked} segments into {locale} in {call.seconds:.2f} s;"
            f" {usage.prompt_tokens} tokens in, {usage.cached_tokens} of them cached,"
            f" {usage.completion_tokens} out{thinking}; by {call.model}",
        )
    if found.calls:
        taken = found.taken
        structured = {True: "held to", False: "not held to", None: "not tried"}
        yield (
            "takes",
            f"temperature: {'yes' if taken.temperature else 'no'};"
            f" output limit: {taken.limit or 'no'};"
            f" reasoning: {taken.effort or ('no' if taken.wished else 'not set')};"
            f" JSON schema: {structured[taken.structured]}",
        )
    if found.usage.requests:
        spent = found.cost.spent
        money = "nobody says what" if spent is None else f"{spent:.5f} USD"
        yield "cost", f"{money}, {found.usage.requests} requests"
