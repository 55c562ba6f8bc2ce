"""One line of a reviewer's answer in, its verdict out; None for `ok` and for what is no verdict.

The severities are those of MQM (critical, major, minor); the categories are named in the prompt,
because naming them is what makes such estimates useful (TEaR, quality.md 1.5).
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["GRAVE", "Verdict", "read_verdict"]

#: Severities after which a correction is worth having; the others are matters of taste.
GRAVE = frozenset(("critical", "major"))
_SEVERITIES = (*sorted(GRAVE), "minor")
_MARK = "|"


class Verdict(NamedTuple):
    """What is wrong with a target. `span` are its own words, `proposal` a whole new target."""

    severity: str
    category: str
    span: str
    proposal: str

    @property
    def grave(self) -> bool:
        return self.severity in GRAVE


def read_verdict(line: str) -> Verdict | None:
    """The verdict of `severity | category | wrong words | correction`.

    >>> read_verdict("major | omission | the gap | Alles ist gut.")
    Verdict(severity='major', category='omission', span='the gap', proposal='Alles ist gut.')
    >>> read_verdict("ok") is None
    True
    """
    parts = [part.strip() for part in line.split(_MARK, 3)]
    severity = parts[0].casefold().strip("*`. ")
    if severity not in _SEVERITIES or len(parts) < 3:
        return None
    proposal = parts[3] if len(parts) == 4 else ""
    return Verdict(severity, parts[1].casefold(), parts[2].strip("\"'“”«»„`"), proposal)
