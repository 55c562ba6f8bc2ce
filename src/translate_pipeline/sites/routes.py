"""A layout's rules with a site's locales in, where one path leads out: pure, by names alone.

The law: `sources_of` is the inverse of `targets`, for a path is only given as somebody's target
if the rules lead from that source to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from translate_pipeline.model import Locale
from translate_pipeline.sites.layout import Layout, SourceLocale
from translate_pipeline.sites.patterns import Pattern

__all__ = ["Route", "Routes"]

_Reader = Callable[[str], re.Match[str] | None]
_Form = Callable[[str, str, str, str], str]


class Route(NamedTuple):
    """One rule, compiled. `read_*` reads a path, `form_*` writes it; `read_any` reads a target
    of whatever locale.

    `certain` says that no article's name looks like a target by chance: `/de/` and `.de.` are
    no words of a title, `-it` may be.
    """

    read_source: _Reader
    form_source: _Form
    source_names_locale: bool
    read_target: _Reader
    form_target: _Form
    read_any: _Reader
    certain: bool
    source_top: str
    target_top: str


# A rule that alone would lead from a source, in its own locale, to a path in that locale.
Candidate = tuple[int, str, Locale, Locale]


@dataclass(frozen=True, slots=True)
class Routes:
    """The rules of a site whose language is `home`.

    `endings` are the ends of names that any pattern can have; `per_path` says that each path
    names its source's locale, `copies` that a source is also published as it is. `others` are
    the targets of a source by its own tag. `only_targets` are folders that hold nothing else.
    `sure` and `unsure` read the target patterns, each once: the certain ones and the rest.
    """

    routes: tuple[Route, ...]
    endings: tuple[str, ...]
    locales: dict[str, Locale]
    home: Locale
    per_path: bool
    copies: bool
    only_targets: frozenset[str]
    sure: tuple[_Reader, ...] = field(repr=False)
    unsure: tuple[_Reader, ...] = field(repr=False)
    others: dict[str, list[tuple[Locale, str]]] = field(repr=False)

    @classmethod
    def of(cls, layout: Layout, source: Locale, targets: Sequence[Locale]) -> Routes:
        """Compile the rules. Raises ConfigError for unsound patterns."""
        per_path = layout.source_locale is SourceLocale.PATH
        # The source's locale is a target too where some sources are written in another one.
        # It stands first unless the config gives it a place.
        locales = {locale.name: locale for locale in targets}
        if source.name not in locales:
            locales = {source.name: source, **locales}
        own = [*locales] if per_path else [source.name]
        wanted = [name for name in locales if per_path or name != source.name]
        patterns = layout.patterns()
        texts = [pattern.text for pair in patterns for pattern in pair]
        readers = {to.text: to.reader(wanted, layout.extensions) for _, to in patterns}
        routes = tuple(
            _route(pair, own, readers[pair[1].text], layout.extensions) for pair in patterns
        )
        # Keyed by the reader: each is asked once.
        by_reader = {route.read_target: route for route in routes}.values()
        ends = {text[text.rfind("}") + 1 :] for text in texts if not text.endswith("{ext}")}
        return cls(
            routes=routes,
            endings=(*layout.extensions, *sorted(ends)),
            locales=locales,
            home=source,
            per_path=per_path,
            copies=layout.copy_source,
            only_targets=frozenset(
                f"{target.top}/{name}".lstrip("/")
                for _, target in patterns
                for name in wanted
                if target.text == f"{target.top}/{{locale}}/{{dir}}/{{stem}}{{ext}}".lstrip("/")
            ),
            sure=tuple(route.read_target for route in by_reader if route.certain),
            unsure=tuple(route.read_target for route in by_reader if not route.certain),
            others={
                tag: [(locales[name], name) for name in wanted if locales[name].tag != tag]
                for tag in {locale.tag for locale in locales.values()}
            },
        )

    def source_tops(self) -> list[str]:
        """The folders that hold all sources."""
        return sorted({route.source_top for route in self.routes})

    def target_tops(self) -> list[str]:
        """The folders that hold all targets."""
        return sorted({route.target_top for route in self.routes})

    def source(self, path: str) -> tuple[int, Locale] | None:
        """The number of the first rule that takes `path` for a source, and the path's locale."""
        for number, route in enumerate(self.routes):
            found = route.read_source(path)
            if found is not None:
                name = found["locale"]
                return number, self.locales[name] if name else self.home
        return None

    def targets(
        self, path: str, number: int, locale: Locale
    ) -> tuple[tuple[tuple[Locale, str], ...], str]:
        """The targets of a source of that rule, and the path of its plain copy or ""."""
        route = self.routes[number]
        found = route.read_source(path)
        if found is None:
            raise ValueError(f"{path} is no source of rule {number}")
        folder, stem, _, ext = found.group("dir", "stem", "locale", "ext")
        form = route.form_target
        targets = [(to, form(folder, stem, name, ext)) for to, name in self.others[locale.tag]]
        return tuple(targets), form(folder, stem, locale.name, ext) if self.copies else ""

    def certain(self, path: str) -> bool:
        """True if some rule with an unmistakable place for the locale makes `path` a target."""
        return _any(self.sure, path)

    def doubtful(self, path: str) -> bool:
        """True if only rules whose place for the locale may be a plain word make it a target."""
        return _any(self.unsure, path)

    def sources_of(self, path: str) -> tuple[tuple[str, Locale], ...]:
        """The sources whose target, or copy, `path` would be; with the locale of `path`."""
        found: dict[str, Locale] = {}
        for number, source, own, locale in self.candidates(path):
            # The rule must be the one that is tried first for that source.
            if self.source(source) == (number, own) and (own.tag != locale.tag or self.copies):
                found.setdefault(source, locale)
        return tuple(found.items())

    def candidates(self, path: str) -> list[Candidate]:
        """Whatever `path` may be a target of, by each rule alone; the home locale first."""
        home, out, read, found = self.home, [], None, None
        for number, route in enumerate(self.routes):
            if route.read_target is not read:  # rules of one target pattern share its reader
                read = route.read_target
                found = read(path)
            if found is None:
                continue
            folder, stem, name, ext = found.group("dir", "stem", "locale", "ext")
            form, locale = route.form_source, self.locales[name]
            out.append((number, form(folder, stem, home.name, ext), home, locale))
            if self.per_path and route.source_names_locale:
                out += [
                    (number, form(folder, stem, own.name, ext), own, locale)
                    for own in self.locales.values()
                    if own is not home
                ]
        return out


def _any(readers: tuple[_Reader, ...], path: str) -> bool:
    for read in readers:  # noqa: SIM110 - `any` would take twice as long, for 90,000 files
        if read(path):
            return True
    return False


def _route(
    pair: tuple[Pattern, Pattern],
    own: Sequence[str],
    read_target: _Reader,
    extensions: Sequence[str],
) -> Route:
    source, target = pair
    before = target.text[: target.text.index("{locale}")][-1:]
    return Route(
        read_source=source.reader(own, extensions),
        form_source=source.form,
        source_names_locale="locale" in source.fields,
        read_target=read_target,
        form_target=target.form,
        read_any=target.any_reader(extensions),
        certain=before in {"", "/", "."} or target.text.count("{locale}") > 1,
        source_top=source.top,
        target_top=target.top,
    )
