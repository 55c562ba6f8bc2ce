"""Masks as parts of a leaf: where they stand, and the line breaks that are theirs."""

from __future__ import annotations

import pytest

from translate_pipeline.article.leaves import ATOM, CODE, HARD, HTML, SOFT
from translate_pipeline.article.mask_parts import with_masks
from translate_pipeline.article.shadow import Mask


def _mask(source: bytes, what: bytes, *, block: bool = True) -> Mask:
    at = source.index(what)
    return Mask(at, at + len(what), b"x", block)


# Source, its masks' texts, its parts; what the parts become.
CASES: dict[str, tuple[bytes, tuple[bytes, ...], tuple[tuple[int, int, int], ...],
                       tuple[tuple[int, int, int], ...]]] = {
    "in a line": (b"a {b} c", (b"{b}",), (), ((ATOM, 2, 5),)),
    "beside another": (b"a {b}{c} d", (b"{b}", b"{c}"), (), ((ATOM, 2, 5), (ATOM, 5, 8))),
    "in code it is code": (b"a `{b}` c", (b"{b}",), ((CODE, 2, 7),), ((CODE, 2, 7),)),
    "a line of its own keeps both breaks": (
        b"a\n {b}\nc", (b"{b}",), ((SOFT, 1, 3), (SOFT, 6, 7)),
        ((ATOM, 1, 7), (SOFT, 1, 3), (ATOM, 3, 6), (SOFT, 6, 7)),
    ),
    "the last line has one": (
        b"a\n{b}", (b"{b}",), ((SOFT, 1, 2),), ((ATOM, 1, 5), (SOFT, 1, 2), (ATOM, 2, 5)),
    ),
    "a break that shows is one, too": (
        b"a\\\n{b}", (b"{b}",), ((HARD, 1, 3),), ((ATOM, 1, 6), (HARD, 1, 3), (ATOM, 3, 6)),
    ),
    "what the parser read as a tag": (
        b"a\n{b}\nc", (b"{b}",), ((SOFT, 1, 2), (HTML, 2, 5), (SOFT, 5, 6)),
        ((ATOM, 1, 6), (SOFT, 1, 2), (HTML, 2, 5), (SOFT, 5, 6)),
    ),
    "two lines share their break": (
        b"a\n{b}\n{c}\nd", (b"{b}", b"{c}"), ((SOFT, 1, 2), (SOFT, 5, 6), (SOFT, 9, 10)),
        ((ATOM, 1, 6), (SOFT, 1, 2), (ATOM, 2, 5), (SOFT, 5, 6), (ATOM, 6, 10), (ATOM, 6, 9),
         (SOFT, 9, 10)),
    ),
    "an item's first line keeps the break below": (
        b"- {b}\n  c", (b"{b}",), ((SOFT, 5, 8),), ((ATOM, 2, 8), (ATOM, 2, 5), (SOFT, 5, 8)),
    ),
    "words beside it": (
        b"a\n{b} c", (b"{b}",), ((SOFT, 1, 2),), ((SOFT, 1, 2), (ATOM, 2, 5)),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "hidden", "parts", "after"), CASES.values(), ids=CASES.keys())
def test_parts(
    source: bytes,
    hidden: tuple[bytes, ...],
    parts: tuple[tuple[int, int, int], ...],
    after: tuple[tuple[int, int, int], ...],
) -> None:
    masks = [_mask(source, what) for what in hidden]
    assert with_masks(parts, 0, len(source), masks, source) == after


def test_what_is_no_block_keeps_no_line() -> None:
    source = b"a\n{b}\nc"
    parts = ((SOFT, 1, 2), (SOFT, 5, 6))
    after = with_masks(parts, 0, len(source), [_mask(source, b"{b}", block=False)], source)
    assert after == ((SOFT, 1, 2), (ATOM, 2, 5), (SOFT, 5, 6))


def test_masks_of_other_leaves_are_none_of_its_own() -> None:
    source = b"{a} b {c}"
    masks = [_mask(source, b"{a}"), _mask(source, b"{c}")]
    assert with_masks((), 4, 5, masks, source) == ()
