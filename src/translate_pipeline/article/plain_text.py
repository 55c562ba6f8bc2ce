"""Plain text in, what in it must come back out: addresses, emoji codes, closers that close nothing.

`protect.py` asks for it between the inline parts that the parser knows; nothing here knows of
parts. Law: the pieces, with each mark's source in its place, are the text.
"""

from __future__ import annotations

import re

from translate_pipeline.model import Token

__all__ = ["hinted", "plain", "visible"]

# What plain text may hold that must come back: bare URLs, e-mail addresses, emoji codes,
# and closers that look like a link's but are none (`](a b)`, `][undefined]`).
_EMOJI_HINT = re.compile(r":[a-zA-Z]")
_PLAIN = re.compile(
    r"(?P<atom>(?:[a-z][a-z0-9+.-]{1,30}://|www\.)[^\s<>\"'`|\\\[\]{}（）「」，。、]{1,2000}"
    r"|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,400}\)|\]\[[^\[\]\n]{1,200}\]"
    r"|</?[xb]\d+/?>"
    r"|\[![a-z][\w-]{0,40}(?:\][+-]?(?![(\[])|(?=[ \[]))"  # `[!note]-`, `[!INCLUDE [a](b)]`
    r"|\{[#.][\w:.-]{1,80}\})"  # an id where the parser expects none
    r"|(?P<emoji>(?<![\w:]):[a-z][a-z0-9_+-]{1,40}:(?![\w:]))",
    re.IGNORECASE,
)
_VISIBLE = re.compile(rf"(?<!`)(`+)(?!`)[^`]{{1,400}}(?<!`)\1(?!`)|{_PLAIN.pattern}", re.IGNORECASE)


def hinted(text: str) -> bool:
    """True when plain `text` may hold something that must come back (see `_PLAIN`)."""
    return (
        (":" in text and ("://" in text or _EMOJI_HINT.search(text) is not None))
        or ("]" in text and ("](" in text or "][" in text))
        or "@" in text
        or "<" in text
        or "{" in text
        or "[!" in text
        or "www." in text
    )


def visible(text: str) -> tuple[Token, ...]:
    """The code spans and addresses in a front matter value; they are shown as they are."""
    if not hinted(text) and "`" not in text:
        return ()
    tokens = []
    for match in _VISIBLE.finditer(text):
        found = match[0] if match[0][0] in "`:]<[{" else _trim_url(match[0])
        tokens.append(Token(found, found))
    return tuple(tokens)


def plain(text: str, pieces: list[str], tokens: list[Token], atoms: int) -> int:
    """Append `text`, its URLs and the like as atoms; returns how many atoms there are."""
    position = 0
    for match in _PLAIN.finditer(text):
        start, found = match.start(), match.group()
        if match["emoji"] is not None:
            mark = found
        else:
            if found[0] not in "]<[{":
                found = _trim_url(found)
            atoms += 1
            mark = f"<x{atoms}/>"
        pieces.append(text[position:start])
        pieces.append(mark)
        tokens.append(Token(mark, found))
        position = start + len(found)
    pieces.append(text[position:])
    return atoms


def _trim_url(url: str) -> str:
    """Without the punctuation that ends the sentence, and an unbalanced closing bracket."""
    url = url.rstrip(".,;:!?*_~")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;:!?*_~")
    entity = url.find("&lt;")
    return url[:entity] if entity > 0 else url
