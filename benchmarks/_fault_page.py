"""The rows of the whole fault table in, the page that publishes them out.

The law: nothing on the page is written by hand but the words: a row that misses a target is
listed by the same rule that the numbers are judged by, and without a reason it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from benchmarks._corpus import Table, percentage
from benchmarks._fault_kinds import GROUPS
from benchmarks._fault_rows import MOST_REQUESTS, MOST_TOKENS, Row
from benchmarks._fault_why import WHY

__all__ = ["RATES", "page"]

#: The rates of the published table.
RATES = (0.05, 0.2, 0.5)

_COMPLETE = 0.99  # of the articles, at the first rate
_TOKENS = 3.0  # extra tokens, as a multiple of the share of answers that are struck

_TITLES = {
    "text": "Faults of a text",
    "answer": "Faults of a whole answer",
    "transport": "Faults of the endpoint and the network",
}


def page(rows: Sequence[Row], *, locales: Sequence[str], seed: int) -> str:
    """The Markdown of `docs/faults.md`."""
    most = max(row.articles for row in rows)
    parts = [_HEAD.format(
        date=datetime.now(UTC).date(), most=most, sources=most // len(locales),
        locales=" and ".join(locales), seed=seed, requests=MOST_REQUESTS, tokens=MOST_TOKENS,
        dear=_TOKENS,
    ), _totals(rows)]  # fmt: skip
    parts.append("## One fault in a share of the answers\n\n" + _ANSWERS)
    for group, title in _TITLES.items():
        parts += [f"### {title}", str(_table(_by_kind(rows, group, "answer")))]
    parts += ["## Faults in a share of all texts\n\n" + _TEXTS]
    parts += [str(_table(_by_kind(rows, "text", "text")))]
    parts += ["## Silent faults\n\n" + _SILENT, str(_silent(rows))]
    parts += ["## Endpoints that end it\n\n" + _ENDING]
    parts += [str(_ended(_by_kind(rows, "ending", "answer")))]
    parts += ["## What misses a target, and why", *_misses(rows)]
    return "\n\n".join(parts) + "\n"


def _by_kind(rows: Sequence[Row], group: str, each: str) -> list[list[Row]]:
    """The rows of each kind of a group, by rate; kinds without any are left out."""
    found = [[r for r in rows if r.kind == kind and r.each == each] for kind in GROUPS[group]]
    return [sorted(one, key=lambda row: row.rate) for one in found if one]


def _totals(rows: Sequence[Row]) -> str:
    table = Table("over all tables", "", "target")
    loud = [row for row in rows if row.kind not in (*GROUPS["silent"], *GROUPS["ending"])]
    low = [row for row in loud if row.rate == RATES[0]]
    complete = sum(r.complete for r in low) / max(1, sum(r.articles for r in low))
    cheap = [row for row in low if row.each == "answer"]
    inside = sum(_dear(row) <= _TOKENS for row in cheap)
    texts = [row for row in low if row.each == "text"]
    limits = sum(not row.within for row in rows)
    table.add("kinds of fault", len({row.kind for row in rows}), "")
    table.add("articles translated", f"{sum(row.articles for row in rows):,}", "≥ 30 a row")
    table.add("faults that struck", f"{sum(row.injected for row in rows):,}", "")
    table.add("damaged files", sum(len(row.damaged) for row in rows), "0")
    table.add("rows whose exit code lies", sum(not row.honest for row in rows), "0")
    table.add("complete at 5 %, without silent faults", f"{complete:.2%}", "≥ 99 %")
    table.add("kinds with ≥ 99 % at 5 %", f"{sum(map(_whole, low))} of {len(low)}", "all")
    table.add("kinds within 3 × struck at 5 % of answers", f"{inside} of {len(cheap)}", "all")
    for each, counted in (("answers", cheap), ("texts", texts)):
        most = sum(row.extra <= _TOKENS * RATES[0] for row in counted)
        target = "all" if each == "answers" else "cannot hold, see below"
        table.add(
            f"kinds with ≤ 15 % more tokens at 5 % of {each}", f"{most} of {len(counted)}", target
        )
    table.add("rows that reached a limit", limits, "0")
    table.add("most requests, fault-free = 1", max(map(_requests, rows)), f"≤ {MOST_REQUESTS}")
    table.add("most tokens, fault-free = 1", max(r.extra + 1 for r in rows), f"≤ {MOST_TOKENS}")
    return str(table)


def _table(kinds: Sequence[Sequence[Row]]) -> Table:
    table = Table(
        "kind", "struck", "damaged", "complete %", "extra tokens %", "extra ÷ struck", "requests ×"
    )
    for rows in kinds:
        table.add(
            f"`{rows[0].kind}`",
            _each(f"{row.injected}" for row in rows),
            sum(len(row.damaged) for row in rows),
            _each(f"{_share(row):.0f}" for row in rows),
            _each(f"{100 * row.extra:.0f}" for row in rows),
            _each(f"{_dear(row):.1f}" for row in rows),
            _each(f"{_requests(row):.1f}" for row in rows),
        )
    return table


def _silent(rows: Sequence[Row]) -> Table:
    table = Table(
        "kind", "share of", "struck", "damaged", "refused %", "slipped %", "of them told %",
        "extra tokens %",
    )  # fmt: skip
    for each in ("answer", "text"):
        for of_kind in _by_kind(rows, "silent", each):
            table.add(
                f"`{of_kind[0].kind}`",
                f"{each}s",
                _each(f"{row.injected}" for row in of_kind),
                sum(len(row.damaged) for row in of_kind),
                _each(f"{100 * row.refused / row.articles:.0f}" for row in of_kind),
                _each(f"{100 * len(row.slips) / row.articles:.0f}" for row in of_kind),
                _each(f"{100 * row.told / max(1, len(row.slips)):.0f}" for row in of_kind),
                _each(f"{100 * row.extra:.0f}" for row in of_kind),
            )
    return table


def _ended(kinds: Sequence[Sequence[Row]]) -> Table:
    table = Table("kind", "struck", "damaged", "complete %", "exit code", "what the run says")
    for rows in kinds:
        table.add(
            f"`{rows[0].kind}`",
            _each(f"{row.injected}" for row in rows),
            sum(len(row.damaged) for row in rows),
            _each(f"{_share(row):.0f}" for row in rows),
            _each(f"{row.exit_code}" for row in rows),
            next((r.stopped.partition(";")[0] for r in rows if r.stopped), "of the article alone"),
        )
    return table


def _misses(rows: Sequence[Row]) -> Iterator[str]:
    """A paragraph for each kind and what it misses; nothing is left out."""
    missed: dict[tuple[str, str], list[str]] = {}
    for row in sorted(rows, key=lambda row: row.rate):
        named = missed.setdefault((row.kind, row.each), [])
        at = f"at {percentage(row.rate)}"
        if row.damaged:
            named.append(f"{len(row.damaged)} damaged {at}")
        if not row.honest:
            named.append(f"exit code {row.exit_code} {at}")
        if not row.within:
            named.append(f"a limit was reached {at}")
        if row.kind in GROUPS["ending"]:
            continue
        if row.rate == RATES[0] and not _whole(row):
            named.append(f"{_share(row):.0f} % complete {at}")
        if row.each == "answer" and _dear(row) > _TOKENS:
            named.append(f"tokens {_dear(row):.1f} × struck {at}")
        if row.each == "answer" and row.rate == RATES[0] and row.extra > _TOKENS * RATES[0]:
            struck = percentage(row.injected / row.requests)
            named.append(f"{percentage(row.extra)} more tokens {at}, where {struck} were struck")
    found = {key: named for key, named in missed.items() if named}
    if not found:
        yield "Nothing does."
    for (kind, each), named in found.items():
        why = WHY.get(kind, "not explained yet.")
        yield f"- `{kind}`, share of {each}s: {', '.join(named)}. Why: {why}"


def _each(numbers: Iterator[str]) -> str:
    return " / ".join(numbers)


def _share(row: Row) -> float:
    return 100 * row.complete / row.articles


def _whole(row: Row) -> bool:
    return row.complete >= _COMPLETE * row.articles


def _requests(row: Row) -> float:
    return row.requests / row.usual_requests


def _dear(row: Row) -> float:
    """Extra tokens by the share of answers that were struck; 0 if none was."""
    return row.extra * row.requests / row.injected if row.injected else 0.0


_HEAD = """\
# Faults

Written by `python -m benchmarks.faults --all --markdown` on {date}; do not edit.

A loopback server plays the model and, at a rate, a fault: what real models and endpoints do \
(merge two texts, lose a link, refuse, answer with HTML, hang). The real command line translates \
{sources} articles into {locales} ({most} files a row) through the real client; each has an old \
translation on disk. The articles are generated and those of `examples/blog`; seed {seed}.

A file is *complete* if it is the fault-free run's byte for byte, *refused* if the old one is \
still there (the exit code is then not 0). Else it is wrong: *slipped* if the fault is one that \
changes words alone (below) and another parser than ours finds no difference but in words and \
emphasis; *damaged* in all other cases, also if a single letter differs. *Struck* counts faults. \
*Extra tokens* are those beyond the fault-free run's, in and out, as the endpoint counts them (an \
answer that is no JSON has none); *extra ÷ struck* divides their share by the share of all \
answers that were struck, and should be at most {dear:g}. Each run has the limits \
`--max-requests` {requests} × and `--max-tokens` {tokens} × what the fault-free run takes. The \
clock of the client runs 50 times as fast. Three numbers with slashes are those at 5, 20 and 50 %.

The kinds are defined in `tests/servers/*_faults.py`, each in a few lines."""

_ANSWERS = """\
The rate is the share of answers, repairs included, that have the fault: in one of their texts, \
or the whole answer."""

_TEXTS = """\
Much harder: each text of each answer is struck at the rate, repairs included. With 18 texts in \
an article, 5 % of the texts is a fault in 6 of 10 answers, 20 % in 98 of 100. *Extra ÷ struck* \
counts faults, not answers. That 5 % of faults cost at most 15 % more tokens cannot hold here: a \
request that asks for one text again costs the instructions and the neighbours (about 700 tokens, \
where a fault-free article takes 1,530), and 6 of 10 articles need one. What is asked of these \
rows is that nothing is damaged, that 99 % are complete at 5 %, and that the limits hold."""

_SILENT = """\
All numbers and marks are there, the words are wrong. Nobody finds all of these without \
understanding both languages. What the checks find is refused or repaired; what they do not find \
slips through, and is told here. *Told* are files with a warning in the report. The generated \
texts are alike, which makes swaps harder to find than in real articles; \
`python -m benchmarks.alignment` measures those on published pairs. The optional review pass \
(`review`) reads for meaning."""

_ENDING = """\
The endpoint says that it will not answer this request, or none any more. Asking again would be \
useless or rude, so articles are missing by design; what is promised is that no file is touched, \
that the run ends at once, and that it says what to do."""
