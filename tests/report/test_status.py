"""The state of a site: readable at thousands of articles, whole as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from translate_pipeline.report.status import status_document, status_lines
from translate_pipeline.survey import JobState, JobView, Row


def row(source: str, *views: JobView, origin: str = "", faults: tuple[str, ...] = ()) -> Row:
    return Row(source, "en", views, origin, faults)


def view(locale: str, state: JobState, **more: object) -> JobView:
    return JobView(locale, f"{locale}/x.md", state)._replace(**more)


FRESH, STALE, MISSING = JobState.FRESH, JobState.STALE, JobState.MISSING
ROWS = (
    row("a.md", view("de", FRESH), view("fr", FRESH)),
    row("b.md", view("de", STALE, stale=True), view("fr", FRESH)),
    row("c.md", view("de", MISSING), view("fr", MISSING)),
    row("d.md", view("de", JobState.EDITED, edited=True, stale=True), view("fr", MISSING)),
    row(
        "e.md",
        view("de", JobState.RENAMED, before="de/old.md"),
        view("fr", JobState.RENAMED, before="fr/old.md", edited=True),
        origin="old.md",
    ),
    Row("gone.md", "", (view("de", JobState.ORPHANED), view("fr", JobState.ORPHANED, edited=True))),
    row("f.md", view("de", JobState.BROKEN), view("fr", JobState.BROKEN), faults=("f: bad\x1b",)),
    row("g.md", view("de", JobState.UNRECORDED), view("fr", FRESH)),
)


def test_the_text() -> None:
    assert list(status_lines(ROWS)) == [
        "7 articles, 2 locales: 4 fresh, 3 missing, 1 stale, 1 unrecorded, 2 renamed,"
        " 2 orphaned, 1 edited, 2 broken",
        "",
        "locale  fresh  missing  stale  unrecorded  renamed  orphaned  edited  broken",
        "de          1        1      1           1        1         1       1       1",
        "fr          3        2      0           0        1         1       0       1",
        "",
        "broken (cannot be used as it is):",
        "  f.md: broken everywhere",
        "",
        "edited (a person changed the translation; the next run adopts it):",
        "  d.md: edited and stale de; missing fr",
        "",
        "orphaned (the source is gone; `translate --prune` deletes what nobody edited):",
        "  gone.md: orphaned de; orphaned and edited fr",
        "",
        "renamed (followed by content; the next run moves the translation, at no cost):",
        "  e.md (was old.md): renamed de; renamed and edited fr",
        "",
        "unrecorded (a translation older than the ledger; `adopt` takes it in):",
        "  g.md: unrecorded de",
        "",
        "stale (the source or a setting changed; `translate` asks for what changed):",
        "  b.md: stale de",
        "",
        "missing (not translated yet):",
        "  c.md: missing everywhere",
        "",
        "faults (correct them, then look again):",
        "  f: bad\\x1b",
    ]


def test_a_fresh_site_is_one_line() -> None:
    assert list(status_lines(ROWS[:1])) == ["1 article, 2 locales: 2 fresh"]
    assert list(status_lines([])) == ["0 articles, 0 locales: no translations planned"]


def many(count: int) -> Iterable[Row]:
    return (row(f"{n:04}.md", view("de", MISSING), view("fr", FRESH)) for n in range(count))


@pytest.mark.parametrize(
    ("most", "named", "last"),
    [
        (10, 10, "  and 2,490 more (--all)"),
        (2499, 2499, "  and 1 more (--all)"),
        (2500, 2500, "  2499.md: missing de"),
        (None, 2500, "  2499.md: missing de"),
    ],
)
def test_only_so_many_are_named(most: int | None, named: int, last: str) -> None:
    said = list(status_lines(many(2500), most=most))
    assert said[0] == "2,500 articles, 2 locales: 2,500 fresh, 2,500 missing"
    assert sum(line.endswith(".md: missing de") for line in said) == named
    assert said[-1] == last


def test_only_so_many_faults_are_named() -> None:
    rows = [row(f"{n}.md", faults=(f"{n}.md: gone",)) for n in range(12)]
    assert list(status_lines(rows))[-2:] == ["  9.md: gone", "  and 2 more (--all)"]


@pytest.mark.parametrize("text", ["\x1b[31m", "a\nb", "\u202e", "\udcff"])
def test_nothing_steers_the_terminal(text: str) -> None:
    evil = row(text, view(text, MISSING, target=text), origin=text, faults=(text,))
    assert all(line.isprintable() for line in status_lines([evil, *ROWS]))
    assert "".join(status_document([evil])).isascii()


def test_the_document() -> None:
    text = "\n".join(status_document(ROWS))
    document = json.loads(text)
    assert {key: document[key] for key in ("version", "command", "exit_code")} == {
        "version": 1,
        "command": "status",
        "exit_code": 0,
    }
    assert [result["source"] for result in document["results"]] == [r.source for r in ROWS]
    assert document["results"][0] == {
        "source": "a.md",
        "locale": "en",
        "origin": None,
        "faults": [],
        "targets": {
            "de": {"path": "de/x.md", "state": "fresh"},
            "fr": {"path": "fr/x.md", "state": "fresh"},
        },
    }
    assert document["results"][4]["origin"] == "old.md"
    assert document["results"][4]["targets"]["fr"] == {
        "path": "fr/x.md",
        "state": "renamed",
        "stale": False,
        "edited": True,
        "before": "fr/old.md",
    }
    assert document["results"][5]["locale"] is None
    assert document["results"][6]["faults"] == ["f: bad\x1b"]
    assert document["totals"] == {
        "articles": 7,
        "leverage": None,
        "translations": 16,
        "states": {
            "broken": 2,
            "edited": 1,
            "orphaned": 2,
            "renamed": 2,
            "unrecorded": 1,
            "stale": 1,
            "missing": 3,
            "fresh": 4,
        },
        "locales": {
            "de": dict.fromkeys(
                ("broken", "edited", "orphaned", "renamed", "unrecorded", "stale", "missing"), 1
            )
            | {"fresh": 1},
            "fr": {"broken": 1, "orphaned": 1, "renamed": 1, "missing": 2, "fresh": 3},
        },
    }
    # One article to a line, so that it can be read as it comes.
    assert sum(line.startswith('  {"source": ') for line in text.splitlines()) == len(ROWS)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_document_is_json_for_any_number_of_articles(count: int) -> None:
    document = json.loads("".join(status_document(many(count))))
    assert len(document["results"]) == document["totals"]["articles"] == count


def test_the_leverage_of_all_runs() -> None:
    assert "leverage: 92.8% of 97 segments were served without a model" in list(
        status_lines(ROWS, leverage=(90, 97))
    )
    document = json.loads("\n".join(status_document(ROWS, leverage=(90, 97))))
    assert document["totals"]["leverage"] == {"served": 90, "segments": 97}
