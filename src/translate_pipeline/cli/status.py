"""The command `status`: which translation of the site is in which state.

The law: nothing is written but the cache of file digests, nothing is sent, and whatever it
finds the exit code is 0: `check` is what fails. Nothing but argparse is imported here, for
`--help` passes through.
"""

from __future__ import annotations

import argparse
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translate_pipeline.settings import Settings
    from translate_pipeline.survey import Row

__all__ = ["DESCRIPTION", "add_arguments", "execute"]

DESCRIPTION = """\
Show the state of every translation of the site: how many are fresh, missing, stale, edited
by a person, broken, orphaned (the source is gone), renamed or unrecorded (older than the
ledger); then the articles that want attention.

With PATHs, only what stands there, sources or translations.
"""
_MOST = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of `status`."""
    add = parser.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="article, translation or folder")
    add("--all", action="store_true", help=f"name every article, not {_MOST} of each state")
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--json", action="store_true", help="print one JSON document with the whole matrix")
    add("--debug", action="store_true", help="show tracebacks")


def execute(flags: argparse.Namespace) -> int:
    """Print the state of the site; the exit code. Raises `ConfigError`."""
    from translate_pipeline.cli._site import site_of
    from translate_pipeline.memory.stamps import Stamps
    from translate_pipeline.report.status import status_document, status_lines
    from translate_pipeline.survey import survey

    work = site_of(flags, Path.cwd())
    with Stamps(work.root) as stamps:
        rows = survey(
            work.root,
            work.planned(),
            stamps=stamps,
            settings_digest=work.settings_digest,
            segments=work.edition.segments,
        )
        if flags.paths:
            # All of them before the first is printed: half a document is none.
            rows = iter(_at(rows, [(path, _below(work.root, path)) for path in flags.paths]))
        leverage = _leverage(work.settings, work.root)
        if flags.json:
            _print(status_document(rows, leverage=leverage))
        else:
            most = None if flags.all else _MOST
            _print(status_lines(rows, most=most, leverage=leverage))
    return 0


def _leverage(settings: Settings, root: Path) -> tuple[int, int] | None:
    """What the memory tells of all runs; None where there is none, or it cannot be asked."""
    import os

    from translate_pipeline.cli._choices import memory_place
    from translate_pipeline.errors import ConfigError

    try:
        place = memory_place(settings, root, os.environ)
        if place is None or (isinstance(place, Path) and not place.exists()):
            return None
        from translate_pipeline.memory import open_memory

        memory = open_memory(place)
        try:
            return memory.leverage()
        finally:
            memory.close()
    except (ConfigError, OSError):
        return None  # `translate` and `memory stats` tell what is wrong with it


def _below(root: Path, path: Path) -> str:
    """The path as rows have it. Raises `ConfigError` for one outside of the site."""
    import os

    from translate_pipeline.errors import ConfigError

    there = os.path.abspath(path)
    # The folder's links are followed, as the root's are; a link to a file keeps its name.
    there = os.path.join(os.path.realpath(os.path.dirname(there)), os.path.basename(there))
    if not Path(there).is_relative_to(root):
        raise ConfigError(f"{path}: this is outside of the site {root}; name what is in it")
    return Path(there).relative_to(root).as_posix()


def _at(rows: Iterable[Row], wanted: Sequence[tuple[Path, str]]) -> list[Row]:
    """The rows of sources at the paths, and of others the targets there.

    Raises `ConfigError` for a path where there is neither.
    """
    from translate_pipeline.errors import ConfigError

    unused = dict(wanted)

    def holds(place: str) -> bool:
        found = [p for p, at in wanted if at == "." or place == at or place.startswith(f"{at}/")]
        for path in found:
            unused.pop(path, None)
        return bool(found)

    kept = []
    for row in rows:
        if holds(row.source):
            kept.append(row)
        elif views := tuple(view for view in row.states if holds(view.target)):
            kept.append(row._replace(states=views))
    for path in unused:
        raise ConfigError(f"{path}: there is no source and no translation of the site; check it")
    return kept


def _print(lines: Iterable[str]) -> None:
    """To stdout, whatever its encoding can show."""
    import sys

    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        print(line.encode(encoding, "backslashreplace").decode(encoding))
