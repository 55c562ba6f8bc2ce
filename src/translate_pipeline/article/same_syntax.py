"""A segment's text and a target in, the source form out, if both have the very same syntax.

Law: what comes out parses as the source does, without a parse: same tokens in the same order,
same active characters between them, emphasis with equal neighbours, and nothing that a block
could start with but a number that the source starts with. It is the common case, so this is a
hot path; None means that a closer look is needed (`restore.py`). `merge` proves the article in
any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from translate_pipeline.article.repairs import starts_block
from translate_pipeline.model import Token

__all__ = ["active", "only_words", "same_syntax"]

# Whatever may be syntax somewhere in a line; the rest are words.
_CONTROLS = bytes({*range(32), 127} - {9})
_WORDS = bytes(set(range(256)) - set(b"\\`*_[]<>~$|{}^#&:" + _CONTROLS))
# Of these, what needs no parse when it stands outside the tokens. Emphasis is among them
# because its neighbours are compared.
_HARMLESS = b"*_~[>#&:"
_DELIMITERS = ((b"*", "*"), (b"_", "_"), (b"~", "~"))


def active(texts: Sequence[str]) -> list[bytes] | None:
    """The active characters of each text; None where one holds a line break or a surrogate.

    For all the segments of an article at once it takes a fifth of the time.
    """
    try:
        found = _syntax("\n".join(texts)).split(b"\n")
    except UnicodeEncodeError:
        return None
    return found if len(found) == len(texts) else None


def same_syntax(
    text: str,
    tokens: Sequence[Token],
    target: str,
    known: tuple[bytes, bytes] | None = None,
) -> str | None:
    """The source form of `target`, which has no white space around it, or None.

    `known` are the active characters of `target` and of `text`.
    """
    first = target[:1]
    if not first.isalpha():
        if first != text[:1]:
            return None
        if starts_block(target) and (_ordinal(text) != _ordinal(target) or not first.isdigit()):
            return None
    try:
        found = known[0] if known else _syntax(target)
        if not found:
            return None if tokens else target
        if found != (known[1] if known else _syntax(text)) or target[-1] == "#":
            return None
    except UnicodeEncodeError:  # a lone surrogate
        return None
    form = target
    if tokens:
        words: list[str] = []
        pieces: list[str] = []
        position = 0
        for mark, source in tokens:
            at = target.find(mark, position)
            if at < 0:
                return None
            piece = target[position:at]
            words.append(piece)
            pieces.append(piece)
            pieces.append(source)
            position = at + len(mark)
        piece = target[position:]
        words.append(piece)
        pieces.append(piece)
        form = "".join(pieces)
        found = _syntax("".join(words))  # beside the tokens: they were all in `found`
    if found:
        found_hot = found.translate(None, _HARMLESS)
        if found_hot and (found_hot.strip(b"\\") or _escaped(text) != _escaped(target)):
            return None
        for byte, delimiter in _DELIMITERS:
            if byte in found and _flanks(text, delimiter) != _flanks(target, delimiter):
                return None
    return form


def only_words(text: str) -> bool:
    """True when `text` is not empty and nothing in it may be syntax anywhere."""
    try:
        return text != "" and not _syntax(text)
    except UnicodeEncodeError:  # a lone surrogate
        return False


def _syntax(text: str) -> bytes:
    """The active characters of `text`, in order."""
    return text.encode().translate(None, _WORDS)


def _ordinal(text: str) -> str:
    """The number that `text` starts with, up to its first space, which is there; or nothing."""
    word, space, _ = text.partition(" ")
    return word + space if space and word[:-1].isdigit() else ""


def _escaped(text: str) -> list[str]:
    """What stands behind each backslash: nothing else decides what it means."""
    return [piece[:1] for piece in text.split("\\")[1:]]


def _flanks(text: str, delimiter: str) -> list[tuple[str, str]]:
    """What stands behind each delimiter, and before the next one.

    Whether a run of delimiters opens or closes depends on white space and punctuation beside it
    and on nothing else (CommonMark 0.31, 6.2), so equal flanks mean equal emphasis. Nothing
    stands between two delimiters of one run.
    """
    return [(_side(piece[:1]), _side(piece[-1:])) for piece in f" {text} ".split(delimiter)]


@lru_cache(maxsize=1024)  # asked for each delimiter twice, and most are beside a few characters
def _side(char: str) -> str:
    return char and ("w" if char.isalnum() else "s" if char.isspace() else "p")
