r"""Finds the replacement character U+FFFD: a place where letters were lost.

Severity: error; what stood there is gone, and no fix can bring it back. Characters that nobody
sees are taken out before a target is judged (`fixes/characters.py`).
Bound: the target has more of them than the source.
Source: quality.md 6.5, Y4; CheckMate's corrupted characters.
False alarms: 0.00 % of 5,472 published segments.

passes: en>de "The mark \ufffd stands for lost bytes" => "Das Zeichen \ufffd steht für verlorene Bytes"
passes: en>ja "Open the file" => "ファイルを開く"
fails(error): en>ja "Open the file" => "ファイ\ufffd\ufffdを開く"
"""  # noqa: E501 - samples stand on one line

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "characters"
SEVERITY = Severity.ERROR

_LOST = "\ufffd"


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding."""
    if _LOST in target and target.count(_LOST) > segment.text.count(_LOST):
        yield Finding(NAME, SEVERITY, segment.id, "letters are lost: the target has U+FFFD")
