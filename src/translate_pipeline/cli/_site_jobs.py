"""Takes a site's settings, gives the jobs that its state asks for.

The law: what is fresh is not looked at again, and what a person has to decide (an orphan, a
file nobody recorded) is told, not done.
"""

from __future__ import annotations

import os
import subprocess
from argparse import Namespace
from collections.abc import Collection, Iterable
from pathlib import Path

from translate_pipeline.cli._site import SiteWork, site_work
from translate_pipeline.cli._work import Work
from translate_pipeline.errors import ConfigError
from translate_pipeline.ledger_files import Move
from translate_pipeline.memory.stamps import Stamps
from translate_pipeline.model import Locale, LocalePair
from translate_pipeline.settings import Settings
from translate_pipeline.survey import JobState, Row, survey
from translate_pipeline.target_path import Job

__all__ = ["changed_since", "selected", "site_jobs"]


def site_jobs(
    flags: Namespace,
    settings: Settings,
    home: Path,
    folder: Path,
    states: Collection[JobState] | None = None,
) -> Work:
    """The jobs that are not fresh, of the paths that are named or of the whole site.

    `states` are those that count; None for all but fresh. Raises ConfigError.
    """
    site = site_work(settings, home)
    chosen = _chosen(flags, site, folder)
    planned = {item.source: item for item in site.planned()}
    jobs: list[Job] = []
    moves: dict[Job, Move] = {}
    orphans: list[Row] = []
    fresh = 0
    articles: set[str] = set()
    left_over = 0
    with Stamps(site.root) as stamps:
        for row in survey(
            site.root,
            planned.values(),
            stamps=stamps,
            settings_digest=site.settings_digest,
            segments=site.edition.segments,
        ):
            item = planned.get(row.source)
            if item is None:
                orphans.append(row)
                continue
            locales = {locale.name: locale for locale, _ in item.targets}
            for view in row.states:
                if chosen is not None and not chosen & {row.source, view.target}:
                    continue
                if view.state is JobState.FRESH:
                    fresh += 1
                    continue
                if states is not None and view.state not in states:
                    continue
                if settings.max_articles and len(articles | {row.source}) > settings.max_articles:
                    left_over += 1
                    continue
                articles.add(row.source)
                job = _job(site.root, item.source, item.locale, locales[view.locale], view.target)
                jobs.append(job)
                if view.state is JobState.RENAMED:
                    moves[job] = Move(row.origin or row.source, view.before or view.target)
    site.edition.pending = frozenset(job.target.relative_to(site.root).as_posix() for job in jobs)
    return Work(
        settings=site.settings,
        aliases=site.aliases,
        jobs=jobs,
        root=site.root,
        sources=site.root,
        folder=folder,
        json=flags.json,
        overwrite=flags.overwrite,
        edition=site.edition,
        moves=moves,
        fresh=fresh,
        left_over=left_over,
        orphans=orphans,
        prune=flags.prune,
        site=site,
        chosen=chosen,
    )


def _job(root: Path, source: str, written: Locale, locale: Locale, target: str) -> Job:
    return Job(root / source, root / target, LocalePair(written, locale))


def _chosen(flags: Namespace, site: SiteWork, folder: Path) -> frozenset[str] | None:
    """Sources and targets that are meant; None for all."""
    if not flags.paths and not flags.changed_since:
        return None
    chosen = set(selected(flags.paths, site, folder)) if flags.paths else None
    if flags.changed_since:
        changed = changed_since(site.root, flags.changed_since)
        chosen = changed if chosen is None else chosen & changed
    return frozenset(chosen or ())


def selected(paths: Iterable[Path], site: SiteWork, folder: Path) -> Collection[str]:
    """The sources and targets of the site at or below `paths`, relative to its root.

    Raises ConfigError for a path that does not exist or is no part of the site.
    """
    files = [path for item in site.planned() for path in (item.source, *_targets(item.targets))]
    chosen: dict[str, None] = {}
    for given in paths:
        path = Path(os.path.realpath(folder / given))
        if not path.is_relative_to(site.root):
            raise ConfigError(f"{given}: this is outside of the site {site.root}")
        name = path.relative_to(site.root).as_posix()
        below = "" if name == "." else f"{name}/"
        found = [file for file in files if file == name or file.startswith(below)]
        if not found:
            why = "is no article of this site" if path.exists() else "does not exist"
            raise ConfigError(
                f"{given}: this {why}; `translate-pipeline status` lists the articles"
            )
        chosen.update(dict.fromkeys(found))
    return chosen.keys()


def _targets(targets: Iterable[tuple[Locale, str]]) -> Iterable[str]:
    return (target for _, target in targets)


def changed_since(root: Path, revision: str) -> set[str]:
    """Files below `root` that differ from a git revision, new ones too; relative to it.

    Raises ConfigError where git does not know the revision.
    """
    if revision.startswith("-"):
        raise ConfigError("--changed-since: name a commit, a branch or a tag")
    changed: set[str] = set()
    for command in (
        ["diff", "--name-only", "-z", "--relative", revision, "--"],
        ["ls-files", "--others", "--exclude-standard", "-z"],
    ):
        try:
            # git is found on the PATH, as the user finds it.
            done = subprocess.run(  # noqa: S603
                ["git", "-C", str(root), *command],  # noqa: S607
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise ConfigError(f"--changed-since needs git: {error.strerror}") from None
        if done.returncode:
            reason = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            raise ConfigError(
                f"--changed-since: git says: {reason}; in CI, check out with fetch-depth: 0"
            )
        changed.update(os.fsdecode(name) for name in done.stdout.split(b"\0") if name)
    return changed
