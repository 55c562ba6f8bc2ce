r"""Finds a term of the glossary whose agreed rendering is missing.

Severity: retry; a sentence may be better off with a pronoun or a verb in its place (quality.md
1.4: rigid insertion hurts), so it is asked for once more and taken if the model insists.
Bound: the term stands in the prose of the source (whole word, also in the plural; not in code),
and a word of the rendering is nowhere in the target. Words count inflected: those of three and
fewer letters with up to two letters more, the first three letters of four and five, all but the
last two of six to eight, all but the last three of longer ones; in compounds from five letters
on; without accents and vowel points, and with what Arabic and Hebrew write on to the word.
Chinese, Japanese, Korean and Thai: as it is written.
Source: quality.md 6.5, T1, and 1.4.
False alarms: 0.00 % of 5,472 published segments without a glossary; 0.55 % with terms learnt from
the same pages (`benchmarks/glossary_alarms.py`), 30 of the 378 segments that have one.

passes: en>de "Open a pull request" => "Pull-Requests eröffnen" with "pull request" = "Pull-Request"
passes: en>de "Both branches" => "Beide Zweige" with "branch" = "Zweig"
passes: en>de "Run `branch` now" => "Jetzt `branch` ausführen" with "branch" = "Zweig"
passes: en>ja "Open a pull request" => "プルリクエストを開く" with "pull request" = "プルリクエスト"
passes: en>ar "On the server" => "على الخادم" with "server" = "خادم"
passes: en>ru "Two branches" => "Две ветки" with "branch" = "ветка"
passes: en>de "Concatenate" => "Verketten" with "cat" = "Katze"
fails(retry): en>de "Open a pull request" => "Eine Anfrage" with "pull request" = "Pull-Request"
fails(retry): en>ja "A pull request" => "リクエストを開く" with "pull request" = "プルリクエスト"
"""

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.checks._prose import excerpt, prose
from translate_pipeline.checks._terms import asked_of, holds
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "glossary"
SEVERITY = Severity.RETRY


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield a finding for each term whose rendering is missing."""
    if not brief.terms:
        return
    for term in asked_of(segment, brief):
        if not term.target:
            continue
        if not holds(prose(target, segment), term.target, brief.target.script):
            yield Finding(
                NAME,
                SEVERITY,
                segment.id,
                f"the glossary says {excerpt(term.target)!r} for {excerpt(term.source)!r}",
            )
