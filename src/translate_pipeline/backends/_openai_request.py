"""Takes a batch and what the endpoint is known to refuse, gives the optional parameters to send.

The law: options only ever narrow. What an endpoint refused once is not sent to it again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from translate_pipeline.backends._openai_answer import Exhausted
from translate_pipeline.backends._openai_faults import UnsupportedParameter
from translate_pipeline.conversation import tokens
from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Batch

__all__ = ["EFFORTS", "Options", "Request", "checked_extra", "longest_output"]

#: How much a model may think before it answers, from the least; whatever it thinks is paid for.
EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")

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

# Members of a body that make the conversation what it is.
_OURS = frozenset({"messages", "model", "n", "stream", "tools", "tool_choice"})

# Words that tell a refused parameter from a refused value of it.
_NO_PARAMETER = re.compile(
    r"unsupported parameter|unrecogni[sz]ed|unknown|unexpected|extra|not permitted", re.IGNORECASE
)
_EFFORT = re.compile(rf"\b(?:{'|'.join(EFFORTS)})\b")

# A segment asked again at temperature 0 would only be answered the same way.
_SECOND_TEMPERATURE = 0.3


class Request(NamedTuple):
    """What one call sends, apart from what depends on model and endpoint.

    `again` says that an earlier answer was not accepted; `format` is a `response_format`.
    """

    messages: list[dict[str, str]]
    longest_output: int
    again: bool = False
    format: Mapping[str, object] | None = None


class Options(NamedTuple):
    """Which optional parameters a model is sent; only ever fewer, as its endpoint refuses them.

    `limit` is the name under which it takes the output limit, `effort` one of `EFFORTS`, of which
    the `refused` are not tried again.
    """

    temperature: float | None
    limit: str | None
    effort: str | None = None
    formats: bool = True  # `response_format` is taken
    refused: frozenset[str] = frozenset()

    def sent(self, request: Request, *, openrouter: bool = False) -> dict[str, object]:
        """The parameters for a request; OpenRouter has a name of its own for the effort."""
        parameters: dict[str, object] = {}
        if self.temperature is not None:
            # Whoever set a temperature of their own keeps it.
            warmer = request.again and self.temperature == 0
            parameters["temperature"] = _SECOND_TEMPERATURE if warmer else self.temperature
        if self.limit:
            parameters[self.limit] = request.longest_output
        if self.effort and openrouter:
            parameters["reasoning"] = {"effort": self.effort}
        elif self.effort:
            parameters["reasoning_effort"] = self.effort
        if request.format and self.formats:
            parameters["response_format"] = request.format
        return parameters

    def without(self, fault: UnsupportedParameter | Exhausted) -> Options | None:
        """The options after a refusal; None if there is nothing left to leave out."""
        if isinstance(fault, Exhausted):
            return self._replace(limit=None) if self.limit else None
        match fault.parameter:
            case "temperature" if self.temperature is not None:
                return self._replace(temperature=None)
            case "reasoning" | "reasoning_effort" if self.effort is not None:
                value = fault.value
                refused = value.get("effort") if isinstance(value, Mapping) else value
                if refused != self.effort:  # another task has learnt it meanwhile
                    return None
                spent = self.refused | {self.effort}
                return self._replace(effort=_other_effort(fault.said, spent), refused=spent)
            case "response_format" if self.formats:
                return self._replace(formats=False)
            case name if name == self.limit:
                newer = name == "max_tokens" and "max_completion_tokens" in fault.said
                return self._replace(limit="max_completion_tokens" if newer else None)
        return None


def _other_effort(said: str, refused: frozenset[str]) -> str | None:
    """The nearest effort that is taken, sooner too much than too little; None to send none.

    Whoever asked for little thinking would pay for the endpoint's default if it were just left
    out: where the answer lists what is taken, that decides; else the next in order is tried, up
    to `low`, which every reasoning model knows. None of the `refused` is tried again.
    """
    if _NO_PARAMETER.search(said):
        return None
    rank = max(map(EFFORTS.index, refused))
    listed = sorted(EFFORTS.index(word) for word in {*_EFFORT.findall(said)} - refused)
    if listed:
        return EFFORTS[next((other for other in listed if other > rank), listed[-1])]
    return EFFORTS[rank + 1] if EFFORTS[rank] in ("none", "minimal") else None


def longest_output(batch: Batch) -> int:
    """`max_tokens` for the batch: estimated output x 1.6 + 200 stops a loop, not an answer."""
    factor = _EXPANSION.get(batch.pair.target.script, _WORST_EXPANSION)
    source = sum(tokens.estimate(segment.text) for segment in batch.segments)
    output = source * factor + _TAG_TOKENS * (len(batch.segments) + 1)
    return math.ceil(output * 1.6) + 200


def checked_extra(
    extra_body: Mapping[str, object] | None,
    provider: Mapping[str, object] | None,
    *,
    openrouter: bool,
) -> dict[str, object]:
    """What every request's body holds besides: the user's members, and OpenRouter's.

    Raises `ConfigError` for members that are the conversation itself.
    """
    extra = dict(extra_body or {})
    for name in sorted(_OURS & extra.keys()):
        raise ConfigError(f"`extra_body` holds `{name}`, which this program sets; leave it out")
    if provider:
        extra["provider"] = dict(provider)
    if openrouter:
        # The cost of each answer. By now it comes unasked; other endpoints refuse the field.
        extra.setdefault("usage", {"include": True})
    return extra
