"""The text of a TOML glossary in, its entries out.

    keep = ["Old Brass Brains", "Cloud Run"]      # as they are, in every language

    [[term]]
    source = "pull request"
    target = { de = "Pull-Request", ja = "プルリクエスト" }
    avoid = { de = ["Zugriffsanfrage"] }          # or a list, for every language
    note = "on GitHub"

    [[term]]
    source = "hook"
    keep = ["de", "fr"]                           # or true

Law: every key is known and has its type; an empty rendering is none yet. `locale` at the top
says in which language the terms are, if the articles are in several.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from typing import NoReturn

from translate_pipeline.glossary_files.entry import Entry, language, refused
from translate_pipeline.model import Locale

__all__ = ["read"]

_TOP = ("keep", "locale", "term")
_TERM = ("source", "target", "avoid", "keep", "note")


def read(text: str, where: str, aliases: Mapping[str, str]) -> tuple[Entry, ...]:
    """The entries of the file called `where`. Raises ConfigError with the line."""
    try:
        table = tomllib.loads(text)
    except ValueError as error:
        raise refused(where, f"this is no TOML: {error}; correct it") from None
    except RecursionError:
        raise refused(where, "arrays or tables are nested too deep; no glossary needs it") from None
    _known(table, _TOP, where)
    name = table.get("locale", "")
    if not isinstance(name, str):
        raise refused(where, '`locale` must be text, such as "en"')
    own = language(name, where, aliases) if name else None
    kept = table.get("keep", [])
    if not isinstance(kept, list) or not all(isinstance(word, str) for word in kept):
        raise refused(where, '`keep` must be a list of terms: keep = ["Cloud Run"]')
    terms = table.get("term", [])
    if not isinstance(terms, list) or not all(isinstance(term, dict) for term in terms):
        raise refused(where, "`term` must be tables: write [[term]] above each")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _heads(line)]
    # In an inline array of tables the lines are not known: then the file is named alone.
    places = [f"{where}:{n}" for n in lines] if len(lines) == len(terms) else [where] * len(terms)
    return (
        *(Entry(word, keep=True, locale=own, place=where) for word in kept),
        *(_entry(term, own, at, aliases) for term, at in zip(terms, places, strict=True)),
    )


def _heads(line: str) -> bool:
    return "".join(line.partition("#")[0].split()) == "[[term]]"


def _entry(
    term: dict[str, object], own: Locale | None, place: str, aliases: Mapping[str, str]
) -> Entry:
    _known(term, _TERM, place)
    source, note = term.get("source", ""), term.get("note", "")
    targets, avoid, keep = term.get("target", {}), term.get("avoid", []), term.get("keep", False)
    if not isinstance(source, str) or not isinstance(note, str):
        _wrong(place, "`source` and `note` must be text")
    if not isinstance(targets, dict) or not all(isinstance(t, str) for t in targets.values()):
        _wrong(place, '`target` must name languages: target = { de = "Zweig" }')
    by_language: dict[str, object] = avoid if isinstance(avoid, dict) else {"": avoid}
    forbidden = tuple(
        (language(name, place, aliases) if name else None, word)
        for name, words in by_language.items()
        for word in _words(words, place)
    )
    if not isinstance(keep, bool | list) or not all(
        isinstance(name, str) for name in (keep if isinstance(keep, list) else [])
    ):
        _wrong(place, '`keep` must be true or a list of languages: keep = ["de"]')
    if not ("target" in term or keep or avoid):
        _wrong(place, "the term has neither `target` nor `keep`; write one of them")
    return Entry(
        source,
        tuple(
            (language(name, place, aliases), text) for name, text in targets.items() if text.strip()
        ),
        forbidden,
        keep if isinstance(keep, bool) else tuple(language(name, place, aliases) for name in keep),
        note,
        own,
        place,
    )


def _words(value: object, place: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        _wrong(place, '`avoid` must be a list, or lists by language: { de = ["Ast"] }')
    return value


def _known(table: Mapping[str, object], names: tuple[str, ...], place: str) -> None:
    for key in table:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(names)}"
            raise refused(place, f"there is no key `{key[:40]}`; {hint}")


def _wrong(place: str, why: str) -> NoReturn:
    raise refused(place, why)
