"""Names of languages: canonical tags, site spellings, scripts, hints, and the nearest style."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.errors import ConfigError, LocaleError
from translate_pipeline.locale import ALIASES, load_style, parse_locale, parse_style


@pytest.mark.parametrize(
    ("name", "tag", "english", "script", "rtl"),
    [
        ("de", "de", "German", "Latn", False),
        ("DE", "de", "German", "Latn", False),
        ("pt_br", "pt-BR", "Brazilian Portuguese", "Latn", False),
        ("de-CH", "de-CH", "German (Switzerland)", "Latn", False),
        ("zh", "zh-Hans", "Simplified Chinese", "Hans", False),
        ("zh_TW", "zh-Hant-TW", "Traditional Chinese (Taiwan)", "Hant", False),
        ("zh-cn", "zh-Hans-CN", "Simplified Chinese (Mainland China)", "Hans", False),
        ("hant", "zh-Hant-HK", "Traditional Chinese (Hong Kong)", "Hant", False),
        ("hans", "zh-Hans", "Simplified Chinese", "Hans", False),
        ("tw", "zh-Hant-TW", "Traditional Chinese (Taiwan)", "Hant", False),
        ("ja", "ja", "Japanese", "Jpan", False),
        ("ko", "ko", "Korean", "Kore", False),
        ("ar", "ar", "Arabic", "Arab", True),
        ("iw", "he", "Hebrew", "Hebr", True),
        ("fa", "fa", "Persian", "Arab", True),
        ("sr", "sr", "Serbian", "Cyrl", False),
        ("sr-Latn", "sr-Latn", "Serbian (Latin script)", "Latn", False),
        ("eng", "en", "English", "Latn", False),
        ("no", "nb", "Norwegian Bokmål", "Latn", False),
        ("en-XA", "en-XA", "Pseudo-English", "Latn", False),
        # A language without a name in the table is called by its tag.
        ("nds", "nds", "nds", "Latn", False),
    ],
)
def test_names(name: str, tag: str, english: str, script: str, rtl: bool) -> None:
    locale = parse_locale(name)
    assert (locale.tag, locale.english, locale.script, locale.rtl) == (tag, english, script, rtl)
    assert locale.name == name


@pytest.mark.parametrize(
    "name",
    ["", " ", "xx", "nonsense", "und", "mul", "x-foo", "de/../x", "a" * 500, "de--DE", "\x00"],
)
def test_nonsense_is_refused_with_advice(name: str) -> None:
    with pytest.raises(LocaleError, match="BCP 47") as caught:
        parse_locale(name)
    assert len(str(caught.value)) < 200


def test_a_country_gets_its_language_as_a_hint() -> None:
    with pytest.raises(LocaleError, match="write `ja`"):
        parse_locale("jp")
    assert parse_locale("jp", {**ALIASES, "JP": "ja"}).tag == "ja"


def test_own_aliases_replace_the_default_ones_and_may_name_a_default_one() -> None:
    assert parse_locale("mandarin", {"mandarin": "zh"}).tag == "zh-Hans"
    assert parse_locale("pt_EU", {"pt-eu": "pt-PT"}).tag == "pt-PT"
    with pytest.raises(LocaleError):
        parse_locale("mandarin")


@given(st.text(alphabet=string.ascii_letters + string.digits + "-_ é", max_size=20))
def test_any_name_gives_a_stable_locale_or_a_locale_error(name: str) -> None:
    try:
        locale = parse_locale(name)
    except LocaleError:
        return
    again = parse_locale(locale.tag)
    assert (again.tag, again.script, again.rtl) == (locale.tag, locale.script, locale.rtl)
    assert load_style(locale).script == locale.script


@pytest.mark.parametrize(
    ("name", "quotes", "mark"),
    [
        ("de", "„“‚‘", "Address: Sie"),
        ("de-AT", "„“‚‘", "Address: Sie"),
        ("de-CH", "«»‹›", "Swiss"),
        ("de-LI", "«»‹›", "Swiss"),
        ("pt", "“”‘’", "Brazilian"),
        ("pt-BR", "“”‘’", "Brazilian"),
        ("pt-AO", "«»“”", "European"),
        ("zh-Hant", "「」『』", "Taiwan"),
        ("zh-TW", "「」『』", "Taiwan"),
        ("zh-HK", "「」『』", "Hong Kong"),
        ("zh-MO", "「」『』", "Hong Kong"),
        ("zh-SG", "“”‘’", "Mainland"),
        ("en-AU", "‘’“”", "British"),
        ("en-US", "“”‘’", "American"),
        # No file, or a file in another script: a neutral style.
        ("fi", "“”‘’", "conventions of the target language"),
        ("az-Arab", "“”‘’", "conventions of the target language"),
        ("uz-Cyrl", "“”‘’", "conventions of the target language"),
    ],
)
def test_the_nearest_style(name: str, quotes: str, mark: str) -> None:
    locale = parse_locale(name)
    style = load_style(locale)
    assert "".join(style.quotes) == quotes
    assert mark in style.rules
    assert (style.tag, style.script) == (locale.tag, locale.script)


def test_a_borrowed_style_carries_the_name_of_the_language_asked_for() -> None:
    assert load_style(parse_locale("de-AT")).name == "German (Austria)"
    assert load_style(parse_locale("fi")).name == "Finnish"


HEAD = """+++
name = "X"
script = "Latn"
quotes = ["a", "b", "c", "d"]
length = [0.5, 2]
length_short = [0.4, 2.5]
stopwords = ["und"]
+++
Two
lines.
"""


def test_a_style_file_is_read() -> None:
    style = parse_style("de", HEAD)
    assert style.rules == "Two lines."
    assert style.length == (0.5, 2.0)
    assert style.quotes == ("a", "b", "c", "d")
    assert style.stopwords == {"und"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("+++\nname", "name", "head is missing"),
        ("stopwords = [", "stopwords = ", "no TOML"),
        ('script = "Latn"\n', "", r"missing keys \['script'\]"),
        ("quotes", "quote", "unknown keys"),
        ('"c", "d"', '"c"', "4 strings"),
        ('"c", "d"', "1, 2", "list of strings"),
        ("[0.5, 2]", "[2, 0.5]", "lowest, highest"),
        ("[0.5, 2]", '"wide"', "lowest, highest"),
        ("Latn", "Latin", "ISO 15924"),
    ],
)
def test_a_damaged_style_file_is_named(old: str, new: str, message: str) -> None:
    assert old in HEAD
    with pytest.raises(ConfigError, match=message) as caught:
        parse_style("de", HEAD.replace(old, new, 1))
    assert str(caught.value).startswith("prompts/locales/de.md: ")
