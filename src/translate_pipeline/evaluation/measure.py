"""An article, a translation of it and a reference in, what can be counted of the three out.

The law: everything is counted on the published texts, so that any tool's output is measured by
the same rule; what a run knows besides (cost, refusals) is added by who ran it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from translate_pipeline.article import Article, parse, prove
from translate_pipeline.article.marks import split
from translate_pipeline.checks import load
from translate_pipeline.conversation import glossary, tokens
from translate_pipeline.memory import structure
from translate_pipeline.memory.published import pieces
from translate_pipeline.model import Brief, LocalePair, Segment, Usage
from translate_pipeline.verify import verify

__all__ = ["Measured", "measure"]

# Kinds of flaws after which a page is no good for its readers, as `check` has them.
_BROKEN = frozenset(("broken", "anchors", "front-matter", "language"))
# What says that a text is not in the language that was asked for.
_LEFT = frozenset(("untranslated", "script"))
# The checks that say whether a term of the glossary is as agreed.
_TERM_CHECKS = ("glossary", "glossary-avoid", "glossary-keep")


class Measured(NamedTuple):
    """One article in one language. `hypothesis` is empty where there is no translation.

    `exact` says that blocks, code, links and tags are byte for byte those of the source. `flaws`
    counts errors by check, `broken` says whether any of them breaks the page;
    `leftover` counts segments in the source language, of `segments`. `terms` are the glossary's
    that stand in the source, `terms_right` those of them that the translation has as agreed.
    `source_tokens` are estimated, of the whole file.
    """

    path: str
    locale: str
    segments: int
    hypothesis: str
    reference: str
    flaws: Mapping[str, int] = {}
    broken: bool = False
    exact: bool = False
    leftover: int = 0
    terms: int = 0
    terms_right: int = 0
    source_tokens: int = 0
    usage: Usage = Usage()

    @property
    def complete(self) -> bool:
        """True where there is a translation, and nothing of it breaks the page."""
        return bool(self.hypothesis) and not self.broken


def measure(
    article: Article,
    text: str | None,
    reference: str,
    *,
    path: str,
    pair: LocalePair,
    brief: Brief,
    usage: Usage = Usage(),  # noqa: B008 - frozen
) -> Measured:
    """Count what `text` (None: refused) has of `article`, beside `reference`.

    Raises ArticleError for a `text` or `reference` that is no article.
    """
    sent = [segment for segment in article.segments if not segment.keep]
    found = Measured(
        path=path,
        locale=pair.target.name,
        segments=len(sent),
        hypothesis="",
        reference=_words(parse(reference, article.dialect, article.options)),
        source_tokens=tokens.estimate(article.source.decode(errors="replace")),
        usage=usage,
    )
    if text is None:
        return found
    theirs = parse(text, article.dialect, article.options)
    errors = [
        flaw for flaw in verify(article, text, pair=pair, brief=brief) if flaw.kind != "warnings"
    ]
    terms, right = _terms(article, theirs, brief)
    return found._replace(
        hypothesis=_words(theirs),
        flaws=Counter(flaw.check for flaw in errors),
        exact=prove(article, text.encode()) == "",
        broken=any(flaw.kind in _BROKEN for flaw in errors),
        leftover=sum(flaw.check in _LEFT for flaw in errors),
        terms=terms,
        terms_right=right,
    )


def _words(article: Article) -> str:
    """The prose of an article, a segment a line, without marks."""
    lines = (
        " ".join("".join(piece for mark, piece in split(s.text, s.tokens) if not mark).split())
        for s in article.segments
        if not s.keep
    )
    return "\n".join(line for line in lines if line)


def _terms(article: Article, theirs: Article, brief: Brief) -> tuple[int, int]:
    """How many times a term of the glossary is due, and how many times it is there."""
    if not brief.terms:
        return 0, 0
    read = pieces(article, theirs)
    targets: Mapping[int, str] = {number: piece.target for number, piece in read.items()}
    targets = targets or structure.aligned(article, theirs)
    due = wrong = 0
    for segment in article.segments:
        target = targets.get(segment.id)
        if segment.keep or target is None:
            continue
        hits = len(glossary.hits(brief.terms, [segment]))
        due += hits
        wrong += min(hits, _faults(segment, target, brief)) if hits else 0
    return due, due - wrong


def _faults(segment: Segment, target: str, brief: Brief) -> int:
    return sum(len(list(load(name).check(segment, target, brief))) for name in _TERM_CHECKS)
