"""The command `memory`: what the translation memory holds, out of it, into it, gone from it.

The law: stdout gets the answer alone (figures, or a TMX file); nothing is forgotten without
`--yes`, and an export is there whole or not at all. Nothing but argparse is imported here, for
`--help` passes through.
"""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["DESCRIPTION", "add_arguments", "execute"]

DESCRIPTION = """\
The translation memory: every text that was translated before, so that it is paid for once.

  translate-pipeline memory stats
  translate-pipeline memory export all.tmx --to de
  translate-pipeline memory import old.tmx
  translate-pipeline memory forget --to de --containing "Springflut" --dry-run
"""

_MAKERS = ("model", "person", "imported")  # model.Maker, without importing it


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `memory`, each with its flags."""
    # No flag is called like a field of `Settings`: those override the config.
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    stats = _action(actions, "stats", "how many entries it holds, by languages and maker")
    stats.add_argument("--json", action="store_true", help="print one JSON document")

    export = _action(actions, "export", "write entries to a TMX 1.4b file")
    export.add_argument("file", metavar="FILE", help="the TMX file; `-` is stdout")
    _languages(export)
    export.add_argument("--maker", choices=_MAKERS, help="only what this one made")

    taken = _action(actions, "import", "take translations from TMX files, ours or other tools'")
    taken.add_argument("files", nargs="+", metavar="FILE", help="a TMX file; `-` is stdin")
    _languages(taken, "; a region of the file (en-GB) is then taken as it")

    forget = _action(actions, "forget", "drop entries; all conditions given must be met")
    _languages(forget)
    add = forget.add_argument
    add("--containing", metavar="TEXT", help="in the source or the target, case ignored")
    add("--maker", choices=_MAKERS, help="only what this one made")
    add("--signature", metavar="TEXT", help="in what says how it was made, such as a model's name")
    add("--before", metavar="DATE", help="made before that day, such as 2026-01-31")
    add("--everything", action="store_true", help="instead of a condition")
    add("--dry-run", action="store_true", help="only count")
    add("--yes", action="store_true", help="really forget")


def execute(flags: argparse.Namespace) -> int:
    """Do the action; the exit code. Raises `ConfigError`."""
    from translate_pipeline.cli import _memory

    folder = Path.cwd()
    match flags.action:
        case "stats":
            return _memory.stats(flags, folder)
        case "export":
            return _memory.export(flags, folder)
        case "import":
            return _memory.import_(flags, folder)
        case _:
            return _memory.forget(flags, folder)


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, line: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=line, description=line, allow_abbrev=False)
    add = parser.add_argument
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--debug", action="store_true", help="show tracebacks")
    return parser


def _languages(parser: argparse.ArgumentParser, more: str = "") -> None:
    add = parser.add_argument
    add("--from", dest="from_locale", metavar="LOCALE", help=f"only this source language{more}")
    add("--to", dest="to_locale", metavar="LOCALE", help=f"only this target language{more}")
