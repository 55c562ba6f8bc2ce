r"""Finds an answer that addresses the reader in two ways, `Sie` here and `du` there.

Severity: warning; which of them the site wants is for its instruction to say, so what is looked
at is only that one answer keeps to one. Reported are the targets of the rarer form, at a tie the
later ones.
Bound: the lists `formal` and `informal` of the locale's file, whole words in the case given there
(in Chinese anywhere), outside quotations; a word at the beginning of a sentence does not count,
for a German `Sie` may be `they` there. Languages without the lists are not looked at.
Source: quality.md 4.2 (one form per article) and 6.5, Y5. Judged against the style of the locale
instead, 3.0 % of the published Simplified Chinese segments were an alarm, so that check does not
exist.
False alarms: 0.00 % of 5,472 published segments (6 findings, all of one article that mixes
indeed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from translate_pipeline.checks._prose import prose, without_quotes
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "address"
SEVERITY = Severity.WARNING

_HAN = frozenset({"Hans", "Hant"})


def check(
    segments: Sequence[Segment],
    targets: Mapping[int, str],
    findings: Mapping[int, tuple[Finding, ...]],
    brief: Brief,
) -> Iterator[Finding]:
    """Yield a finding for each target that addresses the reader otherwise than the rest."""
    style = brief.target
    if not style.formal or not style.informal:
        return
    forms = {
        name: _pattern(words, anywhere=style.script in _HAN)
        for name, words in (("formally", style.formal), ("informally", style.informal))
    }
    found: dict[str, list[int]] = {name: [] for name in forms}
    for segment in segments:
        target = targets.get(segment.id)
        if target is None:
            continue
        text = without_quotes(prose(target, segment))
        for name, pattern in forms.items():
            if pattern.search(text):
                found[name].append(segment.id)
    usual, other = sorted(found, key=lambda name: (-len(found[name]), found[name][:1]))
    for number in found[other]:
        yield Finding(
            NAME, SEVERITY, number, f"addresses the reader {other}, the rest of the answer {usual}"
        )


@lru_cache(maxsize=64)
def _pattern(words: frozenset[str], *, anywhere: bool) -> re.Pattern[str]:
    either = "|".join(re.escape(word) for word in sorted(words))
    if anywhere:
        return re.compile(either)
    # Behind a word or a comma, not at a sentence's beginning.
    return re.compile(rf"(?<=[\w,;”“»)][ \u00a0])(?:{either})(?![\w-])")
