r"""Finds code spans and formulae that are missing, added or changed.

Severity: error; code is proven equal when the article is put together, so a target with
other code could not be written anyway.
Bound: the multiset of values must be equal. The value of a code span is what stands between
the backticks, without the one space that CommonMark strips; the order is free, because
grammar moves words. Dollar signs are looked at only where the source has a formula.
Source: quality.md 6.5, S2 (0.05-1.1 % there); requirements.md 5 (*inline code spans*).
False alarms: 0.26 % of 5,472 published segments (14), every one a true change: code translated
(`Task Manager` → `Gerenciador de Tarefas`), spans lost, added or doubled.

passes: en>de "Run `make` and `make test`." => "Mit `make test` und `make` ausführen."
passes: en>de "Use `` a`b `` here." => "Hier ``a`b`` benutzen."
passes: en>fr "It costs $5 or $6." => "Cela coûte 5 $ ou 6 $."
passes: en>de "The area is $a^2$ here." => "Die Fläche ist hier $a^2$."
fails(error): en>de "Run `make`." => "make ausführen."
fails(error): en>de "Run `make`." => "`mache` ausführen."
fails(error): en>de "Run `make` now." => "`make` jetzt mit `make` ausführen."
fails(error): en>de "Run make." => "`make` ausführen."
fails(error): en>de "The area is $a^2$ here." => "Die Fläche ist hier $a^3$."
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate_pipeline.checks._prose import code_spans, excerpt, without_code
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "code"
SEVERITY = Severity.ERROR

_MATH = re.compile(r"\$\$[^$]{1,2000}\$\$|\$[^$]{1,2000}\$")
_MOST_NAMED = 5  # a message names that many values, a hostile target may hold thousands


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield one finding for each value whose count differs, at most a handful."""
    formulae: set[str] = set()
    if "$" in segment.text or "$" in target:
        formulae = {token.mark for token in segment.tokens if token.mark[0] == "$"}
    elif "`" not in segment.text and "`" not in target:
        return
    wanted = _values(segment.text, formulae)
    found = _values(target, formulae)
    if wanted == found:
        return
    faults = [f"{_show(value)} is missing" for value in wanted if not found[value]]
    for value, count in found.items():
        if not wanted[value]:
            faults.append(f"{_show(value)} is not in the source")
        elif wanted[value] != count:
            faults.append(f"{_show(value)} stands {count} times instead of {wanted[value]}")
    for fault in faults[:_MOST_NAMED]:
        yield Finding(NAME, SEVERITY, segment.id, fault)


def _values(text: str, formulae: set[str]) -> Counter[str]:
    values: Counter[str] = Counter()
    for start, end in code_spans(text):
        span = text[start:end]
        ticks = len(span) - len(span.lstrip("`"))
        value = " ".join(span[ticks:-ticks].split("\n"))
        if len(value) > 2 and value[0] == value[-1] == " " and value.strip(" "):
            value = value[1:-1]
        values[f"`{value}`"] += 1
    if formulae:
        for match in _MATH.finditer(without_code(text)):
            values[match[0]] += 1
    return values


def _show(value: str) -> str:
    return f"the code {excerpt(value, 60)}" if value[0] == "`" else f"the formula {excerpt(value)}"
