"""The scanner: what is code, what is live in it, fences that hold Markdown, hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate_pipeline.article import dialects, parse, splice
from translate_pipeline.article.dialects import Anchor, Closer, Construct, Dialect
from translate_pipeline.article.parser import BASE
from translate_pipeline.article.scan import masks
from translate_pipeline.article.shadow import cast

LIVE = Construct(b"%%", b"%%")
DEAD = Construct(b"@@", b"@@", code=False)
DIRECTIVE = Construct(
    rb"```+(?=\{[a-z]+\})", closer=Closer.LINE, block=True, code=False, fence=True
)  # fmt: skip
DIALECT = Dialect(
    name="scan", options=BASE, anchor=Anchor.HTML, trigger=(b"%%", b"@@", b"```"),
    constructs=(DIRECTIVE, LIVE, DEAD),
)  # fmt: skip


def _found(text: str) -> list[str]:
    source = text.encode()
    return [source[mask.start : mask.end].decode() for mask in masks(source, DIALECT)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%%a%% @@b@@", ["%%a%%", "@@b@@"]),
        ("`%%a%% @@b@@` @@c@@", ["%%a%%", "@@c@@"]),
        ("`` ` @@b@@ `` @@c@@", ["@@c@@"]),
        ("` @@b@@\n\n` @@c@@", ["@@b@@", "@@c@@"]),
        ("```\n@@b@@\n```\n@@c@@", ["@@c@@"]),
        ("~~~\n@@b@@\n```\n@@c@@\n~~~\n@@d@@", ["@@d@@"]),
        ("- ```\n  @@b@@\n  ```\n@@c@@", ["@@c@@"]),
        ("```\n@@b@@\n    ```\n@@c@@", []),
        ("a ```b``` @@c@@", ["@@c@@"]),
        ("<!-- @@a@@ %%b%% --> @@c@@", ["%%b%%", "@@c@@"]),
        ("\\` @@a@@ \\`", ["@@a@@"]),
        ("```{note}\n@@a@@\n```\n@@b@@", ["```{note}", "@@a@@", "```", "@@b@@"]),
        ("````{a}\n```\n@@b@@\n```\n@@c@@\n````", ["````{a}", "@@c@@", "````"]),
        ("@@a", []),
    ],
)
def test_code(text: str, found: list[str]) -> None:
    assert _found(text) == found


# Openers that begin with a letter are looked for apart, what may only stand first is tried once.
WORDS = Dialect(
    name="words", options=BASE, anchor=Anchor.HTML, trigger=(b"",),
    constructs=(
        Construct(rb"\Ahead(?=:)", b";", code=False),
        Construct(rb"port(?<!\wport)(?=\()", b")", code=False),
        DEAD,
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("head: a; head: b;", ["head: a;"]),
        (" head: a;", []),
        ("port(a) import(b) port(c)", ["port(a)", "port(c)"]),
        ("@@port(a)@@ port(b)", ["@@port(a)@@", "port(b)"]),
        ("port(@@a@@) @@b@@", ["port(@@a@@)", "@@b@@"]),
        ("`port(a)` \\port(b) port(c)", ["port(b)", "port(c)"]),
        ("```\nport(a)\n```\nport(b)", ["port(b)"]),
        ("port(a `b`\n@@c@@", ["@@c@@"]),
        ("port", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    source = text.encode()
    assert [source[m.start : m.end].decode() for m in masks(source, WORDS)] == found


ATOMS = ["{", "}", "<", "</", ">", "/>", "a", " ", "\n", "\n\n", "`", "```\n", "~~~", "\\", '"',
         "'", "import a", "export const a",
         ":::", "::: a", "[b]", "{{", "}}", "{{<", ">}}", "{{%", "%}}",
         "/*", "*/", "//", "${", "<script>", "</script>", "<A b=", " title=\"c\"", "{#d}", "    ",
         "- ", "> ", "# ", "<!--", "-->", "é", "\r\n", "<<< a", "[[toc]]"]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from(ATOMS), max_size=30),
    st.sampled_from(["mdx", "docusaurus", "hugo", "vitepress"]),
)
def test_any_syntax(atoms: list[str], name: str) -> None:
    text = "x" + "".join(atoms)
    shadow = cast(text.encode(), text, dialects.find(name))
    assert len(shadow.text.encode()) == len(text.encode())
    end = 0
    for mask in shadow.masks:
        assert end <= mask.start < mask.end
        end = mask.end
        for slot in mask.slots:
            assert mask.start < slot.start < slot.end <= mask.end
    article = parse(text, name)
    assert splice(article, {}, {}) == article.source


@pytest.mark.parametrize("name", ["mdx", "hugo", "vitepress"])
def test_hostile_markup_takes_linear_time(name: str) -> None:
    """Each would take minutes if a search began anew at every opener (the timeout would tell)."""
    flavour = dialects.find(name)
    for piece in ("{", "{ ", "{'", "{`", "{`${", "{/*", "<a ", '<a b="', "<a {", "<a b={'", "<",
                  "`a ", "``a```a",
                  "import {\n\n", "export const a = `\n\n", ":::a\n", "{{< ", '{{< "',
                  "{{% `", "{{</* ", "<!--", "<script>", "]: <", "\\(a_", "    - ", "\n    a\n\n",
                  "~~~~a\n", "{{< highlight >}}", "<style>", "{.a", "::a[", "- " * 50):  # fmt: skip
        text = piece * (100_000 // len(piece))
        cast(text.encode(), text, flavour)
