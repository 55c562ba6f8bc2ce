"""Where a construct ends when no literal tells."""

from __future__ import annotations

import pytest

from translate_pipeline.article.closers import Budget, braces, close
from translate_pipeline.article.dialects import Closer, Construct

#: source → how much of it the construct takes
TABLE = {
    Closer.BRACES: {
        "{a} b": "{a}",
        "{{a: '}'}} b": "{{a: '}'}}",
        '{"\\"}"} b': '{"\\"}"}',
        "{`${`}`}}`} b": "{`${`}`}}`}",
        "{`${{a: 1}}}`} b": "{`${{a: 1}}}`}",
        "{/* } ' */} b": "{/* } ' */}",
        "{a // }\n} b": "{a // }\n}",
        "{<a href='b'>it's // c: http://d</a>\n} e": "{<a href='b'>it's // c: http://d</a>\n}",
        "{a": "",
        "{`a": "",
        "{/* a": "",
    },
    Closer.TAG: {
        "<a> b": "<a>",
        "<a b='>' c={d > e}> f": "<a b='>' c={d > e}>",
        "<a\n  b\n/> c": "<a\n  b\n/>",
        "<a <b>": "",
        "<a b='c>": "",
        "<a b={c>": "",
    },
    Closer.MODULE: {
        "import a from 'b'\nimport c\n\nd": "import a from 'b'\nimport c",
        "import {\n\n  a\n} from 'b'\n\nc": "import {\n\n  a\n} from 'b'",
        "import a": "import a",
        "import {a\n\nb": "import {a",
    },
    Closer.LINE: {":::a b  \nc": ":::a b", ":::a\r\nb": ":::a"},
    Closer.QUOTED: {
        '<< "a >>" >> b': '<< "a >>" >>',
        '<< `" >>` >> b': '<< `" >>` >>',
        '<< "\\" >>" >> b': '<< "\\" >>" >>',
        '<< "a >> b': '<< "a >>',
        "<< a": "",
    },
}
OPENERS = {Closer.BRACES: 1, Closer.TAG: 2, Closer.MODULE: 6, Closer.LINE: 3, Closer.QUOTED: 2}
CASES = [(closer, *case) for closer, table in TABLE.items() for case in table.items()]


@pytest.mark.parametrize(("closer", "source", "taken"), CASES)
def test_ends(closer: Closer, source: str, taken: str) -> None:
    construct = Construct(b"x", b">>", closer=closer)
    end = close(source.encode(), 0, OPENERS[closer], construct, Budget())
    assert source[:end] == taken if taken else end == -1


@pytest.mark.parametrize("before", ["", "> ", "- ", "  1. ", "> - "])
def test_a_line_may_stand_in_containers(before: str) -> None:
    source = f"a\n{before}:::b\n".encode()
    start = source.index(b":")
    construct = Construct(b":::", closer=Closer.LINE)
    assert close(source, start, start + 3, construct, Budget()) == len(source) - 1
    assert close(b"a :::b", 2, 5, construct, Budget()) == -1


def test_a_statement_stands_below_a_blank_line_or_code() -> None:
    construct = Construct(b"import", closer=Closer.MODULE)
    for above, taken in (("a\n\n", True), ("{a}\n", True), ("a\n", False), ("", True)):
        source = f"{above}import a".encode()
        end = close(source, len(above), len(above) + 6, construct, Budget())
        assert (end >= 0) is taken


def test_a_string_never_closed_hides_no_closer_from_the_next() -> None:
    source, budget = b'<< "a << b >> c"', Budget()
    construct = Construct(b"<<", b">>", closer=Closer.QUOTED)
    assert close(source, 0, 2, construct, budget) == -1
    assert close(source, 6, 8, construct, budget) == 13


def test_searches_in_vain_come_to_an_end() -> None:
    budget = Budget(2)
    assert [braces(b"{" * 9, 1, budget) for _ in range(3)] == [-1, -1, -1]
    assert budget.left == 0
    assert braces(b"{}", 1, budget) == -1  # even where one would succeed
