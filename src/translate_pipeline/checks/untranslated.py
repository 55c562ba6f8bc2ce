r"""Finds text that is still in the source language: the whole segment, a run of words, a share.

Severity: error where common words of the source language prove it; retry where the target
only equals the source, which is right for names ("Visual Studio Code"), numbers and cognates.
Bounds: (1) equal to the source, at least 15 characters and 3 words outside code and marks:
error with a common word of the source language and another word in lower case, outside links
and quotations; else retry ("Infrastructure as Code" is a name), and outside titles nothing if
all words have a capital ("Azure App Service"). (2) A run of 5 words copied from the source,
3 of them in lower case and one of them common: error (a sentence left in a paragraph). (3) Of at least 6 Latin words more than 20 % are common
words of the source language, and more than are common words of the target language: error.
(2) and (3) do not look into quotations, links and emphasis, which hold titles of works and
labels of programs. Shorter texts that equal the source are for `ladder/doubt.py`, which sees the
other targets and so knows what is used as a name.
Common words are the `stopwords` of the two styles; those of the target language do not count.
Source: quality.md 6.5, L4 and L5; requirements.md 5 (*prose left in English*).
False alarms: errors 0.04 % of 5,472 published segments (2, both left in English); retries 0.62 %,
nearly all names and titles of works.

passes: en>de heading "Visual Studio" => "Visual Studio"
passes: en>de table-cell "Azure Container Registry" => "Azure Container Registry"
passes: en>fr heading "Description" => "Description"
passes: en>de "`pip install fastapi` and `make`" => "`pip install fastapi` and `make`"
passes: en>ja "The song “The end of the world as we know it” is old." => "古い曲「The end of the world as we know it」です。"
passes: en>en-GB "The colour of the sky is blue." => "The colour of the sky is blue."
passes: en>de "The NUC (Next Unit of Computing) is new." => "Der NUC (Next Unit of Computing) ist neu."
passes: de>en "Hier ist der Plan für das Haus." => "Here is the plan for the house."
fails(error): en>de "The colour of the sky is blue." => "The colour of the sky is blue."
fails(error): en>ja "Open it and click on the button to save." => "開いて click on the button to save it and close"
fails(error): en>de "We wait. Now you can open the file that was made by the tool. Done." => "Wir warten. Now you can open the file that was made by the tool. Das war es dann auch schon für heute, meine Lieben."
fails(error): en>de "We wait. Apart from that it is fine. Done." => "Wir warten. Apart from that it is fine. Das war es auch schon für heute, meine Lieben, und morgen wird die Sonne wieder scheinen."
fails(error): de>en "Hier steht der Plan für das Haus." => "Hier steht der Plan für das Haus."
fails(retry): en>ja table-cell "Azure Cache for Redis" => "Azure Cache for Redis"
fails(retry): en>de heading "Advanced Configuration Options" => "Advanced Configuration Options"
"""  # noqa: E501 - samples stand on one line

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from translate_pipeline.checks._prose import (
    SCRIPTS,
    WORD,
    excerpt,
    language,
    letters_by_script,
    own_words,
    prose,
    without_links,
    without_quotes,
)
from translate_pipeline.model import Brief, Finding, Kind, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check", "echoes"]

NAME = "untranslated"
SEVERITY = Severity.ERROR

_SHORTEST = 15  # characters, quality.md L4
_FEWEST_WORDS = 3
_SHORTEST_WORD = 2  # letters; below: "a", "of", a variable
_TITLES = (Kind.TITLE, Kind.HEADING, Kind.FRONT_MATTER)
_RUN = 5  # words; measured: 96 % of sentences left in the midst of a good translation
_RUN_LOWER = 3  # "Next Unit of Computing" is a name
_SHARE = 0.20  # quality.md L5
_FEWEST_LATIN = 6


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding. Two forms of one language are never compared."""
    if language(brief.target.tag) == language(brief.source.tag):
        return
    common = _common(brief.source.stopwords, brief.target.stopwords)
    if echoes(segment, target):
        source = prose(segment.text, segment)
        severity = _equal(segment, source, common)
        if severity:
            yield Finding(
                NAME, severity, segment.id, f"not translated: {excerpt(source)!r} is the source"
            )
        return
    if not common:
        return
    text = own_words(target, segment)
    found = WORD.findall(text)
    if common.isdisjoint(map(str.casefold, found)):
        return
    written = [word for word in found if SCRIPTS["Latn"].match(word)]
    if len(written) < _RUN:
        return
    words = [word.casefold() for word in written]
    hits = sum(word in common for word in words)
    own = sum(word in brief.target.stopwords for word in words)
    if len(words) >= _FEWEST_LATIN and hits > _SHARE * len(words) and hits > own:
        yield Finding(
            NAME, SEVERITY, segment.id, f"{hits} of {len(words)} words are {brief.source.name}"
        )
        return
    theirs = [word.casefold() for word in WORD.findall(own_words(segment.text, segment))]
    run = _copied(written, theirs, common)
    if run:
        yield Finding(NAME, SEVERITY, segment.id, f"{excerpt(run, 60)!r} is not translated")


def echoes(segment: Segment, target: str) -> bool:
    """True when the words of `target` are those of the source; for short texts often rightly."""
    words = prose(target, segment).casefold()
    return words == prose(segment.text, segment).casefold() and WORD.search(words) is not None


def _equal(segment: Segment, source: str, common: frozenset[str]) -> Severity | None:
    """How bad it is that a target equals `source`; None where that may well be right.

    Proof that it is wrong: a common word of the source language, and another word in lower
    case ("Infrastructure as Code" is a name), outside links and quotations. Words that all
    have a capital are a name unless they are a title: nothing is said of those.
    """
    words = [word for word in WORD.findall(source) if len(word) > 1]
    letters = letters_by_script(source)
    spaceless = sum(letters[script] for script in ("Hani", "Hira", "Kana", "Thai"))
    if len(source) < _SHORTEST or (len(words) < _FEWEST_WORDS and spaceless < _SHORTEST):
        return None
    free = WORD.findall(without_quotes(prose(without_links(segment.text), segment)))
    if any(word.casefold() in common for word in free) and any(
        word[0].islower() and word not in common and len(word) > _SHORTEST_WORD for word in free
    ):
        return Severity.ERROR
    plain = any(word[0].islower() for word in words)
    return Severity.RETRY if plain or spaceless or segment.kind in _TITLES else None


@lru_cache(maxsize=64)
def _common(source: frozenset[str], target: frozenset[str]) -> frozenset[str]:
    return source - target


def _copied(written: list[str], source: list[str], common: frozenset[str]) -> str:
    """The first run of `_RUN` words that stands in the source too, with a common word in it."""
    known = {tuple(source[i : i + _RUN]) for i in range(len(source) - _RUN + 1)}
    if not known:
        return ""
    words = [word.casefold() for word in written]
    for index in range(len(words) - _RUN + 1):
        run = tuple(words[index : index + _RUN])
        if (
            run in known
            and not common.isdisjoint(run)
            and sum(word[0].islower() for word in written[index : index + _RUN]) >= _RUN_LOWER
        ):
            return " ".join(run)
    return ""
