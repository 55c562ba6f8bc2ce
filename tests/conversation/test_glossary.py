"""Glossary hits: just what occurs, longest first, never more than thirty."""

from __future__ import annotations

import time

import pytest

from translate_pipeline.conversation.glossary import MOST, hits, lines
from translate_pipeline.model import Kind, Segment, Term


def segments(*texts: str) -> list[Segment]:
    return [Segment(i, Kind.PARAGRAPH, text, 0, 0) for i, text in enumerate(texts, 1)]


def sources(terms: list[str], *texts: str) -> list[str]:
    return [term.source for term in hits([Term(t, "x") for t in terms], segments(*texts))]


@pytest.mark.parametrize(
    ("terms", "text", "found"),
    [
        (["pull request"], "Open a pull request now.", ["pull request"]),
        (["pull request"], "Open a Pull  Request.", ["pull request"]),
        (["Pull Request"], "Open pull requests.", ["Pull Request"]),
        (["server"], "The server’s log, the server's log", ["server"]),
        # Whole words only.
        (["cat"], "concatenate the category", []),
        (["art"], "start", []),
        (["run"], "run_all re-run", ["run"]),
        (["C++"], "Write C++ code.", ["C++"]),
        ([".env"], "See .env first", [".env"]),
        (["größe"], "Die Größen zählen", []),
        (["straße"], "DIE STRASSE", ["straße"]),
        (["сервер"], "Сервер упал", ["сервер"]),
        (["сервер"], "серверная", []),
        # Anywhere where words are not spaced, and under Korean particles.
        (["服务器"], "重启服务器后", ["服务器"]),
        (["サーバー"], "このサーバーを", ["サーバー"]),
        (["서버"], "서버를 다시", ["서버"]),
        (["เซิร์ฟเวอร์"], "รีสตาร์ทเซิร์ฟเวอร์แล้ว", ["เซิร์ฟเวอร์"]),
        # Longest first; a term that only occurs inside a longer one is no hit.
        (["Run", "Cloud Run", "Cloud"], "Cloud Run is nice", ["Cloud Run"]),
        (["Run", "Cloud Run", "Cloud"], "Cloud Run or cloud", ["Cloud Run", "Cloud"]),
        (["", "  "], "anything", []),
        (["a.c", "(x"], "abc", []),
        (["twice", "Twice"], "twice", ["twice"]),
    ],
)
def test_hits(terms: list[str], text: str, found: list[str]) -> None:
    assert sources(terms, text) == found


def test_a_term_does_not_reach_over_two_segments() -> None:
    assert sources(["pull request"], "pull", "request") == []
    assert sources(["pull request"], "no", "a pull request") == ["pull request"]


def test_never_more_than_thirty() -> None:
    terms = [f"term{n:02}" for n in range(50)]
    found = sources(terms, " ".join(terms))
    assert found == terms[:MOST]


def test_the_lines() -> None:
    terms = [
        Term("pull request", "Pull-Request"),
        Term("to deploy", "bereitstellen", ("deployen", "ausrollen"), "only\nservers"),
        Term("Cloud Run"),
        Term("node", note="in graphs"),
    ]
    assert lines(terms) == (
        "pull request = Pull-Request\n"
        "to deploy = bereitstellen (not: deployen, ausrollen; only servers)\n"
        "Cloud Run = keep\n"
        "node = keep (in graphs)"
    )


def test_a_large_glossary_is_fast() -> None:
    terms = [Term(f"term {n}", "x") for n in range(20_000)]
    text = segments(*["some words and term 7 and the rest of a paragraph"] * 100)
    start = time.process_time()
    assert [term.source for term in hits(terms, text)] == ["term 7"]
    assert time.process_time() - start < 2
