"""From a target to the source form: every token exactly once, no new syntax, or a refusal."""

from __future__ import annotations

import pytest

from translate_pipeline.article import merge, parse, restore
from translate_pipeline.errors import SegmentError, StructureError

# The source, and targets for its first segment with what is written in their place.
WRITTEN: dict[str, tuple[str, str, str]] = {
    "same text": ("A b.\n", "A b.", "A b."),
    "other words": ("A b.\n", "C d e.", "C d e."),
    "tokens put back": ("A `b` <br> [c](d).\n", "Ä `b` <x1/> [ć](u1).", "Ä `b` <br> [ć](d)."),
    "links in another order": (
        "[a](x) and [b](y)\n",
        "[b](u2) und [a](u1)",
        "[b](y) und [a](x)",
    ),
    "code in another order": ("`a` or `b`\n", "`b` oder `a`", "`b` oder `a`"),
    "the same code twice": ("`a` or `a`\n", "`a`: `a`", "`a`: `a`"),
    "code over lines": ("run `a\nb` c\n", "`a b` laufen", "`a\nb` laufen"),
    "pairs moved together": ("<b>a</b> <i>b</i>\n", "<b2>b</b2> <b1>a</b1>", "<i>b</i> <b>a</b>"),
    "nesting kept": ("<b>a <i>b</i></b>\n", "<b1><b2>b</b2> a</b1>", "<b><i>b</i> a</b>"),
    "reference keeps its label": ("[Ref] a\n\n[ref]: /x\n", "[Wort](u1) ä", "[Wort][Ref] ä"),
    "hard break": ("a  \nb\n", "ä<x1/>ḃ", "ä  \nḃ"),
    "math": ("a $x<y_1$ b *c*\n", "b $x<y_1$ a", "b $x<y_1$ a"),
    "emphasis may go": ("a *b* c\n", "a b c", "a b c"),
    "emphasis may come": ("a b c\n", "a **b** c", "a **b** c"),
    "white space around": ("A\n", "  B \n", "B"),
    "lines joined": ("A\n", "B\nC", "B C"),
    "windows lines joined": ("A\n", "B\r\nC", "B C"),
    "plain symbols": ("A\n", "5 % & 3 > 2 < 4 #1 100$ a_b", "5 % & 3 > 2 < 4 #1 100$ a_b"),
    "escapes stay": ("\\*a\\*\n", "\\*b\\*", "\\*b\\*"),
    "entity stays": ("a &amp; b\n", "c &amp; d", "c &amp; d"),
    # sloppy spellings with one right reading
    "spaces in a token": ("a <br> b\n", "a < x1 /> b", "a <br> b"),
    "capital token": ("a <br> b\n", "a <X1/> b", "a <br> b"),
    "token without its slash": ("a <br> b\n", "a <x1> b", "a <br> b"),
    "full-width token": ("a <br> b\n", "甲＜x1/＞乙", "甲<br>乙"),
    "spaces in a pair": ("<b>a</b>\n", "< b1 >ä< /b1 >", "<b>ä</b>"),
    "space in a link": ("[a](x)\n", "[ä] (u1)", "[ä](x)"),
    "full-width link": ("[a](x)\n", "[甲]（u1）", "[甲](x)"),
    "angle brackets in a link": ("[a](x)\n", "[ä](<u1>)", "[ä](x)"),
    # what would begin a block is escaped
    "ordinal": ("A\n", "1. B", "1\\. B"),
    "ordinal in brackets": ("A\n", "1) B", "1\\) B"),
    "year": ("A\n", "1986. B", "1986\\. B"),
    "no ordinal": ("A\n", "1.5 B", "1.5 B"),
    "heading": ("A\n", "# B", "\\# B"),
    "hash without a space": ("A\n", "#B", "#B"),
    "dash": ("A\n", "- B", "\\- B"),
    "plus": ("A\n", "+ B", "\\+ B"),
    "quote": ("A\n", "> B", "\\> B"),
    "fence": ("A\n", "``` B", "\\``` B"),
    "pipe": ("A\n", "| B |", "\\| B |"),
    "tag": ("A\n", "<div> B", "\\<div> B"),
    "comment": ("A\n", "<!-- B", "\\<!-- B"),
    "rule": ("A\n", "---", "\\---"),
    "underline": ("A\n", "===", "\\==="),
    "definition": ("A\n", ": B", "\\: B"),
    "reference definition": ("A\n", "[x]: y", "\\[x]: y"),
    "task marker": ("- A\n", "[ ] B", "\\[ ] B"),
    "dash in an item": ("- A\n", "- B", "\\- B"),
    "underlined heading": ("A\n===\n", "# B", "\\# B"),
    "pipe above an underline": ("A\n---\n", "|B", "\\|B"),
    "hash in a heading": ("# A\n", "# B", "# B"),
    "number in a heading": ("# A\n", "1. B", "1. B"),
    "hash at a heading's end": ("# A\n", "In C #", "In C \\#"),
    "language at a heading's end": ("# A\n", "In C#", "In C#"),
    "pipe in a cell": ("|A|\n|-|\n", "B | C", "B \\| C"),
    "pipe in a cell's code": ("|A `b\\|c`|\n|-|\n", "B `b\\|c` | d", "B `b\\|c` \\| d"),
    "pipe outside a table": ("A\n", "B | C", "B | C"),
    # emphasis beside CJK
    "brackets inside": ("A **b**\n", "**「重要」**です", "「**重要**」です"),
    "comma inside": ("A **b**\n", "**重点，**后文", "**重点**，后文"),
    "underscores": ("A _b_\n", "これは_強調_です", "これは*強調*です"),
    "underscores twice": ("A __b__\n", "これは__強調__です", "これは**強調**です"),
    "code in bold": ("A **`b`** c\n", "甲**`b`**は", "甲 **`b`** は"),
    "rendering as it is": ("A **b**\n", "甲**乙**丙", "甲**乙**丙"),
}

REFUSED: dict[str, tuple[str, str, str]] = {
    "empty": ("A\n", " \n", "empty"),
    "two paragraphs": ("A\n", "B\n\nC", "more than one paragraph"),
    "two paragraphs, CRLF": ("A\n", "B\r\n\r\nC", "more than one paragraph"),
    "control character": ("A\n", "B\x00C", "control character U\\+0000"),
    "lone surrogate": ("A\n", "B\ud800", "surrogate"),
    "token dropped": ("a <br> b\n", "a b", "<x1/> is missing"),
    "token doubled": ("a <br> b\n", "a <x1/><x1/> b", "<x1/> stands there 2 times"),
    "foreign token": ("a b\n", "a <x1/> b", "<x1/> is not in the source"),
    "foreign link": ("a b\n", "a [b](u1)", "u1\\) is not in the source"),
    "code altered": ("Run `make`\n", "Run `macht`", "`make` is missing"),
    "code dropped": ("Run `make` or `go`\n", "Run `go`", "`make` is missing"),
    "code doubled": ("Run `make`\n", "`make` run `make`", "2 times"),
    "code added": ("Run it\n", "Run `it`", "structure changed"),
    "code lengthened": ("Run `a`\n", "Run `` `a` ``", "structure changed|missing"),
    "math altered": ("a $x$ b\n", "a $y$ b", "missing"),
    "footnote altered": ("a[^1] b\n\n[^1]: c\n", "a[^2] b", "missing"),
    "emoji translated": ("a :smile: b\n", "a :lächeln: b", "missing"),
    "link target changed": ("[a](x)\n", "[a](y)", "u1\\) is missing"),
    "link opener dropped": ("[a](x) b\n", "a](u1) b", "structure changed"),
    "link opener escaped": ("[a](x) b\n", "\\[a](u1) b", "structure changed"),
    "image became a link": ("![a](x) b\n", "[a](u1) b", "structure changed"),
    "link became an image": ("[a](x) b\n", "![a](u1) b", "structure changed"),
    "link in a link": ("[a](x) b\n", "[a [b](y)](u1)", "link that is not in the source"),
    "image in an alt text": ("![a](x) b\n", "![a ![c](y)](u1) b", "link that is not in the source"),
    "pair crossed": ("<b>a</b> <i>b</i>\n", "<b1><b2>a</b1></b2> b", "in the wrong place"),
    "pair reversed": ("<b>a</b> c\n", "</b1>a<b1> c", "in the wrong place"),
    "half a pair": ("<b>a</b> c\n", "<b1>a c", "</b1> is missing"),
    "hard break dropped": ("a  \nb\n", "a b", "missing"),
    "HTML in a cell": ("|a|\n|-|\n", "a `b|c`", "structure changed"),
    "star at the start": ("A\n", "* B", "structure changed|does not render"),
    "tildes at the start": ("A\n", "~~~ B", "structure changed|does not render"),
    "visible stars": ("a **b** c\n", "a ** b ** c", "emphasis does not render"),
}

LIQUID_REFUSED: dict[str, tuple[str, str, str]] = {
    "tag": ("A\n", "{% x %} B", "template syntax"),
    "unclosed tag": ("A\n", "{% B", "template syntax"),
    "output": ("A\n", "B {{ x }}", "template syntax"),
    "unclosed output": ("A\n", "B {{", "template syntax"),
    "attribute list": ("A\n", "B {: .c}", "template syntax"),
    "kramdown comment": ("A\n", "{::comment} B", "template syntax"),
    "in a title": ("---\ntitle: A\n---\n", "{{ x }}", "template syntax"),
    "output dropped": ("A {{ x }}\n", "B", "missing"),
    "output doubled": ("A {{ x }}\n", "B <x1/> {{ x }}", "template syntax"),
}


def _restore(source: str, target: str, dialect: str = "commonmark") -> str:
    article = parse(source, dialect)
    return restore(article, article.segments[0], target)


@pytest.mark.parametrize(("source", "target", "written"), WRITTEN.values(), ids=WRITTEN.keys())
def test_written(source: str, target: str, written: str) -> None:
    assert _restore(source, target) == written


@pytest.mark.parametrize(("source", "target", "written"), WRITTEN.values(), ids=WRITTEN.keys())
def test_written_is_proven(source: str, target: str, written: str) -> None:
    article = parse(source)
    segment = article.segments[0]
    raw = article.source
    wanted = raw[: segment.start] + written.encode() + raw[segment.end :]
    if target != segment.text:
        assert merge(article, {segment.id: target}, {}).encode() == wanted


@pytest.mark.parametrize(("source", "target", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(source: str, target: str, reason: str) -> None:
    with pytest.raises(SegmentError, match=reason) as caught:
        _restore(source, target)
    assert {finding.segment for finding in caught.value.findings} == {1}


@pytest.mark.parametrize(
    ("source", "target", "reason"), LIQUID_REFUSED.values(), ids=LIQUID_REFUSED.keys()
)
def test_refused_in_jekyll(source: str, target: str, reason: str) -> None:
    with pytest.raises(SegmentError, match=reason):
        merge(parse(source, "jekyll"), {1: target}, {})


PREFIXES = [
    "1. ", "1) ", "# ", "###### ", "- ", "+ ", "* ", "> ", ">", "| ", "```", "``` x", "~~~", "    ",
    "<div> ", "<!-- ", "<script>", "<?x ", "</p>", "[x]: y ", "[^1]: ", "[ ] ", "===", "---", "***",
    ": ", "$$ ", "\\", "&#35; ", "!!! ", "::: ", "\t", "{% x %} ", "{{ x }} ", "{: .x} ", "<b> ",
]  # fmt: skip
PLACES = [
    "A b.\n", "# A b\n", "A b\n===\n", "- A b\n", "1. A b\n", "> A b\n", "|A b|\n|-|\n", "A\n: b\n",
    "x\n\n[^1]: A b\n\ny[^1]\n", "- [ ] A b\n", "<p>A b</p>\n", "A b\n\n- c\n",
]  # fmt: skip


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("source", PLACES)
def test_hostile_prefix_is_escaped_or_refused(source: str, prefix: str) -> None:
    """The rest of the article, read again, has the same segments in the same places."""
    article = parse(source)
    segment = next(s for s in article.segments if "A" in s.text)
    try:
        out = merge(article, {segment.id: prefix + segment.text}, {})
    except (SegmentError, StructureError):
        return
    again = parse(out).segments
    assert [(s.kind, s.level) for s in again] == [(s.kind, s.level) for s in article.segments]
    assert [s.text for s in again if s.id != segment.id] == [
        s.text for s in article.segments if s.id != segment.id
    ]
    assert "A" in again[segment.id - 1].text


@pytest.mark.parametrize(
    ("source", "segment", "target", "written"),
    [
        ('[a](b "C d")\n', 2, 'say "x"', '[a](b "say \\"x\\"")\n'),
        ("[a](b 'C d')\n", 2, "it's", "[a](b 'it\\'s')\n"),
        ('[a](b "C d")\n', 2, 'done \\"x\\"', '[a](b "done \\"x\\"")\n'),
        (
            'a <i title="C d">b</i>\n',
            2,
            'say "x" > y',
            'a <i title="say &quot;x&quot; &gt; y">b</i>\n',
        ),
    ],
)
def test_titles_inside_tokens(source: str, segment: int, target: str, written: str) -> None:
    assert merge(parse(source), {segment: target}, {}) == written


def test_child_and_parent_together() -> None:
    article = parse('[a](b "C") <i title="D">e</i> and [f](b "C")\n')
    targets = {1: "[Ä](u1) <b1>É</b1> und [F](u2)", 2: "Eins", 3: "Zwei", 4: "Drei"}
    assert [s.text for s in article.segments][1:] == ["C", "D", "C"]
    out = merge(article, targets, {})
    assert out == '[Ä](b "Eins") <i title="Zwei">É</i> und [F](b "Drei")\n'
