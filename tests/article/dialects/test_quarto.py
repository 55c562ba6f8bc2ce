"""Quarto and Pandoc: each construct before and after, the laws over real pages, Pandoc's tree."""

from __future__ import annotations

import pytest

from tests.article.dialects import pandoc
from tests.article.dialects.laws import corpus, covered, loud, proven
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import SegmentError, StructureError

#: why → (before, after in capitals)
CASES = {
    "a div's title is prose, its other attributes are not": (
        '::: {.callout-note title="A *title*" collapse="true"}\nText.\n:::\n',
        '::: {.callout-note title="A *TITLE*" collapse="true"}\nTEXT.\n:::\n',
    ),
    "a div's class alone": (
        "text\n::: panel-tabset\n## Text\n\ntext\n:::::\n",
        "TEXT\n::: panel-tabset\n## TEXT\n\nTEXT\n:::::\n",
    ),
    "divs in divs, closed by name": (
        ":::: {.columns}\n::: {.column width=\"40%\"}\ntext\n:::\n::::\n",
        ":::: {.columns}\n::: {.column width=\"40%\"}\nTEXT\n:::\n::::\n",
    ),
    "a div in a list item": (
        "- text\n\n    ::: {.callout-tip}\n    text\n    :::\n",
        "- TEXT\n\n    ::: {.callout-tip}\n    TEXT\n    :::\n",
    ),
    "a span": ("A [text *b*]{.smallcaps #id} here.\n", "A [TEXT *B*]{.smallcaps #id} HERE.\n"),
    "a link and code with attributes": (
        'A [b](c.md){target="_blank"} and `d`{.python}.\n',
        'A [B](c.md){target="_blank"} AND `d`{.python}.\n',
    ),
    "an image: caption and description are prose": (
        '![A cap](x.png){#fig-x fig-alt="A description with {braces}" width=300}\n',
        '![A CAP](x.png){#fig-x fig-alt="A DESCRIPTION WITH {BRACES}" width=300}\n',
    ),
    "a citation with locators": (
        "As [@doe99, pp. 33-35; -@smith_04:x p. 3] say.\n",
        "AS [@doe99, pp. 33-35; -@smith_04:x p. 3] SAY.\n",
    ),
    "a citation in prose": (
        "[see @doe99, and more]; -@doe99 and @{https://a.b/c} say. a@b.org\n",
        "[SEE @doe99, AND MORE]; -@doe99 AND @{https://a.b/c} SAY. a@b.org\n",
    ),
    "a cross-reference": (
        "See @fig-x, [Figure @fig-y] and [-@tbl-z].\n",
        "SEE @fig-x, [FIGURE @fig-y] AND [-@tbl-z].\n",
    ),
    "a link whose text is a handle": (
        "By [@user](https://a.b/user).\n",
        "BY [@user](https://a.b/user).\n",
    ),
    "bookdown's references": (
        "See \\@ref(fig:plot) and (ref:cap) text.\n",
        "SEE \\@ref(fig:plot) AND (ref:cap) TEXT.\n",
    ),
    "a shortcode, with prose, shown and in a target": (
        '{{< video a.mp4 title="A b" >}}\n\nA {{< meta x >}} or {{{< a b >}}}[b]({{< var u >}}).\n',
        '{{< video a.mp4 title="A B" >}}\n\nA {{< meta x >}} OR {{{< a b >}}}[B]({{< var u >}}).\n',
    ),
    "chunk options and option lines are code": (
        '```{r, echo=FALSE, fig.cap="a"}\n#| fig-cap: "A b"\nplot(x)\n```\n\nA `r nrow(x)` text.\n',
        '```{r, echo=FALSE, fig.cap="a"}\n#| fig-cap: "A b"\nplot(x)\n```\n\nA `r nrow(x)` TEXT.\n',
    ),
    "a caption below a pipe table": (
        '| a | b |\n|---|---|\n| c | d |\n\n: A *cap*, @fig-x {#tbl-x tbl-colwidths="[20,80]"}\n',
        '| A | B |\n|---|---|\n| C | D |\n\n: A *CAP*, @fig-x {#tbl-x tbl-colwidths="[20,80]"}\n',
    ),
    "a caption right below, and with its word": (
        "| a |\n|---|\n| c |\n: Cap\n\nTable: Cap {.x}\n",
        "| A |\n|---|\n| C |\n: CAP\n\nTable: CAP {.x}\n",
    ),
    "a definition list": ("Term\n\n:   Text [a]{.b}\n", "TERM\n\n:   TEXT [A]{.b}\n"),
    "a grid table's columns would not hold": (
        "+-----+-----+\n| a   | b   |\n+=====+=====+\n| c   | d   |\n+-----+-----+\n\n: Cap\n",
        "+-----+-----+\n| a   | b   |\n+=====+=====+\n| c   | d   |\n+-----+-----+\n\n: CAP\n",
    ),
    "a simple table's columns would not hold either": (
        "text\n\n  Right  Left\n-------  ----\n     12  ab cd\n\nTable: Cap\n\ntext\n",
        "TEXT\n\n  Right  Left\n-------  ----\n     12  ab cd\n\nTable: CAP\n\nTEXT\n",
    ),
    "nor those of a multiline table": (
        "a\n\n-----\n A  B\n c  d\n-- --\n e  f\n\n g  h\n-----\n\na\n",
        "A\n\n-----\n A  B\n c  d\n-- --\n e  f\n\n g  h\n-----\n\nA\n",
    ),
    "a rule is no table": (
        "text\n\n---\n\ntext\n\n- - -\n\na\n---\n",
        "TEXT\n\n---\n\nTEXT\n\n- - -\n\nA\n---\n",
    ),
    "each line of a line block stays one": (
        "| The *limerick* packs\n|    laughs @a\n|\n| here\n\ntext\n",
        "| THE *LIMERICK* PACKS\n|    LAUGHS @a\n|\n| HERE\n\nTEXT\n",
    ),
    "in a quotation and in an item, too": (
        "> | a\n> | b c\n\n- | d\n  | e\n", "> | A\n> | B C\n\n- | D\n  | E\n",
    ),
    "the last bar of a row is none": (
        "| a | b |\n|---|---|\n| c | |\n",
        "| A | B |\n|---|---|\n| C | |\n",
    ),
    "a raw block and a raw span": (
        "```{=html}\n<p>text</p>\n```\n\nText `<br>`{=html} b.\n",
        "```{=html}\n<p>text</p>\n```\n\nTEXT `<br>`{=html} B.\n",
    ),
    "formulae": (
        "Is $a_b$ or \\(c_d\\).\n\n$$\nx_y\n$$ {#eq-x}\n\n\\[\na_b = c\n\\]\n",
        "IS $a_b$ OR \\(c_d\\).\n\n$$\nx_y\n$$ {#eq-x}\n\n\\[\na_b = c\n\\]\n",
    ),
    "TeX": (
        "A \\textit{b} c.\n\n\\newpage\n\n\\begin{align*}\na &= b\n\\end{align*}\n\nText.\n",
        "A \\textit{b} C.\n\n\\newpage\n\n\\begin{align*}\na &= b\n\\end{align*}\n\nTEXT.\n",
    ),
    "footnotes": (
        "Text^[An *inline* note.] and[^1].\n\n[^1]: A note.\n",
        "TEXT^[AN *INLINE* NOTE.] AND[^1].\n\n[^1]: A NOTE.\n",
    ),
    "numbered examples, numbers in brackets and after #": (
        "(@) one\n(@good) two\n\nAs (@good) says.\n\n(1) one\n(2) two\n\n#. one\n#. two\n",
        "(@) ONE\n(@good) TWO\n\nAS (@good) SAYS.\n\n(1) ONE\n(2) TWO\n\n#. ONE\n#. TWO\n",
    ),
    "a number in brackets that a wrapped line begins with": (
        "There are (1) one and\n(2) two, and\n[c]{#id}\nmore.\n",
        "THERE ARE (1) ONE AND (2) TWO, AND [C]{#id} MORE.\n",
    ),
    "headings without number, with id and class": (
        "# Text {-}\n\n## Text {#id .unnumbered}\n\n## Text {#sec-a}\n",
        "# TEXT {-}\n\n## TEXT {#id .unnumbered}\n\n## TEXT {#sec-a}\n",
    ),
    "Markdown between HTML tags": (
        "<div class=\"a\">\n- one\n- two\n</div>\n",
        "<div class=\"a\">\n- ONE\n- TWO\n</div>\n",
    ),
    "code to Pandoc, far right below a div": (
        "<div>\n    <p>text</p>\n</div>\n"
        "\n<div>\n  <div>\n\t<b>a</b>\n\t<i>b</i>\n  </div>\n</div>\n"
        "\ntext\n\n<section>\n    <p>text</p>\n</section>\n",
        "<div>\n    <p>text</p>\n</div>\n"
        "\n<div>\n  <div>\n\t<b>a</b>\n\t<i>b</i>\n  </div>\n</div>\n"
        "\nTEXT\n\n<section>\n    <p>TEXT</p>\n</section>\n",
    ),
    "what is shown as code": (
        "`[@a]` and `::: {.x}` text\n\n```\n::: {.x}\n@a\n```\n",
        "`[@a]` AND `::: {.x}` TEXT\n\n```\n::: {.x}\n@a\n```\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "quarto") == after


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs_with_other_line_ends(before: str, after: str) -> None:
    assert loud(before.replace("\n", "\r\n"), "quarto") == after.replace("\n", "\r\n")


def test_a_quotation_mark_is_escaped_in_an_attribute() -> None:
    article = parse('::: {.a title="b"}\n:::\n', "quarto")
    assert merge(article, {1: 'a "b"'}, {}) == '::: {.a title="a \\"b\\""}\n:::\n'


def test_a_shortcode_knows_no_escape() -> None:
    article = parse('{{< a title="b" >}}\n', "quarto")
    with pytest.raises(SegmentError, match="would end the text"):
        merge(article, {1: 'a "b"'}, {})


def test_a_translation_may_not_begin_a_citation() -> None:
    article = parse("Text @a.\n", "quarto")
    with pytest.raises(StructureError, match="template tags"):
        merge(article, {1: "Text <x1/> und @b."}, {})


def test_the_old_id_of_a_heading() -> None:
    article = parse("[a](#one)\n\n## One\n", "quarto")
    assert merge(article, {2: "Eins"}, {}) == "[a](#one)\n\n## Eins {#one}\n"


def test_a_link_by_a_headings_words() -> None:
    """Pandoc knows the heading by its words, which change; so the link names its id."""
    text = "# One two\n\nSee [One two], [words][one\ntwo] and [Other].\n\n[One two]{.x}\n"
    text = text.replace("\n\n[One two]{.x}", "")
    article = parse(text, "quarto")
    assert article.segments[1].text == "See [One two](u1), [words](u2) and [Other]."
    assert merge(article, {}, {}) == text
    assert merge(article, {1: "Eins", 2: "[Eins](u1), [Worte](u2), [Anderes]."}, {}) == (
        "# Eins {#one-two}\n\n[Eins](#one-two), [Worte](#one-two), [Anderes].\n"
    )
    with pytest.raises(StructureError):
        merge(article, {1: "Eins"}, {})


def test_a_span_and_an_own_definition_are_no_such_links() -> None:
    text = "# One\n\n[One]{.x}\n\n# Two {#id}\n\n[Two] a\n\n[two]: http://x\n"
    assert loud(text, "quarto") == (
        "# ONE\n\n[ONE]{.x}\n\n# TWO {#id}\n\n[TWO][Two] A\n\n[two]: http://x\n"
    )


def test_a_link_by_a_headings_words_in_a_grid_table() -> None:
    """The blanks behind it make room for the id; where there are too few, the heading stays."""
    table = "+-----+--------------------+\n| a   | see [One]{}|\n+-----+--------------------+\n"
    for blanks, heading, cell in ((10, "EINS {#one}", "[One](#one)    "), (3, "One", "[One]   ")):
        text = "# One\n\n" + table.replace("{}", " " * blanks) + "\ntext\n"
        after = text.replace("# One", f"# {heading}").replace("text", "TEXT")
        after = after.replace("[One]" + " " * blanks, cell)
        article = parse(text, "quarto")
        assert article.segments[0].keep == (blanks == 3)
        targets = {s.id: {"One": "EINS", "text": "TEXT"}[s.text] for s in article.segments}
        targets = {s.id: targets[s.id] for s in article.segments if not s.keep}
        assert merge(article, targets, {}) == after
        assert merge(article, {}, {}) == text


def test_sample() -> None:
    covered(corpus("quarto", sample=40), "quarto")


def _same_tree(before: str) -> bool:
    article, after = proven(before, "quarto")
    pinned = set(article.pins.values())
    return bool(pandoc.tree(before, pinned) == pandoc.tree(after, pinned))


@pytest.mark.slow
@pytest.mark.parametrize("before", [before for before, _ in CASES.values()], ids=CASES.keys())
def test_pandoc_sees_the_same_in_every_case(before: str) -> None:
    pandoc.require_pandoc()
    article, after = proven(before, "quarto")
    assert pandoc.tree(after) == pandoc.tree(before)
    assert after != before or not article.segments


@pytest.mark.slow
def test_pandoc_sees_the_same() -> None:
    pandoc.require_pandoc()
    files = corpus("quarto")
    changed = ["/".join(p.parts[-2:]) for p in files if not _same_tree(p.read_bytes().decode())]
    print(f"\nquarto: {len(files)} files, {len(changed)} trees changed: {changed}")
    assert not changed


@pytest.mark.slow
def test_everything() -> None:
    files = corpus("quarto")
    counts = covered(files, "quarto")
    assert 0 < counts["grid table"] < 0.05 * counts["translated"]
