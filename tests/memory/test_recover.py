"""Nothing is paid twice and no person's edit is lost: what a published target gives back."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import documents
from tests.laws.trials import trials
from tests.memory import editors
from tests.memory.editors import VALUES, recorded, translated
from tests.shared import require_shared
from translate_pipeline.article import Article, merge, parse, restore
from translate_pipeline.errors import ArticleError
from translate_pipeline.memory import identity
from translate_pipeline.memory.ledger import Section
from translate_pipeline.memory.published import parsed
from translate_pipeline.memory.recover import Known, Recovered, entries_of, recover
from translate_pipeline.model import Locale, LocalePair, Maker

SEEDS = st.integers(0, 2**32 - 1)
MODEL, PERSON, IMPORTED = Maker.MODEL, Maker.PERSON, Maker.IMPORTED
EN = Locale("en", "en", "English", "Latn")
DE = Locale("de", "de", "German", "Latn")


def made_of(found: Recovered) -> dict[int, str]:
    return {number: known.target for number, known in found.known.items()}


def published(source: str, targets: dict[int, str], dialect: str = "commonmark",
              **more: object) -> tuple[str, Section]:  # fmt: skip
    """The merged text of literal targets, and its section."""
    article = parse(source, dialect)
    output = merge(article, targets, VALUES)
    return output, recorded(article, output, **more)  # type: ignore[arg-type]


# --- laws ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("flavour", documents.FLAVOURS)
@trials(60)
@given(seed=SEEDS)
def test_what_was_recorded_is_known(flavour: str, seed: int) -> None:
    work = editors.random_work(random.Random(seed), flavour)
    if work is None:
        return
    found = recover(work.article, work.output, work.section)
    assert found.known.keys() == {segment.id for segment in work.article.segments}
    assert found == Recovered(known=found.known)  # and nothing else
    assert {known.maker for known in found.known.values()} <= {MODEL}
    assert merge(work.article, made_of(found), VALUES) == work.output
    bare = recover(work.article, work.output, None)
    assert merge(work.article, made_of(bare), VALUES) == work.output
    assert bare.known.keys() == found.known.keys()
    assert {known.maker for known in bare.known.values()} <= {IMPORTED}


@pytest.mark.parametrize("flavour", documents.FLAVOURS)
@trials(80)
@given(seed=SEEDS)
def test_a_person_s_word_is_theirs_and_stays(flavour: str, seed: int) -> None:
    rng = random.Random(seed)
    work = editors.random_work(rng, flavour)
    if work is None:
        return
    edited = editors.person(rng, parsed(work.article, work.output), "Menschenwort")
    if edited is None:
        return
    found = recover(work.article, edited, work.section)
    (number,) = found.edited
    assert found.known[number].maker is PERSON
    assert "Menschenwort" in found.known[number].target
    assert all(known.maker is MODEL for i, known in found.known.items() if i != number)
    assert found.known.keys() == {segment.id for segment in work.article.segments}
    assert (found.lost, found.added, found.frame_edited, found.head) == ((), (), False, {})
    # `[ref one]` may become `[ref one][ref one]`: its words are prose now, its label is not.
    remade = merge(work.article, made_of(found), VALUES)
    assert remade.replace("[ref one][ref one]", "[ref one]") == edited.replace(
        "[ref one][ref one]", "[ref one]"
    )
    # Recorded as theirs, it stays theirs.
    again = recorded(work.article, edited, {i: k.maker for i, k in found.known.items()})
    later = recover(work.article, edited, again)
    assert later.known == found.known
    assert later.edited == frozenset()


@pytest.mark.parametrize("flavour", documents.FLAVOURS)
@trials(80)
@given(seed=SEEDS)
def test_an_author_s_edit_costs_what_it_changed(flavour: str, seed: int) -> None:
    """Every segment whose text is as it was is known, with the very words it had."""
    rng = random.Random(seed)
    work = editors.random_work(rng, flavour)
    if work is None:
        return
    change = editors.author(rng, work.article)
    if change is None:
        return
    what, text = change
    try:
        article = parse(text, editors.dialect_of(flavour))
    except ArticleError:
        return
    found = recover(article, work.output, work.section)
    assert (found.edited, found.lost, found.frame_edited) == (frozenset(), (), False)
    before: dict[bytes, set[str]] = {}
    for segment in work.article.segments:
        target = work.targets.get(segment.id, segment.text)
        before.setdefault(identity.key(segment), set()).add(target)
    for segment in article.segments:
        key = identity.key(segment)
        assert (segment.id in found.known) is (key in before), (what, segment)
        if key not in before:
            continue
        target = found.known[segment.id].target
        if what != "url":  # two links of one address are told apart by nothing else
            forms = {restore(article, segment, wanted) for wanted in before[key]}
            assert restore(article, segment, target) in forms


@trials(100)
@given(seed=SEEDS)
def test_author_and_person_at_once(seed: int) -> None:
    """The person's text is kept, given as a reference, or named among what is lost."""
    rng = random.Random(seed)
    work = editors.random_work(rng, "github")
    if work is None:
        return
    edited = editors.person(rng, parsed(work.article, work.output), "Menschenwort")
    change = editors.author(rng, work.article)
    if edited is None or change is None:
        return
    try:
        article = parse(change[1])
    except ArticleError:
        return
    found = recover(article, edited, work.section)
    kept = [k for k in (*found.known.values(), *found.earlier.values()) if k.maker is PERSON]
    theirs = [*(known.target for known in kept), *found.lost]
    assert any("Menschenwort" in text for text in theirs), change[0]


# --- links and tags ------------------------------------------------------------------------------


def test_addresses_that_changed_stay_with_their_words() -> None:
    """All at once, in a target with another word order: a site rule, a new domain."""
    output, section = published("[one](/a) then [two](/b).", {1: "[Zwei](u2) nach [eins](u1)."})
    article = parse("[one](/new/a) then [two](/new/b).")
    found = recover(article, output, section)
    assert found.known == {1: Known("[Zwei](u2) nach [eins](u1).", MODEL)}
    assert merge(article, made_of(found), {}) == "[Zwei](/new/b) nach [eins](/new/a)."


def test_addresses_that_changed_places_in_the_source() -> None:
    output, section = published("[one](/a) then [two](/b).", {1: "[Eins](u1), dann [zwei](u2)."})
    article = parse("[one](/b) then [two](/a).")
    found = recover(article, output, section)
    assert merge(article, made_of(found), {}) == "[Eins](/b), dann [zwei](/a)."


def test_an_address_and_a_word_by_two_hands() -> None:
    output, section = published("[one](/a) then [two](/b).", {1: "[Zwei](u2) nach [eins](u1)."})
    article = parse("[one](/a) then [two](/new).")
    found = recover(article, output.replace("nach", "hinter"), section)
    assert found.known == {1: Known("[Zwei](u2) hinter [eins](u1).", PERSON)}


def test_tags_that_changed() -> None:
    output, section = published('<b class="x">one</b> <br> two', {1: "zwei <x1/> <b1>eins</b1>"})
    article = parse('<b class="y">one</b> <br/> two')
    assert recover(article, output, section).known[1].target == "zwei <x1/> <b1>eins</b1>"


def test_a_link_s_title_moves_with_its_link() -> None:
    source = '[a](u "One") b [c](v "Two")'
    output, section = published(source, {1: "[C](u2) B [A](u1)", 2: "Eins", 3: "Zwei"})
    found = recover(parse(source), output, section)
    assert made_of(found) == {1: "[C](u2) B [A](u1)", 2: "Eins", 3: "Zwei"}
    assert not found.frame_edited
    found = recover(parse(source), output.replace("Eins", "Uno"), section)
    assert found.edited == {2}
    assert found.known[2] == Known("Uno", PERSON)
    assert not found.frame_edited


def test_marks_with_nothing_in_common_are_not_guessed() -> None:
    output, section = published("see https://a.example/b now", {1: "<x1/>を見る"})
    assert output == "https://a.example/bを見る"
    assert section.lines[0].order == "="
    assert recover(parse("see https://a.example/b now"), output, section).known
    found = recover(parse("see https://a.example/new now"), output, section)
    assert found.known == {}
    assert found.earlier == {1: Known("<x1/>", MODEL)}


# --- what a person does --------------------------------------------------------------------------

SOURCE = """---
title: Words
date: 2024-01-02
---
# Head

First text.

Second [text](/x).

Third text.
"""
TARGETS = {1: "Wörter", 2: "Kopf", 3: "Erster Text.", 4: "Zweiter [Text](u1).", 5: "Dritter Text."}


@pytest.fixture
def article() -> Article:
    return parse(SOURCE)


@pytest.fixture
def before() -> tuple[str, Section]:
    return published(SOURCE, TARGETS)


def test_a_paragraph_that_a_person_added(article: Article, before: tuple[str, Section]) -> None:
    output, section = before
    edited = output.replace("Dritter", "Ein Einschub.\n\nDritter")
    found = recover(article, edited, section)
    assert made_of(found) == TARGETS
    assert found.frame_edited
    assert found.added == ("Ein Einschub.",)
    assert found.edited == frozenset()


def test_a_paragraph_that_a_person_took_out(article: Article, before: tuple[str, Section]) -> None:
    output, section = before
    found = recover(article, output.replace("Erster Text.\n\n", ""), section)
    assert made_of(found) == {i: t for i, t in TARGETS.items() if i != 3}
    assert found.frame_edited
    assert found.edited == {3}


def test_paragraphs_that_a_person_moved(article: Article, before: tuple[str, Section]) -> None:
    output, section = before
    moved = output.replace("Erster", "\0").replace("Dritter", "Erster").replace("\0", "Dritter")
    found = recover(article, moved, section)
    assert made_of(found) == TARGETS
    assert found.frame_edited


@pytest.mark.parametrize(
    ("old", "new"),
    [("(/x)", "(/y)"), ("# Kopf", "## Kopf"), ("Dritter Text.\n", "Dritter Text.\n\n---\n")],
)
def test_what_is_no_word(article: Article, before: tuple[str, Section], old: str, new: str) -> None:
    output, section = before
    found = recover(article, output.replace(old, new), section)
    assert made_of(found) == TARGETS
    assert found.frame_edited
    assert found.edited == frozenset()


def test_a_link_that_a_person_took_out(article: Article, before: tuple[str, Section]) -> None:
    output, section = before
    found = recover(article, output.replace("[Text](/x)", "Text"), section)
    assert found.edited == {4}
    assert 4 not in found.known
    assert found.earlier == {4: Known("Zweiter Text.", PERSON)}
    assert found.frame_edited


def test_front_matter_of_a_person(article: Article, before: tuple[str, Section]) -> None:
    output, section = before
    edited = output.replace("title: Wörter", "author: Eva\ntitle: Wort").replace("lang: de\n", "")
    found = recover(article, edited, section)
    assert found.head == {"author": "Eva"}
    assert found.head_removed == {"lang"}
    assert found.frame_edited  # nothing can take a key out when the file is written anew
    assert found.edited == {1}
    assert found.known[1] == Known("Wort", PERSON)
    found = recover(article, output.replace("lang: de", "lang: at"), section)
    assert found.head == {"lang": "at"}
    assert not found.frame_edited
    assert merge(article, made_of(found), {**VALUES, **found.head}) == output.replace(
        "lang: de", "lang: at"
    )
    found = recover(article, output.replace("lang: de", "lang: de\ntags: [a]"), section)
    assert found.head == {}
    assert found.frame_edited  # a list cannot be set


def test_line_breaks_and_spaces_are_no_edit(article: Article, before: tuple[str, Section]) -> None:
    output, section = before
    found = recover(article, output.replace("Erster Text", "Erster\nText"), section)
    assert made_of(found) == TARGETS
    assert (found.edited, found.frame_edited) == (frozenset(), False)


def test_source_and_target_changed(article: Article, before: tuple[str, Section]) -> None:
    output, section = before
    edited = output.replace("Erster Text", "Erster Absatz").replace("Dritter Text", "Dritter Satz")
    newer = parse(SOURCE.replace("First text.", "First words.").replace("\n\nThird text.", ""))
    found = recover(newer, edited, section)
    assert found.earlier == {3: Known("Erster Absatz.", PERSON)}
    assert found.lost == ("Dritter Satz.",)
    assert found.known.keys() == {1, 2, 4}
    model = recover(parse(SOURCE.replace("First text.", "First words.")), output, section)
    assert model.earlier == {3: Known("Erster Text.", MODEL)}


def test_equal_texts_keep_their_own_targets() -> None:
    source = "Yes\n\nNo\n\nYes\n"
    output, section = published(source, {1: "Ja", 2: "Nein", 3: "Ja"})
    edited = output[::-1].replace("aJ", "hcoD", 1)[::-1]
    assert edited == "Ja\n\nNein\n\nDoch\n"
    found = recover(parse(source), edited, section)
    assert found.edited == {3}
    assert made_of(found) == {1: "Ja", 2: "Nein", 3: "Doch"}
    # One more of them: what a person said of this text goes for it, too.
    found = recover(parse(source + "\nYes\n"), edited, section)
    assert made_of(found) == {1: "Ja", 2: "Nein", 3: "Doch", 4: "Doch"}


def test_equal_texts_edited_all_around() -> None:
    source = "Yes\n\nNo\n\nYes\n\nWell\n"
    _, section = published(source, {1: "Ja", 2: "Nein", 3: "Ja", 4: "Nun"})
    found = recover(parse(source), "Doch\n\nNie\n\nJa\n\nTja\n", section)
    assert made_of(found) == {1: "Doch", 2: "Nie", 3: "Ja", 4: "Tja"}
    assert found.edited == {1, 2, 4}
    assert not found.frame_edited


def test_an_edited_paragraph_whose_source_moved(
    article: Article, before: tuple[str, Section]
) -> None:
    output, section = before
    newer = parse(SOURCE.replace("First text.\n\n", "") + "\nFirst text.\n")
    found = recover(newer, output.replace("Erster Text", "Erster Absatz"), section)
    assert found.known[5] == Known("Erster Absatz.", PERSON)
    assert found.edited == {5}
    assert (found.lost, found.earlier) == ((), {})


# --- what the ledger knows -----------------------------------------------------------------------


def test_what_is_not_to_be_trusted_is_asked_for_again() -> None:
    source = "One text\n\nTwo text\n"
    output, section = published(source, {1: "Eins", 2: "Two text"}, untrusted=(2,))
    found = recover(parse(source), output, section)
    assert made_of(found) == {1: "Eins"}
    assert found.earlier == {}
    # Until a person translates it.
    found = recover(parse(source), output.replace("Two text", "Zwei"), section)
    assert found.known == {1: Known("Eins", MODEL), 2: Known("Zwei", PERSON)}


def test_makers_stay() -> None:
    source = "One\n\nTwo\n\nThree\n"
    makers = {1: PERSON, 2: IMPORTED}
    output, section = published(source, {1: "Eins", 2: "Zwei", 3: "Drei"}, makers=makers)
    found = recover(parse("Three\n\nTwo\n\nOne\n"), output, section)
    assert found.known == {1: Known("Drei", MODEL), 2: Known("Zwei", IMPORTED),
                           3: Known("Eins", PERSON)}  # fmt: skip
    assert found.edited == frozenset()
    found = recover(parse("Three\n"), output, section)
    assert found.lost == ("Eins",)


def test_a_translation_without_a_letter_is_found_again() -> None:
    source = "Year 2024\n\n| N/A | b |\n|---|---|\n| Yes | 1 |\n"
    targets = {1: "2024", 2: "–", 3: "B", 4: "✓"}
    output, section = published(source, targets)
    assert made_of(recover(parse(source), output, section)) == targets
    newer = parse("New text\n\n" + source.replace("| b |", "| c |"))
    found = recover(newer, output, section)
    assert made_of(found) == {2: "2024", 3: "–", 5: "✓"}
    found = recover(parse(source), output.replace("–", "keine Angabe"), section)
    assert found.known[2] == Known("keine Angabe", PERSON)


def test_a_heading_whose_id_no_attribute_can_hold() -> None:
    """kramdown takes no id that begins with a digit: the anchor is HTML, and nobody's edit."""
    source = "[a](#3-ways)\n\n## 3 ways\n\nText.\n"
    output, section = published(source, {1: "[b](u1)", 2: "3 Wege", 3: "Wort."}, "jekyll")
    assert '## <a id="3-ways"></a>3 Wege\n' in output
    article = parse(source, "jekyll")
    found = recover(article, output.replace("Wort.", "Satz."), section)
    assert found.edited == {3}
    assert found.known[2].target == "3 Wege"


def test_a_pinned_heading() -> None:
    for dialect in ("commonmark", "jekyll"):
        source = "## One two\n\n[x](#one-two)\n"
        output, section = published(source, {1: "Eins zwei", 2: "[y](u1)"}, dialect)
        assert made_of(recover(parse(source, dialect), output, section)) == {
            1: "Eins zwei", 2: "[y](u1)"}  # fmt: skip
        # The link is gone, and so is the pin; the heading's words are known.
        found = recover(parse("## One two\n\nNo link\n", dialect), output, section)
        assert made_of(found) == {1: "Eins zwei"}
        found = recover(parse(source, dialect), output.replace("Eins", "Uno"), section)
        assert found.known[1] == Known("Uno zwei", PERSON)


def test_a_target_that_is_no_article(before: tuple[str, Section]) -> None:
    output, section = before
    with pytest.raises(ArticleError):
        recover(parse(SOURCE), output.replace("title:", "title: [\ntitle:"), section)


# --- without a ledger ----------------------------------------------------------------------------


def test_a_translation_older_than_the_tool() -> None:
    source = "# Head\n\nFirst text [a](/a).\n\n```\ncode\n```\n\nSecond text.\n\n- One\n- Two\n"
    target = "# Kopf\n\nErster Text [a](/a).\n\n```\nCode\n```\n\nZweiter Text.\n\n- Eins\n- Zwei\n"
    found = recover(parse(source), target, None)
    assert made_of(found) == {1: "Kopf", 2: "Erster Text [a](u1).", 3: "Zweiter Text.", 4: "Eins",
                              5: "Zwei"}  # fmt: skip
    assert {known.maker for known in found.known.values()} == {IMPORTED}
    assert found.doubtful == ()


def test_only_what_aligns_beyond_doubt_is_taken() -> None:
    source = "## A\n\nOne.\n\nTwo.\n\n## B\n\nThree.\n\n## C\n\nFour `x`.\n\nFive.\n"
    target = "## Ä\n\nEins und zwei.\n\n## Be\n\nDrei.\n\n## Ce\n\nMehr.\n\nVier `x`.\n\nFünf.\n"
    found = recover(parse(source), target, None)
    assert made_of(found) == {1: "Ä", 4: "Be", 5: "Drei.", 6: "Ce", 7: "Vier `x`.", 8: "Fünf."}
    assert found.doubtful == (2, 3)


def test_joined_paragraphs_do_not_shift_the_rest() -> None:
    """As many paragraphs as before, but the lengths are of other texts."""
    long = "This is a sentence of some length that says one thing." * 3
    source = f"{long}\n\nShort one, and nothing more than this here.\n\n{long}\n"
    target = f"{long} {long}\n\n{long}\n\nKurz und nichts weiter als das hier.\n"
    target = target.replace("This", "Dies")
    assert made_of(recover(parse(source), target, None)) == {}
    assert made_of(recover(parse(source), target + "\n***\n", None)) == {}


# --- the memory ----------------------------------------------------------------------------------


def test_entries_for_the_memory() -> None:
    source = "One text\n\n- [Kept](https://x.example/)\n\nTwo text\n"
    output, section = published(source, {1: "Eins", 3: "Zwei"}, makers={1: PERSON})
    article = parse(source)
    entries = entries_of(
        article, recover(article, output, section), LocalePair(EN, DE),
        signature="a|b", made="2026-11-23T22:31:05Z",
    )  # fmt: skip
    assert [(e.source, e.target, e.maker, e.kind) for e in entries] == [
        ("One text", "Eins", PERSON, "paragraph"),
        ("Two text", "Zwei", MODEL, "paragraph"),
    ]
    keys = [identity.key(segment) for segment in article.segments]
    assert [entry.key for entry in entries] == [keys[0], keys[2]]
    assert [entry.context for entry in entries] == [
        identity.context(keys, 0), identity.context(keys, 2)]  # fmt: skip
    assert Counter((e.source_tag, e.target_tag, e.signature, e.made) for e in entries) == {
        ("en", "de", "a|b", "2026-11-23T22:31:05Z"): 2
    }


def test_long_work_is_recorded_and_found() -> None:
    """Thousands of equal segments take no quadratic time, and hundreds of marks have an order."""
    work = translated("- a word\n" * 3000 + "\n" + " ".join(f"[w](/{n})" for n in range(400)))
    assert work is not None
    assert work.section.lines[-1].order.startswith("u400,2,3,")
    found = recover(work.article, work.output + "\n\nNeu\n", work.section)
    assert len(found.known) == 3001
    assert merge(work.article, made_of(found), VALUES) == work.output


@pytest.mark.slow
def test_real_articles() -> None:
    """Over the Jekyll corpus: all is known, one word of a person is found, and comes back."""
    rng = random.Random(20261123)
    counts: Counter[str] = Counter()
    for path in sorted(require_shared("corpus", "jekyll").rglob("*.md")):
        try:
            work = translated(path.read_bytes().decode(), "jekyll")
        except (UnicodeDecodeError, ArticleError):
            continue
        if work is None:
            continue
        counts["segments"] += len(work.article.segments)
        found = recover(work.article, work.output, work.section)
        assert found == Recovered(known=found.known), path
        counts["known"] += len(found.known)
        assert merge(work.article, made_of(found), VALUES) == work.output, path
        edited = editors.person(rng, parsed(work.article, work.output), "Menschenwort")
        if edited is not None:
            counts["edits"] += 1
            found = recover(work.article, edited, work.section)
            counts["found"] += len(found.edited) == 1
            assert merge(work.article, made_of(found), VALUES) == edited, path
    print(dict(counts))
    assert counts["known"] == counts["segments"] > 10_000
    assert counts["found"] == counts["edits"] > 200
