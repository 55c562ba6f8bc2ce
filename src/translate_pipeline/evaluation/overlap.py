"""Translations and references in, how alike they are out: chrF and BLEU with their signatures.

The figures are sacrebleu's, so that they can be compared with anybody's; its signature says
exactly how they were computed. Raises ConfigError where sacrebleu is not installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from translate_pipeline.errors import ConfigError

__all__ = ["Overlap", "overlap", "paired"]

# Scripts without spaces: sacrebleu's own rules for Chinese; characters where those for Japanese
# and Korean would need a dictionary of 50 MB.
_TOKENIZERS = {"zh": "zh", "ja": "char", "ko": "char", "th": "char", "lo": "char", "my": "char"}
_SAMPLES = 1000  # of the bootstrap, as WMT does


class Overlap(NamedTuple):
    """Of all articles of one language: 0 to 100, and how it was computed."""

    chrf: float
    chrf_words: float  # chrF++
    bleu: float
    signatures: tuple[str, str, str]


def overlap(hypotheses: Sequence[str], references: Sequence[str], tag: str) -> Overlap:
    """How alike whole articles are, one string each; `tag` is the BCP 47 tag of the language.

    Raises ConfigError without sacrebleu, ValueError for lists of different lengths or none.
    """
    if len(hypotheses) != len(references) or not hypotheses:
        raise ValueError("as many references as translations are needed, and one at least")
    metrics = _metrics(tag)
    found = [metric.corpus_score(list(hypotheses), [list(references)]) for metric in metrics]
    signatures = [str(metric.get_signature()) for metric in metrics]
    return Overlap(
        found[0].score,
        found[1].score,
        found[2].score,
        (signatures[0], signatures[1], signatures[2]),
    )


def paired(
    one: Sequence[str], other: Sequence[str], references: Sequence[str]
) -> tuple[float, float, float]:
    """chrF of two systems on the same articles, and the probability that their difference is
    chance (paired bootstrap, 1,000 samples, sacrebleu's seed).

    Raises ConfigError without sacrebleu.
    """
    sacrebleu = _sacrebleu()
    from sacrebleu.significance import PairedTest  # noqa: PLC0415

    test = PairedTest(
        [("one", list(one)), ("other", list(other))],
        {"chrF2": sacrebleu.CHRF()},
        references=[list(references)],
        test_type="bs",
        n_samples=_SAMPLES,
    )
    found: Any = test()[1]
    first, second = found["chrF2"]
    # Where nothing differs, no sample does, and sacrebleu's share of samples says nothing.
    chance = 1.0 if first.score == second.score else second.p_value
    return first.score, second.score, chance


def _metrics(tag: str) -> tuple[Any, Any, Any]:
    sacrebleu = _sacrebleu()
    tokenizer = _TOKENIZERS.get(tag.partition("-")[0], "13a")
    return sacrebleu.CHRF(), sacrebleu.CHRF(word_order=2), sacrebleu.BLEU(tokenize=tokenizer)


def _sacrebleu() -> Any:
    try:
        import sacrebleu  # noqa: PLC0415 - an extra
    except ImportError:
        raise ConfigError(
            "chrF and BLEU need sacrebleu: pip install 'translate-pipeline[eval]'"
        ) from None
    return sacrebleu
