r"""Finds words of the model about its work: lead-ins, refusals, notes, omissions, leaked tags.

Severity: error; such a sentence in a published article is what readers laugh about.
Bound: known phrases of 12 languages, anchored where such talk stands (lead-ins and refusals
at the beginning, notes at the beginning of a sentence), and only if the source has no phrase
of the same sort in any of the languages, since articles about assistants quote them. Tags
such as `<7>` and `<end>` count wherever they stand and the source has fewer of them.
Quotation marks round the whole target that the source lacks: retry.
Source: quality.md 6.5, C5, and its section 3, rows 1 to 3, 6, 8 and 24; requirements.md 3
(a list of phrases anywhere in the text fired at real prose, hence the anchors).
False alarms: 0.00 % of 5,472 published segments.

passes: en>de "Here is the translation table:" => "Hier ist die Übersetzungstabelle:"
passes: en>de "Sure, that works." => "Sicher, das geht."
passes: en>fr "I cannot translate that, he said." => "Je ne peux pas traduire cela, dit-il."
passes: en>de "Translation: a short history" => "Übersetzung: eine kurze Geschichte"
passes: en>de "**Attention:** read this." => "**Hinweis:** Lesen Sie das."
passes: en>es "He wrote … and left." => "Escribió [...] y se fue."
passes: en>fr "Remarks: the values" => "Remarques et note: les valeurs"
fails(error): en>de "Open the file." => "Hier ist die Übersetzung: Öffnen Sie die Datei."
fails(error): en>ja "Open the file." => "Here is the translated text in Japanese: ファイルを開く。"
fails(error): en>de "Open the file." => "Sure! Öffnen Sie die Datei."
fails(error): en>zh-Hans "Open the file." => "以下是翻译：打开文件。"
fails(error): en>de "Open the file." => "Übersetzung: Öffnen Sie die Datei."
fails(error): en>fr "Open the file." => "I'm sorry, but I can't help with that."
fails(error): en>es "Open the file." => "Lo siento, pero no puedo ayudar con eso."
fails(error): en>de "Open the file." => "Öffnen Sie die Datei. (Note: informal in German.)"
fails(error): en>de table-cell "Row 9" => "Zeile 9 Note: I kept the technical terms"
fails(error): en>zh-Hans heading "Old Brass Brains" => "老黄铜脑\nNote: I kept the technical terms."
fails(error): en>de "Open the file. Save it." => "Öffnen Sie die Datei. [...]"
fails(error): en>de "Open the file." => "Öffnen Sie die Datei. <end>"
fails(error): en>de "Open the file." => "<7>Öffnen Sie die Datei."
fails(error): en>de "Open the file." => "```markdown Öffnen Sie die Datei."
fails(error): en>de "Open the file." => "<think>German it is.</think> Öffnen Sie die Datei."
fails(retry): en>de title "Open the file" => "\"Öffnen Sie die Datei\""
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate_pipeline.checks import _phrases
from translate_pipeline.checks._prose import excerpt, language, prose, without_code
from translate_pipeline.model import Brief, Finding, Segment, Severity

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "chatter"
SEVERITY = Severity.ERROR

_TAG = re.compile(
    r"[<＜]\s?/?\s?(?:\d{1,6}(?:\s[a-z0-9-]{1,14})?|end|article|task|done|think(?:ing)?)\s?[>＞]"
)
_FENCE = re.compile(r"(?:`{3,}|~{3,})[A-Za-z]{0,20}(?:\s|$)")
_QUOTED = re.compile(r"\"[^\"]+\"|“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|「[^「」]+」|'[^']+'")
_QUOTES = "\"“”„«»「」『』'‘’‚‹›"
_BEFORE = " #>*-+_~\"'“„«「『‘([（【"  # what may stand before the first word
_LONGEST = 100_000  # characters; behind that, `length` has spoken
_HEAD = 200  # characters: lead-ins and refusals stand at the beginning


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding for each sort of chatter."""
    text, source = prose(target, segment), prose(segment.text, segment)
    head = text.lstrip(_BEFORE)[:_HEAD]
    for name, pattern in _phrases.AT_THE_START.items():
        match = pattern.match(head)
        if not match or pattern.match(source.lstrip(_BEFORE)[:_HEAD]):
            continue
        excuse = _phrases.EXCUSE.get(name)
        if not (excuse and excuse.search(source)):
            yield _finding(segment, f"begins with {excerpt(match[0])!r}, which is {_WHAT[name]}")
    raw = without_code(target[:_LONGEST])
    folded = raw.casefold()
    for name, pattern in _phrases.ANYWHERE.items():
        match = pattern.search(raw) if _has_clue(name, folded) else None
        if not match:
            continue
        raw_source = without_code(segment.text)
        if not pattern.search(raw_source) and not _phrases.EXCUSE[name].search(raw_source):
            yield _finding(segment, f"{excerpt(match[0])!r} is {_WHAT[name]}")
    note = None
    if language(brief.target.tag) != "en" and "note" in text.casefold():
        # `prose` folds lines, but a remark may begin on one of its own.
        lines = target.splitlines() if "\n" in target else ()
        text_in_lines = "\n".join(prose(line, segment) for line in lines) or text
        note = _phrases.ENGLISH_NOTE.search(text_in_lines)
    if note and "note" not in source.casefold():
        yield _finding(segment, f"{excerpt(note[0])!r} is a remark of the translator")
    if "<" in target or "＜" in target or "```" in target or "~~~" in target:
        yield from _leaks(segment, target)
    stripped = text.strip()
    if (
        _QUOTED.fullmatch(stripped)
        and source
        and source[0] not in _QUOTES
        and source[-1] not in _QUOTES
    ):
        yield Finding(NAME, Severity.RETRY, segment.id, "quotation marks round the whole text")


_WHAT = {
    "lead-in": "a lead-in, not a translation",
    "label": "a label, not a translation",
    "assent": "an answer, not a translation",
    "refusal": "a refusal, not a translation",
    "remark": "a remark of the translator",
    "omission": "an omission",
}


def _has_clue(name: str, folded: str) -> bool:
    for clue in _phrases.CLUES[name]:  # noqa: SIM110 - the loop is twice as fast as `any`
        if clue in folded:
            return True
    return False


def _leaks(segment: Segment, target: str) -> Iterator[Finding]:
    """Tags of the wire format, and a fence round the text."""
    if "<" in target or "＜" in target:
        found = Counter(_TAG.findall(without_code(target)))
        found.subtract(Counter(_TAG.findall(without_code(segment.text))))
        tag = next((tag for tag, count in found.items() if count > 0), "")
        if tag:
            yield _finding(segment, f"{tag} is a tag of the answer's format, not text")
    if _FENCE.match(target.lstrip()) and not _FENCE.match(segment.text):
        yield _finding(segment, "a code fence round the text")


def _finding(segment: Segment, message: str) -> Finding:
    return Finding(NAME, SEVERITY, segment.id, message)
