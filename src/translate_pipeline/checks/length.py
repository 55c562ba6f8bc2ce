r"""Finds targets far too short or far too long for their source: lost, merged or added text.

Severity: error outside the wide band where both languages have measured bounds; else warning,
outside 0.3 to 3. Outside the narrow band: warning.
Bound: characters of prose, target divided by source, in the wide band of the target's style:
its lower bound / 1.4 to its upper bound x 1.5 (`length` from 80 characters of source on;
`length_short` from 30, with / 1.8); below 30 characters 0.15 to 5, where up to 20 characters
more or less are always right. The narrow band is the style's own, from 30 characters on; up to 5 characters beyond are right.
The bounds are for English sources; for another source language
the two intervals are divided, which can only widen them.
Source: quality.md 6.5, C1 (0.00-0.15 % there), C1w (0.05-1.05 %) and the table of bands.
False alarms: 0.00 % of 5,472 published segments.

passes: en>de "OK" => "Einverstanden"
passes: en>zh-Hans heading "Table of contents" => "目录"
passes: en>de "Open the file and change the third line." => "Öffnen Sie die Datei und ändern Sie die dritte Zeile."
passes: zh-Hans>de "请打开这个文件，然后把第三行改成您自己的用户名和密码。" => "Öffnen Sie bitte diese Datei und tragen Sie in der dritten Zeile Ihren eigenen Benutzernamen und Ihr Passwort ein."
fails(error): en>de "Open the file and change the third line." => "Öffnen."
fails(error): en>de "Open the file and change the third line." => "Öffnen Sie die Datei und ändern Sie die dritte Zeile. Danach speichern Sie die Datei, schließen das Programm, starten es neu und prüfen, ob alles so aussieht, wie es soll."
fails(error): en>ja "Open the file and change the third line." => "開。"
fails(warning): en>de "Open the file and change the third line." => "Öffnen Sie bitte die Datei, um die es geht, und ändern Sie dann die dritte ihrer Zeilen."
fails(warning): en>sw "Open the file and change the third line." => "Fungua."
"""  # noqa: E501 - samples stand on one line

from __future__ import annotations

from collections.abc import Iterator

from translate_pipeline.checks._prose import language, prose
from translate_pipeline.model import Brief, Finding, Segment, Severity, Style

__all__ = ["NAME", "SEVERITY", "band", "check"]

NAME = "length"
SEVERITY = Severity.ERROR

_LONG = 80  # characters of source, quality.md 6.5
_SHORT = 30
_TINY_BAND = (0.15, 5.0)
_SLACK = 20  # characters; a word more or less says nothing about a short text
_A_WORD = 5  # characters beyond the narrow band that say nothing
_LOWER, _UPPER = 1.4, 1.5  # how much wider than the narrow band
_LOWER_SHORT = 1.8  # measured: headings of 30 to 40 characters shrink more (ko 0.22)
_UNKNOWN = (0.3, 3.0)  # the neutral style's bounds: never measured


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield at most one finding."""
    size = len(prose(segment.text, segment))
    length = len(prose(target, segment))
    if not size or not length:
        return  # `empty` has a word for that
    low, high, measured = band(size, brief.target, brief.source)
    ratio = length / size
    severity = Severity.ERROR if measured else Severity.WARNING
    if low <= ratio <= high or (size < _SHORT and abs(length - size) <= _SLACK):
        if size < _SHORT or not measured:
            return
        low, high = _between(size, brief.target, brief.source)
        beyond = max(low * size - length, length - high * size)
        if beyond <= _A_WORD or prose(target, segment) == prose(segment.text, segment):
            return  # `untranslated` has a word for the latter
        severity = Severity.WARNING
    what = "too short" if ratio < low else "too long"
    yield Finding(
        NAME,
        severity,
        segment.id,
        f"{what}: {length} characters for {size}, expected {low * size:.0f} to {high * size:.0f}",
    )


def band(size: int, style: Style, source_style: Style) -> tuple[float, float, bool]:
    """The bounds of target/source for a source of `size` characters; True if measured."""
    if size < _SHORT:
        return (*_TINY_BAND, True)
    low, high = _between(size, style, source_style)
    english = language(source_style.tag) == "en"
    if style.length == _UNKNOWN or (not english and source_style.length == _UNKNOWN):
        return low, high, False
    lower = _LOWER if size >= _LONG else _LOWER_SHORT
    return low / lower, high * _UPPER, True


def _between(size: int, style: Style, source_style: Style) -> tuple[float, float]:
    """The narrow band of two languages."""
    low, high = _narrow(size, style)
    if language(source_style.tag) != "en":
        source_low, source_high = _narrow(size, source_style)
        if language(style.tag) == "en":
            low = high = 1.0
        low, high = low / source_high, high / source_low
    return low, high


def _narrow(size: int, style: Style) -> tuple[float, float]:
    return style.length if size >= _LONG else style.length_short
