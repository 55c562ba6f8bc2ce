"""The command `glossary`: what may belong into a site's glossary, and whether its files are sound.

The law: nothing is sent and nothing is written; `suggest` prints TOML that can be pasted into a
glossary file. Nothing but argparse is imported here, for `--help` passes through.
"""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["DESCRIPTION", "add_arguments", "execute"]

DESCRIPTION = """\
The glossary: names that stay as they are, terms with an agreed rendering.

  translate-pipeline glossary suggest > glossary.toml   # then edit it
  translate-pipeline glossary check glossary.toml

Name the file in the config: glossary_files = ["glossary.toml"]
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `glossary`, each with its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    suggest = _action(actions, "suggest", "list names and terms that recur in the sources")
    add = suggest.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="default: the sources of the site")
    add("--from", dest="source", metavar="LOCALE", help="the language of the sources")
    add("--to", dest="targets", action="append", metavar="LOCALES", help="leave room for these")
    add("--most", type=int, default=100, metavar="N", help="how many at most (default: 100)")
    add(
        "--articles",
        type=int,
        default=2,
        metavar="N",
        help="only what stands in so many articles (default: 2)",
    )
    check = _action(actions, "check", "find duplicates and contradictions")
    check.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="default: those of the config"
    )


def execute(flags: argparse.Namespace) -> int:
    """Do the action; the exit code. Raises `ConfigError`."""
    from translate_pipeline.cli import _glossary_actions

    if flags.action == "suggest":
        return _glossary_actions.suggest(flags, Path.cwd())
    return _glossary_actions.check(flags, Path.cwd())


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, line: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=line, description=line, allow_abbrev=False)
    add = parser.add_argument
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--debug", action="store_true", help="show tracebacks")
    return parser
