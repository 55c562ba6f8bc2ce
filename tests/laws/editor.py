"""A seeded editor: an article in, the same article after one change of a kind that authors make.

Each edit works on the text, line by line, without our parser: what it means for the segments is
for the test to find out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

__all__ = ["KINDS", "edit", "edited_by_a_person"]

_WORDS = ("harbour", "lantern", "meadow", "copper", "quarry", "violin", "saddle", "ember")
_FRONT = re.compile(r"\A---\r?\n.*?\r?\n---\r?\n", re.DOTALL)
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_PLAIN = re.compile(r"[A-Z][^|<>{}\[\]`*_$\\#]{30,}[.!?]\Z")
_WORD = re.compile(r"(?<![\w/.#@&:=\"'-])[a-z]{4,}(?![\w/.#@:=\"'(-])")
_HEADING = re.compile(r"#{1,6} [A-Za-z][^{}<>`\[\]#|]*\Z")
_ITEM = re.compile(r"[-*] [A-Za-z][^\n]*\Z")
_LINK = re.compile(r"(\]\()(https?://[^()\s\"']+)(\))")


def edit(text: str, kind: str, rng: random.Random) -> str | None:
    """The text after an edit of that kind; None where the article offers no place for one."""
    head = _FRONT.match(text)
    start = head.end() if head else 0
    if kind == "front-matter":
        return _front_matter(text, start, rng) if head else None
    lines = text[start:].split("\n")
    changed = _EDITS[kind](lines, rng)
    return None if changed is None else text[:start] + "\n".join(changed)


def edited_by_a_person(text: str, start: int, rng: random.Random) -> tuple[str, str] | None:
    """A target with one more word in some plain paragraph behind `start`; and that word."""
    lines = text[start:].split("\n")
    places = _paragraphs(lines, letters=r"[^\W\d_]")
    if not places:
        return None
    at = rng.choice(places)
    words = lines[at].split(" ")
    mark = f"Handarbeit{rng.randrange(10**9)}x"
    words.insert(rng.randrange(1, len(words)), mark)
    lines[at] = " ".join(words)
    return text[:start] + "\n".join(lines), mark


def _sentence(rng: random.Random) -> str:
    chosen = " ".join(rng.choice(_WORDS) for _ in range(9))
    return f"The {chosen} number {rng.randrange(1_000_000)} stands here."


def _prose_lines(lines: Sequence[str]) -> list[int]:
    """Lines outside of fences and indented code."""
    found, fence = [], ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1] == fence):
            fence = "" if fence else mark[1]
        elif not fence and not line.startswith(("    ", "\t")):
            found.append(number)
    return found


def _paragraphs(lines: Sequence[str], letters: str = "[A-Z]") -> list[int]:
    """Plain paragraphs of one line, with blank lines around."""
    plain = re.compile(_PLAIN.pattern.replace("[A-Z]", letters, 1))
    return [
        number
        for number in _prose_lines(lines)
        if plain.match(lines[number])
        and 0 < number < len(lines) - 1
        and not lines[number - 1].strip()
        and not lines[number + 1].strip()
    ]


def _word(lines: list[str], rng: random.Random) -> list[str] | None:
    places = [
        (number, match) for number in _paragraphs(lines) for match in _WORD.finditer(lines[number])
    ]
    if not places:
        return None
    number, match = rng.choice(places)
    new = f"{rng.choice(_WORDS)}{rng.choice(_WORDS)}"
    lines[number] = lines[number][: match.start()] + new + lines[number][match.end() :]
    return lines


def _added(lines: list[str], rng: random.Random) -> list[str] | None:
    places = _paragraphs(lines)
    if not places:
        return None
    at = rng.choice(places)
    return [*lines[: at + 1], "", _sentence(rng), *lines[at + 1 :]]


def _removed(lines: list[str], rng: random.Random) -> list[str] | None:
    places = _paragraphs(lines)
    if len(places) < 2:
        return None
    at = rng.choice(places)
    return [*lines[:at], *lines[at + 2 :]]


def _moved(lines: list[str], rng: random.Random) -> list[str] | None:
    places = _paragraphs(lines)
    if len(places) < 2:
        return None
    one, other = rng.sample(places, 2)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _heading(lines: list[str], rng: random.Random) -> list[str] | None:
    places = [n for n in _prose_lines(lines) if _HEADING.match(lines[n])]
    if not places:
        return None
    lines[rng.choice(places)] += f" {rng.choice(_WORDS)} {rng.choice(_WORDS)}"
    return lines


def _link(lines: list[str], rng: random.Random) -> list[str] | None:
    places = [(n, m) for n in _prose_lines(lines) for m in _LINK.finditer(lines[n])]
    if not places:
        return None
    number, match = rng.choice(places)
    new = f"{match[1]}https://example.org/{rng.choice(_WORDS)}/{rng.randrange(1000)}{match[3]}"
    lines[number] = lines[number][: match.start()] + new + lines[number][match.end() :]
    return lines


def _reordered(lines: list[str], rng: random.Random) -> list[str] | None:
    prose = set(_prose_lines(lines))
    pairs = [
        n
        for n in range(len(lines) - 1)
        if {n, n + 1} <= prose
        and _ITEM.match(lines[n])
        and _ITEM.match(lines[n + 1])
        and lines[n][0] == lines[n + 1][0]
        # The item ends here: what would belong to it must not change hands.
        and (n + 2 == len(lines) or not lines[n + 2].strip() or _ITEM.match(lines[n + 2]))
    ]
    if not pairs:
        return None
    at = rng.choice(pairs)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return lines


def _whitespace(lines: list[str], rng: random.Random) -> list[str] | None:
    places = _paragraphs(lines)
    if not places:
        return None
    at = rng.choice(places)
    return [*lines[: at + 1], "", *lines[at + 1 :]]


def _front_matter(text: str, end: int, rng: random.Random) -> str:
    fence = text.rindex("---", 0, end)
    return f"{text[:fence]}edit_{rng.randrange(1_000_000)}: {rng.randrange(100)}\n{text[fence:]}"


_EDITS: dict[str, Callable[[list[str], random.Random], list[str] | None]] = {
    "word": _word,
    "added": _added,
    "removed": _removed,
    "moved": _moved,
    "heading": _heading,
    "link": _link,
    "reordered": _reordered,
    "whitespace": _whitespace,
}
KINDS = (*_EDITS, "front-matter")
