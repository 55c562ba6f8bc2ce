"""Published translations in, how often the checks of the glossary object to them out.

No site of the calibration pairs publishes its glossary, so two stand in for it: names that such
sites keep in every language (the list below), and terms learnt from the pairs of one site and
language, all articles but the one that is judged: a source term of one or two words with its
most faithful rendering in at least four segments, and the source's own word forbidden. What is
flagged is mostly a translator's free choice, so the rates of `glossary` are an upper bound.

    python -m benchmarks.glossary_alarms [--examples]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks._pairs import SHARED, align, read_pairs
from benchmarks.false_alarms import percent, render
from translate_pipeline import checks
from translate_pipeline.checks._prose import prose
from translate_pipeline.checks._terms import asked_of
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Brief, Segment, Severity, Style, Term

CHECKS = ("glossary", "glossary-avoid", "glossary-keep")
NAMES = """
    GitHub; GitHub Copilot; GitHub Actions; Azure; Azure Developer CLI; Azure AI Foundry; Docker;
    Visual Studio Code; VS Code; Python; FastAPI; Pydantic; Starlette; Uvicorn; OpenAPI; Swagger UI;
    JSON; SQLModel; SQLite; WSGI; Flask; Foundry Local; Hugging Face; OpenAI; Ollama; ONNX; WebGPU;
    Microsoft; Astro; React; Vue; TypeScript; JavaScript; CSS; HTML; Discord; Dify; Slack; Google;
    Gmail; Llama 4; Llama 4 Behemoth; Behemoth; Meta; Mark Zuckerberg; Bicep; Contoso; HTTP
""".replace("\n    ", " ")  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SEGMENTS = 4  # in which a rendering must have been seen
_SURE = 0.9  # of the segments with the term


class Text(NamedTuple):
    """A published segment: article, site and language, and the styles of both sides."""

    article: str
    site: str
    segment: Segment
    target: str
    style: Style


def published() -> list[Text]:
    """Every segment of the clean pairs."""
    return [
        Text(pair.name, f"{pair.name.split('/')[0]} {style.tag}", segment, target, style)
        for pair in read_pairs(SHARED)
        if pair.label == "clean"
        for style in (load_style(parse_locale(pair.locale)),)
        for segment, target in align(pair) or ()
    ]


def grams(text: str, most: int) -> set[str]:
    """Runs of one to `most` words."""
    words = _WORD.findall(text)
    return {
        " ".join(words[at : at + size])
        for size in range(1, most + 1)
        for at in range(len(words) - size + 1)
        if all(len(word) > 2 for word in (words[at], words[at + size - 1]))
    }


def learnt(texts: Sequence[Text], stopwords: frozenset[str]) -> tuple[Term, ...]:
    """Terms of a site and their renderings, as a person would read them off its pages."""
    together: dict[str, Counter[str]] = defaultdict(Counter)
    here: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for text in texts:
        sources = {
            gram
            for gram in grams(prose(text.segment.text, text.segment).casefold(), 2)
            if not set(gram.split()) & stopwords
        }
        targets = grams(prose(text.target, text.segment), 2)
        here.update(sources)
        there.update(targets)
        for gram in sources:
            together[gram].update(targets)
    terms = []
    for source, renderings in together.items():
        if here[source] < _SEGMENTS or not renderings:
            continue
        best = max(renderings, key=lambda r: (2 * renderings[r] / (here[source] + there[r]), r))
        if renderings[best] >= _SURE * here[source] and there[best] <= 1.5 * here[source]:
            kept = best.casefold() == source
            terms.append(Term(source) if kept else Term(source, best, (source,)))
    return tuple(terms)


def count(
    texts: Iterable[tuple[Text, tuple[Term, ...]]], *, examples: bool
) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Segments and terms that are asked for, and flagged segments by check and severity."""
    english = load_style(parse_locale("en"))
    totals: Counter[str] = Counter()
    flagged: dict[str, Counter[str]] = defaultdict(Counter)
    for text, terms in texts:
        brief = Brief(text.style, english, terms)
        asked = len(asked_of(text.segment, brief))
        totals.update(segments=1, asked=bool(asked), terms=asked)
        for name in CHECKS:
            found = list(checks.load(name).check(text.segment, text.target, brief))
            for severity in Severity:  # the heaviest counts
                if any(finding.severity is severity for finding in found):
                    flagged[name][severity] += 1
                    break
            if examples and found:
                print(f"{text.article} {[str(finding) for finding in found]}")
                print(f"    {text.segment.text[:200]}\n    {text.target[:200]}")
    return totals, flagged


def kept_names(texts: Sequence[Text]) -> list[tuple[Text, tuple[Term, ...]]]:
    """Each text with the list of names."""
    names = tuple(Term(name.strip()) for name in NAMES.split(";"))
    return [(text, names) for text in texts]


def left_out(texts: Sequence[Text]) -> list[tuple[Text, tuple[Term, ...]]]:
    """Each text with the terms learnt from the other articles of its site and language."""
    stopwords = load_style(parse_locale("en")).stopwords
    sites: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        sites[text.site].append(text)
    found = []
    for site in sites.values():
        for article in sorted({text.article for text in site}):
            terms = learnt([text for text in site if text.article != article], stopwords)
            found += [(text, terms) for text in site if text.article == article]
    return found


def main() -> int:
    """Measure and print; 2 if the data is not there."""
    parser = argparse.ArgumentParser(description="measure the checks of the glossary")
    parser.add_argument("--examples", action="store_true", help="print every finding")
    options = parser.parse_args()
    if not (SHARED / "pairs" / "MANIFEST.json").exists():
        print(f"no calibration pairs in {SHARED}; set TRANSLATE_PIPELINE_SHARED", file=sys.stderr)
        return 2
    texts = published()
    head = ["glossary", "segments", "with a term", "terms", "check", "errors", "%", "retries", "%"]
    rows = [head]
    for name, pairs in (("names", kept_names(texts)), ("learnt", left_out(texts))):
        totals, flagged = count(pairs, examples=options.examples)
        for check in CHECKS:
            row = [name, str(totals["segments"]), str(totals["asked"]), str(totals["terms"]), check]
            for severity in (Severity.ERROR, Severity.RETRY):
                number = flagged[check][severity]
                row += [str(number), percent(number, totals["segments"])]
            rows.append(row)
    print(render(rows, markdown=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
