"""A target in, everything there is to say against it out: the checks, then the article's syntax.

The law: what has no `error` among its findings can take its segment's place. A segment that
reads like an order to the model is judged as a translation of that order (`obeyed.py`).
"""

from __future__ import annotations

from translate_pipeline.article import Article, restore
from translate_pipeline.checks import run_checks
from translate_pipeline.conversation.orders import suspicious
from translate_pipeline.errors import SegmentError
from translate_pipeline.ladder.obeyed import obeyed
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["judge", "weight"]


def judge(article: Article, segment: Segment, target: str, brief: Brief) -> tuple[Finding, ...]:
    """Everything there is to say against `target`; no `error` among it means acceptable."""
    findings = run_checks(segment, target, brief)
    if suspicious(segment.text):
        findings = (*findings, *obeyed(segment, target, brief))
    if any(finding.severity is Severity.ERROR for finding in findings):
        return findings
    try:
        restore(article, segment, target)
    except SegmentError as error:
        return (*findings, *error.findings)
    return findings


def weight(findings: tuple[Finding, ...]) -> tuple[int, int, int]:
    """How much speaks against a target, to be compared: errors, then doubts, then warnings."""
    severities = [finding.severity for finding in findings]
    return (
        severities.count(Severity.ERROR),
        severities.count(Severity.RETRY),
        severities.count(Severity.WARNING),
    )
