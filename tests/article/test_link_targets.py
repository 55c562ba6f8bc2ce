"""Destinations: found where the parser has them, replaceable without touching another byte."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import documents
from tests.laws.examples import examples
from tests.shared import require_shared
from translate_pipeline.article import dialects, front_matter, parse, parser
from translate_pipeline.article.link_targets import LinkKind, link_targets, spell
from translate_pipeline.errors import ArticleError, FrontMatterError

TABLE = {
    "inline": ("[a](b.md)", ["b.md"]),
    "image": ("![a](img/b.png)", ["img/b.png"]),
    "titles": ("[a](b \"t\") [c](d 't') [e](f (t))", ["b", "d", "f"]),
    "angle": ("[a](<b c.md>) [e](<>)", ["b c.md"]),
    "angle with escapes": (r"[a](<b\>c>)", ["b>c"]),
    "escapes": (r"[a](b\)c) [d](e(f)g) [h](\#i)", ["b)c", "e(f)g", "#i"]),
    "entities": ("[a](b?c&amp;d) [e](f&copy=g)", ["b?c&d", "f&copy=g"]),
    "percent": ("[a](b%20c.md)", ["b%20c.md"]),
    "empty": ("[a]() [](b)", ["b"]),
    "next line": ("[a](\n  b\n  'c')", ["b"]),
    "quote": ("> [a](\n> b)", ["b"]),
    "image in a link": ("[![i](p.png)](q.md)", ["p.png", "q.md"]),
    "brackets and code in the text": ("[a [b] `](x)` *c*](d)", ["d"]),
    "emphasis at the end": ("[**a**](b) [`c`](d)", ["b", "d"]),
    "definition": ("[a][b]\n\n[b]: c.md 'title'\n", ["c.md"]),
    "definition on two lines": ("[b]:\n  <c d.md>\n  'title'\n", ["c d.md"]),
    "definitions in containers": ("> [a]: b\n\n- [c]: d\n", ["b", "d"]),
    "definition and its use": ("[a]\n\n[a]: b.md", ["b.md"]),
    "label with an escape": ("[a\\]:]: b.md", ["b.md"]),
    "second of equal labels": ("[a]: b\n[A]: c\n", ["b"]),
    "footnote": ("a[^1]\n\n[^1]: see [x](y.md)\n", ["y.md"]),
    "table": ("| a |\n|---|\n| [x](y.md) \\| [z](w) |\n", ["y.md", "w"]),
    "code span": ("`[a](b)`", []),
    "fence": ("```\n[a](b)\n[c]: d\n```\n", []),
    "autolink": ("<https://x.y/z> <a@b.c> https://x.y", []),
    "no link": ("[a](b c) [a] (b) \\[a](b)", []),
    "inline html": ('x <a href="b.md">c</a> <img src=d.png alt="e">', ["b.md", "d.png"]),
    "html block": ("<p>\n<a href='b.md'>\n</p>\n", ["b.md"]),
    "entity in html": ('<a href="b?c&amp;d">e</a>', ["b?c&d"]),
    "blanks in html": ('<a HREF = " b ">e</a>', ["b"]),
    "srcset": ('<img srcset="a.png, b.png 2x,c.png 3x">', ["a.png", "b.png", "c.png"]),
    "picture": (
        '<picture>\n<source srcset="a.webp">\n<img src="b.png">\n</picture>',
        ["a.webp", "b.png"],
    ),
    "poster": ('<video poster="a.png" src="b.mp4"></video>', ["a.png", "b.mp4"]),
    "no link attribute": ('<a data-href="b" title="href=c" class=src>d</a>', []),
    "html comment": ('<!-- <a href="b"> -->\n', []),
    "script": ('<script src="a.js">\nx = \'<a href="b">\'\n</script>\n', ["a.js"]),
    "html in a quote": ('> <p>\n> <img\n>  src="a.png">\n> </p>', ["a.png"]),
    "html in code": ('`<a href="b">`', []),
    "unfinished tag": ('<div href="a\n<a href="b">\n', []),
    "front matter": ("---\nimage: '[a](b)'\n---\n[c](d)", ["d"]),
    "no-break space": ("[ü](ä/ö.md)\u00a0[x](y)", ["ä/ö.md", "y"]),
    "byte order mark and CRLF": ("\ufeff[a](b)\r\n\r\n[c]: d\r\n", ["b", "d"]),
}
LIQUID = {
    "whole": "[a]({{ b }}) ![c]({% link d %})",
    "part": "[a]({{ b }}/c.md) [d](e/{{ f }}.md)",
    "in html": '<a href="{{ b }}/c">d</a>\n\nx <img src="{{ e }}">',
    "in a definition": "[a]: {{ b }}/c\n",
    "hidden": "{% raw %}[a](b){% endraw %}\n\n{% highlight md %}\n[c](d)\n{% endhighlight %}",
}


@pytest.mark.parametrize(("text", "wanted"), TABLE.values(), ids=TABLE.keys())
@pytest.mark.parametrize("dialect", dialects.names())
def test_found(text: str, wanted: list[str], dialect: str) -> None:
    targets = link_targets(text, dialect)
    assert [target.value for target in targets] == wanted
    assert link_targets(parse(text, dialect)) == targets


@pytest.mark.parametrize("dialect", dialects.names())
def test_indented_code_holds_none_where_there_is_such_code(dialect: str) -> None:
    wanted = [] if dialects.find(dialect).indented_code else ["b"]
    assert [target.value for target in link_targets("    [a](b)\n", dialect)] == wanted


@pytest.mark.parametrize("text", LIQUID.values(), ids=LIQUID.keys())
def test_liquid_is_left_alone(text: str) -> None:
    assert link_targets(text, "jekyll") == ()


def test_a_link_beside_liquid() -> None:
    text = '{{ x }} [a](b "{{ t }}") {% y %}\n\n<p class="{{ c }}"><a href="d">e</a></p>\n'
    assert [target.value for target in link_targets(text, "jekyll")] == ["b", "d"]


def test_tags_that_the_shadow_hides() -> None:
    text = '<img src="a.png">\n# Heading\n\n<a markdown="1" href="b.md">\n*c*\n</a>\n'
    assert [target.value for target in link_targets(text, "jekyll")] == ["a.png", "b.md"]


def test_kinds_and_spans() -> None:
    text = '---\na: é\n---\n[ü](b) ![](c)\n\n<img src="d">\n\n[e]: <f>\n'
    source = text.encode()
    found = link_targets(text)
    kinds = [LinkKind.LINK, LinkKind.IMAGE, LinkKind.SRC, LinkKind.DEFINITION]
    assert [target.kind for target in found] == kinds
    assert [target.around for target in found] == ["", "", '"', "<"]
    assert [source[target.start : target.end] for target in found] == [b"b", b"c", b"d", b"f"]


MARKER = "../möved/a b(c)/*d*_[e]&amp;\"'<`$\\.md?f=1&g=2#h"


def urls(text: str, dialect: str) -> Counter[str]:
    """Every destination of an inline link or image that the parser sees: the oracle."""
    options = dialects.find(dialect).options
    found: Counter[str] = Counter()
    for event, _ in parser.events(text, options):
        if isinstance(event, dict) and isinstance(start := event.get("Start"), dict):
            for name, data in start.items():
                if name in ("Link", "Image") and data["link_type"] == "Inline":
                    found[data["dest_url"]] += 1
    return found


def check_each(text: str, dialect: str = "commonmark", marker: str = MARKER) -> int:
    """Both laws, for every destination of `text`; `marker` is what each is replaced by."""
    targets = link_targets(text, dialect)
    source = text.encode()
    for index, target in enumerate(targets):
        same = spell(target, target.value, source)
        again = source[: target.start] + same + source[target.end :]
        values = [each.value for each in targets]
        assert [each.value for each in link_targets(again.decode(), dialect)] == values, text
        new = source[: target.start] + spell(target, marker, source) + source[target.end :]
        keeps_blanks = target.around and target.kind is not LinkKind.SRCSET
        values[index] = marker if keeps_blanks else marker.replace(" ", "%20")
        found = link_targets(new.decode(), dialect)
        assert [each.value for each in found] == values, text
        assert [each.kind for each in found] == [each.kind for each in targets], text
    return len(targets)


def test_the_specification() -> None:
    """Every destination the parser reports is found, and can be replaced alone."""
    total = 0
    for text in examples():
        inline = Counter(
            target.value
            for target in link_targets(text)
            if target.kind in (LinkKind.LINK, LinkKind.IMAGE)
        )
        seen = urls(text, "commonmark")
        seen.pop("", None)  # `[a]()` has no byte to replace
        assert inline == seen, text
        total += check_each(text)
        for changed in (text.replace("\n", "\r\n"), text.rstrip("\n"), "\ufeff" + text):
            link_targets(changed)
    assert total > 120


def test_replacing_one_destination_changes_that_one_for_the_parser() -> None:
    changed = 0
    for text in examples():
        source = text.encode()
        for target in link_targets(text):
            if target.kind in (LinkKind.LINK, LinkKind.IMAGE):
                new = source[: target.start] + b"MARKER" + source[target.end :]
                before, after = urls(text, "commonmark"), urls(new.decode(), "commonmark")
                assert after - before == Counter({"MARKER": 1}), text
                assert before - after == Counter({target.value: 1}), text
                changed += 1
    assert changed > 50


def test_generated_articles() -> None:
    """Between random neighbours (formulae, cells) only a plain path is sure to be read as one;
    what is not is refused by `place`, which asks the parser again."""
    for dialect in dialects.names():
        dice = random.Random(f"3/{dialect}")  # a new dialect changes no other's articles
        for _ in range(5):
            check_each(documents.article(dice, dialect), dialect, marker="../f/g.md#h")


ATOMS = ["[", "]", "(", ")", "](", "]: ", "<", ">", "a", " ", "\n", "\n\n", "`", "\\", '"', "'",
         "!", "![", "[a]: b", "[a](b)", "<a href=", "<img src=", "<b>", "> ", "- ", "*", "&amp;",
         "{{", "}}", "{%", "%}", "|", "$", "<!--", "-->", "é", "\t", "\r\n", "[^1]: "]  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(ATOMS), max_size=24), st.sampled_from(["commonmark", "jekyll"]))
def test_any_syntax(atoms: list[str], dialect: str) -> None:
    text = "x" + "".join(atoms)
    source = text.encode()
    for target in link_targets(text, dialect):
        written = source[target.start : target.end].decode()
        assert target.value == written or "&" in written or "\\" in written
        same = source[: target.start] + spell(target, target.value, source) + source[target.end :]
        assert target.value in [each.value for each in link_targets(same.decode(), dialect)]


def test_hostile_markup_takes_linear_time() -> None:
    """Each would take minutes if a search began anew at every opener (the timeout would tell)."""
    for piece in ('<a "', "<a href='", '<a b="<a c=\'', "[a](", "[a](<", "[a]: ", "<!-- ", "<a ",
                  "[" * 40, '<img srcset="a,', "<script>"):  # fmt: skip
        link_targets(piece * (200_000 // len(piece)))


def test_published_articles() -> None:
    """Every destination of real files is found, and can be spelt again as it is."""
    root = require_shared("corpus")
    total = differing = 0
    for path in sorted(path for path in root.rglob("*") if path.is_file())[::4]:
        try:
            source = path.read_bytes()
            head = front_matter.read(source, ())
            text = (source[head.end :] if head else source).decode().removeprefix("\ufeff")
            targets = link_targets(text)
        except (UnicodeDecodeError, ArticleError, FrontMatterError):
            continue
        inline = [t.value for t in targets if t.kind in (LinkKind.LINK, LinkKind.IMAGE)]
        seen = urls(text, "commonmark")
        seen.pop("", None)
        assert Counter(inline) == seen, path
        source = text.encode()
        for target in targets:
            total += 1
            differing += spell(target, target.value, source) != source[target.start : target.end]
    assert total > 5_000
    assert differing <= total * 0.01  # escapes that were not needed
