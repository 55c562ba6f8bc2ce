"""Takes the outcomes of a run, gives the one JSON document that `--json` prints.

The law: the shape below is stable. Keys may be added; none changes its meaning or leaves
without a new `version`. The text is ASCII, so that no terminal, locale or file name can
break it. Paths are relative to the working folder where they lie below it.

    {"version": 1, "command": "translate", "exit_code": 1, "dry_run": false,
     "stopped": null,                     // why the run ended early, or what was interrupted
     "totals": {"jobs": 2, "finished": 2, "up_to_date": 8, "left_over": 0, "fresh": 0,
                "written": 1, "adopted": 0, "partial": 0, "refused": 1, "unreadable": 0,
                "failed": 0, "postponed": 0, "ordered": 0, "segments": {"translated": 40, ...},
                "origins": {"memory": 38, "model": 2, ...}, "usage": {...}},
     "results": [                         // in the order of sources and locales
       {"source": "x-en.md", "target": "x-de.md", "locale": "de", "tag": "de",
        "status": "refused", "segments": {"translated": 20, "refused": 1},
        "origins": {"model": 20},
        "signature": "pseudo|...",
        "usage": {"requests": 1, "prompt_tokens": 9, "completion_tokens": 9,
                  "cached_tokens": 0, "cost": null},       // cost in USD, null if unknown
        "problems": [{"severity": "error", "check": "tokens", "line": 12, "segment": 7,
                      "message": "...", "excerpt": "..."}]}],  // line, segment 0: the article
     "skipped": [{"path": "x-fr.md", "reason": "front matter: lang: fr"}],
     "orphans": [{"path": "y-de.md", "advice": "--prune deletes it"}], "pruned": []}

A dry run has `"estimate": {"articles", "locales", "cost", "segments", "kept", "asked",
"requests", "prompt_tokens", "output_tokens"}` and `"unreadable"` in place of `totals` and
`results`. A run that could not begin has `version`, `command`, `exit_code` and `error` alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from translate_pipeline.discovery import Skipped
from translate_pipeline.estimate import Estimate
from translate_pipeline.model import Usage
from translate_pipeline.outcome import Outcome, Problem, Status, Stop
from translate_pipeline.run import Tally

__all__ = ["VERSION", "dry_run_document", "error_document", "run_document"]

VERSION = 1


def run_document(
    outcomes: Iterable[Outcome],
    tally: Tally,
    stop: Stop | None,
    skipped: Sequence[Skipped],
    *,
    planned: int,
    exit_code: int,
    folder: Path,
    fresh: int = 0,
    left_over: int = 0,
    orphans: Sequence[tuple[str, str]] = (),
    pruned: Sequence[str] = (),
) -> str:
    """The document of a run; `outcomes` in the order they shall have in it.

    `fresh` and `left_over` jobs were not begun; `orphans` are paths with what to do.
    """
    totals: dict[str, object] = {"jobs": planned, "finished": tally.jobs}
    totals |= {"up_to_date": fresh, "left_over": left_over}
    totals |= {status.value: tally.statuses[status] for status in Status}
    totals["segments"] = {state.value: n for state, n in sorted(tally.segments.items())}
    totals["origins"] = {origin.value: n for origin, n in sorted(tally.origins.items())}
    totals["usage"] = _usage(tally.usage)
    return _dump(
        {
            "version": VERSION,
            "command": "translate",
            "exit_code": exit_code,
            "dry_run": False,
            "stopped": stop.reason if stop else None,
            "totals": totals,
            "results": [_result(outcome, folder) for outcome in outcomes],
            "skipped": _skipped(skipped, folder),
            "orphans": [{"path": path, "advice": advice} for path, advice in orphans],
            "pruned": list(pruned),
        }
    )


def dry_run_document(
    estimate: Estimate,
    unreadable: Mapping[Path, str],
    skipped: Sequence[Skipped],
    *,
    articles: int,
    locales: int,
    exit_code: int,
    folder: Path,
    cost: float | None = None,
) -> str:
    """The document of a run that only counts; `unreadable` says why, by source.

    `cost` is in USD, None where no prices are known.
    """
    return _dump(
        {
            "version": VERSION,
            "command": "translate",
            "exit_code": exit_code,
            "dry_run": True,
            "estimate": {"articles": articles, "locales": locales, "cost": cost} | asdict(estimate),
            "unreadable": [
                {"path": _path(path, folder), "message": message}
                for path, message in unreadable.items()
            ],
            "skipped": _skipped(skipped, folder),
        }
    )


def error_document(message: str, exit_code: int) -> str:
    """The document of a run that could not begin."""
    return _dump(
        {"version": VERSION, "command": "translate", "exit_code": exit_code, "error": message}
    )


def _result(outcome: Outcome, folder: Path) -> dict[str, object]:
    job = outcome.job
    return {
        "source": _path(job.source, folder),
        "target": _path(job.target, folder),
        "locale": job.pair.target.name,
        "tag": job.pair.target.tag,
        "status": outcome.status.value,
        "segments": {state.value: n for state, n in sorted(outcome.segments.items())},
        "origins": {origin.value: n for origin, n in sorted(outcome.origins.items())},
        "signature": outcome.signature,
        "usage": _usage(outcome.usage),
        "problems": [_problem(problem) for problem in outcome.problems],
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "severity": problem.severity.value,
        "check": problem.check,
        "line": problem.line,
        "segment": problem.segment,
        "message": problem.message,
        "excerpt": problem.excerpt,
    }


def _usage(usage: Usage) -> dict[str, object]:
    return asdict(usage)


def _skipped(skipped: Sequence[Skipped], folder: Path) -> list[dict[str, str]]:
    return [{"path": _path(s.path, folder), "reason": s.reason} for s in skipped]


def _path(path: Path, folder: Path) -> str:
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _dump(document: Mapping[str, object]) -> str:
    return json.dumps(document, indent=2)
