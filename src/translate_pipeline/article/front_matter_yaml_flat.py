"""Front matter of plain `key: value` lines in, its nodes with their places out, without a parser.

Law: the result is what the walk over the parser's events gives for the same text, or None, which
says that only the parser knows. Most published front matter is this simple, every article's is
read twice (source and output), and the parser with the walk takes three times as long.
"""

from __future__ import annotations

import re

from translate_pipeline.article.front_matter_yaml_nodes import MAX_NODES, Document, Entry, Node
from translate_pipeline.article.front_matter_yaml_style import STR, resolve

__all__ = ["flat"]

# Line ends other than `\n`, tabs, what YAML cannot print, byte order marks.
_UNUSUAL = re.compile(
    "[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# A key and its value on a line of their own, from the first column; a comment; a blank line. A
# plain value begins with a letter or the like, and holds neither `: ` nor ` #`.
_LINE = re.compile(
    r"([A-Za-z_][A-Za-z0-9_.-]{0,60}+(?:[ ][A-Za-z0-9_.-]{1,60}+){0,6}+):"
    r"(?:[ ]++(?:\"([^\"\\\n]*+)\"|'([^'\n]*+)'"
    r"|([^\W_](?:[^:#\n]++|:(?=[^ \n])|(?<!\ )\#)*+)))?[ ]*+(?:\n|\Z)"
    r"|(?:\#[^\n]*+|[ ]*+)\n"
)


def flat(text: str) -> Document | None:
    """The nodes of `text`, or None where it is not that simple (or not valid)."""
    if _UNUSUAL.search(text):
        return None
    document = Document(nodes=[Node("{")])
    size = len(text)
    position = 0
    while position < size:
        line = _LINE.match(text, position)
        if line is None:
            return None
        position = line.end()
        key, double, single, plain = line.groups()
        if key is None:
            continue
        at = line.start(1)
        value, style, tag = "", "", STR
        if plain is not None:
            value = plain.rstrip(" ")
            start = line.start(4)
            end = start + len(value)
            tag = resolve(value, plain=True)
        elif double is not None or single is not None:
            value, style = (double, '"') if single is None else (single, "'")
            start, end = line.span(2 if single is None else 3)
            start, end = start - 1, end + 1
        else:
            start = end = at + len(key) + 1
            tag = resolve("", plain=True)
        if not document.keys:
            document.start = at
        nodes = document.nodes
        nodes.append(Node("=", key, None, True))
        document.entries.append(
            Entry(
                key,
                True,
                at,
                0,
                document.last,
                value,
                tag,
                style,
                start,
                end,
                len(nodes),
                False,
                (),
            )
        )
        nodes.append(Node("=", value, None, not style))
        document.keys.append(key)
        document.last = end
    keys = document.keys
    if not keys or len(set(keys)) < len(keys) or len(document.nodes) > MAX_NODES:
        return None
    document.nodes.append(Node("}"))
    return document
