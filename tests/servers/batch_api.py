"""Takes files of requests on 127.0.0.1, answers them as a batch API does: not at once.

The law: what a line of a batch is answered with is what the same request would get alone. The
shapes are those of OpenAI's reference of `/files` and `/batches`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from tests.servers.faults import error_body
from tests.servers.http import HttpRequest, HttpResponse
from tests.servers.loopback import LoopbackServer
from tests.servers.translators import Translator

_NAME = re.compile(rb'name="([^"]+)"')


@dataclass(slots=True)
class Batch:
    """One batch; `left` is the number of looks until it is done."""

    id: str
    file: str
    metadata: dict[str, str]
    left: int
    status: str = "in_progress"
    output: str = ""
    errors: str = ""
    done: int = 0
    failed: int = 0
    fault: dict[str, object] | None = None

    def shown(self) -> dict[str, object]:
        return {
            "id": self.id,
            "object": "batch",
            "status": self.status,
            "input_file_id": self.file,
            "output_file_id": self.output or None,
            "error_file_id": self.errors or None,
            "metadata": self.metadata,
            "request_counts": {
                "total": self.done + self.failed,
                "completed": self.done,
                "failed": self.failed,
            },
            "errors": {"object": "list", "data": [self.fault]} if self.fault else None,
        }


@dataclass(slots=True)
class Shelf:
    """What the provider holds."""

    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)


class BatchServer(LoopbackServer):
    """A `LoopbackServer` with a batch API. `looks` is how often a batch is looked at before it
    is done; the requests that ask for one of `unanswered` end in the file of errors; `refused` is
    why the whole file is refused; so many answers as `unsaid` are lost after the batch was placed.
    While it is `deaf`, it does not
    tell which batches there are. `batch_translator` answers batches where another is to answer
    single requests.
    """

    looks = 1
    unanswered: Collection[str] = ()
    refused = ""
    unsaid = 0
    deaf = False
    batch_translator: Translator | None = None

    def __init__(self, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self.shelf = Shelf()
        self.uploads = 0

    def _handle(self, request: HttpRequest) -> HttpResponse:
        path = request.path.partition("?")[0].removeprefix("/v1")
        if path == "/files" and request.method == "POST":
            return self._upload(request)
        if path.startswith("/files/") and path.endswith("/content"):
            data = self.shelf.files.get(path.split("/")[2])
            if data is None:
                return HttpResponse(404, error_body("No such File object"))
            return HttpResponse(body=data, content_type="application/octet-stream")
        if path == "/batches":
            if request.method == "POST":
                return self._place(request)
            return HttpResponse(400, error_body("not now")) if self.deaf else self._list()
        if path.startswith("/batches/"):
            _, _, name, *rest = path.split("/")
            batch = self.shelf.batches.get(name)
            if batch is None:
                return HttpResponse(404, error_body(f"No batch found with id {name!r}"))
            return self._cancel(batch) if rest else self._look(batch)
        return super()._handle(request)

    def _upload(self, request: HttpRequest) -> HttpResponse:
        self.uploads += 1
        boundary = request.headers["content-type"].partition("boundary=")[2].strip('"').encode()
        parts: dict[str, bytes] = {}
        for part in request.body.split(b"--" + boundary)[1:-1]:
            head, _, body = part.partition(b"\r\n\r\n")
            found = _NAME.search(head)
            assert found is not None
            parts[found[1].decode()] = body.removesuffix(b"\r\n")
        assert parts["purpose"] == b"batch"
        name = f"file-{len(self.shelf.files) + 1}"
        self.shelf.files[name] = parts["file"]
        return HttpResponse.of_json({"id": name, "object": "file", "purpose": "batch"})

    def _place(self, request: HttpRequest) -> HttpResponse:
        said = json.loads(request.body)
        assert said["endpoint"] == "/v1/chat/completions"
        assert said["completion_window"] == "24h"
        name = f"batch_{len(self.shelf.batches) + 1}"
        batch = Batch(name, said["input_file_id"], said.get("metadata") or {}, self.looks)
        self.shelf.batches[name] = batch
        if self.unsaid:
            self.unsaid -= 1
            return HttpResponse(500, b"")
        return HttpResponse.of_json(batch.shown())

    def _list(self) -> HttpResponse:
        data = [batch.shown() for batch in reversed(self.shelf.batches.values())]
        return HttpResponse.of_json({"object": "list", "data": data, "has_more": False})

    def _look(self, batch: Batch) -> HttpResponse:
        if batch.status == "in_progress":
            batch.left -= 1
            if batch.left <= 0:
                self._finish(batch)
        return HttpResponse.of_json(batch.shown())

    def _cancel(self, batch: Batch) -> HttpResponse:
        if batch.status == "in_progress":
            batch.status = "cancelled"
        return HttpResponse.of_json(batch.shown())

    def _finish(self, batch: Batch) -> None:
        if self.refused:
            batch.status = "failed"
            batch.fault = {"code": "invalid_json_line", "message": self.refused, "line": 1}
            return
        answers, errors = [], []
        own, self._translator = self._translator, self.batch_translator or self._translator
        for line in self.shelf.files[batch.file].decode().splitlines():
            asked = json.loads(line)
            assert asked["method"] == "POST"
            response = super()._handle(
                HttpRequest(
                    "POST",
                    asked["url"],
                    {"authorization": f"Bearer {self._api_key}"},
                    json.dumps(asked["body"]).encode(),
                )
            )
            text = asked["body"]["messages"][-1]["content"]
            lost = any(word in text for word in self.unanswered)
            try:
                body = json.loads(response.body)
            except ValueError:
                body, lost = None, True
            value = {
                "id": f"batch_req_{len(answers) + len(errors)}",
                "custom_id": asked["custom_id"],
                "response": None
                if lost
                else {"status_code": response.status, "request_id": "r", "body": body},
                "error": {"code": "batch_expired", "message": "not in time"} if lost else None,
            }
            (errors if lost or response.status != 200 else answers).append(json.dumps(value))
        self._translator = own
        batch.status, batch.done, batch.failed = "completed", len(answers), len(errors)
        for lines, kind in ((answers, "output"), (errors, "errors")):
            if lines:
                name = f"file-{len(self.shelf.files) + 1}"
                # In no order, as the reference says.
                self.shelf.files[name] = ("\n".join(reversed(lines)) + "\n").encode()
                setattr(batch, kind, name)
