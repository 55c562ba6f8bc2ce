"""Takes requests for a review on 127.0.0.1, gives the verdicts of a deterministic editor.

The law: it reads what it is sent, and answers for each translation what `verdict` says of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from tests.servers.http import HttpRequest, HttpResponse, HttpServer
from tests.servers.loopback import count_tokens

#: (source, target) → what stands behind the number of the segment; None leaves it out.
Verdicts = Callable[[str, str], str | None]

_LINE = re.compile(r"<(\d+) (source|target)>(.*)")


class CriticServer(HttpServer):
    """The server; point an `OpenAIBackend` at `base_url`. `requests` are the bodies it was sent."""

    def __init__(self, verdict: Verdicts) -> None:
        super().__init__(self._handle)
        self.requests: list[dict[str, object]] = []
        self._verdict = verdict

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def _handle(self, request: HttpRequest) -> HttpResponse:
        body = json.loads(request.body)
        self.requests.append(body)
        found: dict[str, dict[str, str]] = {}
        for match in _LINE.finditer(body["messages"][-1]["content"]):
            found.setdefault(match[1], {})[match[2]] = match[3]
        lines = []
        for number, texts in found.items():
            said = self._verdict(texts["source"], texts["target"])
            if said is not None:
                lines.append(f"<{number}>{said}")
        text = "\n".join([*lines, "<end>"])
        asked = count_tokens("".join(message["content"] for message in body["messages"]))
        return HttpResponse.of_json(
            {
                "id": "x",
                "object": "chat.completion",
                "model": body["model"],
                "choices": [
                    {
                        "index": 0,
                        "message": {"role": "assistant", "content": text},
                        "finish_reason": "stop",
                    }
                ],
                "usage": {"prompt_tokens": asked, "completion_tokens": count_tokens(text)},
            }
        )
