"""The report of `check`: lines, annotations, the document."""

from __future__ import annotations

import json

from translate_pipeline.report.check import (
    Checked,
    check_annotations,
    check_document,
    check_lines,
)
from translate_pipeline.settings import FAIL_ON
from translate_pipeline.verify_site import SiteFlaw

LANGUAGE = SiteFlaw("language", "untranslated", "x-de.md", 12, "not translated", "x.md", "de")
MISSING = [
    SiteFlaw("missing", "missing", "x.md", 0, f"no translation into {name}", "x.md", name)
    for name in ("fr", "ja")
]
EDITED = SiteFlaw("edited", "edited", "x-ar.md", 0, "a person has changed this", "x.md", "ar")
OLD = SiteFlaw("warnings", "unrecorded", "x-hi.md", 0, "in no ledger", "x.md", "hi")
FOUND = Checked([LANGUAGE, *MISSING, EDITED, OLD], FAIL_ON, translations=5, verified=3)
NOTHING = Checked([], FAIL_ON, translations=1, verified=0)


def test_the_lines() -> None:
    assert list(check_lines(FOUND, prefix="../")) == [
        "../x-de.md:12: language: not translated [untranslated]",
        "../x.md: missing: no translations into fr, ja [missing]",
        "../x-ar.md: warning (edited): a person has changed this [edited]",
        "../x-hi.md: warning: in no ledger [unrecorded]",
        "",
        "missing (2): run `translate-pipeline translate`",
        "edited (1): run `translate-pipeline adopt` to record it; `translate` does so, too",
        "language (1): translate these texts, or delete the file and run"
        " `translate-pipeline translate`",
        "unrecorded: run `translate-pipeline adopt` to record what no ledger knows",
        "5 translations: 3 flaws, 2 warnings (3 looked into, 2 judged by the ledger)",
    ]


def test_nothing_to_say() -> None:
    assert list(check_lines(NOTHING)) == [
        "1 translation: all good (0 looked into, 1 judged by the ledger)"
    ]


def test_what_steers_a_terminal_is_shown() -> None:
    flaw = LANGUAGE._replace(path="\x1b[31m.md", message="a\nb\x07")
    line = next(check_lines(NOTHING._replace(flaws=[flaw])))
    assert line == "\\x1b[31m.md:12: language: a\\nb\\x07 [untranslated]"


def test_the_exit_code_follows_fail_on() -> None:
    assert FOUND.exit_code == 1
    assert FOUND._replace(fail_on=("broken",)).exit_code == 0
    assert FOUND._replace(fail_on=("edited",)).failing == 1
    assert NOTHING.exit_code == 0


def test_the_annotations() -> None:
    lines = list(check_annotations(FOUND, prefix="docs"))
    assert lines[0].startswith(
        "::error file=docs/x-de.md,line=12,title=translate-pipeline%3A untranslated::not translated"
    )
    assert lines[1].startswith("::error file=docs/x.md,title=translate-pipeline%3A missing::")
    assert lines[2].startswith("::warning file=docs/x-ar.md,title=")
    assert "`translate-pipeline adopt`" in lines[3]
    assert lines[4].startswith("5 translations: 3 flaws")


def test_the_document() -> None:
    document = json.loads("\n".join(check_document(FOUND)))
    assert document["version"] == 1
    assert document["command"] == "check"
    assert document["exit_code"] == 1
    assert document["results"][0] == {
        "path": "x-de.md",
        "line": 12,
        "kind": "language",
        "check": "untranslated",
        "fails": True,
        "message": "not translated",
        "source": "x.md",
        "locale": "de",
    }
    assert [result["fails"] for result in document["results"]] == [True, True, True, False, False]
    assert document["totals"] == {
        "translations": 5,
        "verified": 3,
        "failing": 3,
        "warnings": 2,
        "kinds": {"edited": 1, "language": 1, "missing": 2, "warnings": 1},
    }
    assert json.loads("\n".join(check_document(NOTHING)))["results"] == []
