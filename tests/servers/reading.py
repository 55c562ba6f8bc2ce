"""Takes the messages of a chat request, gives the task as a model would understand it.

The law: written from the prompt's text alone, without a line of the code that composed it;
whatever this reader cannot find, a model could not find either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ARTICLE = re.compile(r"<article[^>]*>\n(.*?)\n</article>", re.DOTALL)
_SEGMENT = re.compile(r"<(\d+)(?: ([a-z0-9-]+))?>(.*)")
_REQUEST = re.compile(
    r"^Translate (?:only )?(?P<which>every segment|segments?[\d ,\-–]+) into (?P<language>.+?)"
    r"(?:,? anew\b.*|\..*|$)",
    re.MULTILINE,
)
_RANGE = re.compile(r"(\d+)(?:[-–](\d+))?")


@dataclass(frozen=True, slots=True)
class SourceSegment:
    id: int
    kind: str  # the tag's word (`h2`, `li`); empty for a paragraph
    text: str


@dataclass(frozen=True, slots=True)
class ModelTask:
    language: str  # as the request line names it
    article: tuple[SourceSegment, ...]
    wanted: tuple[SourceSegment, ...]
    again: bool  # faults of an earlier answer are named
    text: str  # everything the model was told


class NotUnderstood(ValueError):
    """The prompt does not say what to translate."""


def read_task(messages: list[dict[str, object]]) -> ModelTask:
    """The task the messages set."""
    text = "\n".join(_content(message) for message in messages)
    article = _ARTICLE.search(text)
    if article is None:
        raise NotUnderstood("no <article> in the prompt")
    segments = tuple(_segments(article.group(1)))
    requests = list(_REQUEST.finditer(text))
    if not requests:
        raise NotUnderstood("no request line in the prompt")
    request = requests[-1]
    which = request["which"]
    wanted = segments if which == "every segment" else tuple(_chosen(which, segments))
    return ModelTask(
        language=request["language"],
        article=segments,
        wanted=wanted,
        again="<faults>" in text,
        text=text,
    )


def _chosen(which: str, segments: Sequence[SourceSegment]) -> Iterator[SourceSegment]:
    """The segments a line like `segments 3, 7-9` names; a range may skip unknown numbers."""
    ranges = [(int(first), int(last or first)) for first, last in _RANGE.findall(which)]
    known = {segment.id for segment in segments}
    missing = {end for bounds in ranges for end in bounds} - known
    if missing or not ranges:
        raise NotUnderstood(f"{which}: not in the article")
    for first, last in ranges:
        yield from (segment for segment in segments if first <= segment.id <= last)


def _segments(article: str) -> Iterator[SourceSegment]:
    """One numbered segment per line, as the system prompt says."""
    for line in article.split("\n"):
        match = _SEGMENT.fullmatch(line)
        if match:
            yield SourceSegment(int(match[1]), match[2] or "", match[3].strip())


def _content(message: dict[str, object]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "\n".join(part["text"] for part in content)
    return str(content)
