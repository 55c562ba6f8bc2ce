"""The order of the stages, and nothing else: the file to read first.

    parse → protect → recall → batch → translate → restore → check → merge, proven

`parse` takes an article apart (protect included), `Recall` finds what was translated before
and has `ladder.climb` translate the rest until each segment is accepted or refused, `merge`
puts the article together and proves that its structure is the source's. Nothing that fails
is ever written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from translate_pipeline._version import __version__
from translate_pipeline.article import DEFAULT_KEYS, Article, ArticleOptions, merge, parse
from translate_pipeline.backends import Backend
from translate_pipeline.blocking import blocking
from translate_pipeline.conversation.batch import Budget
from translate_pipeline.conversation.plan import Context
from translate_pipeline.dialect_choice import choose
from translate_pipeline.errors import ConfigError, SegmentError, StructureError
from translate_pipeline.files import read_text, write_text
from translate_pipeline.ladder import Experience
from translate_pipeline.locale import ALIASES, load_style, parse_locale
from translate_pipeline.model import (
    Batch,
    Brief,
    Finding,
    LocalePair,
    Origin,
    Result,
    Segment,
    Severity,
    State,
    Term,
    Translation,
)
from translate_pipeline.past import Past
from translate_pipeline.recall import Recall
from translate_pipeline.review import Reviewer

if TYPE_CHECKING:
    from translate_pipeline.memory.store import Memory

__all__ = ["Pipeline"]

ON_FAILURE = ("refuse", "keep-source")
REFERENCES = ("keep", "translate")
# One article goes into several languages, one after the other; `_KEPT` characters at most.
_parsed, _KEPT = lru_cache(maxsize=64)(parse), 20_000


class Pipeline:
    """Translates articles from one language into one other.

    `backend` does the translating; `source` and `target` are languages as the site writes
    them (`en`, `zh`, `hant`; see `aliases`). `dialect` names the Markdown flavour; `auto`
    chooses it for each article, by its name and text.
    `references` keeps or translates the entries of reference lists, `on_failure` says what
    becomes of an article with a refused segment: `refuse` (no text) or `keep-source` (that
    segment stays in the source language and the article says `translated: partial`).
    `front_matter_keys` are translated, and so are the `prose_parameters` of shortcodes, includes
    and components beside those the dialect knows; `values` are set besides `lang` and `translated`
    (`{"audio": False}`). `memory` (`memory.open_memory`) remembers what was translated: a text
    is paid for once. `context` is what a request is shown of its article (`conversation.plan`),
    `experience` what a run learns of its models; pipelines of one run share it.
    `reviewer` (`review.Reviewer`) has a second model look at what is new. `instruction` is a
    wish for every article, given to the model as data. Raises ConfigError for settings that make
    no sense, LocaleError for languages.
    """

    def __init__(
        self,
        *,
        backend: Backend,
        source: str = "en",
        target: str,
        dialect: str = "commonmark",
        glossary: Sequence[Term] = (),
        instruction: str = "",
        on_failure: str = "refuse",
        references: str = "keep",
        front_matter_keys: Sequence[str] = DEFAULT_KEYS,
        prose_parameters: Sequence[str] = (),
        values: Mapping[str, object] | None = None,
        aliases: Mapping[str, str] = ALIASES,
        budget: Budget = Budget(),  # noqa: B008 - frozen
        context: str = "auto",
        experience: Experience | None = None,
        memory: Memory | None = None,
        reviewer: Reviewer | None = None,
    ) -> None:
        _one_of("on_failure", on_failure, ON_FAILURE)
        _one_of("references", references, REFERENCES)
        _one_of("context", context, tuple(Context))
        self.backend = backend
        self.pair = LocalePair(parse_locale(source, aliases), parse_locale(target, aliases))
        if self.pair.source.tag == self.pair.target.tag:
            raise ConfigError(
                f"source and target are both {self.pair.source.tag}; choose another target"
            )
        self._dialect = dialect
        self._options = ArticleOptions(
            tuple(front_matter_keys), references, tuple(prose_parameters)
        )
        self._glossary = tuple(glossary)
        self._instruction = instruction
        self._keep_source = on_failure == "keep-source"
        self._values = dict(values or {})
        self._budget = budget
        self._context = Context(context)
        self._experience = experience or Experience()
        self._memory = memory
        self._reviewer = reviewer
        written = parse_locale(backend.writes, aliases) if backend.writes else self.pair.target
        # What is no translation has none of the glossary's words either.
        terms = () if backend.writes else self._glossary
        self._brief = Brief(load_style(written), load_style(self.pair.source), terms)

    @property
    def signature(self) -> str:
        """How this pipeline translates, in one line: backend, glossary, version."""
        terms = repr(self._glossary).encode()
        glossary = hashlib.sha256(terms).hexdigest()[:8] if self._glossary else "none"
        return f"{self.backend.signature}|glossary:{glossary}|version:{__version__}"

    @property
    def learning(self) -> bool:
        """True if what the backend writes is a translation, to be remembered."""
        return not self.backend.writes

    def translate(self, text: str) -> Result:
        """Translate one article. Works inside a running event loop (notebooks) too.

        Raises ArticleError for text that cannot be parsed, TransportError and
        FatalBackendError where the backend cannot work. A refused article is no exception:
        its `Result.text` is None.
        """
        return blocking(self._translate_and_close(text))

    def translate_file(self, path: Path | str, out: Path | str) -> Result:
        """Translate the file `path` and write `out` whole, or not at all.

        Raises as `translate`, ArticleError for invalid UTF-8, and OSError.
        """
        result = blocking(self._translate_and_close(read_text(Path(path)), path))
        if result.text is not None:
            write_text(Path(out), result.text)
        return result

    async def aclose(self) -> None:
        """Close the backend's connections of this event loop."""
        await self.backend.aclose()

    async def atranslate(self, text: str) -> Result:
        """`translate` for use inside a running event loop."""
        return await self.atranslate_article(self.parse(text))

    def parse(self, text: str, dialect: str | None = None) -> Article:
        """The article in `text`, taken apart as this pipeline translates it.

        `dialect` is what a site knows of this article; None leaves the pipeline's own.
        """
        chosen = dialect or choose("", text, configured=self._dialect).dialect
        return (_parsed if len(text) < _KEPT else parse)(text, chosen, self._options)

    async def atranslate_article(
        self,
        article: Article,
        *,
        past: Past = Past(),  # noqa: B008 - frozen
        values: Mapping[str, object] | None = None,
        instruction: str = "",
    ) -> Result:
        """Translate what `parse` gave; `past` is what its published translation tells.

        `values` are front matter keys and `instruction` is a wish for this article alone,
        besides those of the pipeline.
        Raises as `translate`.
        """
        work = self._recall(article, past, instruction)
        await work.translate()
        values = {**self._values, **(values or {})}
        text_out, fault = self._merge(article, work, values)
        if fault is not None and fault.segments:
            # The proof blamed segments that looked good alone: ask for these once more.
            if await work.again(fault.segments):
                text_out, fault = self._merge(article, work, values)
            if fault is not None:
                work.refuse(fault.segments, str(fault))
                if self._keep_source:
                    text_out, fault = self._merge(article, work, values)
        if work.refused and not self._keep_source:
            text_out = None
        return self._result(article, work, text_out, fault)

    def unknown(self, article: Article, past: Past = Past()) -> list[Segment]:  # noqa: B008
        """The segments that translating would ask the backend for; sends nothing."""
        return self._recall(article, past).unknown()

    def known(
        self, article: Article, past: Past, values: Mapping[str, object] | None = None
    ) -> str | None:
        """The article from targets that exist already, as this pipeline would write it.

        None where they do not have the article's structure.
        """
        targets = {number: known.target for number, known in past.known.items()}
        set_values = {**self._values, **(values or {}), "lang": self.pair.target.name}
        try:
            return merge(article, targets, {**set_values, "translated": True})
        except (SegmentError, StructureError):
            return None

    def _recall(self, article: Article, past: Past, instruction: str = "") -> Recall:
        frame = Batch(
            pair=self.pair,
            segments=(),
            glossary=self._glossary,
            instruction="\n".join(
                filter(None, (self._instruction, article.instruction, instruction))
            ),
        )
        return Recall(
            article,
            frame,
            backend=self.backend,
            brief=self._brief,
            budget=self._budget,
            memory=self._memory,
            learning=self.learning,
            signature=lambda: self.signature,
            context=self._context,
            experience=self._experience,
            reviewer=self._reviewer,
            past=past,
        )

    def _merge(
        self, article: Article, work: Recall, values: Mapping[str, object]
    ) -> tuple[str | None, StructureError | None]:
        values = {
            **values,
            "lang": self.pair.target.name,
            "translated": "partial" if work.refused else True,
        }
        try:
            return merge(article, work.targets, values), None
        except StructureError as error:
            return None, error

    def _result(
        self, article: Article, work: Recall, text: str | None, fault: StructureError | None
    ) -> Result:
        translations = tuple(self._translation(segment, work) for segment in article.segments)
        findings = [finding for t in translations for finding in t.findings]
        if fault is not None and text is None:
            findings.append(Finding("proof", Severity.ERROR, 0, str(fault)))
        return Result(
            text=text,
            translations=translations,
            findings=tuple(findings),
            usage=work.usage,
            signature=self.signature,
            pair=self.pair,
        )

    def _translation(self, segment: Segment, work: Recall) -> Translation:
        number = segment.id
        if number in work.targets:
            return Translation(
                segment,
                work.targets[number],
                State.TRANSLATED,
                work.origins[number],
                work.findings.get(number, ()),
            )
        if segment.keep and number not in work.refused:
            return Translation(segment, segment.text, State.KEPT, Origin.SOURCE)
        state = State.SOURCE if self._keep_source else State.REFUSED
        refused = work.refused.get(number, ())
        return Translation(segment, segment.text, state, Origin.SOURCE, refused)

    async def _translate_and_close(self, text: str, path: Path | str = "") -> Result:
        dialect = choose(path, text, configured=self._dialect).dialect
        try:
            return await self.atranslate_article(self.parse(text, dialect))
        finally:
            await self.aclose()


def _one_of(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise ConfigError(f"{name} is {value!r}; use one of: {', '.join(allowed)}")
