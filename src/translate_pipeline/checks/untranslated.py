r"""Finds text that is still in the source language: the whole segment, a run of words, a share.

Severity: error where common words of the source language prove it; retry where the target
only equals the source, which is right for names ("Visual Studio Code"), numbers and cognates.
Bounds: (1) equal to the source, at least 15 characters and 3 words outside code and marks:
error with a common word of the source language among them, else retry. (2) A run of 8 words
copied from the source with 2 such words in it, outside quotations: error. (3) Of at least 6
Latin words outside quotations, more than 20 % are common words of the source language, and
more than are common words of the target language: error.
Common words are the `stopwords` of the two styles; those of the target language do not count.
Source: quality.md 6.5, L4 and L5; requirements.md 5 (*prose left in English*).
False alarms: RATE

passes: en>de heading "Visual Studio" => "Visual Studio"
passes: en>fr heading "Description" => "Description"
passes: en>de "`pip install fastapi` and `make`" => "`pip install fastapi` and `make`"
passes: en>ja "The song “The end of the world as we know it” is old." => "古い曲「The end of the world as we know it」です。"
passes: en>en-GB "The colour of the sky is blue." => "The colour of the sky is blue."
passes: de>en "Hier ist der Plan für das Haus." => "Here is the plan for the house."
fails(error): en>de "The colour of the sky is blue." => "The colour of the sky is blue."
fails(error): en>ja "Open it and click on the button to save." => "開いて click on the button to save it and close"
fails(error): en>de "We wait. Now you can open the file that was made by the tool. Done." => "Wir warten. Now you can open the file that was made by the tool. Das war es dann auch schon für heute, meine Lieben."
fails(error): de>en "Hier ist der Plan für das Haus." => "Hier ist der Plan für das Haus."
fails(retry): en>de heading "Advanced Configuration Options" => "Advanced Configuration Options"
"""  # noqa: E501 - samples stand on one line

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.checks._prose import (
    SCRIPTS,
    WORD,
    count_letters,
    excerpt,
    language,
    prose,
    without_quotes,
)
from translate_pipeline.model import Finding, Segment, Severity, Style

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "untranslated"
SEVERITY = Severity.ERROR

_SHORTEST = 15  # characters, quality.md L4
_FEWEST_WORDS = 3
_RUN = 8  # words
_RUN_COMMON = 2
_SHARE = 0.20  # quality.md L5
_FEWEST_LATIN = 6


def check(segment: Segment, target: str, style: Style, source_style: Style) -> Iterator[Finding]:
    """Yield at most one finding. Two forms of one language are never compared."""
    if language(style.tag) == language(source_style.tag):
        return
    text = prose(target, segment)
    source = prose(segment.text, segment)
    common = source_style.stopwords - style.stopwords
    if text.casefold() == source.casefold():
        severity = _equal(source, common, source_style.script)
        if severity:
            yield Finding(
                NAME, severity, segment.id, f"not translated: {excerpt(text)!r} is the source text"
            )
        return
    if not common:
        return
    words = _latin_words(without_quotes(text))
    if len(words) < _FEWEST_LATIN:
        return
    hits = sum(word in common for word in words)
    own = sum(word in style.stopwords for word in words)
    if hits > _SHARE * len(words) and hits > own:
        yield Finding(
            NAME, SEVERITY, segment.id, f"{hits} of {len(words)} words are {source_style.name}"
        )
        return
    run = _copied(words, _latin_words(without_quotes(source)), common) if hits else ""
    if run:
        yield Finding(NAME, SEVERITY, segment.id, f"{excerpt(run, 60)!r} is not translated")


def _equal(source: str, common: frozenset[str], script: str) -> Severity | None:
    """How bad it is that a target equals `source`; None where that may well be right."""
    if len(source) < _SHORTEST:
        return None
    words = WORD.findall(source)
    if any(word in common for word in words) and len(words) >= _FEWEST_WORDS:
        return Severity.ERROR
    # Scripts without spaces: 15 letters are more than a name.
    if script not in SCRIPTS and count_letters(source, ("Hani", "Hira", "Kana", "Hang")) >= (
        _SHORTEST
    ):
        return Severity.RETRY
    plain = [word for word in words if len(word) > 1]
    return Severity.RETRY if len(plain) >= _FEWEST_WORDS else None


def _latin_words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text) if SCRIPTS["Latn"].match(word)]


def _copied(words: list[str], source: list[str], common: frozenset[str]) -> str:
    """The first run of `_RUN` words that stands in the source too, with common words in it."""
    known = {tuple(source[i : i + _RUN]) for i in range(len(source) - _RUN + 1)}
    if not known:
        return ""
    for index in range(len(words) - _RUN + 1):
        run = tuple(words[index : index + _RUN])
        if run in known and sum(word in common for word in run) >= _RUN_COMMON:
            return " ".join(run)
    return ""
