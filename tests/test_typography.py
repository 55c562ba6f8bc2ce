"""The table `[typography]` of a locale file: known keys, right types, nothing by default."""

from __future__ import annotations

import doctest

import pytest

from translate_pipeline import typography as module
from translate_pipeline.errors import ConfigError
from translate_pipeline.locale import parse_style
from translate_pipeline.model import Typography
from translate_pipeline.typography import typography

HEAD = """+++
name = "X"
script = "Latn"
quotes = ["a", "b", "c", "d"]
length = [0.5, 2]
length_short = [0.4, 2.5]
stopwords = []
"""


def test_all_keys() -> None:
    table = {
        "quote_space": "\u00a0",
        "space_before": {":": "\u00a0"},
        "punctuation": {",": "，"},
        "abbreviations": ["a"],
        "percent": "",
        "ellipsis": "…",
        "han_latin": "spaced",
    }
    assert typography(table, "x") == Typography(
        "\u00a0", ((":", "\u00a0"),), ((",", "，"),), frozenset({"a"}), "", "…", "spaced"
    )
    assert typography({}, "x") == Typography()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (3, "must be a table"),
        ({"percents": ""}, "unknown keys"),
        ({"percent": 1}, "`percent` must be text"),
        ({"percent": "x"}, "a space"),
        ({"quote_space": "\t"}, "a space"),
        ({"space_before": {":": "x"}}, "a space"),
        ({"space_before": {"::": " "}}, "one character"),
        ({"punctuation": [","]}, "one character"),
        ({"punctuation": {",": 1}}, "one character"),
        ({"abbreviations": "a"}, "list of strings"),
        ({"ellipsis": 3}, "`ellipsis` must be text"),
        ({"han_latin": "maybe"}, "one of spaced"),
    ],
)
def test_faults(table: object, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        typography(table, "prompts/locales/x.md")
    assert str(caught.value).startswith("prompts/locales/x.md: ")


def test_the_words_of_address_go_together() -> None:
    style = parse_style("x", HEAD + 'formal = ["Sie"]\ninformal = ["du"]\n+++\nRules.')
    assert (style.formal, style.informal) == ({"Sie"}, {"du"})
    with pytest.raises(ConfigError, match="go together"):
        parse_style("x", HEAD + 'formal = ["Sie"]\n+++\nRules.')
    with pytest.raises(ConfigError, match="list of strings"):
        parse_style("x", HEAD + 'formal = "Sie"\ninformal = ["du"]\n+++\nRules.')


def test_the_doctest_holds() -> None:
    assert not doctest.testmod(module).failed
