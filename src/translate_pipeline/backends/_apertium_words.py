"""Takes a segment, gives the words an engine may see, and puts translated words back.

The law: everything but words is a *gap*. A gap never reaches the engine, it only leaves a
numbered blank (`[3]`), and it is put back byte for byte, in order, exactly once. What comes
back without its blanks, or with an empty or new mark between them, is not accepted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from translate_pipeline.article.marks import split
from translate_pipeline.model import Segment

__all__ = ["Plan", "escape", "plan", "polish", "unescape"]

# Characters an engine may see besides letters and digits; the ranges are the combining marks
# of the scripts that Debian has pairs for (Arabic, Indic). Emoji, control characters, tabs,
# no-break spaces, `~` (lost by the postgenerator) and other symbols become gaps.
_OPAQUE = re.compile(
    r"[^\w .,;:!?'\"()%…“”‘’‚„«»–—¿¡·\-"
    r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff\u200c\u200d]+"
)

# Words that are names of things in computers, not prose: `img/house.png` would become
# `img/casa.png`. Looked for in one blank-delimited word without its outer punctuation.
_TECHNICAL = re.compile(r"\w[./:]+\w|[/@#=+$\\]|^--?\w|^\.\w|\d[^\W\d]|[^\W\d]\d|[a-z][A-Z]")
_ABBREVIATION = re.compile(r"(?:[^\W\d]\.)+[^\W\d]?\Z")  # `e.g`, `U.S.`
_CLOCK = re.compile(r"\d+(?:[.:]\d+)+\Z")  # 12:30, 3.11: an engine keeps numbers
_OUTER = "\"'()“”‘’‚„«»…,;:!?¿¡"

_LETTER = re.compile(r"[^\W\d_]")
_WORD = 100  # characters; longer words are not glued, so that time stays linear
_WORD_END = re.compile(r"[\w'’]+\Z")
_WORD_START = re.compile(r"[\w'’]+")

_SPECIAL = re.compile(r"[\\\[\]{}^$@/<>]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BLANK = re.compile(r"\\.|\[([^\]\\]*)\]", re.DOTALL)

# Characters sent at once. Sentences are short; this only bounds memory and the time of one
# answer. A longer run of words is cut after a sentence, or at a space.
_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Plan:
    """`gaps[0] words[0] gaps[1] words[1] … gaps[n]` is the segment's text."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]

    def groups(self) -> Iterator[range]:
        """Indices into `words` that are sent in one go."""
        start = size = 0
        for index, words in enumerate(self.words):
            if index > start and size + len(words) > _LIMIT:
                yield range(start, index)
                start, size = index, 0
            size += len(words)
        if start < len(self.words):
            yield range(start, len(self.words))

    def message(self, group: range) -> str:
        """What the engine gets: escaped words with numbered blanks for the gaps between."""
        parts: list[str] = []
        for index in group:
            if index > group.start:
                gap = self.gaps[index]
                before, after = gap[:1].isspace(), gap[-1:].isspace()
                parts.append(f"{' ' * before}[{index}]{' ' * after}")
            # Dictionaries hold composed characters.
            parts.append(escape(unicodedata.normalize("NFC", self.words[index])))
        return "".join(parts)

    def accept(self, group: range, answer: str) -> list[str] | None:
        """The translated words of `group`, None if a blank is missing, doubled or moved."""
        found: list[str] = []
        position, expected = 0, group.start + 1
        for blank in _BLANK.finditer(answer):
            if blank[1] is None:
                continue  # an escaped character
            if blank[1] != str(expected):
                return None
            found.append(answer[position : blank.start()])
            position, expected = blank.end(), expected + 1
        found.append(answer[position:])
        if expected != group.stop:
            return None
        targets = [
            polish(unescape(target), self.words[index], first=index == 0)
            for index, target in zip(group, found, strict=True)
        ]
        return targets if all(map(_is_words, targets)) else None

    def join(self, targets: list[str]) -> str:
        """The target of the segment: translated words in the source's gaps."""
        parts = [self.gaps[0]]
        for target, gap in zip(targets, self.gaps[1:], strict=True):
            parts += (target, gap)
        return "".join(parts)


def plan(segment: Segment) -> Plan:
    """Cut a segment into words and gaps; a gap takes the blanks and punctuation beside it."""
    words: list[str] = []
    gaps: list[str] = []
    gap: list[str] = []  # joined once: a text may consist of a million marks
    for is_gap, piece in _glue(_pieces(segment)):
        if is_gap or not _LETTER.search(piece):
            gap.append(piece)
            continue
        body = piece.strip(" ")
        before = piece[: len(piece) - len(piece.lstrip(" "))]
        after = piece[len(before) + len(body) :]
        gap.append(before)
        for part, space in _cut(body):
            gaps.append("".join(gap))
            words.append(part)
            gap = [space]
        gap.append(after)
    return Plan(tuple(words), (*gaps, "".join(gap)))


def _pieces(segment: Segment) -> Iterator[tuple[bool, str]]:
    """`marks.split`, and what else an engine must not see as gaps of their own."""
    for is_mark, piece in split(segment.text, segment.tokens):
        if is_mark:
            yield True, piece
            continue
        position = 0
        for start, end in _foreign(piece):
            if start > position:
                yield False, piece[position:start]
            yield True, piece[start:end]
            position = end
        if position < len(piece):
            yield False, piece[position:]


def _foreign(text: str) -> Iterator[tuple[int, int]]:
    """Spans of technical words and of opaque characters in prose."""
    for run in re.finditer("[^ ]+", text):
        word = run.group()
        core = word.strip(_OUTER).rstrip(".") or word
        if (
            _TECHNICAL.search(core)
            and _LETTER.search(core)
            and not _ABBREVIATION.match(core)
            and not _CLOCK.match(core)
        ):
            start = run.start() + word.find(core)
            yield start, start + len(core)
            continue
        for opaque in _OPAQUE.finditer(word):
            yield run.start() + opaque.start(), run.start() + opaque.end()


def _glue(pieces: Iterator[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """Words that touch an escape, an entity or a foreign character stay whole: `don&rsquo;t`."""
    glued: list[tuple[bool, str]] = []
    whole = ""  # the glued gap at the end of the list, which may grow: `a_b_c`
    for is_gap, piece in pieces:
        rest = piece
        if not is_gap and len(glued) > 1 and glued[-1][0] and _inside(glued[-1][1]):
            before, mark = glued[-2][1], glued[-1][1]
            start = _WORD_START.match(piece)
            end = _WORD_END.search(before, max(0, len(before) - _WORD))
            if start and end and (not glued[-2][0] or (before == whole and len(whole) < _WORD)):
                cut = 0 if glued[-2][0] else end.start()
                whole = before[cut:] + mark + start.group()
                glued[-2:] = [(False, before[:cut])] * bool(cut) + [(True, whole)]
                rest = piece[start.end() :]
        if rest:
            glued.append((is_gap, rest))
    return glued


def _inside(mark: str) -> bool:
    """A mark that stands for a character of a word, not for formatting or a thing.

    `_` between letters is never emphasis in CommonMark: `node_exporter`.
    """
    if mark[0] in "\\&_":
        return True
    syntax = any(is_mark for is_mark, _ in split(mark))
    return not syntax and not mark[0].isspace() and _OPAQUE.fullmatch(mark) is not None


def _cut(words: str) -> Iterator[tuple[str, str]]:
    """`words` in parts of at most `_LIMIT` characters, each with the space after it."""
    start = 0
    while len(words) - start > _LIMIT:
        bound = start + _LIMIT
        end = words.rfind(". ", start, bound) + 1 or words.rfind(" ", start + 1, bound)
        end = end if end > start else bound
        following = end
        while words[following] == " ":  # `words` ends with another character
            following += 1
        yield words[start:end], words[end:following]
        start = following
    yield words[start:], ""


def polish(target: str, source: str, *, first: bool) -> str:
    """Repair what the engine does to blanks and capitals.

    A dropped pronoun leaves two blanks, a rule may set one before a full stop; and the start
    of what was sent is taken for the start of a sentence, which it need not be.
    """
    target = " ".join(target.split())
    if not re.search(r" [.,;:!?]", source):
        target = re.sub(r" ([.,;:!?…])", r"\1", target)
    word, known = _LETTER.search(target), _LETTER.search(source)
    if not (first and word and known):
        return target
    start = word.start()
    head = re.match(r"[\w'’]+", target[start:])
    if head and head.group() in re.findall(r"[\w'’]+", source):
        return target  # a name or an abbreviation, written as in the source
    if known.group().isupper():
        return target[:start] + target[start].upper() + target[start + 1 :]
    if known.group().islower() and not target[start + 1 : start + 2].isupper():
        return target[:start] + target[start].lower() + target[start + 1 :]
    return target


def _is_words(text: str) -> bool:
    """True for prose: at least one letter, nothing that would be read as a mark."""
    return bool(_LETTER.search(text)) and not any(is_mark for is_mark, _ in split(text))


def escape(words: str) -> str:
    """Apertium's own escapes for the characters of its stream format."""
    return _SPECIAL.sub(r"\\\g<0>", words)


def unescape(text: str) -> str:
    """Inverse of `escape`."""
    return _ESCAPED.sub(r"\1", text)
