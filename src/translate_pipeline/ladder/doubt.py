"""A target without an error in, whether it is asked for once more out.

The law: a doubtful target is asked for again and taken in the end, when the model insists; one
that merely equals its source is taken at once where it is a name, and never while the model is
known to leave text in the source language, unless it comes back so every time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from translate_pipeline import names
from translate_pipeline.checks import untranslated
from translate_pipeline.ladder.judge import weight
from translate_pipeline.model import Finding, Segment, Severity

__all__ = ["INSISTING", "Doubts", "Passed"]

#: How often more a text is asked for that is no name and comes back as it was. A model that
#: echoes one text in five by chance does so seven times in a row once in 78,000.
INSISTING = 3

# Words: so long a text that equals its source is hardly a name.
_NO_NAME = 8
_ECHO = "not translated: it is the source"
_WORD = re.compile(r"[^\W\d_]{2}")
# `always lit`, `Period in hours`: two words in lower case are hardly a name either (but `of`).
_LOWER = re.compile(r"(?<![\w`(.-])(?:[a-z]{3,}|(?!of\b)[a-z]{2})(?![\w`)(-])")
_NO_NAME_LOWER = 2


class Passed(NamedTuple):
    """A target without an error; `echo` when its words are those of the source."""

    segment: Segment
    target: str
    findings: tuple[Finding, ...]
    echo: bool


@dataclass(slots=True)
class Doubts:
    """What is doubted in the answers to one request and its repairs.

    `foreign` is False between two forms of one language, where most words are the same.
    `echoing` becomes True when the model was caught leaving a text in the source language.
    `best` are the acceptable targets that were doubted, the lightest of each segment.
    """

    foreign: bool
    echoing: bool = False
    best: dict[int, Passed] = field(default_factory=dict)

    def seen(self, segment: Segment, target: str, findings: tuple[Finding, ...]) -> Passed | None:
        """The target if no error speaks against it, else None; watches for echoes."""
        if any(finding.severity is Severity.ERROR for finding in findings):
            self.echoing |= any(f.check == untranslated.NAME for f in findings)
            return None
        echo = self.foreign and untranslated.echoes(segment, target)
        self.echoing |= echo and len(target.split()) >= _NO_NAME
        return Passed(segment, target, findings, echo)

    def of(self, one: Passed, *, again: bool) -> tuple[Finding, ...]:
        """The findings for which a target is asked for `again`; empty if for none."""
        found = one.findings
        retries = [finding.check for finding in found if finding.severity is Severity.RETRY]
        if one.echo and not retries and (self.echoing or _WORD.search(one.target)):
            found = (*found, Finding(untranslated.NAME, Severity.RETRY, one.segment.id, _ECHO))
            retries = [untranslated.NAME]
        insisted = again and not self.echoing and not _wordy(one.target)
        if insisted and retries == [untranslated.NAME]:
            return ()
        return found if retries else ()

    def patient(self, one: Passed, *, last: bool, tired: bool) -> bool:
        """True if the target may still be asked for again.

        On the `last` rung a doubtful target is taken: the model has insisted on it. One whose
        words are those of the source is not, until the ladder is `tired` of asking.
        """
        return not last or (not tired and one.echo and _wordy(one.target))

    def offer(self, one: Passed) -> None:
        """Keep a doubtful target, unless a better one is kept; of two equals the later one."""
        if one.echo and _wordy(one.target):
            return
        kept = self.best.get(one.segment.id)
        if kept is None or weight(one.findings) <= weight(kept.findings):
            self.best[one.segment.id] = one

    def better(self, one: Passed) -> Passed:
        """`one`, or the lighter target that came before it."""
        kept = self.best.get(one.segment.id, one)
        return kept if weight(kept.findings) < weight(one.findings) else one

    def name(self, one: Passed, targets: Mapping[int, str]) -> bool:
        """True if the target is its source, and rightly so."""
        if self.echoing or one.target != one.segment.text:
            return False
        return names.is_name(one.segment, one.target, targets)


def _wordy(text: str) -> bool:
    """True if the text holds too many plain words for a name."""
    return len(_LOWER.findall(text)) >= _NO_NAME_LOWER
