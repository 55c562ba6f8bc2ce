"""A planted key is found nowhere: not on the screen, in a log, in a file, nor in an exception.

Every test lets the whole command line run against a real server that was given the key (which
is asserted), most often one that says it back; then everything that came out is searched.
"""

from __future__ import annotations

import base64
import gc
import json
import logging
import os
import re
import subprocess
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests import record_cassettes
from tests.record_cassettes import CASSETTES, SCENARIOS, play, recorder
from tests.servers import MODEL, LoopbackServer
from tests.servers.faults import error_body
from tests.servers.http import HttpRequest, HttpResponse
from tests.servers.reading import ModelTask
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.cli import main
from translate_pipeline.errors import BackendError
from translate_pipeline.pipeline import Pipeline

KEY = "sk-planted-7Qw3xZ90aBcD"
ARTICLE = "---\ntitle: The tide\n---\n\nThe tide comes in slowly.\n\nNobody sees it at night.\n"
LOGGERS = ("", "openai", "httpx", "httpx2", "httpcore", "httpcore2", "asyncio", "tenacity")


class Echo(LoopbackServer):
    """Says the key back, in the way that `how` names; `given` counts how often it got it."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how
        self.given = 0

    def _handle(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        key = request.headers.get("api-key", key)
        self.given += key == KEY
        said = f"What you sent: {dict(request.headers)} and once more: {key}"
        match self.how:
            case "401" | "400" | "402" | "404" | "429" | "500":
                return HttpResponse(int(self.how), error_body(said, "x", param=key))
            case "text":
                return HttpResponse(403, said.encode(), "text/plain")
            case "html":
                return HttpResponse(200, f"<html>{said}</html>".encode(), "text/html")
            case "broken":
                return HttpResponse(200, said.encode())
            case "200":
                return HttpResponse(200, error_body(said, 502, metadata={"raw": key}))
            case "redirect":
                return HttpResponse(302, headers={"location": f"/v1/{key}"})
            case "list":
                models = {"data": [{"id": key}, {"id": f"{key[:-1]}"}, {"id": MODEL}]}
                if request.method == "GET":
                    return HttpResponse.of_json(models)
            case "header":
                answer = super()._handle(self._chat(request))
                return replace(answer, headers={"x-request-id": key, "x-ratelimit-limit": key})
        return super()._handle(self._chat(request))

    @staticmethod
    def _chat(request: HttpRequest) -> HttpRequest:
        post = request.method == "POST"
        return replace(request, path="/v1/chat/completions") if post else request

    def _answer(self, body: dict[str, object], task: ModelTask) -> HttpResponse:
        good = super()._answer(body, task)
        value = json.loads(good.body)
        message = value["choices"][0]["message"]
        match self.how:
            case "answer":
                message["content"] = message["content"].replace("\n", f" {KEY}\n")
            case "refusal":
                message.update(content=None, refusal=f"I will not, {KEY}")
            case "model":
                value["model"] = f"model of {KEY}"
            case _:
                return good
        return HttpResponse.of_json(value)


# What the HTTP library and the SDK log, at DEBUG, of the headers that a server sent: if it sends
# the key back there, they show it. No library of ours can keep them from that.
_SAID_BACK = re.compile(r"receive_response_headers\.complete|request_id: ")

HOWS = [
    *("good", "401", "html", "list", "answer"),
    *(
        pytest.param(how, marks=pytest.mark.slow)
        for how in ("400", "402", "404", "429", "500", "text", "broken", "200", "redirect")
    ),
    *(pytest.param(how, marks=pytest.mark.slow) for how in ("header", "refusal", "model")),
]


class Everything:
    """What a command left behind: screen, logs and files."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capfd = capfd
        self.records = _Records()

    def leaks(self) -> list[str]:
        """Where the key shows, in any of its forms."""
        out, err = self.capfd.readouterr()
        places: list[tuple[str, bytes]] = [("stdout", out.encode()), ("stderr", err.encode())]
        places += [("log", line.encode()) for line in self.records.lines]
        for path in sorted(self.folder.rglob("*")):
            places.append(("file name", str(path).encode()))
            if path.is_file():
                places.append((path.name, path.read_bytes()))
        forms = (KEY.encode(), base64.b64encode(KEY.encode()).rstrip(b"="), KEY[:16].encode())
        return [place for place, data in places if any(form in data for form in forms)]


class _Records(logging.Handler):
    """Each record as a line with everything that could be formatted of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(("httpcore", "openai")) and _SAID_BACK.search(
            record.getMessage()
        ):
            return
        self.lines.append(f"{record.name} {record.getMessage()} {record.args!r}")
        if record.exc_info:
            self.lines.append("".join(traceback.format_exception(*record.exc_info)))


@pytest.fixture
def everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Everything]:
    """A folder with an article, the key in the environment, and every logger at DEBUG."""
    (tmp_path / "x-en.md").write_text(ARTICLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MY_KEY", KEY)
    found = Everything(tmp_path, capfd)
    with ExitStack() as stack:
        for name in LOGGERS:
            logger = logging.getLogger(name)
            level, propagate = logger.level, logger.propagate
            logger.setLevel(logging.DEBUG)
            stack.callback(logger.setLevel, level)
            stack.callback(setattr, logger, "propagate", propagate)
        root = logging.getLogger()
        root.addHandler(found.records)
        stack.callback(root.removeHandler, found.records)
        yield found


def arguments(server: LoopbackServer, path: str = "/v1") -> list[str]:
    url = f"http://127.0.0.1:{server.port}{path}"
    return ["--model", MODEL, "--base-url", url, "--api-key-env", "MY_KEY", "--debug"]


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs with passing faults wait between their tries; here they need not."""
    whole = OpenAIBackend.__init__

    def short(self: OpenAIBackend, **options: object) -> None:
        whole(self, **{**options, "attempts": 2, "backoff": 0.0})  # type: ignore[arg-type]

    monkeypatch.setattr(OpenAIBackend, "__init__", short)


@pytest.mark.parametrize("how", HOWS)
def test_a_run_leaves_no_key_behind(how: str, everything: Everything) -> None:
    with Echo(how) as server:
        code = main(["translate", "x-en.md", "--to", "de", *arguments(server)])
    assert server.given
    assert (code == 0) is (how in ("good", "list", "header", "model"))
    if code == 0:
        assert (everything.folder / "x-de.md").exists()
        assert (everything.folder / ".translate-pipeline").is_dir()  # memory and ledger, too
    assert everything.records.lines
    assert everything.leaks() == []


@pytest.mark.parametrize("how", ["good", "401"])
def test_nor_does_one_that_prints_json_or_speaks_to_azure(how: str, everything: Everything) -> None:
    path = "/openai/deployments/D?api-version=2024-10-21"
    with Echo(how) as server:
        main(["translate", "x-en.md", "--to", "de", "--json", *arguments(server, path)])
    assert server.given
    assert everything.leaks() == []


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("form", [[], pytest.param(["--json"], marks=pytest.mark.slow)])
def test_nor_does_the_doctor(how: str, form: list[str], everything: Everything) -> None:
    with Echo(how) as server:
        main(["doctor", "--yes", *form, *arguments(server)])
    assert server.given
    assert everything.leaks() == []


@pytest.mark.parametrize("how", HOWS)
def test_no_exception_and_no_repr_holds_it(how: str) -> None:
    """Neither in its text, nor in what a debugger or a crash reporter would print of it."""
    with Echo(how) as server:
        backend = OpenAIBackend(model=MODEL, base_url=server.base_url, api_key=KEY)
        pipeline = Pipeline(backend=backend, target="de")
        shown = [repr(backend), str(backend), repr(pipeline), backend.signature, repr(backend.gone)]
        try:
            result = pipeline.translate(ARTICLE)
        except BackendError as error:
            shown += [*_texts(error), repr(backend.gone)]
        else:
            shown.append(repr(result))
    assert server.given
    assert [text for text in shown if KEY in text] == []


def _texts(error: BaseException) -> Iterator[str]:
    """All that can be printed of an exception and of those it came from."""
    seen: set[int] = set()
    pending: list[BaseException | None] = [error]
    while pending:
        one = pending.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield from (str(one), repr(one), repr(one.args), *getattr(one, "__notes__", ()))
        yield "".join(traceback.format_exception(one))
        pending += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            pending += one.exceptions


def test_core_state_holds_it_in_one_place() -> None:
    """After a run, what of ours still holds the key is the endpoint that needs it: no result,
    no memory, no module. (A key given to a function lives on in that function's caller.)"""
    with Echo("good") as server:
        backend = OpenAIBackend(model=MODEL, base_url=server.base_url, api_key="".join(list(KEY)))
        result = Pipeline(backend=backend, target="de").translate(ARTICLE)
    assert result.ok
    holders = set()
    for owner in gc.get_objects():
        if type(owner) in (types.FrameType, types.FunctionType):
            continue
        if str(type(owner).__module__).startswith("translate_pipeline") and any(
            isinstance(value, str) and KEY in value for value in gc.get_referents(owner)
        ):
            holders.add(type(owner).__name__)
    assert holders == {"Endpoint"}


def test_a_recording_holds_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_cassettes, "CASSETTES", tmp_path)
    with Echo("good") as server:
        with recorder().use_cassette("planted", record_mode="once"):
            play(SCENARIOS[0], server.base_url, KEY)
        assert server.given
    text = (tmp_path / "planted.yaml").read_text()
    assert "choices" in text
    assert KEY not in text
    for path in CASSETTES.glob("*.yaml"):
        assert "sk-" not in path.read_text(), path.name


def test_the_search_finds_a_key(everything: Everything) -> None:
    """The control: each kind of leak that these tests look for is found."""
    assert everything.leaks() == []
    print(f"key {KEY}")
    assert everything.leaks() == ["stdout"]
    print(f"half of it: {KEY[:18]}", file=sys.stderr)
    assert everything.leaks() == ["stderr"]
    logging.getLogger("openai").debug("key %s", KEY)
    assert everything.leaks() == ["log"]
    (everything.folder / "memory").write_bytes(b"\0" + KEY.encode())
    assert everything.leaks()[1:] == ["memory"]
    error = RuntimeError("outer")
    error.__context__ = ValueError(KEY)
    assert any(KEY in text for text in _texts(error))


@pytest.mark.slow
@pytest.mark.parametrize("how", ["good", "401"])
def test_a_process_with_every_log_switched_on(
    how: str, tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    """The SDK's own debug log, asyncio's debug mode and the fault handler in a child."""
    (tmp_path / "x-en.md").write_text(ARTICLE)
    with Echo(how) as server:
        done = run("translate", "x-en.md", "--to", "de", *arguments(server), cwd=tmp_path)
    assert server.given
    assert b"DEBUG" in done.stderr  # the SDK does log
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for data in (done.stdout, done.stderr, *files):
        assert KEY.encode() not in data


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    def start(*given: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
        loud = {"OPENAI_LOG": "debug", "PYTHONASYNCIODEBUG": "1", "PYTHONDEVMODE": "1"}
        return subprocess.run(
            [sys.executable, "-m", "translate_pipeline", *given],
            capture_output=True,
            cwd=cwd,
            env={**os.environ, **loud, "MY_KEY": KEY},
            timeout=120,
            check=False,
        )

    return start
