"""Writing JSON front matter: before and after, byte for byte, in the object's own layout."""

from __future__ import annotations

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
    ("text", '{"title" : "H\\u00e9" ,"x":1.50}', {"title": 'a "b" \\ 你好 😀\n'}, {},
     '{"title" : "a \\"b\\" \\\\ 你好 😀\\n" ,"x":1.50}'),
    ("nested", '{"l": [{"text": "n"}], "hero": {"l": [], "text": "a"}}', {"hero.text": "b"}, {},
     '{"l": [{"text": "n"}], "hero": {"l": [], "text": "b"}}'),
    ("brackets in text", '{"x": "}]{[\\"", "title": "a"}', {"title": "}"}, {},
     '{"x": "}]{[\\"", "title": "}"}'),
    ("slash and escapes stay", '{"x": "\\/\\u00e9",\n"title": "a"}', {"title": "b"}, {},
     '{"x": "\\/\\u00e9",\n"title": "b"}'),
    ("set in place", '{"lang": "en", "translated": false, "a": null}', {}, LOCALE,
     '{"lang": "de", "translated": true, "a": null}'),
    ("set, holds already", '{"lang":"d\\u0065","translated":true}', {}, LOCALE,
     '{"lang":"d\\u0065","translated":true}'),
    ("set, true is not 1", '{"n": 1, "m": null}', {}, {"n": True, "m": 2},
     '{"n": true, "m": 2}'),
    ("added, sorted", '{\n  "a": 1,\n  "title": "x",\n  "z": [\n    1\n  ]\n}', {}, LOCALE,
     '{\n  "a": 1,\n  "lang": "de",\n  "title": "x",\n  "translated": true,\n'
     '  "z": [\n    1\n  ]\n}'),
    ("added, sorted last", '{\n\t"a":{"z": 1}\n}', {}, LOCALE,
     '{\n\t"a":{"z": 1},\n\t"lang":"de",\n\t"translated":true\n}'),
    ("added, sorted first", '{\n  "title" : "x"\n}', {}, {"lang": "de"},
     '{\n  "lang": "de",\n  "title" : "x"\n}'),
    ("added, unsorted", '{"title": "x", "a": 1 }', {}, LOCALE,
     '{"title": "x", "a": 1, "lang": "de", "translated": true }'),
    ("added, compact", '{"title":"x"}', {}, LOCALE, '{"lang":"de","title":"x","translated":true}'),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_table(row: tuple[str, str, Fields, Settings, str]) -> None:
    _, before, fields, settings, after = row
    for bom, newline, end in product((b"", BOM), ("\n", "\r\n"), ("", "\n", "\n\nbody\n")):
        source, wanted = (
            bom + (text + end).replace("\n", newline).encode() for text in (before, after)
        )
        block = read(source, tuple(fields))
        assert block is not None
        new = write(source, block, fields, settings)
        result = source[: block.start] + new + source[block.end :]
        assert result == wanted
        assert write(source, block, {}, {}) == source[block.start : block.end]
        again = read(result, tuple(fields))
        assert again is not None
        assert {f.key: f.value for f in again.fields} == dict(fields)
        for key, value in settings.items():
            assert metadata(again)[key] == value
            assert type(metadata(again)[key]) is type(value)


def test_fenced_json() -> None:
    source = b"---json\n{}\n---\nbody"
    block = read(source, ())
    assert block is not None
    new = write(source, block, {}, LOCALE)
    assert new == b'---json\n{"lang": "de", "translated": true}\n---\n'


@pytest.mark.parametrize(
    ("source", "fields", "settings", "message"),
    [
        (b'{"lang": ["en"]}', {}, {"lang": "de"}, "holds a list or an object"),
        (b'{"title": 1}', {"title": "x"}, {}, "no text under `title`"),
        (b'{"title": "a"}', {"title": "x\x00"}, {}, r"U\+0000"),
    ],
)
def test_what_cannot_be_written_is_refused(
    source: bytes, fields: Fields, settings: Settings, message: str
) -> None:
    block = read(source, ())
    assert block is not None
    with pytest.raises(FrontMatterError, match=message):
        write(source, block, fields, settings)
