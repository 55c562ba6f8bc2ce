"""The config files of site generators in, what they say of a site's languages out.

The law: a config is somebody else's, so it is only read: YAML safely, TOML as data, JavaScript
by looking for a few literals; whatever cannot be read says nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from translate_pipeline.errors import ArticleError
from translate_pipeline.files import inside, read_text

__all__ = ["Told", "told"]

# The longest config of a real site is some 50 KB; YAML aliases must not grow out of hand.
_MOST = 200_000
_ALIAS = re.compile(r"(?:^|[\s\[,])\*[A-Za-z0-9_-]+", re.MULTILINE)
# Only after a gap: `https://` and `docs/**/*.md` are no comments.
_COMMENT = re.compile(r"(?<![^\s,;{}()\[\]])(?://[^\n]*|/\*.*?(?:\*/|\Z))", re.DOTALL)
_DEFAULT_LOCALE = re.compile(r"\bdefaultLocale\s*:\s*[\"'`]([\w-]{1,20})[\"'`]")
_LIST = re.compile(r"\blocales\s*:\s*\[([^\]]{0,2000})\]")
_TABLE = re.compile(r"\blocales\s*:\s*\{")
_STRING = re.compile(r"[\"'`]([\w-]{1,20})[\"'`]")
_ENTRY = re.compile(r"[\"'`]?([\w-]{1,20})[\"'`]?\s*:\s*\{")
_LANG = re.compile(r"\blang\s*:\s*[\"'`]([\w-]{1,20})[\"'`]")


class Told(NamedTuple):
    """What a config says: the source's language, all languages, and words for layouts.

    `words` are what `Layout.plugin` is compared with; `docs` is the folder of the articles
    where it is not the usual one, `folders` where each language has one of its own.
    """

    source: str = ""
    locales: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    docs: str = ""
    folders: Mapping[str, str] = {}


def told(root: Path, marker: str) -> Told:
    """What the config at `root/marker` says; nothing where it cannot be read."""
    path = root / marker
    name = marker.rsplit("/", 1)[-1]
    try:
        if not inside(root, path) or path.stat().st_size > _MOST:
            return Told()
        text = read_text(path)
    except (ArticleError, OSError):
        return Told()
    reader = next((read for names, read in _READERS if name.startswith(names)), _nothing)
    return reader(text, name)


def _nothing(text: str, name: str) -> Told:
    return Told()


def _jekyll(text: str, name: str) -> Told:
    data = _data(text, name)
    plugins = {*_names(data.get("plugins")), *_names(data.get("gems"))}
    languages = _names(data.get("languages"))
    # The multiple-languages plugin has no key for the default: it is the first one.
    first = languages[0] if "jekyll-multiple-languages-plugin" in plugins and languages else ""
    source = _text(data.get("default_lang")) or first or _text(data.get("lang"))
    return Told(source or _text(data.get("locale")), languages, frozenset(plugins))


def _hugo(text: str, name: str) -> Told:
    data = {key.lower(): value for key, value in _data(text, name).items()}
    languages = data.get("languages")
    tables = languages if isinstance(languages, dict) else {}
    folders = {
        str(key): _text(value)
        for key, table in tables.items()
        if isinstance(table, dict)
        for inner, value in table.items()
        if str(inner).lower() == "contentdir"
    }
    words = frozenset({"hugo contentDir"}) if len(set(folders.values())) > 1 else frozenset()
    return Told(
        _text(data.get("defaultcontentlanguage")),
        tuple(str(key) for key in tables),
        words,
        _text(data.get("contentdir")),
        folders,
    )


def _mkdocs(text: str, name: str) -> Told:
    data = _data(text, name)
    docs = _text(data.get("docs_dir"))
    plugins = data.get("plugins")
    entries = plugins if isinstance(plugins, list) else [plugins]
    for entry in entries:
        if isinstance(entry, dict) and "i18n" in entry:
            options = entry["i18n"] if isinstance(entry["i18n"], dict) else {}
            languages = options.get("languages")
            listed = languages if isinstance(languages, list) else []
            rows = [row for row in listed if isinstance(row, dict)]
            # Before version 1 the languages were a table, and the default a key beside it.
            names = _names([row.get("locale") for row in rows]) or _names(languages)
            default = [_text(row.get("locale")) for row in rows if row.get("default") is True]
            source = default[0] if default else _text(options.get("default_language"))
            structure = _text(options.get("docs_structure")) or "suffix"
            words = frozenset({f"mkdocs-static-i18n {structure}"})
            return Told(source, names, words, docs)
    theme = data.get("theme")
    language = _text(theme.get("language")) if isinstance(theme, dict) else ""
    return Told(language, (), frozenset(), docs)


def _quarto(text: str, name: str) -> Told:
    data = _data(text, name)
    babel = data.get("babelquarto")
    if not isinstance(babel, dict):
        return Told(_text(data.get("lang")))
    source = _text(babel.get("mainlanguage")) or _text(data.get("lang"))
    return Told(source, _names(babel.get("languages")), frozenset({"babelquarto"}))


def _javascript(text: str, name: str) -> Told:
    """Docusaurus, Astro, VitePress: the literals of `locales` and `defaultLocale`."""
    text = _COMMENT.sub("", text)
    found = _DEFAULT_LOCALE.search(text)
    source = found[1] if found else ""
    table = _TABLE.search(text)
    words = frozenset({"starlight"}) if "@astrojs/starlight" in text else frozenset[str]()
    if table is None:
        names = [name for row in _LIST.findall(text) for name in _STRING.findall(row)]
        return Told(source, tuple(dict.fromkeys(names)), words)
    entries = _entries(text, table.end())
    # `root` is no language's folder: its `lang` says which one it is.
    root = entries.get("root", "")
    if root or "root" in entries:
        lang = _LANG.search(root)
        source = lang[1] if lang else source.replace("root", "")
    return Told(source, tuple(key for key in entries if key != "root"), words)


def _entries(text: str, start: int) -> dict[str, str]:
    """The keys of the object literal that begins at `start`, and the text of each value."""
    entries: dict[str, str] = {}
    depth, key, begin, at = 1, "", start, start
    for brace in re.finditer(r"[{}]", text[start : start + _MOST]):
        here = start + brace.start()
        if brace[0] == "{":
            if depth == 1:
                named = [*_ENTRY.finditer(text[max(at, here - 60) : here + 1])]
                key, begin = (named[-1][1] if named else ""), here
            depth += 1
            continue
        depth -= 1
        if depth == 1 and key:
            entries[key] = text[begin:here]
        if depth == 0:
            break
        at = here
    return entries


_READERS: tuple[tuple[tuple[str, ...], Callable[[str, str], Told]], ...] = (
    (("_config.",), _jekyll),
    (("mkdocs.",), _mkdocs),
    (("_quarto.",), _quarto),
    (("docusaurus.", "astro.", "config.ts", "config.mts", "config.js", "config.mjs", "config.cjs",
      "index.ts"), _javascript),
    (("hugo.", "config."), _hugo),
)  # fmt: skip


def _data(text: str, name: str) -> dict[str, object]:
    try:
        if name.endswith(".toml"):
            data: object = tomllib.loads(text)
        elif len(_ALIAS.findall(text)) > 50:
            return {}  # a bomb of aliases, or nothing that we need
        else:
            data = yaml.load(text, Loader=_Lenient)  # noqa: S506 - a SafeLoader, see below
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError, ValueError):
        return {}
    return {str(key): value for key, value in data.items()} if isinstance(data, dict) else {}


class _Lenient(yaml.SafeLoader):
    """A SafeLoader to which a tag that it does not know (`!ENV`, `!!python/name:…`) is nothing."""


def _unknown(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    """MkDocs configs name functions by tags; they are never loaded."""


_Lenient.add_multi_constructor("", _unknown)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _names(value: object) -> tuple[str, ...]:
    """The strings of a list, or the keys of a table."""
    items: Iterable[object] = value if isinstance(value, list | dict) else ()
    return tuple(item for item in items if isinstance(item, str) and item)
