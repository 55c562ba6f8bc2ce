"""Takes a site's plan, its ledgers and files, gives the state of every translation.

The law: a state follows from the bytes that are there and the ledger alone, never from a
time; nothing is parsed and nothing written. `fresh` means that source, settings and target
are exactly those that the ledger names. Only newcomers are parsed, and only where an article
has disappeared, to see if it is the same one under another name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from translate_pipeline.errors import ArticleError, ConfigError
from translate_pipeline.files import read_text
from translate_pipeline.memory import ledger
from translate_pipeline.memory.known_heads import (
    NO_LEDGER,
    KnownHeads,
    known_heads,
    ledger_files,
    source_of,
)
from translate_pipeline.memory.ledger import Head
from translate_pipeline.memory.renames import renames
from translate_pipeline.memory.stamps import Stamps

if TYPE_CHECKING:
    from translate_pipeline.sites.site import Planned

__all__ = ["JobState", "JobView", "Row", "renames", "survey"]

_WINDOW = 256  # articles whose files are asked for at once


class JobState(StrEnum):
    """What is the matter with one translation, the most urgent first."""

    BROKEN = "broken"  # it, or what it is judged by, cannot be used as it is
    EDITED = "edited"  # a person changed the target
    ORPHANED = "orphaned"  # the source is gone
    RENAMED = "renamed"  # it stands elsewhere: the article or the layout moved
    UNRECORDED = "unrecorded"  # a translation no ledger knows: older than the tool
    STALE = "stale"  # the source or a setting changed since
    MISSING = "missing"
    FRESH = "fresh"


class JobView(NamedTuple):
    """One translation: the locale as the site writes it, its path, and its state.

    `stale` (source or settings changed) and `edited` (by a person) also hold beside another
    state. `before` is where a renamed target stood, if that is not its place now.
    """

    locale: str
    target: str
    state: JobState
    stale: bool = False
    edited: bool = False
    before: str = ""


class Row(NamedTuple):
    """One article; paths are POSIX, relative to the root.

    `locale` is that of the source, empty for one that is gone. `origin` is the old path of a
    renamed article, whose ledger is still under it. `faults` are what cannot be read, each
    beginning with its path.
    """

    source: str
    locale: str
    states: tuple[JobView, ...]
    origin: str = ""
    faults: tuple[str, ...] = ()


def survey(
    root: Path | str,
    planned: Iterable[Planned],
    *,
    stamps: Stamps,
    settings_digest: str | Callable[[str], str],
    broken: Callable[[str, str, str], bool] | None = None,
    segments: Callable[[str], Collection[str]] | None = None,
) -> Iterator[Row]:
    """The state of each planned job, in the order of the plan; then what has lost its source.

    `planned` is the whole site: a ledger whose source is neither planned nor there is an
    orphan. `settings_digest` may depend on the target's locale. `broken(source, locale,
    target)` is asked for each target that exists. `segments(source)` gives the
    `identity.short` of the segments of an article, to follow one that was renamed and edited;
    without it only unchanged ones are followed.
    """
    plan = list(planned)
    ledgers = {item.source: ledger.path_of(item.source) for item in plan}
    there = ledger_files(root)
    orphans, unreadable = _orphans(stamps, there - set(ledgers.values()))
    origins: Mapping[str, str] = {}
    if orphans:
        new = [source for source, path in ledgers.items() if path not in there]
        origins = _followed(root, stamps, orphans, new, segments)
    judge = _Judge(
        stamps,
        cache(settings_digest) if callable(settings_digest) else lambda _: settings_digest,
        broken,
        frozenset(path for item in plan for path in (item.source, *(t for _, t in item.targets))),
    )
    items = iter(plan)
    while window := list(islice(items, _WINDOW)):
        heads = known_heads(stamps, [p for item in window if (p := ledgers[item.source]) in there])
        digests = stamps.digests(
            path for item in window for path in (item.source, *(t for _, t in item.targets))
        )
        for item in window:
            if origin := origins.get(item.source, ""):
                head = orphans[origin]
            else:
                head = heads.get(ledgers[item.source], NO_LEDGER)
            yield judge.row(item, head, digests, origin)
    for source in sorted(orphans.keys() - set(origins.values())):
        yield judge.orphan(source, orphans[source])
    yield from unreadable


class _Judge(NamedTuple):
    """Says what the matter is with each target; `used` are all paths of the plan."""

    stamps: Stamps
    settings: Callable[[str], str]
    broken: Callable[[str, str, str], bool] | None
    used: Collection[str]

    def row(
        self, item: Planned, head: KnownHeads, digests: Mapping[str, str | None], origin: str
    ) -> Row:
        """A planned article; `origin` is where `head` stands if it was renamed."""
        source, reasons, settings = item.source, self.stamps.faults, self.settings
        views, faults = [], []
        of = digests[source]
        if not of:
            reason = reasons.get(source, "it is gone since the folder was read; run again")
            faults.append(f"{source}: {reason}")
        if head.fault:
            faults.append(head.fault)
        for locale, target in item.targets:
            name, digest = locale.name, digests[target]
            section = head.sections.get(name)
            if digest == "":
                faults.append(f"{target}: {reasons[target]}; move it away, or check its rights")
            if not of or digest == "" or head.fault:
                view = JobView(name, target, JobState.BROKEN)
            elif section is None:
                state = JobState.MISSING if digest is None else JobState.UNRECORDED
                view = JobView(name, target, state)
            else:
                changed = of != section.source_digest or settings(name) != section.settings_digest
                view = self._view(name, target, digest, section, changed, bool(origin))
            if digest and self.broken is not None and self.broken(source, name, target):
                view = view._replace(state=JobState.BROKEN)
            views.append(view)
        return Row(source, item.locale.name, tuple(views), origin, tuple(faults))

    def _view(
        self,
        locale: str,
        target: str,
        digest: str | None,
        section: Head,
        changed: bool,
        renamed: bool,
    ) -> JobView:
        """A target whose source and section can be read; `changed` since it was written."""
        moved = section.target != target
        if digest is None:
            # Another article's file may stand where this one's was.
            elsewhere = moved and section.target not in self.used
            digest = self.stamps.digest(section.target) if elsewhere else None
            if not digest:
                return JobView(locale, target, JobState.MISSING)
        ours = digest == section.target_digest
        # A section is written before its target: the run that wrote it did not live to the end.
        unfinished = not ours and digest == section.was
        edited = not ours and not unfinished
        stale = changed or unfinished
        if moved or renamed:
            before = section.target if moved else ""
            return JobView(locale, target, JobState.RENAMED, stale, edited, before)
        if edited:
            return JobView(locale, target, JobState.EDITED, stale, edited)
        return JobView(locale, target, JobState.STALE if stale else JobState.FRESH, stale)

    def orphan(self, source: str, head: KnownHeads) -> Row:
        """What a lost article left behind; what a living one uses by now is not its own."""
        views = []
        for locale, section in head.sections.items():
            if section.target not in self.used:
                digest = self.stamps.digest(section.target)
                # What cannot be read might be anybody's.
                ours = digest in (None, section.target_digest, section.was or None)
                views.append(JobView(locale, section.target, JobState.ORPHANED, edited=not ours))
        return Row(source, "", tuple(views))


# --- articles that are gone --------------------------------------------------------------------


def _orphans(stamps: Stamps, paths: Collection[str]) -> tuple[dict[str, KnownHeads], list[Row]]:
    """The heads of ledgers whose source is gone, by source; rows for those nobody can read.

    A source that is there but not planned is excluded by the config: it is no orphan.
    """
    found, unreadable = {}, []
    for path, head in known_heads(stamps, sorted(paths)).items():
        source = source_of(path)
        if stamps.digest(source) is not None:
            continue
        if head.fault:
            unreadable.append(Row(path, "", (), faults=(head.fault,)))
        else:
            found[source] = head
    return found, unreadable


def _followed(
    root: Path | str,
    stamps: Stamps,
    orphans: Mapping[str, KnownHeads],
    new: Sequence[str],
    segments: Callable[[str], Collection[str]] | None,
) -> dict[str, str]:
    def lines(source: str) -> Collection[str]:
        path = ledger.path_of(source)
        try:
            read = ledger.read(read_text(Path(root, path)), path)
        except (ArticleError, ConfigError):
            return ()
        lines = (line for section in read.sections.values() for line in section.lines)
        return {line.source for line in lines} - {"-"}

    return renames(
        {source: {s.source_digest for s in h.sections.values()} for source, h in orphans.items()},
        {source: digest for source, digest in stamps.digests(new).items() if digest},
        lines=lines,
        segments=segments,
    )
