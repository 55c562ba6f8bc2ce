"""Takes chat completion requests on 127.0.0.1, gives the answers of a deterministic model.

The law: the same requests in the same order get the same answers, faults included; without
faults an answer is exactly the translator's text for each wanted segment.

Run it by hand: `python -m tests.servers --port 8080 --faults chatter=0.2`.
"""

from __future__ import annotations

import argparse
import json
import math
import threading
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tests.servers import translators
from tests.servers.faults import (
    ANSWER_FAULTS,
    BODY_FAULTS,
    KINDS,
    LINE_FAULTS,
    SEGMENT_FAULTS,
    Line,
    Said,
    chance,
    error_body,
)
from tests.servers.http import HttpRequest, HttpResponse, HttpServer
from tests.servers.reading import ModelTask, NotUnderstood, read_task
from tests.servers.translators import Translator

MODEL = "loopback/pseudo-1"


def count_tokens(text: str) -> int:
    """About what a public tokenizer counts: four ASCII characters, or 4/3 others, a token."""
    ascii_count = sum(c.isascii() for c in text)
    return math.ceil(ascii_count / 4 + (len(text) - ascii_count) * 0.75)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as it came in; `task` is None when it was no chat request."""

    path: str
    headers: dict[str, str]
    body: dict[str, object]
    task: ModelTask | None


class LoopbackServer(HttpServer):
    """The server; use it in a `with` block and point a client at `base_url`.

    `translator` maps (text, kind) to a target; by default nonsense in the script of the
    language the prompt names. A `KeyError` leaves the segment out and its text in `unknown`.
    `faults` maps a kind of `faults.KINDS` to a probability, `script` names the faults of the
    first answers in order (None: a good one), before `faults` begin. `latency` is in seconds.
    `api_key`, `models` and `rejects` (parameter names) make it answer 401, 404 and 400.
    `cost` is USD per completion token, reported as OpenRouter does.
    """

    def __init__(
        self,
        translator: Translator | None = None,
        *,
        faults: Mapping[str, float] | None = None,
        script: Sequence[str | None] = (),
        seed: int = 0,
        latency: float = 0.0,
        api_key: str | None = None,
        models: Collection[str] = (),
        rejects: Mapping[str, str] | None = None,
        cost: float | None = None,
        port: int = 0,
    ) -> None:
        super().__init__(self._handle, port=port)
        unknown = ({*(faults or {})} | {kind for kind in script if kind}) - KINDS
        if unknown:
            raise ValueError(f"unknown faults {sorted(unknown)}; known: {sorted(KINDS)}")
        self.requests: list[Recorded] = []
        self.injected: Counter[str] = Counter()
        self.unknown: list[str] = []
        self._translator = translator
        self._faults = dict(faults or {})
        self._script = list(script)
        self._seed = seed
        self._latency = latency
        self._api_key = api_key
        self._models = frozenset(models)
        self._rejects = dict(rejects or {})
        self._cost = cost
        self._asked: Counter[tuple[str, str]] = Counter()
        self._prefixes: set[str] = set()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def chats(self) -> list[Recorded]:
        """The requests that set a translation task."""
        return [recorded for recorded in self.requests if recorded.task is not None]

    # --- one request ---------------------------------------------------------

    def _handle(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and request.path == "/v1/models":
            names = sorted(self._models) or [MODEL]
            return HttpResponse.of_json({"object": "list", "data": [{"id": n} for n in names]})
        if request.method != "POST" or request.path != "/v1/chat/completions":
            return HttpResponse(404, error_body(f"Unknown path {request.path}"))
        try:
            body = json.loads(request.body)
            task = read_task(body["messages"])
        except (ValueError, KeyError, TypeError) as error:
            self.requests.append(Recorded(request.path, request.headers, {}, None))
            why = f"I do not understand: {error!r}" if isinstance(error, NotUnderstood) else "?"
            return HttpResponse(400, error_body(why))
        self.requests.append(Recorded(request.path, request.headers, body, task))
        return self._refuse(request, body) or self._answer(body, task)

    def _refuse(self, request: HttpRequest, body: dict[str, object]) -> HttpResponse | None:
        if self._api_key is not None:
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            if given != self._api_key:
                # As real endpoints do, it says which key it was.
                text = f"Incorrect API key provided: {given}. Find yours in your account."
                return HttpResponse(401, error_body(text, "invalid_api_key"))
        if self._models and body.get("model") not in self._models:
            text = f"The model `{body.get('model')}` does not exist."
            return HttpResponse(404, error_body(text, "model_not_found"))
        for name, text in self._rejects.items():
            if name in body:
                return HttpResponse(400, error_body(text, "unsupported_parameter", param=name))
        return None

    def _answer(self, body: dict[str, object], task: ModelTask) -> HttpResponse:
        key = "\n".join(segment.text for segment in task.wanted)
        attempt = self._count("answer", task.language, key)
        scripted = self._script.pop(0) if self._script else ""
        lines = self._lines(task, scripted)
        said = Said(self._write(lines))
        for kind, change in ANSWER_FAULTS.items():
            pick = self._strikes(kind, scripted, key, attempt)
            if pick is not None:
                self.injected[kind] += 1
                said = change(said, pick)
        response = self._completion(body, task, said)
        for kind, spoil in BODY_FAULTS.items():
            pick = self._strikes(kind, scripted, key, attempt)
            if pick is not None:
                self.injected[kind] += 1
                return spoil(response, pick)
        return response

    def _lines(self, task: ModelTask, scripted: str | None) -> list[Line]:
        translate = self._translator or translators.for_language(task.language)
        lines: list[Line] = []
        for segment in task.wanted:
            try:
                target = translate(segment.text, segment.kind)
            except KeyError:
                self.unknown.append(segment.text)
                lines.append(Line(segment, "", shown=False))
                continue
            lines.append(self._spoiled(task, Line(segment, target), scripted))
        for kind, change in LINE_FAULTS.items():
            for at, line in enumerate(lines):
                attempt = self._count(kind, task.language, line.source.text)
                if self._strikes(kind, scripted, line.source.text, attempt) is not None:
                    changed = change(lines, at)
                    if changed is not None:
                        self.injected[kind] += 1
                        lines = changed
                        break
        return lines

    def _spoiled(self, task: ModelTask, line: Line, scripted: str | None) -> Line:
        text = line.source.text
        attempt = self._count("segment", task.language, text)
        for kind, change in SEGMENT_FAULTS.items():
            pick = self._strikes(kind, scripted, text, attempt)
            if pick is None:
                continue
            if kind == "segment_missing":
                self.injected[kind] += 1
                return Line(line.source, line.target, shown=False)
            target = change(text, line.target, pick)
            if target is not None and target != line.target:
                self.injected[kind] += 1
                return Line(line.source, target)
        return line

    def _count(self, what: str, language: str, text: str) -> int:
        self._asked[what, f"{language}\n{text}"] += 1
        return self._asked[what, f"{language}\n{text}"]

    def _strikes(self, kind: str, scripted: str | None, text: str, attempt: int) -> float | None:
        """A number to choose the variant with, if this fault is due; None otherwise."""
        if scripted != "":  # a scripted answer has this fault and no other
            due = kind == scripted
        else:
            rate = self._faults.get(kind, 0.0)
            due = rate > 0 and chance(self._seed, kind, text, attempt) < rate
        return chance(self._seed, kind, "variant", text, attempt) if due else None

    # --- one answer ----------------------------------------------------------

    def _write(self, lines: list[Line]) -> str:
        shown = [f"<{line.source.id}>{line.target}" for line in lines if line.shown]
        return "\n".join([*shown, "<end>"])

    def _completion(self, body: dict[str, object], task: ModelTask, said: Said) -> HttpResponse:
        content, finish = said.content, said.finish_reason
        limit = body.get("max_tokens", body.get("max_completion_tokens"))
        used = count_tokens(content or "")
        if isinstance(limit, int) and content and used > limit:
            # A real model stops there. Counted from the front, so it is a little generous.
            content, finish, used = content[: len(content) * limit // used], "length", limit
        prefix = task.text.rpartition("<task")[0]
        cached = count_tokens(prefix) if prefix in self._prefixes else 0
        self._prefixes.add(prefix)
        usage: dict[str, object] = {
            "prompt_tokens": count_tokens(task.text),
            "completion_tokens": used,
            "total_tokens": count_tokens(task.text) + used,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
        if self._cost is not None:
            usage["cost"] = used * self._cost
        message = {"role": "assistant", "content": content, "refusal": said.refusal}
        value = {
            "id": f"chatcmpl-{len(self.requests)}",
            "object": "chat.completion",
            "created": 0,
            "model": body.get("model", MODEL),
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": usage,
        }
        good = HttpResponse.of_json(value)
        return HttpResponse(body=good.body, delay=self._latency)


def _fault(text: str) -> tuple[str, float]:
    kind, _, rate = text.partition("=")
    return kind, float(rate or "0.2")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.servers")
    parser.add_argument("--port", type=int, default=0, help="0: a free one, printed at the start")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", nargs="*", type=_fault, default=[], metavar="KIND=RATE")
    given = parser.parse_args(argv)
    faults = dict(given.faults)
    with LoopbackServer(
        faults=faults, seed=given.seed, latency=given.latency, port=given.port
    ) as server:
        print(f"{server.base_url}  (any key, any model; Ctrl-C ends it)", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0
