"""Takes what an endpoint is to be like, gives a loopback server that is: its list, its ways."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from tests.servers import MODEL, LoopbackServer
from tests.servers.faults import error_body
from tests.servers.http import HttpRequest, HttpResponse, Manner
from tests.servers.reading import ModelTask


class Endpoint(LoopbackServer):
    """`listed` are the entries of `GET /models`, or the whole answer to it. `structured` says
    what becomes of a JSON schema: `held`, `ignored` or `refused`. `thinking` are the tokens
    thought before each answer; a lower output limit leaves it empty. `reads` is how much of a
    prompt is read and counted, `counts` whether tokens are reported at all."""

    def __init__(
        self,
        *,
        listed: Sequence[Mapping[str, object]] | HttpResponse = ({"id": MODEL},),
        structured: str = "held",
        thinking: int = 0,
        reads: float = 1.0,
        counts: bool = True,
        caches: bool = True,
        **options: object,
    ) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.posts: list[dict[str, object]] = []
        self._listed = listed
        self._structured = structured
        self._thinking = thinking
        self._reads = reads
        self._counts = counts
        self._caches = caches

    def _handle(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and self._api_key is None:
            if isinstance(self._listed, HttpResponse):
                return self._listed
            return HttpResponse.of_json({"object": "list", "data": self._listed})
        if request.method == "GET":
            return self._refuse(request, {}) or HttpResponse.of_json({"data": self._listed})
        body = json.loads(request.body)
        self.posts.append(body)
        if "response_format" not in body:
            return super()._handle(request)
        if self._structured == "refused":
            return HttpResponse(400, error_body("Unknown.", param="response_format"))
        text = json.dumps({"target": "Es ist Flut."})
        if self._structured == "ignored":
            text = f"Sure!\n```json\n{text}\n```"
        choice = {"message": {"content": text}, "finish_reason": "stop"}
        return HttpResponse.of_json({"choices": [choice], "usage": {"prompt_tokens": 30}})

    def _answer(self, body: dict[str, object], task: ModelTask) -> HttpResponse:
        good = super()._answer(body, task)
        if good.status != 200 or good.manner is not Manner.NORMAL:
            return good
        if not good.body.startswith(b'{"id"'):
            return good
        value = json.loads(good.body)
        usage = value["usage"]
        if self._thinking:
            usage["completion_tokens"] += self._thinking
            usage["completion_tokens_details"] = {"reasoning_tokens": self._thinking}
            limit = body.get("max_tokens")
            if isinstance(limit, int) and limit < self._thinking:
                value["choices"][0].update(message={"content": ""}, finish_reason="length")
        usage["prompt_tokens"] = int(usage["prompt_tokens"] * self._reads)
        if not self._caches:
            usage["prompt_tokens_details"] = None
        if not self._counts:
            del value["usage"]
        return HttpResponse.of_json(value)
