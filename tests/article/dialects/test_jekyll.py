"""Jekyll: each construct before and after; real articles, and kramdown's own word on them."""

from __future__ import annotations

import re

import pytest

from tests.article.dialects.kramdown import rendered, require_kramdown
from tests.article.dialects.laws import corpus, covered
from tests.laws import accent
from translate_pipeline.article import dialects, merge, parse, splice
from translate_pipeline.errors import SegmentError, StructureError

# Before, after; the name says why.
TABLE: dict[str, tuple[str, str]] = {
    "a tag alone on its line is a block": ("{% seo %}\nabc\n", "{% seo %}\náƀć\n"),
    "a tag and an output among words": ("a {% x y %} b {{ c }}\n", "á {% x y %} ƀ {{ c }}\n"),
    "output in a link target": ("[a]({{ b }}/c)\n", "[á]({{ b }}/c)\n"),
    "tag in a link target": ("[a]({% link b.md %})\n", "[á]({% link b.md %})\n"),
    "output in an attribute": (
        '<a href="{{ b }}" title="{{ c }}">d</a>\n',
        '<a href="{{ b }}" title="{{ c }}">đ</a>\n',
    ),
    "tag in an attribute": ('<i class="{% if b %}c{% endif %}">d</i>\n',
                            '<i class="{% if b %}c{% endif %}">đ</i>\n'),
    "white space control": ("a {%- b -%} c {{- d -}}\n", "á {%- b -%} ć {{- d -}}\n"),
    "both branches of a condition are prose": (
        "{% if a %}\nyes\n{% else %}\nno\n{% endif %}\n",
        "{% if a %}\nýéś\n{% else %}\nńó\n{% endif %}\n",
    ),
    "raw is what it is": ("{% raw %}\n{{ a }} b\n{% endraw %}\nc\n",
                          "{% raw %}\n{{ a }} b\n{% endraw %}\nć\n"),
    "raw among words": ("a {% raw %}{{ b }} c{% endraw %} d\n",
                        "á {% raw %}{{ b }} c{% endraw %} đ\n"),
    "highlight is code": ("{% highlight c %}\na\n\nb\n{% endhighlight %}\n",
                          "{% highlight c %}\na\n\nb\n{% endhighlight %}\n"),
    "comment": ("{% comment %}a\n\nb{% endcomment %}\nc\n",
                "{% comment %}a\n\nb{% endcomment %}\nć\n"),
    "prose parameters of an include": (
        "{% include a.html src=\"b c\" caption=\"Some *prose*\" alt='More' %}\n",
        "{% include a.html src=\"b c\" caption=\"Śóḿé *ṕŕóśé*\" alt='Ḿóŕé' %}\n",
    ),
    "of an include among words": (
        'a {% include a.html title="B" %} c\n', 'á {% include a.html title="Ƀ" %} ć\n'
    ),
    "the parameters that sites give words": (
        '{% include a.html text="B" caption="C" alt="D" title="E" description="F" %}\n',
        '{% include a.html text="Ƀ" caption="Ć" alt="Đ" title="É" description="Ƒ" %}\n',
    ),
    "a value that is code": ("{% include a.html title=page.title %}\n",) * 2,
    "a tag that computes has no prose": (
        '{% assign title = "A b" %}\n{% if title == "A b" %}\n',
    ) * 2,
    "an include shown as code": ('```\n{% include a.html alt="B" %}\n```\n',) * 2,
    "table of contents": ("* a b\n{:toc}\n", "* á ƀ\n{:toc}\n"),
    "attributes of a block": ("a\n{: .b #c}\n", "á\n{: .b #c}\n"),
    "attributes of a block, above it": ("{: .b}\na\n", "{: .b}\ná\n"),
    "attributes of a span": ("*a*{: .b} c\n", "*á*{: .b} ć\n"),
    "attributes of an image": ('![a](b){: title="C d" width="3"}\n',
                            '![á](b){: title="Ć đ" width="3"}\n'),
    "of an image, between single quotation marks": (
        "![a](b){: alt='C d' class='e f'}\n", "![á](b){: alt='Ć đ' class='e f'}\n",
    ),
    "an escaped quotation mark in an attribute": (
        '[a](b){: title="C \\"d\\""}\n', '[á](b){: title="Ć \\"đ\\""}\n'
    ),
    "attribute list definition": ('{:b: .c #d title="E"}\n\na\n{: b}\n',
                                  '{:b: .c #d title="É"}\n\ná\n{: b}\n'),
    "attributes of a heading": ("# a\n{: #b .c}\n", "# á\n{: #b .c}\n"),
    "id of a heading": ("# a {#b}\n", "# á {#b}\n"),
    "kramdown comment": ("{::comment}\na b\n\nc\n{:/comment}\n\nd\n",
                         "{::comment}\na b\n\nc\n{:/comment}\n\nđ\n"),
    "kramdown comment, short": ("a {::comment}b{:/} c\n", "á {::comment}b{:/} ć\n"),
    "a comment shown as code hides nothing": ("`{::comment}` a `{:/comment}`\n",
                                              "`{::comment}` á `{:/comment}`\n"),
    "no Markdown": ("{::nomarkdown}\n<b>a</b>\n{:/nomarkdown}\n",) * 2,
    "options": ('{::options parse_block_html="true" /}\n\na\n',
                '{::options parse_block_html="true" /}\n\ná\n'),
    "inline formula": ("a $$b_c * d$$ e\n", "á $$b_c * d$$ é\n"),
    "formula on one line": ("$$b_c * d$$\n\na\n", "$$b_c * d$$\n\ná\n"),
    "formula in lines that look like a list": ("$$\na\n+ b\n- c\n$$\n\nd\n",
                                               "$$\na\n+ b\n- c\n$$\n\nđ\n"),
    "formula in an item": ("1. a\n\n   $$\n   + b\n   $$\n\n   c\n",
                           "1. á\n\n   $$\n   + b\n   $$\n\n   ć\n"),
    "formulae side by side": ("a $$b$$\nand $$c$$ d\n", "á $$b$$ áńđ $$c$$ đ\n"),
    "LaTeX environment": ("\\begin{align*}\na &= b \\\\\n+ c\n\\end{align*}\n\nd\n",
                          "\\begin{align*}\na &= b \\\\\n+ c\n\\end{align*}\n\nđ\n"),
    "definition list": ("a\n: b *c*\n: d\n", "á\n: ƀ *ć*\n: đ\n"),
    "abbreviation": ("*[HTML]: Markup Language\n\na b\n",
                     "*[HTML]: Ḿáŕķúṕ Ĺáńǵúáǵé\n\ná ƀ\n"),
    "abbreviations below each other": ("*[A]: b\n*[C D]:  e\n", "*[A]: ƀ\n*[C D]:  é\n"),
    "footnote": ("a[^b]\n\n[^b]: c\n    d\n\n    e\n", "á[^b]\n\n[^b]: ć đ\n\n    é\n"),
    "pipe in code in a table": ("|a|b|\n|-|-|\n|`c|d`|e|\n", "|á|ƀ|\n|-|-|\n|`c|d`|é|\n"),
    "Markdown in HTML": ('<div markdown="1">\n*a*\n</div>\n', '<div markdown="1">\n*á*\n</div>\n'),
    "Markdown right below a tag": ("</div>\n## a\n", "</div>\n## á\n"),
    "in an item, four spaces are no code, six are": (
        "* a\n\n    b\n\n      c\n", "* á\n\n    ƀ\n\n      c\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), TABLE.values(), ids=TABLE.keys())
def test_constructs(before: str, after: str) -> None:
    article = parse(before, "jekyll")
    assert merge(article, accent.targets(article), {}) == after


def test_kramdown_reads_every_construct_as_before() -> None:
    require_kramdown()
    sources, outputs = zip(*TABLE.values(), strict=True)
    for before, old, new in zip(sources, rendered([*sources]), rendered([*outputs]), strict=True):
        assert _without_ids(accent.plain(new)) == _without_ids(old), before


def test_prose_parameters_are_data() -> None:
    dialect = dialects.find("jekyll")
    text = '{% include a.html note="B" %}\n'
    assert parse(text, dialect).segments == ()
    article = parse(text, dialects.with_prose(dialect, ["note", "title"]))
    assert merge(article, {1: "Ü"}, {}) == '{% include a.html note="Ü" %}\n'
    assert dialects.with_prose(dialect, ()) == dialect
    assert dialect.prose.count("title") == 1


def test_a_quotation_mark_is_escaped_in_an_attribute_list() -> None:
    article = parse('*a*{: title="B"}\n', "jekyll")
    assert merge(article, {2: 'say "x"'}, {}) == '*a*{: title="say \\"x\\""}\n'
    with pytest.raises(StructureError):  # a brace would end the list
        merge(article, {2: "x} y"}, {})


def test_a_parameter_cannot_end_early() -> None:
    single = parse("{% include a.html alt='B' %}\n", "jekyll")
    assert merge(single, {1: "it's"}, {}) == "{% include a.html alt='it’s' %}\n"
    double = parse('{% include a.html alt="B" %}\n', "jekyll")
    with pytest.raises(SegmentError, match="typographic"):
        merge(double, {1: 'say "x"'}, {})


def test_sample_of_real_articles() -> None:
    covered(corpus("jekyll", sample=60), "jekyll")


@pytest.mark.slow
def test_all_real_articles() -> None:
    covered(corpus("jekyll"), "jekyll")


@pytest.mark.parametrize(
    ("heading", "identifier", "after"),
    [
        ("a b", "a-b", "## Ö {#a-b}"),
        ("über", "über", "## Ö {#über}"),
        # kramdown takes `{#3-a}` for words: no digit may begin an id there.
        ("3. a", "3-a", '## <a id="3-a"></a>Ö'),
    ],
)
def test_the_old_id_of_a_heading(heading: str, identifier: str, after: str) -> None:
    require_kramdown()
    article = parse(f"## {heading}\n\n[x](#{identifier})\n", "jekyll")
    output = merge(
        article, {1: after.rsplit("</a>", maxsplit=1)[-1].removeprefix("## ").split(" {#")[0]}, {}
    )
    assert output.startswith(after + "\n")
    assert _live_links(rendered([output])[0]) == {identifier}


@pytest.mark.slow
def test_kramdown_sees_other_words_and_nothing_else() -> None:
    """The rendered page before and after differs in letters only, and its links still work."""
    require_kramdown()
    before, after, names = [], [], []
    for path in corpus("jekyll"):
        text = path.read_bytes().decode()
        if accent.has_accents(text):
            continue
        article = parse(text, "jekyll")
        output = splice(article, accent.targets(article), {})
        before.append(article.source[article.body :].decode())
        after.append(output[parse(output.decode(), "jekyll").body :].decode())
        names.append(path.name)
    assert len(names) > 200
    for name, old, new in zip(names, rendered(before), rendered(after), strict=True):
        assert _without_ids(accent.plain(new)) == _without_ids(old), name
        assert _live_links(old) <= _live_links(new), name


def _without_ids(html: str) -> str:
    """Without the ids of headings, which follow their words, and the space of joined lines."""
    html = re.sub(r'(<h[1-6])(?: id="[^"]*")', r"\1", html)
    html = re.sub(r'(<h[1-6]>)<a id="[^"]*"></a>', r"\1", html)  # the old id of a heading
    return re.sub(r'<a href="#[^"]*" id="markdown-toc-[^"]*"', "<a", html).replace(" ", "")


def _live_links(html: str) -> set[str]:
    """In-page links that lead somewhere; those of a table of contents follow the words."""
    ids = set(re.findall(r'\bid="([^"]*)"', html))
    return {x for x in re.findall(r'href="#([^"]*)"(?! id="markdown-toc)', html) if x in ids}
