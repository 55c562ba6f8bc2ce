"""The state of every translation follows from bytes and ledger, whatever happened before."""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.survey_histories import STEPS, Editor, reference, surveyed
from tests.survey_trees import SETTINGS, Tree, target_of
from translate_pipeline.memory import stamps as stamps_module
from translate_pipeline.memory.ledger import path_of
from translate_pipeline.memory.stamps import Stamps
from translate_pipeline.survey import JobState, JobView, Row, survey

X = "posts/x.md"
DE, FR = target_of(X, "de"), target_of(X, "fr")


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is an hour ahead, so that every file is at rest and trusted from then on."""
    real = time.time_ns
    monkeypatch.setattr(stamps_module.time, "time_ns", lambda: real() + 3600 * 10**9)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """One article in two locales, both fresh."""
    tree = Tree(tmp_path)
    tree.put(X, "one\ntwo\nthree\nfour\n")
    tree.translate(X)
    assert tree.survey() == [row(fresh("de"), fresh("fr"))]
    return tree


def row(*views: JobView, source: str = X, origin: str = "", faults: tuple[str, ...] = ()) -> Row:
    return Row(source, "en", views, origin, faults)


def fresh(locale: str, source: str = X) -> JobView:
    return JobView(locale, target_of(source, locale), JobState.FRESH)


def test_no_translation_yet(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.put(X, "one\n")
    assert tree.survey() == [
        row(JobView("de", DE, JobState.MISSING), JobView("fr", FR, JobState.MISSING))
    ]
    assert not (tmp_path / ".translate-pipeline").exists(), "to look is not to touch"


def test_an_empty_site(tmp_path: Path) -> None:
    assert Tree(tmp_path).survey() == []


def test_the_source_changed(tree: Tree) -> None:
    tree.put(X, "one\ntwo\nthree\nfive\n")
    stale = [JobView(name, target_of(X, name), JobState.STALE, stale=True) for name in ("de", "fr")]
    assert tree.survey() == [row(*stale)]


def test_the_source_was_only_touched(tree: Tree) -> None:
    tree.touch(X)
    tree.touch(DE)
    tree.touch(path_of(X))
    assert tree.survey() == [row(fresh("de"), fresh("fr"))]


def test_a_setting_changed_for_one_locale(tree: Tree) -> None:
    found = tree.survey(settings=lambda locale: "other-00001" if locale == "fr" else SETTINGS)
    assert found == [row(fresh("de"), JobView("fr", FR, JobState.STALE, stale=True))]


def test_a_person_changed_a_target(tree: Tree) -> None:
    tree.put(DE, "de: better\n")
    assert tree.survey() == [row(JobView("de", DE, JobState.EDITED, edited=True), fresh("fr"))]
    tree.put(X, "one\n")
    edited, stale = tree.survey()[0].states
    assert edited == JobView("de", DE, JobState.EDITED, stale=True, edited=True)
    assert stale == JobView("fr", FR, JobState.STALE, stale=True)


def test_a_run_died_between_ledger_and_target(tree: Tree) -> None:
    tree.record(X, "de", "de: new\n", was=tree.text(DE))
    assert tree.survey()[0].states[0] == JobView("de", DE, JobState.STALE, stale=True)


def test_a_person_changed_what_a_dead_run_left(tree: Tree) -> None:
    tree.record(X, "de", "de: new\n", was=tree.text(DE))
    tree.put(DE, "de: mine\n")
    assert tree.survey()[0].states[0] == JobView("de", DE, JobState.EDITED, edited=True)


def test_a_target_is_gone(tree: Tree) -> None:
    tree.remove(DE)
    assert tree.survey() == [row(JobView("de", DE, JobState.MISSING), fresh("fr"))]


def test_a_target_that_no_ledger_knows(tree: Tree) -> None:
    tree.remove(path_of(X))
    unknown = [JobView(name, target_of(X, name), JobState.UNRECORDED) for name in ("de", "fr")]
    assert tree.survey() == [row(*unknown)]


def test_a_target_that_is_broken(tree: Tree) -> None:
    tree.remove(FR)
    tree.put(DE, "de: better\n")
    asked = []

    def broken(*job: str) -> bool:
        asked.append(job)
        return True

    views = tree.survey(broken=broken)[0].states
    assert views[0] == JobView("de", DE, JobState.BROKEN, edited=True)
    assert views[1].state is JobState.MISSING
    assert asked == [(X, "de", DE)]


def test_a_renamed_source(tree: Tree) -> None:
    new = "posts/deep/y.md"
    tree.move(X, new)
    renamed = [
        JobView(name, target_of(new, name), JobState.RENAMED, before=target_of(X, name))
        for name in ("de", "fr")
    ]
    assert tree.survey() == [row(*renamed, source=new, origin=X)]


def test_a_renamed_source_with_its_targets(tree: Tree) -> None:
    new = "posts/y.md"
    tree.move(X, new)
    tree.move(DE, target_of(new, "de"))
    tree.put(target_of(new, "de"), "de: better\n")
    tree.move(FR, target_of(new, "fr"))
    assert tree.survey()[0].states == (
        JobView("de", target_of(new, "de"), JobState.RENAMED, edited=True, before=DE),
        JobView("fr", target_of(new, "fr"), JobState.RENAMED, before=FR),
    )


def test_a_source_renamed_and_edited(tree: Tree) -> None:
    new = "posts/y.md"
    tree.move(X, new)
    tree.put(new, "one\ntwo\nthree\nfive\nsix\n")
    assert tree.survey()[0] == row(
        JobView("de", target_of(new, "de"), JobState.RENAMED, stale=True, before=DE),
        JobView("fr", target_of(new, "fr"), JobState.RENAMED, stale=True, before=FR),
        source=new,
        origin=X,
    )


def test_another_article_took_the_name_of_a_renamed_one(tree: Tree) -> None:
    """`x` became `y`, and there is a new `x`, whose ledger is that of `y`'s past."""
    tree.move(X, "posts/y.md")
    tree.put(X, "quite\nother\nwords\n")
    other, renamed = tree.survey()
    # By name it is the old article, rewritten; nothing is lost: every segment is asked for.
    assert [view.state for view in other.states] == [JobState.STALE, JobState.STALE]
    assert [view.state for view in renamed.states] == [JobState.MISSING, JobState.MISSING]


def test_the_layout_moved_the_targets(tree: Tree) -> None:
    tree.record(X, "de", tree.text(DE) or "", target="old/x.de.md")
    tree.move(DE, "old/x.de.md")
    assert tree.survey()[0].states[0] == JobView("de", DE, JobState.RENAMED, before="old/x.de.md")


def test_where_a_target_stood_is_another_articles_by_now(tree: Tree) -> None:
    tree.put("posts/y.md", "other\n")
    tree.translate("posts/y.md")
    tree.record(X, "de", tree.text(DE) or "", target=target_of("posts/y.md", "de"))
    tree.remove(DE)
    assert tree.survey()[0].states[0] == JobView("de", DE, JobState.MISSING)


def test_a_lost_source(tree: Tree) -> None:
    tree.put("posts/y.md", "words\n")
    tree.translate("posts/y.md", "de")
    tree.put(FR, "fr: mine\n")
    tree.remove(X)
    left, lost = tree.survey()
    assert [view.state for view in left.states] == [JobState.FRESH, JobState.MISSING]
    views = (
        JobView("de", DE, JobState.ORPHANED),
        JobView("fr", FR, JobState.ORPHANED, edited=True),
    )
    assert lost == Row(X, "", views)


def test_an_excluded_source_is_no_orphan(tree: Tree) -> None:
    tree.put("posts/y.md", "words\n")
    tree.move(X, "drafts.md")
    tree.move(path_of(X), path_of("drafts.md"))
    assert [found.source for found in tree.survey()] == ["posts/y.md"]


def test_an_orphan_does_not_own_what_a_living_article_uses(tree: Tree) -> None:
    """Two layouts of sources, one of targets: the new article's translation is its own."""
    tree.put("posts/y.md", "words\n")
    tree.translate("posts/y.md", "de")
    tree.record(X, "de", "", target=target_of("posts/y.md", "de"))
    tree.remove(X)
    _, lost = tree.survey()
    assert lost == Row(X, "", (JobView("fr", FR, JobState.ORPHANED),))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<<<<<<< ours\n", ":1: "),
        ("translate-pipeline ledger 7\n", ":1: written by a newer version"),
        ("translate-pipeline ledger 1\nsource x\n\n[de] x\n<<<<<<< ours\n", ":5: merge conflict"),
        ("", ":1: "),
        ("\udcff", ": this is no UTF-8; restore the file"),
    ],
)
def test_a_ledger_that_cannot_be_read(tree: Tree, text: str, reason: str) -> None:
    file = tree.root / path_of(X)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    tree.put("posts/y.md", "words\n")
    for _ in range(2):  # remembered or not
        damaged, other = tree.survey()
        assert {view.state for view in damaged.states} == {JobState.BROKEN}
        (fault,) = damaged.faults
        assert fault.startswith(f"{path_of(X)}{reason}")
        assert other.faults == ()
    tree.remove(X)
    _, lost = tree.survey()
    assert lost == Row(path_of(X), "", (), faults=(fault,))


def test_a_ledger_written_by_hand_in_another_order(tree: Tree) -> None:
    """What only the thorough reader takes is taken."""
    file = tree.root / path_of(X)
    lines = file.read_text().splitlines(keepends=True)
    made = next(n for n, line in enumerate(lines) if line.startswith("made "))
    lines[made], lines[made + 1] = lines[made + 1], lines[made]
    file.write_text("".join(lines))
    assert tree.survey() == [row(fresh("de"), fresh("fr"))]


def test_what_stands_in_a_targets_place_and_is_none(tree: Tree) -> None:
    tree.remove(DE)
    (tree.root / DE).mkdir()
    tree.remove(FR)
    os.mkfifo(tree.root / FR)
    (found,) = tree.survey()
    assert {view.state for view in found.states} == {JobState.BROKEN}
    assert [fault.split("; ")[0] for fault in found.faults] == [
        f"{DE}: it is no regular file",
        f"{FR}: it is no regular file",
    ]


def test_a_source_that_vanishes_meanwhile(tree: Tree) -> None:
    planned = list(tree.plan())
    tree.remove(X)
    stamps = Stamps(tree.root)
    (found,) = survey(tree.root, planned, stamps=stamps, settings_digest=SETTINGS)
    assert found.faults == (f"{X}: it is gone since the folder was read; run again",)


def test_a_ledger_that_points_out_of_the_root(tree: Tree) -> None:
    (tree.root.parent / "secret.md").write_text("secret")
    tree.record(X, "de", "secret", target="../secret.md")
    tree.remove(DE)
    assert tree.survey()[0].states[0] == JobView("de", DE, JobState.MISSING)
    tree.remove(X)
    lost = tree.survey()[0].states[0]
    assert lost == JobView("de", "../secret.md", JobState.ORPHANED, edited=True), "never pruned"


def test_the_benchmarks_site_is_fresh(tmp_path: Path) -> None:
    from benchmarks.site import LOCALES, build

    from translate_pipeline.cli._site import site_of

    root = tmp_path / "site"
    assert build(root, 3, seed=1) == 3 * (2 + len(LOCALES))
    work = site_of(argparse.Namespace(config=None), root)
    rows = list(
        survey(root, work.planned(), stamps=Stamps(root), settings_digest=work.settings_digest)
    )
    assert len(rows) == 3
    assert {view.state for found in rows for view in found.states} == {JobState.FRESH}


@pytest.mark.parametrize("seed", range(3))
def test_any_history_ends_in_the_states_of_the_reference(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    tree = Tree(tmp_path, locales=("de", "fr", "ja", "hant"))
    editor = Editor(tree, rng)
    for _ in range(40):
        editor.new_source()
    for item in tree.plan():
        tree.translate(item.source)
    seen: Counter[str] = Counter()
    for step in range(20):
        for _ in range(rng.randint(1, 4)):
            rng.choice(STEPS)(editor)
        found = surveyed(tree)
        assert found == reference(tree), f"step {step}"
        seen.update(state for state, _, _ in found.values())
        if step % 7 == 6:
            editor.run()
            assert surveyed(tree) == reference(tree), f"after the run of step {step}"
    expected = {"missing", "fresh", "stale", "edited", "renamed", "unrecorded", "orphaned"}
    assert seen.keys() == expected
