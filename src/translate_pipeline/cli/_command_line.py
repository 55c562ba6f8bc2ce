"""Takes arguments, finds the command, turns every error into a message and an exit code.

The laws: whatever is raised ends here, in one message that says what to do; the module of a
command is imported only when that command is named.
"""

from __future__ import annotations

import argparse
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    class Command(Protocol):
        """What a module `cli/<command>.py` has."""

        DESCRIPTION: str

        def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

        def execute(self, flags: argparse.Namespace) -> int: ...


__all__ = ["COMMANDS", "execute"]

# The commands, each with its line in `--help`; the module of `x` is `cli/x.py`.
COMMANDS = {
    "translate": "translate articles and folders of articles",
    "eval": "measure translations beside published ones",
    "init": "look at a site and write its config",
    "status": "show the state of every translation of a site",
    "check": "verify what is committed: no key, no network, no model",
    "batches": "orders at a batch API: list, fetch, resume, cancel",
    "adopt": "take over translations and edits that people made",
    "doctor": "examine an endpoint: models, format, speed, price",
    "memory": "the translation memory: figures, TMX files, forgetting",
    "glossary": "suggest names and terms, check glossary files",
}

_EPILOG = """\
exit codes: 0 all good, 1 something needs attention, 2 usage or configuration,
3 the backend cannot work, 130 interrupted, 143 ended by SIGTERM

example, without a key:
  translate-pipeline translate article-en.md --to de,fr --backend pseudo
"""


def execute(arguments: Sequence[str]) -> int:
    """Parse `arguments`, run the command, give its exit code."""
    # What precedes the command are flags without a value.
    name = next((a for a in arguments if not a.startswith("-")), "")
    command = _command(name) if name in COMMANDS else None
    try:
        parsed = _parser(name, command).parse_args(arguments)
    except SystemExit as end:  # argparse has printed the help or the fault
        return int(end.code or 0)
    assert command is not None  # noqa: S101 - argparse knows the same names
    try:
        code = command.execute(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # `| head` has read enough; without this, Python complains again when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _end(parsed, "interrupted; run it again", 130)
    except Exception as error:
        return _explain(parsed, error)
    return int(code)


def _explain(parsed: argparse.Namespace, error: Exception) -> int:
    """The message and exit code for an error that ended the command."""
    from translate_pipeline.errors import ConfigError, FatalBackendError, TranslatePipelineError

    if _flag(parsed, "debug"):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, FatalBackendError):
        return _end(parsed, str(error), 3)
    if isinstance(error, ConfigError):
        return _end(parsed, str(error), 2)
    if isinstance(error, TranslatePipelineError):
        return _end(parsed, str(error), 1)
    notes = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    hint = "" if _flag(parsed, "debug") else "; --debug shows the traceback, please report it"
    return _end(parsed, f"internal error{notes}: {type(error).__name__}: {error}{hint}", 1)


def _end(parsed: argparse.Namespace, message: str, code: int) -> int:
    from translate_pipeline.report.text import printable

    for line in message.split("\n"):
        print(f"translate-pipeline: {printable(line)}", file=sys.stderr)
    if _flag(parsed, "json"):
        from translate_pipeline.report.json_document import error_document

        print(error_document(message, code))
    return code


def _flag(parsed: argparse.Namespace, name: str) -> bool:
    return bool(getattr(parsed, name, False))


def _command(name: str) -> Command:
    from importlib import import_module

    command: Command = import_module(f"translate_pipeline.cli.{name}")
    return command


def _parser(name: str, command: Command | None) -> argparse.ArgumentParser:
    """The parser of everything, with the flags of the one command that was named."""
    parser = argparse.ArgumentParser(
        prog="translate-pipeline",
        description="Localise Markdown articles: only the prose is translated,"
        " everything else is proven unchanged.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for other, line in COMMANDS.items():
        part = commands.add_parser(
            other,
            help=line,
            description=command.DESCRIPTION if command and other == name else line,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if command and other == name:
            command.add_arguments(part)
    return parser
