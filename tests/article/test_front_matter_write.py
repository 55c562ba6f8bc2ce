"""Writing YAML front matter: before and after, byte for byte, in every newline style."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest

from translate_pipeline.article.front_matter import read, write
from translate_pipeline.errors import ConfigError, FrontMatterError

BOM = b"\xef\xbb\xbf"
Fields = Mapping[str, str]
Settings = Mapping[str, object]
LOCALE: Settings = {"lang": "de", "translated": True}


def rewrite(source: bytes, fields: Fields, settings: Settings) -> bytes:
    """The whole file after the edit, read again to see that the new texts are there."""
    block = read(source, tuple(fields))
    assert block is not None
    new = write(source, block, fields, settings)
    result = source[: block.start] + new + source[block.end :]
    again = read(result, tuple(fields))
    assert again is not None
    assert {f.key: f.value.rstrip("\n") for f in again.fields} == {
        key: text.rstrip("\n") for key, text in fields.items() if text.strip()
    }
    return result


# before, texts, settings, after; `\n` stands for the newline style under test
TABLE: list[tuple[str, str, Fields, Settings, str]] = [
    ("plain", "title: Hi\n", {"title": "Hallo"}, {}, "title: Hallo\n"),
    ("plain, odd", "title: Hi\n", {"title": "C# & Co., [1] {2} 100 % – don't"}, {},
     "title: C# & Co., [1] {2} 100 % – don't\n"),
    ("plain, comment", "title:  Hi  # note\n", {"title": "Hallo"}, {}, "title:  Hallo  # note\n"),
    ("plain, colon", "title: Hi\n", {"title": "Foo: bar"}, {}, 'title: "Foo: bar"\n'),
    ("plain, hash", "title: Hi # c\n", {"title": "Foo #1"}, {}, 'title: "Foo #1" # c\n'),
    ("plain, quotes", "title: Hi\n", {"title": "\"Hi\", 'you'"}, {},
     "title: \"\\\"Hi\\\", 'you'\"\n"),
    ("plain, emoji", "title: Hi\n", {"title": "😀 你好: ü"}, {}, 'title: "😀 你好: ü"\n'),
    ("plain, emoji stays", "title: Hi\n", {"title": "😀 你好 ü"}, {}, "title: 😀 你好 ü\n"),
    ("plain, newline", "title: Hi\n", {"title": "a\nb\tc"}, {}, 'title: "a\\nb\\tc"\n'),
    ("plain, separators", "title: Hi\n", {"title": "a\u2028b\ufeff"}, {},
     'title: "a\\u2028b\\uFEFF"\n'),
    ("plain, two lines", "title: Hi\n  there\nx: 1\n", {"title": "Hallo"}, {},
     "title: Hallo\nx: 1\n"),
    ("plain, next line", "title:\n  Hi\nx: 1\n", {"title": "a: b"}, {}, 'title:\n  "a: b"\nx: 1\n'),
    ("plain, empty", "title: Hi\n", {"title": ""}, {}, 'title: ""\n'),
    ("plain, long", "title: Hi\n", {"title": "wort " * 400 + "x"}, {},
     "title: " + "wort " * 400 + "x\n"),
    ("single", "title: 'Hi'  # c\n", {"title": "It's: #1"}, {}, "title: 'It''s: #1'  # c\n"),
    ("single, newline", "title: 'Hi'\n", {"title": "a\nb"}, {}, 'title: "a\\nb"\n'),
    ("single, two lines", "title: 'Hi\n  there'\nx: 1\n", {"title": "Ho"}, {},
     "title: 'Ho'\nx: 1\n"),
    ("double", 'title: "Hi"  # c\n', {"title": 'a "b" \\ c'}, {},
     'title: "a \\"b\\" \\\\ c"  # c\n'),
    ("double stays", 'title: "Hi"\n', {"title": "Hallo"}, {}, 'title: "Hallo"\n'),
    ("literal", "title: |\n  a\n  b\nx: 1\n", {"title": "c\n\nd\n"}, {},
     "title: |\n  c\n\n  d\nx: 1\n"),
    ("literal, chomped", "title: |-  # c\n    a\n\n\nx: 1\n", {"title": "c: d #e\n"}, {},
     "title: |-  # c\n    c: d #e\n\n\nx: 1\n"),
    ("literal, kept", "title: |+\n  a\n\n\nx: 1\n", {"title": "c"}, {},
     "title: |+\n  c\n\n\nx: 1\n"),
    ("literal, indented", "title: |2\n    a\n   b\nx: 1\n", {"title": "c\nd"}, {},
     "title: |2\n  c\n  d\nx: 1\n"),
    ("literal, blank first", "title: |\n  a\nx: 1\n", {"title": "  a\nb"}, {},
     'title: "  a\\nb\\n"\nx: 1\n'),
    ("literal, separator", "title: |-\n  a\nx: 1\n", {"title": "a\u2028b"}, {},
     'title: "a\\u2028b"\nx: 1\n'),
    ("literal, blanks at the end", "title: |\n  a\n   \nx: 1\n", {"title": "b"}, {},
     'title: "b\\n"\n   \nx: 1\n'),
    ("literal, nested", "hero:\n  text: |\n    a\nx: 1\n", {"hero.text": "b"}, {},
     "hero:\n  text: |\n    b\nx: 1\n"),
    ("folded", "title: >\n  a\n  b\n\n  c\nx: 1\n", {"title": "d\ne"}, {},
     "title: >\n  d\n\n  e\nx: 1\n"),
    ("folded, empty lines", "title: >-\n  a\nx: 1\n", {"title": "d\n\n\ne"}, {},
     "title: >-\n  d\n\n\n\n  e\nx: 1\n"),
    ("folded, blank first", "title: >-\n  a\nx: 1\n", {"title": "d\n e"}, {},
     'title: "d\\n e"\nx: 1\n'),
    ("folded, newline first", "title: >-\n  a\nx: 1\n", {"title": "\nd"}, {},
     'title: "\\nd"\nx: 1\n'),
    ("flow", "hero: {text: Hi, y: 1}\n", {"hero.text": "a, b"}, {}, 'hero: {text: "a, b", y: 1}\n'),
    ("flow, plain", "hero: {text: Hi, y: 1}\n", {"hero.text": "ü b"}, {},
     "hero: {text: ü b, y: 1}\n"),
    ("tag", "title: !!str 12 # c\n", {"title": "13"}, {}, 'title: !!str "13" # c\n'),
    ("anchor", "title: &t Hi\nx: 1\n", {"title": "Ho"}, {}, "title: &t Ho\nx: 1\n"),
    ("alias", "x: &t Hi\ntitle: *t\n", {"title": "Ho"}, {}, "x: &t Hi\ntitle: Ho\n"),
    ("explicit key", "? title\n: Hi\n", {"title": "Ho: x"}, {}, '? title\n: "Ho: x"\n'),
    ("several", "title: A\ny: 😀\ndescription: 'B'\n", {"title": "1: a", "description": "ü"}, {},
     "title: \"1: a\"\ny: 😀\ndescription: 'ü'\n"),
    ("the rest", "# c\ntitle: A\ndate:   2024-01-01 10:00:00 +0100 # d\nl: [ a,  b ]\nv: 1.10\n\n"
     "q: 'x'\nb: yes\n# end\n", {"title": "B"}, {},
     "# c\ntitle: B\ndate:   2024-01-01 10:00:00 +0100 # d\nl: [ a,  b ]\nv: 1.10\n\n"
     "q: 'x'\nb: yes\n# end\n"),
    # settings
    ("set in place", "title: A\nlang: en # c\ntranslated: false\n", {}, LOCALE,
     "title: A\nlang: de # c\ntranslated: true\n"),
    ("set, quoted", "lang: 'en'\ntranslated: \"false\"\n", {}, LOCALE,
     "lang: 'de'\ntranslated: true\n"),
    ("set, double", 'lang: "en"\n', {}, {"lang": "no"}, 'lang: "no"\n'),
    ("set, was no text", "lang: no\n", {}, {"lang": "no"}, 'lang: "no"\n'),
    ("set, was empty", "lang:\nx:  # c\n", {}, {"lang": "de", "x": 1}, "lang: de\nx: 1  # c\n"),
    ("set, was a block", "lang: |\n  en\nx: 1\n", {}, {"lang": "de"}, "lang: de\nx: 1\n"),
    ("set, was an alias", "a: &a en\nlang: *a\n", {}, {"lang": "de"}, "a: &a en\nlang: de\n"),
    ("set, holds already", "lang: 'de'\ntranslated: Yes\nn: 0x10\n", {}, {**LOCALE, "n": 16},
     "lang: 'de'\ntranslated: Yes\nn: 0x10\n"),
    ("set, number", "n: 1\n", {}, {"n": 2}, "n: 2\n"),
    ("set, true is not 1", "n: 1\n", {}, {"n": True}, "n: true\n"),
    ("set beats text", "lang: en\n", {"lang": "de"}, {"lang": "de"}, "lang: de\n"),
    ("nested lang stays", "a: {lang: en}\nz: {lang: en}\n", {}, {"lang": "de"},
     "a: {lang: en}\nlang: de\nz: {lang: en}\n"),
    ("added, sorted", "audio: false\nlayout: post\ntitle: A\ntype: note\n", {"title": "B"}, LOCALE,
     "audio: false\nlang: de\nlayout: post\ntitle: B\ntranslated: true\ntype: note\n"),
    ("added, sorted first", "title: A\n", {}, {"lang": "de"}, "lang: de\ntitle: A\n"),
    ("added, sorted last", "a: 1\nb: 2\n", {}, LOCALE, "a: 1\nb: 2\nlang: de\ntranslated: true\n"),
    ("added, unsorted", "title: A\ndate: 2024-01-01\n# end\n", {}, LOCALE,
     "title: A\ndate: 2024-01-01\n# end\nlang: de\ntranslated: true\n"),
    ("added, sorted but for case", "Author: A\nimage: x\nTitle: A\n", {}, {"lang": "de"},
     "Author: A\nimage: x\nlang: de\nTitle: A\n"),
    ("added, under its comment", "# head\n\na: 1\n# of z\n# too\nz: 1\n", {}, {"lang": "de"},
     "# head\n\na: 1\nlang: de\n# of z\n# too\nz: 1\n"),
    ("added, no comment in text", "a: |\n  x\n  # y\nz: 1\n", {}, {"lang": "de"},
     "a: |\n  x\n  # y\nlang: de\nz: 1\n"),
    ("added after kept lines", "a: |+\n  x\n\n\n", {}, {"lang": "de"},
     "a: |+\n  x\n\n\nlang: de\n"),
    ("added, indented", "  z: 1\n  b: 1\n", {}, {"lang": "de"}, "  z: 1\n  b: 1\n  lang: de\n"),
    ("added to nothing", "", {}, LOCALE, "lang: de\ntranslated: true\n"),
    ("added to comment", "# c\n\n", {}, {"lang": "de"}, "# c\n\nlang: de\n"),
    ("added to flow", "{x: [1], title: A, }\n", {}, LOCALE,
     "{x: [1], title: A, lang: de, translated: true, }\n"),
    ("added to flow after a list", "{x: 1, l: [1]}\n", {}, {"lang": "de"},
     "{x: 1, l: [1], lang: de}\n"),
    ("added to sorted flow", "{a: 1, title: A}\n", {}, LOCALE,
     "{a: 1, lang: de, title: A, translated: true}\n"),
    ("added to empty flow", "{}\n", {}, LOCALE, "{lang: de, translated: true}\n"),
    ("added, odd", "z: 1\n", {}, {"no": "null", "a b": "x: y"},
     'a b: "x: y"\n"no": "null"\nz: 1\n'),
    ("added, comment after a list", "a:\n- 1\n# of z\nz: 1\n", {}, {"lang": "de"},
     "a:\n- 1\nlang: de\n# of z\nz: 1\n"),
    ("added, list values", "a:\n- 1\n- 2\nz: 1\n", {}, {"lang": "de"},
     "a:\n- 1\n- 2\nlang: de\nz: 1\n"),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_table(row: tuple[str, str, Fields, Settings, str]) -> None:
    """Every row in all newline styles, with and without a byte order mark and a body."""
    _, before, fields, settings, after = row
    for bom, newline, end in product((b"", BOM), ("\n", "\r\n", "\r"), ("", "\n", "\n\nbody\n")):
        source, wanted = (
            bom + f"---\n{text}---{end}".replace("\n", newline).encode() for text in (before, after)
        )
        assert rewrite(source, fields, settings) == wanted
        assert rewrite(source, {}, {}) == source


# strings that some YAML reader takes for something else, or cannot read unquoted
@pytest.mark.parametrize(
    "text",
    ["no", "yes", "on", "off", "y", "N", "true", "null", "~", "012", "0x1f", "0o17", "12:30", "1.1",
     "1e3", ".inf", "=", "<<", "2024-01-01", "-", "?", ":", "|", "@home", "`x`", "!x", "&x", "*x",
     "%x", "#x", "> x", "- a", "? a", "a: b", "a #b", "a:", "[a", "{a", " a", "a ", "", '"', "'",
     "a\nb", "a\n---\nb", "\t"],
)  # fmt: skip
def test_awkward_text_is_quoted_or_safe(text: str) -> None:
    before = b"---\ntitle: Hi # c\nx: 1\n---\n"
    after = rewrite(before, {"title": text}, {})
    raw = after.split(b"\n")[1].decode()
    assert raw.startswith('title: "')
    assert raw.endswith('" # c')


@pytest.mark.parametrize("text", ["a\x00b", "a\x07", "a\r\nb", "\x7f", "\x85", "\x9f", "\ud800"])
def test_control_characters_are_refused(text: str) -> None:
    block = read(b"---\ntitle: Hi\n---\n", ("title",))
    assert block is not None
    source = b"---\ntitle: Hi\n---\n"
    with pytest.raises(FrontMatterError, match="the new text of `title` holds the control"):
        write(source, block, {"title": text}, {})
    with pytest.raises(FrontMatterError, match="the new text of `lang` holds the control"):
        write(source, block, {}, {"lang": text})


@pytest.mark.parametrize(
    ("source", "fields", "settings", "line", "message"),
    [
        (b"---\nx: 1\nlang: [en]\n---\n", {}, {"lang": "de"}, 3, "holds a list or a mapping"),
        (b"---\nx: 1\nlang:\n  a: b\n---\n", {}, {"lang": "de"}, 3, "holds a list or a mapping"),
        (b"---\nlang: &l en\nx: *l\n---\n", {}, {"lang": "de"}, 2, "write the value out"),
        (b"---\nx: 1\n---\n", {"title": "y"}, {}, 0, "no text under `title`"),
        (b"---\ntitle: 1\n---\n", {"title": "y"}, {}, 0, "no text under `title`"),
        (b"---\n? lang\n---\n", {}, {"lang": "de"}, 0, "without changing others"),
    ],
)
def test_what_cannot_be_written_is_refused(
    source: bytes, fields: Fields, settings: Settings, line: int, message: str
) -> None:
    block = read(source, ())
    assert block is not None
    with pytest.raises(FrontMatterError, match=message) as caught:
        write(source, block, fields, settings)
    assert caught.value.line == line


def test_front_matter_of_another_source() -> None:
    block = read(b"---\ntitle: x\n---\n", ())
    assert block is not None
    with pytest.raises(ValueError, match="another source"):
        write(b"---\ntitle: y\n---\n", block, {}, {})


def test_settings_of_other_types_are_refused() -> None:
    source = b"---\ntitle: x\n---\n"
    block = read(source, ())
    assert block is not None
    with pytest.raises(ConfigError, match="cannot be set to a list"):
        write(source, block, {}, {"lang": ["de"]})
