"""Length bounds for sources that are not English."""

from __future__ import annotations

from translate_pipeline.conversation.style import for_source, parse_style
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.resources import read_prompt


def test_the_parser_is_the_one_of_the_locale_room() -> None:
    style = parse_style("de", read_prompt("locales/de"))
    assert style == load_style(parse_locale("de"))


def test_for_english_sources_nothing_changes() -> None:
    german = load_style(parse_locale("de"))
    assert for_source(german, load_style(parse_locale("en"))) is german
    assert for_source(german, load_style(parse_locale("en-GB"))) is german


def test_other_sources_divide_the_bands() -> None:
    german, chinese = load_style(parse_locale("de")), load_style(parse_locale("zh"))
    turned = for_source(german, chinese)
    assert turned.length == (round(0.83 / 0.76, 2), round(1.69 / 0.20, 2))
    assert turned.length_short == (round(0.76 / 0.88, 2), round(1.97 / 0.20, 2))
    assert turned.rules == german.rules
    english = for_source(load_style(parse_locale("en")), german)
    assert english.length == (round(1 / 1.69, 2), round(1 / 0.83, 2))
