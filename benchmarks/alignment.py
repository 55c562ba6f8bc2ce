"""Published translations in, out a table of how often a shifted answer is noticed.

An answer is 25 segments of one article and their published targets. It is damaged as models
damage it: two neighbours merged into one, every later target one id too early, the last id
filled with the next text of the article (or with its last one again), so that all ids are there.
Every place of the merge is tried. *Plain* answers are made of the segments without code, links
and digits: news text is not among the pairs. The weights of the check were fitted on one half of
the articles; the figures that count are those of the other half.

    python -m benchmarks.alignment [--calibrate] [--examples]
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from benchmarks._pairs import SHARED, Pair, align, read_pairs
from translate_pipeline.batch_checks import names, run_batch_checks
from translate_pipeline.batch_checks._likeness import (
    FEATURES,
    WEIGHTS,
    features,
    rarity,
    typical_ratio,
)
from translate_pipeline.batch_checks._signs import join, signs
from translate_pipeline.checks import run_checks
from translate_pipeline.checks.length import band
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Brief, Finding, Segment, Severity, Style

SIZE, LEAST = 25, 10  # segments of an answer; what is left of an article counts from LEAST on
FORMAL = re.compile(r"[`\d<]|\]\(u|https?:")


class Answer(NamedTuple):
    """Segments of one article, their published targets, and the text that comes next."""

    pair: Pair
    brief: Brief
    segments: tuple[Segment, ...]
    targets: tuple[str, ...]
    following: str

    @property
    def held_out(self) -> bool:
        """True if nothing was fitted on this article, in whatever language."""
        name = self.pair.name.split("/")
        key = "seed" if name[0] == "seed" else name[0] + name[-1]
        return zlib.crc32(key.encode()) % 2 == 1


class Count(NamedTuple):
    """What was found in some answers, and in their shifted forms."""

    answers: int = 0
    alarms: Mapping[str, int] = Counter()  # by check; "any": those with an error
    shifted: int = 0
    found: int = 0  # a target that is wrong was refused, by whatever check
    whole: int = 0  # all of them were

    def plus(self, other: Count) -> Count:
        return Count(
            self.answers + other.answers,
            Counter(self.alarms) + Counter(other.alarms),
            self.shifted + other.shifted,
            self.found + other.found,
            self.whole + other.whole,
        )


@cache
def style(locale: str) -> Style:
    return load_style(parse_locale(locale))


def answers(*, plain: bool = False) -> Iterator[Answer]:
    """Every answer that the clean pairs give."""
    for pair in read_pairs(SHARED):
        aligned = align(pair) if pair.label == "clean" else None
        texts = [one for one in aligned or () if not (plain and FORMAL.search(one[0].text))]
        brief = Brief(style(pair.locale), style("en"))
        for start in range(0, len(texts), SIZE):
            part = texts[start : start + SIZE]
            if len(part) >= LEAST:
                after = texts[start + SIZE][1] if start + SIZE < len(texts) else part[-1][1]
                segments, targets = zip(*part, strict=True)
                yield Answer(pair, brief, segments, targets, after)


def shifted(answer: Answer, place: int) -> list[str]:
    """The targets, those at `place` and after it merged, all later ones an id too early."""
    texts = answer.targets
    merged = f"{texts[place]} {texts[place + 1]}"
    return [*texts[:place], merged, *texts[place + 2 :], answer.following]


def measure(answer: Answer) -> Count:
    """What the batch checks say of the answer, and of its shifted forms."""
    judged: dict[tuple[int, str], tuple[Finding, ...]] = {}

    def refused(targets: Sequence[str]) -> tuple[set[int], set[str]]:
        """The ids that some check refuses, and the batch checks that have something to say."""
        single = {}
        for segment, target in zip(answer.segments, targets, strict=True):
            key = (segment.id, target)
            if key not in judged:
                judged[key] = run_checks(segment, target, answer.brief)
            single[segment.id] = judged[key]
        texts = {one.id: text for one, text in zip(answer.segments, targets, strict=True)}
        mixed = run_batch_checks(answer.segments, texts, single, answer.brief)
        errors = [
            finding
            for found in (*single.values(), *mixed.values())
            for finding in found
            if finding.severity is Severity.ERROR
        ]
        by = {finding.check for found in mixed.values() for finding in found}
        if any(finding.check in by for finding in errors):
            by.add("any")
        return {finding.segment for finding in errors}, by

    _, by = refused(answer.targets)
    found = whole = 0
    for place in range(len(answer.segments) - 1):
        targets = shifted(answer, place)
        doubted, _ = refused(targets)
        wrong = {
            one.id
            for one, text, right in zip(answer.segments, targets, answer.targets, strict=True)
            if text != right
        }
        found += bool(wrong & doubted)
        whole += wrong <= doubted
    return Count(1, Counter(by), len(answer.segments) - 1, found, whole)


def table(counts: Mapping[str, Count]) -> list[list[str]]:
    """One row for each name: answers, false alarms, shifted answers noticed."""
    rows = [["answers", "good", "alarms", "%", "shifted", "noticed %", "all refused %"]]
    for name, count in counts.items():
        rows.append(
            [
                name,
                str(count.answers),
                str(count.alarms.get("any", 0)),
                percent(count.alarms.get("any", 0), count.answers),
                str(count.shifted),
                percent(count.found, count.shifted),
                percent(count.whole, count.shifted),
            ]
        )
    return rows


def percent(count: int, total: int) -> str:
    return f"{100 * count / total:.2f}" if total else "-"


def measure_all() -> dict[str, Count]:
    """The counts by sort of text and half, then by language over all of them."""
    counts: dict[str, Count] = {}
    languages: dict[str, Count] = defaultdict(Count)
    for plain in (False, True):
        sort = "plain" if plain else "technical"
        for answer in answers(plain=plain):
            half = "held out" if answer.held_out else "fitted"
            one = measure(answer)
            for name in (f"{sort}, {half}", f"{sort}, all"):
                counts[name] = counts.get(name, Count()).plus(one)
            tag = f"{sort}, {answer.brief.target.tag}"
            languages[tag] = languages[tag].plus(one)
    order = sorted(counts, key=lambda name: (not name.startswith("technical"), name))
    return {name: counts[name] for name in order} | dict(sorted(languages.items(), reverse=True))


def alarm_counts(counts: Mapping[str, Count]) -> dict[str, int]:
    """Good answers, technical and whole, in which each batch check fires."""
    alarms = counts["technical, all"].alarms
    return {name: alarms.get(name, 0) for name in names()}


Choice = list[tuple[float, ...]]  # the right one first


def choices() -> list[Choice]:
    """From the half that is fitted on: each target beside its source, and beside wrong ones."""
    found: list[Choice] = []
    for answer in (*answers(), *answers(plain=True)):
        if answer.held_out:
            continue
        to = answer.brief.target
        latin = to.script == "Latn"
        ours = [signs(s.text, s, latin=latin, common=to.stopwords) for s in answer.segments]
        theirs = [
            signs(t, s, latin=latin, common=to.stopwords)
            for s, t in zip(answer.segments, answer.targets, strict=True)
        ]
        low, high, _ = band(100, to, answer.brief.source)
        ratio = typical_ratio(ours, theirs, math.sqrt(low * high))
        rare = rarity(ours)
        both = [join(a, b) for a, b in pairwise(ours)]
        for i, target in enumerate(theirs):
            around = [*ours[i + 1 : i + 2], *ours[max(i - 1, 0) : i]]
            around += [*both[i : i + 1], *both[max(i - 1, 0) : i]]
            found.append([features(one, target, ratio, rare) for one in (ours[i], *around)])
        for i, (one, two) in enumerate(pairwise(theirs)):
            merged = join(one, two)
            wrong = (both[i], ours[i], ours[i + 1])
            found.append([features(source, merged, ratio, rare) for source in wrong])
    return found


def fit(rounds: int = 6, step: float = 0.3, part: int = 50) -> list[float]:
    """Weights under which the right source is the likeliest: conditional logit, AdaGrad."""
    all_choices, weights = choices(), [0.0] * len(FEATURES)
    squares = [1e-6] * len(FEATURES)
    chance = random.Random(1)
    for _ in range(rounds):
        chance.shuffle(all_choices)
        for start in range(0, len(all_choices), part):
            slope = [-1e-3 * weight for weight in weights]
            for choice in all_choices[start : start + part]:
                worth = [math.exp(sum(map(float.__mul__, weights, map(float, c)))) for c in choice]
                for index, values in enumerate(choice):
                    missing = (index == 0) - worth[index] / sum(worth)
                    for at, value in enumerate(values):
                        slope[at] += missing * value / part
            for at, value in enumerate(slope):
                squares[at] += value * value
                weights[at] += step * value / math.sqrt(squares[at])
    return weights


def main() -> int:
    """Measure and print; 2 if the data is not there."""
    parser = argparse.ArgumentParser(description="measure how often shifted answers are noticed")
    parser.add_argument("--calibrate", action="store_true", help="fit the weights, and print them")
    parser.add_argument("--examples", action="store_true", help="print every false alarm")
    options = parser.parse_args()
    if not (SHARED / "pairs" / "MANIFEST.json").exists():
        print(f"no published pairs in {SHARED}; set TRANSLATE_PIPELINE_SHARED", file=sys.stderr)
        return 2
    if options.calibrate:
        for name, used, weight in zip(FEATURES, WEIGHTS, fit(), strict=True):
            print(f"{name:20} {weight:6.2f}, in use {used:6.2f}")
        return 0
    if options.examples:
        for answer in (*answers(), *answers(plain=True)):
            texts = {s.id: t for s, t in zip(answer.segments, answer.targets, strict=True)}
            single = {s.id: run_checks(s, texts[s.id], answer.brief) for s in answer.segments}
            found = run_batch_checks(answer.segments, texts, single, answer.brief)
            for number, findings in found.items():
                print(f"{answer.pair.name}:{number}: {texts[number][:80]}: {findings[0].message}")
        return 0
    counts = measure_all()
    rows = table(counts)
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    for name, number in alarm_counts(counts).items():
        print(
            f"{name}: says something of {number} in {counts['technical, all'].answers} good answers"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
