"""A ledger's bytes in, what a survey of a whole site needs of it out: fast, and no more than that.

Ten thousand ledgers are read in one go; the lines of segments are only looked at for their
flags. `ledger.read` is the reader that checks everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from translate_pipeline.errors import ConfigError

__all__ = ["VERSION", "Head", "heads"]

#: The first line of every ledger.
VERSION = "translate-pipeline ledger 1"

_FIRST = VERSION.encode() + b"\nsource "
_CONFLICT = b"\n<<<<<<<"
# Behind `\n[`, up to the lines of the segments.
_SECTION = re.compile(
    r"([^\[\]\s]{1,64})\] ([^\n]+)\nmade [^\n]*\nof ([\w-]{11})\nwith ([\w-]{11})\nis ([\w-]{11})\n"
    r"(?:was ([\w-]{11})\n)?(?:head [^\n]*\n)?frame [\w-]{11}\n",
    re.ASCII,
)


class Head(NamedTuple):
    """The head of one section: see `section.Section` for the digests.

    `person`: some segment is a person's; `doubt`: some segment is not to be trusted again.
    """

    target: str
    source_digest: str
    settings_digest: str
    target_digest: str
    was: str
    person: bool
    doubt: bool


def heads(data: bytes) -> Mapping[str, Head]:
    """The head of each section by locale.

    Raises ConfigError where the bytes are no ledger as this version writes it; `ledger.read` then
    says what is wrong and where.
    """
    if b"\r" in data:  # checked out on Windows
        data = data.replace(b"\r\n", b"\n")
    if not data.startswith(_FIRST) or _CONFLICT in data:
        raise ConfigError("no ledger of this version, or one with merge conflicts")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise ConfigError("a ledger that is no UTF-8") from None
    found: dict[str, Head] = {}
    person, doubt = " p\n" in text, " ?\n" in text
    start = text.find("[")  # one byte is found faster than two; most lines hold none
    while start >= 0:
        if text[start - 1] != "\n":
            start = text.find("[", start + 1)
            continue
        match = _SECTION.match(text, start + 1)
        if match is None:
            raise ConfigError("a section of a ledger that this version cannot read")
        locale, target, of, settings, target_digest, was = match.groups()
        if locale in found:
            raise ConfigError("a ledger with two sections for one locale")
        lines = match.end()
        start = text.find("[", lines)
        end = start if start >= 0 else len(text)
        found[locale] = Head(
            target,
            of,
            settings,
            target_digest,
            was or "",
            person and text.find(" p\n", lines, end) >= 0,
            doubt and text.find(" ?\n", lines, end) >= 0,
        )
    return found
