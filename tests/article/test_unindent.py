"""No indented code: the same bytes, lines back at their block's margin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.article.unindent import unindent

#: before → after, with `·` for a space that matters
TABLE = {
    "nothing to do": ("a\n   b\n", "a\n   b\n"),
    "below a blank line": ("a\n\n    b\n", "a\n····\nb\n"),
    "below a tag": ("<?x?>\n      b\n", "<?x?>······\nb\n"),
    "text that goes on keeps its margin": ("a\n      b\n", "a\n      b\n"),
    "a tab": ("a\n\n\tb\n", "a\n·\nb\n"),
    "a list and what is in it": (
        "<?x?>\n    - a\n        - b\n\n      c\n",
        "<?x?>····\n- a····\n    - b\n····\n  c\n",
    ),
    "further right than an item's text": ("- a\n\n      b\n", "- a\n····\n  b\n"),
    "an ordinary nested list": ("- a\n\n    - b\n", "- a\n\n    - b\n"),
    "a fence and its code": (
        "<?x?>\n    ```\n      a\n    ```\n    b\n",
        "<?x?>····\n```····\n  a····\n```····\nb\n",
    ),
    "code in a fence at the margin": ("```\n    a\n\n    b\n```\n", "```\n    a\n\n    b\n```\n"),
    "behind a fence": ("```\n    a\n```\n    b\n", "```\n    a\n```····\nb\n"),
    "CRLF": ("a\r\n\r\n    b\r\n", "a\r\n····\r\nb\r\n"),
    "the first line": ("    a\n    b\n", "···\na\n    b\n"),
    "a fence that is the first line": ("\t```\n\ta\n\t```\n", "\n```·\na·\n```\n"),
    "a rule is no item": ("a\n\n    * * *\n    b\n", "a\n····\n* * *····\nb\n"),
}


@pytest.mark.parametrize(("before", "after"), TABLE.values(), ids=TABLE.keys())
def test_unindent(before: str, after: str) -> None:
    assert unindent(before.encode()).decode() == after.replace("·", " ")


PIECES = ["\n", "    ", "\t", "- ", "1. ", "a", "```\n", "> ", "<?x?>\n", "\r\n", "* * *\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_byte_is_lost_and_text_stays_where_it_is(pieces: list[str]) -> None:
    before = "".join(pieces).encode()
    after = unindent(before)
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert old == new or (old in b" \t\r\n" and new in b" \r\n")
