"""A renamed article is found again by its bytes, else by its segments; each is used once."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest

from translate_pipeline.memory.renames import renames


def given(**texts: str) -> Callable[[str], Collection[str]]:
    """`segments` of articles whose names are `a`, `b` …, given as words."""
    return lambda path: texts[path.rpartition("/")[2].removesuffix(".md")].split()


def test_equal_bytes() -> None:
    assert renames({"old.md": {"D1", "D2"}}, {"new.md": "D2", "other.md": "D3"}) == {
        "new.md": "old.md"
    }


def test_equal_bytes_prefer_the_same_name() -> None:
    """A folder was renamed, and some articles in it are alike."""
    orphans = {"a/x.md": {"D"}, "a/y.md": {"D"}, "a/z.md": {"D"}}
    assert renames(orphans, {"b/z.md": "D", "b/y.md": "D", "b/new.md": "D"}) == {
        "b/z.md": "a/z.md",
        "b/y.md": "a/y.md",
        "b/new.md": "a/x.md",
    }


def test_each_is_used_once() -> None:
    assert renames({"old.md": {"D"}}, {"copy.md": "D", "copy2.md": "D"}) == {"copy.md": "old.md"}
    assert renames({"a.md": {"D"}, "b.md": {"D"}}, {"new.md": "D"}) == {"new.md": "a.md"}


def test_bytes_alone_read_nothing() -> None:
    def never(path: str) -> Collection[str]:
        raise AssertionError(f"{path} was read")

    assert renames({"a.md": {"D"}}, {"b.md": "D"}, lines=never, segments=never) == {"b.md": "a.md"}
    assert renames({}, {"b.md": "D"}, lines=never, segments=never) == {}
    assert renames({"a.md": {"D"}}, {}, lines=never, segments=never) == {}


TEN = "1 2 3 4 5 6 7 8 9 10"


@pytest.mark.parametrize(
    ("new", "followed"),
    [
        (TEN, True),
        ("10 9 8 7 6 5 4 3 2 1", True),  # moved about
        ("1 2 3 4 5 a b c d e", True),  # half of it
        ("1 2 3 4 a b c d e f", False),  # less
        ("1 2 3", True),  # cut down to three tenths
        ("1", False),  # a stub that has the greeting in common
        (f"{TEN} a b c d e f g h i j", True),  # doubled
        (f"{TEN} a b c d e f g h i j k", False),
        ("", False),
    ],
)
def test_equal_segments(new: str, followed: bool) -> None:
    found = renames(
        {"old.md": {"D"}},
        {"new.md": "E"},
        lines=given(old=TEN),
        segments=given(new=new),
    )
    assert found == ({"new.md": "old.md"} if followed else {})


def test_the_most_in_common_is_taken_first() -> None:
    found = renames(
        {"a.md": {"1"}, "b.md": {"2"}},
        {"c.md": "3", "d.md": "4"},
        lines=given(a="1 2 3 4", b="1 2 3 5 6"),
        segments=given(c="1 2 3 4 5", d="1 2 3 5 6"),
    )
    assert found == {"d.md": "b.md", "c.md": "a.md"}


def test_what_all_articles_share_tells_nothing() -> None:
    count = 30
    orphans = {f"{n}.md": {str(n)} for n in range(count)}
    shared = "hello licence thanks"
    found = renames(
        orphans,
        {"new.md": "D"},
        lines=lambda path: f"{shared} {path}".split(),
        segments=given(new=f"{shared}"),
    )
    assert found == {}
    found = renames(
        orphans,
        {"new.md": "D"},
        lines=lambda path: f"{shared} {path} {path}2 {path}3".split(),
        segments=given(new=f"{shared} 7.md 7.md2 7.md3"),
    )
    assert found == {"new.md": "7.md"}
