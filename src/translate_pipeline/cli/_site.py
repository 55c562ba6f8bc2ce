"""Takes flags, gives the site they mean: its root, its sources and targets, its rules, its memory.

The law: what `translate`, `check`, `status` and `adopt` say of a site they say of the same site,
for all of them begin here.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate_pipeline.cli._choices import memory_place, settings_of
from translate_pipeline.errors import ConfigError
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.memory.ledger import path_of
from translate_pipeline.model import Locale
from translate_pipeline.settings import Settings
from translate_pipeline.site_edition import SiteEdition
from translate_pipeline.sites import find
from translate_pipeline.sites.layout import with_paths
from translate_pipeline.sites.site import Planned, Site

if TYPE_CHECKING:
    from translate_pipeline.memory.store import Memory

__all__ = ["SiteWork", "memory_at", "memory_of", "site_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWork:
    """A site as the config describes it. `planned` lists it anew each time it is called.

    A source that is also published in its own language has that as a target like any other.
    `settings_digest` changes with every setting that shapes a target.
    """

    root: Path
    settings: Settings
    aliases: Mapping[str, str]
    site: Site
    edition: SiteEdition
    planned: Callable[[], Iterator[Planned]]
    settings_digest: str


def site_of(flags: Namespace, folder: Path) -> SiteWork:
    """The site of the config that the flags or `folder` name.

    Raises ConfigError where there is no config, or one without a layout.
    """
    settings, config = settings_of(flags, folder)
    if config is None or not settings.has_site:
        where = "there is no translate-pipeline.toml here" if config is None else f"{config}"
        raise ConfigError(
            f"{where}: a site needs a `layout`; `translate-pipeline init` looks at the folder and"
            " writes the config"
        )
    return site_work(settings, config.absolute().parent)


def site_work(settings: Settings, root: Path) -> SiteWork:
    """The site at `root` by these settings. Raises ConfigError."""
    if not settings.targets:
        raise ConfigError("no target locale: set `targets` in the config, or pass --to de,fr")
    root = Path(os.path.realpath(root))
    aliases = {**ALIASES, **settings.aliases}
    layout = with_paths(
        find(settings.layout or "plain"), [(rule.source, rule.target) for rule in settings.paths]
    )
    if settings.copy_source is not None:
        layout = replace(layout, copy_source=settings.copy_source)
    site = Site(
        root=root,
        layout=layout,
        source=parse_locale(settings.source, aliases),
        targets=tuple(parse_locale(name, aliases) for name in settings.targets),
        exclude=settings.exclude,
        aliases=aliases,
    )
    edition = SiteEdition(site, settings)

    def no_source(path: str) -> bool:
        # What has a ledger has been looked at; to look at all takes as long as all the rest.
        return not os.path.exists(root / path_of(path)) and site.no_source(path)

    def planned() -> Iterator[Planned]:
        for item in site.plan(skip=no_source):
            if item.copy:
                own: tuple[tuple[Locale, str], ...] = ((item.locale, item.copy),)
                yield item._replace(targets=(*item.targets, *own))
            else:
                yield item

    return SiteWork(
        root=root,
        settings=settings,
        aliases=aliases,
        site=site,
        edition=edition,
        planned=planned,
        settings_digest=edition.digest,
    )


def memory_of(flags: Namespace, folder: Path) -> Memory:
    """The memory that the config or the working folder has.

    Raises ConfigError where it is switched off.
    """
    settings, config = settings_of(flags, folder)
    memory = memory_at(settings, folder if config is None else config.absolute().parent)
    if memory is None:
        raise ConfigError('there is no memory: the config says `memory = "none"`')
    return memory


def memory_at(settings: Settings, root: Path) -> Memory | None:
    """The memory of the settings; None if it is switched off. Raises ConfigError."""
    place = memory_place(settings, root, os.environ)
    if place is None:
        return None
    from translate_pipeline.memory import open_memory

    return open_memory(place)
