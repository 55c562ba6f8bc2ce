"""The command `check`: everything that is wrong with the translations that are committed.

The law: no key, no network, no model, no memory, and nothing is written but the cache of file
digests. Nothing but argparse is imported here, for `--help` passes through.
"""

from __future__ import annotations

import argparse
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from translate_pipeline.cli._site import SiteWork
    from translate_pipeline.report.check import Checked
    from translate_pipeline.verify_site import SiteFlaw

__all__ = ["DESCRIPTION", "add_arguments", "execute"]

DESCRIPTION = """\
Verify the translations of the site as they are committed: missing, stale, broken (structure,
links, code, and all checks of the words, whoever wrote them), left over from a model, in the
wrong language, against the site's front matter policy, with dead in-page anchors.

What is as the ledger recorded it was proven when it was written, and is not read again; --all
does. With PATHs, sources or translations, only these; a file that is no part of the site is
passed over, so that a hook can name every changed file. No key, network or model is needed.

exit codes: 0 nothing that `fail_on` names, 1 something, 2 usage or configuration
"""
_FORMATS = ("text", "json", "github")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of `check`."""
    add = parser.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="article, translation or folder")
    add("--all", action="store_true", help="verify the text of every translation")
    add(
        "--fail-on",
        action="append",
        metavar="KINDS",
        help="what fails, of: missing, stale, edited, broken, orphaned, leftovers, language,"
        " front-matter, anchors, warnings (default: all but edited and warnings)",
    )
    add("--changed-since", metavar="REV", help="only what differs from this git revision")
    add("--format", choices=_FORMATS, default="text", help="default: text")
    add("--json", action="store_true", help="the same as --format json")
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--debug", action="store_true", help="show tracebacks")


def execute(flags: argparse.Namespace) -> int:
    """Print what is wrong; the exit code. Raises `ConfigError`."""
    import os

    from translate_pipeline.cli._choices import workspace_prefix
    from translate_pipeline.cli._site import site_of
    from translate_pipeline.report import check as report

    flags.json = flags.json or flags.format == "json"
    folder = Path.cwd()
    work = site_of(flags, folder)
    checked = _checked(flags, work, _wanted(flags, work, folder))
    if flags.json:
        _print(report.check_document(checked))
    elif flags.format == "github":
        prefix = workspace_prefix(work.root, os.environ)
        _print(report.check_annotations(checked, prefix=prefix))
    else:
        where = os.path.relpath(work.root, os.path.realpath(folder))
        prefix = "" if where == "." else f"{Path(where).as_posix()}/"
        _print(report.check_lines(checked, prefix=prefix))
    return checked.exit_code


def _checked(flags: argparse.Namespace, work: SiteWork, wanted: Callable[[str], bool]) -> Checked:
    from translate_pipeline.cli._progress import progress
    from translate_pipeline.memory.stamps import Stamps
    from translate_pipeline.report.check import Checked
    from translate_pipeline.survey import survey
    from translate_pipeline.verify_site import SiteCheck

    planned = {item.source: item for item in work.planned()}
    check = SiteCheck(
        root=work.root,
        settings=work.settings,
        edition=work.edition,
        aliases=work.aliases,
        everything=flags.all,
    )
    flaws: list[SiteFlaw] = []
    with Stamps(work.root) as stamps, progress(len(planned), label="checking") as show:
        for row in survey(
            work.root,
            planned.values(),
            stamps=stamps,
            settings_digest=work.settings_digest,
            segments=work.edition.segments,
        ):
            flaws += check.flaws(row, planned.get(row.source), wanted)
            show([])
    return Checked(flaws, work.settings.fail_on, check.translations, check.verified)


def _wanted(flags: argparse.Namespace, work: SiteWork, folder: Path) -> Callable[[str], bool]:
    """Says of a path, relative to the root, whether it is meant. Raises `ConfigError`."""
    if not flags.paths and flags.changed_since is None:
        return lambda path: True
    files: set[str] | None = None
    if flags.changed_since is not None:
        from translate_pipeline.cli._site_jobs import changed_since

        files = changed_since(work.root, flags.changed_since)
    if not flags.paths:
        return lambda path: files is not None and path in files
    names, folders = _named(flags.paths, work.root, folder)

    def wanted(path: str) -> bool:
        if files is not None and path not in files:
            return False
        return path in names or (bool(folders) and path.startswith(folders))

    return wanted


def _named(
    paths: Sequence[Path], root: Path, folder: Path
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Files and folders (with a slash) of the site among `paths`; others are passed over.

    Raises `ConfigError` for what does not exist: a hook names no such file, a typo does.
    """
    import os

    from translate_pipeline.errors import ConfigError

    names, folders = set(), set()
    for given in paths:
        there = os.path.abspath(folder / given)
        if not os.path.lexists(there):
            raise ConfigError(f"{given}: there is no such file or folder; check the path")
        # The folder's links are followed, as the root's are; a link to a file keeps its name.
        real = Path(os.path.realpath(os.path.dirname(there)), os.path.basename(there))
        if Path(os.path.realpath(there)) == root or root.is_relative_to(real):
            folders.add("")
        elif real.is_relative_to(root):
            name = real.relative_to(root).as_posix()
            names.add(name)
            if real.is_dir():
                folders.add(f"{name}/")
    return frozenset(names), tuple(folders)


def _print(lines: Iterable[str]) -> None:
    """To stdout, whatever its encoding can show."""
    import sys

    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        print(line.encode(encoding, "backslashreplace").decode(encoding))
