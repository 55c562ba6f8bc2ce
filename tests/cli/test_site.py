"""A site over its life, as its owner types it: translate, edit, rename, delete, translate again."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.servers import MODEL, LoopbackServer
from translate_pipeline.cli import main

Start = Callable[..., LoopbackServer]

CONFIG = """\
layout = "plain"
paths = [{{ source = "docs/{{stem}}{{ext}}", target = "docs/{{locale}}/{{stem}}{{ext}}" }}]
targets = ["de", "fr"]
model = "{model}"
base_url = "{url}"
{more}
"""
TIDE = """\
---
title: The tide
lang: en
prompt: Write it for sailors.
translated: false
---

The tide comes in slowly, and leaves the harbour twice a day.

## At night

Nobody sees the water rise behind the old mill.

See [the wind](wind.md) and [the mill](#at-night).
"""
WIND = """\
---
title: The wind
lang: en
translated: false
---

The wind turns at noon, and the boats leave the quay.

![A boat](boat.png)
"""


class Owner:
    """A folder, a server, and somebody who types."""

    def __init__(
        self, root: Path, server: LoopbackServer, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.root, self.server, self._capsys = root, server, capsys

    def config(self, more: str = "", **replaced: str) -> None:
        text = CONFIG.format(model=MODEL, url=self.server.base_url, more=more)
        for old, new in replaced.items():
            text = text.replace(old, new)
        (self.root / "translate-pipeline.toml").write_text(text)

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def read(self, path: str) -> str:
        return (self.root / path).read_text()

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert text.count(old) == 1, (old, text)
        self.write(path, text.replace(old, new))

    def type(self, *arguments: str) -> tuple[int, str]:
        """Exit code, and all that is printed."""
        self._capsys.readouterr()
        code = main(arguments)
        said = "".join(self._capsys.readouterr())
        assert "Traceback" not in said
        return code, said

    def translate(self, *arguments: str, code: int = 0) -> list[str]:
        """The texts that are sent."""
        since = len(self.server.chats)
        done = self.type("translate", *arguments)
        assert done[0] == code, done[1]
        return [
            segment.text
            for chat in self.server.chats[since:]
            if chat.task is not None
            for segment in chat.task.wanted
        ]

    def states(self) -> dict[str, str]:
        _, said = self.type("status", "--json")
        return {
            view["path"]: view["state"]
            for row in json.loads(said)["results"]
            for view in row["targets"].values()
        }


@pytest.fixture
def owner(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    model_server: Start,
) -> Owner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    owner = Owner(tmp_path, model_server(), capsys)
    owner.config()
    owner.write("docs/tide.md", TIDE)
    owner.write("docs/wind.md", WIND)
    owner.write("docs/boat.png", "")
    return owner


def test_the_first_run_and_the_second(owner: Owner) -> None:
    sent = Counter(owner.translate())
    assert sent["The tide"] == 2
    german = owner.read("docs/de/tide.md")
    assert "lang: de\n" in german
    assert "translated: true\n" in german
    assert "](wind.md)" in german, "the neighbour is translated, too, and stands beside it"
    assert "](../boat.png)" in owner.read("docs/de/wind.md"), "the image is where it was"
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in owner.root.rglob("*.md")}
    assert owner.translate() == []
    assert before == {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in owner.root.rglob("*.md")}
    assert set(owner.states().values()) == {"fresh"}
    assert "leverage: 0.0% of 16 segments" in owner.type("status")[1]
    assert ".translate-pipeline/memory.sqlite" not in _tracked(owner.root)
    assert ".translate-pipeline/ledger/docs/tide.md.ledger" in _tracked(owner.root)


def _tracked(root: Path) -> set[str]:
    """What `git add .` would take."""
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    return set(listed.stdout.split("\n"))


def test_the_authors_prompt_reaches_the_model_and_can_be_left_out(owner: Owner) -> None:
    owner.config('drop = ["prompt"]')
    owner.translate()
    told = [chat.task.text for chat in owner.server.chats if chat.task is not None]
    assert sum("Write it for sailors." in text for text in told) == 2
    assert "prompt:" not in owner.read("docs/de/tide.md")


def test_a_setting_that_shapes_targets_costs_nothing(owner: Owner) -> None:
    owner.translate()
    owner.config("values = { audio = false }")
    assert set(owner.states().values()) == {"stale"}
    assert owner.translate() == []
    assert "audio: false\n" in owner.read("docs/de/tide.md")


def test_without_the_database_nothing_is_paid_again(owner: Owner) -> None:
    owner.translate()
    for path in (owner.root / ".translate-pipeline").glob("memory.sqlite*"):
        path.unlink()
    # A paragraph that stands in one article is quoted in another, which has never had it.
    quoted = "Nobody sees the water rise behind the old mill.\n\n"
    owner.edit("docs/wind.md", "![A boat]", f"{quoted}![A boat]")
    assert owner.translate() == []
    german = owner.read("docs/de/tide.md").split("\n\n")
    assert set(german) & set(owner.read("docs/de/wind.md").split("\n\n"))


def test_a_fresh_clone_has_nothing_to_do(owner: Owner, tmp_path: Path) -> None:
    def git(*arguments: str, folder: Path = owner.root) -> None:
        command = ["git", "-c", "user.name=x", "-c", "user.email=x@y", *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    owner.translate()
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "translated")
    git("clone", "-q", ".", "clone")
    owner.root = tmp_path / "clone"
    config = str(owner.root / "translate-pipeline.toml")
    assert not list(owner.root.rglob("*.sqlite"))
    assert owner.translate("--config", config) == []
    # One changed sentence costs one segment in each language, with nothing but what is committed.
    owner.edit("docs/wind.md", "The wind turns", "The east wind turns")
    assert len(owner.translate("--config", config)) == 2


def test_a_persons_edit_stays_and_a_changed_source_is_told_of(owner: Owner) -> None:
    owner.translate()
    _, body = owner.read("docs/de/wind.md").split("---\n\n")
    ours = body.split("\n")[0]
    owner.edit("docs/de/wind.md", ours, "Mittags dreht der Wind, und die Boote gehen.")
    assert owner.states()["docs/de/wind.md"] == "edited"
    assert owner.translate() == []
    assert owner.states()["docs/de/wind.md"] == "fresh"
    assert "Mittags dreht der Wind" in owner.read("docs/de/wind.md")

    owner.edit("docs/wind.md", "![A boat]", "A new paragraph about sails.\n\n![A boat]")
    assert set(owner.translate()) == {"A new paragraph about sails."}
    assert "Mittags dreht der Wind" in owner.read("docs/de/wind.md")

    owner.edit("docs/wind.md", "the boats leave", "the boats slowly leave")
    code, said = owner.type("translate")
    assert code == 0
    assert "went to the model as a reference: Mittags dreht der Wind" in said
    told = owner.server.chats[-2:]
    assert any("Mittags dreht der Wind" in chat.task.text for chat in told if chat.task)


def test_an_edit_of_more_than_prose_stops_the_job_not_the_work(owner: Owner) -> None:
    owner.translate()
    owner.write("docs/de/wind.md", owner.read("docs/de/wind.md") + "\n> A note by hand.\n")
    assert owner.translate() == [], "its source is unchanged: it is only recorded"
    owner.edit("docs/wind.md", "The wind turns", "The east wind turns")
    code, said = owner.type("translate")
    assert code == 1
    assert "docs/de/wind.md was changed by hand outside of its prose" in said
    assert "A note by hand." in owner.read("docs/de/wind.md")
    assert "lang: fr" in owner.read("docs/fr/wind.md")
    assert len(owner.translate("--overwrite")) == 1
    assert "A note by hand." not in owner.read("docs/de/wind.md")


def test_front_matter_that_a_person_set_stays(owner: Owner) -> None:
    owner.translate()
    owner.edit("docs/de/wind.md", "lang: de\n", "lang: de\naudio: wind-de.mp3\n")
    owner.translate()
    owner.edit("docs/wind.md", "The wind turns", "The east wind turns")
    assert len(owner.translate()) == 2
    assert "audio: wind-de.mp3\n" in owner.read("docs/de/wind.md")
    owner.edit("docs/wind.md", "The east wind turns", "The west wind turns")
    assert len(owner.translate()) == 2, "and it stays in every later run, too"
    assert "audio: wind-de.mp3\n" in owner.read("docs/de/wind.md")
    assert owner.translate() == []


def test_a_renamed_article_is_followed(owner: Owner) -> None:
    owner.translate()
    german = owner.read("docs/de/wind.md")
    (owner.root / "docs/wind.md").rename(owner.root / "docs/breeze.md")
    assert owner.states()["docs/de/breeze.md"] == "renamed"
    assert owner.translate() == []
    assert owner.read("docs/de/breeze.md") == german
    assert not (owner.root / "docs/de/wind.md").exists()
    ledgers = sorted(p.name for p in owner.root.rglob("*.ledger"))
    assert ledgers == ["breeze.md.ledger", "tide.md.ledger"]


def test_orphans_are_told_and_pruned_unless_a_person_worked_on_them(owner: Owner) -> None:
    owner.translate()
    (owner.root / "docs/wind.md").unlink()
    owner.edit("docs/de/wind.md", "lang: de\n", "lang: de\naudio: true\n")
    code, said = owner.type("translate")
    assert code == 1
    assert "docs/fr/wind.md: orphaned" in said
    code, said = owner.type("translate", "--prune")
    assert code == 1
    assert "deleted docs/fr/wind.md" in said
    assert not (owner.root / "docs/fr/wind.md").exists()
    assert (owner.root / "docs/de/wind.md").exists(), "a person worked on it"


def test_translations_older_than_the_tool_are_adopted(owner: Owner) -> None:
    old = TIDE.replace("lang: en", "lang: de").replace("translated: false", "translated: true")
    old = old.replace("The tide comes in slowly", "Die Flut kommt langsam")
    owner.write("docs/de/tide.md", old)
    owner.write(
        "docs/de/wind.md", "---\ntitle: Der Wind\nlang: de\n---\n\nEins.\n\nZwei.\n\nDrei.\n"
    )
    code, said = owner.type("adopt")
    assert code == 1
    assert "docs/de/wind.md is older than the ledger" in said
    assert owner.read("docs/de/tide.md") == old
    assert owner.states()["docs/de/tide.md"] == "fresh"
    owner.edit("docs/tide.md", "See [the wind]", "Listen to [the wind]")
    sent = owner.translate(code=1)
    assert Counter(sent)["Listen to [the wind](u1) and [the mill](u2)."] == 2
    assert "Die Flut kommt langsam" in owner.read("docs/de/tide.md")


def test_limits_stop_a_run_and_the_next_goes_on(owner: Owner) -> None:
    code, said = owner.type("translate", "--max-articles", "1")
    assert code == 0
    assert "2 left for the next run" in said
    assert sorted(p.name for p in (owner.root / "docs/de").iterdir()) == ["tide.md"]
    code, said = owner.type("translate", "--max-requests", "1", "--concurrency", "1")
    assert code == 1
    assert "--max-requests 1 is reached" in said
    before = len(owner.server.chats)
    assert owner.translate()
    assert len(owner.server.chats) == before + 1
    assert set(owner.states().values()) == {"fresh"}


def test_only_what_changed_since_a_revision(owner: Owner) -> None:
    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=x", "-c", "user.email=x@y", *arguments]
        subprocess.run(command, cwd=owner.root, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    owner.edit("docs/wind.md", "The wind turns", "The east wind turns")
    owner.translate("--changed-since", "HEAD")
    assert sorted(p.name for p in (owner.root / "docs/de").iterdir()) == ["wind.md"]
    code, said = owner.type("translate", "--changed-since", "nothing")
    assert code == 2
    assert "git says" in said
    assert owner.type("translate", "--changed-since", "--help")[0] == 2


def test_a_dry_run_tells_what_is_missing_and_corrects_itself(owner: Owner) -> None:
    owner.config("prices = { prompt = 1.0, completion = 2.0 }")
    code, said = owner.type("translate", "--dry-run")
    assert code == 0
    assert "2 articles into 2 locales: 16 segments, 16 to be sent" in said
    assert ", $0.00" in said
    assert not (owner.root / ".translate-pipeline").exists()
    owner.translate()
    owner.edit("docs/wind.md", "The wind turns", "The east wind turns")
    _, said = owner.type("translate", "--dry-run")
    assert "1 article into 2 locales: 6 segments, 2 to be sent" in said
    assert "(corrected by past usage)" in said


def test_a_language_of_its_own_for_each_source(owner: Owner) -> None:
    for path in (owner.root / "docs").glob("*.md"):
        path.unlink()
    owner.config(**{'layout = "plain"': 'layout = "jekyll-user"', "paths = ": "# "})
    owner.write("original/2025-01-01-a-en.md", "---\nlang: en\n---\n\nAn English note.\n")
    owner.write("notes/2025-01-02-b-de.md", "---\nlang: de\n---\n\nEin deutscher Text hier.\n")
    owner.config(
        **{
            'layout = "plain"': 'layout = "jekyll-user"',
            "paths = ": "# ",
            '["de", "fr"]': '["en", "de", "fr"]',
        }
    )
    assert len(owner.translate()) == 4
    for locale in ("en", "de", "fr"):
        for name in ("2025-01-01-a", "2025-01-02-b"):
            text = owner.read(f"_posts/{locale}/{name}-{locale}.md")
            assert f"lang: {locale}\n" in text
    assert "translated: false" in owner.read("_posts/en/2025-01-01-a-en.md")
    assert "An English note." in owner.read("_posts/en/2025-01-01-a-en.md")
    owner.edit("notes/2025-01-02-b-de.md", "lang: de", "lang: fr")
    code, said = owner.type("translate")
    assert code == 1
    assert "correct the key" in said


def test_a_damaged_ledger_is_told_and_nothing_is_lost(owner: Owner) -> None:
    owner.translate()
    ledger = owner.root / ".translate-pipeline/ledger/docs/wind.md.ledger"
    ledger.write_text("<<<<<<< ours\n" + ledger.read_text())
    german = owner.read("docs/de/wind.md")
    code, said = owner.type("translate")
    assert code == 1
    assert "wind.md.ledger" in said
    ledger.unlink()
    assert owner.translate() == []
    assert owner.read("docs/de/wind.md") == german


def test_json_has_it_all(owner: Owner) -> None:
    owner.translate()
    owner.edit("docs/wind.md", "The wind turns", "The east wind turns")
    code, said = owner.type("translate", "--json")
    document: dict[str, Any] = json.loads(said)
    assert code == document["exit_code"] == 0
    assert document["totals"]["up_to_date"] == 2
    assert document["totals"]["written"] == 2
    assert document["totals"]["origins"] == {"memory": 4, "model": 2}
