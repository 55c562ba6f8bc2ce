"""What requests have shown of a run's models in, how the next ones are to be made out.

The laws: everything is kept per model and locale, for a model that fails in Thai may be fine in
German; and nothing outlives the run, for a model may be another tomorrow under the same name.
One object is shared by all pipelines of a run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from translate_pipeline.conversation.batch import Budget
from translate_pipeline.conversation.plan import LEAST_CACHED, Rates
from translate_pipeline.model import Usage

__all__ = ["ORDINARY", "Experience", "Model"]

#: Segments of a request that no alignment fault halves: so many are what `quality.md` 6.3 begins
#: with, and a smaller one costs its instructions twice (measured: more than it protects).
ORDINARY = 25
_CLEAN, _MORE = 20, 5  # after so many clean requests, so many segments more (quality.md 1.8)

#: Articles that a model may fail at before it is asked no more (`quality.md` 6.6), if they are
#: also more than half of those it was asked for.
_MOST_STOPPED = 3

# Tokens of repeated prefixes to be seen before their share in the cache is believed.
_BELIEVED = 4 * LEAST_CACHED


class Model(NamedTuple):
    """One model of a backend in one locale: what experience is kept under."""

    signature: str
    locale: str
    fallback: int = 0


@dataclass(slots=True)
class _Record:
    """`segments` is None as long as the configured size does no harm; `clean` counts answers
    since texts were last not in their places."""

    segments: int | None = None
    clean: int = _CLEAN
    asked: int = 0
    stopped: int = 0


class Experience:
    """What a run has learnt so far. `output` is the price of an output token in input tokens."""

    def __init__(self, output: float = Rates().output) -> None:
        self._output = output
        self._records: defaultdict[Model, _Record] = defaultdict(_Record)
        self._repeated: defaultdict[str, int] = defaultdict(int)  # tokens, by signature
        self._cached: defaultdict[str, int] = defaultdict(int)

    # --- the size of a request ------------------------------------------------

    def budget(self, model: Model, configured: Budget) -> Budget:
        """The configured budget, with as many segments as the model has shown to keep apart."""
        segments = self._records[model].segments
        if segments is None or segments >= configured.segments:
            return configured
        return replace(configured, segments=segments)

    def answered(self, model: Model, segments: int, *, mixed: bool) -> None:
        """An answer for so many segments came; `mixed` if texts were not where they belong.

        The second such answer within 20 halves the requests, 20 clean ones add five segments.
        """
        record = self._records[model]
        if mixed:
            # The first in a long time may be chance, and smaller requests cost more.
            if record.clean < _CLEAN:
                size = min(segments, record.segments or segments)
                if size > ORDINARY:
                    record.segments = size // 2
            record.clean = 0
            return
        record.clean += 1
        if record.segments is not None and record.clean % _CLEAN == 0:
            record.segments += _MORE

    # --- the cache of the provider ----------------------------------------------

    def rates(self, signature: str) -> Rates:
        """What is known of prices, and of the provider's cache so far."""
        repeated = self._repeated[signature]
        if repeated < _BELIEVED:
            return Rates(self._output)
        return Rates(self._output, min(1.0, self._cached[signature] / repeated))

    def repeated(self, signature: str, prefix: int, usage: Usage) -> None:
        """A request with a prefix of so many tokens that was answered before has come back."""
        # An endpoint that counts no tokens tells nothing of its cache either.
        if prefix >= LEAST_CACHED and usage.prompt_tokens:
            self._repeated[signature] += prefix
            self._cached[signature] += usage.cached_tokens

    # --- which model to ask -------------------------------------------------------

    def first(self, model: Model, fallbacks: int) -> Model | None:
        """`model`, or the first of its fallbacks that has not failed at too many articles."""
        for number in range(model.fallback, fallbacks + 1):
            candidate = model._replace(fallback=number)
            record = self._records[candidate]
            if record.stopped <= _MOST_STOPPED or 2 * record.stopped <= record.asked:
                return candidate
        return None

    def began(self, model: Model) -> None:
        """An article is about to be asked of the model."""
        self._records[model].asked += 1

    def stopped(self, model: Model) -> None:
        """The model failed at an article so often that it was given up."""
        self._records[model].stopped += 1

    def sizes(self) -> Mapping[Model, int]:
        """Segments of a request, of the models that were found to need fewer than configured."""
        return {m: r.segments for m, r in self._records.items() if r.segments is not None}
