"""Hugo: each construct before and after, and the laws over real sites."""

from __future__ import annotations

import pytest

from tests.article.dialects.laws import corpus, covered, loud
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import SegmentError

#: why → (before, after in capitals)
CASES = {
    "a shortcode in a line": (
        'Text {{< ref "a.md" >}} and {{% b %}} end.\n',
        'TEXT {{< ref "a.md" >}} AND {{% b %}} END.\n',
    ),
    "in a link's target": ('[Text]({{< ref "a" >}})\n', '[TEXT]({{< ref "a" >}})\n'),
    "in a heading": ("## Text {{< badge >}}\n", "## TEXT {{< badge >}}\n"),
    "paired, its inside is Markdown": (
        '{{% alert title="A title" color="red" %}}\nSome *text*.\n{{% /alert %}}\n',
        '{{% alert title="A TITLE" color="red" %}}\nSOME *TEXT*.\n{{% /alert %}}\n',
    ),
    "the other notation, nested": (
        '{{< tabpane >}}\n{{< tab header="A tab" >}}\n- a\n{{< /tab >}}\n{{< /tabpane >}}\n',
        '{{< tabpane >}}\n{{< tab header="A TAB" >}}\n- A\n{{< /tab >}}\n{{< /tabpane >}}\n',
    ),
    "self-closing, over lines": (
        '{{< figure\n  src="a.png"\n  caption="A *caption*"\n/>}}\n\nText.\n',
        '{{< figure\n  src="a.png"\n  caption="A *CAPTION*"\n/>}}\n\nTEXT.\n',
    ),
    "its inside is code": (
        "{{< highlight go >}}\nText.\n\n> more\n{{< /highlight >}}\n\nText.\n",
        "{{< highlight go >}}\nText.\n\n> more\n{{< /highlight >}}\n\nTEXT.\n",
    ),
    "a highlight without its end is a tag": (
        "{{< highlight >}}\n\nText.\n",
        "{{< highlight >}}\n\nTEXT.\n",
    ),
    "a tab with a language is code": (
        '{{< tabpane >}}\n{{< tab header="A tab" lang="toml" >}}\n[a]\nb = "title"\n{{< /tab >}}\n'
        '{{< tab header="B" lang="x" disabled=true />}}\n{{< /tabpane >}}\n\nText.\n',
        '{{< tabpane >}}\n{{< tab header="A TAB" lang="toml" >}}\n[a]\nb = "title"\n{{< /tab >}}\n'
        '{{< tab header="B" lang="x" disabled=true />}}\n{{< /tabpane >}}\n\nTEXT.\n',
    ),
    "so are all tabs of a pane that says so": (
        '{{< tabpane langEqualsHeader=true >}}\n{{< tab "C" >}}\nint main;\n\nreturn\n'
        "{{< /tab >}}\n{{< /tabpane >}}\n\nText.\n",
        '{{< tabpane langEqualsHeader=true >}}\n{{< tab "C" >}}\nint main;\n\nreturn\n'
        "{{< /tab >}}\n{{< /tabpane >}}\n\nTEXT.\n",
    ),
    "a card that says so is code": (
        '{{< card code=true header="A card" >}}\n#include <a.h>\n\nint b;\n{{< /card >}}\n\n'
        '{{< card header="A card" >}}\nText.\n{{< /card >}}\n',
        '{{< card code=true header="A CARD" >}}\n#include <a.h>\n\nint b;\n{{< /card >}}\n\n'
        '{{< card header="A CARD" >}}\nTEXT.\n{{< /card >}}\n',
    ),
    "an alert whose title holds a shortcode": (
        "> [!CAUTION] Some {{% param Words %}}\n> text\n",
        "> [!CAUTION] Some {{% param Words %}}\n> TEXT\n",
    ),
    "a closer in a string": (
        'A {{< b c="d >}} e" >}} text.\n',
        'A {{< b c="d >}} e" >}} TEXT.\n',
    ),
    "and in a raw string": (
        "A {{< b `c \" >}} d` >}} text.\n",
        "A {{< b `c \" >}} d` >}} TEXT.\n",
    ),
    "a string that never ends is none": (
        'A {{< b "c >}} text.\n\nText.\n',
        'A {{< b "c >}} TEXT.\n\nTEXT.\n',
    ),
    "a raw parameter that is prose": (
        "{{< figure caption=`A \"caption\"` >}}\n",
        "{{< figure caption=`A \"CAPTION\"` >}}\n",
    ),
    "a title without a name": (
        '{{< details "A title" >}}\nText.\n{{< /details >}}\n',
        '{{< details "A TITLE" >}}\nTEXT.\n{{< /details >}}\n',
    ),
    "a name inside a value is no parameter": (
        '{{< a b="title=\'c d\'" >}}\n',
        '{{< a b="title=\'c d\'" >}}\n',
    ),
    "in code it runs, but is no prose": (
        '```\n{{< tab header="A" >}}\ntext\n```\n',
        '```\n{{< tab header="A" >}}\ntext\n```\n',
    ),
    "one that is shown": (
        '{{</* figure caption="a" */>}}\n\n`{{%/* b */%}}` text\n',
        '{{</* figure caption="a" */>}}\n\n`{{%/* b */%}}` TEXT\n',
    ),
    "attributes of a heading": ("## Text {#id .c}\n", "## TEXT {#id .c}\n"),
    "attributes of a block": (
        "> Text.\n{.note #a data-b=\"c\"}\n\nText.\n",
        "> TEXT.\n{.note #a data-b=\"c\"}\n\nTEXT.\n",
    ),
    "attributes of a nested quotation, a list in one, a quotation in an item": (
        "> > text\n> {.a}\n\n> - text\n> {.a}\n\n- > text\n  {.a}\n",
        "> > TEXT\n> {.a}\n\n> - TEXT\n> {.a}\n\n- > TEXT\n  {.a}\n",
    ),
    "attributes of a fence": (
        '```go {linenos=table,hl_lines=["1"]}\na\n```\n',
        '```go {linenos=table,hl_lines=["1"]}\na\n```\n',
    ),
    "formulae": (
        "Text \\(a_b\\) and $$c$$.\n\n\\[\na_b = c\n\\]\n",
        "TEXT \\(a_b\\) AND $$c$$.\n\n\\[\na_b = c\n\\]\n",
    ),
    "YAML": ("---\ntitle: A b\n---\nText.\n", "---\ntitle: A B\n---\nTEXT.\n"),
    "TOML": ('+++\ntitle = "A b"\n+++\nText.\n', '+++\ntitle = "A B"\n+++\nTEXT.\n'),
    "JSON": ('{\n"title": "A b"\n}\n\nText.\n', '{\n"title": "A B"\n}\n\nTEXT.\n'),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "hugo") == after


def test_a_quotation_mark_is_escaped_in_a_string() -> None:
    article = parse('{{< a title="b" >}}\n', "hugo")
    assert merge(article, {1: 'a "b"'}, {}) == '{{< a title="a \\"b\\"" >}}\n'
    with pytest.raises(SegmentError, match="backslash"):
        merge(article, {1: "b\\"}, {})


def test_a_raw_string_has_no_escape() -> None:
    article = parse("{{< a title=`b` >}}\n", "hugo")
    assert merge(article, {1: 'a "b"'}, {}) == '{{< a title=`a "b"` >}}\n'
    with pytest.raises(SegmentError, match="would end the text"):
        merge(article, {1: "a `b`"}, {})


def test_a_slot_may_not_begin_another_shortcode() -> None:
    article = parse('{{< a title="b" >}}\n', "hugo")
    with pytest.raises(SegmentError, match="begins template syntax"):
        merge(article, {1: "{{< c"}, {})


def test_the_old_id_of_a_heading() -> None:
    article = parse("[a](#one)\n\n## One\n", "hugo")
    assert merge(article, {2: "Eins"}, {}) == "[a](#one)\n\n## Eins {#one}\n"


def test_sample() -> None:
    covered(corpus("hugo", sample=40), "hugo")


@pytest.mark.slow
def test_everything() -> None:
    covered(corpus("hugo"), "hugo")
