"""Entries in, what contradicts itself among them out, in words.

Law: only what cannot be meant is a fault; a term that is told twice alike is one, too, for one of
them will be changed alone some day. Linear in the number of entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from translate_pipeline.glossary_files.entry import Entry

__all__ = ["faults"]


def faults(entries: Iterable[Entry]) -> Iterator[str]:
    """One line for each fault, with the places: duplicates, conflicts, forbidden renderings."""
    told: dict[tuple[str, str], tuple[str, str]] = {}
    kept: dict[tuple[str, str], str] = {}
    for entry in entries:
        source, own = _folded(entry.source), entry.locale.tag if entry.locale else ""
        here = entry.place or "the config"
        yield from _forbidden(entry, here)
        if not (entry.targets or entry.keep or entry.avoid):
            yield f"{here}: {entry.source!r} has no rendering yet; write one, or remove the term"
        if entry.keep is True:
            if (source, own) in kept:
                yield f"{here}: {entry.source!r} is kept already ({kept[source, own]})"
            kept.setdefault((source, own), here)
        for locale, target in entry.targets:
            key = (f"{own}>{locale.tag}", source)
            if key not in told:
                told[key] = target, here
                continue
            other, place = told[key]
            if _folded(other) == _folded(target):
                yield f"{here}: {entry.source!r} in {locale.tag} is told already ({place})"
            else:
                yield (
                    f"{here}: {entry.source!r} in {locale.tag} is {target!r} here and {other!r}"
                    f" in {place}; keep one"
                )
        if isinstance(entry.keep, tuple):
            targets = dict(entry.targets)
            for locale in entry.keep:
                if targets.get(locale, entry.source) != entry.source:
                    yield f"{here}: {entry.source!r} is kept and rendered in {locale.tag}"
    for (pair, source), (target, place) in told.items():
        own = pair.partition(">")[0]
        where = kept.get((source, own))
        if where and _folded(target) != source and where != place:
            yield (
                f"{place}: {source!r} is {target!r} here and kept in every language in {where};"
                " name the languages: keep = [...]"
            )


def _forbidden(entry: Entry, here: str) -> Iterator[str]:
    for locale, word in entry.avoid:
        if not word.strip():
            yield f"{here}: an `avoid` of {entry.source!r} is empty"
        for other, target in entry.targets:
            if (locale is None or locale.tag == other.tag) and _folded(word) == _folded(target):
                yield f"{here}: {target!r} for {entry.source!r} is told and forbidden at once"
        if entry.keep is True and _folded(word) == _folded(entry.source):
            yield f"{here}: {entry.source!r} is kept and forbidden at once"


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
