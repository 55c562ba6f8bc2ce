"""A seed and a bound in, a report of broken laws out: `python -m tests.fuzz --minutes 10`.

Random articles and random noise, each as they are, accented, and under hostile targets.
Every case has a number; a failure prints it, and `--seed N --cases 1` shows it again.
`--dialect NAME` takes articles that are full of that dialect's constructs, whole and torn;
`--dialect all` each in its turn. A refused article is counted there, and told with `--refused`.
`--hypothesis` lets hypothesis choose, which looks for the smallest article that fails; guided by
the code that is reached: `python -m tests.fuzz_atheris`.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import time
import traceback
from collections.abc import Sequence

import hypothesis
from hypothesis import strategies

from tests.laws import accent, dialect_snippets, documents, mistranslations
from tests.laws.test_hostile import check_hostile
from tests.laws.test_identity import check_identity
from translate_pipeline.article import dialects, merge, parse
from translate_pipeline.errors import ArticleError, TranslatePipelineError

_NOISE = [*mistranslations.ATOMS, *mistranslations.PREFIXES, *documents.WORDS]


def noise(rng: random.Random) -> str:
    """Syntax at random, without any thought of what it means."""
    pieces = [rng.choice(_NOISE) for _ in range(rng.randint(1, 40))]
    if rng.random() < 0.3:
        pieces.insert(0, rng.choice(("---\n", "---\ntitle: ", "+++\n", "{", "\ufeff---\n")))
        pieces.insert(rng.randint(1, len(pieces)), rng.choice(("\n---\n", "\n+++\n", "}")))
    if rng.random() < 0.2:
        pieces.append(chr(rng.choice((0, 0x85, 0xD800, 0xFFFE, 0x10FFFF, rng.randint(1, 0xFFFF)))))
    return rng.choice(("", "", " ", "\n")).join(pieces)


def case(seed: int) -> None:
    """Try the laws on the case `seed`; raises AssertionError, or whatever should never come."""
    rng = random.Random(seed)
    flavour = rng.choice(documents.FLAVOURS)
    dialect = rng.choice(("commonmark", "jekyll"))
    if seed % 2:
        text = noise(rng)
    else:
        text = documents.article(rng, flavour)
        for _ in range(rng.randint(0, 3)):  # break it in a few places
            at = rng.randint(0, len(text))
            text = text[:at] + rng.choice(("", rng.choice(_NOISE))) + text[at + rng.randint(0, 9) :]
    try:
        article = check_identity(text, dialect)
        merge(article, accent.targets(article), {"lang": "de", "translated": True})
        for _ in range(3):
            targets = {
                s.id: mistranslations.hostile(rng, s)
                for s in article.segments
                if rng.random() < 0.5
            }
            out = merge(article, targets, {})
            parse(out, dialect)
    except TranslatePipelineError:
        pass
    if seed % 5 == 0:
        check_hostile(seed, flavour)


def dialect_text(seed: int, dialect: str) -> str:
    """The article of the case `seed`: odd ones are torn."""
    rng = random.Random(f"{seed} {dialect}")
    make = dialect_snippets.torn if seed % 2 else dialect_snippets.article
    return make(rng, dialect)


def dialect_case(text: str, dialect: str, seed: int = 0) -> str:
    """Try the laws on an article of a dialect; why it is refused, empty if it is not.

    Raises AssertionError, or whatever should never come.
    """
    rng = random.Random(seed)
    try:
        article = check_identity(text, dialect)
    except ArticleError:
        return ""  # the front matter, or no valid text: nothing of the dialect's
    reason = ""
    try:
        parse(merge(article, accent.targets(article), {}), dialect)
    except TranslatePipelineError as error:
        reason = str(error)
    for _ in range(2):
        targets = {
            s.id: mistranslations.hostile(rng, s) for s in article.segments if rng.random() < 0.5
        }
        with contextlib.suppress(TranslatePipelineError):  # refusing these is right
            merge(article, targets, {})
    return reason


def hypothesis_round(number: int, names: Sequence[str], examples: int = 500) -> tuple[int, int]:
    """How many articles hypothesis made of the seed `number`, and how many were refused.

    Raises what the smallest failing one raises.
    """
    tried = refused = 0

    @hypothesis.seed(number)
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(
        rng=strategies.randoms(use_true_random=False),
        name=strategies.sampled_from(names),
        torn=strategies.booleans(),
    )
    def check(rng: random.Random, name: str, torn: bool) -> None:
        nonlocal tried, refused
        make = dialect_snippets.torn if torn else dialect_snippets.article
        text = make(rng, name)
        hypothesis.note(f"{name}: {text!r}")
        tried += 1
        refused += bool(dialect_case(text, name))

    check()
    return tried, refused


def _hypothesis(end: float, seed: int, names: Sequence[str]) -> int:
    """Rounds until the time `end`; the number of failures is the exit code."""
    tried = refused = failures = 0
    while time.monotonic() < end:
        try:
            more, kept = hypothesis_round(seed, names)
            tried, refused = tried + more, refused + kept
        except Exception:
            failures += 1
            print(f"round {seed} of hypothesis failed")
            traceback.print_exc(limit=-4)
        seed += 1
    print(f"{tried:,} cases by hypothesis, {failures} failed, {refused} refused")
    return min(failures, 100)


def main(arguments: list[str] | None = None) -> int:
    """Run until the time or the cases are used up; the number of failures is the exit code."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--minutes", type=float, default=1.0)
    options.add_argument("--seed", type=int, default=0, help="number of the first case")
    options.add_argument("--cases", type=int, default=0, help="0: as many as the time allows")
    options.add_argument("--dialect", choices=(*dialects.names(), "all"), help="see above")
    options.add_argument("--refused", action="store_true", help="print what is refused")
    options.add_argument("--hypothesis", action="store_true", help="let hypothesis choose")
    chosen = options.parse_args(arguments)
    end = time.monotonic() + 60 * chosen.minutes
    if chosen.hypothesis:
        known = dialects.names() if chosen.dialect in (None, "all") else (chosen.dialect,)
        return _hypothesis(end, chosen.seed, known)
    seed, failures, refused = chosen.seed, 0, 0
    names = dialects.names() if chosen.dialect == "all" else (chosen.dialect,)
    while time.monotonic() < end and (not chosen.cases or seed < chosen.seed + chosen.cases):
        name = names[seed % len(names)]
        try:
            if name is None:
                case(seed)
            elif reason := dialect_case(text := dialect_text(seed, name), name, seed):
                refused += 1
                if chosen.refused:
                    print(f"case {seed}, {name}: {reason}\n{text!r}")
        except Exception:
            failures += 1
            again = f" --dialect {chosen.dialect}" if chosen.dialect else ""
            print(f"case {seed} failed; see it again with --seed {seed} --cases 1{again}")
            traceback.print_exc(limit=-4)
        seed += 1
    told = f", {refused} refused" if chosen.dialect else ""
    print(f"{seed - chosen.seed:,} cases from {chosen.seed}, {failures} failed{told}")
    return min(failures, 100)


if __name__ == "__main__":
    sys.exit(main())
