"""Builds the sdist and, from it, the wheel; installs that in a clean venv and translates there.

The law: what a user installs is whole. `prompts/` exists once in the repository, and it is
found in a checkout, in the sdist and in the wheel alike.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from translate_pipeline._version import __version__

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "blog" / "notes" / "2025-11-03-brass-computer-en.md"
# As it was before the suite took proxies and keys out of it: pip may need a proxy.
ENVIRONMENT = dict(os.environ)
# What pip says when the index is out of reach, not when a requirement is wrong.
_NO_INDEX = re.compile(
    r"NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Name or service not known"
    r"|Temporary failure in name resolution|Network is unreachable|Connection (?:refused|reset)"
)


def run(command: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """`command` in `folder`, with nothing of this project on the path; its output as text."""
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "OPENROUTER_API_KEY", "OPENAI_API_KEY")
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={k: v for k, v in ENVIRONMENT.items() if k not in hidden} | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=240,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    return f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist, and the wheel that `build` made from it, not from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build: list[str | Path] = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        folder,
        ROOT,
    ]
    done = run(build, folder)
    assert done.returncode == 0, said(done)
    return next(folder.glob("*.tar.gz")), next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a clean venv with the wheel and its dependencies from the index."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip: list[str | Path] = [
        scripts / "python",
        "-m",
        "pip",
        "install",
        "-q",
        "--retries",
        "1",
        "--no-compile",
    ]
    done = run([*pip, built[1]], folder)
    if done.returncode and _NO_INDEX.search(done.stdout + done.stderr):
        pytest.skip("the package index cannot be reached, so the wheel has no dependencies")
    assert done.returncode == 0, said(done)
    return scripts


def prompt_files() -> set[str]:
    """The prompts of the checkout, as paths below the repository's root."""
    return {p.relative_to(ROOT).as_posix() for p in (ROOT / "prompts").rglob("*.md")}


def test_the_repository_has_one_copy_of_the_prompts() -> None:
    assert "prompts/system.md" in prompt_files()
    tops = {".git", ".venv", "build", "dist", "shared"}
    copies = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("prompts")
        if path.is_dir() and path.relative_to(ROOT).parts[0] not in tops
    ]
    assert copies == ["prompts"]


def test_the_sdist_holds_what_tests_and_wheel_need(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        top = f"translate_pipeline-{__version__}/"
        names = {n.removeprefix(top) for n in archive.getnames()}
    assert prompt_files() <= names
    assert {"README.md", "LICENSE", "pyproject.toml", "tests/test_wheel.py", ".ci/run"} <= names
    assert EXAMPLE.relative_to(ROOT).as_posix() in names
    assert "src/translate_pipeline/prompts/system.md" not in names
    assert [n for n in names if "__pycache__" in n or n.endswith((".pyc", ".env"))] == []


def test_the_wheel_holds_the_package_and_the_prompts_only(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as archive:
        names = set(archive.namelist())
    assert {f"translate_pipeline/{name}" for name in prompt_files()} <= names
    assert "translate_pipeline/py.typed" in names
    tops = {name.split("/")[0] for name in names}
    assert tops == {"translate_pipeline", f"translate_pipeline-{__version__}.dist-info"}


def test_the_installed_wheel_translates_from_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    source = tmp_path / "posts" / EXAMPLE.name
    source.parent.mkdir()
    source.write_bytes(EXAMPLE.read_bytes())
    command = "translate posts --to de,hant --backend pseudo --dialect jekyll --out out"
    done = run([installed / "translate-pipeline", *command.split()], tmp_path)
    assert done.returncode == 0, said(done)
    for locale in ("de", "hant"):
        target = tmp_path / "out" / EXAMPLE.name.replace("-en.md", f"-{locale}.md")
        written = target.read_bytes().decode()
        assert f"\nlang: {locale}\n" in written
        assert "\ntranslated: true\n" in written
        assert "### References\n" not in written
        # The reference list is the source's, byte for byte, up to the missing last newline.
        assert written.endswith(EXAMPLE.read_bytes().decode().partition("### References\n")[2])


def test_the_installed_wheel_finds_its_own_prompts(installed: Path, tmp_path: Path) -> None:
    code = (
        "import json, translate_pipeline\n"
        "from translate_pipeline.resources import prompt_names, read_prompt\n"
        "names = [*prompt_names(), 'system', 'task', 'repair', 'review']\n"
        "print(json.dumps([translate_pipeline.__file__, {n: read_prompt(n) for n in names}]))\n"
    )
    done = run([installed / "python", "-c", code], tmp_path)
    assert done.returncode == 0, said(done)
    where, texts = json.loads(done.stdout)
    assert Path(where).is_relative_to(installed.parent)
    assert {f"prompts/{name}.md" for name in texts} == prompt_files()
    for name, text in texts.items():
        assert text == (ROOT / "prompts" / f"{name}.md").read_text("utf-8"), name
