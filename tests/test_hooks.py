"""The pre-commit hooks: sound by pre-commit's own rules, and tried for real from a copy of this.

The trial (`pre-commit try-repo`) makes an environment from the package index, so it is slow.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.git_site import ROOT, example_site, help_of, must, program, run
from tests.servers import LoopbackServer

HOOKS = ROOT / ".pre-commit-hooks.yaml"


def hooks() -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text("utf-8"))}


def test_pre_commit_takes_the_manifest() -> None:
    must(program("pre-commit"), "validate-manifest", HOOKS, cwd=ROOT)


def test_the_hooks_and_what_they_run() -> None:
    assert list(hooks()) == [
        "translate-pipeline-check",
        "translate-pipeline-check-site",
        "translate-pipeline-translate",
    ]
    for hook in hooks().values():
        name, command = hook["entry"].split()
        assert name == "translate-pipeline"
        assert help_of(command)
        assert hook["language"] == "python"
    site = hooks()["translate-pipeline-check-site"]
    assert (site["pass_filenames"], site["always_run"]) == (False, True)


@pytest.mark.parametrize("name", ["translate-pipeline-check", "translate-pipeline-translate"])
def test_which_files_they_take(name: str) -> None:
    pattern = re.compile(hooks()[name]["files"])
    for path in ("a.md", "_posts/de/x-de.md", "a.markdown", "b.mdx", "c/d.qmd", "e.Rmd"):
        assert pattern.search(path), path
    for path in ("a.md.txt", "amd", "a.py", "a.md/x", "x.mdxx"):
        assert not pattern.search(path), path


def copy_of_this(folder: Path) -> Path:
    """The repository as it stands, changes included, as one commit: what try-repo can clone."""
    listed = must("git", "ls-files", "-co", "--exclude-standard", "-z", cwd=ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    must("git", "init", "--quiet", "--initial-branch=main", cwd=folder)
    must("git", "add", "--all", cwd=folder)
    must("git", "commit", "--quiet", "--message=copy", cwd=folder)
    return folder


@pytest.mark.slow
def test_pre_commit_runs_the_hooks_of_this_repository(
    tmp_path: Path, model_server: Callable[..., LoopbackServer]
) -> None:
    pre_commit = program("pre-commit")
    help_of("check")
    repository = copy_of_this(tmp_path / "repository")
    site = example_site(tmp_path / "site", model_server().base_url)
    target = site / "content/a.de.md"
    whole = target.read_text("utf-8")

    def asked(*arguments: str | Path) -> tuple[int, str]:
        home = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "PRE_COMMIT_COLOR": "never"}
        done = run(pre_commit, *arguments, "--verbose", cwd=site, **home)
        said = done.stdout + done.stderr
        if "No matching distribution" in said or "Failed to establish" in said:
            pytest.skip(f"the package index does not answer: {said[-300:]}")
        return done.returncode, said

    # Each try makes the environment anew, so one try has all three hooks.
    code, said = asked("try-repo", repository, "--files", "content/a.md", "content/a.de.md")
    assert code == 0, said
    assert said.count("Passed") == len(hooks()), said
    target.write_text(whole.replace("`code`", "code"), "utf-8")
    code, said = asked("try-repo", repository, "translate-pipeline-check", "--files", target)
    assert code == 1, said
    assert "content/a.de.md" in said

    # As a user has them: the environment is made once.
    revision = must("git", "rev-parse", "HEAD", cwd=repository).strip()
    repos = [
        {"repo": str(repository), "rev": revision, "hooks": [{"id": name} for name in hooks()]}
    ]
    (site / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": repos}))
    must("git", "add", "--all", cwd=site)
    for name, files in (("check", "--files=content/a.md"), ("check-site", "--all-files")):
        code, said = asked("run", f"translate-pipeline-{name}", files)
        assert code == 1, said
        assert "content/a.de.md" in said
    target.unlink()
    code, said = asked("run", "translate-pipeline-translate", "--files=content/a.md")
    assert code == 1, "pre-commit tells of files that a hook made or changed"
    assert target.read_text("utf-8") == whole
