"""`eval`: the same text is 100, a worse one is less, and what is broken is told as broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import MODEL, LoopbackServer
from translate_pipeline.cli import main

pytest.importorskip("sacrebleu", reason="pip install 'translate-pipeline[eval]'")

Start = Callable[..., LoopbackServer]

SOURCE = """\
---
title: The tide
lang: en
---

The water leaves the harbour twice a day, and nobody asks why it does so.

Run `make` and read [the notes](notes.md) before you start the boat.
"""
GERMAN = {
    "The tide": "Die Gezeiten",
    "The water leaves the harbour twice a day, and nobody asks why it does so.": (
        "Das Wasser verlässt den Hafen zweimal am Tag, und niemand fragt, warum es das tut."
    ),
    "Run `make` and read [the notes](u1) before you start the boat.": (
        "Rufen Sie `make` auf und lesen Sie [die Hinweise](u1), bevor Sie das Boot starten."
    ),
}
REFERENCE = (
    SOURCE.replace("lang: en", "lang: de\ntranslated: true")
    .replace("The tide", GERMAN["The tide"])
    .replace(*list(GERMAN.items())[1])
    .replace(
        "Run `make` and read [the notes](notes.md) before you start the boat.",
        "Rufen Sie `make` auf und lesen Sie [die Hinweise](notes.md), bevor Sie das Boot starten.",
    )
)


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    for name, text in (("en/tide.md", SOURCE), ("de/tide.md", REFERENCE), ("en/new.md", SOURCE)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(("eval", *arguments)) == code
    return capsys.readouterr().out


def measured(
    capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0
) -> dict[str, object]:
    document = json.loads(run(capsys, "en", "--to", "de", "--json", *arguments, code=code))
    (row,) = document["scores"]
    assert isinstance(row, dict)
    return row


def test_the_model_s_work(
    examples: Path, model_server: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in examples.rglob("*") if path.is_file()}
    server = model_server(lambda text, kind: GERMAN[text], cost=0.001)
    row = measured(capsys, "--model", MODEL, "--base-url", server.base_url)
    assert row["articles"] == 1, "one article has a reference"
    assert (row["complete"], row["exact"]) == (1.0, 1.0)
    assert row["overlap"]["chrf"] == pytest.approx(100)  # type: ignore[index]
    assert row["usage"]["requests"] == 1  # type: ignore[index]
    assert row["usage"]["cost"] > 0  # type: ignore[index]
    assert row["cost_index"] > 1  # type: ignore[operator]
    after = {path: path.read_bytes() for path in examples.rglob("*") if path.is_file()}
    assert before == after, "nothing is written"


def test_a_worse_model(
    examples: Path, model_server: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    worse = {**GERMAN, "The tide": "Das Meer"}
    worse[list(GERMAN)[1]] = "Das Wasser geht zweimal täglich aus dem Hafen, keiner fragt wieso."
    server = model_server(lambda text, kind: worse[text])
    row = measured(capsys, "--model", MODEL, "--base-url", server.base_url)
    assert 20 < row["overlap"]["chrf"] < 90  # type: ignore[index]


def test_what_another_tool_has_made(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = examples / "made" / "de"
    made.mkdir(parents=True)
    (made / "tide.md").write_text(REFERENCE)
    assert measured(capsys, "--candidates", "made")["complete"] == 1.0
    (made / "tide.md").write_text(REFERENCE.replace("`make`", "`mache`"))
    changed = measured(capsys, "--candidates", "made")
    assert (changed["exact"], changed["complete"]) == (0.0, 1.0)
    (made / "tide.md").write_text(REFERENCE + "\nUnd noch ein Absatz.\n")
    broken = measured(capsys, "--candidates", "made", code=1)
    assert (broken["broken"], broken["complete"]) == (1, 0.0)
    (made / "tide.md").write_text(SOURCE.replace("lang: en", "lang: de\ntranslated: true"))
    left = measured(capsys, "--candidates", "made", code=1)
    assert left["leftover"] > 0.5  # type: ignore[operator]
    (made / "tide.md").unlink()
    missing = measured(capsys, "--candidates", "made", code=1)
    assert (missing["refused"], missing["overlap"]) == (1, None)


def test_terms_of_the_glossary(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (examples / "translate-pipeline.toml").write_text(
        '[[glossary]]\nsource = "harbour"\ntarget = "Hafen"\n'
        '[[glossary]]\nsource = "boat"\ntarget = "Schiff"\n'
    )
    (examples / "made" / "de").mkdir(parents=True)
    (examples / "made" / "de" / "tide.md").write_text(REFERENCE)
    assert measured(capsys, "--candidates", "made")["terms"] == 0.5


def test_compared(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = examples / "made" / "de"
    made.mkdir(parents=True)
    (made / "tide.md").write_text(REFERENCE)
    document = run(capsys, "en", "--to", "de", "--json", "--candidates", "made")
    (examples / "one.json").write_text(document)
    (examples / "two.json").write_text(document)
    said = run(capsys, "--compare", "one.json", "two.json")
    assert "| de | 1 | 100.00 | 100.00 | +0.00 | 1.000 |" in said
    (examples / "two.json").write_text("{}")
    run(capsys, "--compare", "one.json", "two.json", code=2)


def test_a_table_for_people(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "en", "--to", "de", "--backend", "pseudo")
    assert said.startswith("| language | articles |")
    assert "nrefs:1|" in said, "sacrebleu's signature"
    assert "pseudo" in said


def test_no_references(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "en", "--to", "fr", "--backend", "pseudo", code=2)
