"""What an article says of its language: agreed with, refused, or a translation."""

from __future__ import annotations

import pytest

from translate_pipeline.errors import ArticleError
from translate_pipeline.locale import ALIASES, parse_locale
from translate_pipeline.sites.layout import SourceLocale
from translate_pipeline.sites.source_locale import Stated, agree, source_locale, stated


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\nlang: de\n---\n", Stated("de")),
        ("---\r\nlang: 'de'\r\ntranslated: true\r\n---\r\n", Stated("de", True)),
        ('---\nlanguage: "pt-BR" # comment\n---\n', Stated("pt-BR")),
        ("---\nlocale: zh_Hant\ntranslated: True\n---\n", Stated("zh_Hant", True)),
        ("---\nlocale: fr\nlang: de\n---\n", Stated("de")),
        ('+++\nlang = "de"\ntranslated = true\n+++\n', Stated("de", True)),
        ('{\n  "lang": "de",\n  "translated": true\n}\n', Stated("de", True)),
        ("\ufeff---\nlang: de\n---\n", Stated("de")),
        ("---\ntranslated: false\n---\n", Stated()),
        # Leaves alone: the body, other keys, keys of keys, no front matter.
        ("---\ntitle: x\n---\nlang: de\n", Stated()),
        ("---\nslang: de\nlang_name: x\n---\n", Stated()),
        ("---\nseo:\n  lang: de\n---\n", Stated()),
        ("lang: de\n", Stated()),
        ("", Stated()),
    ],
)
def test_what_is_stated(text: str, said: Stated) -> None:
    assert stated(text) == said


@pytest.mark.parametrize(
    ("path", "value"),
    [("en", "en"), ("en", "en-US"), ("en", "EN_gb"), ("hant", "zh-Hant"), ("zh", "zh-CN"),
     ("en", ""), ("en", "ruby"), ("no", "nb")],
)  # fmt: skip
def test_they_agree(path: str, value: str) -> None:
    locale = parse_locale(path)
    assert agree(locale, value) is locale


@pytest.mark.parametrize(("path", "value"), [("en", "de"), ("zh", "hant"), ("en", "ja")])
def test_they_disagree(path: str, value: str) -> None:
    with pytest.raises(ArticleError) as caught:
        agree(parse_locale(path), value, where="notes/x-en.md")
    message = str(caught.value)
    assert message.startswith("notes/x-en.md: ")
    assert path in message
    assert repr(value) in message
    assert "rename the file" in message


def test_aliases_of_the_site() -> None:
    aliases = {**ALIASES, "jp": "ja"}
    assert agree(parse_locale("ja"), "jp", aliases).tag == "ja"


def test_a_translation_is_never_a_source() -> None:
    english = parse_locale("en")
    assert source_locale("x", "---\nlang: en\ntranslated: true\n---\n", english) is None
    assert source_locale("x", "---\nlang: en\n---\n", english) is english
    assert source_locale("x", "no front matter", english) is english


def test_where_the_front_matter_decides_another_language_is_no_source() -> None:
    english, text = parse_locale("en"), "---\nlang: es\n---\n"
    assert source_locale("x", text, english, rule=SourceLocale.FRONT_MATTER) is None
    with pytest.raises(ArticleError):
        source_locale("x", text, english)
