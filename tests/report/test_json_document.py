"""What a program reads: the documented shape, in ASCII, whatever the articles hold."""

from __future__ import annotations

import json
from pathlib import Path

from translate_pipeline.discovery import Skipped
from translate_pipeline.estimate import Estimate
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import LocalePair, Severity, State, Usage
from translate_pipeline.outcome import Outcome, Problem, Status, Stop
from translate_pipeline.report import json_document
from translate_pipeline.run import Tally
from translate_pipeline.target_path import Job

HERE = Path("/site")
JOB = Job(
    HERE / "x-en.md", Path("/out/x-hant.md"), LocalePair(parse_locale("en"), parse_locale("hant"))
)
OUTCOME = Outcome(
    job=JOB,
    status=Status.REFUSED,
    problems=(Problem("„…“ \udcff", Severity.ERROR, 12, 7, "tokens", "日本"),),
    segments={State.TRANSLATED: 3, State.REFUSED: 1},
    usage=Usage(2, 30, 20, 10, 0.5),
    signature="pseudo/1",
)


def test_a_run() -> None:
    tally = Tally()
    tally.add(OUTCOME)
    skipped = [Skipped(HERE / "x-fr.md", "front matter: lang: fr")]
    text = json_document.run_document(
        [OUTCOME], tally, Stop("no credit"), skipped, planned=4, exit_code=3, folder=HERE
    )
    assert text.isascii()
    usage = {
        "requests": 2,
        "prompt_tokens": 30,
        "completion_tokens": 20,
        "cached_tokens": 10,
        "cost": 0.5,
    }
    assert json.loads(text) == {
        "version": 1,
        "command": "translate",
        "exit_code": 3,
        "dry_run": False,
        "stopped": "no credit",
        "totals": {
            "jobs": 4,
            "finished": 1,
            "up_to_date": 0,
            "left_over": 0,
            "fresh": 0,
            "written": 0,
            "adopted": 0,
            "partial": 0,
            "refused": 1,
            "unreadable": 0,
            "failed": 0,
            "postponed": 0,
            "ordered": 0,
            "origins": {},
            "segments": {"refused": 1, "translated": 3},
            "usage": usage,
        },
        "results": [
            {
                "source": "x-en.md",
                "target": "/out/x-hant.md",
                "locale": "hant",
                "tag": "zh-Hant-HK",
                "status": "refused",
                "segments": {"refused": 1, "translated": 3},
                "origins": {},
                "signature": "pseudo/1",
                "usage": usage,
                "problems": [
                    {
                        "severity": "error",
                        "check": "tokens",
                        "line": 12,
                        "segment": 7,
                        "message": "„…“ \udcff",
                        "excerpt": "日本",
                    }
                ],
            }
        ],
        "skipped": [{"path": "x-fr.md", "reason": "front matter: lang: fr"}],
        "orphans": [],
        "pruned": [],
    }


def test_a_dry_run() -> None:
    text = json_document.dry_run_document(
        Estimate(1, 2, 1, 3, 4, 5),
        {HERE / "bad.md": "not UTF-8"},
        [],
        articles=7,
        locales=2,
        exit_code=1,
        folder=HERE,
    )
    assert json.loads(text) == {
        "version": 1,
        "command": "translate",
        "exit_code": 1,
        "dry_run": True,
        "estimate": {
            "articles": 7,
            "locales": 2,
            "cost": None,
            "segments": 1,
            "kept": 2,
            "asked": 1,
            "requests": 3,
            "prompt_tokens": 4,
            "output_tokens": 5,
        },
        "unreadable": [{"path": "bad.md", "message": "not UTF-8"}],
        "skipped": [],
    }


def test_an_error() -> None:
    assert json.loads(json_document.error_document("no model", 2)) == {
        "version": 1,
        "command": "translate",
        "exit_code": 2,
        "error": "no model",
    }


def test_the_documented_example_has_the_keys_of_the_real_thing() -> None:
    """The shape in the docstring is what is written; a key added to one is added to both."""
    tally = Tally()
    tally.add(OUTCOME)
    text = json_document.run_document(
        [OUTCOME], tally, None, [Skipped(HERE, "")], planned=1, exit_code=0, folder=HERE
    )
    keys: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            keys.update(value)
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(json.loads(text))
    documented = json_document.__doc__ or ""
    assert {key for key in keys if f'"{key}"' not in documented} == set()
