"""Takes a batch and what the endpoint is known to refuse, gives the optional parameters to send.

The law: options only ever narrow. What an endpoint refused once is not sent to it again.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from translate_pipeline.backends._openai_answer import Exhausted
from translate_pipeline.backends._openai_faults import UnsupportedParameter
from translate_pipeline.conversation import tokens
from translate_pipeline.model import Batch

__all__ = ["Options", "Request", "longest_output"]

# Target tokens per source token, for the worse of two public vocabularies over professional
# news translations from English, rounded up; a script not measured gets the largest.
_EXPANSION = {
    "Latn": 2.1,
    "Cyrl": 2.2,
    "Arab": 1.8,
    "Hebr": 1.8,
    "Hans": 1.5,
    "Hant": 1.5,
    "Jpan": 1.8,
    "Kore": 1.8,
    "Thai": 1.9,
    "Deva": 2.9,
}
_WORST_EXPANSION = 3.0
_TAG_TOKENS = 6  # `<123>` and the line break

# A segment asked again at temperature 0 would only be answered the same way.
_SECOND_TEMPERATURE = 0.3


class Request(NamedTuple):
    """What one call of `translate` sends, apart from what depends on the endpoint."""

    messages: list[dict[str, str]]
    longest_output: int
    again: bool  # an earlier answer was not accepted


class Options(NamedTuple):
    """Which optional parameters are sent; only ever fewer, as the endpoint refuses them."""

    temperature: float | None
    limit: str | None  # the name under which the endpoint takes the output limit

    def sent(self, request: Request) -> dict[str, object]:
        parameters: dict[str, object] = {}
        if self.temperature is not None:
            # Whoever set a temperature of their own keeps it.
            warmer = request.again and self.temperature == 0
            parameters["temperature"] = _SECOND_TEMPERATURE if warmer else self.temperature
        if self.limit:
            parameters[self.limit] = request.longest_output
        return parameters

    def without(self, fault: UnsupportedParameter | Exhausted) -> Options | None:
        """The options after a refusal; None if there is nothing left to leave out."""
        if isinstance(fault, Exhausted):
            return self._replace(limit=None) if self.limit else None
        if fault.parameter == "temperature" and self.temperature is not None:
            return self._replace(temperature=None)
        if fault.parameter == self.limit:
            return self._replace(limit=fault.instead or None)
        return None

    def narrowed(self, other: Options) -> Options:
        """What both allow."""
        ranks = ("max_tokens", "max_completion_tokens", None)
        return Options(
            None if other.temperature is None else self.temperature,
            max(self.limit, other.limit, key=ranks.index),
        )


def longest_output(batch: Batch) -> int:
    """`max_tokens` for the batch: estimated output x 1.6 + 200 stops a loop, not an answer."""
    factor = _EXPANSION.get(batch.pair.target.script, _WORST_EXPANSION)
    source = sum(tokens.estimate(segment.text) for segment in batch.segments)
    output = source * factor + _TAG_TOKENS * (len(batch.segments) + 1)
    return math.ceil(output * 1.6) + 200
