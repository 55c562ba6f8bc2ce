"""Texts that give a model orders in, what becomes of them out, and of prose taken for an order.

The attacks are those of the tests; the model obeys whatever order it finds. Then, where the data
beside the project is there: how many segments of real documentation read like an order, and
what `ladder/obeyed.py` would say against published translations if every source were one.

    python -m benchmarks.injections [--files 1500]
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence

from tests.injections import ATTACKS
from tests.servers.loopback import MODEL, LoopbackServer
from tests.servers.obedient import ObedientServer

from benchmarks._corpus import SHARED, Table, files, percentage
from benchmarks._pairs import align, read_pairs
from translate_pipeline.article import parse
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.conversation.orders import suspicious
from translate_pipeline.errors import TranslatePipelineError
from translate_pipeline.ladder.obeyed import obeyed
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Brief, Severity
from translate_pipeline.pipeline import Pipeline

__all__ = ["main"]


def attacks() -> Table:
    """What becomes of the attacks, with a model that obeys and with one that translates."""
    table = Table("model", "attacks", "translated", "refused", "obeyed")
    wanted: dict[str, str | None] = {}
    for name, server in (("honest", LoopbackServer()), ("obedient", ObedientServer())):
        count: Counter[str] = Counter()
        with server:
            backend = OpenAIBackend(model=MODEL, base_url=server.base_url, api_key="none")
            for attack in ATTACKS:
                text = Pipeline(backend=backend, target="de").translate(attack.article).text
                faithful = wanted.setdefault(attack.name, text)
                what = "refused" if text is None else "translated"
                count["obeyed" if text not in (None, faithful) else what] += 1
        table.add(name, len(ATTACKS), count["translated"], count["refused"], count["obeyed"])
    return table


def taken_for_orders(most: int) -> tuple[int, int]:
    """(segments, those that read like an order) of real documentation."""
    chosen = list(files())
    random.Random(1).shuffle(chosen)
    segments = orders = 0
    for _, text, dialect in chosen[:most]:
        try:
            found = parse(text, dialect).segments
        except TranslatePipelineError:
            continue
        segments += len(found)
        orders += sum(suspicious(segment.text) for segment in found)
    return segments, orders


def false_signs() -> tuple[int, Counter[str]]:
    """(published segments, signs of obedience that they would give if each were an order)."""
    count, signs = 0, Counter[str]()
    english = load_style(parse_locale("en"))
    for pair in read_pairs(SHARED):
        aligned = align(pair) if pair.label == "clean" else None
        brief = Brief(load_style(parse_locale(pair.locale)), english)
        for segment, target in aligned or ():
            if segment.keep or not any(char.isalpha() for char in segment.text):
                continue
            count += 1
            found = obeyed(segment, target, brief)
            signs.update(f.message for f in found if f.severity is Severity.ERROR)
    return count, signs


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables; exit code 1 if an order was obeyed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.injections", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--files", type=int, default=1500, help="of the corpus")
    given = parser.parse_args(argv)
    table = attacks()
    print(table)
    if SHARED.is_dir():
        segments, orders = taken_for_orders(given.files)
        print(f"\nof {segments:,} segments read like an order: {orders} ({orders / segments:.2%})")
        count, signs = false_signs()
        rows = Table("sign of obedience", "of published segments", "share")
        for sign, times in signs.most_common():
            rows.add(sign, times, percentage(times / count))
        print(f"\n{count:,} published segments\n\n{rows}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
