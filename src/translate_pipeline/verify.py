"""An article and a committed translation of it in, everything that is wrong with that out.

Law: pure; who wrote the translation does not matter, but for the proof, byte by byte, that the
skeleton is the source's: it is asked of what the ledger says this tool has written, for others
may have adapted paths and added notices. A text in which nothing is found is one that
`translate` could have written, as far as can be told without a reader.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from translate_pipeline.article import Article, parse, parser, skeleton
from translate_pipeline.article.dialects._dialect import Closer
from translate_pipeline.article.merge import prove
from translate_pipeline.errors import ArticleError
from translate_pipeline.memory.section import Section
from translate_pipeline.model import Brief, Finding, LocalePair, Severity
from translate_pipeline.structure_checks import run_structure_checks, template_tags
from translate_pipeline.structure_checks._addresses import absolute, local
from translate_pipeline.verify_front_matter import HeadRules, head_faults
from translate_pipeline.verify_segments import Judged, segment_findings, unit_findings

__all__ = ["Flaw", "verify"]

#: What each check of a segment belongs to, of `fail_on`; the others are of a broken text.
_KINDS = {
    "chatter": "leftovers",
    "placeholders": "leftovers",
    "script": "language",
    "untranslated": "language",
}
# What translators change with good reason, and where the checks of structure know better.
_FREE = frozenset(("code", "placeholders", "emphasis", "shape"))
# What can be told of a translation whose source has changed since.
_ALONE = ("leaked",)
_BREAK = re.compile(rb"\n")
_ADDRESS = re.compile(r"(?<=\s)(href|src)=\"([^\"]*)\"")


class Flaw(NamedTuple):
    """One thing that is wrong. `kind` is one of the classes of `fail_on`, `check` names what
    found it, `line` is one of the translation, 0 if it is no single one."""

    kind: str
    check: str
    line: int
    message: str


def verify(
    article: Article,
    text: str,
    *,
    pair: LocalePair,
    brief: Brief,
    rules: HeadRules | None = None,
    section: Section | None = None,
    stale: bool = False,
) -> tuple[Flaw, ...]:
    """Every flaw of `text`, the translation of `article`, by line.

    `article` is the source as it stands in the translation's place; `brief` is what
    a translation of it is judged by. `rules` is what the site sets in front matter, None if
    nothing. `section` is what the ledger has recorded, None if it knows nothing of this text.
    `stale`: the source has changed since, so only what needs no source is judged.
    """
    try:
        theirs = parse(text, article.dialect, article.options)
    except ArticleError as error:
        return (Flaw("broken", "syntax", error.line, str(error)),)
    heads = head_faults(article, theirs, pair, rules=rules, section=section, stale=stale)
    flaws = []
    for fault in heads:
        kind = "front-matter" if fault.grave else "warnings"
        flaws.append(Flaw(kind, "front-matter", fault.line, fault.message))
    try:
        flaws += _structure(article, theirs, pair, section, stale)
    except ArticleError as error:
        flaws.append(Flaw("broken", "syntax", error.line, str(error)))
    if pair.source.tag != pair.target.tag:
        flaws += _words(article, theirs, brief, section, stale)
    return tuple(sorted(dict.fromkeys(flaws), key=lambda flaw: flaw.line))


def _structure(
    article: Article, theirs: Article, pair: LocalePair, section: Section | None, stale: bool
) -> list[Flaw]:
    if stale:
        return [Flaw(*found) for found in run_structure_checks(article, theirs, pair, _ALONE)]
    flaws = [Flaw(*found) for found in run_structure_checks(article, theirs, pair)]
    if section is None and any(c.closer is Closer.TAG for c in article.dialect.constructs):
        # Components are content, too: a notice that a project's own tool puts in, a box that
        # translators are told to leave out (10 of 20 published MDX pairs that are clean).
        flaws = [
            flaw._replace(kind="warnings") if flaw.check == template_tags.NAME else flaw
            for flaw in flaws
        ]
    # The named checks say it better, where one of them does.
    told = any(flaw.kind in ("broken", "anchors") for flaw in flaws)
    if section is not None and not told and (fault := _proved(article, theirs, pair)):
        kind = "anchors" if fault.startswith("the link target #") else "broken"
        flaws.append(Flaw(kind, "proof", 0, f"not the structure of the source: {fault}"))
    return flaws


def _proved(article: Article, theirs: Article, pair: LocalePair) -> str:
    """What the proof says. Where a link leads within the site may have changed by itself.

    A link leads to the translated page if there is one; that may have come after this one.
    """
    fault = prove(article, theirs.source)
    if not fault.startswith(("<", "nothing")):
        return fault
    before, after = (
        _ADDRESS.sub(
            lambda match: (
                match[0] if absolute(match[2]) else f'{match[1]}="{local(match[2], pair)}"'
            ),
            parser.render(one.shadow.text, one.dialect.options),
        )
        for one in (article, theirs)
    )
    after = skeleton.without_pins(after, article.pins.values())
    return skeleton.difference(skeleton.tags(before), skeleton.tags(after)) and fault


def _words(
    article: Article,
    theirs: Article,
    brief: Brief,
    section: Section | None,
    stale: bool,
) -> list[Flaw]:
    judge = unit_findings(article, theirs.segments, brief) if stale else None
    if judge is None:
        judge = segment_findings(article, theirs, brief)
    breaks = [match.start() for match in _BREAK.finditer(theirs.source)]
    return [
        _flaw(one, bisect_right(breaks, one.offset) + 1, ours=section is not None) for one in judge
    ]


def _flaw(one: Judged, line: int, *, ours: bool) -> Flaw:
    finding: Finding = one.finding
    kind = _KINDS.get(finding.check, "broken")
    if finding.severity is not Severity.ERROR or (finding.check in _FREE and not ours):
        kind = "warnings"
    return Flaw(kind, finding.check, line if one.offset >= 0 else 0, finding.message)
