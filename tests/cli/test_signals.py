"""A run that is told to end, by Ctrl-C or by whoever stops a container, while requests hang."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import LoopbackServer
from translate_pipeline.cli import main

Start = Callable[..., LoopbackServer]

# Two requests: more than one takes, less than what is shown in pages.
LONG = "\n\n".join(f"Paragraph number {n} of an article that is rather long." for n in range(330))


def options(server: LoopbackServer) -> list[str]:
    named = ["--base-url", server.base_url, "--model", "m", "--api-key-env", "TP_KEY"]
    return ["translate", ".", "--to", "de", "--concurrency", "1", "--json", *named]


def asked(server: LoopbackServer, upto: int | None = None) -> list[str]:
    """The texts that were asked for."""
    tasks = [chat.task for chat in server.chats[:upto]]
    return [segment.text for task in tasks if task is not None for segment in task.wanted]


@pytest.mark.parametrize(
    ("number", "code", "word"),
    [
        (signal.SIGTERM, 143, "terminated"),
        pytest.param(signal.SIGINT, 130, "interrupted", marks=pytest.mark.slow),
    ],
)
def test_what_was_accepted_is_kept_and_not_asked_again(
    tmp_path: Path,
    model_server: Start,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    code: int,
    word: str,
) -> None:
    (tmp_path / "a.md").write_text(LONG)
    (tmp_path / "b.md").write_text("A short one.\n")
    # The first half of `a`, then `b`, then the second half of `a`, which never comes back.
    server = model_server(script=[None, None, *["hang"] * 9])
    with subprocess.Popen(
        [sys.executable, "-m", "translate_pipeline", *options(server)],
        cwd=tmp_path,
        env={**os.environ, "TP_KEY": "sk-0123456789"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        deadline = time.monotonic() + 60
        while not (len(server.chats) == 3 and (tmp_path / "b.de.md").exists()):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)  # a request may take 120 s
    assert (process.returncode, err) == (code, "")
    document = json.loads(out)
    assert document["exit_code"] == code
    assert document["stopped"] == f"{word}; what was finished is on disk"
    assert [r["target"] for r in document["results"] if r["status"] == "written"] == ["b.de.md"]
    assert not (tmp_path / "a.de.md").exists()
    assert not list(tmp_path.rglob("*.tmp"))

    accepted = asked(server, 2)
    assert len(accepted) > 100
    healthy = model_server()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TP_KEY", "sk-0123456789")
    assert main(options(healthy)) == 0
    capsys.readouterr()
    assert set(asked(healthy)).isdisjoint(accepted)
    assert len(asked(healthy)) + len(accepted) == 331
    assert (tmp_path / "a.de.md").exists()
