"""`doctor` as it is typed: what it prints, what it asks for, its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.doctor.endpoint import Endpoint
from tests.servers import MODEL
from translate_pipeline.cli import main

PRICES = {"prompt": "0.0000003", "completion": "0.0000025"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MY_KEY", "sk-test-0123456789abcdef")


def doctor(server: Endpoint, *more: str) -> int:
    key = () if "--no-key" in more else ("--api-key-env", "MY_KEY")
    rest = [flag for flag in more if flag != "--no-key"]
    return main(["doctor", "--model", MODEL, "--base-url", server.base_url, *key, *rest])


def test_a_usable_endpoint(capsys: pytest.CaptureFixture[str]) -> None:
    listed = [{"id": MODEL, "context_length": 65_536, "pricing": PRICES}, {"id": "other"}]
    with Endpoint(listed=listed, cost=2.5e-6) as server:
        assert doctor(server, "--to", "fr") == 0
    out = capsys.readouterr().out
    for line in (
        f"endpoint   {server.base_url}",
        f"model      {MODEL} (offered, one of 2)",
        "context    65,536 tokens",
        "price      0.3 in, 2.5 out, USD per million tokens",
        "takes      temperature: yes; output limit: max_tokens; reasoning: not set; JSON schema:"
        " held to",
        "verdict    usable",
    ):
        assert f"{line}\n" in out
    assert "request 1  3 of 3 segments into fr in " in out
    assert "request 2  1 of 1 segments into fr in " in out
    assert out.endswith("verdict    usable\n")
    assert " USD, 3 requests\n" in out
    assert list(Path().iterdir()) == []  # nothing is written


def test_one_that_is_not_usable(capsys: pytest.CaptureFixture[str]) -> None:
    with Endpoint(script=["http_402"] * 3) as server:
        assert doctor(server, "--yes") == 3
    out = capsys.readouterr().out
    assert "fault      no credit left" in out
    assert out.endswith("verdict    not usable: mend what is named above and run this again\n")


def test_a_price_that_nobody_tells_needs_a_yes(capsys: pytest.CaptureFixture[str]) -> None:
    with Endpoint() as server:
        assert doctor(server) == 2
        printed = capsys.readouterr()
        assert server.posts == []
        assert "verdict    not tested" in printed.out
        assert "nobody says what a token costs here" in printed.err
        assert "--yes" in printed.err
        assert doctor(server, "--yes") == 0
        assert doctor(server, "--no-key") == 0


def test_the_prices_of_the_config_count(capsys: pytest.CaptureFixture[str]) -> None:
    config = "[prices]\nprompt = {}\ncompletion = {}\n"
    with Endpoint() as server:
        Path("translate-pipeline.toml").write_text(config.format(0.3, 2.5))
        assert doctor(server) == 0
        Path("translate-pipeline.toml").write_text(config.format(30, 250))
        assert doctor(server) == 2
    assert "more than 0.01" in capsys.readouterr().err


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    with Endpoint() as server:
        codes = [doctor(server, "--json", more) for more in ("--yes", "--no-key", "--debug")]
    documents = []
    text, decoder = capsys.readouterr().out, json.JSONDecoder()
    while text.strip():
        document, end = decoder.raw_decode(text.lstrip())
        documents.append(document)
        text = text.lstrip()[end:]
    assert codes == [d["exit_code"] for d in documents] == [0, 0, 2]
    assert [d["usable"] for d in documents] == [True, True, None]
    assert documents[0]["taken"]["structured"] is True
    assert documents[1]["cost"]["spent"] == 0.0
    assert documents[1]["calls"][1]["cached_tokens"] > 1024
    assert "nobody says" in documents[2]["unasked"]


def test_a_config_says_it_all() -> None:
    with Endpoint(rejects={"reasoning_effort": "Supported: 'low'; 'none' unsupported"}) as server:
        Path("translate-pipeline.toml").write_text(
            f'source = "de"\ntargets = ["de", "fr"]\nmodel = "first"\nreasoning = "none"\n'
            f'base_url = "{server.base_url}"\nfallback_models = ["second"]\n'
            f'[models]\nfr = "{MODEL}"\n[extra_body]\nseed = 7\n'
        )
        assert main(["doctor"]) == 0
    assert {post["model"] for post in server.posts} == {MODEL}
    assert all(post["seed"] == 7 for post in server.posts)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "no default model"),
        (["--model", "m"], 3, "no API key"),
        (["--model", "m", "--base-url", "nonsense"], 3, "no API key"),
        (["--model", "m", "--base-url", "http://localhost:1/v1#x"], 2, "the base URL holds `#`"),
        (["--model", "m", "--to", "klingon?"], 2, "klingon"),
    ],
)
def test_what_cannot_be_examined(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", *arguments]) == code
    assert message in capsys.readouterr().err


def test_a_backend_without_an_endpoint(capsys: pytest.CaptureFixture[str]) -> None:
    Path("translate-pipeline.toml").write_text('backend = "pseudo"\n')
    assert main(["doctor"]) == 2
    assert "has no endpoint to examine" in capsys.readouterr().err


def test_the_sdk_is_loaded_when_a_request_is_made_and_not_before() -> None:
    code = (
        "import sys; from translate_pipeline.cli import main;"
        "main(['doctor', '--help']); main(['doctor']);"
        "sys.exit(bool({'openai', 'httpx', 'httpx2', 'pydantic'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
