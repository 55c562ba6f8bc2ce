"""Takes a model's whole message, gives the message a bad model would send.

The law: the same message and number always give the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Said:
    """The model's message, before it is put into a chat completion."""

    content: str | None
    finish_reason: str = "stop"
    refusal: str | None = None


def _chatter(said: Said, pick: float) -> Said:
    text = said.content or ""
    if pick < 0.34:
        return replace(said, content=f"Sure! Here is the translation you asked for:\n\n{text}")
    if pick < 0.67:
        return replace(said, content=f"{text}\n\nLet me know if you need anything else!")
    # The nasty one: inside the last segment.
    note = "Note: I kept the technical terms in English."
    return replace(said, content=text.replace("\n<end>", f"\n{note}\n<end>"))


def _fence(said: Said, pick: float) -> Said:
    word = ("", "markdown", "text")[int(pick * 3)]
    return replace(said, content=f"```{word}\n{said.content}\n```")


def _truncated(said: Said, pick: float, finish_reason: str) -> Said:
    text = said.content or ""
    cut = max(1, int(len(text) * (0.2 + 0.7 * pick)))
    return replace(said, content=text[:cut], finish_reason=finish_reason)


def _refusal(said: Said, pick: float) -> Said:
    words = "I'm sorry, but I can't help with translating this text."
    if pick < 0.5:
        return Said(content=None, refusal=words)
    return Said(content=words)


def _content_filter(said: Said, pick: float) -> Said:
    return Said(content="", finish_reason="content_filter")


def _reasoning(said: Said, pick: float) -> Said:
    thought = "I should translate this.\n<1>First I think of segment 1.\nThat is it."
    if pick < 0.3:  # it thinks on until its budget is used up
        return Said(content=f"<think>{thought}", finish_reason="length")
    return replace(said, content=f"<think>{thought}</think>\n{said.content}")


def _repeated(said: Said, pick: float) -> Said:
    """The whole answer twice; the second time each text is another's."""
    lines = (said.content or "").splitlines()
    body = [line for line in lines if line != "<end>"]
    texts = [line.partition(">")[2] for line in body]
    turned = texts[1:] + texts[:1] if pick < 0.5 else texts
    again = [f"{line.partition('>')[0]}>{text}" for line, text in zip(body, turned, strict=True)]
    return replace(said, content="\n".join([*body, *again, "<end>"]))


def _json(said: Said, pick: float) -> Said:
    """A model that prefers another format."""
    lines = [line.partition(">") for line in (said.content or "").splitlines() if line != "<end>"]
    value = {tag.removeprefix("<"): text for tag, _, text in lines}
    return replace(said, content=json.dumps(value, ensure_ascii=False))


ANSWER_FAULTS: Mapping[str, Callable[[Said, float], Said]] = {
    "chatter": _chatter,
    "fence": _fence,
    "truncated_length": lambda said, pick: _truncated(said, pick, "length"),
    "truncated_silent": lambda said, pick: _truncated(said, pick, "stop"),
    "refusal": _refusal,
    "content_filter": _content_filter,
    "empty": lambda said, pick: replace(said, content="" if pick < 0.5 else " \n"),
    "exhausted": lambda said, pick: Said(content="", finish_reason="length"),
    "reasoning_leaked": _reasoning,
    "answer_repeated": _repeated,
    "json_instead": _json,
}
