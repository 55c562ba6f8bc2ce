"""Takes the orphans of a site, deletes those that the ledger proves nobody edited.

The law: without `--prune` nothing is deleted; with it, a target goes only if its bytes are those
that were written and no segment of it is a person's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from translate_pipeline.cli._work import Work
from translate_pipeline.errors import TargetError
from translate_pipeline.ledger_files import LedgerFiles
from translate_pipeline.model import Maker
from translate_pipeline.report.text import printable
from translate_pipeline.survey import Row

__all__ = ["Pruned", "prune"]

_SHOWN = 20


class Pruned(NamedTuple):
    """Orphaned targets: those deleted, and those still there with the reason."""

    deleted: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]

    @property
    def exit_code(self) -> int:
        """1 while there is an orphan."""
        return 1 if self.kept else 0

    def lines(self) -> Iterator[str]:
        for path in self.deleted:
            yield f"deleted {printable(path)}: its source is gone"
        for path, reason in self.kept[:_SHOWN]:
            yield f"{printable(path)}: orphaned, its source is gone; {reason}"
        if len(self.kept) > _SHOWN:
            yield f"… and {len(self.kept) - _SHOWN:,} orphans more; --json lists them"


def prune(work: Work) -> Pruned:
    """Delete what may be deleted, where the work says so. Raises OSError."""
    deleted: list[str] = []
    kept: list[tuple[str, str]] = []
    for row in work.orphans:
        if row.faults:
            kept += [(row.source, fault) for fault in row.faults]
            continue
        for target, reason in _orphans(work, row):
            if reason:
                kept.append((target, reason))
            else:
                deleted.append(target)
    return Pruned(tuple(deleted), tuple(kept))


def _orphans(work: Work, row: Row) -> Iterator[tuple[str, str]]:
    """Each orphaned target of one source that still exists, and why it is kept."""
    files = LedgerFiles(work.root)
    try:
        sections = files.ledger(row.source).sections
    except TargetError as error:
        yield row.source, str(error)
        return
    going: dict[str, str] = {}
    for view in row.states:
        section = sections.get(view.locale)
        if section is None:
            continue
        exists = (work.root / view.target).exists()
        person = view.edited or any(line.maker is not Maker.MODEL for line in section.lines)
        if person and exists:
            yield view.target, "a person worked on it: delete it by hand if it is not needed"
        elif work.prune:
            going[view.locale] = view.target
            if exists:
                yield view.target, ""
        elif exists:
            yield view.target, "--prune deletes it"
    if going:
        files.forget(row.source, going)
