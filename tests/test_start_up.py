"""Starting is cheap: nothing is imported before it is needed. Measured, and held by names."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SDKS = {"openai", "httpx", "httpx2", "anyio"}
HEAVY = SDKS | {"pydantic", "rich", "yaml", "frontmatter", "tenacity", "langcodes", "pyromark"}

OURS = {"translate_pipeline", "__future__"}


def modules(code: str, cwd: Path | None = None) -> set[str]:
    """The top-level modules that are loaded when `code` has run."""
    show = "\nimport sys; print(' '.join({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code + show], capture_output=True, text=True, check=True, cwd=cwd
    )
    return set(done.stderr.split())


def cli(*arguments: str) -> str:
    return f"from translate_pipeline.cli import main; assert main({list(arguments)!r}) == 0"


def test_importing_the_package_loads_next_to_nothing() -> None:
    bare = modules("pass")
    loaded = modules("import translate_pipeline") - bare
    assert loaded == OURS


def test_the_version_loads_nothing_more() -> None:
    assert modules(cli("--version")) - modules("pass") == OURS


@pytest.mark.parametrize("arguments", [("--help",), ("translate", "--help")])
def test_help_loads_argparse_and_nothing_heavy(arguments: tuple[str, ...]) -> None:
    loaded = modules(cli(*arguments))
    assert "argparse" in loaded
    assert loaded & (HEAVY | {"asyncio", "typing", "importlib.metadata"}) == set()


def test_the_pipeline_loads_no_sdk(tmp_path: Path) -> None:
    """Nor does the openai backend, before its first request."""
    code = (
        "from translate_pipeline import *;"
        "Pipeline(backend=PseudoBackend(), target='de').translate('Words.');"
        "OpenAIBackend(model='m', api_key='k')"
    )
    assert modules(code) & SDKS == set()


def test_a_run_without_config_model_or_terminal_loads_none_of_theirs(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("Words.\n")
    loaded = modules(cli("translate", "x.md", "--to", "de", "--backend", "pseudo"), tmp_path)
    assert loaded & (SDKS | {"pydantic", "rich"}) == set()
    loaded = modules(cli("translate", "x.md", "--to", "de", "--dry-run"), tmp_path)
    assert loaded & (SDKS | {"pydantic", "rich"}) == set()


def cpu(*command: str) -> float:
    """CPU seconds of a command, the best of 15: other work on the machine only adds."""
    best = float("inf")
    for _ in range(15):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def command() -> tuple[str, ...]:
    """The installed command beside this Python, or the module where there is none."""
    found = shutil.which("translate-pipeline", path=str(Path(sys.executable).parent))
    return (found,) if found else (sys.executable, "-m", "translate_pipeline")


@pytest.mark.parametrize(("flag", "times"), [("--version", 2), ("--help", 5)])
def test_it_costs_a_small_multiple_of_python_itself(flag: str, times: int) -> None:
    assert cpu(*command(), flag) <= times * cpu(sys.executable, "-c", "pass")
