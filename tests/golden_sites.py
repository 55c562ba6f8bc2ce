"""A golden site's name in, the tree that `translate` makes of it out.

    python -m tests.golden_sites      # writes after/ anew; read the diff before committing it

`before/` is a small real site, `after/` holds the files that a run adds or changes, translated by
the loopback server, whose targets depend on the source text alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory

from tests.servers.loopback import MODEL, LoopbackServer
from translate_pipeline.cli import main as command_line

GOLDEN = Path(__file__).resolve().parent / "golden"
#: What a run keeps for the next one holds dates and digests, and is tested elsewhere.
_OWN = ".translate-pipeline"

__all__ = ["GOLDEN", "after", "names", "translated"]


def names() -> list[str]:
    """The golden sites, sorted."""
    return sorted(path.parent.name for path in GOLDEN.glob("*/before"))


def after(name: str) -> dict[str, bytes]:
    """The files under `after/`, by path."""
    return _files(GOLDEN / name / "after")


def translated(name: str, folder: Path, server: LoopbackServer) -> tuple[int, dict[str, bytes]]:
    """Exit code, and the files that a run in a copy of `before/` adds or changes."""
    root = copytree(GOLDEN / name / "before", folder / name)
    before = _files(root)
    config = root / "translate-pipeline.toml"
    code = command_line(
        [
            *("translate", "--config", str(config)),
            *("--model", MODEL, "--base-url", server.base_url, "--memory", "none"),
        ]
    )
    made = {path: data for path, data in _files(root).items() if before.get(path) != data}
    assert not before.keys() - _files(root).keys(), "a run deletes nothing"
    return code, made


def _files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] != _OWN
    }


def main() -> int:
    """Write every `after/` anew."""
    for name in names():
        with TemporaryDirectory() as folder, LoopbackServer() as server:
            code, made = translated(name, Path(folder), server)
        rmtree(GOLDEN / name / "after", ignore_errors=True)
        for path, data in made.items():
            target = GOLDEN / name / "after" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        print(f"{name}: exit code {code}, {len(made)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
