"""HTML as another program wrote it in, the list of what is in it out, with the words folded.

The law: of two articles that differ in the accents of their prose alone the lists are equal.
Tags, attributes but those that hold prose, code, comments and addresses count as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from tests.laws.accent import plain
from tests.oracles.pairs import Failed, Pair, Verdict, judged

__all__ = ["Node", "difference", "judged_html", "judged_nodes", "nodes"]

#: ("<", name, attributes), (">", name), ("text", words), ("code", text), ("!", comment)
Node = tuple[object, ...]

#: Attributes that hold prose in some dialect; their words may differ in accents.
PROSE = frozenset((
    "title", "caption", "alt", "label", "description", "summary", "header", "subtitle", "text",
    "aria-label", "placeholder", "data-prose", "aria-description",
))  # fmt: skip
_CODE = frozenset(("pre", "code", "script", "style", "math", "textarea"))
_INLINE = frozenset((
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "font", "i", "img", "input", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "u", "var",
))  # fmt: skip
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "area", "col", "source", "wbr"))
# Lines of a script without spaces are joined without one (`article/body_segments.py`).
_SPACELESS = r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
_JOINS = re.compile(rf"(?<={_SPACELESS}) | (?={_SPACELESS})")
_PINS = re.compile(r"\{[^{}\n]*?#([^\s{}]+)[^{}\n]*\}|<a id=\"([^\"<>\n]+)\"></a>")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Node] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("<", tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("<", tag, dict(attrs)))
        if tag not in _VOID:
            self.found.append((">", tag))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((">", tag))

    def handle_data(self, data: str) -> None:
        self.found.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.found.append(("!", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("!", decl))

    def handle_pi(self, data: str) -> None:
        self.found.append(("!", data))


def nodes(html: str) -> list[Node]:
    """What `html` consists of, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def difference(pair: Pair, before: Sequence[Node], after: Sequence[Node]) -> str:
    """Where the two lists differ first, with what is around it; empty where they do not."""
    pins = _pins(pair.after) - _pins(pair.before)
    one, two = list(_folded(before, pins)), list(_folded(after, pins))
    if one == two:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
    at = min(len(one), len(two)) if at is None else at
    return f"{one[max(0, at - 2) : at + 3]} => {two[max(0, at - 2) : at + 3]}"


def judged_nodes(pairs: Sequence[Pair], trees: Sequence[list[Node] | Failed]) -> list[Verdict]:
    """Verdicts from the lists of all sources and translations, in turn."""
    return judged(pairs, trees, difference)  # type: ignore[arg-type]


def judged_html(pairs: Sequence[Pair], pages: Sequence[str | Failed]) -> list[Verdict]:
    """Verdicts from the HTML of all sources and translations, in turn."""
    return judged_nodes(pairs, [p if isinstance(p, Failed) else nodes(p) for p in pages])


def _pins(text: str) -> set[str]:
    """The ids that are written in a text; those that only the translation has were pinned."""
    return {match[1] or match[2] for match in _PINS.finditer(text)}


def _folded(found: Iterable[Node], pins: set[str]) -> Iterable[Node]:
    """`found` without pinned ids, with code as it is, words without accents and spaces folded."""
    code: list[object] = []
    words, fresh, dropped = "", True, False
    for node in found:
        kind = node[0]
        if kind == "text" and not code:
            words += str(node[1])
            continue
        if dropped and kind == ">" and node[1] == "a":
            dropped = False
            continue
        if kind == "<" and node[1] == "a" and node[2].get("id") in pins:  # type: ignore[attr-defined]
            dropped = True
            continue
        edge = kind == "!" or (kind in "<>" and node[1] not in _INLINE)
        yield from _words(words, fresh, edge)
        words, fresh = "", edge
        if kind == "text":
            exact = len(code) > 1 or code[0] != "code"
            yield ("code", node[1] if exact else re.sub(r"\s+", " ", str(node[1])))
        elif kind == "<":
            if node[1] in _CODE:
                code.append(node[1])
            yield ("<", node[1], _attributes(str(node[1]), node[2], pins))  # type: ignore[arg-type]
        else:
            if kind == ">" and node[1] in code:
                code.remove(node[1])
            yield node
    yield from _words(words, fresh, True)


def _words(words: str, fresh: bool, edge: bool) -> Iterable[Node]:
    folded = _JOINS.sub("", re.sub(r"\s+", " ", words))
    folded = folded.lstrip(" ") if fresh else folded
    folded = folded.rstrip(" ") if edge else folded
    if folded:
        yield ("text", plain(folded))


def _attributes(tag: str, given: dict[str, str | None], pins: set[str]) -> tuple[Node, ...]:
    found = []
    for name, value in sorted(given.items()):
        if name == "id" and (value is None or value in pins) and re.fullmatch(r"h[1-6]", tag):
            continue
        prose = name in PROSE or (tag == "meta" and name == "content")
        found.append((name, plain(value) if prose and value else value))
    return tuple(found)
