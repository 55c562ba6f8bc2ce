"""An opened construct in, the offset behind it out, where no literal tells its end.

Law: linear on any input. A search that reaches the end of the text in vain is remembered,
and after a few of them no more is begun (`Budget`).
"""

from __future__ import annotations

import re

from translate_pipeline.article.dialects import Closer, Construct

__all__ = ["PREFIX", "Budget", "begins_line", "braces", "close"]

#: What may stand before the first construct of a line: quotation, list item, indentation.
PREFIX = re.compile(rb"(?:[ \t>]++|[-*+][ \t]++|\d{1,9}[.)][ \t]++)*+\Z")
# What decides where a JavaScript expression ends. An escape outside of strings is in JSX
# text, `//` behind a colon in an address. An apostrophe without its partner is JSX text, too.
_SCRIPT = re.compile(
    rb"\\.|[{}]|\"(?:[^\"\\\n]|\\.){0,2000}+\""
    rb"|(?<![A-Za-z0-9])'(?:[^'\\\n]|\\.){0,2000}+'|`|/\*|(?<!:)//",
    re.DOTALL,
)
_TEMPLATE = re.compile(rb"\\.|`|\$\{", re.DOTALL)
_MODULE = re.compile(_SCRIPT.pattern + rb"|[()\[\]]|\n[ \t]*\r?(?=\n)", re.DOTALL)
# Above a module statement stands a blank line, or a tag, an expression or another statement.
_BLANK_ABOVE = re.compile(rb"(?:\A|\n|[;>}'\"])[ \t\r]*\n\Z")
_LINE_START = re.compile(rb"\n[ \t]{0,9}\Z")
_TAG = re.compile(rb"[<>{\"']")
_ARGUMENT = re.compile(rb"\"|`")
_STRING = re.compile(rb"\"(?:[^\"\\]|\\.)*+\"", re.DOTALL)


class Budget:
    """How many searches may still reach the end of the text in vain, and what was looked for.

    A scan goes forward, so what is `missing` behind one place is missing behind the next.
    """

    __slots__ = ("left", "missing")

    def __init__(self, left: int = 12) -> None:
        self.left = left
        self.missing: set[bytes] = set()

    def spent(self) -> int:
        """Note a search in vain; the result of one."""
        self.left -= 1
        return -1


def close(source: bytes, start: int, end: int, construct: Construct, budget: Budget) -> int:
    """The offset behind the construct whose opener is `source[start:end]`, or -1."""
    match construct.closer:
        case Closer.LINE:
            return _line(source, start, end)
        case Closer.BRACES:
            return braces(source, end, budget)
        case Closer.TAG:
            return _tag(source, start, end, budget)
        case Closer.MODULE:
            return _module(source, start, end, budget)
        case _:
            return _quoted(source, end, construct.close, budget)


def _line(source: bytes, start: int, end: int) -> int:
    """The end of the line, when nothing but a container's prefix stands before the opener."""
    if not begins_line(source, start):
        return -1
    stop = source.find(b"\n", end)
    stop = stop if stop >= 0 else len(source)
    while stop > end and source[stop - 1] in b" \t\r":
        stop -= 1
    return stop


def begins_line(source: bytes, start: int) -> bool:
    """True when only a container's prefix stands before `start` on its line."""
    if not start or source[start - 1] == 10:  # as nearly always
        return True
    before = source.rfind(b"\n", max(0, start - 400), start) + 1
    return start - before <= 400 and PREFIX.match(source, before, start) is not None


def braces(source: bytes, start: int, budget: Budget) -> int:
    """Behind the `}` whose `{` stands before `start`, or -1."""
    if budget.left <= 0:
        return -1
    return _script(source, start, budget, _SCRIPT, 1)


def _module(source: bytes, start: int, end: int, budget: Budget) -> int:
    """Behind an `import` or `export`: before the first blank line outside of all brackets."""
    before = source[max(0, start - 400) : start]
    if before and not _BLANK_ABOVE.search(before):
        return -1
    if budget.left > 0:
        stop = _script(source, end, budget, _MODULE, 0)
        if stop >= 0:
            return stop
    stop = source.find(b"\n\n", end)
    return stop if stop >= 0 else len(source.rstrip())


def _script(
    source: bytes, position: int, budget: Budget, pattern: re.Pattern[bytes], depth: int
) -> int:
    """Behind the bracket that takes `depth` to 0; for depth 0, before a blank line."""
    whole = depth == 0
    templates: list[int] = []  # depths at which a `${` was opened
    while match := pattern.search(source, position):
        token = match[0]
        position = match.end()
        if token in (b"{", b"(", b"["):
            depth += 1
        elif token in (b"}", b")", b"]"):
            depth -= 1
            if templates and templates[-1] == depth and token == b"}":
                templates.pop()
                position = _template(source, position, templates, depth)
                if position < 0:
                    return budget.spent()
                depth += bool(templates and templates[-1] == depth)
            elif depth <= 0 and not whole:
                return position
        elif token == b"`":
            position = _template(source, position, templates, depth)
            if position < 0:
                return budget.spent()
            depth += bool(templates and templates[-1] == depth)
        elif token == b"/*":
            position = source.find(b"*/", position) + 2
            if position < 2:
                return budget.spent()
        elif token == b"//":
            position = source.find(b"\n", position)
            if position < 0:
                return budget.spent()
        elif token[:1] == b"\n" and depth <= 0:
            return match.start()
    return budget.spent()


def _template(source: bytes, position: int, templates: list[int], depth: int) -> int:
    """Behind the template's closing backtick, or behind `${` with its depth noted; -1: open."""
    while match := _TEMPLATE.search(source, position):
        position = match.end()
        if match[0] == b"`":
            return position
        if match[0] == b"${":
            templates.append(depth)
            return position
    return -1


def _tag(source: bytes, start: int, position: int, budget: Budget) -> int:
    """Behind the tag's `>`; strings and expressions may hold one, too, and a quotation's prefix
    is none."""
    line = source.rfind(b"\n", max(0, start - 400), start) + 1
    quoted = source[line:start].lstrip(b" \t").startswith(b">")
    while match := _TAG.search(source, position):
        position = match.end()
        token = match[0]
        if token == b">":
            if quoted and _LINE_START.search(source, max(0, position - 12), position - 1):
                continue
            return position
        if token == b"<" or budget.left <= 0:
            return -1
        if token == b"{":
            position = braces(source, position, budget)
        else:
            position = source.find(token, position) + 1
            if not position:
                return budget.spent()
        if position < 0:
            return -1
    return budget.spent()


def _quoted(source: bytes, position: int, closer: bytes, budget: Budget) -> int:
    """Behind the first `closer` that stands in no string; a string never closed is none."""
    if closer in budget.missing:
        return -1
    start, found = position, -1
    while True:
        if found < position:
            found = source.find(closer, position)
            if found < 0:
                if position == start:
                    budget.missing.add(closer)
                return budget.spent()
        if budget.left <= 0:
            return found + len(closer)
        quote = _ARGUMENT.search(source, position, found)
        if quote is None:
            return found + len(closer)
        if quote[0] == b'"':
            string = _STRING.match(source, quote.start())
            end = string.end() if string else -1
        else:
            end = source.find(b"`", quote.end()) + 1 or -1
        if end < 0:
            budget.spent()
            return found + len(closer)
        position = end
