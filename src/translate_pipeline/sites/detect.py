"""A folder in, the layouts that it may have out, the likeliest first, each with its reasons.

The law: nothing is changed, no more than 20,000 entries are looked at, and what is said was
seen. Source and target locales come from the generator's config, else from the file names.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from translate_pipeline.errors import ConfigError, LocaleError, TargetPathError
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import Locale
from translate_pipeline.sites import all_layouts
from translate_pipeline.sites.globs import excluder
from translate_pipeline.sites.layout import DEFAULT_EXCLUDE, Layout, Rule, SourceLocale
from translate_pipeline.sites.patterns import odd_name, safe_locale
from translate_pipeline.sites.routes import Routes
from translate_pipeline.sites.site_configs import Told, told
from translate_pipeline.sites.strangers import is_locale

__all__ = ["MOST_ENTRIES", "Detected", "detect"]

MOST_ENTRIES = 20_000
# What a tree without a generator may look like: translations beside their sources.
_BESIDE = ("{dir}/{stem}{ext}", "{dir}/{stem}.{locale}{ext}")


class Detected(NamedTuple):
    """One answer. `source` and `targets` are locale names as the site writes them; `targets`
    those that the site already has or configures. `reason` says in words what was seen. `paths`
    are pairs of patterns for the config, where the layout's own do not fit.
    """

    layout: str
    source: str
    targets: tuple[str, ...]
    dialect: str
    reason: str
    paths: tuple[tuple[str, str], ...] = ()


class _Seen(NamedTuple):
    """What a layout makes of the files. `certain`: the generator's config says that it is so;
    `named`: the sources whose language is in their path.
    """

    certain: bool
    named: int
    paths: frozenset[str]
    translated: frozenset[str]

    def rank(self) -> tuple[bool, int, int, int]:
        """The larger, the better it fits."""
        return self.certain, self.named, len(self.translated), len(self.paths)


def detect(root: Path) -> tuple[Detected, ...]:
    """The layouts that fit the folder, best first; none if nothing looks like a site.

    Raises ConfigError if there is no such folder.
    """
    if not root.is_dir():
        raise ConfigError(f"{root}: there is no such folder; name the folder of the site")
    files = _listing(root)
    marked: list[tuple[_Seen, Detected]] = []
    for layout in all_layouts():
        marker = next((name for name in layout.markers if _is_file(root, name)), "")
        if marker:
            said = told(root, marker)
            found = _judge(_moved(layout, said), layout, marker, said, files)
            if found:
                marked.append(found)
    if not marked:
        plain = next(layout for layout in all_layouts() if not layout.rules)
        for source, target in _guesses(files):
            guess = replace(plain, rules=(Rule(source, target),))
            found = _judge(guess, plain, "", Told(), files)
            if found and found[0].translated:
                marked.append(found)
    marked.sort(key=lambda pair: pair[0].rank(), reverse=True)
    # What takes nothing but the best one's translations for sources is no other answer.
    rest = [detected for seen, detected in marked[1:] if not seen.paths <= marked[0][0].translated]
    return (*(detected for _, detected in marked[:1]), *rest)


def _judge(
    layout: Layout, known: Layout, marker: str, said: Told, files: Sequence[str]
) -> tuple[_Seen, Detected] | None:
    """How the files look through this layout; None if none of them is a source."""
    source = _source(layout, said, files)
    left_out = excluder((*DEFAULT_EXCLUDE, *layout.exclude))
    ours = [path for path in files if not _excluded(path, left_out)]
    names = _locales_seen(layout, source, ours, said)
    try:
        home, targets = parse_locale(source), tuple(parse_locale(name) for name in names)
        routes = Routes.of(layout, home, targets)
    except (ConfigError, LocaleError, TargetPathError):
        return None
    sources: dict[str, tuple[int, Locale]] = {}
    for path in ours:
        if not routes.certain(path) and (kind := routes.source(path)):
            sources[path] = kind
    present = [path for path in ours if _is_translation(path, routes, sources)]
    sources = {path: kind for path, kind in sources.items() if path not in set(present)}
    if not sources:
        return None
    spelled = sum(routes.routes[rule].source_names_locale for rule, _ in sources.values())
    certain = bool(layout.plugin and layout.plugin in said.words)
    naming = f", which names {layout.plugin.split(' ')[0]}" if certain else ""
    reasons = [f"there is {marker}{naming}" if marker else "no site generator's config is there"]
    reasons.append(_counted(len(sources), "source", sources))
    if present:
        reasons.append(_counted(len(present), "translation", present))
    if said.locales:
        reasons.append(f"languages in its config: {', '.join(said.locales[:20])}")
    if layout.plugin and said.words and not certain:
        certain_other = {word.split(" ")[0] for word in said.words}
        if layout.plugin.split(" ")[0] in certain_other:
            return None  # the same plugin, in its other mode
    if layout.plugin and not certain and layout.name.startswith("jekyll"):
        return None  # without its plugin the layout builds nothing
    paths = tuple((rule.source, rule.target) for rule in layout.rules)
    changed = layout.rules != known.rules
    seen = _Seen(certain, spelled, frozenset(sources), frozenset(present))
    reason = "; ".join(reasons)
    return seen, Detected(
        known.name, source, names, layout.dialect, reason, paths if changed else ()
    )


def _is_translation(path: str, routes: Routes, sources: dict[str, tuple[int, Locale]]) -> bool:
    return any(
        sources.get(source) == (rule, own) and (own.tag != locale.tag or routes.copies)
        for rule, source, own, locale in routes.candidates(path)
    )


def _source(layout: Layout, said: Told, files: Sequence[str]) -> str:
    """The source's locale: as configured, else the one that most translations point to.

    Where none does: the commonest in the sources' names, else English.
    """
    if said.source and _usable(said.source):
        return said.source
    there, named = set(files), _named(layout, files)
    patterns = layout.patterns()
    pairs: Counter[str] = Counter()
    for own, target in patterns:
        read = target.any_reader(layout.extensions)
        for path in files:
            found = read(path)
            if found is None or not _usable(found["locale"]):
                continue
            names = named if "locale" in own.fields else ("en",)
            for name in names:
                source = own.form(found["dir"], found["stem"], name, found["ext"])
                if name != found["locale"] and source in there:
                    pairs[name] += 1
    ranked = sorted(pairs, key=lambda name: (-pairs[name], -named[name], name != "en", name))
    if ranked:
        return ranked[0]
    # A folder `cs/` says nothing where sources need no locale in their path.
    alone = all("locale" in own.fields for own, _ in patterns)
    return named.most_common(1)[0][0] if alone and named else "en"


def _named(layout: Layout, files: Sequence[str]) -> Counter[str]:
    """The locales at the place of the source's, with the number of their files."""
    named: Counter[str] = Counter()
    for own, _ in layout.patterns():
        if "locale" in own.fields:
            read = own.any_reader(layout.extensions)
            named.update(found["locale"] for path in files if (found := read(path)))
    return Counter({name: count for name, count in named.items() if _usable(name)})


def _locales_seen(layout: Layout, source: str, files: Sequence[str], said: Told) -> tuple[str, ...]:
    """The configured languages, then those in names at the place of a target, commonest first.

    A name counts where a file of it has its source. Where each source names its own locale, all
    of these are targets of the others.
    """
    names = dict.fromkeys(name for name in said.locales if _usable(name))
    per_path = layout.source_locale is SourceLocale.PATH
    own_names = [*_named(layout, files)] if per_path else []
    counted: Counter[str] = Counter()
    there = set(files)
    for own, target in layout.patterns():
        read = target.any_reader(layout.extensions)
        for path in files:
            found = read(path)
            if found is None or not _usable(found["locale"]):
                continue
            parts = found["dir"], found["stem"]
            for name in (source, *own_names):
                if own.form(*parts, name, found["ext"]) in there and name != found["locale"]:
                    counted[found["locale"]] += 1
                    break
    names.update(dict.fromkeys(name for name, _ in sorted(counted.items(), key=_commonest)))
    names.update(dict.fromkeys(sorted(own_names)))
    names.pop(source, None)
    return tuple(names)


def _commonest(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _usable(name: str) -> bool:
    try:
        return is_locale(safe_locale(name))
    except TargetPathError:
        return False


def _moved(layout: Layout, said: Told) -> Layout:
    """The layout with its articles in the folder that the config says, if it is a plain one."""
    folder = said.docs.removeprefix("./").strip("/")
    usual = {rule.source.split("/", 1)[0] for rule in layout.rules}
    if not folder or usual == {folder} or len(usual) != 1 or re.search(r"[{}\\]|\.\.", folder):
        return layout
    rules = tuple(
        Rule(*(f"{folder}/{text.split('/', 1)[1]}" for text in rule)) for rule in layout.rules
    )
    changed = replace(layout, rules=rules)
    try:
        changed.patterns()
    except ConfigError:
        return layout
    return changed


def _guesses(files: Sequence[str]) -> list[tuple[str, str]]:
    """Patterns for trees of no generator: beside the source, or a folder for each language."""
    folders: Counter[str] = Counter()
    for path in files:
        parts = path.split("/")[:-1]
        for number, part in enumerate(parts):
            if _usable(part):
                folders["/".join(parts[:number])] += 1
                break
    found = [_BESIDE]
    for folder, _ in folders.most_common(3):
        if "{" not in folder and "}" not in folder:
            text = f"{folder}/{{locale}}/{{dir}}/{{stem}}{{ext}}".lstrip("/")
            found.append((text, text))
    return found


def _listing(root: Path) -> list[str]:
    """Files of the tree, from the top down so that a bound cuts the deepest; sorted."""
    files: list[str] = []
    level, seen = [""], 0
    while level and seen < MOST_ENTRIES:
        below: list[str] = []
        for folder in level:
            try:
                with os.scandir(root / folder) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError:
                continue
            for entry in entries[: MOST_ENTRIES - seen]:
                seen += 1
                name = entry.name
                if name.startswith(".") or odd_name(name) or name in DEFAULT_EXCLUDE:
                    continue
                path = f"{folder}/{name}" if folder else name
                if entry.is_dir(follow_symlinks=False):
                    below.append(path)
                elif not entry.is_symlink():
                    files.append(path)
        level = below
    return sorted(files)


def _excluded(path: str, left_out: Callable[[str, str], bool]) -> bool:
    parts = path.split("/")
    return any(left_out("/".join(parts[: at + 1]), part) for at, part in enumerate(parts))


def _is_file(root: Path, name: str) -> bool:
    return (root / name).is_file()


def _counted(number: int, what: str, paths: Sequence[str] | dict[str, tuple[int, Locale]]) -> str:
    example = next(iter(paths))
    return f"{number} {what}{'s' * (number != 1)} such as {example}"
