"""Law over real files: identity, proof, and nothing foreign touched; what stays English is counted.

A seeded sample runs by default, everything with `pytest -m slow`. The count of words that
keep the source's alphabet is printed with the rule that keeps each (`pytest -s`).
"""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.laws import accent, oracle
from tests.shared import require_shared
from translate_pipeline.article import Article, parse, prove, splice
from translate_pipeline.article.marks import split
from translate_pipeline.errors import ArticleError

FLAVOURS = {
    "commonmark": ("readme", "misc", "eleventy", "hexo", "docfx", "mdbook"),
    "jekyll": ("jekyll",),
}
SAMPLE = {"commonmark": 110, "jekyll": 40}
_WORD = re.compile(r"[A-Za-z]{2,}")

# Syntax whose bytes no translation may change, whatever the dialect; code is taken out first.
_FENCE = re.compile(
    r"^[ >]{0,12}(`{3,}|~{3,})[^\n]*\n.*?(?:^[ >]{0,12}\1`*~*[ \t]*$|\Z)", re.M | re.S
)
_FOREIGN = {
    "URL": re.compile(r"\bhttps?://[^\s<>\"'`)\]|\\]+[^\s<>\"'`)\]|\\.,;:!?*_]"),
    "link target": re.compile(r"\]\(\s*<?([^\s()<>\"']+)"),
    "HTML attribute": re.compile(
        r"<[a-zA-Z][\w-]*(?:\s[^<>]*?)?\s((?:href|src|id|class|style|name|width|align)=(?:\"[^\"]*\"|'[^']*'))"
    ),
}


def _files(dialect: str) -> list[Path]:
    root = require_shared("corpus")
    files = [
        p for name in FLAVOURS[dialect] for p in sorted((root / name).rglob("*")) if p.is_file()
    ]
    assert len(files) > 100
    return files


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        return None


def _foreign(text: str) -> Counter[tuple[str, str]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bare = _FENCE.sub("", text)
    found = Counter(("code block", code) for code in oracle.code_blocks(text))
    for name, pattern in _FOREIGN.items():
        found.update((name, match) for match in pattern.findall(bare))
    found.update(("code span", code) for code in oracle.code_spans(text))
    return found


def check_file(text: str, dialect: str) -> tuple[Article, str]:
    """Identity and proof of one file; returns the article and its accented translation."""
    article = parse(text, dialect)
    source = text.encode()
    assert splice(article, {}, {}) == source
    output = splice(article, accent.targets(article), {})
    assert prove(article, output) == ""
    return article, output.decode()


_RULES = {
    "fenced code": _FENCE,
    "Liquid": re.compile(
        r"\{%-?\s*(raw|highlight|comment)\b.*?\{%-?\s*end\1.*?%\}|\{[%{].*?[%}]\}|\{::?.*?\}", re.S
    ),
    "HTML comment": re.compile(r"<!--.*?-->|<\?.*?\?>", re.S),
    "script, style, pre, kbd": re.compile(
        r"<(script|style|pre|svg|code|kbd|samp|var)\b.*?</\1>", re.S | re.I
    ),
    "HTML tag": re.compile(r"</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"),
    "definition, footnote label": re.compile(r"^[ >]*\[[^\]\n]+\]:.*$", re.M),
    "code without prose beside it": re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\$\$?[^$]+\$\$?"),
    "URL without prose beside it": re.compile(r"\S*(?:://|www\.|@)\S*|\]\([^)]*\)|\]\[[^\]]*\]"),
    "indented code": re.compile(r"^(?: {4}|\t|[ >]+ {4}).*$", re.M),
    "attribute list": re.compile(r"\{[^{}\n]*\}"),
    "emoji code, alert kind": re.compile(r":[a-z0-9_+-]+:|\[![A-Za-z]+\]|\[\^[^\]]*\]"),
}


def _left(article: Article) -> Counter[str]:
    """Words of the source's alphabet that no segment holds, by the rule that keeps them."""
    counts: Counter[str] = Counter()
    left = bytearray(article.source)
    for segment in article.segments:
        left[segment.start : segment.end] = b" " * (segment.end - segment.start)
        if segment.keep:
            counts["reference list"] += len(_WORD.findall(segment.text))
            continue
        for token in segment.tokens:
            counts["inside a token"] += len(_WORD.findall(token.source))
        words = "".join(p for mark, p in split(segment.text, segment.tokens) if not mark)
        counts["translated"] += len(_WORD.findall(words))
    counts["front matter, other keys"] += len(_WORD.findall(left[: article.body].decode()))
    text = left[article.body :].decode()
    for rule, pattern in _RULES.items():
        counts[rule] += sum(len(_WORD.findall(match[0])) for match in pattern.finditer(text))
        text = pattern.sub(" ", text)
    counts["no rule named"] += len(_WORD.findall(text))
    return counts


def _run(files: list[Path], dialect: str) -> Counter[str]:
    totals: Counter[str] = Counter()
    failures = []
    for path in files:
        text = _text(path)
        if text is None:
            totals["(not UTF-8)"] += 1
            continue
        try:
            article, out = check_file(text, dialect)
            before, after = _foreign(text), _foreign(out)
            if before - after:  # joined lines may complete what the pattern missed before
                failures.append((path, sorted((before - after).items())[:3]))
            names = tuple(oracle.CONSTRUCTS)
            if dialect == "jekyll":
                assert oracle.constructs(out, names) == oracle.constructs(text, names), path
        except (AssertionError, ArticleError) as error:
            failures.append((path, str(error)[:300]))
            continue
        totals += _left(article)
        totals["(files)"] += 1
    assert not failures, failures[:5]
    print(f"\n{dialect}: words by what became of them")
    for rule, count in totals.most_common():
        print(f"  {count:>9,}  {rule}")
    return totals


@pytest.mark.parametrize("dialect", FLAVOURS)
def test_sample(dialect: str) -> None:
    files = random.Random(20240128).sample(_files(dialect), SAMPLE[dialect])
    totals = _run(files, dialect)
    assert totals["no rule named"] <= 0.001 * totals["translated"]


@pytest.mark.slow
@pytest.mark.parametrize("dialect", FLAVOURS)
def test_everything(dialect: str) -> None:
    totals = _run(_files(dialect), dialect)
    assert totals["no rule named"] <= 0.001 * totals["translated"]


@pytest.mark.slow
def test_every_file_in_every_container() -> None:
    """parsing.md 7.4: CRLF, a quotation or a list item round the whole file, no final newline."""
    for path in random.Random(7).sample(_files("commonmark"), 200):
        text = _text(path)
        if text is None or text.startswith(("---", "+++", "{", "\ufeff")) or "\r" in text:
            continue
        for changed in (
            text.replace("\n", "\r\n"),
            "> " + text.rstrip("\n").replace("\n", "\n> ") + "\n",
            "- " + text.rstrip("\n").replace("\n", "\n  ") + "\n",
            text.rstrip("\n"),
        ):
            check_file(changed, "commonmark")
