"""Entries and a pair of languages in, the terms that hold for it out.

Law: a rendering for another language, or another script of the same, is never used; the nearest
language wins (`pt-BR` over `pt`), then the later entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from langcodes import Language

from translate_pipeline.glossary_files.entry import Entry
from translate_pipeline.model import Locale, LocalePair, Term

__all__ = ["near", "terms_for"]


def terms_for(entries: Iterable[Entry], pair: LocalePair) -> tuple[Term, ...]:
    """The terms of `entries` for articles of `pair`, each source once, in their order.

    An entry that has neither a rendering for the language nor keeps the term there gives none.
    """
    terms: dict[str, Term] = {}
    for entry in entries:
        if entry.locale is not None and not near(entry.locale, pair.source):
            continue
        target = _nearest(entry.targets, pair.target)
        if target is None:
            kept = entry.keep
            if not (kept if isinstance(kept, bool) else any(near(k, pair.target) for k in kept)):
                continue
        avoid = tuple(
            text for locale, text in entry.avoid if locale is None or near(locale, pair.target)
        )
        # A rendering that is the term itself is a way to say that it stays.
        same = target is None or target == entry.source
        terms[entry.source] = Term(entry.source, "" if same else str(target), avoid, entry.note)
    return tuple(terms.values())


def near(known: Locale, wanted: Locale) -> int:
    """How well what holds for `known` holds for `wanted`: 0 not at all, more is nearer."""
    if known.script != wanted.script:
        return 0
    if known.tag == wanted.tag:
        return 9
    ours, theirs = known.tag.split("-"), wanted.tag.split("-")
    # `zh-CN` holds for `zh-Hans` and `pt-BR` for `pt`: that is what these mean alone.
    if ours[0] == theirs[0] and _full(known.tag) == _full(wanted.tag):
        return 8
    # `de` holds for `de-AT`, `zh-Hant` for `zh-Hant-HK`; `pt-PT` does not hold for `pt-BR`.
    return len(ours) if ours[0] == theirs[0] and set(ours) <= set(theirs) else 0


@lru_cache(maxsize=256)
def _full(tag: str) -> str:
    return Language.get(tag).maximize().to_tag()


def _nearest(targets: Sequence[tuple[Locale, str]], wanted: Locale) -> str | None:
    best = max(targets, key=lambda one: near(one[0], wanted), default=None)
    return best[1] if best is not None and near(best[0], wanted) else None
