"""Globs: what they leave out, and what they leave in."""

from __future__ import annotations

import pytest

from translate_pipeline.errors import ConfigError
from translate_pipeline.sites.globs import excluder


@pytest.mark.parametrize(
    ("glob", "out", "left_in"),
    [
        ("drafts", ["drafts", "a/drafts"], ["draft", "drafts2", "a/x-drafts"]),
        ("drafts/", ["drafts", "a/drafts"], ["drafts.md"]),
        ("/build", ["build"], ["docs/build"]),
        ("docs/old", ["docs/old"], ["old", "a/docs/old"]),
        ("docs/old/**", ["docs/old"], ["docs/older"]),
        ("*.draft.md", ["x.draft.md", "a/b/x.draft.md"], ["x.md", "draft.md"]),
        ("/*.md", ["x.md"], ["a/x.md"]),
        ("docs/*/x.md", ["docs/a/x.md"], ["docs/x.md", "docs/a/b/x.md"]),
        ("docs/**/x.md", ["docs/x.md", "docs/a/b/x.md"], ["x.md", "docs/xx.md"]),
        ("**/x.md", ["x.md", "a/x.md"], ["xx.md"]),
        ("v?", ["v1", "a/v2"], ["v10", "v"]),
        ("a*b*c", ["abc", "axxbyyc", "abbcc"], ["ab", "acb"]),
        ("x[1].md", ["x[1].md"], ["x1.md"]),
        ("a.b", ["a.b"], ["axb"]),
    ],
)
def test_globs(glob: str, out: list[str], left_in: list[str]) -> None:
    left_out = excluder([glob])
    assert [path for path in out if not left_out(path, path.rpartition("/")[2])] == []
    assert [path for path in left_in if left_out(path, path.rpartition("/")[2])] == []


def test_a_default_is_taken_back() -> None:
    left_out = excluder(["/build", "node_modules", "!/build"])
    assert not left_out("build", "build")
    assert left_out("a/node_modules", "node_modules")


@pytest.mark.parametrize("glob", ["", "/", "..", "a/../b", "./a", "a//b"])
def test_what_is_no_path_is_refused(glob: str) -> None:
    with pytest.raises(ConfigError, match="no path below the root"):
        excluder([glob])


def test_too_many_folders_are_refused() -> None:
    with pytest.raises(ConfigError, match=r"too many `\*\*`"):
        excluder(["**/a/**/b/**/c"])


def test_hostile_globs_take_no_time() -> None:
    """Each of these would never end in an engine that backtracks over every star."""
    left_out = excluder(["*a" * 200 + "b", "**/" + "*x" * 100 + "/**/y", "?" * 500])
    assert not left_out("a" * 5_000, "a" * 5_000)
    assert not left_out("/".join(["x" * 200] * 20), "x" * 200)
