"""Reading front matter: what is one, where it stands, what it says, what is refused and where."""

from __future__ import annotations

import time

import pytest
import yaml

from translate_pipeline.article import front_matter_yaml_style, front_matter_yaml_walk
from translate_pipeline.article.front_matter import MAX_BYTES, create, metadata, read, write
from translate_pipeline.errors import ConfigError, FrontMatterError

KEYS = ("title", "description", "hero.text")
BOM = b"\xef\xbb\xbf"

# source, format, bytes after the block
BLOCKS = [
    (b"---\ntitle: x\n---\nbody\n", "yaml", b"body\n"),
    (b"---\ntitle: x\n---", "yaml", b""),
    (b"---\ntitle: x\n...\nbody", "yaml", b"body"),
    (b"---  \ntitle: x\n---\t \n\nbody", "yaml", b"\nbody"),
    (b"---\r\ntitle: x\r\n---\r\nbody", "yaml", b"body"),
    (b"---\rtitle: x\r---\rbody", "yaml", b"body"),
    (BOM + b"---\ntitle: x\n---\nbody", "yaml", b"body"),
    (b"---\n---\nbody", "yaml", b"body"),
    (b"---\n\n# only a comment\n---\nbody", "yaml", b"body"),
    (b"---\n{title: x}\n---\nbody", "yaml", b"body"),
    (b"---\ntext: a --- b\nmore: |\n  ---\n---\nbody", "yaml", b"body"),
    (b"---yaml\ntitle: x\n---\nbody", "yaml", b"body"),
    (b'---json\n{"title": "x"}\n---\nbody', "json", b"body"),
    (b'---toml\ntitle = "x"\n---\nbody', "toml", b"body"),
    (b'+++\ntitle = "x"\n+++\nbody', "toml", b"body"),
    (b"+++\n+++\nbody", "toml", b"body"),
    (b'{"title": "x"}\nbody', "json", b"body"),
    (b'{\r\n\t"a": {"}": "{"}\r\n}\r\n\r\nbody', "json", b"\r\nbody"),
    (BOM + b'{"title": "x"}', "json", b""),
]

NO_FRONT_MATTER = [
    b"",
    b"---",
    b"--- \n",
    b"---\ntitle: x\n",  # no closing fence: a thematic break
    b"---\ntitle: x\n--- y\n",
    b"---\n- a\n- b\n---\n",
    b"---\nsome text\n---\n",
    b"---\nFoo\n---\nBar\n---\nBaz",  # CommonMark 0.31 example 98 has these lines
    b"---\n\nText: with *marks\n\n* and a list\n\n---\n".replace(b"Text: ", b"Text "),
    b"\n---\ntitle: x\n---\n",
    b" ---\ntitle: x\n---\n",
    b"----\ntitle: x\n----\n",
    b"+++\nsome text\n+++\n",
    b"+++\ntitle = 1\n",
    b"{% include x %}\n",
    b"{{ page.title }}\n",
    b"{: .lead}\n",
    b'{"a"}\n',
    b"{}\n",
    b'text {"a": 1}\n',
]


@pytest.mark.parametrize(("source", "form", "rest"), BLOCKS)
def test_block(source: bytes, form: str, rest: bytes) -> None:
    block = read(source, KEYS)
    assert block is not None
    assert (block.format, source[block.end :]) == (form, rest)
    assert source[: block.start] in (b"", BOM)
    assert source[block.text_start : block.text_end].decode() == block.text
    assert write(source, block, {}, {}) == source[block.start : block.end]


@pytest.mark.parametrize("source", NO_FRONT_MATTER)
def test_text_is_no_front_matter(source: bytes) -> None:
    assert read(source, KEYS) is None


# source, (key, value, raw bytes)
FIELDS = [
    (b"---\ntitle: Hi there # note\n---\n", [("title", "Hi there", b"Hi there")]),
    (b"---\ntitle: 'It''s'\n---\n", [("title", "It's", b"'It''s'")]),
    (b'---\ntitle: "a\\tb"\n---\n', [("title", "a\tb", b'"a\\tb"')]),
    (b"---\ntitle: |\n  a\n  b\n\nx: 1\n---\n", [("title", "a\nb\n", b"|\n  a\n  b")]),
    (b"---\ntitle: >- # c\n  a\n  b\n---\n", [("title", "a b", b">- # c\n  a\n  b")]),
    (
        b"---\ntitle:\n  on the next\n  line\n---\n",
        [("title", "on the next line", b"on the next\n  line")],
    ),
    (b"---\ntitle: !!str 12\n---\n", [("title", "12", b"12")]),
    (b"---\ntitle: &t Hi\n---\n", [("title", "Hi", b"Hi")]),
    (b"---\ntitle: &t # c\n  Hi\n---\n", [("title", "Hi", b"Hi")]),
    (b"---\nx: &t Hi\ntitle: *t\n---\n", [("title", "Hi", b"*t")]),
    (b"---\nhero:\n  text: Hi\n---\n", [("hero.text", "Hi", b"Hi")]),
    (b"---\nhero: {a: 1, text: 'Hi'}\n---\n", [("hero.text", "Hi", b"'Hi'")]),
    (b"---\nhero.text: Hi\n---\n", [("hero.text", "Hi", b"Hi")]),
    (b"---\nhero:\n  - text: Hi\n---\n", []),
    (b"---\n'': {title: x}\nx: {title: y}\n---\n", []),
    (b"---\ntitle: 2024\ndescription: 2024-01-01\n---\n", []),
    (b"---\ntitle: ''\ndescription: ' '\nhero: {text: }\n---\n", []),
    (b"---\ntitle: yes\ndescription: ~\n---\n", []),
    (
        b"---\ndescription: two\ntitle: one\n---\n",
        [("description", "two", b"two"), ("title", "one", b"one")],
    ),
    (
        "---\nx: 😀 你好\ntitle: é ü\ndescription: '😀'\n---\n".encode(),
        [("title", "é ü", "é ü".encode()), ("description", "😀", "'😀'".encode())],
    ),
    (
        '+++\nx = "😀"\ntitle = "é"\n[hero]\ntext = \'y\'\n+++\n'.encode(),
        [("title", "é", '"é"'.encode()), ("hero.text", "y", b"'y'")],
    ),
    (
        '{"x": "😀", "title": "\\u00e9", "hero": {"text": "y"}, "l": [{"title": "z"}]}'.encode(),
        [("title", "é", b'"\\u00e9"'), ("hero.text", "y", b'"y"')],
    ),
]


@pytest.mark.parametrize("bom", [b"", BOM], ids=["", "bom"])
@pytest.mark.parametrize(("source", "expected"), FIELDS)
def test_fields(source: bytes, expected: list[tuple[str, str, bytes]], bom: bytes) -> None:
    block = read(bom + source, KEYS)
    assert block is not None
    found = [(f.key, f.value, (bom + source)[f.start : f.end]) for f in block.fields]
    assert found == expected


# source, line, part of the message
REFUSED = [
    (b"---\na: 1\ntitle: Foo: bar\n---\n", 3, "put the value in quotes"),
    (b"---\r\na: 1\r\ntitle: Foo: bar\r\n---\r\n", 3, "put the value in quotes"),
    (b"---\na: 1\nb: {{ x }}: y\n---\n", 3, "no valid YAML"),
    (b"---\n{% if x %}\ntitle: y\n---\n", 2, "no valid YAML"),
    (b"---\ntitle: x\na: 1\ntitle: y\n---\n", 4, "`title` stands here a second time"),
    (b"---\na:\n  b: 1\n  'b': 2\n---\n", 4, "`b` stands here a second time"),
    (b"---\na: *b\n---\n", 2, "`*b` has no anchor"),
    (b"---\na: &b [*b]\n---\n", 2, "`*b` has no anchor"),
    (b"---\na: &b 1\nc: &b [*b]\n---\n", 3, "`*b` has no anchor"),
    (b"---\nx: 1\ntitle: &t x\ny: *t\n---\n", 3, "write the value out"),
    (b"---\nhero: &h {text: x}\ny: *h\n---\n", 2, "write the value out"),
    (b"---\na: 1\n--- b: 2\n---\n", 3, "second YAML document"),
    (b"---\na: " + b"[" * 65 + b"]" * 65 + b"\n---\n", 2, "nested deeper than 64"),
    (b"---\na: 1\nb: \x00\n---\n", 3, "no valid YAML"),
    (b"---\na: 1\ntitle: \xff\n---\n", 3, "no valid UTF-8 at byte 16"),
    (b"---\n\xef\xbb\xbftitle: x\n---\n", 2, "byte order mark"),
    (b"---\na: " + b"x" * MAX_BYTES + b"\n---\n", 1, "longer than"),
    (b"---js\nmodule.exports = {}\n---\n", 1, "in js cannot be edited; use YAML"),
    (b"+++\na = 1\nb = \n+++\n", 3, "no valid TOML"),
    (b"+++\na = 1\na = 2\n+++\n", 3, "no valid TOML"),
    (b"+++\na = " + b"[" * 65 + b"]" * 65 + b"\n+++\n", 2, "nested deeper"),
    (b"+++\nx = 1\n" + b"a." * 65 + b"b = 1\n+++\n", 3, "nested deeper"),
    (b'{\n"a": 1,\n"b": x\n}\n', 3, "no valid JSON"),
    (b'{\n"a": 1,\n"a": 2\n}\n', 3, "`a` stands here a second time"),
    (b'{\n"a": 1,\n', 1, "no closing brace"),
    (b'{"a": ' + b"[" * 65 + b"]" * 65 + b"}", 0, "nests deeper"),
    (b'{"title": "\\ud800"}', 0, "half a character"),
]


@pytest.mark.parametrize(("source", "line", "message"), REFUSED)
def test_refused(source: bytes, line: int, message: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        read(source, KEYS)
    assert message in str(caught.value)
    assert caught.value.line == line


def test_alias_bomb_is_counted_not_built() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(FrontMatterError, match="counting what aliases stand for"):
        read("---\n{}\n---\n".format("\n".join(lines)).encode(), KEYS)


def test_aliases_in_reason_are_read() -> None:
    source = b"---\nbase: &b {x: 1}\nother: *b\nmerged: {<<: *b, y: 2}\ntitle: z\n---\n"
    block = read(source, KEYS)
    assert block is not None
    assert metadata(block)["merged"] == {"x": 1, "y": 2}
    assert [f.key for f in block.fields] == ["title"]


METADATA = [
    (b"---\n---\n", {}),
    (
        b"---\ntranslate:\n  skip: [Code, 'See also']\n  note: formal\n  keys: [alt]\n---\n",
        {"translate": {"skip": ["Code", "See also"], "note": "formal", "keys": ["alt"]}},
    ),
    (b"---\nyes: on\n2: two\ncontent: c\nhandler: h\n---\n",
     {"True": True, "2": "two", "content": "c", "handler": "h"}),
    (b"---\na: !ENV x\nb: !x [1]\nc: !x {y: 1}\nd: 2024-13-45\n---\n",
     {"a": "x", "b": [1], "c": {"y": 1}, "d": "2024-13-45"}),
    (b"---\na: !!python/object:os.system x\n---\n", {"a": "x"}),
    (b"+++\n[translate]\nnote = 'x'\n+++\n", {"translate": {"note": "x"}}),
    (b'{"translate": {"skip": true}}\n', {"translate": {"skip": True}}),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), METADATA)
def test_metadata(source: bytes, expected: dict[str, object]) -> None:
    block = read(source, ())
    assert block is not None
    assert metadata(block) == expected


def test_metadata_that_cannot_be_built_is_refused() -> None:
    block = read(b"---\na: !!int x\n---\n", ())
    assert block is not None
    with pytest.raises(FrontMatterError, match="mend this value"):
        metadata(block)


def test_metadata_of_a_number_to_base_60_takes_no_time() -> None:
    block = read(b"---\na: 1" + b":1" * 100_000 + b"\n---\n", ())
    assert block is not None
    start = time.perf_counter()
    assert isinstance(metadata(block)["a"], str)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "inner",
    [
        b"a: " + b"[" * 250_000,
        b"a:\n" + b"- " * 120_000,
        b"? " * 120_000,
        b'a: "' + b"\n" * 250_000,
        b"a: " + b"&a " * 80_000,
        b"a: [" + b"1," * 120_000 + b"]",
        b"\n".join(b"k%d: x" % n for n in range(20_000)),
        b"a: 1\n" + b"# c\n" * 60_000 + b"title: x",
        b"title: &t " + b"#c\n " * 60_000 + b"x",
        b"a: 1\n---" + b" " * 250_000 + b"x",
    ],
)
def test_hostile_yaml_is_linear(inner: bytes) -> None:
    """Each takes under 0.6 s here; the quadratic ways to read them take minutes."""
    source = b"---\n" + inner + b"\n---\n"
    start = time.perf_counter()
    try:
        block = read(source, KEYS)
        if block:
            write(source, block, {f.key: "y" for f in block.fields}, {"lang": "de"})
    except FrontMatterError:
        pass
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("start", [b"---\n", b"+++\n", b'{"a', b"{ "])
def test_five_megabytes_without_an_end_are_text(start: bytes) -> None:
    before = time.perf_counter()
    assert read(start + b"a: 1 \n" * 800_000, KEYS) is None
    assert time.perf_counter() - before < 5


def test_the_pure_python_parser_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [source for source, *_ in BLOCKS + FIELDS]
    native = [read(source, KEYS) for source in sources]
    monkeypatch.setattr(front_matter_yaml_walk, "LOADER", yaml.SafeLoader)
    monkeypatch.setattr(front_matter_yaml_style, "LOADER", yaml.SafeLoader)
    assert [read(source, KEYS) for source in sources] == native
    source = b"---\ntitle: x # c\n---\n"
    block = read(source, KEYS)
    assert block is not None
    new = write(source, block, {"title": "a: b"}, {"lang": "no"})
    assert new == b'---\nlang: "no"\ntitle: "a: b" # c\n---\n'


def test_create() -> None:
    made = create({"translated": True, "lang": "no", "x": 1}, "\r\n")
    assert made == b'---\r\nlang: "no"\r\ntranslated: true\r\nx: 1\r\n---\r\n'
    assert create({}, "\n") == b"---\n---\n"


@pytest.mark.parametrize("value", [None, [1], {"a": 1}, b"x", float("nan"), float("inf")])
def test_settings_of_other_types_are_refused(value: object) -> None:
    with pytest.raises(ConfigError, match="`lang`"):
        create({"lang": value}, "\n")
