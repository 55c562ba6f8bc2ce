r"""Finds a name that the glossary keeps and the target has changed.

Severity: error; retry where the source may mean an ordinary word: `Go` at the beginning of a
sentence, or in another case than the glossary writes it.
Bound: the term stands in the prose of the source, and its letters do not stand in the target,
case, hyphens and endings aside. Once is enough: grammar replaces the second by a pronoun.
Source: quality.md 6.5, T3.
False alarms: 0.00 % of 5,472 published segments without a glossary; with 48 names that such sites
keep (`benchmarks/glossary_alarms.py`) 0.64 %, 35 of the 954 segments that have one, nearly all of
them one Arabic page that writes `Astro` in Arabic letters; the others transliterate or drop it.

passes: en>de "Use Cloud Run here" => "Hier Cloud Run nutzen" with "Cloud Run"
passes: en>de "A Cloud Run service" => "Ein Cloud-Run-Dienst" with "Cloud Run"
passes: en>ja "The [Cloud](u1) Run" => "[Cloud](u1) Run は" with "Cloud Run"
passes: en>de "We go on" => "Wir machen weiter" with "Kubernetes"
fails(error): en>ja "Use Cloud Run here" => "クラウドランを使う" with "Cloud Run"
fails(error): en>de "Write a hook" => "Einen Haken schreiben" with "hook"
fails(retry): en>de "Go on with it" => "Mach damit weiter" with "Go"
fails(retry): en>de "We go on" => "Wir machen weiter" with "Go"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from translate_pipeline.checks._prose import excerpt, prose
from translate_pipeline.checks._terms import asked_of, joined
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "glossary-keep"
SEVERITY = Severity.ERROR

# `Go`, `Rust`: one word with just its first letter large, as any word at a sentence's start.
_PLAIN = re.compile(r"[^\W\d_][^\W\d_A-Z]*\Z")
_SPACE = re.compile(r"\s+")


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield a finding for each kept term that is not in the target."""
    if not brief.terms:
        return
    for term in asked_of(segment, brief):
        if term.target or joined(term.source) in joined(prose(target, segment)):
            continue
        sure = _surely(term.source, prose(segment.text, segment))
        severity = SEVERITY if sure else Severity.RETRY
        yield Finding(
            NAME, severity, segment.id, f"the glossary keeps {excerpt(term.source)!r} as it is"
        )


def _surely(term: str, source: str) -> bool:
    """True if the source has the term in its own case, not just where any word is so written."""
    if not any(char.isupper() for char in term):
        return True
    places = [match.start() for match in _pattern(term).finditer(source)]
    if not _PLAIN.match(term):
        return bool(places)
    return any(re.search(r"[^\W_][,)”’]? \Z", source[max(0, at - 4) : at]) for at in places)


@lru_cache(maxsize=1024)
def _pattern(term: str) -> re.Pattern[str]:
    words = _SPACE.split(term.strip())
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)))
