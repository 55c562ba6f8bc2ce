"""Takes the flags of `translate`, gives the work: settings, locales, and which file goes where.

The law: everything that can be wrong with the command line is found here, before a byte is
sent or written.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from translate_pipeline.article import DEFAULT_KEYS, dialects
from translate_pipeline.cli._choices import settings_of
from translate_pipeline.dialect_choice import AUTO
from translate_pipeline.discovery import Skipped, default_root, discover
from translate_pipeline.edition import AsIs, Edition
from translate_pipeline.errors import ConfigError
from translate_pipeline.files import inside
from translate_pipeline.ledger_files import Move
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.memory.ledger import digest
from translate_pipeline.model import Locale, LocalePair
from translate_pipeline.settings import Settings
from translate_pipeline.target_path import Job, Layout, plan

if TYPE_CHECKING:
    from translate_pipeline.cli._site import SiteWork
    from translate_pipeline.survey import Row

__all__ = ["Work", "say", "work_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a `translate` has to do. `folder` is where the user stands, for shown paths.

    `root` is the folder of the targets and their ledgers, `sources` that of the sources.
    `fresh` counts the jobs of a site that need nothing, `left_over` those beyond
    --max-articles; `orphans` are translations whose source is gone. `chosen` are the sources and
    targets of the `site` that are meant, None for all.
    """

    settings: Settings
    aliases: Mapping[str, str]
    jobs: Sequence[Job]
    root: Path
    sources: Path
    folder: Path
    json: bool
    overwrite: bool = False
    adopting: bool = False
    skipped: Sequence[Skipped] = ()
    edition: Edition = field(default_factory=AsIs)
    moves: Mapping[Job, Move] = field(default_factory=dict)
    fresh: int = 0
    left_over: int = 0
    orphans: Sequence[Row] = ()
    prune: bool = False
    site: SiteWork | None = None
    chosen: frozenset[str] | None = None

    @property
    def front_matter_keys(self) -> tuple[str, ...]:
        """The configured keys, or the default ones."""
        if self.site is not None:
            return self.site.edition.policy.keys
        keys = self.settings.front_matter_keys
        return DEFAULT_KEYS if keys is None else keys

    def source_locale(self, source: str) -> Locale | None:
        """In which language a source is written, by its path below `sources`."""
        if self.site is None:
            return parse_locale(self.settings.source, self.aliases)
        planned = self.site.site.plan_one(source)
        return planned.locale if planned else None


def work_of(flags: Namespace, folder: Path) -> Work:
    """The work of a site where the config has one, else that of the paths. Raises ConfigError."""
    settings, config = settings_of(flags, folder)
    if settings.dialect != AUTO:
        dialects.find(settings.dialect)
    if settings.has_site and config is not None:
        from translate_pipeline.cli._site_jobs import site_jobs

        return site_jobs(flags, settings, config.absolute().parent, folder)
    if not flags.paths:
        raise ConfigError(
            "no article is named: name a Markdown file or a folder, or let `translate-pipeline"
            " init` write a config that says where the sources are"
        )
    return _work_of_paths(flags, settings, folder if config is None else config.absolute().parent)


def _work_of_paths(flags: Namespace, settings: Settings, home: Path) -> Work:
    """Settings, locales, discovery and targets, in this order. Raises `ConfigError`."""
    folder = Path.cwd()
    aliases = {**ALIASES, **settings.aliases}
    pairs = _pairs(settings, aliases)
    source = pairs[0].source
    root = flags.root.resolve() if flags.root else default_root(flags.paths, home, source)
    found = discover(
        flags.paths,
        source=source,
        targets=[pair.target for pair in pairs],
        root=root,
        aliases=aliases,
    )
    out = settings.out
    if out and "{" not in out:
        # A flag is meant from where the user stands, a config from where it lies.
        out = str((folder if flags.out else home) / out)
    jobs, left_out = plan(found.sources, pairs, Layout(root, out, strict=bool(flags.root)))
    skipped = [*found.skipped, *(Skipped(p, "the target of another source") for p in left_out)]
    if not jobs:
        why = f" (skipped {len(skipped)} that are translations themselves)" if skipped else ""
        raise ConfigError(f"no article to translate{why}: name a Markdown file, or check --from")
    targets = root
    if not all(inside(root, job.target) for job in jobs):
        targets = Path(out[: out.index("{")] if "{" in out else out).resolve()
    return Work(
        settings=settings,
        aliases=aliases,
        jobs=[Job(j.source, _below(j.target, targets), j.pair) for j in jobs],
        root=targets,
        sources=root,
        skipped=skipped,
        edition=AsIs(settings.values, _shape(settings), settings.dialect),
        folder=folder,
        json=flags.json,
        overwrite=flags.overwrite,
    )


def _shape(settings: Settings) -> str:
    """Changes with the settings that shape a target."""
    shape = (
        settings.dialect,
        settings.references,
        settings.front_matter_keys,
        sorted(settings.values.items()),
        *settings.prose_parameters,
    )
    return digest(repr(shape).encode())


def say(lines: Iterable[str]) -> None:
    """Print to stdout, whatever its encoding can show."""
    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        print(line.encode(encoding, "backslashreplace").decode(encoding))


def _below(target: Path, root: Path) -> Path:
    """The target by the root's own name, where it was reached by another (a link)."""
    return target if target.is_relative_to(root) else root / target.resolve().relative_to(root)


def _pairs(settings: Settings, aliases: Mapping[str, str]) -> list[LocalePair]:
    """The source with each target; a target that is the source is refused."""
    if not settings.targets:
        raise ConfigError("no target locale: pass --to, for example --to de,fr")
    source = parse_locale(settings.source, aliases)
    pairs = [LocalePair(source, parse_locale(name, aliases)) for name in settings.targets]
    for pair in pairs:
        if pair.target.tag == source.tag:
            raise ConfigError(
                f"the target `{pair.target.name}` is the source language;"
                " leave it out of --to, or set --from"
            )
    return pairs
