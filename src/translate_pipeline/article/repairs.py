"""A target in, candidates that say the same and may parse right out; each is tried in order.

Deterministic and local (`parsing.md` 3.3): escape what would start a block or a tag, turn
`_x_` into `*x*`, move punctuation out of emphasis so that `**…**` renders beside Chinese,
Japanese and Korean text. The caller parses every candidate; nothing here decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate_pipeline.model import Kind, Segment

__all__ = ["candidates", "html_text", "plain", "starts_block"]

_BLOCK_START = re.compile(
    r"(?P<ordinal>\d{1,9})(?P<point>[.)])(?=\s|$)"
    r"|(?P<run>#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|`{3,}|~{3,}|:(?=\s)|=+\s*$|-+\s*$|\||!{3}|:{3})"
    r"|(?P<bracket>\[(?=[ xX]\]\s|[^\]\n]{1,200}\]:)|\{(?=[:%#{]))"
)
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
# A letter of a script that writes spaces between words: beside it `_` is part of a name.
_SPACED = r"[^\W_\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]"
_UNDERSCORE = re.compile(
    rf"(?<!{_SPACED})(?<![_\\])(__?)(?=[^\s_])([^_\n]{{1,1000}}?)(?<=\S)\1(?!{_SPACED}|_)"
)
_OPENING = "「『（《〈【〔［｛“‘«‹(["
_CLOSING = "」』）》〉】〕］｝”’»›)]。．，、：；！？…,.:;!?％%"
_RUN = re.compile(r"(\*{1,3}|~~)(?=\S)((?:(?!\1).){1,2000}?)(?<=\S)\1")
_MARK = re.compile(r"(?<!`)(`+)(?!`).{1,5000}?(?<!`)\1(?!`)|</?[xb]\d+/?>|\]\(u\d+\)|\\.")


def candidates(text: str, segment: Segment, kind: Kind) -> Iterator[str]:
    """`text` itself and its repaired forms, mildest first.

    `kind` is the block it stands in. What would start a block, where the source does not, is
    escaped at once, as it may be harmless by itself (`: x`) and not below its neighbour.
    """
    marks = _marks(segment)
    if kind is Kind.TABLE_CELL:
        text = _escape_pipes(text, marks)
    text = _escape_tags(text, marks)
    inside = kind is Kind.HEADING or kind is Kind.TABLE_CELL  # never at a line's start
    if not inside and starts_block(text) and not starts_block(segment.text):
        text = _escape_start(text)
    yield text
    escaped = _escape_start(text)
    if escaped != text:
        yield escaped
        text = escaped
    if kind is Kind.HEADING and text.endswith("#"):
        text = text[: len(text.rstrip("#"))] + "\\#" * (len(text) - len(text.rstrip("#")))
        yield text
    if "_" in text:
        starred = _UNDERSCORE.sub(_to_stars, text)
        if starred != text:
            yield starred
            text = starred
    if "*" in text or "~~" in text:
        moved = _RUN.sub(_move_out, text)
        if moved != text:
            yield moved
        spaced = _space_runs(moved)
        if spaced != moved:
            yield spaced
        spaced = _space_runs(text)
        if spaced != text:
            yield spaced


def plain(text: str, kind: Kind, delimiter: str) -> str:
    """A front matter value as it is; an attribute or link title that cannot end early."""
    if kind is Kind.ATTRIBUTE:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
        if delimiter == "'":
            return text.replace("'", "&#39;")
        return text.replace('"', "&quot;")
    if kind is Kind.LINK_TITLE and delimiter:
        return re.sub(rf"(?<!\\)((?:\\\\)*){re.escape(delimiter)}", rf"\1\\{delimiter}", text)
    return text


def starts_block(text: str) -> bool:
    """True when `text` would begin a list item, heading, quote … instead of a paragraph."""
    return _BLOCK_START.match(text) is not None


def html_text(text: str) -> str:
    """Text for an HTML block: no tag but the numbered marks."""
    return _outside_marks(text, _MARK, _TAG_START, "&lt;") if "<" in text else text


def _outside_marks(text: str, marks: re.Pattern[str], change: re.Pattern[str], by: str) -> str:
    pieces = []
    position = 0
    for match in marks.finditer(text):
        pieces.append(change.sub(by, text[position : match.start()]))
        pieces.append(match[0])
        position = match.end()
    pieces.append(change.sub(by, text[position:]))
    return "".join(pieces)


_PIPE = re.compile(r"\|")


def _marks(segment: Segment) -> re.Pattern[str]:
    """What escaping must not touch: code, numbered marks, and the segment's formulae."""
    formulae = [re.escape(token.mark) for token in segment.tokens if token.mark[:1] == "$"]
    return re.compile("|".join([*formulae, _MARK.pattern])) if formulae else _MARK


def _escape_pipes(text: str, marks: re.Pattern[str]) -> str:
    return _outside_marks(text, marks, _PIPE, r"\\|") if "|" in text else text


def _escape_tags(text: str, marks: re.Pattern[str]) -> str:
    return _outside_marks(text, marks, _TAG_START, r"\\<") if "<" in text else text


def _escape_start(text: str) -> str:
    match = _BLOCK_START.match(text)
    if match is None:
        return text
    if match["ordinal"]:
        return f"{match['ordinal']}\\{text[len(match['ordinal']) :]}"
    return "\\" + text


def _to_stars(match: re.Match[str]) -> str:
    run = "*" * len(match[1])
    return f"{run}{match[2]}{run}"


_EMOJI = re.compile(r"\A:[a-z0-9_+-]{1,40}:|:[a-z0-9_+-]{1,40}:\Z")


def _move_out(match: re.Match[str]) -> str:
    """`**「重要」**` → `「**重要**」`, `**重点，**` → `**重点**，`."""
    run, inner = match[1], match[2]
    if _EMOJI.search(inner):  # its colons are no punctuation
        return match[0]
    start, end = 0, len(inner)
    while start < end and inner[start] in _OPENING:
        start += 1
    while end > start and inner[end - 1] in _CLOSING:
        end -= 1
    if start == end:
        return match[0]
    # A bracket leaves the run only together with its partner, or alone with punctuation.
    return f"{inner[:start]}{run}{inner[start:end]}{run}{inner[end:]}"


def _space_runs(text: str) -> str:
    """A space on the outer side of each run that touches a word there."""

    def spaced(match: re.Match[str]) -> str:
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < len(text) else " "
        left = " " if before.isalnum() else ""
        right = " " if after.isalnum() else ""
        return f"{left}{match[0]}{right}"

    return _RUN.sub(spaced, text)
