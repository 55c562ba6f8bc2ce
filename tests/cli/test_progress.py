"""Progress: a bar on a terminal, nothing but faults elsewhere."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-m", "translate_pipeline", "translate", ".", "--to", "de"]


def test_a_terminal_sees_each_file(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"[red]{n}.md").write_text("Words.\n")
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [*COMMAND, "--backend", "pseudo"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
            timeout=60,
            check=False,
        )
    finally:
        os.close(theirs)
    seen = b""
    try:
        while piece := os.read(ours, 65536):
            seen += piece
    except OSError:  # Linux says so at the end of a pty
        pass
    finally:
        os.close(ours)
    assert done.returncode == 0
    assert done.stdout.startswith(b"3 translations written in ")
    # File names are shown as they are: no markup of rich in them works.
    assert "[red]2.md → [red]2.de.md".encode() in seen
    assert b"translating" in seen


def test_elsewhere_there_is_silence(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("Words.\n")
    code = (
        "import sys; from translate_pipeline.cli import main;"
        "code = main(sys.argv[1:]); assert 'rich' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *COMMAND[3:], "--backend", "pseudo"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 translation written in ")
