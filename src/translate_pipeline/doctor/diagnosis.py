"""What is known of an endpoint after its examination: values, and the verdict they amount to.

The law: the verdict follows from what was seen, never from the endpoint's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from translate_pipeline.model import Usage

__all__ = ["Call", "Cost", "Diagnosis", "Taken"]


class Call(NamedTuple):
    """One request for a translation: its seconds, what it took, who the endpoint says it is.

    `right` of the `asked` segments came back fit for their places, `unchanged` of these in the
    words of the source. `expected` is what the prompt was estimated at, in tokens, `thinking`
    what was spent before the answer, 0 where the endpoint does not tell.
    """

    seconds: float
    usage: Usage
    model: str
    asked: int
    right: int
    unchanged: int
    expected: int
    thinking: int = 0


class Cost(NamedTuple):
    """US dollars. `most` is the estimate of the worst case before anything was sent, `spent`
    what it came to; None where nobody knows a price."""

    most: float | None = None
    spent: float | None = None


class Taken(NamedTuple):
    """Which optional parameters the model takes. `limit` is the name of the output limit, empty
    for none; `effort` what it was sent in the end for the `wished` one; `structured` is True
    where a JSON schema is held to, None where it was not tried."""

    temperature: bool = True
    limit: str = ""
    effort: str = ""
    wished: str = ""
    structured: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What `examine` found. `context` is in tokens, prices in US dollars per token; None where
    the endpoint does not tell. `missing` are other models of the config that are not offered,
    `open_key` says that the key goes out unencrypted.

    `faults` make it unusable, `advice` is what to do. `unasked` says why no model was asked;
    then nobody knows whether it is usable. `usage` is that of all requests.
    """

    base_url: str
    model: str
    listed: int = 0
    offered: bool | None = None  # None: it gives no list
    near: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    context: int | None = None
    prompt_price: float | None = None
    completion_price: float | None = None
    open_key: bool = False
    calls: tuple[Call, ...] = ()
    taken: Taken = Taken()  # noqa: RUF009 - immutable, as the two below
    usage: Usage = Usage()  # noqa: RUF009
    cost: Cost = Cost()  # noqa: RUF009
    unasked: str = ""
    faults: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """True if the self-test went through and nothing speaks against a run."""
        return bool(self.calls) and not self.unasked and not self.faults
