"""An article and a translation of it in, what the checks say of the published words out.

Law: what aligns beyond doubt is judged pair by pair; what does not is judged by itself, for
talk of a model and for its language; and a text equal to its source for a good reason (a rule,
a name) is no flaw. Linear in the two texts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from translate_pipeline.article import Article
from translate_pipeline.checks import chatter, run_checks, script, untranslated
from translate_pipeline.memory import structure
from translate_pipeline.memory.published import pieces
from translate_pipeline.model import Brief, Finding, Kind, Segment, Severity

__all__ = ["Judged", "segment_findings", "unit_findings"]

_MARK = re.compile(r"</?[xb]\d{1,5}\s?/?>|\]\(u\d{1,5}\)|[\[\]*_`!]")
_WORD = re.compile(r"[^\W_]+")
_LATIN_END = "\u024f"
_NO_NAMES = 3  # texts; of the published pairs no clean one has as many names that look like prose
_MOST_LETTERS = 400  # of other scripts, by which a source excuses its translation


class Judged(NamedTuple):
    """A finding, and where in the translation its segment is: an offset in bytes, -1 unknown."""

    finding: Finding
    offset: int


def segment_findings(article: Article, theirs: Article, brief: Brief) -> Iterator[Judged]:
    """What the checks say of each segment whose translation is known, and of the rest.

    `theirs` is the translation as an article by itself.
    """
    found = pieces(article, theirs)
    if found:
        targets = {number: piece.target for number, piece in found.items()}
        units = {number: piece.unit for number, piece in found.items() if piece.unit}
    else:
        targets = structure.aligned(article, theirs)
        units = _units(theirs, targets)
    words = _words(targets)
    used = set()
    judged: list[Judged] = []
    for segment in article.segments:
        unit = units.get(segment.id)
        if unit is not None:
            used.add(unit.start)
        target = targets.get(segment.id)
        if target is None or segment.keep:
            continue
        offset = unit.start if unit is not None else -1
        for finding in run_checks(segment, target.strip(), brief):
            if not _excused(finding, segment, target, words):
                judged.append(Judged(finding, offset))
    rest = [u for u in theirs.segments if u.start not in used and not u.keep]
    judged += unit_findings(article, rest, brief)
    yield from _without_lone_names(judged)


def _without_lone_names(judged: list[Judged]) -> Iterator[Judged]:
    """All but the odd text that only equals its source: that is a name nearly always.

    A model that leaves texts as they are leaves several, or one that surely is no name.
    """
    equal = [one for one in judged if one.finding.check == untranslated.NAME]
    sure = any(one.finding.severity is Severity.ERROR for one in equal)
    for one in judged:
        named = one.finding.check == untranslated.NAME and not sure and len(equal) < _NO_NAMES
        if not (named and one.finding.severity is not Severity.ERROR):
            yield one


def unit_findings(article: Article, units: Iterable[Segment], brief: Brief) -> Iterator[Judged]:
    """What can be said of published segments without knowing what they translate.

    Those that repeat a segment of `article` word for word are judged as its translation.
    """
    sources = {_plain(s.text): s for s in article.segments if not s.keep}
    kept = {_plain(s.text) for s in article.segments if s.keep}
    talks = any(_chatter(s, s.text, brief) for s in article.segments)
    foreign = _foreign_letters(article)
    for unit in units:
        plain = _plain(unit.text)
        if plain in kept:
            continue
        same = sources.get(plain)
        findings: list[Finding] = []
        if same is not None:
            findings += untranslated.check(same, same.text, brief)
        elif unit.kind is not Kind.ATTRIBUTE:  # `<abbr title="the English words - die deutschen">`
            blank = unit._replace(text=foreign, id=0)
            findings += [
                *untranslated.check(blank, unit.text, brief),
                *script.check(blank, unit.text, brief),
            ]
        if not talks:
            findings += _chatter(unit, unit.text, brief)
        for finding in findings:
            yield Judged(finding, unit.start)


def _chatter(unit: Segment, text: str, brief: Brief) -> list[Finding]:
    blank = unit._replace(text="", id=0, tokens=())
    found = chatter.check(blank, text, brief)
    return [finding for finding in found if finding.severity is Severity.ERROR]


def _plain(text: str) -> str:
    """The words of a protected text, without its marks, for comparing."""
    return " ".join(_MARK.sub(" ", text).split()).casefold()


def _units(theirs: Article, targets: Mapping[int, str]) -> dict[int, Segment]:
    """Where each target stands: the units of the same words, in their order."""
    places: dict[str, list[Segment]] = defaultdict(list)
    for unit in reversed(theirs.segments):
        places[_plain(unit.text)].append(unit)
    found = {}
    for number in sorted(targets):
        if free := places.get(_plain(targets[number])):
            found[number] = free.pop()
    return found


def _words(targets: Mapping[int, str]) -> Counter[str]:
    """In how many targets a word stands."""
    return Counter(word for text in targets.values() for word in set(_WORD.findall(text)))


def _excused(finding: Finding, segment: Segment, target: str, words: Counter[str]) -> bool:
    """A target that only equals its source is right if all its words are names.

    By form (a digit or a capital inside), or because they stand in other targets, too; that is
    `names.is_name`, for a whole article at once. An attribute may say a thing in both languages
    (`<abbr title="deprecated - veraltet">`).
    """
    if finding.check != untranslated.NAME:
        return False
    if not untranslated.echoes(segment, target):
        return segment.kind is Kind.ATTRIBUTE
    return finding.severity is not Severity.ERROR and all(
        words[word] > 1 or any(char.isdigit() or char.isupper() for char in word[1:])
        for word in _WORD.findall(target)
    )


def _foreign_letters(article: Article) -> str:
    """The letters beyond Latin in the source: a translation may quote them."""
    found: dict[str, None] = {}
    for segment in article.segments:
        if not segment.text.isascii():
            found.update(dict.fromkeys(c for c in segment.text if c > _LATIN_END and c.isalpha()))
        if len(found) > _MOST_LETTERS:
            break
    return "".join(found)
