"""The heads of ledgers are those that the thorough reader gives, and are read once."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.survey_trees import Tree
from translate_pipeline.memory.known_heads import known_heads, ledger_files, source_of
from translate_pipeline.memory.ledger import path_of
from translate_pipeline.memory.stamps import Stamps

NAMES = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=5)


@given(st.lists(NAMES, min_size=1, max_size=4).map("/".join))
def test_the_source_of_a_ledgers_path(source: str) -> None:
    assert source_of(path_of(source)) == source
    assert source_of(path_of(f"{source}.ledger")) == f"{source}.ledger"


def test_the_ledgers_of_a_site(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    assert ledger_files(tmp_path) == set()
    for source in ("posts/a.md", "posts/deep/b.md"):
        tree.put(source, "words\n")
        tree.translate(source)
    tree.put(".translate-pipeline/ledger/notes.txt", "no ledger")
    (tmp_path / ".translate-pipeline/ledger/loop").symlink_to(tmp_path / ".translate-pipeline")
    assert ledger_files(tmp_path) == {path_of("posts/a.md"), path_of("posts/deep/b.md")}


def test_the_heads_are_what_the_reader_gives(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.put("posts/a.md", "words\n")
    tree.translate("posts/a.md")
    tree.record("posts/a.md", "de", "new", was="old")
    path = path_of("posts/a.md")
    stamps = Stamps(tmp_path)
    found = known_heads(stamps, [path, path_of("posts/none.md")])
    assert list(found) == [path]
    assert found == known_heads(stamps, [path])
    for locale, section in tree.ledger("posts/a.md").sections.items():
        head = found[path].sections[locale]
        assert head[:5] == (
            section.target,
            section.source_digest,
            section.settings_digest,
            section.target_digest,
            section.was,
        )


def test_what_is_no_file_is_a_fault(tmp_path: Path) -> None:
    path = path_of("a.md")
    (tmp_path / path).parent.mkdir(parents=True)
    os.mkfifo(tmp_path / path)
    found = known_heads(Stamps(tmp_path), [path])
    assert found[path].fault == f"{path}: it is no regular file; check its rights"
    assert found[path].sections == {}
