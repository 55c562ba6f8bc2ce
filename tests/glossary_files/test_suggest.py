"""Names and terms that recur: what counts as one, how often, and bounded memory."""

from __future__ import annotations

import pytest

from tests.checks.samples import segment
from translate_pipeline.glossary_files.suggest import Candidate, Candidates
from translate_pipeline.model import Kind

STOPWORDS = ["the", "a", "and", "of", "to", "is", "we", "in"]


def found(*articles: str, least: int = 2) -> list[tuple[str, bool, int, int]]:
    candidates = Candidates(STOPWORDS)
    for text in articles:
        candidates.add([segment(text)])
    return [tuple(one) for one in candidates.best(articles=least)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We like Old Brass Brains here", ["Old Brass Brains"]),
        ("Use GitHub and the API", ["GitHub", "API"]),
        ("In Jekyll, as in Jekyll's past", ["Jekyll"]),
        ("Words begin sentences. Others follow", []),
        ("The Moon is in Llama 4 of Meta", ["Llama 4 of Meta", "Moon"]),
        ("We write C++ and iOS code", ["C++", "iOS"]),
        ("Run `GitHub` and see [it](u1)", []),
        ("The Bay of Fundy is", ["Bay of Fundy"]),
        ("We use `x` Kubernetes.", ["Kubernetes"]),
        ("We wait: Kubernetes.", []),  # a sentence may begin behind a colon
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert sorted(t for t, name, _, _ in found(text, text) if name) == sorted(names)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("open the pull request in it", ["pull request"]),
        ("the pull request of a pull request", ["pull request"]),
        ("a spring tide, and neap tides", ["neap tides", "spring tide"]),
        ("the *ebb* of it", ["ebb"]),
        ("the end, of **slack water** is", ["slack water"]),
        ("the `pull request` is", []),
        ("we don't care", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert sorted(t for t, name, _, _ in found(text, text) if not name) == terms


def test_counts_are_of_articles_and_of_places() -> None:
    texts = ["the spring tide, a spring tide", "the spring tide", "we see GitHub"]
    assert found(*texts) == [("spring tide", False, 2, 3)]
    assert found(*texts, least=1)[1] == ("GitHub", True, 1, 1)


def test_a_part_and_a_plural_are_told_with_the_whole() -> None:
    texts = ["the spring tide table", "the spring tide table, the spring tide tables"] * 2
    assert [one[0] for one in found(*texts)] == ["spring tide table"]


def test_a_word_that_begins_sentences_is_no_name() -> None:
    texts = ["we say Tides, as tides go", "we like Tides, and tides"] * 3
    assert not any(one[1] for one in found(*texts))


def test_headings_in_title_case_give_no_names_but_inner_capitals() -> None:
    candidates = Candidates(STOPWORDS)
    for _ in range(2):
        candidates.add([segment("Getting Started With GitHub", Kind.HEADING)])
    assert candidates.best() == [Candidate("GitHub", True, 2, 2)]


def test_a_word_of_a_quarter_of_the_articles_begins_no_term() -> None:
    texts = [f"whenever number{n} fails" for n in range(40)] + ["whenever tides turn"] * 3
    assert "whenever tides" not in [one[0] for one in found(*texts)]


def test_kept_segments_do_not_count() -> None:
    candidates = Candidates()
    for _ in range(3):
        candidates.add([segment("see GitHub")._replace(keep=True)])
    assert candidates.best() == []


def test_memory_is_bounded_and_what_recurs_stays() -> None:
    candidates = Candidates(STOPWORDS, most=500)
    for number in range(400):
        words = " ".join(
            f"w{chr(97 + number % 26)}{chr(97 + k)}{'x' * (number // 26)}" for k in range(9)
        )
        tide = ", with GitHub and the spring tide" if number % 5 == 0 else ""
        candidates.add([segment(words + tide)])
        assert len(candidates._seen) <= 500
    best = candidates.best(articles=40)
    assert [one.text for one in best] == ["GitHub", "spring tide"]
    assert all(50 <= one.articles <= 80 for one in best)
