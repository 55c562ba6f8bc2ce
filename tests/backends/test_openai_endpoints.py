"""Endpoints with ways of their own, each over real HTTP: Azure, OpenRouter, proxies, redirects."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.backends.asking import KEY, TEXTS, ask, backend, batch
from tests.servers import MODEL, LoopbackServer
from tests.servers.http import HttpRequest, HttpResponse, HttpServer
from translate_pipeline.cli._choices import make_backend
from translate_pipeline.config import read
from translate_pipeline.errors import FatalBackendError, TransportError

Start = Callable[..., LoopbackServer]


class Behind(LoopbackServer):
    """Takes the requests of another path, as Azure's or a proxy's, and keeps them in `raw`."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.raw: list[HttpRequest] = []

    def _handle(self, request: HttpRequest) -> HttpResponse:
        self.raw.append(request)
        return super()._handle(replace(request, path="/v1/chat/completions"))


# --- the page ------------------------------------------------------------------------------

PAGE = Path(__file__).resolve().parents[2] / "docs" / "endpoints.md"
CONFIGS = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("text", CONFIGS, ids=range(len(CONFIGS)))
def test_each_config_of_the_page_makes_a_backend(text: str) -> None:
    settings = read(text)
    names = ("OPENROUTER_API_KEY", "OPENAI_API_KEY", "AZURE_OPENAI_API_KEY")
    local = settings.base_url is not None and settings.base_url.startswith("http://")
    made = make_backend(settings, {} if local else dict.fromkeys(names, KEY))
    assert made.fallbacks == len(settings.fallback_models)
    assert f"openai:{settings.model}|" in made.signature


def test_the_page_has_a_config_for_each_endpoint() -> None:
    assert len(CONFIGS) >= 8


# --- Azure ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "arrives"),
    [
        (
            "/openai/deployments/D?api-version=2024-10-21",
            "/openai/deployments/D/chat/completions?api-version=2024-10-21",
        ),
        (
            "/openai/deployments/D/chat/completions?api-version=2024-10-21",
            "/openai/deployments/D/chat/completions?api-version=2024-10-21",
        ),
    ],
)
def test_azure_gets_its_query_and_the_key_in_its_own_header(path: str, arrives: str) -> None:
    with Behind() as server:
        (reply,) = ask(backend(f"http://127.0.0.1:{server.port}{path}"))
    assert len(reply.targets) == len(TEXTS)
    (request,) = server.raw
    assert request.path == arrives
    assert request.headers["api-key"] == KEY
    assert "authorization" not in request.headers


def test_azures_newer_address_by_its_host(monkeypatch: pytest.MonkeyPatch) -> None:
    with Behind() as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        ask(backend("http://x.openai.azure.com/openai/v1"))
    (request,) = proxy.raw
    assert request.path == "http://x.openai.azure.com/openai/v1/chat/completions"
    assert request.headers["api-key"] == KEY
    assert "authorization" not in request.headers


def test_a_query_is_kept_elsewhere_too() -> None:
    with Behind() as server:
        ask(backend(f"http://127.0.0.1:{server.port}/v1?tier=flex"))
    (request,) = server.raw
    assert request.path == "/v1/chat/completions?tier=flex"
    assert request.headers["authorization"] == f"Bearer {KEY}"


# --- OpenRouter, by way of a proxy: its fields go to its own host alone -------------------


def test_openrouter_gets_its_own_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    with Behind(cost=0.001) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        routing = {"order": ["a"], "require_parameters": True}
        asked = backend("http://openrouter.ai/api/v1", provider=routing, reasoning="low")
        (reply,) = ask(asked)
    (chat,) = proxy.chats
    assert chat.body["usage"] == {"include": True}
    assert chat.body["provider"] == routing
    assert chat.body["reasoning"] == {"effort": "low"}
    assert "reasoning_effort" not in chat.body
    assert reply.usage.cost == pytest.approx(0.001 * reply.usage.completion_tokens)


def test_nobody_else_gets_them(model_server: Start) -> None:
    server = model_server()
    ask(backend(server, reasoning="low", extra_body={"seed": 7}))
    (chat,) = server.chats
    assert chat.body.keys() == {
        *("model", "messages", "temperature", "max_tokens", "reasoning_effort", "seed")
    }


def test_what_openrouter_cannot_route_with_a_parameter_goes_without() -> None:
    class Router(LoopbackServer):
        """No provider takes a temperature."""

        def _refuse(self, request: HttpRequest, body: dict[str, object]) -> HttpResponse | None:
            if "temperature" not in body:
                return None
            said = "No endpoints found that can handle the requested parameters."
            return HttpResponse.of_json({"error": {"message": said, "code": 404}}, 404)

    with Router() as server:
        (reply,) = ask(backend(server, provider={"require_parameters": True}))
    assert len(reply.targets) == len(TEXTS)
    assert "max_tokens" in server.chats[-1].body


# --- proxies ------------------------------------------------------------------------------


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Behind() as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        (reply,) = ask(backend("http://models.example/v1"))
    assert len(reply.targets) == len(TEXTS)
    assert [request.path for request in proxy.raw] == ["http://models.example/v1/chat/completions"]
    assert proxy.raw[0].headers["host"] == "models.example"


def test_no_proxy_is_used_where_the_environment_says_so(
    monkeypatch: pytest.MonkeyPatch, model_server: Start
) -> None:
    with Behind() as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        ask(backend(model_server()))
    assert proxy.raw == []


@contextmanager
def tunnel(answer: bytes) -> Iterator[tuple[int, list[str]]]:
    """A proxy that gives `answer` to every CONNECT; its port and the first lines it was sent."""
    lines: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    lines.append(connection.recv(4096).split(b"\r\n")[0].decode())
                    connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], lines


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_https_goes_through_the_proxys_tunnel(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy here refuses it: what matters is that it was asked, and for what."""
    with tunnel(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n") as (
        port,
        lines,
    ):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        with pytest.raises(TransportError, match=r"https://models\.example/v1: 407"):
            ask(backend("https://models.example/v1", attempts=1))
    assert lines == ["CONNECT models.example:443 HTTP/1.1"]


# --- redirects ----------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("path", ["/v1", "/openai/deployments/D?api-version=1"])
def test_no_key_is_carried_after_a_redirect(path: str, status: int) -> None:
    with Behind() as elsewhere:
        there = f"http://127.0.0.2:{elsewhere.port}/v1/chat/completions"
        moved = HttpResponse(status, headers={"location": there})
        with HttpServer(lambda request: moved) as server:
            url = f"http://127.0.0.1:{server.port}{path}"
            with pytest.raises(FatalBackendError, match=r"redirects to http://127\.0\.0\.2"):
                ask(backend(url))
    assert elsewhere.raw == []


def test_a_loop_of_redirects_ends_at_once() -> None:
    with HttpServer(lambda request: HttpResponse(302, headers={"location": "/v1"})) as server:
        with pytest.raises(FatalBackendError, match="redirects to /v1"):
            ask(backend(f"http://127.0.0.1:{server.port}/v1"))
        assert server.connections == 1


# --- local servers -------------------------------------------------------------------------


def local(*answers: HttpResponse) -> LoopbackServer:
    """A server that gives these answers first, then good ones."""

    class Local(LoopbackServer):
        def _refuse(self, request: HttpRequest, body: dict[str, object]) -> HttpResponse | None:
            return queue.pop(0) if queue else None

    queue = list(answers)
    return Local()


def test_llama_cpp_that_still_loads_its_model_is_waited_for() -> None:
    error = {"code": 503, "message": "Loading model", "type": "unavailable_error"}
    with local(*[HttpResponse.of_json({"error": error}, 503)] * 2) as server:
        (reply,) = ask(backend(server, api_key="none"))
    assert len(reply.targets) == len(TEXTS)
    assert reply.usage.requests == 3


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (404, {"error": {"message": 'model "x" not found, try pulling it first'}}, "pulling it"),
        (400, {"error": "No models loaded. Please load a model."}, "No models loaded"),
        (200, {"error": "Unexpected endpoint or method. (POST /chat/completions)"}, "`/v1`"),
        (404, {"object": "error", "message": "The model `x` does not exist.", "code": 404}, "`x`"),
        (404, {"detail": "Not Found"}, "Not Found"),
        (405, {"detail": "Method Not Allowed"}, "Method Not Allowed"),
    ],
)
def test_a_local_server_without_the_model_stops_the_run(
    status: int, body: dict[str, object], words: str
) -> None:
    with local(HttpResponse.of_json(body, status)) as server:
        with pytest.raises(FatalBackendError, match="is not offered there") as caught:
            ask(backend(server, api_key="none"))
        assert words in str(caught.value)
        assert len(server.requests) == 1


def test_a_local_server_gets_the_placeholder_and_any_model_name() -> None:
    with local() as server:
        (reply,) = ask(backend(server, api_key="none", model="local"), batch())
    assert server.chats[0].headers["authorization"] == "Bearer none"
    assert reply.model == "local" != MODEL
