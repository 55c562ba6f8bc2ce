"""Takes the figures of an evaluation, gives the Markdown a person reads and the JSON that stays.

The law: a figure that nobody could compute is a dash, never a zero; what the figures were made
with (model, prompts, version, sacrebleu's signatures) stands beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from translate_pipeline.errors import ConfigError
from translate_pipeline.evaluation import Measured, Scores

__all__ = ["document", "markdown", "read_document"]

_VERSION = 1
_HEAD = (
    "language", "articles", "complete", "same structure", "refused", "broken", "chrF2",
    "chrF++", "BLEU", "left in source", "terms", "prompt tokens", "output tokens", "cost index",
    "USD",
)  # fmt: skip


def markdown(found: Sequence[Scores], made_with: Mapping[str, str]) -> Iterator[str]:
    """A table, the flaws by check, and what it was made with."""
    yield f"| {' | '.join(_HEAD)} |"
    yield f"|{'|'.join(['---'] + ['---:'] * (len(_HEAD) - 1))}|"
    for one in found:
        like, used = one.overlap, one.usage
        cells = (
            one.locale,
            f"{one.articles:,}",
            _share(one.complete),
            _share(one.exact),
            f"{one.refused:,}",
            f"{one.broken:,}",
            *(_number(x) for x in (like[:3] if like else (None,) * 3)),
            _share(one.leftover, 2),
            _share(one.terms),
            f"{used.prompt_tokens:,}" if used.prompt_tokens else "–",
            f"{used.completion_tokens:,}" if used.completion_tokens else "–",
            _number(one.cost_index),
            f"{used.cost:.4f}" if used.cost is not None else "–",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    for one in found:
        if one.flaws:
            flaws = ", ".join(f"{count} {check}" for check, count in one.flaws.items())
            yield f"- {one.locale}: {flaws}"
    for one in found:
        if one.overlap:
            yield f"- {one.locale}: {'; '.join(one.overlap.signatures)}"
    for name, value in made_with.items():
        yield f"- {name}: {value}"


def document(
    measured: Sequence[Measured], found: Sequence[Scores], made_with: Mapping[str, str]
) -> str:
    """One JSON document: the figures, and each article with its texts, so that two documents
    can be compared later without a model."""
    value = {
        "version": _VERSION,
        "made_with": dict(made_with),
        "scores": [_scores(one) for one in found],
        "articles": [{**one._asdict(), "usage": asdict(one.usage)} for one in measured],
    }
    return json.dumps(value, indent=2, ensure_ascii=False)


def _scores(one: Scores) -> dict[str, Any]:
    like = one.overlap
    return {
        **one._asdict(),
        "overlap": like._asdict() if like else None,
        "usage": asdict(one.usage),
        "cost_index": one.cost_index,
    }


def read_document(text: str, where: str) -> dict[tuple[str, str], tuple[str, str]]:
    """(path, language) → (translation, reference) of a document. Raises ConfigError."""
    try:
        value = json.loads(text)
        rows = value["articles"] if value["version"] == _VERSION else None
        return {
            (str(row["path"]), str(row["locale"])): (str(row["hypothesis"]), str(row["reference"]))
            for row in rows or ()
        }
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ConfigError(
            f"{where}: this is no document of `translate-pipeline eval --json`; make it anew"
        ) from None


def _share(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{value:.{digits}%}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
