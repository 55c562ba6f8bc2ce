"""Takes the work, gives what does it: backend, memory, a pipeline for each two languages.

The law: nothing is opened that is not needed. A run that the memory serves alone needs no key
and loads no SDK; pseudo-localisation leaves no memory behind.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from translate_pipeline.backends import Backend
from translate_pipeline.batch_orders import Holding, OrderFiles
from translate_pipeline.cli._choices import make_backend, memory_place
from translate_pipeline.cli._glossary import glossary_entries, glossary_for
from translate_pipeline.cli._remembered import refiller, remembered
from translate_pipeline.cli._reviewer import reviewer_of
from translate_pipeline.cli._work import Work
from translate_pipeline.conversation.plan import Context, Rates
from translate_pipeline.conversation.prompts import Templates
from translate_pipeline.errors import AuthenticationError, ConfigError
from translate_pipeline.estimate import Estimator
from translate_pipeline.ladder import Experience
from translate_pipeline.lazy import Lazy
from translate_pipeline.limits import Limited, Limits
from translate_pipeline.made import Translator
from translate_pipeline.model import LocalePair
from translate_pipeline.pace import Paced
from translate_pipeline.pipeline import Pipeline
from translate_pipeline.prefix_cache import PrefixFirst
from translate_pipeline.resources import read_prompt
from translate_pipeline.same_language import SameLanguage
from translate_pipeline.settings import Settings
from translate_pipeline.update import Updater

if TYPE_CHECKING:
    from translate_pipeline.memory.store import Memory

__all__ = ["Machine", "limits_of", "machine"]

_MILLION = 1e6
# The share of new texts that a review looks at; that of those with a finding is a guess on the
# safe side of what was measured (docs/checks.md).
_REVIEWED = {"off": 0.0, "flagged": 0.1, "all": 1.0}


class Machine:
    """The parts of a run, wired: `updater` does the jobs, `backend` is closed at the end."""

    def __init__(
        self, work: Work, backend: Backend, memory: Memory | None, *, reviewing: bool = True
    ) -> None:
        self.memory = memory
        self.asked = backend  # itself, without what keeps requests from it
        self.estimator = _estimator(work.settings, memory)
        self.limited = Limited(backend, limits_of(work.settings), self.estimator.of_batch)
        self.backend = Paced(PrefixFirst(self.limited))
        self._work = work
        self._experience = Experience(_rates(work.settings).output)
        self._entries = glossary_entries(work.settings.glossary_files, work.sources, work.aliases)
        self._reviewer = reviewer_of(work.settings, self.limited) if reviewing else None
        self._translators: dict[tuple[str, str], Translator] = {}
        self.updater = Updater(
            root=work.root,
            sources=work.sources,
            translators=self.translator,
            edition=work.edition,
            memory=memory,
            moves=work.moves,
            overwrite=work.overwrite,
            adopting=work.adopting,
        )

    def translator(self, pair: LocalePair) -> Translator:
        """The pipeline for two languages; a copier where they are one."""
        key = (pair.source.name, pair.target.name)
        if key not in self._translators:
            self._translators[key] = self._new(pair)
        return self._translators[key]

    def _new(self, pair: LocalePair) -> Translator:
        work, settings = self._work, self._work.settings
        if pair.source.tag == pair.target.tag:
            return SameLanguage(
                pair,
                dialect=settings.dialect,
                references=settings.references,
                front_matter_keys=work.front_matter_keys,
                prose_parameters=settings.prose_parameters,
            )
        return Pipeline(
            backend=self.backend,
            source=pair.source.name,
            target=pair.target.name,
            dialect=settings.dialect,
            glossary=glossary_for(settings.glossary, self._entries, pair),
            instruction=settings.instruction,
            on_failure=settings.on_failure,
            references=settings.references,
            front_matter_keys=work.front_matter_keys,
            prose_parameters=settings.prose_parameters,
            aliases=work.aliases,
            context=settings.context,
            experience=self._experience,
            memory=self.memory,
            reviewer=self._reviewer[0] if self._reviewer else None,
        )

    @property
    def gone(self) -> Mapping[str, str]:
        """The models that were asked no more at some time of the run, and why."""
        return getattr(self.asked, "gone", {})

    async def aclose(self) -> None:
        """Give back the connections of the running event loop."""
        await self.backend.aclose()
        if self._reviewer:
            await self._reviewer[1].aclose()


@contextmanager
def machine(
    work: Work, *, writing: bool = True, wrap: Callable[[Backend], Backend] | None = None
) -> Iterator[Machine]:
    """The parts of a run; what they hold is given back at the end. Raises ConfigError.

    One that is not `writing` (a dry run) makes no memory where there is none. `wrap` gives the
    backend to use in the place of the configured one; without it, what is on order is held back.
    """
    place = memory_place(work.settings, work.root, os.environ)
    # It may serve the whole run: then nobody needs a key.
    serving = place is not None and (bool(work.settings.tmx) or not _absent(place))
    asked: Backend
    backend: Backend
    if not writing or work.adopting:
        backend = asked = Lazy("none", lambda: make_backend(work.settings, os.environ))
    else:
        asked = _backend(work.settings, serving=serving)
        backend = (wrap or _held(work))(asked)
    idle = not writing or work.settings.backend == "pseudo"
    memory = remembered(place, work) if place is not None and (serving or not idle) else None
    try:
        parts = Machine(work, backend, memory, reviewing=writing and not work.adopting)
        parts.asked = asked
        if memory is not None:
            memory.refill = refiller(work, parts.translator)
        yield parts
        used = parts.limited
        if memory is not None and writing and used.answered.requests:
            signature = _signature(work.settings)
            memory.note_usage(signature, estimated=used.expected, real=used.answered)
    finally:
        if memory is not None:
            memory.close()


def _backend(settings: Settings, *, serving: bool) -> Backend:
    """The backend; where the memory may do without it, a missing key is told when it is missed."""
    try:
        return make_backend(settings, os.environ)
    except AuthenticationError:
        if not serving:
            raise
    except ConfigError:
        if not serving or settings.backend or settings.model:
            raise
    return Lazy("openai", lambda: make_backend(settings, os.environ))


def _held(work: Work) -> Callable[[Backend], Backend]:
    """What keeps a run from paying for texts that are on order at a batch API."""
    files = OrderFiles(work.root)
    waiting = files.on_order() if files.folder.is_dir() else {}
    return (lambda backend: Holding(backend, waiting)) if waiting else (lambda backend: backend)


def limits_of(settings: Settings) -> Limits:
    prices = settings.prices
    return Limits(
        requests=settings.max_requests,
        tokens=settings.max_tokens,
        cost=settings.max_cost,
        prompt_price=prices.prompt / _MILLION if prices else None,
        completion_price=prices.completion / _MILLION if prices else None,
    )


def _estimator(settings: Settings, memory: Memory | None) -> Estimator:
    past = memory.calibration(_signature(settings)) if memory is not None else None
    return Estimator(
        Templates(read_prompt("system"), read_prompt("task"), read_prompt("repair")),
        glossary=settings.glossary,
        instruction=settings.instruction,
        calibration=past,
        context=Context(settings.context),
        rates=_rates(settings),
        reviewed=_REVIEWED[settings.review],
    )


def _rates(settings: Settings) -> Rates:
    """What an output token costs in input tokens, where the config has prices."""
    prices = settings.prices
    if prices is None or not prices.prompt:
        return Rates()
    return Rates(prices.completion / prices.prompt)


def _signature(settings: Settings) -> str:
    """What past usage is kept under: the backend and model as the settings name them."""
    return f"{settings.backend or 'openai'}:{settings.model}"


def _absent(place: str | Path) -> bool:
    """True for a file that is not there; a server is asked."""
    return isinstance(place, Path) and not place.exists()
