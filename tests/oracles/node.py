"""Texts in, what a script of Node's makes of each out; its packages come from npm, once.

The law: the packages are those that the script's own `package.json` names, in these versions.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.oracles.pairs import Failed, Missing

__all__ = ["answers", "installed", "lines", "version"]

_HERE = Path(__file__).resolve().parent


def installed(name: str, source: Path | None = None) -> Path:
    """A folder in the user's cache with the packages and scripts of `name`; raises Missing.

    They are in the folder `source`, or in the one called `name` beside this file. It is made
    anew when its `package.json` changes, and shared by the tests and the benchmarks.
    """
    if not shutil.which("npm") or not shutil.which("node"):
        raise Missing(f"npm and node are needed to ask {name}")
    source = source or _HERE / name
    wanted = (source / "package.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = (
        cache / "translate-pipeline-oracles" / f"{name}-{hashlib.sha256(wanted).hexdigest()[:12]}"
    )
    folder.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        if path.suffix in (".json", ".mjs"):
            shutil.copy(path, folder)
    done = folder / ".installed"
    if not done.exists():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        result = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=240, check=False
        )
        if result.returncode:
            raise Missing(f"npm could not install {name}: {(result.stderr + result.stdout)[-300:]}")
        done.touch()
    return folder


def version(name: str, package: str) -> str:
    """The installed version of `package` among those of `name`."""
    told = (installed(name) / "node_modules" / package / "package.json").read_text("utf-8")
    return str(json.loads(told)["version"])


def answers(name: str, requests: Iterable[dict[str, Any]]) -> list[Any | Failed]:
    """What `name/read.mjs` says of each request: its `answer`, or `Failed` with its `error`."""
    found = lines(installed(name), "read.mjs", requests)
    return [Failed(one["error"]) if "error" in one else one["answer"] for one in found]


def lines(folder: Path, script: str, requests: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a script in an installed folder answers to each request, one line of JSON each."""
    given = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run(
        ["node", script], cwd=folder, input=given, capture_output=True, text=True,
        timeout=900, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{folder.name}/{script} failed: {done.stderr[-2000:]}")
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"')]
    if len(found) != given.count("\n"):
        raise RuntimeError(f"{folder.name}/{script}: {len(found)} answers, {done.stderr[-500:]}")
    return found
