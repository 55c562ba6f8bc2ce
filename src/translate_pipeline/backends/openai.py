"""Takes a batch, asks a language model behind an OpenAI-compatible endpoint, gives its reply.

The law: whatever the endpoint does within `timeout` ends in a `Reply` or in an error of
`errors.py`, and a model that is gone hands over to the next before the run stops. HTTP is the
matter of `_openai_client`, one model that of `_openai_model`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from translate_pipeline.backends._gate import Gate
from translate_pipeline.backends._openai_answer import Answer
from translate_pipeline.backends._openai_batches import BatchApi
from translate_pipeline.backends._openai_client import Client
from translate_pipeline.backends._openai_faults import Endpoint
from translate_pipeline.backends._openai_keys import (
    DEFAULT_KEY_NAMES,
    api_key_from_environment,
    api_key_name,
    checked_key,
    checked_url,
    default_base_url,
)
from translate_pipeline.backends._openai_model import Model
from translate_pipeline.backends._openai_probe import Probe
from translate_pipeline.backends._openai_request import (
    EFFORTS,
    Options,
    Request,
    checked_extra,
    longest_output,
)
from translate_pipeline.backends._retry import retrying
from translate_pipeline.conversation import wire
from translate_pipeline.conversation.prompts import Templates, compose
from translate_pipeline.errors import BackendError, ConfigError, FatalBackendError, ModelError
from translate_pipeline.locale import load_style
from translate_pipeline.model import Batch, Locale, Reply, Style, Usage
from translate_pipeline.resources import read_prompt

if TYPE_CHECKING:
    from translate_pipeline.backends import BackendSettings

__all__ = [
    "DEFAULT_KEY_NAMES",
    "OpenAIBackend",
    "api_key_from_environment",
    "api_key_name",
    "default_base_url",
    "from_settings",
]


def from_settings(settings: BackendSettings) -> OpenAIBackend:
    """The backend for a config; `model` and `api_key` must be set."""
    return OpenAIBackend(
        model=settings.model,
        base_url=settings.base_url,
        api_key=settings.api_key,
        concurrency=settings.concurrency,
        timeout=settings.timeout,
        attempts=settings.attempts,
        temperature=settings.temperature,
        limit_output=settings.limit_output,
        fallback_models=settings.fallback_models,
        models=settings.models,
        provider=settings.provider,
        reasoning=settings.reasoning,
        extra_body=settings.extra_body,
    )


class OpenAIBackend:
    """A model behind `base_url` (default: OpenAI's own), asked through the openai SDK.

    `concurrency` is the number of requests under way at once, per event loop. `timeout` is
    the deadline in seconds of one request from the first byte out to the last byte in, and
    `attempts` how often a request is made before a passing fault becomes an error, with
    pauses that start at up to `backoff` seconds and double. `temperature` None leaves it to
    the endpoint. `limit_output` False sends no `max_tokens` (models that think at length).

    `fallback_models` answer in their order where `model` is gone, and where `Batch.fallback`
    asks for one of them; `models` names another first model for some languages, by their name
    or tag. `reasoning` is how much a model thinks (`none` to `max`; empty: as it likes),
    `provider` are OpenRouter's routing preferences, `extra_body` more members of each request's
    body: all as JSON values.

    Raises `ConfigError` for values that cannot work and `AuthenticationError` for a key that
    is none. The key shows in no message, `repr` or log of this library.
    """

    name = "openai"

    def __init__(
        self,
        *,
        model: str,
        api_key: str,
        base_url: str | None = None,
        concurrency: int = 8,
        timeout: float = 120.0,
        attempts: int = 5,
        backoff: float = 1.0,
        temperature: float | None = 0.0,
        limit_output: bool = True,
        fallback_models: Sequence[str] = (),
        models: Mapping[str, str] | None = None,
        provider: Mapping[str, object] | None = None,
        reasoning: str = "",
        extra_body: Mapping[str, object] | None = None,
        templates: Templates | None = None,
    ) -> None:
        if not model.strip():
            raise ConfigError("no model is named; set `model` (or `--model`) to one it offers")
        if concurrency < 1 or attempts < 1:
            raise ConfigError("`concurrency` and `attempts` must be 1 or more")
        if not (timeout > 0 and backoff >= 0):
            raise ConfigError("`timeout` must be above 0 seconds, `backoff` not below")
        if reasoning and reasoning not in EFFORTS:
            raise ConfigError(f"`reasoning` is one of {', '.join(EFFORTS)}; or leave it out")
        by_locale = {name: other.strip() for name, other in (models or {}).items()}
        fallbacks = tuple(other.strip() for other in fallback_models)
        names = dict.fromkeys((model.strip(), *by_locale.values(), *fallbacks))
        if not all(names):
            raise ConfigError("`fallback_models` or `models` holds an empty name; remove it")
        url = checked_url(base_url if base_url is not None else default_base_url(""))
        endpoint = Endpoint(url, model.strip(), checked_key(api_key))
        if len(names) > 1 and endpoint.names_deployment:
            raise ConfigError(
                "the base URL names one deployment, so no other model can be asked there; use"
                " the one that ends with `/openai/v1`, or leave `fallback_models` and `models` out"
            )
        extra = checked_extra(extra_body, provider, openrouter=endpoint.is_openrouter)
        self._endpoint = endpoint
        self._attempts = attempts
        self._backoff = backoff
        self._templates = templates or Templates(
            read_prompt("system.md"), read_prompt("task.md"), read_prompt("repair.md")
        )
        self._client = Client(endpoint, concurrency=concurrency, timeout=timeout)
        options = Options(temperature, "max_tokens" if limit_output else None, reasoning or None)
        self._models = {
            name: Model(self._client, endpoint._replace(model=name), options, extra)
            for name in names
        }
        self._by_locale = by_locale
        self._fallbacks = fallbacks
        self._gate = Gate(concurrency)
        self._styles: dict[Locale, Style] = {}  # reading the file takes longer than composing

    def __repr__(self) -> str:
        return (
            f"OpenAIBackend(model={self._endpoint.model!r}, base_url={self._endpoint.base_url!r})"
        )

    @property
    def signature(self) -> str:
        """What decides the wording: `openai:<model>|prompts:<digest>`.

        Between them stand the models of languages (`for:fr=<model>`) and the fallbacks
        (`else:<model>,<model>`); which of them a target is from, its `Reply.model` tells.
        """
        named = ",".join(f"{locale}={name}" for locale, name in sorted(self._by_locale.items()))
        parts = [
            f"openai:{self._endpoint.model}",
            *([f"for:{named}"] if named else []),
            *([f"else:{','.join(self._fallbacks)}"] if self._fallbacks else []),
            f"prompts:{self._templates.digest}",
        ]
        return "|".join(parts)

    @property
    def writes(self) -> str:
        """Empty: the targets are in the language asked for."""
        return ""

    @property
    def fallbacks(self) -> int:
        """The number of `fallback_models`."""
        return len(self._fallbacks)

    @property
    def gone(self) -> dict[str, str]:
        """The models that nothing more is asked of in this run, and why."""
        return {name: str(model.gone) for name, model in self._models.items() if model.gone}

    async def translate(self, batch: Batch) -> Reply:
        """Ask for the segments of the batch; an incomplete answer is a `Reply` with faults.

        Raises `ReplyError`, `RefusalError` or `TransportError` for this batch alone, and an
        error under `FatalBackendError` that every later call raises too, without a request.
        Each carries the `usage` of all requests made.
        """
        answer, usage = await self._paid(self._chain(batch), self.request(batch))
        read = wire.read(answer.text, [segment.id for segment in batch.segments])
        faults = ("truncated",) if answer.truncated else ()
        return Reply(
            targets=read.targets,
            faults=faults + tuple(f for f in read.faults if f not in faults),
            usage=usage,
            model=answer.model,
        )

    async def answer(
        self, messages: Sequence[tuple[str, str]], *, longest_output: int
    ) -> tuple[str, Usage]:
        """The first model's text in answer to (role, text) messages. Raises as `translate`."""
        request = Request([{"role": r, "content": text} for r, text in messages], longest_output)
        chain = [self._models[name] for name in (self._endpoint.model, *self._fallbacks)]
        answer, usage = await self._paid(chain, request)
        return answer.text, usage

    def request(self, batch: Batch) -> Request:
        """What `translate` sends for a batch, apart from what depends on model and endpoint."""
        locale = batch.pair.target
        style = self._styles.get(locale) or self._styles.setdefault(locale, load_style(locale))
        prompt = compose(batch, style, self._templates)
        return Request(prompt.messages(), longest_output(batch), again=bool(batch.reasons))

    def body(self, batch: Batch) -> dict[str, object]:
        """The body of the request that `translate` would send now, for a batch API."""
        return self._first(batch.pair.target).body(self.request(batch))

    def batches(self) -> BatchApi:
        """The endpoint's batch API, if it has one."""
        return BatchApi(self._client, self._endpoint)

    @property
    def base_url(self) -> str:
        """Where requests go; holds no key."""
        return self._endpoint.base_url

    def probe(self, locale: Locale) -> Probe:
        """The first model for a language, to be examined (`doctor`)."""
        return Probe(self._client, self._gate, self._first(locale), tuple(self._models))

    async def aclose(self) -> None:
        """Close the connections of the running event loop; a later call opens new ones.

        Call it in each loop that translated: connections of a loop that is gone cannot be
        closed in order, they are let go with it.
        """
        await self._client.aclose()

    def _first(self, locale: Locale) -> Model:
        name = self._by_locale.get(locale.name) or self._by_locale.get(locale.tag)
        return self._models[name or self._endpoint.model]

    def _chain(self, batch: Batch) -> list[Model]:
        """The models to ask, in order: the one the batch asks for, those after it, and rather
        than none those before it."""
        chain = [self._first(batch.pair.target), *(self._models[n] for n in self._fallbacks)]
        start = min(batch.fallback, len(chain) - 1)
        return chain[start:] + chain[:start]

    async def _paid(self, chain: Sequence[Model], request: Request) -> tuple[Answer, Usage]:
        """The answer, and what all requests for it took; an error carries that, too."""
        spent: list[Usage] = []
        try:
            answer = await self._answer(chain, request, spent)
        except BackendError as error:
            error.usage = sum(spent, Usage())
            if isinstance(error, FatalBackendError):
                self._gate.stop(error)
            raise
        return answer, sum(spent, Usage())

    async def _answer(self, chain: Sequence[Model], request: Request, spent: list[Usage]) -> Answer:
        """The answer of the first model that is not gone."""
        # One that seems dead is asked where no other is left, and when its pause is over.
        for model in sorted(chain, key=lambda model: self._gate.resting(model.name)):
            if model.gone is not None:
                continue
            try:
                return await self._attempts_of(model, request, spent)
            except FatalBackendError as error:
                if not isinstance(error, ModelError) and not self._gate.dead(model.name):
                    raise
                model.gone = error
        # Each with its reason; a new error, for its traceback belongs to one caller.
        reasons = [model.gone for model in chain]
        unknown = all(isinstance(error, ModelError) for error in reasons)
        kind = ModelError if unknown else FatalBackendError
        raise kind("; ".join(dict.fromkeys(str(error) for error in reasons)))

    async def _attempts_of(self, model: Model, request: Request, spent: list[Usage]) -> Answer:
        turn = self._gate.turn()
        return await retrying(
            lambda: model.attempt(request, spent, gate=self._gate, turn=turn),
            attempts=self._attempts,
            backoff=self._backoff,
        )
