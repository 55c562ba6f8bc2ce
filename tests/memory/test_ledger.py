"""Ledgers: text ⇄ values is exact, and whatever is no ledger is refused with what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws.trials import trials
from translate_pipeline.errors import ConfigError
from translate_pipeline.memory.ledger import (
    Ledger,
    Line,
    Section,
    digest,
    heads,
    path_of,
    read,
    with_sections,
    write,
)
from translate_pipeline.model import Maker

TEXT = """\
translate-pipeline ledger 1
source original/2025-11-08-x-en.md

[de] _posts/de/2025-11-08-x-de.md
made 2026-11-23T22:31:05Z openai|model|prompts:1a
of AAAAAAAAAAA
with BBBBBBBBBBB
is CCCCCCCCCCC
head lang=llllll title=tttttt
frame FFFFFFFFFFF
AbCdEfGh IjKlMnOp
-_CdEfGh IjKlMnOp u21 p
AbCdEfGi - ?
AbCdEfGj IjKlMnOp u1,2,3,4,5,6,7,8,10,9x21 i
AbCdEfGk IjKlMnOp =

[ja] _posts/ja/x y [1].md
made -
of AAAAAAAAAAA
with BBBBBBBBBBB
is DDDDDDDDDDD
was EEEEEEEEEEE
frame GGGGGGGGGGG
"""
LEDGER = Ledger(
    "original/2025-11-08-x-en.md",
    {
        "de": Section(
            locale="de",
            target="_posts/de/2025-11-08-x-de.md",
            made="2026-11-23T22:31:05Z",
            signature="openai|model|prompts:1a",
            source_digest="A" * 11,
            settings_digest="B" * 11,
            target_digest="C" * 11,
            head={"lang": "llllll", "title": "tttttt"},
            frame="F" * 11,
            lines=(
                Line("AbCdEfGh", "IjKlMnOp"),
                Line("-_CdEfGh", "IjKlMnOp", Maker.PERSON, "u21"),
                Line("AbCdEfGi", "-", trusted=False),
                Line("AbCdEfGj", "IjKlMnOp", Maker.IMPORTED, "u1,2,3,4,5,6,7,8,10,9x21"),
                Line("AbCdEfGk", "IjKlMnOp", order="="),
            ),
        ),
        "ja": Section(
            locale="ja",
            target="_posts/ja/x y [1].md",
            made="",
            signature="",
            source_digest="A" * 11,
            settings_digest="B" * 11,
            target_digest="D" * 11,
            was="E" * 11,
            frame="G" * 11,
        ),
    },
)


def test_text_and_values() -> None:
    assert write(LEDGER) == TEXT
    assert read(TEXT, "x") == LEDGER
    assert read(TEXT.replace("\n", "\r\n"), "x") == LEDGER  # checked out on Windows


def test_heads_say_what_a_survey_needs() -> None:
    for data in (TEXT.encode(), TEXT.replace("\n", "\r\n").encode()):
        found = heads(data)
        assert list(found) == ["de", "ja"]
        assert found["de"] == ("_posts/de/2025-11-08-x-de.md", "A" * 11, "B" * 11, "C" * 11, "",
                               True, True)  # fmt: skip
        assert found["ja"] == ("_posts/ja/x y [1].md", "A" * 11, "B" * 11, "D" * 11, "E" * 11,
                               False, False)  # fmt: skip


_SHORT = st.text("ABCabc019_-", min_size=8, max_size=8)
_DIGEST = st.text("ABCabc019_-", min_size=11, max_size=11)
_PATH = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20
).filter(lambda path: "\x85" not in path)
_ORDER = st.sampled_from(("", "=", "u21", "x312b21", "u" + ",".join(map(str, range(12, 0, -1)))))
_MAKERS, _TRUSTED = st.sampled_from(Maker), st.just(True)
_LINES = st.builds(Line, _SHORT, _SHORT | st.just("-"), _MAKERS, _ORDER, _TRUSTED) | st.builds(
    Line, _SHORT, _SHORT, st.just(Maker.MODEL), _ORDER, st.booleans()
)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    locales = draw(st.lists(st.sampled_from(("de", "ja", "zh-Hant", "pt-BR")), unique=True))
    sections = {
        locale: Section(
            locale=locale,
            target=draw(_PATH),
            made=draw(st.sampled_from(("", "2026-11-23T22:31:05Z"))),
            signature=draw(st.sampled_from(("", "a|b", " two words [de] ", "ende ="))),
            source_digest=draw(_DIGEST),
            settings_digest=draw(_DIGEST),
            target_digest=draw(_DIGEST),
            was=draw(st.just("") | _DIGEST),
            head=draw(
                st.dictionaries(
                    st.text(max_size=6), st.text("aB0-_", min_size=6, max_size=6), max_size=3
                )
            ),
            frame=draw(_DIGEST),
            lines=tuple(draw(st.lists(_LINES, max_size=5))),
        )
        for locale in sorted(locales)
    }
    return Ledger(draw(_PATH), sections)


@trials(120)
@given(ledgers())
def test_what_is_written_is_read(ledger: Ledger) -> None:
    text = write(ledger)
    assert read(text, "x") == ledger
    found = heads(text.encode())
    for locale, section in ledger.sections.items():
        assert found[locale] == (
            section.target,
            section.source_digest,
            section.settings_digest,
            section.target_digest,
            section.was,
            any(line.maker is Maker.PERSON for line in section.lines),
            not all(line.trusted for line in section.lines),
        )
    assert list(found) == list(ledger.sections)


@given(ledgers(), ledgers(), st.integers(0, 2))
def test_sections_are_replaced_as_if_all_were_written_anew(
    old: Ledger, new: Ledger, gone: int
) -> None:
    changes: dict[str, Section | None] = {**new.sections}
    for locale in list(old.sections)[:gone]:
        changes.setdefault(locale, None)
    wanted = {**old.sections, **changes}
    kept = {locale: section for locale, section in wanted.items() if section is not None}
    text = with_sections(write(old), "x", changes)
    assert text == write(Ledger(old.source, kept))


def test_a_damaged_ledger_is_not_written_over() -> None:
    with pytest.raises(ConfigError, match="merge conflict"):
        with_sections("<<<<<<< ours\n", "x", {})


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("translate-pipeline ledger 1", "translate-pipeline ledger 2"), 1, "newer version"),
        (("translate-pipeline ledger 1", "hello"), 1, "no ledger"),
        (("source original/", "sauce original/"), 2, "the path of the article"),
        (("\n[de]", "\nmade x\n[de]"), 4, "[locale]"),
        (("[de] ", "[de]"), 4, "[locale]"),
        (("of AAAAAAAAAAA", "of AAAAAAAAAA"), 6, "11 characters"),
        (("of AAAAAAAAAAA", "or AAAAAAAAAAA"), 6, "unknown word"),
        (("of AAAAAAAAAAA\n", ""), 16, "has no `of`"),
        (("is CCCCCCCCCCC", "is CCCCCCCCCCC\nis CCCCCCCCCCC"), 9, "`is` twice"),
        (("lang=llllll", "lang=lllll"), 9, "front matter key"),
        (("AbCdEfGh IjKlMnOp\n", "AbCdEfGh IjKlMnO\n"), 11, "no segment"),
        (("u21 p", "u21 q"), 12, "no segment"),
        (("u21 p", "u21x p"), 12, "no segment"),
        (("AbCdEfGh IjKlMnOp\n", "<<<<<<< HEAD\nAbCdEfGh IjKlMnOp\n"), 11, "merge conflict"),
        (("AbCdEfGh IjKlMnOp\n", "=======\n"), 11, "merge conflict"),
        (("[ja]", "[de]"), 23, "is there twice"),
    ],
)
def test_faults_name_the_line_and_what_to_do(change: tuple[str, str], line: int, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(TEXT.replace(*change, 1), "a.ledger")
    message = str(caught.value)
    assert message.startswith(f"a.ledger:{line}: ")
    assert says in message
    assert "delete" in message or "install that version" in message


@pytest.mark.parametrize("text", ["", "\n", "translate-pipeline ledger 1\n", TEXT[:-1]])
def test_what_is_cut_off_is_no_ledger(text: str) -> None:
    with pytest.raises(ConfigError, match="next run restores it"):
        read(text, "a.ledger")


def test_size_is_bounded() -> None:
    with pytest.raises(ConfigError, match="no ledger"):
        read("x" * (33 * 1024 * 1024), "a.ledger")
    with pytest.raises(ConfigError, match="more than"):
        read(TEXT + "A" * 70_000 + "\n", "a.ledger")


@trials(200)
@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    """Nothing but our own error; and the fast reader never reads what the other refuses."""
    at = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(at, min(len(TEXT), at + 40)))
    text = TEXT[:at] + data.draw(st.text(max_size=5)) + TEXT[end:]
    try:
        found = read(text, "x")
    except ConfigError:
        return
    try:
        fast = heads(text.encode("utf-8", "replace"))
    except ConfigError:
        return  # lines in another order, which nobody writes
    assert {k: v.target for k, v in fast.items()} == {
        k: v.target for k, v in found.sections.items()
    }


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\xff\xfe", TEXT.encode() + b"\n<<<<<<< HEAD\n", TEXT.encode() + b"\n[x]\n",
     TEXT.encode() + b"\xff", TEXT.encode() + TEXT.encode()[TEXT.index("\n[ja]"):]],
)  # fmt: skip
def test_the_fast_reader_refuses_too(data: bytes) -> None:
    with pytest.raises(ConfigError):
        heads(data)


def test_paths() -> None:
    assert path_of("a/b c.md") == ".translate-pipeline/ledger/a/b c.md.ledger"
    for path in ("", "/etc/x.md", "../x.md", "a/../../x.md", "a\nb.md"):
        with pytest.raises(ConfigError, match="below the root"):
            path_of(path)
    with pytest.raises(ConfigError, match="rename"):
        write(Ledger("a\nb.md"))


def test_digests_are_eleven_characters() -> None:
    assert digest(b"") == "5KagV3R5srQ"
    assert len({digest(bytes([n])) for n in range(256)}) == 256


def test_a_segment_costs_at_most_25_bytes() -> None:
    lines = (Line("A" * 8, "B" * 8), Line("A" * 8, "B" * 8, Maker.PERSON, "u21"))
    base = write(Ledger("x.md", {"de": LEDGER.sections["ja"]}))
    for line in lines:
        section = Section(
            **{
                name: getattr(LEDGER.sections["ja"], name)
                for name in Section.__slots__
                if name != "lines"
            },
            lines=(line,),
        )
        assert len(write(Ledger("x.md", {"de": section}))) - len(base) <= 25
