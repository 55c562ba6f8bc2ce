"""The author's wishes in comments, and what they do to the segments."""

from __future__ import annotations

import pytest

from translate_pipeline.article import parse
from translate_pipeline.article.directives import Wish, find

TABLE = {
    "skip": ("<!-- translate:skip -->", Wish.SKIP, ""),
    "resume": ("<!--translate:resume-->", Wish.RESUME, ""),
    "note": ("<!-- translate:note a button's label -->", Wish.NOTE, "a button's label"),
    "over lines": ("<!-- translate:note one\ntwo\n-->", Wish.NOTE, "one\ntwo"),
    "not ours": ("<!-- translate: note x -->", None, ""),
    "another word": ("<!-- translate:skipping -->", None, ""),
    "no comment": ("translate:skip", None, ""),
    "unclosed": ("<!-- translate:note x", None, ""),
}


@pytest.mark.parametrize(("text", "wish", "note"), TABLE.values(), ids=TABLE.keys())
def test_find(text: str, wish: Wish | None, note: str) -> None:
    found = [(d.start, d.wish, d.text) for d in find(f"ab\n{text}\n".encode())]
    assert found == ([] if wish is None else [(3, wish, note)])


def test_skip_and_resume() -> None:
    text = "One\n\n<!-- translate:skip -->\n\nTwo\n\n# Three\n\n<!-- translate:resume -->\n\nFour\n"
    assert [s.text for s in parse(text).segments] == ["One", "Four"]


def test_skip_to_the_end() -> None:
    assert [s.text for s in parse("One\n\n<!-- translate:skip -->\n\nTwo\n").segments] == ["One"]


def test_note_belongs_to_the_next_segment_only() -> None:
    text = "One\n\n<!-- translate:note a label -->\n\n`code`\n\nTwo\n\nThree\n"
    assert [(s.text, s.note) for s in parse(text).segments] == [
        ("One", ""),
        ("Two", "a label"),
        ("Three", ""),
    ]


@pytest.mark.parametrize(
    ("front_matter", "texts", "instruction"),
    [
        ("title: One\ntranslate:\n  skip: true\n", [], ""),
        ("title: One\ntranslate: false\n", [], ""),
        ("title: One\ntranslate:\n  note: Be brief.\n", ["One", "Body"], "Be brief."),
        ("title: One\nx: Two\ntranslate:\n  keys: [x]\n", ["Two", "Body"], ""),
        ("title: One\ntranslate: true\n", ["One", "Body"], ""),
    ],
)
def test_front_matter(front_matter: str, texts: list[str], instruction: str) -> None:
    article = parse(f"---\n{front_matter}---\nBody\n")
    assert [s.text for s in article.segments] == texts
    assert article.instruction == instruction
