"""What says `translate="no"`: covered whole, wherever it stands, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from translate_pipeline.article import dialects
from translate_pipeline.article.scan import Mask, masks
from translate_pipeline.article.untranslated import cover

#: why → (source, what is covered)
CASES: dict[str, tuple[str, list[str]]] = {
    "in a line": ('a <b translate="no">c *d*</b> e\n', ['<b translate="no">c *d*</b>']),
    "by its class": ('a <b class="c notranslate">d</b>\n', ['<b class="c notranslate">d</b>']),
    "in capitals": ('a <B TRANSLATE="NO">c</b> d\n', ['<B TRANSLATE="NO">c</b>']),
    "with one of its name inside": (
        'a <b translate="no">c <b>d</b> e</b> f\n',
        ['<b translate="no">c <b>d</b> e</b>'],
    ),
    "one in the other": (
        'a <b translate="no">c <i class="notranslate">d</i></b> e\n',
        ['<b translate="no">c <i class="notranslate">d</i></b>'],
    ),
    "two of them": (
        'a <b translate="no">c</b> d <b translate="no">e</b>\n',
        ['<b translate="no">c</b>', '<b translate="no">e</b>'],
    ),
    "without content": ('a <img translate="no" alt="c"> d\n', ['<img translate="no" alt="c">']),
    "round Markdown blocks": (
        'a\n\n<div translate="no">\n\n# c\n\n- d\n\n<div>e</div>\n\n</div>\n\nf\n',
        ['<div translate="no">\n\n# c\n\n- d\n\n<div>e</div>\n\n</div>'],
    ),
    "in a quotation": (
        '> <div translate="no">\n>\n> a\n>\n> </div>\n>\n> b\n',
        ['<div translate="no">\n>\n> a\n>\n> </div>'],
    ),
    "one HTML block is not Markdown's": ('<div translate="no">\na\n</div>\n', []),
    "its end tag is missing": ('a <b translate="no">c\nd\n\ne\n', ['<b translate="no">c\nd']),
    "the end of the article is missing": ('a <b translate="no">c', ['<b translate="no">c']),
    "shown as code": ('`<b translate="no">` a </b>\n\n```\n<b translate="no">\n```\nc </b>\n', []),
    "an end tag in code is none": (
        'a <b translate="no">c `</b>` d</b> e\n',
        ['<b translate="no">c `</b>` d</b>'],
    ),
    "in a comment": ('<!-- <b translate="no"> --> a </b>\n', []),
    "translate=yes": ('a <b translate="yes">c</b>\n', []),
    "a class that sounds alike": ('a <b class="not-notranslate">c</b>\n', []),
    "the word in prose": ("How to use notranslate: translate = no\n", []),
}


@pytest.mark.parametrize(("source", "covered"), CASES.values(), ids=CASES.keys())
def test_elements(source: str, covered: list[str]) -> None:
    raw = source.encode()
    assert [raw[mask.start : mask.end].decode() for mask in cover(raw, [])] == covered


def test_foreign_constructs_inside_are_part_of_it() -> None:
    raw = b'{{ a }} <b translate="no">{{ c }} d</b> {{ e }}\n'
    found = cover(raw, masks(raw, dialects.find("jekyll")))
    assert [raw[mask.start : mask.end] for mask in found] == [
        b"{{ a }}",
        b'<b translate="no">{{ c }} d</b>',
        b"{{ e }}",
    ]


def test_their_prose_is_not() -> None:
    raw = b'<div translate="no">\n\n{% include a.html alt="b" %}\n\n</div>\n'
    found = cover(raw, masks(raw, dialects.find("jekyll")))
    assert [(mask.start, mask.end, mask.slots) for mask in found] == [(0, len(raw) - 1, ())]


def test_one_that_crosses_a_construct_covers_both() -> None:
    raw = b'{% raw %}a <b translate="no">{% endraw %} c</b> d\n'
    found = cover(raw, masks(raw, dialects.find("jekyll")))
    assert [raw[mask.start : mask.end] for mask in found] == [raw[: raw.index(b" d")]]


def test_where_tags_are_constructs_there_is_no_html_block() -> None:
    raw = b'<p translate="no">a</p>\n\nb\n'
    found = cover(raw, masks(raw, dialects.find("mdx")))
    assert [raw[mask.start : mask.end] for mask in found] == [b'<p translate="no">a</p>']


def test_masks_stay_where_nothing_is_kept() -> None:
    found = [Mask(0, 3, b"x", False)]
    assert cover(b"{{}} a", found) == found


def test_many_openers_without_end_cost_linear_time() -> None:
    """100 KB; a search for each one's end would read 500 MB."""
    for opener in (b'<b translate="no">', b'<b translate="no"', b'a <b class="notranslate">\n\n'):
        raw = opener * (100_000 // len(opener))
        found = cover(raw, [])
        assert all(a.end <= b.start for a, b in pairwise(found))
