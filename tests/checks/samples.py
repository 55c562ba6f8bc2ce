"""A check's docstring in, its samples out; plus literal styles and a maker of segments.

A sample is one line: `passes: en>de "source" => "target"` or, with the heaviest severity that
the check gives, `fails(error): en>de table-cell "source" => "target"`. The texts are JSON
strings in protected form; the kind of the segment may follow the languages. A glossary of one
term may end the line: `with "source"` (keep it) or `with "source" = "target" not "avoid"`.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from translate_pipeline import checks
from translate_pipeline.checks._prose import code_spans
from translate_pipeline.model import Brief, Finding, Kind, Segment, Severity, Style, Term, Token

_TEXT = r'"(?:[^"\\]|\\.)*"'
_SAMPLE = re.compile(
    r"(?P<verdict>passes|fails\((?P<severity>error|retry|warning)\)): "
    r"(?P<source>[\w-]+)>(?P<target>[\w-]+)(?: (?P<kind>[a-z-]+))? "
    rf"(?P<text>{_TEXT}) => (?P<answer>{_TEXT})"
    rf"(?: with (?P<term>{_TEXT})(?: = (?P<agreed>{_TEXT}))?(?: not (?P<avoid>{_TEXT}))?)?"
)
_MARKS = re.compile(
    r"\$[^\s$](?:[^$]*[^\s$])?\$|</?[xb]\d+/?>|\]\(u\d+\)|\[\^\w+\]|(?<!\w):[a-z]+:(?!\w)"
)
_EN = "the of and to that is with for you this are it from was which when can your not but by"
_DE = "der die das und ist nicht ein eine mit von auf für sich den dem auch wird sind oder wie"

#: Styles as literals, so that no edit of a language file can hide a fault of a check.
STYLES = {
    style.tag: style
    for style in (
        Style("en", "English", "", stopwords=frozenset(_EN.split()), length=(0.55, 5.0)),
        Style("en-GB", "British English", "", stopwords=frozenset(_EN.split()), length=(0.55, 5.0)),
        Style(
            "de", "German", "", length=(0.83, 1.69), length_short=(0.76, 1.97),
            stopwords=frozenset(_DE.split()),
        ),
        Style("es", "Spanish", "", length=(0.81, 1.63), length_short=(0.65, 2.1)),
        Style("fr", "French", "", length=(0.77, 1.64), length_short=(0.63, 2.15)),
        Style("sw", "Swahili", ""),
        Style("sr-Latn", "Serbian (Latin)", ""),
        Style("sr-Cyrl", "Serbian", "", "Cyrl"),
        Style("uz-Cyrl", "Uzbek (Cyrillic)", "", "Cyrl"),
        Style("ru", "Russian", "", "Cyrl", length=(0.68, 1.64), length_short=(0.57, 2.1)),
        Style("uk", "Ukrainian", "", "Cyrl", length=(0.67, 1.56), length_short=(0.57, 2.11)),
        Style("ar", "Arabic", "", "Arab", length=(0.62, 1.52), length_short=(0.56, 1.95)),
        Style("he", "Hebrew", "", "Hebr", length=(0.56, 1.19), length_short=(0.51, 1.41)),
        Style("hi", "Hindi", "", "Deva", length=(0.73, 1.49), length_short=(0.66, 1.92)),
        Style("ja", "Japanese", "", "Jpan", length=(0.28, 0.9), length_short=(0.27, 0.9)),
        Style("ko", "Korean", "", "Kore", length=(0.33, 0.95), length_short=(0.33, 1.26)),
        Style("zh-Hans", "Simplified Chinese", "", "Hans", length=(0.2, 0.76)),
        Style("zh-Hant", "Traditional Chinese", "", "Hant", length=(0.2, 0.78)),
        Style("zh-Hant-HK", "Hong Kong Chinese", "", "Hant", length=(0.2, 0.78)),
    )
}  # fmt: skip


class Sample(NamedTuple):
    """One line of a docstring; `severity` is None where the target must pass."""

    severity: Severity | None
    source: str
    target: str
    kind: Kind
    text: str
    answer: str
    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return f"{self.severity or 'passes'} {self.source}>{self.target} {self.answer[:40]!r}"


def read_samples(docstring: str) -> list[Sample]:
    """All samples; a line that looks like one and cannot be read is an error."""
    samples = []
    for line in docstring.splitlines():
        if not line.startswith(("passes", "fails")):
            continue
        match = _SAMPLE.fullmatch(line)
        if match is None:
            raise ValueError(f"not a sample: {line}")
        samples.append(
            Sample(
                Severity(match["severity"]) if match["severity"] else None,
                match["source"],
                match["target"],
                Kind(match["kind"] or "paragraph"),
                json.loads(match["text"]),
                json.loads(match["answer"]),
                _terms(match),
            )
        )
    return samples


def _terms(match: re.Match[str]) -> tuple[Term, ...]:
    if not match["term"]:
        return ()
    avoid = (json.loads(match["avoid"]),) if match["avoid"] else ()
    return (Term(json.loads(match["term"]), json.loads(match["agreed"] or '""'), avoid),)


def segment(text: str, kind: Kind = Kind.PARAGRAPH) -> Segment:
    """A segment whose tokens are the marks in `text`, in order."""
    spans = code_spans(text)
    marks = [(start, text[start:end]) for start, end in spans]
    for match in _MARKS.finditer(text):
        if not any(start <= match.start() < end for start, end in spans):
            marks.append((match.start(), match[0]))
    return Segment(7, kind, text, 0, len(text), tuple(Token(m, m) for _, m in sorted(marks)))


def heaviest(findings: list[Finding]) -> Severity | None:
    """The heaviest severity among `findings`; None where there are none."""
    given = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in given), None)


def verdict(
    name: str,
    source: str,
    target: str,
    to: str = "de",
    *,
    of: str = "en",
    kind: Kind = Kind.PARAGRAPH,
) -> list[tuple[str, str]]:
    """Severity and message of each finding of the check `name`."""
    found = checks.load(name).check(segment(source, kind), target, Brief(STYLES[to], STYLES[of]))
    return [(str(finding.severity), finding.message) for finding in found]


def severity(name: str, source: str, target: str, to: str = "de", *, of: str = "en") -> str:
    """The heaviest severity, or an empty string."""
    found = checks.load(name).check(segment(source), target, Brief(STYLES[to], STYLES[of]))
    return str(heaviest(list(found)) or "")
