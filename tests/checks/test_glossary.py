"""The glossary's three checks: what is missing, forbidden or changed, and what is left alone."""

from __future__ import annotations

import doctest

import pytest

from tests.checks.samples import STYLES, segment
from translate_pipeline import checks
from translate_pipeline.checks import _terms
from translate_pipeline.checks._terms import holds
from translate_pipeline.conversation.glossary import _Index
from translate_pipeline.model import Brief, Kind, Term


def found(name: str, source: str, target: str, term: Term, to: str = "de") -> list[tuple[str, str]]:
    brief = Brief(STYLES[to], STYLES["en"], (term,))
    return [
        (str(finding.severity), finding.message)
        for finding in checks.load(name).check(segment(source), target, brief)
    ]


@pytest.mark.parametrize(
    ("text", "term", "script", "there"),
    [
        ("Die Zweige", "Zweig", "Latn", True),
        ("Häuser", "Haus", "Latn", True),
        ("Der Rechtszweig", "Zweig", "Latn", True),
        ("Die Rechtszweige", "Wege", "Latn", False),  # a stem of three letters begins a word
        ("Die Netzabhängigkeiten", "Abhängigkeit", "Latn", True),  # a longer one may end one
        ("Die Anfrage", "Pull-Request", "Latn", False),
        ("Der Pull\u00a0Request", "Pull-Request", "Latn", True),
        ("chemins d’accès", "chemin d'accès", "Latn", True),
        ("le chemin", "chemin d'accès", "Latn", False),
        ("GitHuba", "GitHub", "Latn", True),
        ("bağımlılığı", "bağımlılık", "Latn", True),
        ("в сети", "сеть", "Cyrl", True),
        ("на сервере", "сервер", "Cyrl", True),
        ("файл", "сервер", "Cyrl", False),
        ("والخادمات", "الخادم", "Arab", True),
        ("الخَادِم", "خادم", "Arab", True),
        ("الملف", "خادم", "Arab", False),
        ("サーバーを", "サーバー", "Jpan", True),
        ("サー バー", "サーバー", "Jpan", True),
        ("サーバ", "サーバー", "Jpan", False),
        ("서버를", "서버", "Kore", True),
        ("सर्वर पर", "सर्वर", "Deva", True),
        ("C++ schreiben", "C++", "Latn", True),
        ("eine KI", "KI", "Latn", True),
        ("eine Kiste", "KI", "Latn", False),
    ],
)
def test_a_rendering_is_known_inflected(text: str, term: str, script: str, there: bool) -> None:
    assert holds(text, term, script) is there


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Open `branch` now", "`branch` öffnen"),
        ("See [it](u1)", "Siehe [es](u1)"),
        ("Debranching", "Etwas anderes"),
    ],
)
def test_a_term_that_does_not_stand_in_the_prose_is_not_asked_for(source: str, target: str) -> None:
    assert found("glossary", source, target, Term("branch", "Zweig")) == []


def test_only_the_longest_term_counts() -> None:
    terms = (Term("request", "Anfrage"), Term("pull request", "Pull-Request"))
    brief = Brief(STYLES["de"], STYLES["en"], terms)
    check = checks.load("glossary").check
    assert list(check(segment("A pull request"), "Ein Pull-Request", brief)) == []
    both = segment("A pull request is a request")
    assert [f.message for f in check(both, "Ein Pull-Request", brief)] == [
        "the glossary says 'Anfrage' for 'request'"
    ]


def test_kept_segments_and_an_empty_glossary_ask_for_nothing() -> None:
    term = Term("hook")
    kept = segment("A hook", Kind.REFERENCE)._replace(keep=True)
    brief = Brief(STYLES["de"], STYLES["en"], (term,))
    for name in ("glossary", "glossary-avoid", "glossary-keep"):
        assert list(checks.load(name).check(kept, "Ein Haken", brief)) == []
        empty = Brief(STYLES["de"], STYLES["en"])
        assert list(checks.load(name).check(segment("A hook"), "Ein Haken", empty)) == []


@pytest.mark.parametrize(
    ("source", "target", "severities"),
    [
        ("Use Go now", "Nutze das jetzt", ["error"]),
        ("With Rust, Go and C", "Mit Rust und C", ["error"]),
        ("Go on", "Mach weiter", ["retry"]),
        ("It ends. Go on", "Ende. Mach weiter", ["retry"]),
        ("We go on", "Wir machen weiter", ["retry"]),
        ("Use Go now", "Nutze jetzt Go", []),
        ("Use Go now", "Nutze jetzt Go-Code", []),
    ],
)
def test_a_name_that_may_be_a_word_is_only_doubted(
    source: str, target: str, severities: list[str]
) -> None:
    assert [s for s, _ in found("glossary-keep", source, target, Term("Go"))] == severities


def test_what_is_forbidden_counts_only_beside_its_term() -> None:
    term = Term("branch", "Zweig", ("Ast", "Filiale"))
    assert found("glossary-avoid", "The branch", "Der Ast", term) == [
        ("error", "the glossary forbids 'Ast' for 'branch'")
    ]
    assert found("glossary-avoid", "The branch", "Die Filialen", term) == [
        ("error", "the glossary forbids 'Filiale' for 'branch'")
    ]
    assert found("glossary-avoid", "The bough", "Der Ast", term) == []
    assert found("glossary-avoid", "The branch", "Der Astrologe", term) == []
    assert found("glossary-avoid", "The branch", "Der `Ast`", term) == []


def test_a_forbidden_word_may_be_part_of_another_term() -> None:
    terms = (Term("client", "客户端", ("客户",)), Term("customer", "客户"))
    brief = Brief(STYLES["zh-Hans"], STYLES["en"], terms)
    check = checks.load("glossary-avoid").check
    assert list(check(segment("The client of the customer"), "客户的客户端", brief)) == []
    assert len(list(check(segment("The client"), "客户的客户端", brief))) == 1


def test_title_and_body_agree_on_a_name() -> None:
    """Each segment by itself is held to the glossary, so an article has one name for a thing."""
    terms = (Term("spring tide", "Springtide"), Term("Old Brass Brains"))
    brief = Brief(STYLES["de"], STYLES["en"], terms)
    article = [
        (segment("The spring tide and Old Brass Brains", Kind.TITLE),
         "Die Springtide und Old Brass Brains", "Die Springflut und Old Brass Brains"),
        (segment("Old Brass Brains", Kind.HEADING), "Old Brass Brains", "Das alte Messinghirn"),
        (segment("A spring tide is high."), "Eine Springtide ist hoch.", "Sie ist hoch."),
        (segment("Spring tides", Kind.TABLE_CELL), "Springtiden", "Nipptiden"),
    ]  # fmt: skip
    for source, right, wrong in article:
        assert not [f for f in checks.run_checks(source, right, brief) if "glossary" in f.check]
        assert [f for f in checks.run_checks(source, wrong, brief) if "glossary" in f.check]


def test_of_a_glossary_of_thousands_few_are_looked_for() -> None:
    terms = tuple(Term(f"word{n} of many", "x") for n in range(20_000))
    text = "some words and word7 of many and the rest"
    assert len(list(_Index(terms).candidates(text))) == 1
    brief = Brief(STYLES["de"], STYLES["en"], terms)
    assert len(list(checks.load("glossary").check(segment(text), "Kein Wort", brief))) == 1


def test_the_doctests_hold() -> None:
    result = doctest.testmod(_terms)
    assert result.attempted >= 1
    assert not result.failed
