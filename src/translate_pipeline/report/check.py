"""Takes the flaws of a site, gives what a person reads, GitHub annotations, or JSON.

The law: every line begins with its path and ends with the name of what found it; each kind of
flaw is followed by what to do. The shape of the document is stable: keys may be added, none
changes its meaning or leaves without a new `version`. The JSON is ASCII.

    {"version": 1, "command": "check", "exit_code": 1,
     "results": [
      {"path": "posts/x-de.md", "line": 12, "kind": "language", "check": "untranslated",
       "fails": true, "message": "...", "source": "posts/x-en.md", "locale": "de"}],
     "totals": {"translations": 8, "verified": 1, "failing": 1, "warnings": 0,
                "kinds": {"language": 1}}}

`line` 0 is the whole file; `locale` is null where a flaw is the source's own. `fails` is true
if `kind` is one of those that this check was told to fail on. `verified` are the translations
whose text was looked at; the others are as they were written, and proven then.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from translate_pipeline.model import Severity
from translate_pipeline.report.github import Remark, annotation_lines
from translate_pipeline.report.text import printable
from translate_pipeline.verify_site import SiteFlaw

__all__ = ["Checked", "check_annotations", "check_document", "check_lines"]

_VERSION = 1  # of the document, as in json_document
_ADVICE = {
    "missing": "run `translate-pipeline translate`",
    "stale": "run `translate-pipeline translate`; it asks for what has changed",
    "edited": "run `translate-pipeline adopt` to record it; `translate` does so, too",
    "broken": "correct the text where its structure is not the source's, or delete the file and"
    " run `translate-pipeline translate`",
    "orphaned": "run `translate-pipeline translate --prune`, or bring the source back",
    "leftovers": "take out what a model or a tool left behind",
    "language": "translate these texts, or delete the file and run `translate-pipeline translate`",
    "front-matter": "correct the keys; what the site sets and drops is in its config",
    "anchors": "give the heading its old id, or let the link lead to the new one",
}
_UNRECORDED = "run `translate-pipeline adopt` to record what no ledger knows"


class Checked(NamedTuple):
    """What a check has found. `fail_on` are the kinds that let it fail."""

    flaws: Sequence[SiteFlaw]
    fail_on: Collection[str]
    translations: int
    verified: int

    @property
    def failing(self) -> int:
        """How many flaws let the check fail."""
        return sum(flaw.kind in self.fail_on for flaw in self.flaws)

    @property
    def exit_code(self) -> int:
        """1 if one flaw does, else 0."""
        return int(self.failing > 0)


def check_lines(checked: Checked, *, prefix: str = "") -> Iterator[str]:
    """A line for each flaw, what to do, and a summary.

    `prefix` is the site's root as seen from the working folder. What is missing is told once for
    an article, with all its languages.
    """
    for flaw in _gathered(checked.flaws):
        place = f"{prefix}{printable(flaw.path)}" + (f":{flaw.line}" if flaw.line else "")
        kind = flaw.kind if flaw.kind in checked.fail_on else _warning(flaw.kind)
        yield f"{place}: {kind}: {printable(flaw.message)} [{printable(flaw.check)}]"
    kinds = Counter(flaw.kind for flaw in checked.flaws)
    if kinds:
        yield ""
        for kind, advice in _ADVICE.items():
            if kinds[kind]:
                yield f"{kind} ({kinds[kind]:,}): {advice}"
        if any(flaw.check == "unrecorded" for flaw in checked.flaws):
            yield f"unrecorded: {_UNRECORDED}"
    yield from _summary(checked)


def check_annotations(checked: Checked, *, prefix: str = "") -> Iterator[str]:
    """GitHub's workflow commands; `prefix` is the site's root as seen from the repository's."""
    flaws = _gathered(checked.flaws)
    yield from annotation_lines((_remark(flaw, checked.fail_on) for flaw in flaws), prefix=prefix)
    yield from _summary(checked)


def check_document(checked: Checked) -> Iterator[str]:
    """The lines of the JSON document, one flaw to a line."""
    yield f'{{"version": {_VERSION}, "command": "check", "exit_code": {checked.exit_code},'
    yield ' "results": ['
    last = len(checked.flaws) - 1
    for index, flaw in enumerate(checked.flaws):
        result = {
            "path": flaw.path,
            "line": flaw.line,
            "kind": flaw.kind,
            "check": flaw.check,
            "fails": flaw.kind in checked.fail_on,
            "message": flaw.message,
            "source": flaw.source,
            "locale": flaw.locale or None,
        }
        yield f"  {json.dumps(result)}{',' if index < last else ''}"
    totals = {
        "translations": checked.translations,
        "verified": checked.verified,
        "failing": checked.failing,
        "warnings": len(checked.flaws) - checked.failing,
        "kinds": dict(sorted(Counter(flaw.kind for flaw in checked.flaws).items())),
    }
    yield f' ], "totals": {json.dumps(totals)}}}'


def _gathered(flaws: Iterable[SiteFlaw]) -> Iterator[SiteFlaw]:
    """The flaws, but one for all languages in which an article is missing."""
    missing: list[SiteFlaw] = []
    for flaw in flaws:
        if missing and (flaw.check != "missing" or flaw.source != missing[0].source):
            yield _missing(missing)
            missing = []
        if flaw.check == "missing":
            missing.append(flaw)
        else:
            yield flaw
    if missing:
        yield _missing(missing)


def _missing(flaws: Sequence[SiteFlaw]) -> SiteFlaw:
    if len(flaws) == 1:
        return flaws[0]
    names = ", ".join(flaw.locale for flaw in flaws)
    return flaws[0]._replace(message=f"no translations into {names}", locale="")


def _remark(flaw: SiteFlaw, fail_on: Collection[str]) -> Remark:
    severity = Severity.ERROR if flaw.kind in fail_on else Severity.WARNING
    advice = _ADVICE.get(flaw.kind, _UNRECORDED if flaw.check == "unrecorded" else "")
    message = f"{flaw.message}; {advice}" if advice else flaw.message
    return Remark(flaw.path, flaw.line, severity, flaw.check, message)


def _warning(kind: str) -> str:
    return "warning" if kind == "warnings" else f"warning ({kind})"


def _summary(checked: Checked) -> Iterator[str]:
    warnings = len(checked.flaws) - checked.failing
    found = [
        _count(checked.failing, "flaw") if checked.failing else "",
        _count(warnings, "warning") if warnings else "",
    ]
    told = ", ".join(filter(None, found)) or "all good"
    as_written = checked.translations - checked.verified
    looked = f"{checked.verified:,} looked into, {as_written:,} judged by the ledger"
    yield f"{_count(checked.translations, 'translation')}: {told} ({looked})"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
