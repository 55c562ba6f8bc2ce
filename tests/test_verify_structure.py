"""The outline that the checks of structure compare, and their laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.article import parse
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import LocalePair
from translate_pipeline.settings import FAIL_ON_ALL
from translate_pipeline.structure_checks import load, names, run_structure_checks
from translate_pipeline.structure_checks._addresses import absolute, host, local, plain
from translate_pipeline.structure_checks._code_logic import logic, without
from translate_pipeline.structure_checks._outline import outline

PAIR = LocalePair(parse_locale("en"), parse_locale("pt-BR"))

SOURCE = """\
---
title: A
---
Before **it**.

# One

- a

  b
  1. c

> [!NOTE]
> q

| a | b |
| - | - |
| c | d |

```py title="x"
x
```

    indented

## Two

A [l](http://x) ![i](i.png) $x$ <kbd>k</kbd>[^1] **「a」**b

<a href="/y">y</a>

---

:::tip

[^1]: n
"""


def test_the_outline() -> None:
    found = outline(parse(SOURCE))
    assert [(h.line, h.section, h.what) for h in found.headings] == [(6, 1, 1), (26, 2, 2)]
    assert [(i.line, i.what) for i in found.items] == [(8, (1, False)), (11, (2, True))]
    assert [p.line for p in found.paragraphs] == [4, 10, 14, 28, 30, 34, 36]
    assert [(t.line, t.what) for t in found.tables] == [(16, (2, 2))]
    assert [q.what for q in found.quotes] == ["Note"]
    assert [(c.line, c.what, c.text) for c in found.codes] == [
        (20, "py", "x\n"),
        (24, None, "indented\n"),
    ]
    assert [(link.line, link.what) for link in found.links] == [(28, "http://x"), (30, "/y")]
    assert [i.what for i in found.images] == ["i.png"]
    assert [t.what for t in found.tags] == ["kbd", "/kbd", "a", "/a"]
    assert [n.what for n in found.notes] == [(False, "1"), (True, "1")]
    assert [f.what for f in found.formulae] == ["x"]
    assert [thing.line for thing in found.literals] == [28]
    assert [e.what for e in found.edges] == [(":::", "tip")]
    assert [m.line for m in found.marks] == [32]
    assert {"one", "two"} <= found.ids


def test_an_id_that_was_given_to_a_heading_is_no_tag() -> None:
    pinned = '## <a id="one"></a>Eins\n\n<a id="other"></a>Das.\n'
    assert [t.what for t in outline(parse(pinned), ["one"]).tags] == ["a", "/a"]


BLOCKS = st.sampled_from(
    ["# A", "## B", "Words.", "- a\n- b", "> q", "```\nx\n```", "| a |\n| - |", "***", "<b>x</b>"]
)


@given(st.lists(BLOCKS, max_size=12))
def test_an_article_has_its_own_structure(blocks: list[str]) -> None:
    article = parse("\n\n".join(blocks) + "\n")
    assert run_structure_checks(article, article, PAIR) == ()


@given(st.lists(BLOCKS, max_size=9), st.integers(0, 8))
def test_a_block_that_is_lost_is_told(blocks: list[str], index: int) -> None:
    """But for what no check is there for (a rule, emphasis) or the parser sees no other way."""
    left = [block for at, block in enumerate(blocks) if at != index]
    whole, less = (parse("\n\n".join(part) + "\n") for part in (blocks, left))
    before, after = outline(whole), outline(less)
    counted = ("headings", "paragraphs", "items", "tables", "quotes", "codes")
    told = run_structure_checks(whole, less, PAIR)
    if any(len(getattr(before, field)) != len(getattr(after, field)) for field in counted):
        assert told


@given(st.text(alphabet="ab #-\n>`*[]()<!/:$|\\\"'", max_size=300))
def test_no_text_is_too_much(text: str) -> None:
    article = parse(text)
    assert run_structure_checks(article, article, PAIR) == ()


@pytest.mark.parametrize("name", names())
def test_each_check_says_what_it_is(name: str) -> None:
    check = load(name)
    assert name == check.NAME
    assert check.KIND in FAIL_ON_ALL
    assert "Bound:" in (check.__doc__ or "")
    assert "Source:" in (check.__doc__ or "")


def test_an_unknown_check_is_refused() -> None:
    with pytest.raises(KeyError, match="paragraphs"):
        load("paragraph")


# --- code ------------------------------------------------------------------------------------

SAME = [
    ("python", 'x = "a"  # b', "x = 'c'"),
    ("python", '"""Doc\nstring."""\nx', '"""Anderes."""\nx'),
    ("js", "f(`a`) // b", "f(`c`)"),
    ("js", "a /* b\nc */ d", "a\nd"),
    ("bash", "echo $# # don't", "echo $# # nicht's"),
    ("sql", "SELECT 1 -- all", "SELECT 1 -- alles"),
    ("html", "<p>Words</p> <!-- x -->", "<p>Wörter</p>"),
    ("", "Words to read", "Worte zu lesen"),
    ("text", "x = 1", "y = 2"),
    (None, "x = 1", "y = 2"),
]
OTHER = [
    ("python", "x = a", "x = b"),
    ("python", 'f("")', 'f(../"")'),
    ("bash", "while x; do", "while x; tue"),
    ("js", "a || b", "a && b"),
    ("yaml", "on: push", "an: push"),
    ("", "x = f(1)", "x = g(1)"),
]


@pytest.mark.parametrize(("language", "a", "b"), SAME)
def test_what_people_read_is_no_logic(language: str | None, a: str, b: str) -> None:
    assert logic(language, a) == logic(language, b)


@pytest.mark.parametrize(("language", "a", "b"), OTHER)
def test_what_a_computer_reads_is(language: str | None, a: str, b: str) -> None:
    assert logic(language, a) != logic(language, b)


@pytest.mark.parametrize(
    "text",
    [r"\`" * 50_000, "/*" * 50_000, '"""' * 30_000 + "a", "<!-- " * 20_000, "'\\" * 40_000],
)
def test_a_hostile_block_is_read_once(text: str) -> None:
    """Were a search quadratic, this would take minutes."""
    assert logic("js", text) == logic("js", text + "\n")


def test_without() -> None:
    assert without("a /* b\nc */ d /* e", "/*", "*/") == "a \n d /* e"


# --- addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://x.org/en-us/a/", "http://www.x.org/pt-br/a"),
        ("https://en.wikipedia.org/a", "https://pt.wikipedia.org/a"),
        ("https://x.org/a?lang=en", "https://x.org/a?lang=en"),
    ],
)
def test_an_address_in_another_language_is_the_same(a: str, b: str) -> None:
    assert plain(a, PAIR) == plain(b, PAIR)


def test_another_address_is_another() -> None:
    assert plain("https://x.org/a", PAIR) != plain("https://x.org/b", PAIR)
    assert host("https://a.x.org/a") == "x.org"
    assert absolute("mailto:a@x.org")
    assert not absolute("../a.md")


def test_a_link_within_the_site() -> None:
    assert local("/en/a/", PAIR) == local("/pt-br/a/", PAIR)
    assert local("../b-en.md#x", PAIR) == local("../b-pt-BR.md#x", PAIR)
    assert local("/en/a/", PAIR) != local("/pt-br/b/", PAIR)
    assert local("/en/a/#x", PAIR) != local("/pt-br/a/#y", PAIR)


def test_a_link_by_a_headings_words() -> None:
    """It has the new words in a translation; one that leads to another heading is told."""
    source = parse("# One\n\n# Two\n\na [[#Two]]\n", "obsidian")
    right = parse("# Eins\n\n# Zwei\n\na [[#Zwei]]\n", "obsidian")
    wrong = parse("# Eins\n\n# Zwei\n\na [[#Eins]]\n", "obsidian")
    assert run_structure_checks(source, right, PAIR) == ()
    assert {found.check for found in run_structure_checks(source, wrong, PAIR)} == {"template-tags"}


def test_ids_by_the_dialects_own_rule() -> None:
    """Pandoc drops the number that a heading begins with, GitHub keeps it: both may be meant."""
    assert {"two-parts", "2-two-parts"} <= outline(parse("# 2. Two parts\n", "quarto")).ids
    assert "two-parts" not in outline(parse("# 2. Two parts\n", "commonmark")).ids
