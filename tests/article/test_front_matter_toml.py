"""Writing TOML front matter: before and after, byte for byte, in both newline styles of TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from itertools import product

import pytest

from translate_pipeline.article.front_matter import metadata, read, write
from translate_pipeline.errors import FrontMatterError

BOM = b"\xef\xbb\xbf"
Fields = Mapping[str, str]
Settings = Mapping[str, object]
LOCALE: Settings = {"lang": "de", "translated": True}

# before, texts, settings, after; `\n` stands for the newline style under test
TABLE: list[tuple[str, str, Fields, Settings, str]] = [
    ("basic", 'title = "Hi"  # c\n', {"title": 'a "b" \\ c'}, {},
     'title = "a \\"b\\" \\\\ c"  # c\n'),
    ("basic, newline", 'title = "Hi"\n', {"title": "a\nb 😀"}, {}, 'title = "a\\nb 😀"\n'),
    ("literal", "title = 'Hi'\n", {"title": 'C:\\x "y" 你好'}, {}, "title = 'C:\\x \"y\" 你好'\n"),
    ("literal, quote", "title = 'Hi'\n", {"title": "It's"}, {}, 'title = "It\'s"\n'),
    ("multi-line", 'title = """\na\nb\n"""\n', {"title": 'c\\\n"d"'}, {},
     'title = """\nc\\\\\n"d"\n"""\n'),
    ("multi-line, quotes", 'title = """a"""\n', {"title": 'b """" "'}, {},
     'title = """b \\"\\"\\"" \\""""\n'),
    ("multi-line, newline first", 'title = """a"""\n', {"title": "\nb"}, {},
     'title = """\n\nb"""\n'),
    ("multi-line literal", "title = '''\na\n'''\n", {"title": "b\\n 'c'\nd"}, {},
     "title = '''\nb\\n 'c'\nd\n'''\n"),
    ("multi-line literal, quotes", "title = '''a'''\n", {"title": "b'"}, {},
     'title = """b\'"""\n'),
    ("table", "x = 1\n[hero]\ntext = 'a'\n[[l]]\ntitle = 'z'\n", {"hero.text": "b"}, {},
     "x = 1\n[hero]\ntext = 'b'\n[[l]]\ntitle = 'z'\n"),
    ("dotted", "hero.text = 'a'\n\"x y\".text = 'z'\n", {"hero.text": "b", "x y.text": "c"}, {},
     "hero.text = 'b'\n\"x y\".text = 'c'\n"),
    ("inline table", "hero = { x = [1, {text = 'n'}], text = 'a' } # c\n", {"hero.text": "b"}, {},
     "hero = { x = [1, {text = 'n'}], text = 'b' } # c\n"),
    ("under an array of tables", "title = 'a'\n[[hero]]\ntext = 'n'\n[hero.x]\ntext = 'n'\n",
     {"title": "b"}, {}, "title = 'b'\n[[hero]]\ntext = 'n'\n[hero.x]\ntext = 'n'\n"),
    ("strings like syntax", "x = '''\ntitle = \"n\" # ''\n[y]'''\ntitle = 'a'\n",
     {"title": "b"}, {}, "x = '''\ntitle = \"n\" # ''\n[y]'''\ntitle = 'b'\n"),
    ("the rest", "# c\nd = 1979-05-27 07:32:00 # d\nf=1.50\nl = [ 1,\n  2, # c\n]\ntitle = 'a'\n",
     {"title": "b"}, {},
     "# c\nd = 1979-05-27 07:32:00 # d\nf=1.50\nl = [ 1,\n  2, # c\n]\ntitle = 'b'\n"),
    ("set in place", "title = 'a'\nlang = 'en' # c\ntranslated = false\n", {}, LOCALE,
     "title = 'a'\nlang = 'de' # c\ntranslated = true\n"),
    ("set, holds already", "lang='de'\ntranslated  =  true\n", {}, LOCALE,
     "lang='de'\ntranslated  =  true\n"),
    ("set, true is not 1", "n = 1\nd = 1979-05-27 07:32:00 # d\n", {}, {"n": True, "d": 1.5},
     "n = true\nd = 1.5 # d\n"),
    ("added, sorted", "audio = 1\ntitle = 'a'\nz = 1\n\n[t]\nx = 1\n", {}, LOCALE,
     "audio = 1\nlang = \"de\"\ntitle = 'a'\ntranslated = true\nz = 1\n\n[t]\nx = 1\n"),
    ("added, unsorted", "title = 'a'\na = [\n1] # c\n\n# t\n[t]\nx = 1\n", {}, LOCALE,
     "title = 'a'\na = [\n1] # c\nlang = \"de\"\ntranslated = true\n\n# t\n[t]\nx = 1\n"),
    ("added, unsorted, no table", "title = 'a'\na = 1\n# end\n", {}, {"lang": "no"},
     "title = 'a'\na = 1\n# end\nlang = \"no\"\n"),
    ("added, only tables", "[t]\nlang = 1\n", {}, {"lang": "de"}, 'lang = "de"\n[t]\nlang = 1\n'),
    ("added to nothing", "", {}, LOCALE, 'lang = "de"\ntranslated = true\n'),
    ("added, under its comment", "a = 1\n# of z\nz = 1\n", {}, {"lang": "de"},
     'a = 1\nlang = "de"\n# of z\nz = 1\n'),
    ("added, odd key", "a = 1\n", {}, {'b "c"': "d"}, 'a = 1\n"b \\"c\\"" = "d"\n'),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_table(row: tuple[str, str, Fields, Settings, str]) -> None:
    _, before, fields, settings, after = row
    for bom, newline, end in product((b"", BOM), ("\n", "\r\n"), ("", "\n", "\n\nbody\n")):
        source, wanted = (
            bom + f"+++\n{text}+++{end}".replace("\n", newline).encode() for text in (before, after)
        )
        block = read(source, tuple(fields))
        assert block is not None
        new = write(source, block, fields, settings)
        result = source[: block.start] + new + source[block.end :]
        assert result == wanted
        assert write(source, block, {}, {}) == source[block.start : block.end]
        again = read(result, tuple(fields))
        assert again is not None
        assert {f.key: f.value.rstrip("\n") for f in again.fields} == dict(fields)
        for key, value in settings.items():
            assert metadata(again)[key] == value
            assert type(metadata(again)[key]) is type(value)


def test_the_closing_fence_cannot_be_smuggled_in() -> None:
    source = b'+++\ntitle = """\na"""\n+++\nbody'
    block = read(source, ("title",))
    assert block is not None
    with pytest.raises(FrontMatterError, match="closing fence"):
        write(source, block, {"title": "a\n+++\nb"}, {})
    assert tomllib.loads(write(source, block, {"title": "a +++\nb"}, {})[4:-4].decode()) == {
        "title": "a +++\nb"
    }


@pytest.mark.parametrize(
    ("source", "fields", "settings", "message"),
    [
        (b"+++\nlang = ['en']\n+++\n", {}, {"lang": "de"}, "holds a list or a table"),
        (b"+++\n[lang]\na = 1\n+++\n", {}, {"lang": "de"}, "holds a list or a table"),
        (b"+++\ntitle = 1\n+++\n", {"title": "x"}, {}, "no text under `title`"),
        (b"+++\ntitle = 'a'\n+++\n", {"title": "x\x00"}, {}, r"U\+0000"),
    ],
)
def test_what_cannot_be_written_is_refused(
    source: bytes, fields: Fields, settings: Settings, message: str
) -> None:
    block = read(source, ())
    assert block is not None
    with pytest.raises(FrontMatterError, match=message):
        write(source, block, fields, settings)
