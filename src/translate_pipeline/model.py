"""The values that travel between the stages; they know nothing of models, files or config.

Everything here is immutable. Text inside a value is `str`; spans are offsets into the
UTF-8 *bytes* of the source, because that is what the parser reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

__all__ = [
    "Batch",
    "Brief",
    "Finding",
    "Kind",
    "Locale",
    "LocalePair",
    "Maker",
    "Match",
    "Origin",
    "Reply",
    "Result",
    "Segment",
    "Severity",
    "State",
    "Style",
    "Term",
    "Token",
    "Translation",
    "Typography",
    "Usage",
]


# --- languages ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Locale:
    """A language as the standards name it and as the site writes it.

    `name` is what stands in file names and in the `lang` key (`hant`), `tag` the canonical
    BCP 47 tag behind it (`zh-Hant-HK`). `script` is ISO 15924 (`Hant`, `Latn`).
    """

    tag: str
    name: str
    english: str
    script: str
    rtl: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class LocalePair:
    """From which language into which; never two loose strings that can be swapped."""

    source: Locale
    target: Locale


# --- articles ----------------------------------------------------------------


class Kind(StrEnum):
    """What a segment is in the article; the wire format and some checks depend on it."""

    TITLE = "title"
    FRONT_MATTER = "front-matter"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    QUOTE = "quote"
    DEFINITION = "definition"
    FOOTNOTE = "footnote"
    IMAGE_ALT = "image-alt"
    LINK_TITLE = "link-title"
    HTML = "html"
    ATTRIBUTE = "attribute"
    REFERENCE = "reference"


class Token(NamedTuple):
    """One thing inside a segment that must come back exactly once.

    `mark` is what the model sees, verbatim: `<x1/>`, `<b1>`, `</b1>`, `](u1)`, a code
    span, a formula, a footnote mark, an emoji code. `source` is what stands in the article.
    """

    mark: str
    source: str


class Segment(NamedTuple):
    """One unit of translation: a span of the source, and the text a model sees for it.

    `text` is the protected source: one line, link targets as `(u1)`, foreign syntax as
    `<x1/>`. `keep` says that a rule keeps the source text (reference lists); a kept segment
    is never sent. `parent` is the id of the segment whose token holds this one, else 0.
    """

    id: int
    kind: Kind
    text: str
    start: int
    end: int
    tokens: tuple[Token, ...] = ()
    level: int = 0  # heading level 1-6, else 0
    key: str = ""  # dotted front matter key (`title`, `hero.text`), or HTML attribute name
    keep: bool = False
    parent: int = 0
    note: str = ""  # the author's `translate:note`, data for the translator


# --- conversation ------------------------------------------------------------


class Maker(StrEnum):
    """Who made a target. A person's is never replaced by a model's."""

    MODEL = "model"
    PERSON = "person"
    IMPORTED = "imported"  # from a file or a translation older than the memory


class Match(NamedTuple):
    """An earlier translation shown to the model as an example, in protected form.

    `score` is the likeness of its source to the segment's, in percent; `source` is empty where
    only the old target is known (a person's text of a paragraph that has changed since).
    """

    source: str
    target: str
    score: int
    maker: Maker


@dataclass(frozen=True, slots=True)
class Term:
    """One glossary entry. `target` empty means: keep the source term as it is."""

    source: str
    target: str = ""
    avoid: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Typography:
    """What `fixes/` may set right in one language; what is empty here is left as it is.

    `quote_space` stands inside the outer quotation marks, `space_before` gives the space before
    a mark. `punctuation` maps an ASCII mark to the one this script has for it; `abbreviations`
    are words whose full stop ends no sentence. `percent` is what stands between number and `%`.
    `han_latin` is one of `typography.HAN_LATIN`.
    """

    quote_space: str = ""
    space_before: tuple[tuple[str, str], ...] = ()
    punctuation: tuple[tuple[str, str], ...] = ()
    abbreviations: frozenset[str] = frozenset()
    percent: str | None = None
    ellipsis: str = ""
    han_latin: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How one language is written: the head of `prompts/locales/<tag>.md`, and its prose.

    `length` bounds target/source prose characters for sources of 80 and more characters
    (`quality.md` 6.5); `length_short` those of 30 to 79.
    """

    tag: str
    name: str
    rules: str
    script: str = "Latn"
    quotes: tuple[str, str, str, str] = ("“", "”", "‘", "’")
    length: tuple[float, float] = (0.3, 3.0)
    length_short: tuple[float, float] = (0.3, 3.0)
    # Words that only this language uses often; for telling Latin-script languages apart.
    stopwords: frozenset[str] = frozenset()
    # Words that address the reader formally, and informally; for telling a mix of both.
    formal: frozenset[str] = frozenset()
    informal: frozenset[str] = frozenset()
    typography: Typography = Typography()


@dataclass(frozen=True, slots=True)
class Brief:
    """What a translation is to be like: how its two languages are written, the agreed terms."""

    target: Style
    source: Style
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What a backend is asked to do: translate `segments`, seeing `article` around them.

    `article` holds every segment of the article in order (the context), `done` the targets
    accepted so far, `reasons` why a segment is asked again, `instruction` the author's wish
    for this article (data, not an order to the pipeline), `examples` earlier translations of
    texts like a segment's, best first. `fallback` says which of a backend's models is to answer:
    0 is the first, 1 the first of its fallbacks.
    """

    pair: LocalePair
    segments: tuple[Segment, ...]
    article: tuple[Segment, ...] = ()
    done: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    reasons: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    glossary: tuple[Term, ...] = ()
    instruction: str = ""
    examples: Mapping[int, tuple[Match, ...]] = field(default_factory=lambda: MappingProxyType({}))
    fallback: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run cost. Tokens as the endpoint reports them; `cost` in USD, None if unknown."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    cost: float | None = None

    def __add__(self, other: Usage) -> Usage:
        known = [c for c in (self.cost, other.cost) if c is not None]
        return Usage(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
            sum(known) if known else None,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """A backend's answer: raw targets by segment id. A missing id is simply absent.

    `faults` are faults of the reply as a whole, in words (`truncated`, `segment 7 twice`).
    """

    targets: Mapping[int, str]
    faults: tuple[str, ...] = ()
    usage: Usage = Usage()
    model: str = ""


# --- results -----------------------------------------------------------------


class Severity(StrEnum):
    """`error`: never accepted. `warning`: reported.

    `retry`: doubtful; asked for again, and accepted when the model insists.
    """

    ERROR = "error"
    RETRY = "retry"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say of one segment; `segment` 0 means the whole article."""

    check: str
    severity: Severity
    segment: int
    message: str

    def __str__(self) -> str:
        where = f"segment {self.segment}: " if self.segment else ""
        return f"{where}{self.message} [{self.check}]"


class State(StrEnum):
    """What became of a segment."""

    TRANSLATED = "translated"
    KEPT = "kept"  # a rule keeps the source text (reference list)
    REFUSED = "refused"  # no acceptable target; the article is not written
    SOURCE = "source"  # refused, and `on_failure = "keep-source"` kept the source text


class Origin(StrEnum):
    """Where a target comes from."""

    MODEL = "model"
    REPEAT = "repeat"  # the same text was translated elsewhere in the article
    MEMORY = "memory"  # an earlier translation of the same text, by a model or imported
    PERSON = "person"  # an earlier translation that a person wrote or edited
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Translation:
    """One segment and its target (protected form, as `Segment.text`)."""

    segment: Segment
    target: str
    state: State
    origin: Origin
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome for one article and one locale.

    `text` is the translated article, or None when it was refused; `signature` says in one
    line how it was made (backend, model, prompts, glossary, version).
    """

    text: str | None
    translations: tuple[Translation, ...]
    findings: tuple[Finding, ...]
    usage: Usage
    signature: str
    pair: LocalePair

    @property
    def ok(self) -> bool:
        """True when the article is complete: nothing refused, nothing left in the source."""
        return self.text is not None and not any(
            t.state in (State.REFUSED, State.SOURCE) for t in self.translations
        )
