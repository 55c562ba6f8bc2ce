"""Takes a backend and two languages, gives what its endpoint offers and how it translates.

The law: three small requests at the most, and none that could cost more than is left of the
budget; where nobody knows a price, none at all, unless any cost will do.
"""

from __future__ import annotations

import json
from dataclasses import replace
from time import perf_counter

from translate_pipeline.article import merge, restore
from translate_pipeline.backends._openai_answer import Answer, Exhausted
from translate_pipeline.backends._openai_probe import Probe
from translate_pipeline.backends._openai_request import Request
from translate_pipeline.backends.openai import OpenAIBackend
from translate_pipeline.conversation import wire
from translate_pipeline.doctor.advice import advice
from translate_pipeline.doctor.article import SelfTest, self_test
from translate_pipeline.doctor.diagnosis import Call, Cost, Diagnosis, Taken
from translate_pipeline.doctor.price import Price, expected, since
from translate_pipeline.errors import BackendError, SegmentError, StructureError
from translate_pipeline.model import Batch, LocalePair, Usage

__all__ = ["A_CENT", "examine"]

A_CENT = 0.01  # US dollars
_SCHEMA = {
    "type": "json_schema",
    "json_schema": {
        "name": "translation",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"target": {"type": "string"}},
            "required": ["target"],
            "additionalProperties": False,
        },
    },
}
_SCHEMA_ANSWER = 60  # tokens
# Output tokens for a model that thinks, where the limit of an answer was too low for it.
_ROOM = 1500


async def examine(
    backend: OpenAIBackend,
    pair: LocalePair,
    *,
    prices: tuple[float, float] | None = None,
    most: float | None = A_CENT,
) -> Diagnosis:
    """Look at the endpoint's list of models, then have a small article translated.

    `prices` are US dollars per token of the prompt and the completion, where the config tells;
    they win over what the endpoint says. `most` is the budget in US dollars, None for any.
    Faults of the endpoint are in the diagnosis, not raised.
    """
    probe = backend.probe(pair.target)
    model = probe.model
    found = Diagnosis(base_url=probe.base_url, model=model, open_key=probe.open_key)
    try:
        offers = await probe.offers()
    except BackendError as error:
        return replace(found, faults=(str(error),))
    offer = offers.of(model)
    # Servers with one model (llama.cpp) let it answer to any name.
    sole = next(iter(offers.models.values())) if len(offers.models) == 1 else None
    known = offer or sole
    told = (offer.prompt_price, offer.completion_price) if offer else (None, None)
    price = Price(*(prices or told))
    if price.prompt is None and not probe.has_key:
        price = Price(0.0, 0.0)  # a server of one's own
    found = replace(
        found,
        listed=len(offers.models),
        offered=offer is not None if offers.models else None,
        near=tuple(offers.near(model)) if offer is None else (),
        missing=tuple(
            name
            for name in probe.names
            if offers.models and name != model and offers.of(name) is None
        ),
        context=known.context if known else None,
        prompt_price=price.prompt,
        completion_price=price.completion,
    )
    found = await _Examination(backend, probe, pair, price, most).run(found)
    return replace(found, advice=tuple(advice(found)))


class _Examination:
    """The requests of one examination, and what is left to spend on them."""

    def __init__(
        self,
        backend: OpenAIBackend,
        probe: Probe,
        pair: LocalePair,
        price: Price,
        most: float | None,
    ) -> None:
        self.backend = backend
        self.probe = probe
        self.wished = probe.options.effort or ""
        self.pair = pair
        self.price = price
        self.most = most
        self.usage = Usage()
        self.taken = Taken()
        self.targets: dict[int, str] = {}

    async def run(self, found: Diagnosis) -> Diagnosis:
        """`found` with the rest: the two batches, the schema, the cost."""
        test, requests = self._affordable()
        worst = self.price.most(*requests)
        found = replace(found, cost=Cost(worst))
        if not self._allowed(*requests):
            return replace(found, unasked=self._too_dear(worst, requests))
        calls: list[Call] = []
        faults: list[str] = []
        try:
            for batch, request in zip(test.batches, requests, strict=True):
                calls.append(await self._translated(test, batch, request))
            faults += self._proven(test, calls)
            await self._schema(calls)
        except BackendError as error:
            faults.append(str(error))
        return replace(
            found,
            calls=tuple(calls),
            taken=self.taken,
            usage=self.usage,
            cost=Cost(worst, self.price.of(self.usage)),
            faults=tuple(faults),
        )

    def _affordable(self) -> tuple[SelfTest, list[Request]]:
        """The article that is long enough for a cache, or the short one where that is cheaper."""
        for long in (True, False):
            test = self_test(self.pair, long=long)
            requests = [self.backend.request(batch) for batch in test.batches]
            if self._allowed(*requests):
                break
        return test, requests

    def _allowed(self, *requests: Request) -> bool:
        """True if what is left of the budget pays for the requests in the worst case."""
        if self.most is None:
            return True
        spent, worst = self.price.of(self.usage) or 0.0, self.price.most(*requests)
        return worst is not None and spent + worst <= self.most

    def _too_dear(self, worst: float | None, requests: list[Request]) -> str:
        if worst is not None:
            return f"the self-test could cost {worst:.3f} US dollars, more than {self.most:g}"
        sent = sum(map(expected, requests))
        written = sum(request.longest_output for request in requests)
        return (
            "nobody says what a token costs here; the self-test sends about"
            f" {sent} tokens and lets at most {written} be written"
        )

    async def _answered(self, request: Request) -> Answer:
        """The answer; a model that thinks all of the limit away gets more room, once."""
        try:
            return await self._tried(request)
        except Exhausted as exhausted:
            roomy = request._replace(longest_output=_ROOM)
            if not self._allowed(roomy):
                raise exhausted.error from None
            try:
                return await self._tried(roomy)
            except Exhausted as again:
                raise again.error from None

    async def _tried(self, request: Request) -> Answer:
        tried = await self.probe.ask(request)
        self.usage += tried.usage
        options = self.probe.options
        self.taken = self.taken._replace(
            temperature=options.temperature is not None,
            limit=options.limit or "",
            effort=options.effort or "",
            wished=self.wished,
        )
        if isinstance(tried.outcome, Answer):
            return tried.outcome
        raise tried.outcome

    async def _translated(self, test: SelfTest, batch: Batch, request: Request) -> Call:
        begun, before = perf_counter(), self.usage
        answer = await self._answered(request)
        seconds = perf_counter() - begun
        read = wire.read(answer.text, [segment.id for segment in batch.segments])
        right = unchanged = 0
        for segment in batch.segments:
            target = read.targets.get(segment.id, "")
            try:
                restore(test.article, segment, target)
            except SegmentError:
                continue
            if target.strip():
                right += 1
                unchanged += target.strip() == segment.text
                self.targets[segment.id] = target
        return Call(
            seconds,
            since(before, self.usage),
            answer.model,
            len(batch.segments),
            right,
            unchanged,
            expected(request),
            answer.thinking,
        )

    def _proven(self, test: SelfTest, calls: list[Call]) -> list[str]:
        """What speaks against the answers as a whole; single ones are asked for again in a run."""
        if not any(call.right for call in calls):
            return [
                "no segment came back as it was asked for; this model does not follow the format:"
                " choose another one"
            ]
        try:
            merge(test.article, self.targets, {"lang": self.pair.target.name})
        except (SegmentError, StructureError) as error:
            return [f"{error}; choose another model"]
        return []

    async def _schema(self, calls: list[Call]) -> None:
        """Whether a JSON schema is held to. Nothing depends on it, so no fault counts."""
        ask = f"Translate `The tide is high.` into {self.pair.target.english}."
        room = _ROOM if any(call.thinking for call in calls) else _SCHEMA_ANSWER
        request = Request(
            [{"role": "user", "content": f"{ask} Answer as JSON with the key `target`."}],
            room,
            format=_SCHEMA,
        )
        if not self._allowed(request):
            return
        try:
            answer = await self._tried(request)
        except Exhausted:
            return
        except BackendError:
            self.taken = self.taken._replace(structured=False)
            return
        structured = self.probe.options.formats and _holds(answer.text)
        self.taken = self.taken._replace(structured=structured)


def _holds(text: str) -> bool:
    """True if the text is what the schema says."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(value, dict) and value.keys() == {"target"} and isinstance(value["target"], str)
    )
