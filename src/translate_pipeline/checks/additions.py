r"""Finds what a translation never adds: a web or mail address, a number of three digits.

Severity: retry; a model that makes up a year, or follows an order that stands in the text, does
this. New link targets and code are errors of `placeholders` and `code` already.
Bound: mail addresses, and addresses that begin with `www.` or end in a common top-level domain,
outside code, that the source lacks (compared without case); numbers of at least 100, compared as
in `numbers`, that are no part of one of the source's; round ones may stand for a word ("a
hundred").
Source: quality.md 6.5, C6.
False alarms: 0.00 % of 5,472 published segments.

passes: en>de "Write to me@example.org in 2020" => "Schreib 2020 an me@example.org"
passes: en>de "A hundred of them" => "100 davon"
passes: en>de "1.5 million" => "1.500.000"
passes: en>de "Open `index.html` on example.com." => "Öffnen Sie `index.html` auf Example.com."
passes: en>ar "It took 125 days." => "استغرق الأمر ١٢٥ يومًا."
fails(retry): en>de "Ask us." => "Fragen Sie uns: info@example.org"
fails(retry): en>de "Ask us." => "Fragen Sie uns auf www.example.org"
fails(retry): en>de "Read more." => "Mehr dazu auf evil-site.com."
fails(retry): en>de "It is old." => "Es ist von 1875."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_pipeline.checks._numbers import numbers
from translate_pipeline.checks._prose import excerpt, prose, without_code
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "additions"
SEVERITY = Severity.RETRY

_LEAST = 100  # quality.md C6
_MOST_NAMED = 3
_LONGEST = 100_000  # characters that are looked at
_DOMAINS = ("com", "org", "net", "info", "biz", "io", "dev", "app", "xyz", "top", "ru", "cn")
_ADDRESS = re.compile(
    r"(?<![\w.@/-])(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}"
    rf"\.(?:{'|'.join(_DOMAINS)})(?![\w.-]*\w))",
)
# What every address has; `re` looks for it only where one of these stands.
_HINTS = ("@", "www.", *(f".{name}" for name in _DOMAINS))
_THREE_DIGITS = re.compile(r"\d\D?\d\D?\d")


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding for addresses, and one for numbers."""
    if "." in target and any(map(target.__contains__, _HINTS)):
        yield from _addresses(segment, target[:_LONGEST])
    text = prose(target, segment)
    if not _THREE_DIGITS.search(text):
        return
    large = [number for number in numbers(text) if number.value >= _LEAST]
    if not large:
        return
    known: set[str] = set()
    for number in numbers(prose(segment.text, segment)):
        known.add(number.key)
        known.update(number.parts)
    new = [
        number.text
        for number in large
        if number.key not in known and len(number.key) > 1 and not known.issuperset(number.parts)
    ]
    if new:
        # Whatever is written in the source somewhere is not made up.
        new = [text for text in new if text not in segment.text]
    if new:
        names = ", ".join(excerpt(text, 30) for text in new[:_MOST_NAMED])
        yield Finding(NAME, SEVERITY, segment.id, f"the number {names} is not in the source")


def _addresses(segment: Segment, target: str) -> Iterator[Finding]:
    found = _ADDRESS.findall(without_code(target))
    if not found:
        return
    source = segment.text.casefold()
    new = [address for address in found if address.casefold() not in source]
    if new:
        names = ", ".join(excerpt(text, 60) for text in new[:_MOST_NAMED])
        yield Finding(NAME, SEVERITY, segment.id, f"the address {names} is not in the source")
