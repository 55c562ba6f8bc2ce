"""Which words stand in YAML without quotation marks: what the short cut and the parser say."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from translate_pipeline.article.front_matter_yaml_style import LOADER, inline

PLAIN = ["Words", "Ünï 中 😀", "a:b", "it's (b), [c] {d} & e", "C# and C#", "3 ways", "a!"]
QUOTED = ["a: b", "a #b", "a:", "a ", "1", "1.5", "yes", "y", "1e3", "2020-01-01", "~", "", "- a",
          "a\tb:\tc", "a\u2028b", "null"]  # fmt: skip


@pytest.mark.parametrize("words", PLAIN)
def test_plain_words_get_no_quotation_marks(words: str) -> None:
    assert inline(words, "") == words


@pytest.mark.parametrize("words", QUOTED)
def test_what_yaml_reads_as_something_else_is_quoted(words: str) -> None:
    assert inline(words, "")[0] == '"'


@given(st.text(st.sampled_from("aB1y :#-\"'{}[],&*!|>%@`?\t\xa0\u2028\ufeffé中😀=.\\")))
@example("a: b")
@example("a  # b")
@example("1:1")
def test_it_loads_as_the_same_words(words: str) -> None:
    loaded = yaml.load(f"k: {inline(words, '')}\nl: x\n", Loader=LOADER)
    assert loaded == {"k": words, "l": "x"}
