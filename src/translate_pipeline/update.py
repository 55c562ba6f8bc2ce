"""Takes a job, brings its target up to date; the order of these steps is the file to read.

    read → fresh? → place → parse → recover the past → adopt, or translate → commit

The laws: a target that is what it should be is not touched; what a person wrote is kept where
its source is unchanged and told of where it is not; and what could not be kept stops the job,
not the person's work. Every fault of an article becomes its outcome.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from translate_pipeline.article import Article, dialects, parse
from translate_pipeline.edition import AsIs, Edition
from translate_pipeline.errors import (
    ArticleError,
    BackendError,
    BudgetError,
    FatalBackendError,
    OrderedError,
    SegmentError,
    StructureError,
    TargetError,
    TransportError,
)
from translate_pipeline.files import disk_fault, read_text, unwritable
from translate_pipeline.ledger_files import Changed, Entry, LedgerFiles, Move
from translate_pipeline.made import Made, Translator, now
from translate_pipeline.memory.ledger import Section, digest
from translate_pipeline.memory.recover import Recovered, entries_of, recover
from translate_pipeline.model import LocalePair, Segment
from translate_pipeline.outcome import Outcome, Problem, Status, Stop, fault, outcome_of, unreadable
from translate_pipeline.past import Past
from translate_pipeline.target_path import Job

if TYPE_CHECKING:
    from translate_pipeline.memory.store import Memory

__all__ = ["Updater"]


def _old(was: Recovered) -> Recovered:
    """What a file of an earlier run tells under the section of a later one."""
    known = {i: known for i, known in was.known.items() if i not in was.edited}
    return Recovered(known=known)


def _theirs(section: Section, was: Recovered, before: Section | None) -> Section:
    """The section without the front matter that a person set: that stays theirs in later runs."""
    recorded = before.head if before is not None else {}
    ours = {key: short for key, short in section.head.items() if key not in was.head}
    kept = {key: recorded[key] for key in was.head if key in recorded}
    return replace(section, head={**ours, **kept})


def _in_another(made: Made, placed: str, found: Entry) -> bool:
    """True if a target that nobody touched was recorded in another dialect than today's.

    Or with fewer of the config's `prose_parameters`. Then what stands outside of its prose
    differs because other bytes are prose.
    """
    for name in dialects.names():
        options = made.translator.parse(placed, name).options
        for count in range(len(options.parameters), -1, -1):
            fewer = replace(options, parameters=options.parameters[:count])
            article = parse(placed, name, fewer)
            if not recover(article, found.text or "", found.section).frame_edited:
                return True
    return False


_OUTSIDE = (
    "{path} was changed by hand outside of its prose (structure, code or links), and its source"
    " has changed since; carry the change over by hand, or give it up with --overwrite"
)
_UNALIGNED = (
    "{path} is older than the ledger and does not align with its source in {doubtful} of {all}"
    " segments; what was there stays; --overwrite keeps those that do and translates the rest"
)
_BROKEN = (
    "{path} was changed by hand and its structure is no longer the source's;"
    " `translate-pipeline check` shows where"
)
_TO_TRANSLATE = "missing or stale; `translate-pipeline translate` brings it up to date"
_CHANGED = "{path} was changed while it was being translated; run again"


class _Ready(NamedTuple):
    """A job as it is found: what is on disk, and what the target is to be made of."""

    files: LedgerFiles
    found: Entry
    move: Move | None
    made: Made
    article: Article
    was: Recovered | None

    @property
    def past(self) -> Past:
        return Past() if self.was is None else Past(self.was.known, self.was.earlier)


@dataclass(slots=True)
class Updater:
    """Does the jobs of the site at `root`; `translators` gives the pipeline for two languages.

    `sources` is the folder of the sources where that is another than the targets' `root`.
    `moves` tells where the target of a renamed source stood; `overwrite` gives up what people
    changed outside of the prose; `adopting` records what is there and translates nothing.
    `cancelled` becomes true when a run is cancelled while a file is being written: that file is
    finished first.
    """

    root: Path
    translators: Callable[[LocalePair], Translator]
    sources: Path | None = None
    edition: Edition = field(default_factory=AsIs)
    memory: Memory | None = None
    moves: Mapping[Job, Move] = field(default_factory=dict)
    overwrite: bool = False
    adopting: bool = False
    cancelled: bool = False

    async def update(self, job: Job) -> Outcome:
        """Bring one target up to date. Raises only for defects of ours."""
        try:
            text = read_text(job.source)
        except ArticleError as error:
            return unreadable(job, error)
        try:
            return await self._update(job, text)
        except ArticleError as error:
            return unreadable(job, error)
        except (SegmentError, StructureError, TargetError) as error:
            return fault(job, Status.REFUSED, str(error))
        except BudgetError as error:
            outcome = fault(job, Status.POSTPONED, str(error), usage=error.usage)
            return replace(outcome, stop=Stop(str(error), backend=False))
        except OrderedError:
            return Outcome(job=job, status=Status.ORDERED)
        except BackendError as error:
            return replace(
                fault(job, Status.FAILED, str(error), usage=error.usage),
                unanswered=isinstance(error, TransportError | FatalBackendError),
                stop=Stop(str(error)) if isinstance(error, FatalBackendError) else None,
            )

    def unknown(self, job: Job) -> tuple[Article, list[Segment]] | None:
        """The article, and the segments that an update would ask for; None if it asks nobody.

        Sends and writes nothing. Raises ArticleError, TargetError.
        """
        ready = self._prepare(job, read_text(job.source))
        if ready is None or (ready.was is not None and self._adopts(ready)):
            return None
        return ready.article, ready.made.translator.unknown(ready.article, ready.past)

    def _prepare(self, job: Job, text: str) -> _Ready | None:
        """Everything there is to know before anything is paid for; None for a fresh target."""
        files = LedgerFiles(self.root)
        source, target = self._source(job), job.target.relative_to(self.root).as_posix()
        found = files.find(source, job.pair.target.name, target)
        move = self.moves.get(job)
        if move is not None and found.text is None:
            found = files.find(move.source, job.pair.target.name, move.target)
        translator = self.translators(job.pair)
        made = Made(source, target, digest(text.encode()), self.edition.digest, translator)
        if move is None and made.fresh(found):
            return None
        dialect = self.edition.dialect(job.source, text).dialect
        placed = self.edition.place(job, text)
        article = translator.parse(placed, dialect)
        was = None
        if found.text is not None:
            was = recover(article, found.text, found.section)
            if was.frame_edited and made.as_written(found) and _in_another(made, placed, found):
                was = replace(was, frame_edited=False)
            if made.interrupted(found):
                # The file that the section was to replace: what differs is old, not a person's.
                was = _old(was)
        return _Ready(files, found, move, made, article, was)

    def _adopts(self, ready: _Ready) -> bool:
        """True if the target stays as it is, and is recorded: nothing else has changed."""
        section = ready.found.section
        if section is None or self.overwrite:
            return not self.overwrite
        return (
            ready.move is None
            and ready.made.asked_for(section)
            and not ready.made.interrupted(ready.found)
        )

    async def _update(self, job: Job, text: str) -> Outcome:
        # Before anything is read there, or paid for.
        if reason := unwritable(job.target):
            advice = "change its rights, or choose another target"
            return fault(job, Status.FAILED, f"{reason}; {advice}")
        ready = self._prepare(job, text)
        if ready is None:
            return Outcome(job=job, status=Status.FRESH)
        article, made, was = ready.article, ready.made, ready.was
        values = self.edition.values(job)
        if was is not None:
            self._seed(article, was, job, made.translator)
            if self._adopts(ready):
                section = self._adopted(ready, was, job, values)
                return await self._commit(job, ready, section, None)
            if not (self.overwrite or self.adopting):
                if was.frame_edited:
                    raise TargetError(_OUTSIDE.format(path=made.target))
                values = {**values, **was.head}
        if self.adopting:
            return fault(job, Status.POSTPONED, _TO_TRANSLATE)
        result = await made.translator.atranslate_article(
            article, past=ready.past, values=values, instruction=self.edition.instruction(text)
        )
        outcome = outcome_of(job, text, result, was)
        if result.text is None:
            return outcome
        section = made.section(article, job, result, ready.past)
        if was is not None and was.head and not self.overwrite:
            section = _theirs(section, was, ready.found.section)
        return await self._commit(job, ready, section, result.text, outcome)

    def _adopted(
        self, ready: _Ready, was: Recovered, job: Job, values: Mapping[str, object]
    ) -> Section:
        """A person's target as the ledger's own; the file stays as it is.

        The section says what the pipeline itself would have written with these texts, so that
        everything else a person changed is seen as theirs in later runs, too. Raises TargetError
        where the target is no translation of this article, structure for structure.
        """
        article, made = ready.article, ready.made
        if was.doubtful:
            raise TargetError(
                _UNALIGNED.format(
                    path=made.target, doubtful=len(was.doubtful), all=len(article.segments)
                )
            )
        ours = made.translator.known(article, Past(was.known), values)
        if ours is None:
            raise TargetError(_BROKEN.format(path=made.target))
        makers = {number: known.maker for number, known in was.known.items()}
        section = made.record(article, job, ours, makers)
        return replace(section, target_digest=digest((ready.found.text or "").encode()))

    def _seed(self, article: Article, was: Recovered, job: Job, translator: Translator) -> None:
        """What is published goes into the memory, where it may be missing."""
        if self.memory is not None and translator.learning:
            self.memory.add(
                entries_of(article, was, job.pair, signature=translator.signature, made=now())
            )

    async def _commit(
        self,
        job: Job,
        ready: _Ready,
        section: Section,
        text: str | None,
        outcome: Outcome | None = None,
    ) -> Outcome:
        """Ledger and target on disk, in a thread: fsync takes as long as all other stages.

        Being cancelled waits for the files, so that what is told of a run is what is on disk.
        """
        outcome = outcome or Outcome(job=job, status=Status.ADOPTED)
        found, move = ready.found, ready.move or Move("", "")
        write = partial(ready.files.commit, self._source(job), section, text, found, move=move)
        writing = asyncio.ensure_future(asyncio.to_thread(write))
        while not writing.done():
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:
                self.cancelled = True
            except Exception:  # told below, by `result`
                break
        try:
            writing.result()
        except Changed:
            return fault(job, Status.FAILED, _CHANGED.format(path=section.target))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            stop = Stop(f"{job.target.parent}: {reason}; make room", backend=False)
            problem = Problem(f"{job.target} could not be written: {reason}")
            return replace(
                outcome,
                status=Status.FAILED,
                problems=(problem, *outcome.problems),
                stop=stop if disk_fault(error) else None,
            )
        return outcome

    def _source(self, job: Job) -> str:
        return job.source.relative_to(self.sources or self.root).as_posix()
