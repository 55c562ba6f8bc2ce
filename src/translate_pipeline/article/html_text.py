"""An HTML block in, the runs of prose in it out, as leaves.

A run is text with inline tags between block tags; what is inside `script`, `style`, `pre`,
`code`, `svg` … and inside comments is no prose, nor is an element that says `translate="no"`
or `class="notranslate"`. `alt`, `title`, `aria-label` and `placeholder` are leaves of their own.
An unfinished tag makes the whole block opaque: nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from translate_pipeline.article.leaves import ATOM, CODE, HTML, SOFT, Leaf
from translate_pipeline.model import Kind

__all__ = ["ATTRIBUTES", "VOID", "attributes", "runs", "untranslated"]

_NAME = rb"[A-Za-z][A-Za-z0-9:._-]*"
_TOKEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<![A-Za-z][^<>]*>"
    rb"|<(/?)(" + _NAME + rb")((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_OPAQUE = frozenset(
    b"script style pre code svg math textarea template iframe object kbd samp var noscript".split()
)
_INLINE = frozenset(
    b"a abbr acronym b bdi bdo big br button cite code data del dfn em font i img ins kbd label"
    b" mark q ruby rb rp rt s samp small span strike strong sub sup time tt u var wbr".split()
)
# Elements whose own attributes are prose although their text is none.
_FRAMES = frozenset((b"textarea", b"iframe", b"object"))
#: Elements without an end tag (https://html.spec.whatwg.org/#void-elements).
VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_LINE_END = re.compile(rb"[ \t]*\r?\n")
_CODE = re.compile(rb"(?<!`)`[^`<\n]{1,400}`(?!`)")
_WORDS = re.compile(rb"(?:\A|>)[^<>]*[A-Za-z\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")
#: Attributes that hold prose (those of `translate` in https://html.spec.whatwg.org/#attr-translate
#: that articles have); `skeleton.py` lets the same ones change.
ATTRIBUTES = frozenset((b"alt", b"title", b"aria-label", b"placeholder"))
_HINT = re.compile(rb"\b(?:alt|title|aria-label|placeholder)\s*=")
# Every attribute, so that nothing inside another one's value (a script) counts as one.
_ATTRIBUTE = re.compile(
    rb"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++)))?"
)


def untranslated(attributes: bytes) -> bool:
    """True when a tag's `attributes` say that its element must stay as it is.

    `translate="no"`, or `notranslate` among its classes. One that says `translate="yes"`
    inside of such an element stays as well.
    """
    if b"translate" not in attributes.lower():
        return False
    for found in _ATTRIBUTE.finditer(attributes):
        value = (found[2] or found[3] or found[4] or b"").lower()
        name = found[1].lower()
        if (name == b"translate" and value.strip() == b"no") or (
            name == b"class" and b"notranslate" in value.split()
        ):
            return True
    return False


def runs(source: bytes, lines: Sequence[tuple[int, int]]) -> list[Leaf]:
    """The leaves of the HTML block whose lines are `lines` (byte offsets into `source`)."""
    if not lines:
        return []
    start, end = lines[0][0], lines[-1][1]
    block = source[start:end]
    if not _WORDS.search(block) and not _hinted(block):
        return []  # nothing but tags, as most blocks
    gaps = [(a[1], b[0]) for a, b in pairwise(lines) if a[1] != b[0]]
    if gaps:  # continuation prefixes (`> `): blank them out, offsets stay
        chars = bytearray(block)
        for a, b in gaps:
            chars[a - start : b - start] = b" " * (b - a)
        block = bytes(chars)
    leaves: list[Leaf] = []
    run_start = -1
    run_end = 0
    parts: list[tuple[int, int, int]] = []
    loose: list[tuple[int, int, int]] = []  # tags that belong to no leaf
    opaque: bytes = b""
    depth = 0
    position = 0

    def text(a: int, b: int) -> None:
        nonlocal run_start, run_end
        piece = block[a:b]
        stripped = piece.strip()
        if not stripped:
            return
        left = a + len(piece) - len(piece.lstrip())
        if run_start < 0:
            run_start = left
        run_end = a + len(piece.rstrip())

    def close() -> None:
        nonlocal run_start, run_end
        if run_start >= 0:
            inner = [p for p in parts if run_start <= p[1] < run_end]
            # A tag alone on its line stays there: at the start of a block it is what makes
            # CommonMark see HTML (condition 7), so the run begins behind it.
            while inner and inner[0][1] == run_start and _LINE_END.match(block, inner[0][2]):
                loose.append(inner[0])
                behind = block[inner.pop(0)[2] : run_end]
                run_start = run_end - len(behind.lstrip())
            while inner and inner[-1][2] == run_end and run_end > run_start:
                words = block[run_start : inner[-1][1]].rstrip()
                if b"\n" not in block[run_start + len(words) : inner[-1][1]]:
                    break
                loose.append(inner.pop())
                run_end = run_start + len(words)
            leaf = _leaf(block, run_start, run_end, inner, start)
            if leaf:
                leaves.append(leaf)  # attributes inside it are nested in its tokens
            else:
                loose.extend(inner)
            for kind, at, stop in loose:
                if kind is HTML:
                    leaves.extend(attributes(source, start + at, start + stop))
            loose.clear()
        run_start = -1
        parts.clear()

    for match in _TOKEN.finditer(block):
        at, stop = match.span()
        if not depth:
            text(position, at)
        position = stop
        name = (match[2] or b"").lower()
        if depth:
            if name == opaque and not (match[3] or b"").endswith(b"/"):
                depth += -1 if match[1] else 1
            if not depth and run_start >= 0 and parts:
                parts[-1] = (parts[-1][0], parts[-1][1], stop)
                run_end = stop
            continue
        if match[2] is None:
            if block.startswith(b"<?", at) and _alone(block, at, stop):
                close()  # a template tag on a line of its own must stay there
            elif run_start >= 0:
                parts.append((ATOM, at, stop))
            continue
        rest = match[3]
        kept = bool(rest) and untranslated(rest)
        hidden = kept or name in _OPAQUE
        if hidden and not match[1] and not rest.endswith(b"/") and name not in VOID:
            opaque, depth = name, 1
        if name in _INLINE:
            if run_start < 0 and not match[1]:
                run_start = at
            if run_start >= 0:
                parts.append((ATOM if depth or kept else HTML, at, stop))
                run_end = stop
        else:
            close()
            if not match[1] and not kept and (name not in _OPAQUE or name in _FRAMES):
                leaves.extend(_attributes(match, start))
    if b"<" in block[position:] and re.search(rb"<[A-Za-z/!?]", block[position:]):
        return []
    if not depth:
        text(position, len(block))
    close()
    leaves.sort(key=lambda leaf: (leaf.start, -leaf.end))
    return leaves


def _alone(block: bytes, start: int, end: int) -> bool:
    """True when `block[start:end]` fills its lines."""
    before = block[block.rfind(b"\n", 0, start) + 1 : start]
    return not before.strip() and (end == len(block) or _LINE_END.match(block, end) is not None)


def _leaf(
    block: bytes, first: int, last: int, parts: Sequence[tuple[int, int, int]], base: int
) -> Leaf | None:
    """The run `block[first:last]` as a leaf; None where it holds no letter."""
    inner: list[tuple[int, int, int]] = []
    words = bytearray(block[first:last])
    for kind, at, stop in parts:
        words[at - first : stop - first] = b"0" * (stop - at)
        inner.append((kind, base + at, base + stop))
    if not _LETTER.search(words):
        return None
    for match in _CODE.finditer(words):  # no code to a browser, but to kramdown and to readers
        inner.append((CODE, base + first + match.start(), base + first + match.end()))
    for match in re.finditer(rb"(?<![ \t])[ \t]*\r?\n\s*", bytes(words)):
        inner.append((SOFT, base + first + match.start(), base + first + match.end()))
    inner.sort(key=lambda part: part[1])
    return Leaf(Kind.HTML, base + first, base + last, tuple(inner))


def _hinted(tag: bytes) -> bool:
    """True when an attribute of prose may stand in `tag`.

    The pattern is slow, and slower still where it ignores case: few tags come to it.
    """
    lower = tag.lower()
    return (
        b"alt" in lower or b"title" in lower or b"aria-label" in lower or b"placeholder" in lower
    ) and _HINT.search(lower) is not None


def attributes(source: bytes, start: int, end: int) -> list[Leaf]:
    """The prose attributes of the inline tag `source[start:end]`, as leaves."""
    tag = source[start:end]
    if not _hinted(tag):
        return []
    match = _TOKEN.match(tag)
    if match is None or not match[2] or match[1] or untranslated(match[3]):
        return []
    name = match[2].lower()
    if name in _OPAQUE and name not in _FRAMES:
        return []
    return _attributes(match, start)


def _attributes(match: re.Match[bytes], base: int) -> list[Leaf]:
    if not _hinted(match[3]):
        return []
    leaves = []
    offset = base + match.start(3)
    for found in _ATTRIBUTE.finditer(match[3]):
        name = found[1].lower()
        if name not in ATTRIBUTES:
            continue
        group = 2 if found[2] is not None else 3
        value = found[group]
        if value is not None and _LETTER.search(value) and b"\n" not in value:
            first = offset + found.start(group)
            leaves.append(Leaf(Kind.ATTRIBUTE, first, first + len(value), (), 0, name.decode()))
    return leaves
