"""Takes the arguments of a command line, gives its exit code.

The law: `--version` costs what starting Python costs, so nothing is imported before it is
known to be needed, not even `typing`; and no fault of the user ends in a traceback.

Exit codes: 0 all good; 1 something needs attention (refused, partial, unreadable); 2 usage
or configuration; 3 the backend cannot work; 130 interrupted, 143 ended by SIGTERM.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; `argv` without the program's name, by default `sys.argv[1:]`."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] in (["--version"], ["-V"]):
        from translate_pipeline._version import __version__

        print(f"translate-pipeline {__version__}")
        return 0
    from translate_pipeline.cli._command_line import execute

    return execute(arguments)
