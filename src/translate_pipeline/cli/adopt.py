"""The command `adopt`: what people wrote or edited is recorded, and goes into the memory.

The law: nothing is translated and no article is changed. Nothing but argparse is imported here,
for `--help` passes through.
"""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["DESCRIPTION", "add_arguments", "execute"]

DESCRIPTION = """\
Take over what people did: translations made before this tool existed, and edits of
translations that it made.

Each translation is aligned with its source. What aligns beyond doubt goes into the memory and
is recorded in the ledger; from then on it is kept as long as its source is unchanged. What does
not align is listed, and stays as it is.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of `adopt`."""
    add = parser.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="article, translation or folder")
    add("--config", type=Path, metavar="FILE", help="default: translate-pipeline.toml if present")
    add("--json", action="store_true", help="print one JSON document")
    add("--debug", action="store_true", help="show tracebacks")
    parser.set_defaults(
        changed_since=None, overwrite=False, prune=False, targets=None, dry_run=False
    )


def execute(flags: argparse.Namespace) -> int:
    """Adopt what is not recorded; the exit code. Raises `ConfigError`."""
    from dataclasses import replace

    from translate_pipeline.cli._site import site_of
    from translate_pipeline.cli._site_jobs import site_jobs
    from translate_pipeline.cli._translate import translate
    from translate_pipeline.survey import JobState

    folder = Path.cwd()
    site = site_of(flags, folder)
    states = (JobState.UNRECORDED, JobState.EDITED)
    work = site_jobs(flags, site.settings, site.root, folder, states)
    return translate(replace(work, adopting=True, orphans=()))
