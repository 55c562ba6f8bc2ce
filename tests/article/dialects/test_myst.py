"""MyST: each construct before and after, and the laws over real files."""

from __future__ import annotations

import pytest

from tests.article.dialects import myst_parser_oracle
from tests.article.dialects.laws import corpus, covered, loud, proven
from translate_pipeline.article import parse

#: why → (before, after in capitals)
CASES = {
    "a directive as a fence: its body is Markdown": (
        "```{note}\nText *it*.\n\n- a\n```\n\nEnd.\n",
        "```{note}\nTEXT *IT*.\n\n- A\n```\n\nEND.\n",
    ),
    "with a title and options": (
        "```{admonition} The *title*\n:class: tip\n:name: a-b\n\nText.\n```\n",
        "```{admonition} THE *TITLE*\n:class: tip\n:name: a-b\n\nTEXT.\n```\n",
    ),
    "options between lines": (
        "```{figure} a.png\n---\nname: fig-a\nwidth: 200px\n---\nThe caption.\n```\n",
        "```{figure} a.png\n---\nname: fig-a\nwidth: 200px\n---\nTHE CAPTION.\n```\n",
    ),
    "an option that is prose": (
        "```{figure} a.png\n:alt: A picture\n:align: left\n\nText.\n```\n",
        "```{figure} a.png\n:alt: A PICTURE\n:align: left\n\nTEXT.\n```\n",
    ),
    "a directive between colons": (
        ":::{tip}\nText.\n:::\n\nEnd.\n",
        ":::{tip}\nTEXT.\n:::\n\nEND.\n",
    ),
    "directives in directives": (
        "::::{tab-set}\n:::{tab-item} One\nText.\n```{code-block} py\na\n```\n:::\n::::\n",
        "::::{tab-set}\n:::{tab-item} ONE\nTEXT.\n```{code-block} py\na\n```\n:::\n::::\n",
    ),
    "fences in fences": (
        "````{warning}\n```{note}\nText.\n```\nMore.\n````\n\nEnd.\n",
        "````{warning}\n```{note}\nTEXT.\n```\nMORE.\n````\n\nEND.\n",
    ),
    "a version before the words": (
        "```{versionadded} 1.2 Some words.\n```\n",
        "```{versionadded} 1.2 SOME WORDS.\n```\n",
    ),
    "a table in lists": (
        ":::{list-table} The title\n:header-rows: 1\n\n* - One\n  - Two\n:::\n",
        ":::{list-table} THE TITLE\n:header-rows: 1\n\n* - ONE\n  - TWO\n:::\n",
    ),
    "directives whose body is code": (
        "```{code-cell} python\na = 1\n```\n\n```{toctree}\nfile one\n```\n\n"
        ":::{math}\na = b\n:::\n\n::::{myst-example}\n:::{note}\nc d\n:::\n::::\n\nEnd.\n",
        "```{code-cell} python\na = 1\n```\n\n```{toctree}\nfile one\n```\n\n"
        ":::{math}\na = b\n:::\n\n::::{myst-example}\n:::{note}\nc d\n:::\n::::\n\nEND.\n",
    ),
    "roles": (
        "See {ref}`the text <a-b>`, {doc}`c/d`, {py:class}`E` and {code}``f ` g``.\n",
        "SEE {ref}`THE TEXT <a-b>`, {doc}`c/d`, {py:class}`E` AND {code}``f ` g``.\n",
    ),
    "a target": ("(a-target)=\n## Head\n\nText.\n", "(a-target)=\n## HEAD\n\nTEXT.\n"),
    "a target glued to a paragraph": ("Text.\n(a)=\n# Head\n", "TEXT.\n(a)=\n# HEAD\n"),
    "substitutions": ("Text {{ a }} end.\n\n{{ b }}\n", "TEXT {{ a }} END.\n\n{{ b }}\n"),
    "comments and breaks": (
        "Text.\n% a comment\n\n+++ {\"a\": true}\n\nMore 5 % end.\n",
        "TEXT.\n% a comment\n\n+++ {\"a\": true}\n\nMORE 5 % END.\n",
    ),
    "attributes of a block and of a span": (
        "{#a .b}\nText ![c](d.png){width=20px} and [e]{.f}.\n",
        "{#a .b}\nTEXT ![C](d.png){width=20px} AND [E]{.f}.\n",
    ),
    "whose quotation": (
        '{attribution="Some one"}\n> Text.\n',
        '{attribution="SOME ONE"}\n> TEXT.\n',
    ),
    "a formula with its label": (
        "Text $a_b$.\n\n$$\nc\n$$ (eq:d)\n\nEnd.\n",
        "TEXT $a_b$.\n\n$$\nc\n$$ (eq:d)\n\nEND.\n",
    ),
    "LaTeX": ("\\begin{align}\na &= b\n\\end{align}\n\nEnd.\n",
              "\\begin{align}\na &= b\n\\end{align}\n\nEND.\n"),
    "a list of fields": (
        ":short: value\n:long: This is a whole sentence.\n",
        ":short: value\n:long: THIS IS A WHOLE SENTENCE.\n",
    ),
    "a definition": ("Term\n: Text.\n", "TERM\n: TEXT.\n"),
    "an address of another project": (
        "See [text](inv:sphinx#a.b) and <project:#c>.\n",
        "SEE [TEXT](inv:sphinx#a.b) AND <project:#c>.\n",
    ),
    "shown in code": (
        "````md\n```{note}\na\n```\n````\n\nUse `{ref}` and `(x)=`.\n",
        "````md\n```{note}\na\n```\n````\n\nUSE `{ref}` AND `(x)=`.\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "myst") == after


@pytest.mark.parametrize(
    "opener",
    ["```{note} a\n", "```{note} a\n---\n", ":::{math}\n", "::::{note} a\n---\n", ":a: b c d ",
     "{a}`b", "{a}``b", "(a", "$$ (", "{{ ", "%", "+++", "{.a ", "\\begin{a}"],
)  # fmt: skip
def test_an_opener_without_its_end(opener: str) -> None:
    """100 KB of it is an article like any other (each takes well under a second)."""
    text = opener * (100_000 // len(opener))
    assert parse(text, "myst").source.decode() == text


def test_everything() -> None:
    covered(corpus("myst"), "myst")


@pytest.mark.slow
def test_myst_parser_sees_the_same() -> None:
    """The oracle: the parser of Sphinx and Jupyter Book."""
    myst_parser_oracle.require()
    files = corpus("myst")
    different = []
    for path in files:
        text = path.read_text(encoding="utf-8")
        _, output = proven(text, "myst")
        before = [part.strip("[' ,]") for part in myst_parser_oracle.structure(text)]
        after = [part.strip("[' ,]") for part in myst_parser_oracle.structure(output)]
        if before != after:
            pair = next((p for p in zip(before, after, strict=False) if p[0] != p[1]), None)
            different.append((path, pair))
    print(f"\nmyst-parser: {len(files)} files, {len(different)} differ")
    assert not different, different[:3]
