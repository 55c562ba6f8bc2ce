r"""Finds a rendering that the glossary forbids.

Severity: error; a person has ruled it out by name.
Bound: the term stands in the source, and the forbidden words stand in the target: as whole
words, with up to two letters more where the last has six or more; in Chinese, Japanese, Korean
and Thai anywhere. Not counted is what is part of an agreed rendering of a term that the source
has (`客户` in `客户端`), and what the source itself says in these words beside the term.
Source: quality.md 6.5, T2; the `avoid` of the MCP SDK's glossary (1.4).
False alarms: 0.00 % of 5,472 published segments without a glossary; 0.11 % with terms learnt from
the same pages, whose own source word is forbidden (`benchmarks/glossary_alarms.py`).

passes: en>de "Open a pull request" => "Pull-Request öffnen" with "pull request" = "Pull-Request" not "Anfrage"
passes: en>de "A question" => "Eine Anfrage" with "pull request" = "Pull-Request" not "Anfrage"
passes: en>zh-Hans "The client" => "客户端" with "client" = "客户端" not "客户"
passes: en>de "The commit “Anfrage”" => "Der Commit „Anfrage“" with "commit" = "Commit" not "Anfrage"
fails(error): en>de "A pull request" => "Eine Zugriffsanfrage" with "pull request" = "PR" not "Zugriffsanfrage"
fails(error): en>de "Pull requests" => "Zugriffsanfragen" with "pull request" = "PR" not "Zugriffsanfrage"
fails(error): en>de "To deploy it" => "Es deploy machen" with "deploy" = "bereitstellen" not "deploy"
fails(error): en>zh-Hans "The client" => "这个客户" with "client" = "客户端" not "客户"
"""  # noqa: E501 - samples stand on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from translate_pipeline.checks._prose import excerpt, prose
from translate_pipeline.checks._terms import asked_of, joined
from translate_pipeline.conversation.glossary import unspaced
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "glossary-avoid"
SEVERITY = Severity.ERROR

_INFLECTED = 6  # letters


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield a finding for each forbidden rendering."""
    if not brief.terms:
        return
    terms = asked_of(segment, brief)
    if not any(term.avoid for term in terms):
        return
    text, source = joined(prose(target, segment)), joined(prose(segment.text, segment))
    for agreed in sorted((joined(term.target) for term in terms), key=len, reverse=True):
        if agreed:
            text = text.replace(agreed, "\0")
    for term in terms:
        for words in term.avoid:
            wrong = joined(words)
            elsewhere = source.replace(joined(term.source), " ")
            if wrong and wrong not in elsewhere and _pattern(wrong).search(text):
                yield Finding(
                    NAME,
                    SEVERITY,
                    segment.id,
                    f"the glossary forbids {excerpt(words)!r} for {excerpt(term.source)!r}",
                )


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    if unspaced(words):
        return re.compile(re.escape(words))
    last = re.search(r"\w*\Z", words)
    more = r"\w{0,2}" if last and len(last[0]) >= _INFLECTED else ""
    return re.compile(rf"(?<![\w\0]){re.escape(words)}{more}(?![\w\0])")
