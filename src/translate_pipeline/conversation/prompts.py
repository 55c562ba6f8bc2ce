"""A batch, a style and the templates in, the three parts of a request out.

The law: what stands in an article, a note or a glossary is data; no brace, dollar sign or
closing tag in it can change the frame, and what reads like an order to the model is left out
of everything but the segments asked for. The order serves prompt caches (quality.md 6.1):
`system` is one text for everything, `article` the same for every batch, repair and language
of an article, and only `task`, at the end, names the language.

Templates are plain text with `$names` (string.Template). Blank lines cut a task template into
blocks; a block with an empty name in it is left out, so that nobody pays for an absent glossary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from string import Template

from translate_pipeline.conversation import glossary, wire
from translate_pipeline.conversation.context import done_before, shown
from translate_pipeline.conversation.orders import suspicious
from translate_pipeline.errors import ConfigError
from translate_pipeline.model import Batch, Segment, Style, Term

__all__ = ["Prompt", "Templates", "compose"]

_NAMES = frozenset(
    {"rules", "author", "notes", "glossary", "memory", "done", "faults", "segments", "language"}
)
_NEEDED = {"task": {"segments", "language"}, "repair": {"segments", "language", "faults"}}

# In the reasons that checks give; and what stands for one that is not passed on.
_OUR_SEGMENTS = re.compile(r"\bsegments? \d+(?: and \d+)?\b")
_UNTOLD = "it was no translation as asked for"

# How many earlier translations a request shows (quality.md 6.4).
_EXAMPLES, _EXAMPLES_EACH = 5, 2

# What could open or close an element of the frame, or pass for a segment's tag.
_FRAME = re.compile(
    r"<(?=/?(?:article|task|author|notes|glossary|memory|done|faults|end|[0-9]{1,9})\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Templates:
    """The texts of `prompts/system.md`, `task.md` and `repair.md`, or your own.

    `task` and `repair` may use $rules, $author, $notes, $glossary, $memory, $done, $faults and must
    use $segments and $language (`repair` also $faults). Raises ConfigError otherwise.
    """

    system: str
    task: str
    repair: str

    def __post_init__(self) -> None:
        for name, needed in _NEEDED.items():
            template = Template(getattr(self, name))
            if not template.is_valid():
                raise ConfigError(f"prompts/{name}.md: a lone `$`. Write `$$` for a dollar sign.")
            used = set(template.get_identifiers())
            if used - _NAMES or needed - used:
                raise ConfigError(
                    f"prompts/{name}.md: unknown names {sorted(used - _NAMES)}, "
                    f"missing names {sorted(needed - used)}. Known: {sorted(_NAMES)}."
                )

    @property
    def digest(self) -> str:
        """12 hex digits that change with any of the texts; part of a result's signature."""
        whole = sha256()
        for text in (self.system, self.task, self.repair):
            data = text.encode("utf-8", "surrogatepass")
            whole.update(len(data).to_bytes(8, "big") + data)
        return whole.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Prompt:
    """The parts of one request, the stable ones first."""

    system: str
    article: str
    task: str

    def messages(self) -> list[dict[str, str]]:
        """Two chat messages. Article and task share one, for many chat templates refuse two
        messages of the user in a row; a prefix cache does not care."""
        return [
            {"role": "system", "content": self.system},
            {"role": "user", "content": f"{self.article}\n{self.task}"},
        ]


def compose(batch: Batch, style: Style, templates: Templates) -> Prompt:
    """The request for `batch`: the first one, or a repair where `batch.reasons` is filled.

    Raises ConfigError if the batch is empty.
    """
    if not batch.segments:
        raise ConfigError("An empty batch cannot be asked for. Leave it out.")
    visible = shown(batch)
    complete = len(visible) == len({segment.id for segment in batch.segments})
    done = () if complete else done_before(batch)
    ids = {segment.id for segment in batch.segments}
    values = {
        "rules": style.rules,
        "author": _data(batch.instruction),
        "notes": _numbered({s.id: s.note for s in batch.segments if _harmless(s.note)}),
        "glossary": _data(glossary.lines(_harmless_terms(batch))),
        "memory": _examples(batch),
        "done": "\n".join(f"<{number}>{wire.fold(target)}" for number, target in done),
        "faults": _reasons({i: why for i, why in sorted(batch.reasons.items()) if i in ids}),
        "segments": "every segment" if complete else _ranges(visible, ids),
        "language": _language(style),
    }
    # Reasons for other segments only are no repair of this batch.
    template = templates.repair if values["faults"] else templates.task
    article = f'<article lang="{batch.pair.source.tag}">\n{wire.write(visible)}\n</article>'
    return Prompt(templates.system.strip(), article, _fill(template, values))


def _fill(template: str, values: Mapping[str, str]) -> str:
    blocks = []
    for text in re.split(r"\n[ \t]*\n", template.strip()):
        block = Template(text.strip("\n"))
        if all(values[name] for name in block.get_identifiers()):
            blocks.append(block.substitute(values))
    return "\n".join(blocks)


def _data(text: str) -> str:
    """Text of an author or a glossary, in lines, unable to close the element around it."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _FRAME.sub("‹", "\n".join(line for line in lines if _harmless(line)))


def _harmless(wish: str) -> bool:
    """True if there is something, and it is no order to the model."""
    return bool(wish) and not suspicious(wish, wish=True)


def _harmless_terms(batch: Batch) -> tuple[Term, ...]:
    found = glossary.hits(batch.glossary, batch.segments)
    return tuple(term if _harmless(term.note) else replace(term, note="") for term in found)


def _examples(batch: Batch) -> str:
    """Earlier translations, the best of each segment first, within the limits of 6.4."""
    lines = []
    for segment in batch.segments:
        for match in batch.examples.get(segment.id, ())[:_EXAMPLES_EACH]:
            if suspicious(match.source) or suspicious(match.target):
                continue
            source = wire.fold(match.source) or "what stood here before"
            lines.append(_data(f"{segment.id}: {source} = {wire.fold(match.target)}"))
    return "\n".join(lines[:_EXAMPLES])


def _numbered(texts: Mapping[int, str]) -> str:
    return "\n".join(f"{number}: {_data(wire.fold(text))}" for number, text in texts.items())


def _reasons(reasons: Mapping[int, str]) -> str:
    """Why texts are asked for again. Our words name segments, as orders do; what they quote of an
    article may be an order."""
    lines = []
    for number, why in reasons.items():
        told = _FRAME.sub("‹", " ".join(why.split()))
        harmless = _harmless(_OUR_SEGMENTS.sub("a text", told))
        lines.append(f"{number}: {told if harmless else _UNTOLD}")
    return "\n".join(lines)


def _language(style: Style) -> str:
    """`German`; with the tag where a name alone is vague: `Traditional Chinese (zh-Hant)`."""
    if "-" not in style.tag:
        return style.name
    if style.name.endswith(")"):
        return f"{style.name[:-1]}, {style.tag})"
    return f"{style.name} ({style.tag})"


def _ranges(visible: Sequence[Segment], requested: set[int]) -> str:
    """`segments 3, 7-9`: a range may pass over numbers that the model is not shown."""
    runs: list[list[int]] = []
    following = False
    for segment in visible:
        if segment.id not in requested:
            following = False
            continue
        if following:
            runs[-1].append(segment.id)
        else:
            runs.append([segment.id])
        following = True
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"segment{'s' if len(requested) > 1 else ''} {', '.join(parts)}"
