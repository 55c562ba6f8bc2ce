"""Walking: sorted, no links to folders, nothing hidden."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from translate_pipeline.errors import ConfigError
from translate_pipeline.sites.globs import excluder
from translate_pipeline.sites.walk import tops, walk


def test_what_is_listed(tmp_path: Path) -> None:
    for name in ("b/x.md", "a/y.md", "a.md", "a/no.txt", ".x/z.md", "out/w.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dead.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "live.md").symlink_to(tmp_path / "a.md")
    walked = walk(str(tmp_path), [""], extensions=(".md",), left_out=excluder(["out"]))
    assert walked.files == ["a.md", "a/y.md", "b/x.md", "live.md"]
    assert walked.links == {"loop", "dead.md", "live.md"}


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    walked = walk(str(tmp_path), ["no", "file"], extensions=(".md",), left_out=excluder([]))
    assert walked.files == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(ConfigError, match="shut: permission denied"):
        walk(str(tmp_path), [""], extensions=(".md",), left_out=excluder([]))


def test_the_tops_hold_all_others() -> None:
    assert tops(["docs/en", "docs", "blog", "docs-old"]) == ["blog", "docs", "docs-old"]
    assert tops(["a", "", "b"]) == [""]
