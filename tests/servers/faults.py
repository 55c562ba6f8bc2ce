"""Takes a good answer and a kind of fault, gives the answer a bad model or network would send.

The law: which fault strikes is decided by (seed, kind, text, how often this text was asked)
alone, so that a run can be repeated and a retry may succeed. A fault that a text offers no
hold for (no link to change) does not strike.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tests.servers.http import HttpResponse, Manner
from tests.servers.reading import SourceSegment

_TOKEN = re.compile(r"</?[bx]\d+/?>|\]\(u\d+\)|\[\^[^\]\s]+\]|(?<![\w:]):[a-z0-9_+-]+:(?![\w:])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(u\d+\)")
_CODE = re.compile(r"(`+)([^`]+)\1")


def chance(seed: int, *parts: object) -> float:
    """A number in [0, 1) that depends on nothing but its arguments."""
    data = json.dumps([seed, *map(str, parts)]).encode()
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") / 2**64


@dataclass(frozen=True, slots=True)
class Line:
    """One segment of the answer. `shown` False leaves it out."""

    source: SourceSegment
    target: str
    shown: bool = True


# --- faults of one segment ------------------------------------------------------
# (source, target, number in [0, 1) to choose a variant with) -> target, None if no hold.

SegmentFault = Callable[[str, str, float], str | None]


def _placeholder_dropped(source: str, target: str, pick: float) -> str | None:
    link = _LINK.search(target)
    if link and pick < 0.5:
        return target[: link.start()] + link[1] + target[link.end() :]
    return _at_token(target, lambda mark: "")


def _placeholder_doubled(source: str, target: str, pick: float) -> str | None:
    link = _LINK.search(target)
    if link and pick < 0.5:
        return f"{target} {link[0]}"
    return _at_token(target, lambda mark: mark + mark)


def _placeholder_altered(source: str, target: str, pick: float) -> str | None:
    def other(mark: str) -> str:
        if any(c.isdigit() for c in mark):
            return re.sub(r"\d+", "97", mark)
        return mark.replace(":", ": ", 1) if mark.startswith(":") else mark.replace("^", "^x")

    return _at_token(target, other)


def _link_changed(source: str, target: str, pick: float) -> str | None:
    new = "](https://example.com/)" if pick < 0.5 else "](u98)"
    changed = re.sub(r"\]\(u\d+\)", new, target, count=1)
    return changed if changed != target else None


def _code_changed(source: str, target: str, pick: float) -> str | None:
    code = _CODE.search(target)
    if code is None:
        return None
    ticks, words = code[1], code[2]
    new = (words + "x", words.upper() if words.upper() != words else words * 2)[pick < 0.5]
    return f"{target[: code.start()]}{ticks}{new}{ticks}{target[code.end() :]}"


def _wrong_language(source: str, target: str, pick: float) -> str | None:
    if sum(c.isalpha() for c in source) < 40:
        return None  # two words may be the same in any language
    marks = "".join(f" {m[0]}" for m in _TOKEN.finditer(source) if not m[0].startswith("]"))
    cyrillic = "Это предложение написано на языке, которого никто не просил"
    english = "This is a sentence that has been written in the language that it was not to be in"
    return (cyrillic if pick < 0.5 else english) + marks + "."


def _echo(source: str, target: str, pick: float) -> str | None:
    return source


def _heading_marks_added(source: str, target: str, pick: float) -> str | None:
    return ("## ", "# ", "### ")[int(pick * 3)] + target


def _extra_paragraph(source: str, target: str, pick: float) -> str | None:
    added = "Und noch ein Absatz, den es nicht gibt."
    return f"{target}\n\n{added}" if pick < 0.5 else f"{added}\n\n{target}"


def _list_marker_lost(source: str, target: str, pick: float) -> str | None:
    """What belongs to the list is not the model's: it drops a task mark or adds a bullet."""
    task = re.match(r"\[[ xX]\]\s+", target)
    if task:
        return target[task.end() :]
    return ("- ", "* ", "1. ")[int(pick * 3)] + target


def _segment_missing(source: str, target: str, pick: float) -> str | None:
    return None  # handled with the lines: it takes the segment's tag away too


def _at_token(target: str, change: Callable[[str], str]) -> str | None:
    mark = _TOKEN.search(target)
    if mark is None:
        return None
    return target[: mark.start()] + change(mark[0]) + target[mark.end() :]


SEGMENT_FAULTS: Mapping[str, SegmentFault] = {
    "placeholder_dropped": _placeholder_dropped,
    "placeholder_doubled": _placeholder_doubled,
    "placeholder_altered": _placeholder_altered,
    "segment_missing": _segment_missing,
    "echo": _echo,
    "wrong_language": _wrong_language,
    "heading_marks_added": _heading_marks_added,
    "code_changed": _code_changed,
    "link_changed": _link_changed,
    "extra_paragraph": _extra_paragraph,
    "list_marker_lost": _list_marker_lost,
}


# --- faults of several segments -------------------------------------------------


def two_merged(lines: list[Line], at: int) -> list[Line] | None:
    """Segment `at` holds its neighbour's text as well, the neighbour is gone."""
    if at + 1 >= len(lines):
        return None
    both = f"{lines[at].target} {lines[at + 1].target}"
    merged = [*lines]
    merged[at] = replace(lines[at], target=both)
    merged[at + 1] = replace(lines[at + 1], shown=False)
    return merged


def shifted(lines: list[Line], at: int) -> list[Line] | None:
    """The silent kind: merged, then every later text one place up, the last one invented."""
    if at + 2 >= len(lines):
        return None
    targets = [line.target for line in lines]
    targets[at : at + 2] = [f"{targets[at]} {targets[at + 1]}"]
    targets.append(targets[-1])
    return [replace(line, target=text) for line, text in zip(lines, targets, strict=True)]


LINE_FAULTS = {"two_merged": two_merged, "shifted": shifted}


# --- faults of the whole answer -------------------------------------------------


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


ANSWER_FAULTS: Mapping[str, Callable[[Said, float], Said]] = {
    "chatter": _chatter,
    "fence": _fence,
    "truncated_length": lambda said, pick: _truncated(said, pick, "length"),
    "truncated_silent": lambda said, pick: _truncated(said, pick, "stop"),
    "refusal": _refusal,
    "content_filter": _content_filter,
    "empty": lambda said, pick: replace(said, content="" if pick < 0.5 else " \n"),
    "exhausted": lambda said, pick: Said(content="", finish_reason="length"),
}


# --- faults of the body and of the transport -------------------------------------

HTML = b"<!doctype html>\n<html><body><h1>502 Bad Gateway</h1></body></html>"


def error_body(message: str, code: object = None, kind: str = "", **more: object) -> bytes:
    error = {"message": message, "type": kind or None, "code": code, **more}
    return json.dumps({"error": error}).encode()


def _null(good: HttpResponse, pick: float) -> HttpResponse:
    value = json.loads(good.body)
    if pick < 0.5:
        value["choices"] = None
    else:
        value["choices"][0]["message"]["content"] = None
    return HttpResponse.of_json(value)


def _malformed(good: HttpResponse, pick: float) -> HttpResponse:
    bodies = (good.body[: len(good.body) // 2], b"{}", b"[1, 2]", b"not json at all")
    return replace(good, body=bodies[int(pick * len(bodies))])


def _status(status: int, body: bytes, **headers: str) -> Callable[..., HttpResponse]:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return lambda good, pick: HttpResponse(status=status, body=body, headers=named)


def _manner(manner: Manner) -> Callable[[HttpResponse, float], HttpResponse]:
    return lambda good, pick: replace(good, manner=manner)


BODY_FAULTS: Mapping[str, Callable[[HttpResponse, float], HttpResponse]] = {
    "null": _null,
    "malformed": _malformed,
    "http_400": _status(400, error_body("Something about the request is wrong.")),
    "http_401": _status(401, error_body("Incorrect API key provided.", "invalid_api_key")),
    "http_402": _status(402, error_body("Insufficient credits.", 402)),
    "http_403": _status(403, error_body("Your account may not use this model.", 403)),
    "http_404": _status(404, error_body("The model does not exist.", "model_not_found")),
    "http_408": _status(408, error_body("Request timed out.")),
    "http_413_html": _status(413, HTML),
    "http_429": _status(429, error_body("Rate limit reached.", "rate_limit_exceeded")),
    "http_429_seconds": _status(429, error_body("Slow down."), retry_after="1"),
    "http_429_ms": _status(429, error_body("Slow down."), retry_after_ms="30"),
    "http_429_hour": _status(429, error_body("Come back later."), retry_after="3600"),
    "http_429_quota": _status(
        429, error_body("You exceeded your current quota.", "insufficient_quota")
    ),
    "http_500": _status(500, error_body("The server had an error.")),
    "http_503": _status(503, b"upstream connect error"),
    "http_503_final": _status(503, error_body("Down."), x_should_retry="false"),
    "error_200": lambda good, pick: replace(
        good, body=error_body("Provider returned error", 502, metadata={"raw": "overloaded"})
    ),
    "error_200_credit": lambda good, pick: replace(good, body=error_body("No credits", 402)),
    "error_in_choice": lambda good, pick: HttpResponse.of_json(
        {"choices": [{"error": {"code": 503, "message": "lost"}, "finish_reason": "error"}]}
    ),
    "finish_error": lambda good, pick: HttpResponse.of_json(
        {"choices": [{"message": {"content": "half"}, "finish_reason": "error"}]}
    ),
    "html_200": lambda good, pick: replace(good, body=HTML, content_type="text/html"),
    "huge": lambda good, pick: HttpResponse.of_json({"padding": "x" * (9 << 20)}),
    "hang": _manner(Manner.HANG),
    "reset": _manner(Manner.RESET),
    "reset_500": lambda good, pick: replace(
        good, status=500, body=error_body("half"), manner=Manner.RESET
    ),
    "drip": _manner(Manner.DRIP),
}

KINDS = frozenset({*SEGMENT_FAULTS, *LINE_FAULTS, *ANSWER_FAULTS, *BODY_FAULTS})
