"""A dialect in, what must hold for it out: literal cases, and the laws over real files.

The laws: the identity is byte-identical, a translation that changes every letter of prose is
proven, and of the words that no rule keeps at least 99.5 % are in segments.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.laws import accent, test_corpus
from tests.shared import require_shared
from translate_pipeline.article import Article, merge, parse, prose_slots, prove, splice
from translate_pipeline.article.dialects import Dialect
from translate_pipeline.article.marks import split

__all__ = ["LEAST", "corpus", "covered", "loud", "proven"]

#: Share of the prose words that must be translated, per flavour.
LEAST = 0.995


def loud(text: str, dialect: str | Dialect) -> str:
    """`text` in capitals where a translation may change it; everything else must stay."""
    article = parse(text, dialect)
    assert splice(article, {}, {}).decode() == text
    targets = {
        segment.id: "".join(
            piece if is_mark else piece.upper()
            for is_mark, piece in split(segment.text, segment.tokens)
        )
        for segment in article.segments
        if not segment.keep
    }
    return merge(article, targets, {})


def corpus(*flavours: str, sample: int = 0) -> list[Path]:
    """The real files of some flavours, or a seeded sample; skips where there are none."""
    root = require_shared("corpus")
    found = [p for name in flavours for p in sorted((root / name).rglob("*")) if p.is_file()]
    return random.Random(20240404).sample(found, sample) if sample else found


def proven(text: str, dialect: str) -> tuple[Article, str]:
    """The article and its accented translation; the identity and the proof are asserted."""
    article = parse(text, dialect)
    assert splice(article, {}, {}) == article.source
    output = splice(article, accent.targets(article), {})
    assert prove(article, output) == ""
    return article, output.decode()


def covered(files: Sequence[Path], dialect: str) -> Counter[str]:
    """Check the laws; the words by what became of them are printed (`pytest -s`)."""
    counts: Counter[str] = Counter()
    failures = []
    for path in files:
        text = path.read_bytes().decode()
        try:
            article, _ = proven(text, dialect)
        except AssertionError as error:
            failures.append((path, str(error)[:300]))
            continue
        counts += _words(article)
    assert not failures, (len(failures), failures[:5])
    share = counts["translated"] / (counts["translated"] + counts["no rule named"])
    print(f"\n{dialect}: {len(files)} files, {share:.3%} of the prose words translated")
    for rule, count in counts.most_common():
        print(f"  {count:>9,}  {rule}")
    assert share >= LEAST
    return counts


def _words(article: Article) -> Counter[str]:
    """Words by what became of them; what is in no segment, by the rule that keeps it."""
    counts: Counter[str] = Counter()
    left = bytearray(article.source)
    body = article.body
    hidden = prose_slots.opaque(article.source, body, article.shadow.masks)
    for mask, opaque in zip(article.shadow.masks, hidden, strict=True):
        grid = article.dialect.name == "quarto" and opaque.startswith(b"+")
        counts["grid table" if grid else "foreign construct"] += _count(opaque.decode())
        left[body + mask.start : body + mask.end] = b" " * (mask.end - mask.start)
    for segment in article.segments:
        left[segment.start : segment.end] = b" " * (segment.end - segment.start)
        if segment.keep:
            counts["reference list"] += _count(segment.text)
            continue
        words = "".join(p for mark, p in split(segment.text, segment.tokens) if not mark)
        counts["translated"] += _count(words)
    text = left[body:].decode()
    for rule, pattern in test_corpus._RULES.items():
        counts[rule] += sum(_count(match[0]) for match in pattern.finditer(text))
        text = pattern.sub(" ", text)
    counts["no rule named"] += _count(text)
    return +counts


def _count(text: str) -> int:
    return len(test_corpus._WORD.findall(text))
