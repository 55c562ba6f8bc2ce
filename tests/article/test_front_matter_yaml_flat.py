"""The short cut for plain front matter gives what the parser's walk gives, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.shared import require_shared
from translate_pipeline.article import front_matter_yaml_walk
from translate_pipeline.article.front_matter import read
from translate_pipeline.article.front_matter_yaml_flat import flat
from translate_pipeline.article.front_matter_yaml_nodes import Document
from translate_pipeline.errors import FrontMatterError

PLAIN = [
    "title: x\n",
    "title: x",
    "title:   two words  \n",
    "title: Ünï 中 😀\n",
    "a: 1\nb: 1.5\nc: 2020-01-01\nd: yes\ne: null\n",
    "a:\nb:   \nc: x\n",
    'a: "x: y # z"\nb: \'x "y"\'\nc: \'\'\nd: ""  \n',
    "# c\n\na: x\n# d\n   \nb: y\n",
    "a: http://x.y/z#w\n",
    "a: it's (b), c [d] {e} & f * g ! h | i > j % k @ l\n",
    "Module Name: x\nms.date: y\n_a-b: z\n",
    "a: b:c\n",
]
OTHER = [
    "",
    "# only a comment\n",
    "text\n",
    "- a\n",
    "a: - b\n",
    "a: b: c\n",
    "a: b:\n",
    "a: b # c\n",
    'a: "b" # c\n',
    "a: \"\\n\"\n",
    "a: 'it''s'\n",
    "a: 'b' c\n",
    "a: [b]\n",
    "a: {b: c}\n",
    "a: |\n  b\n",
    "a: >-\n  b\n",
    "a: &b c\n",
    "a: *b\n",
    "a: !!str b\n",
    "a: @b\n",
    "a: -\n",
    "a: b\n  c\n",
    "a:\n  b: c\n",
    "a:\n- b\n",
    " a: b\n",
    "'a': b\n",
    "? a\n: b\n",
    "a : b\n",
    "a: b\nc\n",
    "a: b\na: c\n",
    "a: b\r\n",
    "a:\tb\n",
    "a: b\tc\n",
    "a: b\x85\n",
    "a: \u2028\n",
    "a: \ufeffb\n",
    "a: b\x00\n",
    "--- a: b\n",
    "%YAML 1.1\n",
    "a: b\n... \n",
]  # fmt: skip


def _walked(text: str, loader: Any) -> Document | None:
    """What the events of `loader` say; None for what is no mapping, or refused."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(front_matter_yaml_walk, "LOADER", loader)
        try:
            return front_matter_yaml_walk._Walk(text).run()  # the slow way itself
        except (yaml.YAMLError, FrontMatterError):
            return None


LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("text", PLAIN)
def test_plain_is_read_as_the_parser_reads_it(text: str, loader: Any) -> None:
    document = flat(text)
    assert document is not None
    assert document == _walked(text, loader)


@pytest.mark.parametrize("text", OTHER)
def test_everything_else_is_left_to_the_parser(text: str) -> None:
    assert flat(text) is None


keys = st.sampled_from(["a", "title", "b c", "x.y", "null", "_z", "é", "1"])
values = st.lists(
    st.sampled_from(
        ["a", "B c", "ü", "中", "😀", " ", "  ", ":", ": ", "#", " #", '"', "'", "-", ",", "[", "]",
         "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", "1", ".5", "yes", "null", "~", "=", "\\",
         "2020-01-01", "/", "(", "\t", "\xa0", "\x85", "\ufeff", "?"]
    ),
    max_size=5,
).map("".join)  # fmt: skip
pairs = st.builds("{}:{}{}".format, keys, st.sampled_from([" ", "", "  "]), values)
quoted = st.builds(
    "{}: {}{}{}".format, keys, st.sampled_from("\"'"), values, st.sampled_from("\"'")
)
blank = st.sampled_from(["", "# c", "   ", "  # d", "- x", "  - y", "  z", "\t", "...", "a: b"])


@given(st.lists(st.one_of(pairs, quoted, blank), max_size=6).map("\n".join), st.booleans())
@example("a:\n\n# b\nc: d", False)
@example("a: b\n # c", True)
def test_both_ways_agree(text: str, ended: bool) -> None:
    text += "\n" * ended
    document = flat(text)
    if document is not None:
        assert document == _walked(text, LOADERS[0]) == _walked(text, LOADERS[1])


def test_both_ways_agree_on_published_files() -> None:
    folder = require_shared("corpus") / "jekyll"
    blocks = [read(path.read_bytes(), ()) for path in _files(folder)]
    texts = [block.text for block in blocks if block is not None and block.format == "yaml"]
    plain = [text for text in texts if flat(text) is not None]
    assert len(plain) > len(texts) / 2, "a short cut that few take is not worth its code"
    for text in plain:
        assert flat(text) == _walked(text, LOADERS[1])


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.md") if path.is_file())
