"""mdBook: each construct before and after, and the laws over real books."""

from __future__ import annotations

import pytest

from tests.article.dialects.laws import corpus, covered, loud
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import SegmentError

#: why → (before, after in capitals)
CASES = {
    "an include on its line": (
        "Text.\n{{#include ../a.md:2:10}}\nText.\n",
        "TEXT.\n{{#include ../a.md:2:10}}\nTEXT.\n",
    ),
    "an include in a line": (
        "Text {{#include a.md}} and [b]({{#include c}}).\n",
        "TEXT {{#include a.md}} AND [B]({{#include c}}).\n",
    ),
    "the title for the browser is prose": (
        "{{#title A title}}\n# Text\n",
        "{{#title A TITLE}}\n# TEXT\n",
    ),
    "a playground": (
        "{{#playground a.rs editable}}\n\n{{#rustdoc_include b.rs:1}}\n\ntext\n",
        "{{#playground a.rs editable}}\n\n{{#rustdoc_include b.rs:1}}\n\nTEXT\n",
    ),
    "one that is shown is text": (
        "Write `{{#include a}}`: \\{{#include a.rs}}\n",
        "WRITE `{{#include a}}`: \\{{#INCLUDE A.RS}}\n",
    ),
    "a helper of a plugin": ("{{%course outline}}\n\ntext\n", "{{%course outline}}\n\nTEXT\n"),
    "hidden lines and includes in code": (
        "```rust,editable\n# fn main() {\n{{#include a.rs}}\n# }\n```\n\ntext\n",
        "```rust,editable\n# fn main() {\n{{#include a.rs}}\n# }\n```\n\nTEXT\n",
    ),
    "formulae": (
        "Is \\\\( a_b \\\\) text.\n\n\\\\[\na_b\n\\\\]\n",
        "IS \\\\( a_b \\\\) TEXT.\n\n\\\\[\na_b\n\\\\]\n",
    ),
    "a preprocessor's element": (
        '<Listing number="1-1" caption="A `b` cap">\n\n```rust\na\n```\n\n</Listing>\n\ntext\n',
        '<Listing number="1-1" caption="A `b` CAP">\n\n```rust\na\n```\n\n</Listing>\n\nTEXT\n',
    ),
    "attributes of a heading": ("## Text {#id .c}\n", "## TEXT {#id .c}\n"),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_constructs(before: str, after: str) -> None:
    assert loud(before, "mdbook") == after


def test_a_title_may_not_begin_a_helper() -> None:
    article = parse("{{#title A}}\n", "mdbook")
    with pytest.raises(SegmentError, match="begins template syntax"):
        merge(article, {1: "{{#include b}}"}, {})


def test_sample() -> None:
    covered(corpus("mdbook", sample=40), "mdbook")


@pytest.mark.slow
def test_everything() -> None:
    covered(corpus("mdbook"), "mdbook")
