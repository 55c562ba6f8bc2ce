"""The targets of one request in, findings that only show beside their neighbours out.

Law: what is found here is asked for again, never corrected by counting. One check is one file of
this folder; a file without a leading underscore has a `NAME` and a
`check(segments, targets, findings, brief) -> Iterator[Finding]`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from translate_pipeline.batch_checks import neighbours
from translate_pipeline.model import Brief, Finding, Segment

__all__ = ["run_batch_checks"]

_CHECKS = (neighbours,)


def run_batch_checks(
    segments: Sequence[Segment],
    targets: Mapping[int, str],
    findings: Mapping[int, tuple[Finding, ...]],
    brief: Brief,
) -> dict[int, tuple[Finding, ...]]:
    """What else is to be said of these targets, by segment id.

    `segments` are those of one request in order, `targets` what came back for them, `findings`
    what the checks of single segments have said.
    """
    found: dict[int, tuple[Finding, ...]] = {}
    for one in _CHECKS:
        for finding in one.check(segments, targets, findings, brief):
            found[finding.segment] = (*found.get(finding.segment, ()), finding)
    return found
