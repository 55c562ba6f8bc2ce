"""Takes the states of a site's translations, gives everything that is wrong with them.

The law: nothing is written, nothing is sent. What is as the ledger recorded it was proven when
it was written, and is not read again unless `everything` is asked for; what a person edited,
and what nobody recorded, is verified in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from translate_pipeline.article import Article, ArticleOptions, parse
from translate_pipeline.errors import ArticleError, TargetError
from translate_pipeline.files import read_text
from translate_pipeline.ledger_files import LedgerFiles
from translate_pipeline.locale import load_style
from translate_pipeline.model import Brief, Locale, LocalePair, Style
from translate_pipeline.settings import Settings
from translate_pipeline.site_edition import SiteEdition
from translate_pipeline.sites.site import Planned
from translate_pipeline.survey import JobState, JobView, Row
from translate_pipeline.target_path import Job
from translate_pipeline.verify import verify
from translate_pipeline.verify_front_matter import HeadRules

__all__ = ["SiteCheck", "SiteFlaw"]


class SiteFlaw(NamedTuple):
    """One thing that is wrong: in which file (POSIX, relative to the root), and of which article.

    `kind` is one of the classes of `fail_on`; `line` is 0 where it is the whole file's.
    """

    kind: str
    check: str
    path: str
    line: int
    message: str
    source: str
    locale: str = ""


@dataclass(slots=True)
class SiteCheck:
    """Checks the site at `root`. `settings` and `aliases` are those its translations are made by.

    `translations` and `verified` count what was looked at: by its state, and by its text.
    """

    root: Path
    settings: Settings
    edition: SiteEdition
    aliases: Mapping[str, str]
    everything: bool = False
    translations: int = 0
    verified: int = 0
    _styles: dict[str, Style] = field(default_factory=dict)

    def flaws(
        self, row: Row, item: Planned | None, wanted: Callable[[str], bool]
    ) -> Iterator[SiteFlaw]:
        """What is wrong with one article's translations; `item` is None for a lost article.

        `wanted` says of a path whether it is to be checked; a source brings its translations.
        """
        whole = wanted(row.source) or bool(row.origin and wanted(row.origin))
        views = [view for view in row.states if whole or wanted(view.target)]
        if not views and not whole:
            return
        for fault in row.faults:
            path, line, message = _placed(fault, (row.source, *(v.target for v in row.states)))
            yield SiteFlaw("broken", "unreadable", path, line, message, row.source)
        locales = {locale.name: locale for locale, _ in item.targets} if item else {}
        source = _Source(self, row, item)
        for view in views:
            self.translations += 1
            state = _state(row, view)
            if state is not None:
                yield state
            if item is not None and self._looked_at(view):
                self.verified += 1
                yield from self._verified(source, view, locales[view.locale])

    def _looked_at(self, view: JobView) -> bool:
        if view.state in (JobState.MISSING, JobState.BROKEN, JobState.ORPHANED):
            return False
        changed = view.edited or view.stale or view.state is JobState.UNRECORDED
        return changed or self.everything

    def _verified(self, source: _Source, view: JobView, locale: Locale) -> Iterator[SiteFlaw]:
        row = source.row
        target = view.target if (self.root / view.target).exists() else view.before or view.target
        pair = LocalePair(source.locale, locale)
        job = Job(self.root / row.source, self.root / view.target, pair)
        try:
            article = source.article(job)
        except ArticleError as error:
            message = _without(str(error), self.root / row.source)
            yield SiteFlaw("broken", "source", row.source, error.line, message, row.source)
            return
        try:
            text = read_text(self.root / target)
        except ArticleError as error:
            message = _without(str(error), self.root / target)
            yield SiteFlaw("broken", "unreadable", target, error.line, message, row.source)
            return
        try:
            ledger = LedgerFiles(self.root).ledger(row.origin or row.source)
        except TargetError as error:
            yield SiteFlaw("broken", "unreadable", target, 0, str(error), row.source, locale.name)
            return
        flaws = verify(
            article,
            text,
            pair=pair,
            brief=Brief(self._style(locale), self._style(pair.source)),
            rules=HeadRules(self.edition.values(job), self.edition.policy.drop, self.aliases),
            section=ledger.sections.get(locale.name),
            stale=view.stale,
        )
        for kind, check, line, message in flaws:
            yield SiteFlaw(kind, check, target, line, message, row.source, locale.name)

    def _style(self, locale: Locale) -> Style:
        if locale.tag not in self._styles:
            self._styles[locale.tag] = load_style(locale)
        return self._styles[locale.tag]


class _Source:
    """One source: read once, placed and parsed for each of its targets."""

    def __init__(self, check: SiteCheck, row: Row, item: Planned | None) -> None:
        self.row = row
        self._check = check
        self._item = item
        self._text: str | None = None
        self._parsed: tuple[str, Article] | None = None

    @property
    def locale(self) -> Locale:
        assert self._item is not None  # noqa: S101 - asked for planned articles only
        return self._item.locale

    def article(self, job: Job) -> Article:
        """The source as it stands in the place of the job's target. Raises ArticleError."""
        check = self._check
        if self._text is None:
            self._text = read_text(job.source)
        placed = check.edition.place(job, self._text)
        if self._parsed is None or self._parsed[0] != placed:
            options = ArticleOptions(
                check.edition.policy.keys,
                check.settings.references,
                check.settings.prose_parameters,
            )
            dialect = check.edition.dialect(job.source, self._text).dialect
            self._parsed = placed, parse(placed, dialect, options)
        return self._parsed[1]


def _state(row: Row, view: JobView) -> SiteFlaw | None:
    """What the state of a translation alone says."""
    if view.state is JobState.FRESH or (view.state is JobState.BROKEN and row.faults):
        return None
    kind, path, message = str(view.state), view.target, ""
    if view.state is JobState.MISSING:
        path, message = row.source, f"no translation into {view.locale}: {view.target} is missing"
    elif view.state is JobState.STALE:
        message = f"{row.source} or a setting has changed since this was translated"
    elif view.state is JobState.EDITED:
        stale = f", and {row.source} has changed, too" if view.stale else ""
        message = f"a person has changed this since it was recorded{stale}"
        kind = "stale" if view.stale else kind
    elif view.state is JobState.ORPHANED:
        message = f"its source {row.source} is gone"
    elif view.state is JobState.UNRECORDED:
        kind, message = "warnings", "this translation is in no ledger: it is older than the tool"
    elif view.state is JobState.RENAMED:
        kind = "stale"
        before = row.origin or view.before
        message = f"the article or its place is another since it was translated (was {before})"
        path = view.before or view.target
    return SiteFlaw(kind, str(view.state), path, 0, message, row.source, view.locale)


def _placed(fault: str, paths: Iterable[str]) -> tuple[str, int, str]:
    """A fault of a survey as path, line and message: it begins with its path."""
    known = next((path for path in paths if fault.startswith(f"{path}:")), "")
    path, rest = (known, fault[len(known) + 1 :]) if known else _cut(fault)
    number, colon, message = rest.partition(":")
    if colon and number.strip().isdigit():
        return path, int(number), message.strip()
    return path, 0, rest.strip()


def _cut(fault: str) -> tuple[str, str]:
    path, _, rest = fault.partition(":")
    return path, rest


def _without(message: str, path: Path) -> str:
    """A message that may begin with the path of its file, without it."""
    return message.removeprefix(f"{path}: ")
