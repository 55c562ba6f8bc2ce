"""Protected text in, its words out: what is left without code, formulae, marks and URLs.

Law: every function is linear in its text, whatever the text is. A name that begins with an
underscore is no check.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from translate_pipeline.model import Segment

__all__ = [
    "SCRIPTS",
    "WORD",
    "code_spans",
    "excerpt",
    "language",
    "letters_by_script",
    "own_words",
    "prose",
    "script_of",
    "without_code",
    "without_emphasis",
    "without_links",
    "without_quotes",
]

#: One word: letters and marks, with apostrophes and hyphens inside.
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

#: Letters of the scripts that matter here, by ISO 15924 code (Unicode blocks, letters only).
#: Devanagari, Thai and the like include vowel signs, which are no letters for `re`.
SCRIPTS: dict[str, re.Pattern[str]] = {
    code: re.compile(f"[{ranges}]+")
    for code, ranges in {
        "Latn": r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u1d00-\u1dbf"
        r"\u1e00-\u1eff\u2160-\u2188\u2c60-\u2c7f\ua720-\ua7ff\uff21-\uff3a\uff41-\uff5a",
        "Cyrl": r"\u0400-\u0481\u048a-\u052f\u1c80-\u1c88\ua640-\ua69b",
        "Grek": r"\u0370-\u0373\u0376-\u037d\u037f-\u03ff\u1f00-\u1fff",
        "Arab": r"\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9"
        r"\ufb50-\ufdc7\ufe70-\ufefc",
        "Hebr": r"\u05d0-\u05f2\ufb1d-\ufb4f",
        "Deva": r"\u0900-\u0963\u0971-\u097f",
        "Thai": r"\u0e01-\u0e3a\u0e40-\u0e4e",
        "Hira": r"\u3041-\u3096\u309d-\u309f",
        "Kana": r"\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9f",
        "Hani": r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\u3007\U00020000-\U000323af",
        "Hang": r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
        "Beng": r"\u0980-\u09e3",
        "Taml": r"\u0b82-\u0bd7",
        "Telu": r"\u0c00-\u0c63",
        "Geor": r"\u10a0-\u10ff\u1c90-\u1cbf",
        "Armn": r"\u0531-\u0587",
    }.items()
}

# Alternatives that begin with a plain character let `re` skip what no alternative begins with.
_HINT = re.compile(r"[\\`*_~<&\[\]{$/:]")  # where none stands, nor "www.", all is words
_LONGEST = 100_000
_KEPT = 2_000  # characters; the words of no longer text are remembered for a whole request
_TICKS = re.compile(r"`+")
# What stands for something that is no words here. Bounded repetition keeps it linear.
_MARKS = (
    r"</?[A-Za-z][^<>]{0,300}>|<!--[^<>]{0,500}-->"
    r"|\]\([^()\s]{0,2000}\)|\]\[[^\[\]]{0,200}\]|\[\^[^\]\s]{1,100}\]"
    r"|:(?<![\w:]:)[a-z][a-z0-9_+-]{0,40}:(?![\w:])"
    r"|\{#[\w.:-]{1,200}\}|\{%[^{}]{0,300}%\}|\{\{[^{}]{0,300}\}\}"
    r"|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_ATOMS = re.compile(_MARKS)
_ATOMS_AND_PATHS = re.compile(
    _MARKS + r"|(?<![A-Za-z])(?:https?://|www\.)[^\s<>）」]{1,2000}"
    r"|(?<![\w/.~])(?:~|\.{1,2}|[\w@.-]{1,60})?(?:/[\w@.*-]{1,80}){1,20}\.[a-z]{1,4}\b"
)
_PATH_END = re.compile(r"/[\w@.*-]{1,80}\.[a-z]")  # in every path
_SYNTAX = re.compile(r"\\(?=[!-/:-@\[-`{-~])|!\[|\[|\]|\*\**|~~|_(?<!\w_)_*|__*(?!\w)")
_MATH = re.compile(r"\${1,2}[^$]{1,2000}\${1,2}")
_QUOTED = re.compile(
    r"“[^“”]{1,400}”|„[^„“”]{1,400}[“”]|«[^«»]{1,400}»|»[^«»]{1,400}«|\"[^\"]{1,400}\""
    r"|「[^「」]{1,400}」|『[^『』]{1,400}』|《[^《》]{1,400}》|‘[^‘’]{1,400}’|‹[^‹›]{1,400}›"
)
_LINK = re.compile(r"!?\[[^\[\]]{0,400}\]\(u\d{1,6}\)")
_EMPHASIS = re.compile(r"\*\*[^*]{1,120}\*\*|(?<![\w*])\*[^*\s][^*]{0,120}\*(?![\w*])")


def code_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each code span, as CommonMark 6.1 finds them.

    >>> code_spans("a `b` ``c`d`` \\\\`e`")
    [(2, 5), (6, 13)]
    """
    if "`" not in text:
        return []
    if "``" not in text and "\\`" not in text:  # nearly always: each two backticks are a span
        ticks = [match.start() for match in _TICKS.finditer(text)]
        return [(a, b + 1) for a, b in zip(ticks[::2], ticks[1::2], strict=False)]
    runs = [match.span() for match in _TICKS.finditer(text)]
    later: dict[int, list[int]] = {}  # length of a run → the indices of such runs, last first
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    spans: list[tuple[int, int]] = []
    behind = 0
    for index, (start, end) in enumerate(runs):
        if start < behind:
            continue
        if text[start - 1 : start] == "\\" and (
            text[start - 2 : start - 1] != "\\" or _escaped(text, start)
        ):
            start += 1  # noqa: PLW2901 - the first backtick is a literal one
        closers = later.get(end - start, [])
        while closers and closers[-1] <= index:
            closers.pop()
        if start < end and closers:
            behind = runs[closers[-1]][1]
            spans.append((start, behind))
    return spans


def _escaped(text: str, position: int) -> bool:
    before = text[:position] if position < 200 else text[position - 200 : position]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def without_code(text: str) -> str:
    """`text` with a space in the place of each code span."""
    return _without_code(text) if "`" in text else text


@lru_cache(maxsize=8)  # several checks ask for the same two texts
def _without_code(text: str) -> str:
    spans = code_spans(text)
    if not spans:
        return text
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces.append(text[position:start])
        position = end
    pieces.append(text[position:])
    return " ".join(pieces)


def prose(text: str, segment: Segment) -> str:
    """The words of `text` (the segment's own text or a target) and their punctuation.

    Code, formulae, tags, link targets, URLs, file paths and entities are a space; emphasis
    and brackets are nothing; runs of white space are one space. Only the first 100,000
    characters are read: no segment is longer, and a hostile target must not cost seconds.

    >>> from translate_pipeline.model import Kind
    >>> prose("Run **`make`** [now](u1), _please_.", Segment(1, Kind.PARAGRAPH, "", 0, 0))
    'Run now , please.'
    """
    if len(text) > _KEPT:
        return _some_words(text[:_LONGEST], _formulae(text, segment))
    formulae = _formulae(text, segment) if "$" in text else _NONE
    kept = _source_words if text is segment.text else _kept_words
    return kept(text, formulae)


_NONE: frozenset[str] = frozenset()


def _formulae(text: str, segment: Segment) -> frozenset[str]:
    if "$" not in text:
        return _NONE
    return frozenset(token.mark for token in segment.tokens if token.mark[0] == "$")


def _words(text: str, formulae: frozenset[str]) -> str:
    if not _HINT.search(text) and "www." not in text:
        return " ".join(text.split())
    text = without_code(text)
    if formulae:
        text = _MATH.sub(lambda match: " " if match[0] in formulae else match[0], text)
    # Paths and URLs may begin at any letter, so they are looked for only where one may be.
    rare = "://" in text or "www." in text or ("/" in text and _PATH_END.search(text))
    atoms = _ATOMS_AND_PATHS if rare else _ATOMS
    return " ".join(_SYNTAX.sub("", atoms.sub(" ", text)).split())


# Most checks ask for the same two texts, those of a whole request for the same again, and the
# source's are asked for in every locale.
_some_words = lru_cache(maxsize=8)(_words)
_kept_words = lru_cache(maxsize=1024)(_words)
_source_words = lru_cache(maxsize=4096)(_words)


def without_quotes(text: str) -> str:
    """`text` with a space for each quotation: words that may rightly stay foreign."""
    return _QUOTED.sub(" ", text)


def without_links(text: str) -> str:
    """Protected text with a space for each link and its words: often the title of a work."""
    return _LINK.sub(" ", text) if "](u" in text else text


def without_emphasis(text: str) -> str:
    """Protected text with a space for each emphasised phrase: often a label of a program."""
    return _EMPHASIS.sub(" ", text) if "*" in text else text


def own_words(text: str, segment: Segment) -> str:
    """The prose of `text` that has to be in its language: no quotation, link or emphasis."""
    return without_quotes(prose(without_emphasis(without_links(text)), segment))


def letters_by_script(text: str) -> Counter[str]:
    """How many letters of `text` belong to which script (codes in `SCRIPTS`).

    >>> letters_by_script("Datei 文件")
    Counter({'Latn': 5, 'Hani': 2})
    """
    counts: dict[str, int] = {}
    for char, count in Counter(text).items():
        script = script_of(char)
        if script:
            counts[script] = counts.get(script, 0) + count
    return Counter(counts)


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The script of one character; empty for what is no letter, or of none that counts here."""
    return next((code for code, letters in SCRIPTS.items() if letters.match(char)), "")


@lru_cache(maxsize=256)
def language(tag: str) -> str:
    """The language of a BCP 47 tag, without script and region: `zh-Hant-HK` → `zh`."""
    return tag.partition("-")[0].lower()


def excerpt(text: str, limit: int = 40) -> str:
    """`text` for a message: one line, shortened, without control characters."""
    line = "".join(c if c.isprintable() else " " for c in text[: 4 * limit])
    line = " ".join(line.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
