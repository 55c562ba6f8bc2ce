"""Takes arguments, finds the command, turns every error into a message and an exit code.

The law: whatever is raised ends here, in one message that says what to do.
"""

from __future__ import annotations

import argparse
import os
import sys

from translate_pipeline.cli import translate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["execute"]

_COMMANDS = {"translate": translate}

_EPILOG = """\
exit codes: 0 all good, 1 something needs attention, 2 usage or configuration,
3 the backend cannot work, 130 interrupted

example, without a key:
  translate-pipeline translate article-en.md --to de,fr --backend pseudo
"""


def execute(arguments: Sequence[str]) -> int:
    """Parse `arguments`, run the command, give its exit code."""
    try:
        parsed = _parser().parse_args(arguments)
    except SystemExit as end:  # argparse has printed the help or the fault
        return int(end.code or 0)
    try:
        code = _COMMANDS[parsed.command].execute(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # `| head` has read enough; without this, Python complains again when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _end(parsed, "interrupted; nothing was begun", 130)
    except Exception as error:
        return _explain(parsed, error)
    return int(code)


def _explain(parsed: argparse.Namespace, error: Exception) -> int:
    """The message and exit code for an error that ended the command."""
    from translate_pipeline.errors import ConfigError, FatalBackendError, TranslatePipelineError

    if parsed.debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, FatalBackendError):
        return _end(parsed, str(error), 3)
    if isinstance(error, ConfigError):
        return _end(parsed, str(error), 2)
    if isinstance(error, TranslatePipelineError):
        return _end(parsed, str(error), 1)
    notes = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    hint = "" if parsed.debug else "; --debug shows the traceback, please report it"
    return _end(parsed, f"internal error{notes}: {type(error).__name__}: {error}{hint}", 1)


def _end(parsed: argparse.Namespace, message: str, code: int) -> int:
    from translate_pipeline.report.text import printable

    for line in message.split("\n"):
        print(f"translate-pipeline: {printable(line)}", file=sys.stderr)
    if parsed.json:
        from translate_pipeline.report.json_document import error_document

        print(error_document(message, code))
    return code


def _parser() -> argparse.ArgumentParser:
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
    for name, command in _COMMANDS.items():
        command.add_arguments(
            commands.add_parser(
                name,
                help=command.HELP,
                description=command.DESCRIPTION,
                formatter_class=argparse.RawDescriptionHelpFormatter,
                allow_abbrev=False,
            )
        )
    return parser
