"""The wire format: what is written, what is read back, and what is never guessed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.conversation.wire import WireReply, fold, read, write
from translate_pipeline.model import Kind, Segment


def segment(number: int, text: str, kind: Kind = Kind.PARAGRAPH, **more: object) -> Segment:
    return Segment(number, kind, text, 0, 0)._replace(**more)


@pytest.mark.parametrize(
    ("kind", "more", "line"),
    [
        (Kind.PARAGRAPH, {}, "<7>text"),
        (Kind.LIST_ITEM, {}, "<7>text"),
        (Kind.QUOTE, {}, "<7>text"),
        (Kind.TITLE, {"key": "title"}, "<7 title>text"),
        (Kind.FRONT_MATTER, {"key": "description"}, "<7 description>text"),
        (Kind.FRONT_MATTER, {"key": "hero.tagline"}, "<7 tagline>text"),
        (Kind.FRONT_MATTER, {"key": "hero.große zeile"}, "<7 meta>text"),
        (Kind.HEADING, {"level": 2}, "<7 h2>text"),
        (Kind.TABLE_CELL, {}, "<7 td>text"),
        (Kind.IMAGE_ALT, {}, "<7 alt>text"),
        (Kind.LINK_TITLE, {}, "<7 tip>text"),
    ],
)
def test_a_segment_is_one_line(kind: Kind, more: dict[str, object], line: str) -> None:
    assert write([segment(7, "text", kind, **more)]) == line
    # Every mark that is written is also understood in an answer.
    assert read(f"{line}\n<end>", [7]).targets == {7: "text"}


def test_a_line_break_in_a_segment_cannot_forge_a_tag() -> None:
    assert write([segment(1, "one\n<2>two"), segment(2, "two\r\n")]) == "<1>one <2>two\n<2>two"
    assert fold("a\r\nb\n") == "a b"
    assert fold("") == ""


GOOD = {13: "Legen Sie die Datei an.", 14: "Siehe [die Referenz](u4)."}


@pytest.mark.parametrize(
    "reply",
    [
        "<13>{0}\n<14>{1}\n<end>",
        "<13> {0}\n\n<14> {1}\n\n<end>\n",
        "<13>\n{0}\n<14>\n{1}\n<end>",
        "<13 >{0}\n< 14>{1}\n<end>",
        "<13 h2>{0}\n<14 li>{1}\n<end>",
        "**<13>** {0}\n**<14>** {1}\n**<end>**",
        "`<13>` {0}\n`<14>` {1}\n`<end>`",
        "<13>{0}</13>\n<14>{1}</14>\n<end>",
        "<13>{0}\n</13>\n<14>{1}\n</14>\n</end>",
        # Whole without `<end>`: the closing tag proves it.
        "<13>{0}</13>\n<14>{1}</14>",
        "[13]{0}\n[14]{1}\n[end]",
        "[13] {0}\n[14] {1}\n<end>",
        "**[13]** {0}\n**[14]** {1}\n<end>",
        "＜13＞{0}\n＜14＞{1}\n＜end＞",
        "<١٣>{0}\n<१४>{1}\n<end>",
        "\u200f<13>{0}\n\u200f<14>{1}\n<end>",
        "<13>{0}\r\n<14>{1}\r\n<end>\r\n",
        "<13>{0}\r<14>{1}\r<end>",
        "\ufeff<13>{0}\n<14>{1}\n<end>",
        "```\n<13>{0}\n<14>{1}\n<end>\n```",
        "```text\n<13>{0}</13>\n<14>{1}</14>\n```\n",
        "~~~markdown\n<13>{0}\n<14>{1}\n<end>\n~~~",
        "Sure, here it is:\n\n<13>{0}\n<14>{1}\n<end>\nNote: I kept <14> short.\n<15>no",
        "<think>First <13>draft\n<13>draft\n</think>\n<13>{0}\n<14>{1}\n<end>",
        "<thinking>x</thinking>\n<think>y</think><13>{0}\n<14>{1}\n<end>",
        "I translate.\n<13>draft\n<end>\n</think>\n\n<13>{0}\n<14>{1}\n<end>",
        "<13>{0}\n<14>{1} <end>",
        "<13>{0}\n<14>{1}<end>\n",
        "<14>{1}\n<13>{0}\n<end>",
        # Identical repeats, even a cut one at the end, harm nobody.
        "<13>{0}\n<14>{1}\n<13>{0}\n<end>",
        "  <13>{0}\n\t<14>{1}\n<END>",
        "<13>{0}\n[14]{1}\n<end>",
    ],
)
def test_tolerated_spellings(reply: str) -> None:
    answer = read(reply.replace("{0}", GOOD[13]).replace("{1}", GOOD[14]), [13, 14])
    assert answer.targets == GOOD
    assert answer.faults == ()


@pytest.mark.parametrize(
    ("reply", "targets", "faults"),
    [
        ("", {}, ("no tagged segment",)),
        ("Sorry, I cannot help.", {}, ("no tagged segment",)),
        ("<end>", {}, ("no tagged segment",)),
        ("<think>on and on <13>x\n<end>", {}, ("reasoning without an end",)),
        # A missing id is absent, and no fault of the reply.
        ("<13>a\n<15>c\n<end>", {13: "a", 15: "c"}, ()),
        ("<13>\n<14>b\n<15>c\n<end>", {13: "", 14: "b", 15: "c"}, ()),
        # Cut off: the last one is not believed, even when all are there.
        ("<13>a\n<14>b\n<15>c and", {13: "a", 14: "b"}, ("truncated",)),
        ("<13>a\n<14>b\n<1", {13: "a"}, ("truncated",)),
        ("<13>a\n<14>", {13: "a"}, ("truncated",)),
        ("```\n<13>a\n<14>b", {13: "a"}, ("truncated",)),
        ("<13>a\n<14>b\n<13>a", {13: "a", 14: "b"}, ("truncated",)),
        # Never by position, never for another id.
        ("<13>a\n<99>b\n<end>", {13: "a"}, ("segment 99 not requested",)),
        ("<13>a\n<13>b\n<14>c\n<end>", {14: "c"}, ("segment 13 twice",)),
        ("<13>a\n<13>b\n<13>a\n<14>c\n<end>", {14: "c"}, ("segment 13 twice",)),
        # Lost count: a number is missing, another one was not asked for.
        ("<14>a\n<15>b\n<16>c\n<end>", {}, ("segment 16 not requested",)),
        ("<13>a\n<15>b\n<16>c\n<end>", {13: "a"}, ("segment 16 not requested",)),
        ("<12>a\n<13>b\n<14>c\n<end>", {}, ("segment 12 not requested",)),
        # A text from outside the request, and none is missing.
        (
            "<12>z\n<13>a\n<14>b\n<15>c\n<end>",
            {13: "a", 14: "b", 15: "c"},
            ("segment 12 not requested",),
        ),
        # `<end>` inside of a text.
        ("<13>a\n<end>\nb\n<14>c\n<15>d\n<end>", {}, ("truncated",)),
        ("<13>a\n<14>b\n<end>\n<15>c\n<end>", {13: "a"}, ("truncated",)),
        ("<13>a\n<14>b\n<15>c\n<end>\nd\n<end>", {13: "a", 14: "b"}, ("truncated",)),
        ("<13>a\n<14>b\n<15>c\n<end>\n<end>", {13: "a", 14: "b", 15: "c"}, ()),
        ("1. a\n2. b\n3. c\n<end>", {}, ("no tagged segment",)),
        ("<13>a\n- <14>b\n<end>", {13: "a\n- <14>b"}, ()),
        # Continued lines belong to the tag before them.
        ("<13>a\nb\n\nc\n<end>", {13: "a\nb\n\nc"}, ()),
        # Links and citations are text.
        ("<13>\n[14](u1) is it\n<14>b\n<end>", {13: "[14](u1) is it", 14: "b"}, ()),
        ("<13>\n[14] Smith\n<14>b\n<end>", {13: "[14] Smith", 14: "b"}, ()),
        ("<13>a</14>\n<14>b\n<end>", {13: "a</14>", 14: "b"}, ()),
        ("<13>a <14>b\n<end>", {13: "a <14>b"}, ()),
        ("<1234567890>a\n<end>", {}, ("no tagged segment",)),
    ],
)
def test_faults(reply: str, targets: dict[int, str], faults: tuple[str, ...]) -> None:
    answer = read(reply, [13, 14, 15])
    assert answer.targets == targets
    assert answer.faults == faults


def test_many_foreign_ids_are_summed_up() -> None:
    answer = read("".join(f"<{n}>x\n" for n in range(100, 130)) + "<end>", [1])
    assert answer == WireReply(
        {},
        (
            *(f"segment {n} not requested" for n in range(100, 105)),
            "25 more segments not requested",
        ),
        True,
    )


texts = st.text().map(lambda t: t.replace("\n", " ").replace("\r", " "))
# What real and hostile targets are made of, so that the law meets its difficult cases.
HARD = (
    *("<3>", "</9>", "[4]", "＜5＞", "<1 h2>", "<end>", "[end]", "<think>", "</think>", "<x1/>"),
    *(
        "**",
        "`",
        "```",
        "~~~",
        " ",
        "word",
        "](u1)",
        "<",
        ">",
        "\\",
        "\u2028",
        "\x85",
        "\ufeff",
        "٣",
    ),
)
hard = st.lists(
    st.sampled_from(HARD),
    max_size=6,
).map("".join)
ids = st.lists(st.integers(1, 999_999_999), unique=True, min_size=1, max_size=8)


@given(ids, st.data())
def test_law_an_answer_as_asked_is_read_back(numbers: list[int], data: st.DataObject) -> None:
    targets = {number: data.draw(texts | hard) for number in numbers}
    reply = "\n".join(f"<{number}>{text}" for number, text in targets.items()) + "\n<end>"
    answer = read(reply, numbers)
    own_closer = {n for n, t in targets.items() if t.rstrip(" \t").endswith(f"</{n}>")}
    for number, text in targets.items():
        if number not in own_closer:
            assert answer.targets[number] == text.strip(" \t")
    assert answer.faults == ()
    assert answer.ended


@given(ids, st.data())
def test_law_a_cut_answer_gives_whole_targets_or_none(
    numbers: list[int], data: st.DataObject
) -> None:
    targets = {number: f"{data.draw(texts)}." for number in numbers}
    reply = "\n".join(f"<{number}>{text}" for number, text in targets.items()) + "\n<end>"
    cut = data.draw(st.integers(0, len(reply) - 1))
    answer = read(reply[:cut], numbers)
    assert all(text == targets[number].strip(" \t") for number, text in answer.targets.items())
    assert not answer.ended


@given(st.text() | hard, st.lists(st.integers(0, 20), max_size=5))
def test_law_only_requested_ids_come_back(reply: str, numbers: list[int]) -> None:
    assert read(reply, numbers).targets.keys() <= set(numbers)


JUNK = (
    *(
        "<",
        "<1",
        "<1>",
        "<1>\n",
        "<1 ",
        "[1]\n",
        "a </1> ",
        "</1>",
        "<end",
        "＜",
        "1",
        "**",
        "~",
        "`",
    ),
    *("```\n", "<think>", "<think></think>", "</think>\n", "\n", "\r", "\t", " ", "\ufeff"),
)


@pytest.mark.parametrize("piece", JUNK)
def test_time_is_linear_on_junk(piece: str) -> None:
    reply = (piece * 100_000)[:100_000]
    for text in (reply, f"<1>{reply}", f"<1>a\n{reply}\n<end>", f"<{reply}"):
        start = time.process_time()
        read(text, [1, 2])
        assert time.process_time() - start < 5  # quadratic would take minutes


def test_time_is_linear_in_foreign_ids() -> None:
    reply = "\n".join(f"<{number}>" for number in range(15_000))
    start = time.process_time()
    read(reply, range(7_000))
    assert time.process_time() - start < 5  # quadratic would take minutes
