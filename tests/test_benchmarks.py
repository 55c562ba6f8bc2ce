"""Each benchmark runs on a tiny input and prints its table; what it measures is not asserted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from benchmarks import _corpus, dialects, faults, round_trip, scheduling


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the Markdown table whose head begins with `heading`, cells stripped."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {heading}"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))])
    assert all(set(cell) <= {"-", ":"} for cell in rows[1]), "no rule below the head"
    assert len({len(row) for row in rows}) == 1
    return [rows[0], *rows[2:]]


def test_round_trip(capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["--generated", "2", "--repeat", "1", "--size", "300", "--megabytes", "0.01,0.02"]
    assert round_trip.main(argv) == 0
    out = capsys.readouterr().out
    assert "2 files, 0.0" in out
    assert "left out: 0 unreadable, 0 refused" in out
    stages = table(out, "stage")
    assert len(stages) == 8
    assert "with the proof, each of eight locales" in [row[0] for row in stages]
    assert all(float(row[1]) > 0 for row in stages[1:])
    assert len(table(out, "opener")) == 13
    assert [row[0] for row in table(out, "MB")] == ["MB", "0.01", "0.02"]


def test_bombs_survive_in_every_dialect() -> None:
    found = round_trip.bombs(500, ["[", "{% raw %}", "`"])
    assert {bomb.outcome for bomb in found} <= {"proven", "refused"}
    assert {bomb.dialect for bomb in found} >= {"commonmark", "jekyll"}
    assert found == sorted(found, key=lambda bomb: -bomb.seconds)


def test_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("rs_bpe", reason="rs-bpe counts the exact tokens")
    from benchmarks import tokens

    assert tokens.main(["--examples"]) == 0
    rows = table(capsys.readouterr().out, "shape")
    assert [row[0] for row in rows[1:]] == [
        "this pipeline",
        "each segment alone",
        "whole file",
        "JSON, batches of 20",
    ]
    assert all(0.3 < float(row[5]) < 2 for row in rows[1:])
    assert all(float(row[4]) <= float(row[3]) for row in rows[1:]), "a cache never costs"
    assert rows[1][7] == "1.00", "an example is one request"


def test_scheduling(capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["--concurrency", "2", "--latency", "0.01", "--waves", "2", "--sections", "1"]
    assert scheduling.main(argv) == 0
    rows = table(capsys.readouterr().out, "concurrency")
    assert rows[1][:3] == ["2", "4", "0.02"]
    assert 0 < float(rows[1][4]) <= 1


def test_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert faults.main(["--articles", "1", "--kinds", "fence,echo", "--to", "de"]) == 0
    rows = table(capsys.readouterr().out, "kind")
    assert [row[0] for row in rows[1:]] == ["fence", "echo"]
    assert [row[6] for row in rows[1:]] == ["0", "0"]


def test_dialects(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        "hugo/a.md": "{{< note >}}\n\na\n\n{{< /note >}}\n",
        "hugo/b.md": "What Hugo runs in code, tells nothing: `{{< a >}}`.\n",
        "jekyll/c.md": "a\n",
        "jekyll/d.mdx": "a {b} c\n",
    }
    for name, text in texts.items():
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(dialects, "SHARED", tmp_path)
    assert dialects.main(["--names", "--show", "hugo:other"]) == 0
    out = capsys.readouterr().out
    assert table(out, "flavour") == [
        ["flavour", "commonmark", "hugo", "mdx", "reads other"],
        ["hugo", "1", "1", "", "1"],
        ["jekyll", "1", "", "1", "1"],
    ]
    assert "4 files, " in out
    assert out.endswith("hugo/b.md: the text has too few constructs of another dialect\n")
    assert dialects.main(["--folders", "jekyll"]) == 0
    assert table(capsys.readouterr().out, "flavour")[1] == ["jekyll", "2", "0"]
    monkeypatch.setattr(dialects, "SHARED", tmp_path / "none")
    with pytest.raises(SystemExit, match="TRANSLATE_PIPELINE_SHARED"):
        dialects.main([])


def test_without_the_corpus_the_reason_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(_corpus, "SHARED", tmp_path)
    with pytest.raises(SystemExit, match=r"no corpus at .*TRANSLATE_PIPELINE_SHARED"):
        list(_corpus.files())


def test_a_table_is_markdown() -> None:
    made = _corpus.Table("name", "value")
    made.add("a", 1.5)
    made.add("long name", 12)
    assert str(made) == (
        "| name      | value |\n|-----------|------:|\n| a         |  1.50 |\n| long name |    12 |"
    )
