"""What the GitHub Actions run, run for real: by bash, inputs in the environment, on git sites.

The remote is a folder beside the site.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.git_site import ARTICLE, BIN, example_site, help_of, must, run
from tests.servers import LoopbackServer
from tests.test_actions import CHECK, SCRIPT, steps


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A runner's folder for temporary files, with what the step before has installed."""
    program = tmp_path / "runner/translate-pipeline/bin"
    program.mkdir(parents=True)
    for name in ("translate-pipeline", "python"):
        (program / name).write_text(f'#!/bin/sh\nexec "{BIN / name}" "$@"\n')
        (program / name).chmod(0o755)
    return tmp_path / "runner"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A remote that has one article and its translation; its model answers while tests run."""
    folder = tmp_path_factory.mktemp("published")
    with LoopbackServer() as model:
        first = example_site(folder / "first", model.base_url)
        must("git", "clone", "--quiet", "--bare", first, folder / "remote", cwd=folder)
        yield folder / "remote"


@pytest.fixture
def site(tmp_path: Path, published: Path) -> Path:
    """A clone of such a remote, which is `../remote`."""
    shutil.copytree(published, tmp_path / "remote")
    must("git", "clone", "--quiet", tmp_path / "remote", tmp_path / "site", cwd=tmp_path)
    return tmp_path / "site"


def check(site: Path, runner: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    help_of("check")
    step = next(step for step in steps(CHECK) if "FAIL_ON" in step.get("env", {}))
    environ = {"FAIL_ON": "", "PATHS": "", "RUNNER_TEMP": str(runner), "GITHUB_ACTIONS": "true"}
    environ["GITHUB_WORKSPACE"] = str(site)
    # As a runner starts `shell: bash`.
    script = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
    return run(*script, cwd=site, **{**environ, **inputs})


def test_the_check_of_a_good_site(site: Path, runner: Path) -> None:
    done = check(site, runner)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "::error" not in done.stdout


def test_the_check_annotates_what_is_broken(site: Path, runner: Path) -> None:
    target = site / "content/a.de.md"
    target.write_text(target.read_text("utf-8").replace("`code`", "code"), "utf-8")
    for inputs in ({}, {"PATHS": "content/a.de.md\n"}, {"FAIL_ON": "broken", "PATHS": "\n"}):
        done = check(site, runner, **inputs)
        assert done.returncode == 1, done.stdout + done.stderr
        assert re.search(r"^::error file=content/a\.de\.md,", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("text", ["--help", "$(touch pwned)`touch pwned`\"';touch pwned;'\""])
def test_an_input_is_text_and_nothing_else(site: Path, runner: Path, text: str) -> None:
    for name in ("FAIL_ON", "PATHS"):
        done = check(site, runner, **{name: text})
        assert done.returncode in (1, 2), done.stdout + done.stderr
        assert "usage: " not in done.stdout
    assert not (site / "pwned").exists()


def translate(site: Path, runner: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    environ = {
        "BATCH": "1",
        "BRANCH": "main",
        "COMMIT_MESSAGE": "Update translations",
        "COMMIT_NAME": "bot",
        "COMMIT_EMAIL": "bot@example.com",
        "GITHUB_RUN_ID": "7",
        "GITHUB_OUTPUT": str(site.parent / "output"),
    }
    command = ("bash", SCRIPT, runner / "translate-pipeline/bin")
    return run(*command, cwd=site, **{**environ, **inputs})


def pushed(site: Path, branch: str = "main") -> list[list[str]]:
    """The files of each commit on the remote after its first, oldest first."""
    remote = site.parent / "remote"
    log = must("git", "log", "--reverse", "--name-only", "--format=%x00", branch, cwd=remote)
    return [sorted(filter(None, part.split("\n"))) for part in log.split("\0")[2:]]


def add(site: Path, *names: str) -> None:
    for name in names:
        (site / f"content/{name}.md").write_text(ARTICLE.replace("heading", f"heading {name}"))
    must("git", "add", "--all", cwd=site)
    must("git", "commit", "--quiet", "--message=new", cwd=site)
    must("git", "push", "--quiet", "origin", "HEAD:main", cwd=site)


def test_batches_are_committed_and_pushed(site: Path, runner: Path) -> None:
    add(site, "b", "c")
    done = translate(site, runner)
    assert done.returncode == 0, done.stdout + done.stderr
    commits = pushed(site)[1:]
    assert [[name for name in files if name.startswith("content/")] for files in commits] == [
        ["content/b.de.md"],
        ["content/c.de.md"],
    ]
    assert not [name for files in commits for name in files if "sqlite" in name or "lock" in name]
    assert (site.parent / "output").read_text() == "commits=2\n"
    # GitHub takes nothing that a run prints for a command.
    first, last = done.stdout.splitlines()[0], done.stdout.splitlines()[-1]
    assert first.startswith("::stop-commands::")
    assert re.fullmatch(r"::[0-9a-f]{32}::", last)
    # Nothing is left: nothing more is committed.
    again = translate(site, runner)
    assert again.returncode == 0
    assert len(pushed(site)) == 3
    assert (site.parent / "output").read_text() == "commits=2\ncommits=0\n"


@pytest.mark.slow
def test_it_stops_after_the_commits_that_were_asked_for(site: Path, runner: Path) -> None:
    add(site, "b", "c", "d")
    done = translate(site, runner, MAX_BATCHES="2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(pushed(site)) == 3


@pytest.mark.slow
def test_commits_of_others_come_first(site: Path, runner: Path, tmp_path: Path) -> None:
    add(site, "b")
    must("git", "clone", "--quiet", tmp_path / "remote", tmp_path / "other", cwd=tmp_path)
    add(tmp_path / "other", "x")
    done = translate(site, runner)
    assert done.returncode == 0, done.stdout + done.stderr
    made = [name for files in pushed(site)[2:] for name in files if name.endswith(".de.md")]
    assert made == ["content/b.de.md", "content/x.de.md"]


@pytest.mark.slow
def test_what_cannot_be_pushed_is_kept_on_a_branch(
    site: Path, runner: Path, tmp_path: Path
) -> None:
    add(site, "b")
    must("git", "clone", "--quiet", tmp_path / "remote", tmp_path / "other", cwd=tmp_path)
    (tmp_path / "other/content/b.de.md").write_text("# By hand\n")
    add(tmp_path / "other", "x")
    done = translate(site, runner)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "translate-pipeline/run-7" in done.stderr
    kept = pushed(site, "translate-pipeline/run-7")[-1]
    assert [name for name in kept if name.startswith("content/")] == ["content/b.de.md"]
    assert (site.parent / "output").read_text() == "commits=0\n"


def test_a_wrong_setting_ends_it_at_once(site: Path, runner: Path) -> None:
    add(site, "b")
    done = translate(site, runner, BACKEND="nonsense")
    assert done.returncode == 2, done.stdout + done.stderr
    assert len(pushed(site)) == 1
