"""`review` through the command line: corrected where it is right to, counted and priced."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import MODEL, LoopbackServer
from tests.servers.critic import CriticServer
from translate_pipeline.cli import main

Start = Callable[..., LoopbackServer]

SOURCE = "# The valve\n\nNever open the valve at night.\n\nIt is late, and nobody is there now.\n"
GERMAN = {
    "The valve": "Das Ventil",
    "Never open the valve at night.": "Öffnen Sie das Ventil nachts.",
    "It is late, and nobody is there now.": "Es ist spät, und niemand ist jetzt da.",
}
RIGHT = "Öffnen Sie das Ventil nachts nie."


def verdict(source: str, target: str) -> str:
    if "nie" not in target and source.startswith("Never"):
        return f"critical | omission | das Ventil nachts | {RIGHT}"
    return "ok"


class Editor(LoopbackServer):
    """Translates, and reviews under another model's name: one endpoint, as people have it."""

    def _handle(self, request):  # type: ignore[no-untyped-def]
        if json.loads(request.body or b"{}").get("model") == "editor":
            return self.critic._handle(request)
        return super()._handle(request)

    critic = CriticServer(verdict)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    (tmp_path / "x.md").write_text(SOURCE)
    return tmp_path


def test_what_a_review_corrects_is_published_and_remembered(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Editor(lambda text, kind: GERMAN[text]) as server:
        arguments = ("translate", "x.md", "--to", "de", "--model", MODEL)
        arguments += ("--base-url", server.base_url)
        assert main((*arguments, "--review", "all", "--review-model", "editor", "--json")) == 0
        document = json.loads(capsys.readouterr().out)
        assert document["totals"]["usage"]["requests"] == 2
        assert RIGHT in (site / "x.de.md").read_text()
        assert "review" in str(document)
        # Another run asks nobody: neither the model nor the reviewer.
        (site / "x.de.md").unlink()
        sent = len(server.requests), len(server.critic.requests)
        assert main((*arguments, "--review", "all", "--review-model", "editor")) == 0
        assert RIGHT in (site / "x.de.md").read_text()
        assert (len(server.requests), len(server.critic.requests)) == sent


def test_a_review_counts_against_the_limits(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Editor(lambda text, kind: GERMAN[text]) as server:
        arguments = ("translate", "x.md", "--to", "de", "--model", MODEL, "--max-requests", "1")
        arguments += ("--base-url", server.base_url, "--review", "all", "--review-model", "editor")
        assert main(arguments) == 1
        assert "--max-requests" in capsys.readouterr().out
        assert not (site / "x.de.md").exists()


def test_a_review_is_in_the_estimate(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def estimated(*more: str) -> dict[str, int]:
        assert main(("translate", "x.md", "--to", "de", "--dry-run", "--json", *more)) == 0
        estimate = json.loads(capsys.readouterr().out)["estimate"]
        assert isinstance(estimate, dict)
        return estimate

    plain = estimated()
    reviewed = estimated("--review", "all", "--review-model", "editor")
    assert reviewed["requests"] == plain["requests"] + 1
    assert reviewed["prompt_tokens"] > plain["prompt_tokens"] + 300


def test_without_a_model_to_review(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("translate", "x.md", "--to", "de", "--model", MODEL, "--review", "all")) == 2
    assert "review_model" in capsys.readouterr().err
