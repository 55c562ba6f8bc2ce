"""A code block in, what a computer makes of it out: no comments, no words in quotes.

Law: two blocks that differ only in what people read (comments, texts, labels) are the same
here; another operator, name, number or keyword makes another block. Linear in the block.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["logic", "without"]

# What people read as it stands.
_PROSE = frozenset(
    "text txt plain plaintext none output mermaid markdown md mdx log rst quote".split()  # noqa: SIM905
)
_MARKUP = frozenset("html vue astro jsx tsx svelte xml svg liquid jinja php erb hbs".split())  # noqa: SIM905
_SCRIPT = frozenset("js javascript mjs ts typescript".split())  # noqa: SIM905
_SLASHES = frozenset(
    """c cpp c++ cs csharp java kotlin kt go rust rs swift scala dart scss less sass css json json5
    jsonc bicep groovy gradle proto solidity glsl zig objc
    """.split()  # noqa: SIM905
)
_DASHES = frozenset("sql lua haskell hs elm ada vhdl".split())  # noqa: SIM905
_SEMICOLONS = frozenset("ini clojure lisp scheme asm nasm elisp".split())  # noqa: SIM905
_PERCENT = frozenset("tex latex erlang matlab prolog".split())  # noqa: SIM905

# A string ends with its line, or with its three quotes; the one in `it's` begins none.
_QUOTED = (
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\n]|\\.)*+"|(?<![A-Za-z0-9})\]])'
    r"'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`"
)
# The branches of a drawn tree of files, and the name; what follows is a remark.
_TREE = re.compile(r"((?:[ \t|`+\\-]*+[│├└─┬]++)++[ \t-]*+[^\s#(]*+)")
_TAG_END = r"(?<=[A-Za-z0-9\"'/}\s]>)"
_BETWEEN_TAGS = re.compile(
    rf"{_TAG_END}[^<>{{}}]{{1,2000}}(?=[<{{])|(?<=\}})[^<>{{}}=;()]{{1,400}}(?=[<{{])"
)
# In a block without a language, only lines with such characters are surely code.
_OPERATOR = re.compile(r"[=;{}\\$]|\(\)|&&|\|\||->|::")


def logic(language: str | None, code: str) -> list[str]:
    """The lines of `code` that are left when all is gone that people read.

    `language` is None for an indented block, which in many dialects is prose.
    """
    if language is None or language in _PROSE:
        return []
    text = without(without(code, "/*", "*/"), "<!--", "-->")
    text = _words(language).sub(_emptied, text)
    space = " "
    if language in _MARKUP or (language in _SCRIPT and ("</" in text or "/>" in text)):
        text = _BETWEEN_TAGS.sub(" ", text)
        space = ""  # it moves with the words between the tags
    lines = []
    for line in text.split("\n"):
        tree = _TREE.match(line)
        kept = space.join((tree[1] if tree else line).split())
        if kept and (language or (_OPERATOR.search(kept) and not tree)):
            lines.append(kept)
    return lines


def without(text: str, opener: str, closer: str) -> str:
    """`text` without what stands between `opener` and `closer`, but for its line ends."""
    pieces: list[str] = []
    position = 0
    while (start := text.find(opener, position)) >= 0:
        end = text.find(closer, start + len(opener))
        if end < 0:
            break
        pieces += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + len(closer)
    return "".join([*pieces, text[position:]]) if pieces else text


def _emptied(match: re.Match[str]) -> str:
    """An escape stays, a string is empty, a comment is gone."""
    first = match[0][0]
    if first == "\\":
        return match[0]
    return '""' if first in "\"'`" else ""


@lru_cache(maxsize=64)
def _words(language: str) -> re.Pattern[str]:
    """Escapes, strings and line comments of a language."""
    if language in ("php", "hcl", "terraform"):
        marks = ["//", "#"]
    elif language in _SLASHES or language in _MARKUP or language in _SCRIPT:
        marks = ["//"]
    elif language in _DASHES:
        marks = ["--"]
    elif language in _SEMICOLONS:
        marks = [";", "#"]
    elif language in _PERCENT:
        marks = ["%"]
    elif language in ("bat", "batch", "cmd", "dos"):
        marks = ["REM ", "rem ", "::"]
    else:
        marks = ["#"]
    comment = "|".join(rf"(?:^|(?<=[\s;{{}}(),])){re.escape(mark)}[^\n]*" for mark in marks)
    return re.compile(rf"\\.|{_QUOTED}|{comment}", re.DOTALL | re.MULTILINE)
