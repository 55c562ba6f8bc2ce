"""A site's layout and settings in, what changes in each article besides its language out.

The law: one site has one edition, and its digest changes with everything in the settings that
shapes a target, so that no target is taken for fresh under other rules.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from translate_pipeline.article import ArticleOptions, front_matter, parse
from translate_pipeline.dialect_choice import AUTO, Choice, choose
from translate_pipeline.errors import ArticleError
from translate_pipeline.files import read_text
from translate_pipeline.memory import identity
from translate_pipeline.memory.ledger import digest
from translate_pipeline.model import Locale
from translate_pipeline.settings import Settings
from translate_pipeline.sites.links import Place, rule_of
from translate_pipeline.sites.pages import Pages
from translate_pipeline.sites.place import place
from translate_pipeline.sites.policy import INSTRUCTION, instruction_of, policy_of
from translate_pipeline.sites.site import Planned, Site
from translate_pipeline.sites.source_locale import source_locale
from translate_pipeline.target_path import Job

__all__ = ["SiteEdition"]

# Part of every digest: goes up when the rules here write other bytes than before.
_RULES = 1


class SiteEdition:
    """How `site` wants its targets; an `edition.Edition`.

    `pending` are the targets that this run makes: links may lead there already.
    """

    def __init__(self, site: Site, settings: Settings) -> None:
        self.pending: Collection[str] = frozenset()
        self.policy = policy_of(
            site.layout,
            translate=settings.front_matter_keys,
            values=settings.values,
            drop=settings.drop,
            rtl_dir=settings.rtl_dir,
        )
        self._site = site
        self._settings = settings
        self._options = ArticleOptions(
            self.policy.keys, settings.references, settings.prose_parameters
        )
        self._plan: dict[str, Planned] | None = None
        self._pages: dict[str, Pages] = {}
        shape = (
            _RULES,
            settings.dialect if settings.dialect != AUTO else site.layout.dialect,
            settings.references,
            settings.rewrites_links,
            self.policy,
            site.layout.name,
            site.layout.rules,
            site.layout.links,
            site.layout.url_prefix,
            site.layout.source_url_prefix,
            *settings.prose_parameters,
        )
        self.digest = digest(repr(shape).encode())

    def place(self, job: Job, text: str) -> str:
        """The source where the target will stand. Raises ArticleError for one that is none."""
        where = self._relative(job.source)
        locale = source_locale(
            where,
            text,
            job.pair.source,
            rule=self._site.layout.source_locale,
            aliases=self._site.aliases,
        )
        if locale is None:
            raise ArticleError(
                f"{where}: its front matter says that it is a translation; list it under"
                " `exclude`, or correct `translated` and `lang`",
                line=1,
            )
        links = self._place(job) if self._settings.rewrites_links else None
        dialect = self.dialect(job.source, text).dialect
        return place(text, dialect=dialect, where=links, drop=self.policy.drop)

    def dialect(self, source: str | Path, text: str) -> Choice:
        """What the settings say, else the layout, the file's extension, its text."""
        layout = self._site.layout.dialect
        return choose(source, text, configured=self._settings.dialect, layout=layout)

    def values(self, job: Job) -> Mapping[str, object]:
        """Front matter that the site and its generator want set."""
        return self.policy.values_for(job.pair.target)

    def instruction(self, text: str) -> str:
        """What the author says of this article to its translator, under `prompt`."""
        if INSTRUCTION not in text[: front_matter.MAX_BYTES]:
            return ""
        head = front_matter.read(text.encode(), ())
        return instruction_of(front_matter.metadata(head)) if head is not None else ""

    def segments(self, source: str) -> Collection[str]:
        """The short identities of an article's segments, to follow one that was renamed."""
        try:
            text = read_text(self._site.root / source)
            article = parse(text, self.dialect(source, text).dialect, self._options)
        except ArticleError:
            return ()
        return [identity.short(identity.key(segment)) for segment in article.segments]

    def _place(self, job: Job) -> Place:
        source, target = job.pair.source, job.pair.target
        plan = self._planned()
        if source.name not in self._pages:
            own = (path for path, item in plan.items() if item.locale.name == source.name)
            self._pages[source.name] = Pages(own, source.name)
        return Place(
            source=self._relative(job.source),
            target=self._relative(job.target),
            source_locale=source,
            locale=target,
            rule=rule_of(self._site.layout, source, target),
            exists=lambda path: (self._site.root / path).exists(),
            article_target=lambda path: self._target(path, target),
            page=self._pages[source.name].find,
        )

    def _target(self, source: str, locale: Locale) -> str | None:
        """Where the translation of a source is, or will be when this run ends."""
        item = self._planned().get(source)
        if item is None:
            return None
        for other, target in item.targets:
            if other.name == locale.name:
                known = target in self.pending or (self._site.root / target).exists()
                return target if known else None
        return item.copy or None if item.locale.name == locale.name else None

    def _planned(self) -> dict[str, Planned]:
        if self._plan is None:
            self._plan = {item.source: item for item in self._site.plan()}
        return self._plan

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._site.root).as_posix()
