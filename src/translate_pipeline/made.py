"""What a target is made of in, its ledger section out.

Law: a section never vouches for what is no translation: a segment that was left in the source
language, or pseudo-localised, is not to be trusted again and keeps its article stale.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple, Protocol

from translate_pipeline.article import Article
from translate_pipeline.ledger_files import Entry
from translate_pipeline.memory.ledger import Section, digest
from translate_pipeline.memory.record import record
from translate_pipeline.model import Maker, Origin, Result, Segment, State
from translate_pipeline.past import Past
from translate_pipeline.target_path import Job

__all__ = ["Made", "Translator", "now"]

# A digest no file has: such a section is stale from the start.
_NEVER = "-" * 11


class Translator(Protocol):
    """What an update needs of `pipeline.Pipeline`. `learning`: its targets are translations."""

    @property
    def learning(self) -> bool: ...

    @property
    def signature(self) -> str: ...

    def parse(self, text: str, dialect: str | None = None) -> Article: ...

    def unknown(self, article: Article, past: Past) -> list[Segment]: ...

    async def atranslate_article(
        self,
        article: Article,
        *,
        past: Past,
        values: Mapping[str, object],
        instruction: str = "",
    ) -> Result: ...

    def known(self, article: Article, past: Past, values: Mapping[str, object]) -> str | None: ...


class Made(NamedTuple):
    """What a target is made of today: paths, the digests of source and rules, the pipeline."""

    source: str
    target: str
    source_digest: str
    settings_digest: str
    translator: Translator

    def asked_for(self, section: Section) -> bool:
        """True if the section tells of this very source under these very rules."""
        return (
            section.source_digest == self.source_digest
            and section.settings_digest == self.settings_digest
        )

    def fresh(self, found: Entry) -> bool:
        return (
            found.text is not None
            and found.section is not None
            and self.asked_for(found.section)
            and digest(found.text.encode()) == found.section.target_digest
        )

    def as_written(self, found: Entry) -> bool:
        """True if the target is as its section recorded it, but made under other rules."""
        section = found.section
        if section is None or section.settings_digest == self.settings_digest:
            return False
        return digest((found.text or "").encode()) == section.target_digest

    def interrupted(self, found: Entry) -> bool:
        """True if the target is the one that its section replaces: the run before did not end."""
        section = found.section
        if section is None or found.text is None or not section.was:
            return False
        there = digest(found.text.encode())
        return there == section.was and there != section.target_digest

    def section(self, article: Article, job: Job, result: Result, past: Past) -> Section:
        """The ledger section of a result; what is no translation is not to be trusted again."""
        makers, untrusted = {}, set()
        for number, target, state, origin in (
            (t.segment.id, t.target, t.state, t.origin) for t in result.translations
        ):
            known = past.known.get(number)
            if origin is Origin.PERSON:
                makers[number] = Maker.PERSON
            elif known is not None and known.target == target:
                makers[number] = known.maker
            model = origin in (Origin.MODEL, Origin.REPEAT)
            if state is State.SOURCE or (model and not self.translator.learning):
                untrusted.add(number)
        targets = {t.segment.id: t.target for t in result.translations}
        section = self.record(article, job, result.text or "", makers, untrusted, targets)
        return replace(section, source_digest=_NEVER) if untrusted else section

    def record(
        self,
        article: Article,
        job: Job,
        output: str,
        makers: Mapping[int, Maker],
        untrusted: Collection[int] = (),
        targets: Mapping[int, str] = MappingProxyType({}),
    ) -> Section:
        return record(
            article,
            output,
            locale=job.pair.target.name,
            target=self.target,
            made=now(),
            signature=self.translator.signature,
            source_digest=self.source_digest,
            settings_digest=self.settings_digest,
            makers=makers,
            untrusted=untrusted,
            targets=targets,
        )


def now() -> str:
    """The time as ledgers and memories write it: ISO 8601, UTC, seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
