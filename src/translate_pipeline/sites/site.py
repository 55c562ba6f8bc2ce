"""A folder and its layout in, what is translated from where to where out.

The laws: the order is the same on every machine; a target is never a source, never shared by
two sources and never outside of the root; a translation is never taken for a source; and what
is left out is named with a reason. Names only: what an article says of itself is read by
`source_locale.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from translate_pipeline.errors import ArticleError, ConfigError, TargetPathError
from translate_pipeline.files import inside
from translate_pipeline.locale import ALIASES
from translate_pipeline.model import Locale
from translate_pipeline.sites.collisions import collision, on_the_way
from translate_pipeline.sites.globs import excluder
from translate_pipeline.sites.layout import DEFAULT_EXCLUDE, Layout
from translate_pipeline.sites.patterns import foreign, odd_name, safe_locale
from translate_pipeline.sites.routes import Routes
from translate_pipeline.sites.source_locale import HEAD, source_locale
from translate_pipeline.sites.strangers import is_translation, strangers
from translate_pipeline.sites.walk import Walked, tops, walk

__all__ = ["LeftOut", "OnDisk", "Planned", "Site"]


_ODD = "its name has control characters, `\\` or bytes that are no UTF-8; rename it"


class Planned(NamedTuple):
    """A source in its own locale, and where each translation goes.

    All paths are POSIX paths relative to the root; `targets` in the configured order. `copy` is
    where the source itself is also published, as it is; empty if nowhere.
    """

    source: str
    locale: Locale
    targets: tuple[tuple[Locale, str], ...]
    copy: str = ""


class OnDisk(NamedTuple):
    """A file that stands where targets go. `source` is empty if it is an orphan."""

    path: str
    locale: Locale
    source: str


class LeftOut(NamedTuple):
    """A file that looks like an article and is neither source nor target, and why."""

    path: str
    reason: str


class _Sorted(NamedTuple):
    """All files of the site, by what they are."""

    sources: dict[str, tuple[int, Locale]]
    targets: dict[str, OnDisk]
    left_out: list[LeftOut]
    links: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site on disk. `exclude` adds to the defaults of `layout.py` (`!name` takes one back).

    `aliases` are those that `source` and `targets` were parsed with. Raises ConfigError for
    unsound patterns or globs and for two locales of one name; TargetPathError for a locale
    whose name cannot stand in a path.
    """

    root: Path
    layout: Layout
    source: Locale
    targets: tuple[Locale, ...]
    exclude: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=lambda: ALIASES)
    _routes: Routes = field(init=False, repr=False, compare=False)
    _left_out: Callable[[str, str], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        folded: dict[str, Locale] = {}
        for locale in (self.source, *self.targets):
            other = folded.setdefault(safe_locale(locale.name).casefold(), locale)
            if other.name != locale.name or other.tag != locale.tag:
                raise ConfigError(
                    f"the locales {other.name!r} and {locale.name!r} would be one folder on some"
                    " machines; write the same spelling everywhere"
                )
        routes = Routes.of(self.layout, self.source, self.targets)
        globs = (*DEFAULT_EXCLUDE, *self.layout.exclude, *self.exclude)
        object.__setattr__(self, "_routes", routes)
        object.__setattr__(self, "_left_out", excluder(globs))

    def plan(self, *, skip: Callable[[str], bool] | None = None) -> Iterator[Planned]:
        """All sources, sorted, with their targets; all is checked before the first is given.

        `skip(path)` says of a source that it is none after all (`translated: true`), before
        anything is concluded from it. Raises TargetPathError, naming both files, where a target
        would be a source or another's target, or would leave the root through a link;
        ConfigError for a folder that cannot be read.
        """
        found = self._sort(self._routes.source_tops(), only_sources=True)
        sources = found.sources
        if skip is not None:
            sources = {path: kind for path, kind in sources.items() if not skip(path)}
        planned = [self._planned(path, *kind) for path, kind in sources.items()]
        self._check(planned, sources, found.links)
        return iter(planned)

    def plan_one(self, source: str) -> Planned | None:
        """The same for one path, by its name and what is beside it; None if it is no source."""
        routes = self._routes
        if foreign(source) or self._excluded(source) or routes.certain(source):
            return None
        if routes.doubtful(source) and any(
            os.path.isfile(self.root / other) for other, _ in routes.sources_of(source)
        ):
            return None
        kind = routes.source(source)
        return self._planned(source, *kind) if kind is not None else None

    def source_of(self, target: str) -> tuple[str, Locale] | None:
        """The source that a target path belongs to, and the target's locale; None if to none.

        Where several sources could have this target, the one that is on disk; the first if
        none is. A file that is a source by its name belongs to none. For the plain copy of a
        source the locale is the source's own.
        """
        candidates = self.sources_of(target)
        for source, locale in candidates:
            if os.path.isfile(self.root / source):
                return source, locale
        return candidates[0] if candidates else None

    def sources_of(self, target: str) -> tuple[tuple[str, Locale], ...]:
        """Every source path, on disk or not, that a target path may belong to, by the rules."""
        if foreign(target):
            return ()
        return tuple(
            (source, locale)
            for source, locale in self._routes.sources_of(target)
            if not self._excluded(source)
        )

    def targets_on_disk(self) -> tuple[OnDisk, ...]:
        """The files that stand where targets go, sorted by path; orphans among them."""
        found = self._sort(tops((*self._routes.source_tops(), *self._routes.target_tops())))
        return tuple(sorted(found.targets.values()))

    def left_out(self) -> tuple[LeftOut, ...]:
        """Files below the sources' folders that are neither source nor target, with the reason."""
        return tuple(sorted(self._sort(self._routes.source_tops()).left_out))

    def no_source(self, source: str) -> bool:
        """True if an article that is a source by its name says itself that it is none.

        Reads its front matter: `translated: true`, or another language where the layout leaves
        that to the front matter. For `plan(skip=site.no_source)`. What disagrees with its path
        is not settled here but refused by `source_locale`.
        """
        kind = self._routes.source(source)
        try:
            with open(self.root / source, "rb") as file:
                text = file.read(HEAD).decode("utf-8-sig", errors="replace")
            rule = self.layout.source_locale
            return kind is None or not source_locale(
                source, text, kind[1], rule=rule, aliases=self.aliases
            )
        except (OSError, ArticleError):
            return False  # whoever reads it as a source will say what is wrong

    def border(self, target: str) -> Path:
        """The absolute path to write a target to. Raises TargetPathError if a link leads out.

        To be asked right before writing: what was planned may have become a link since.
        """
        path = self.root / target
        if not inside(self.root, path):
            raise TargetPathError(
                f"{target}: a link leads out of {self.root}; remove the link, or put the config"
                " into a folder that holds both"
            )
        return path

    def _planned(self, source: str, rule: int, locale: Locale) -> Planned:
        targets, copy = self._routes.targets(source, rule, locale)
        return Planned(source, locale, targets, copy)

    def _excluded(self, path: str) -> bool:
        """As the walk would find it: each folder on the way, then the file."""
        parts = path.split("/")
        return any(
            part[:1] == "." or self._left_out("/".join(parts[: number + 1]), part)
            for number, part in enumerate(parts)
        )

    def _sort(self, folders: Sequence[str], *, only_sources: bool = False) -> _Sorted:
        """Walk and sort; `only_sources` leaves out what is a target by its name for certain."""
        walked, routes = self._walk(folders, only_sources), self._routes
        sources: dict[str, tuple[int, Locale]] = {}
        left_out: list[LeftOut] = []
        doubtful: list[str] = []
        for path in walked.files:
            if odd_name(path):
                left_out.append(LeftOut(path, _ODD))
            elif path in walked.links and not inside(self.root, self.root / path):
                left_out.append(LeftOut(path, "a link that leads out of the site"))
            elif routes.certain(path):
                if not only_sources:
                    doubtful.append(path)
            elif routes.doubtful(path):
                doubtful.append(path)
            elif kind := routes.source(path):
                sources[path] = kind
            else:
                left_out.append(LeftOut(path, f"no pattern of {self.layout.name} fits its name"))
        # Most are targets of the sources known by now. As to the rest: the source of `x-it-de`
        # may be `x-it`, of which it is to be known first whether it is the Italian `x`.
        owner = self._owners(sources) if doubtful else {}
        targets = {path: OnDisk(path, *owner[path]) for path in doubtful if path in owner}
        for path in sorted((path for path in doubtful if path not in targets), key=len):
            found = self._target(path, sources)
            if isinstance(found, OnDisk):
                targets[path] = found
            elif found is None and (kind := routes.source(path)):
                sources[path] = kind
            else:
                left_out.append(LeftOut(path, "in the language of its source, which is not copied"))
        for path, name in strangers(sources, routes).items():
            del sources[path]
            left_out.append(LeftOut(path, f"a translation into {name}, which is no target"))
        in_order = sources if not doubtful else dict(sorted(sources.items()))
        return _Sorted(in_order, targets, left_out, walked.links)

    def _owners(self, sources: Mapping[str, tuple[int, Locale]]) -> dict[str, tuple[Locale, str]]:
        """Where targets of these sources go: the target's locale, and its source."""
        owners: dict[str, tuple[Locale, str]] = {}
        for source, (rule, own) in sources.items():
            targets, copy = self._routes.targets(source, rule, own)
            for locale, target in targets:
                owners[target] = locale, source
            if copy:
                owners[copy] = own, source
        return owners

    def _target(self, path: str, sources: Mapping[str, tuple[int, Locale]]) -> OnDisk | str | None:
        """`path` as somebody's target; None if it is a source, else whose own language it has."""
        locale = self.source
        for rule, source, own, locale in self._routes.candidates(path):
            if sources.get(source) == (rule, own):
                if own.tag == locale.tag and not self.layout.copy_source:
                    return source
                return OnDisk(path, locale, source)
        if self._routes.certain(path) or is_translation(
            os.fspath(self.root / path), locale, self.aliases
        ):
            return OnDisk(path, locale, "")
        return None

    def _walk(self, folders: Sequence[str], only_sources: bool) -> Walked:
        for folder in folders:
            self.border(folder)
        excluded, targets = self._left_out, self._routes.only_targets

        def left_out(path: str, name: str) -> bool:
            return excluded(path, name) or path in targets

        return walk(
            os.fspath(self.root),
            folders,
            extensions=self._routes.endings,
            left_out=left_out if only_sources and targets else excluded,
        )

    def _check(
        self, planned: list[Planned], sources: Mapping[str, object], links: frozenset[str]
    ) -> None:
        pairs = [(target, source) for source, _, to, _ in planned for _, target in to]
        pairs += [(copy, source) for source, _, _, copy in planned if copy]
        owner = dict(pairs)
        if len(owner) < len(pairs) or not owner.keys().isdisjoint(sources):
            raise collision(pairs, sources)
        for link in links & owner.keys():
            self.border(link)
        for folder in on_the_way({target[: target.rfind("/") + 1] for target in owner}):
            if os.path.islink(self.root / folder):
                self.border(folder)
