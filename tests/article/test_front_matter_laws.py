"""The laws of front matter, on invented, mutilated and published files.

Writing nothing changes nothing; what is written is read again; bytes outside the spans stay; all
other values keep value and type; nothing but FrontMatterError is ever raised.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import require_shared
from translate_pipeline.article.front_matter import FrontMatter, metadata, read, write
from translate_pipeline.article.front_matter_edit import same
from translate_pipeline.errors import FrontMatterError

AWKWARD = "Foo: bar # \"x\" 'y' — ü 你好"
LOCALE = {"lang": "de", "translated": True}

# What any target may be: no control characters but tab and line feed, no surrogates.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"))
names = st.text("abcdefghijklmnopqrstuvwxyz_-", min_size=1, max_size=8).filter(
    lambda name: yaml.safe_load(name) == name
)


def spelled(text: str, style: str) -> str:
    """A value in one of the YAML styles, as an author would write it."""
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if style == '"':
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if style in ("|", ">", "|-", ">+"):
        return f"{style}\n    {text}\n\n    {text}"
    return text


@st.composite
def articles(draw: st.DrawFn) -> tuple[bytes, tuple[str, ...]]:
    """An article with YAML front matter of unique keys, and the keys that hold texts."""
    word = st.sampled_from(["Hi", "ü 你好", "😀 x", "two words", "It-s (really)", "a.b"])
    styles = st.sampled_from(["", "'", '"', "|", ">", "|-", ">+"])
    keys = draw(st.lists(names, unique=True, min_size=1, max_size=6))
    lines = []
    chosen = []
    for key in draw(st.sampled_from([keys, sorted(keys)])):
        lines += draw(st.lists(st.sampled_from(["# note", ""]), max_size=1))
        if draw(st.booleans()):
            lines.append(f"{key}: {spelled(draw(word), draw(styles))}")
            chosen.append(key)
        else:
            others = ["1", "yes", "2024-01-01", "[a, b]  # c", "{title: x}", "", "\n  - 1", "1.10"]
            lines.append(f"{key}: {draw(st.sampled_from(others))}")
    text = "---\n" + "\n".join(lines) + "\n---" + draw(st.sampled_from(["", "\n", "\nbody\n"]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    bom = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return bom + text.replace("\n", newline).encode(), tuple(chosen)


def between(source: bytes, block: FrontMatter) -> list[bytes]:
    """The bytes of a file that belong to no chosen value."""
    pieces = []
    at = 0
    for field in block.fields:
        pieces.append(source[at : field.start])
        at = field.end
    return [*pieces, source[at:]]


def parsed(source: bytes, keys: tuple[str, ...]) -> FrontMatter:
    block = read(source, keys)
    assert block is not None
    return block


@settings(deadline=None, max_examples=150)
@given(articles())
def test_writing_nothing_changes_nothing(article: tuple[bytes, tuple[str, ...]]) -> None:
    source, keys = article
    block = parsed(source, keys)
    assert {f.key for f in block.fields} == set(keys)
    old = source[block.start : block.end]
    assert write(source, block, {}, {}) == old
    assert write(source, block, {f.key: f.value for f in block.fields}, {}) == old
    assert write(source, block, {}, {f.key: f.value for f in block.fields}) == old


@settings(deadline=None, max_examples=300)
@given(articles(), st.data())
def test_what_is_written_is_read_and_the_rest_stays(
    article: tuple[bytes, tuple[str, ...]], data: st.DataObject
) -> None:
    source, keys = article
    block = parsed(source, keys)
    targets = {key: data.draw(texts.filter(str.strip)) for key in keys}
    new = write(source, block, targets, {})
    result = source[: block.start] + new + source[block.end :]
    again = parsed(result, keys)
    assert between(result, again) == between(source, block)
    tails = {f.key: len(f.value) - len(f.value.rstrip("\n")) for f in block.fields}
    for field in again.fields:
        if tails[field.key]:
            assert field.value == targets[field.key].rstrip("\n") + "\n" * tails[field.key]
        else:
            assert field.value.rstrip("\n") == targets[field.key].rstrip("\n")
    before, after = metadata(block), metadata(again)
    assert list(before) == list(after)
    assert all(same(before[key], after[key]) for key in before if key not in keys)


@settings(deadline=None, max_examples=200)
@given(articles(), st.dictionaries(names, texts | st.booleans() | st.integers(), max_size=3))
def test_settings_are_set_and_sorted_files_stay_sorted(
    article: tuple[bytes, tuple[str, ...]], wanted: dict[str, object]
) -> None:
    source, _ = article
    block = parsed(source, ())
    before = metadata(block)
    wanted = {key: v for key, v in wanted.items() if not isinstance(before.get(key), list | dict)}
    new = write(source, block, {}, wanted)
    after = metadata(parsed(new, ()))
    assert same(after, before | wanted)
    assert [key for key in after if key in before] == list(before)
    if list(before) == sorted(before):
        assert list(after) == sorted(after)
    else:
        assert list(after)[: len(before)] == list(before)


ATOMS = [
    "title", "lang", "hero", "foo", "1", "true", "null", "2024-01-01", "é", "😀", "~", "%", "@",
    "`", "\\", "\\u00e9", "\\ud800", "{", "}", "[", "]", ",", "=", ".", '"', "'", "#", "  ", " ",
    "\t", ": ", ":", "\n", "\r\n", "\r", "---\n", "...\n", "+++\n", "&a ", "*a", "!!str ", "!x ",
    "- ", "? ", ">-\n", "|\n", "|2+\n", '"""', "'''", "# c\n", "[hero]\n", "[[a]]\n", "<<: ",
    "title: x\n", 'title = "x"\n', '"title": "x"', '"a":', "title: |\n  a\n\n  b\n",
    "title: 'a\n  b'\n", "hero:\n  text: q\n", "\u2028", "\x85", "\x00", "\ufeff",
]  # fmt: skip
OPENINGS = (("---\n", "\n---\n"), ("---\r\n", "\r\n---\r\n"), ("---\ntitle: x\n", "\n...\n"),
            ("+++\n", "\n+++\n"), ('+++\ntitle = "x"\n', "\n+++\n"), ("{", "}\n"),
            ('{"title": "x",', "}\n"), ('---json\n{"title": "x"', "}\n---\n"))  # fmt: skip
TARGETS = [
    AWKWARD, "no", "12:30", "a\nb", "\n x", "'''", '"""', "---", "+++", "a\n---\nb", "x\u2028y",
    "{", "- a", "\\", "  s ", "#", "a\t", '"', 'a\\"""', "a:", "|", "a}", "\U0001f600",
]  # fmt: skip


def test_mutilated_front_matter_is_written_right_or_refused() -> None:
    """40,000 files of random syntax: any other exception, or a wrong value, is a failure."""
    dice = random.Random(2)
    keys = ("title", "hero.text", "hero", "lang", "foo")
    written = 0
    for _ in range(40_000):
        opening, closing = dice.choice(OPENINGS)
        inner = "".join(dice.choices(ATOMS, k=dice.randrange(10)))
        source = (opening + inner + closing + "body\n").encode()
        try:
            block = read(source, keys)
            if block is None:
                continue
            assert (
                write(source, block, {f.key: f.value for f in block.fields}, {})
                == (source[block.start : block.end])
            )
            targets = {f.key: dice.choice(TARGETS) for f in block.fields}
            new = write(source, block, targets, dice.choice(({}, LOCALE)))
        except FrontMatterError:
            continue
        written += 1
        result = source[: block.start] + new + source[block.end :]
        again = parsed(result, keys)
        assert again.end == block.start + len(new)
        values = {f.key: f.value for f in again.fields}
        for key, target in targets.items():
            if key != "lang" or b"translated" not in new:
                assert values[key].rstrip("\n") == target.rstrip("\n"), source
    assert written > 2_000


def _paths(data: dict[str, object], prefix: str = "") -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, str):
            yield prefix + key
        elif isinstance(value, dict):
            yield from _paths(value, f"{prefix}{key}.")


def _published() -> list[Path]:
    return sorted(path for path in require_shared("corpus").rglob("*") if path.is_file())


def _expected(source: bytes, block: FrontMatter) -> dict[str, object]:
    """The metadata after every text has become AWKWARD and the locale is set."""
    expected = copy.deepcopy(metadata(block))
    for field in block.fields:
        table = expected
        parts = [field.key] if field.key in expected else field.key.split(".")
        for part in parts[:-1]:
            table = table[part]  # type: ignore[assignment]
        tail = len(field.value) - len(field.value.rstrip("\n"))
        table[parts[-1]] = AWKWARD + "\n" * tail * (source[field.start] in b"|>")
    return expected | LOCALE


def test_every_published_front_matter(record_property: pytest.RecordProperty) -> None:
    """Identity, and every string of every front matter replaced; refusals are counted."""
    written = texts_written = 0
    refused = []
    for path in _published():
        source = path.read_bytes()
        try:
            first = read(source, ("title", "description"))
            if first is None:
                continue
            block = parsed(source, tuple(_paths(metadata(first))))
        except FrontMatterError as error:
            refused.append(f"{path}:{error.line}: {error}")
            continue
        assert write(source, block, {}, {}) == source[block.start : block.end], path
        new = write(source, block, {f.key: AWKWARD for f in block.fields}, LOCALE)
        result = source[: block.start] + new + source[block.end :]
        again = parsed(result, tuple(f.key for f in block.fields))
        assert same(metadata(again), _expected(source, block)), path
        written += 1
        texts_written += len(block.fields)
    record_property("front matters written", written)
    record_property("texts written", texts_written)
    assert written > 1_900
    # Both are nested values that an alias shares, which only this test's choice of keys touches.
    assert all("through the alias" in why for why in refused), refused
    assert len(refused) <= 2, refused
