"""Keys dropped from front matter: what goes, what stays byte for byte, and what is refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.article.test_front_matter_laws import ATOMS, OPENINGS, articles
from tests.shared import require_shared
from translate_pipeline.article import front_matter
from translate_pipeline.article.front_matter import metadata, read, remove
from translate_pipeline.article.front_matter_edit import same
from translate_pipeline.errors import FrontMatterError


def without(text: str, *keys: str) -> str:
    """The whole article without `keys`, and the proof that only they are gone."""
    source = text.encode()
    block = read(source, ())
    assert block is not None
    result = source[: block.start] + remove(source, block, keys) + source[block.end :]
    again = read(result, ())
    assert again is not None
    wanted = {name: value for name, value in metadata(block).items() if name not in keys}
    assert same(metadata(again), wanted)
    assert result[again.end :] == source[block.end :]
    return result.decode()


YAML = {
    "middle": ("a: 1\nx: 2\nb: 3\n", "a: 1\nb: 3\n"),
    "first": ("x: 2\nb: 3\n", "b: 3\n"),
    "last": ("a: 1\nx: 2\n", "a: 1\n"),
    "only": ("x: 2\n", ""),
    "absent": ("a: 1 # x: 2\n", "a: 1 # x: 2\n"),
    "nested of that name": ("a:\n  x: 1\n", "a:\n  x: 1\n"),
    "own comment": ("a: 1 # one\nx: 2 # two\nb: 3 # three\n", "a: 1 # one\nb: 3 # three\n"),
    "comments above": ("a: 1\n# of x\n# too\nx: 2\nb: 3\n", "a: 1\nb: 3\n"),
    "comment of the block": ("# all\n\n# of x\nx: 2\nb: 3\n", "# all\n\nb: 3\n"),
    "comment after": ("x: 2\n# of b\nb: 3\n", "# of b\nb: 3\n"),
    "blank lines": ("a: 1\n\nx: 2\n\nb: 3\n", "a: 1\n\n\nb: 3\n"),
    "block scalar": ("a: 1\nx: |\n  one\n\n  # two\nb: 3\n", "a: 1\nb: 3\n"),
    "kept line ends": ("a: |+\n  one\n\nx: |+\n  two\n\nb: 3\n", "a: |+\n  one\n\nb: 3\n"),
    "kept line ends above": ("a: |+\n  one\nx: 2\n\nb: 3\n", "a: |+\n  one\nb: 3\n"),
    "folded at the end": ("a: 1\nx: >-\n  one\n  two\n", "a: 1\n"),
    "block scalar before": ("a: |\n  # x: 1\nx: 2\n", "a: |\n  # x: 1\n"),
    "list": ("x:\n  - 1\n  - [2,\n     3]\nb: 3\n", "b: 3\n"),
    "list in the same column": ("x:\n- 1\n- 2 # two\nb: 3\n", "b: 3\n"),
    "list with comments": ("x:\n  # one\n  - 1\n  # - 2\n# of b\nb: 3\n", "# of b\nb: 3\n"),
    "mapping": ("a: 1\nx:\n  y:\n    z: 1\n  w: 2\nb: 3\n", "a: 1\nb: 3\n"),
    "no value": ("a: 1\nx:\nb: 3\n", "a: 1\nb: 3\n"),
    "no value at the end": ("a: 1\nx: # none\n", "a: 1\n"),
    "several lines": ("x: one\n  two\n\n  three\nb: 3\n", "b: 3\n"),
    "quoted": ("\"x\": 'one\n\n  two' # c\nb: 3\n", "b: 3\n"),
    "flow value": ("x: {y: [1, 2],\n  z: 3} # c\nb: 3\n", "b: 3\n"),
    "anchor nobody uses": ("x: &x 1\nb: 3\n", "b: 3\n"),
    "alias as value": ("a: &a 1\nx: *a\nb: 3\n", "a: &a 1\nb: 3\n"),
    "tagged": ("x: !!str 1\nb: 3\n", "b: 3\n"),
    "merge key": ("a: &a {y: 1}\nx:\n  <<: *a\n", "a: &a {y: 1}\n"),
    "explicit keys beside": ("? p\n: 1\nx: 2\n? r\n: 3\n", "? p\n: 1\n? r\n: 3\n"),
    "explicit key": ("a: 1\n? x\n: - 1\n  - 2\nb: 3\n", "a: 1\nb: 3\n"),
    "wide characters": ("é: 你好 😀\nx: ü\nb: 😀\n", "é: 你好 😀\nb: 😀\n"),
    "flow, first": ("{x: 1, b: 2}\n", "{b: 2}\n"),
    "flow, middle": ("{a: 1, x: [2, {y: 3}], b: 2}\n", "{a: 1, b: 2}\n"),
    "flow, last": ("{a: 1, x: 2}\n", "{a: 1}\n"),
    "flow, only": ("{x: 2}\n", "{}\n"),
    "flow, only, comma": ("{ x: 2, }\n", "{  }\n"),
    "flow, last, comma": ("{a: 1, x: 2,}\n", "{a: 1,}\n"),
    "flow, lines": ("{\n  a: 1,\n  x: 2\n}\n", "{\n  a: 1\n}\n"),
    "flow, comment": ("{a: 1, # one\n x: 2}\n", "{a: 1 # one\n }\n"),
    "flow, value with comma": ('{a: "1, 2", x: "3, }", b: 4}\n', '{a: "1, 2", b: 4}\n'),
}
TOML = {
    "middle": ('a = 1\nx = "2"\nb = 3\n', "a = 1\nb = 3\n"),
    "first": ("x = 2\nb = 3\n", "b = 3\n"),
    "last": ("a = 1\nx = 2 # c\n", "a = 1\n"),
    "only": ("x = 2\n", ""),
    "absent": ("a = 1 # x = 2\n", "a = 1 # x = 2\n"),
    "nested of that name": ("a.x = 1\n[b]\nx = 2\n", "a.x = 1\n[b]\nx = 2\n"),
    "comments above": ("a = 1\n# of x\nx = 2\n# of b\nb = 3\n", "a = 1\n# of b\nb = 3\n"),
    "quoted key": ("'x' = 2\nb = 3\n", "b = 3\n"),
    "long string": ('x = """\n[b]\nb = 3\n"""\nb = 3\n', "b = 3\n"),
    "array": ("x = [ # c\n  1,\n  2, # d\n]\nb = 3\n", "b = 3\n"),
    "inline table": ("x = { y = 1, z = [2] }\nb = 3\n", "b = 3\n"),
    "dotted": ("x.y = 1\nb = 3\nx.z = 2\n", "b = 3\n"),
    "date": ("x = 1979-05-27 07:32:00\nb = 3\n", "b = 3\n"),
    "table": ("a = 1\n\n[x]\ny = 1\n# z\nz = 2\n\n[b]\nc = 3\n", "a = 1\n\n\n[b]\nc = 3\n"),
    "table without pairs": ("[x]\n[b]\nc = 3\n", "[b]\nc = 3\n"),
    "tables": ("[x]\ny = 1\n[x.z]\nw = 1\n[b]\nc = 3\n[x.v]\nu = 1\n", "[b]\nc = 3\n"),
    "array of tables": ("a = 1\n# of x\n[[x]]\ny = 1\n[[x]]\ny = 2\n", "a = 1\n"),
    "pair before a table": ("x = 1\n[b]\nx = 2\n", "[b]\nx = 2\n"),
    "comment below a table": ("[x]\ny = 1\n# of b\n[b]\nc = 3\n", "# of b\n[b]\nc = 3\n"),
}
JSON = {
    "first": ('{"x": 1, "b": 2}', '{"b": 2}'),
    "middle": ('{"a": 1, "x": [2, {"y": 3}], "b": 2}', '{"a": 1, "b": 2}'),
    "last": ('{\n  "a": 1,\n  "x": {"y": "}, "}\n}', '{\n  "a": 1\n}'),
    "absent": ('{"a": {"x": 1}}', '{"a": {"x": 1}}'),
    "lines": ('{\n\t"x" : "é",\n\t"b" : 2\n}', '{\n\t"b" : 2\n}'),
    "escaped key": ('{"\\u0078": 1, "b": "😀"}', '{"b": "😀"}'),
    "a text like the key": ('{"a": "x", "x": "x"}', '{"a": "x"}'),
}
FENCES = [("yaml", "---\n", "---\n"), ("toml", "+++\n", "+++\n"), ("json", "", "\n"),
          ("json", "---json\n", "\n---\n")]  # fmt: skip


def cases() -> list[tuple[str, str]]:
    tables = {"yaml": YAML, "toml": TOML, "json": JSON}
    found = []
    for form, opening, closing in FENCES:
        for before, after in tables[form].values():
            found.append((f"{opening}{before}{closing}", f"{opening}{after}{closing}"))
    return found


@pytest.mark.parametrize(("before", "after"), cases())
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["", "bom"])
def test_removed(before: str, after: str, newline: str, bom: str) -> None:
    before, after = (bom + (text + "body\n").replace("\n", newline) for text in (before, after))
    assert without(before, "x") == after


def test_several_keys() -> None:
    assert without("---\na: 1\nb: 2\nc: 3\n---\n", "c", "a", "none", "a") == "---\nb: 2\n---\n"
    assert without("---\na: 1\nb: 2\n---\n", "b", "a") == "---\n---\n"
    assert without("---\n# all\na: 1\nb: &b 2\nc: *b\n---\n", "c", "b") == "---\n# all\na: 1\n---\n"
    assert without('{"a": 1, "b": 2, "c": 3}\n', "a", "c") == '{"b": 2}\n'


def test_the_emptied_block_can_be_filled_again() -> None:
    for text in ("---\nx: 1\n---\nbody\n", "+++\nx = 1\n+++\nbody\n", '---json\n{"x": 1}\n---\n'):
        source = without(text, "x").encode()
        block = read(source, ())
        assert block is not None
        new = front_matter.write(source, block, {}, {"lang": "de"})
        again = read(new, ())
        assert again is not None
        assert metadata(again) == {"lang": "de"}


REFUSED = {
    "anchor": ("---\na: 1\nx: &x 1\nb: *x\n---\n", "used elsewhere as `*x`", 3),
    "anchor inside": ("---\nx:\n  y: &y {z: 1}\nb:\n  <<: *y\n---\n", "`*y`", 2),
    "anchor of that name again": ("---\na: &n 1\nx: &n 2\nb: *n\n---\n", "`*n`", 3),
    "only key of JSON": ('{"x": 1}\n', "write the front matter as YAML", 0),
    "on the line of the tag": ("---\n!!map {x: 1}\n---\n", "", -1),
}


@pytest.mark.parametrize(("text", "message", "line"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(text: str, message: str, line: int) -> None:
    if line < 0:  # unusual, yet it can be done
        assert without(text, "x") == "---\n!!map {}\n---\n"
        return
    with pytest.raises(FrontMatterError) as caught:
        without(text, "x")
    assert message in str(caught.value)
    assert caught.value.line == line


def test_a_list_as_key_beside() -> None:
    source = b"---\n? [p, q]\n: 1\nx: 2\n? {r: s}\n: 3\nx y: 4\n---\n"
    block = read(source, ())
    assert block is not None
    assert remove(source, block, ["x"]) == source.replace(b"x: 2\n", b"")
    assert remove(source, block, ["x y"]) == source.replace(b"x y: 4\n", b"")


def test_another_source() -> None:
    block = read(b"---\na: 1\n---\n", ())
    assert block is not None
    with pytest.raises(ValueError, match="another source"):
        remove(b"---\nb: 1\n---\n", block, ["a"])


@settings(deadline=None, max_examples=300)
@given(articles(), st.data())
def test_any_key_of_any_article(
    article: tuple[bytes, tuple[str, ...]], data: st.DataObject
) -> None:
    text = article[0].decode()
    block = read(article[0], ())
    assert block is not None
    names = list(metadata(block))
    chosen = data.draw(st.lists(st.sampled_from([*names, "none"]), max_size=3))
    result = without(text, *chosen)
    assert list(metadata(read(result.encode(), ()) or block)) == [
        name for name in names if name not in chosen
    ]
    lines = text.splitlines(keepends=True)
    rest = iter(lines)
    assert all(line in rest for line in result.splitlines(keepends=True))  # lines go, none comes
    if not set(chosen) & set(names):
        assert result == text


NAMES = ["title", "hero", "lang", "foo", "a", "1"]


def test_mutilated_front_matter_is_cut_right_or_refused() -> None:
    """20,000 files of random syntax: any other exception, or a wrong value, is a failure."""
    dice = random.Random(5)
    cut = 0
    for _ in range(20_000):
        opening, closing = dice.choice(OPENINGS)
        inner = "".join(dice.choices(ATOMS, k=dice.randrange(10)))
        text = opening + inner + closing + "body\n"
        try:
            block = read(text.encode(), ())
            if block is None:
                continue
            data = metadata(block)
            # Not `true` or `null`: what YAML makes of these is the name of no key on a site.
            key = dice.choice([name for name in data if name in NAMES] or NAMES)
            result = without(text, key)
        except FrontMatterError:
            continue
        assert result == text or key in data
        cut += result != text
    assert cut > 1_000


def test_every_published_front_matter() -> None:
    """Each key of each real front matter, one at a time."""
    paths = sorted(path for path in require_shared("corpus").rglob("*") if path.is_file())
    keys = 0
    refused = []
    for path in paths[::4]:
        source = path.read_bytes()
        try:
            block = read(source, ())
            names = list(metadata(block)) if block else []
            text = source.decode()
        except (FrontMatterError, UnicodeDecodeError):
            continue
        for name in names:
            try:
                without(text, name)
                keys += 1
            except FrontMatterError as error:
                refused.append(f"{path}: {name}: {error}")
    assert keys > 1_000
    assert len(refused) <= 1, refused
