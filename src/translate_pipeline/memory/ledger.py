"""A ledger's text in, its values out, and back: what was written from what, one file per source.

Law: `read(write(ledger)) == ledger`. The file is committed, so that the published targets and
the ledger together restore every translated pair on a fresh clone. It is text of strangers
(merged by hand, edited, cut off): every fault names its line and what to do.

    translate-pipeline ledger 1
    source original/tide-en.md

    [de] _posts/de/tide-de.md
    made 2026-11-23T22:31:05Z openai|model|…
    of AbCdEfGhIjK            digest of the source file
    with AbCdEfGhIjK          digest of the settings that shape the target
    is AbCdEfGhIjK            digest of the target file
    was AbCdEfGhIjK           digest of the file it replaced (optional)
    head title=AbCdEf …       digest of each top-level front matter value of the target
    frame AbCdEfGhIjK         digest of the target's bytes outside its prose and front matter
    AbCdEfGh IjKlMnOp u21 p   one line per segment in order: see `Line`
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from translate_pipeline.errors import ConfigError
from translate_pipeline.memory.heads import VERSION, Head, heads
from translate_pipeline.memory.section import NONE, Ledger, Line, Section
from translate_pipeline.model import Maker

__all__ = [
    "FOLDER",
    "NONE",
    "Head",
    "Ledger",
    "Line",
    "Section",
    "digest",
    "heads",
    "path_of",
    "read",
    "with_sections",
    "write",
]

#: Where ledgers stand, relative to the root.
FOLDER = ".translate-pipeline/ledger"

MAX_BYTES = 32 * 1024 * 1024  # 20,000 segments in 50 locales; what is larger is no ledger
MAX_LINE = 65_536  # `head` holds one word for each key of a front matter
_FLAGS = {"p": (Maker.PERSON, True), "i": (Maker.IMPORTED, True), "?": (Maker.MODEL, False)}
_SHORT = r"(?:-|[A-Za-z0-9_-]{8})"
# Of up to 9 marks one digit each, of more numbers with commas.
_NUMBERS = r"(?:[1-9]{2,9}|[1-9]\d{0,2}(?:,[1-9]\d{0,2}){9,998})"
_LINE = re.compile(rf"({_SHORT}) ({_SHORT})(?: (=|(?:[xub]{_NUMBERS})+))?(?: ([pi?]))?\Z")
_SECTION = re.compile(r"\[([^\[\]\s]{1,64})\] (.+)\Z")
_MADE = re.compile(r"([0-9T:Z.+-]{1,40}|-)(?: (.*))?\Z")
_DIGEST = re.compile(r"[A-Za-z0-9_-]{11}\Z")
_HEAD = re.compile(r"([^\s=]*)=([A-Za-z0-9_-]{6})\Z")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_DIGESTS = ("of", "with", "is", "was", "frame")
_NEEDED = ("made", "of", "with", "is", "frame")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_MERGED = (
    "git left conflict marks here; keep the sections of both sides, or where both have one of the "
    "same locale either of them, and delete the marks"
)
_RESTORE = "or delete the file: the next run restores it from the published targets"


def digest(data: bytes) -> str:
    """The 11 characters that stand for a file's bytes: blake2b, 64 bits, URL-safe base64."""
    return urlsafe_b64encode(blake2b(data, digest_size=8).digest())[:11].decode("ascii")


def path_of(source: str) -> str:
    """Where the ledger of the article `source` stands; both relative to the root.

    >>> path_of("original/tide-en.md")
    '.translate-pipeline/ledger/original/tide-en.md.ledger'

    Raises ConfigError for a source that is no plain path below the root.
    """
    parts = PurePosixPath(source).parts
    if not parts or source.startswith("/") or ".." in parts or _CONTROL.search(source):
        raise ConfigError(
            f"{source!r} is no path of an article below the root; "
            "rename the file, or run in the folder that holds it"
        )
    return f"{FOLDER}/{'/'.join(parts)}.ledger"


def write(ledger: Ledger) -> str:
    """The text of a ledger, sections sorted by locale.

    Raises ConfigError for a path that no line can hold.
    """
    lines = [VERSION, f"source {_one_line(ledger.source)}"]
    for locale in sorted(ledger.sections):
        lines += ["", *_section(ledger.sections[locale])]
    return "\n".join(lines) + "\n"


def with_sections(text: str, where: str, sections: Mapping[str, Section | None]) -> str:
    """The ledger `text` with sections replaced, added, or (None) taken out.

    What `write` would give, without reading the lines of the other sections: a run writes the
    ledger of an article once for each language. Raises ConfigError as `read` does.
    """
    try:
        heads(text.encode("utf-8", "surrogateescape"))
    except ConfigError:
        read(text, where)  # says what is wrong, and where
        raise
    top, *parts = text.removesuffix("\n").split("\n\n[")
    kept = {part.partition("]")[0]: f"[{part}" for part in parts}
    for locale, section in sections.items():
        if section is None:
            kept.pop(locale, None)
        else:
            kept[locale] = "\n".join(_section(section))
    return "\n\n".join([top, *(kept[locale] for locale in sorted(kept))]) + "\n"


def _section(section: Section) -> list[str]:
    made = f"made {section.made or NONE}"
    signature = _CONTROL.sub(" ", section.signature)
    lines = [
        f"[{section.locale}] {_one_line(section.target)}",
        f"{made} {signature}" if signature else made,
        f"of {section.source_digest}",
        f"with {section.settings_digest}",
        f"is {section.target_digest}",
    ]
    if section.was:
        lines.append(f"was {section.was}")
    if section.head:
        lines.append(f"head {' '.join(_head(section.head))}")
    lines.append(f"frame {section.frame}")
    lines += [_written(line) for line in section.lines]
    return lines


def _head(head: Mapping[str, str]) -> Iterator[str]:
    for key in sorted(head):
        yield f"{quote(key, safe='', errors='surrogatepass')}={head[key]}"


def _written(line: Line) -> str:
    flag = {Maker.PERSON: " p", Maker.IMPORTED: " i"}.get(line.maker, "")
    if not line.trusted and not flag:
        flag = " ?"
    order = f" {line.order}" if line.order else ""
    return f"{line.source} {line.target}{order}{flag}"


def _one_line(path: str) -> str:
    if not path or _CONTROL.search(path):
        raise ConfigError(
            f"the path {path!r} holds a character that no ledger can; rename the file"
        )
    return path


def read(text: str, where: str) -> Ledger:
    """The values of a ledger's text; `where` names the file in errors.

    Raises ConfigError for anything but a ledger of this version, with the line.
    """
    if len(text) > MAX_BYTES:
        raise ConfigError(
            f"{where}: longer than {MAX_BYTES:,} characters, so it is no ledger; {_RESTORE}"
        )
    reader = _Reader(where)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        reader.take(number, line.removesuffix("\r"))
    return reader.ledger(text)


class _Reader:
    """Reads line by line; keeps the section that is open."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.number = 0
        self.source = ""
        self.sections: dict[str, Section] = {}
        self.locale = self.target = self.made = self.signature = ""
        self.words: dict[str, str] = {}
        self.head: dict[str, str] = {}
        self.lines: list[Line] = []

    def fault(self, what: str, todo: str = "") -> ConfigError:
        todo = todo or f"restore the file from version control, {_RESTORE}"
        return ConfigError(f"{self.where}:{self.number}: {what}; {todo}")

    def take(self, number: int, line: str) -> None:
        self.number = number
        if line.startswith(_CONFLICT):
            raise self.fault("merge conflict", f"{_MERGED}, {_RESTORE}")
        if len(line) > MAX_LINE:
            raise self.fault(f"a line of more than {MAX_LINE:,} characters")
        if number == 1:
            self.first(line)
        elif number == 2:
            if not line.startswith("source ") or _CONTROL.search(line) or not line[7:]:
                raise self.fault("expected `source` and the path of the article")
            self.source = line[7:]
        elif not line:
            return
        elif line.startswith("["):
            self.close()
            match = _SECTION.match(line)
            if match is None or _CONTROL.search(line):
                raise self.fault("expected `[locale] path of the target`")
            self.locale, self.target = match[1], match[2]
        elif not self.locale:
            raise self.fault("expected `[locale] path of the target`")
        else:
            self.inside(line)

    def first(self, line: str) -> None:
        if line == VERSION:
            return
        if line.startswith("translate-pipeline ledger "):
            raise self.fault(
                f"written by a newer version ({line[26:40]!r})",
                "install that version of translate-pipeline",
            )
        raise self.fault("this is no ledger")

    def inside(self, line: str) -> None:
        if "frame" in self.words:  # what follows `frame` are segments, and most lines are
            match = _LINE.match(line)
            if match is None:
                raise self.fault(f"{line[:40]!r} is no segment of a ledger of this version")
            maker, trusted = _FLAGS.get(match[4], (Maker.MODEL, True))
            self.lines.append(Line(match[1], match[2], maker, match[3] or "", trusted))
            return
        word, _, rest = line.partition(" ")
        if word in self.words:
            raise self.fault(f"`{word}` twice")
        if word == "made":
            found = _MADE.match(rest)
            if found is None or _CONTROL.search(rest):
                raise self.fault("expected `made`, a time and a signature")
            self.made = "" if found[1] == NONE else found[1]
            self.signature = found[2] or ""
        elif word == "head":
            for entry in rest.split(" "):
                pair = _HEAD.match(entry)
                if pair is None:
                    raise self.fault(f"{entry[:40]!r} is no front matter key with its digest")
                self.head[unquote(pair[1], errors="surrogatepass")] = pair[2]
        elif word not in _DIGESTS:
            raise self.fault(
                f"unknown word {word[:40]!r}",
                f"if the ledger is of a newer version, install that; else {_RESTORE[3:]}",
            )
        elif not _DIGEST.match(rest):
            raise self.fault(f"expected 11 characters behind `{word}`")
        self.words[word] = rest

    def close(self) -> None:
        if not self.locale:
            return
        words = self.words
        for word in _NEEDED:
            if word not in words:
                raise self.fault(f"the section [{self.locale}] above has no `{word}`")
        if self.locale in self.sections:
            raise self.fault(
                f"the section [{self.locale}] is there twice", f"delete one of them, {_RESTORE}"
            )
        self.sections[self.locale] = Section(
            locale=self.locale,
            target=self.target,
            made=self.made,
            signature=self.signature,
            source_digest=words["of"],
            settings_digest=words["with"],
            target_digest=words["is"],
            was=words.get("was", ""),
            head=self.head,
            frame=words["frame"],
            lines=tuple(self.lines),
        )
        self.locale = ""
        self.words, self.head, self.lines = {}, {}, []

    def ledger(self, text: str) -> Ledger:
        if not self.source:
            raise self.fault("the file is empty or cut off")
        self.close()
        if not text.endswith("\n"):
            raise self.fault("the last line is cut off")
        return Ledger(self.source, self.sections)
