"""Published translations in, a table of what `check` finds in them out, and each miss and alarm.

The pairs are labelled by an independent comparison of structures: clean, or broken with the
classes of what is broken. A finding in a clean pair is an alarm; a class of a broken pair that
the check for it does not find is a miss. Each was looked at by hand: where page or label is at
fault, `RIGHT` and `WRONG` say why, and the table counts them apart.

    python -m benchmarks.published_pairs [--markdown]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from benchmarks._pairs import ROOT, SEED_LOCALES, SHARED, Pair, read_pairs
from translate_pipeline import checks, structure_checks
from translate_pipeline.article import parse
from translate_pipeline.errors import ArticleError
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.model import Brief, LocalePair
from translate_pipeline.verify import Flaw, verify

#: What finds which class of the labels.
PROMISED: Mapping[str, tuple[str, ...]] = {
    "admonitions": ("admonitions",),
    "anchor_broken": ("anchors",),
    "blockquote": ("quotes",),
    "code_count": ("code-count",),
    "code_logic": ("code-logic",),
    "emphasis_literal": ("emphasis-literal",),
    "headings": ("headings",),
    "link_lost": ("links",),
    "list_items": ("list-items",),
    "paragraphs": ("paragraphs",),
    "placeholder_leak": ("leaked",),
    "placeholder_lost": ("template-tags",),
    "rel_link_count": ("links",),
    "untranslated_par": ("untranslated",),
}

_CELL = "a cell of a table is left in English"
_TITLE = "a title, of the page or of a component, is left in English"
#: Alarms in clean pairs that are right: the page has the defect.
RIGHT: Mapping[tuple[str, str], str] = {
    ("Azure+co-op-translator/hi/configuration", "untranslated"): _CELL,
    ("Azure+co-op-translator/ru/configuration", "untranslated"): _CELL,
    ("Azure+co-op-translator/zh-CN/maintainer-guide", "untranslated"): (
        "two list items are left in English"
    ),
    ("langgenius+dify-docs/ja/use-dify__workspace__model-providers", "untranslated"): _TITLE,
    ("langgenius+dify-docs/zh/use-dify__workspace__model-providers", "untranslated"): _TITLE,
    ("withastro+docs/es/reference__errors__missing-locale", "untranslated"): _TITLE,
    ("withastro+docs/pt-br/guides__view-transitions", "code-logic"): (
        "names in code were translated, one of them in one of two places (`{title}`, `{titulo}`)"
    ),
}

_TREE = "the remark beside a file in a drawn tree, or a docstring, was translated"
_ITEMS = "the lost list items, which `list-items` finds, counted as paragraphs once more"
_QUOTATION = "a quotation: the words of an error message"
#: Classes of broken pairs that are no fault, or not that one.
WRONG: Mapping[tuple[str, str], str] = {
    ("fastapi+fastapi/fr/tutorial__bigger-applications", "admonitions"): (
        "`/// Note` became `/// note`, as the site's engine wants it: a typo repaired"
    ),
    ("fastapi+fastapi/zh/tutorial__security__index", "paragraphs"): _ITEMS,
    ("withastro+docs/es/guides__cms__flotiq", "paragraphs"): _ITEMS,
    (
        "langgenius+dify-docs/ja/develop-plugin__dev-guides-and-walkthroughs"
        "__creating-new-model-provider",
        "code_logic",
    ): _TREE,
    (
        "langgenius+dify-docs/zh/develop-plugin__dev-guides-and-walkthroughs"
        "__creating-new-model-provider",
        "code_logic",
    ): _TREE,
    (
        "microsoft+AZD-for-beginners/ar/docs__chapter-07-troubleshooting__common-issues",
        "untranslated_par",
    ): _QUOTATION,
    (
        "microsoft+AZD-for-beginners/pt-BR/docs__chapter-07-troubleshooting__common-issues",
        "untranslated_par",
    ): _QUOTATION,
    ("microsoft+edgeai-for-beginners/ja/Module06__01.IntroduceAgent", "untranslated_par"): (
        "the title of a report and its publisher"
    ),
    ("reactjs+es.react.dev/es/learn__javascript-in-jsx-with-curly-braces", "placeholder_lost"): (
        "“and” between two code spans was translated; the label took the braces in them for a tag"
    ),
    ("vuejs-translations+docs-ja/ja/about__releases", "link_lost"): (
        "the link leads to the Japanese page of the same site"
    ),
}


class Judged(NamedTuple):
    """A pair, what was found in it, and if today's dialects do it justice."""

    pair: Pair
    flaws: tuple[Flaw, ...]
    fair: bool

    @property
    def clean(self) -> bool:
        return self.pair.label == "clean"

    def found(self, check: str, *, warnings: bool = False) -> list[Flaw]:
        """What `check` found: faults, or warnings."""
        return [f for f in self.flaws if f.check == check and (f.kind == "warnings") == warnings]


def judge() -> list[Judged]:
    """Every pair, verified as a target that no ledger knows."""
    manifest = json.loads((SHARED / "pairs" / "MANIFEST.json").read_text(encoding="utf-8"))
    paths = {entry["pair"]: entry["src_path"] for entry in manifest["pairs"]}
    english = parse_locale("en")
    judged = []
    for pair in read_pairs(SHARED):
        locale = parse_locale(pair.locale)
        # React writes MDX in `.md`.
        mdx = paths.get(pair.name, "").endswith(".mdx") or "react" in pair.name
        try:
            flaws = verify(
                parse(pair.source, "mdx" if mdx else pair.dialect),
                pair.target,
                pair=LocalePair(english, locale),
                brief=Brief(load_style(locale), load_style(english)),
            )
        except ArticleError as error:
            flaws = (Flaw("broken", "syntax", error.line, str(error)),)
        judged.append(Judged(pair, flaws, not mdx))
    return judged


class Row(NamedTuple):
    """One check. Pairs, not findings."""

    check: str
    clean: int
    alarms: list[str]  # names of clean pairs with a fault that the page does not have
    right: int  # clean pairs with a fault that the page has
    warned: int  # clean pairs with warnings, which fail nothing
    labelled: int
    found: int
    wrong: int  # labels that are wrong, and not found
    missed: list[str]


def rows(judged: list[Judged]) -> Iterator[Row]:
    """One row for each check, then those for faults of other checks."""
    names = sorted({*structure_checks.names(), *checks.names(), "front-matter", "syntax"})
    clean = [one for one in judged if one.clean]
    for check in names:
        alarmed = [one.pair.name for one in clean if one.found(check)]
        labelled = [
            (one, label)
            for one in judged
            for label in one.pair.breaks
            if check in PROMISED.get(label, ())
        ]
        missed = [(one.pair.name, label) for one, label in labelled if not one.found(check)]
        yield Row(
            check=check,
            clean=len(clean),
            alarms=[name for name in alarmed if (name, check) not in RIGHT],
            right=sum((name, check) in RIGHT for name in alarmed),
            warned=sum(bool(one.found(check, warnings=True)) for one in clean),
            labelled=len(labelled),
            found=len(labelled) - len(missed),
            wrong=sum(key in WRONG for key in missed),
            missed=[f"{name} ({label})" for name, label in missed if (name, label) not in WRONG],
        )


def table(judged: list[Judged]) -> list[list[str]]:
    """The rows as cells."""
    head = ["check", "alarms", "%", "true defects", "warned", "labelled", "found", "label wrong"]
    cells = [[*head, "missed"]]
    for row in rows(judged):
        rate = f"{100 * len(row.alarms) / row.clean:.1f}" if row.clean else "-"
        numbers = (row.right, row.warned, row.labelled, row.found, row.wrong, len(row.missed))
        cells.append([row.check, str(len(row.alarms)), rate, *map(str, numbers)])
    return cells


def named(judged: list[Judged]) -> Iterator[str]:
    """Each alarm and each miss by name, with what was found."""
    by_name = {one.pair.name: one for one in judged}
    for row in rows(judged):
        for name in row.alarms:
            for flaw in by_name[name].found(row.check):
                yield f"alarm: {name}:{flaw.line}: {flaw.message} [{flaw.check}]"
        for name in row.missed:
            yield f"miss: {name} [{row.check}]"


def unmatched(judged: list[Judged]) -> Iterator[str]:
    """Entries of `RIGHT` and `WRONG` that nothing answers to any more."""
    by_name = {one.pair.name: one for one in judged}
    for name, check in RIGHT:
        if not by_name[name].found(check):
            yield f"RIGHT has ({name}, {check}), which is not found"
    for name, label in WRONG:
        if any(by_name[name].found(check) for check in PROMISED[label]):
            yield f"WRONG has ({name}, {label}), which is found"


def whole(judged: list[Judged]) -> str:
    """Pairs, whatever check it is: broken ones in which something is found, clean ones."""
    broken = [one for one in judged if not one.clean]
    clean = [one for one in judged if one.clean]

    def failing(ones: list[Judged]) -> int:
        return sum(any(flaw.kind != "warnings" for flaw in one.flaws) for one in ones)

    return (
        f"Of {len(broken)} pairs labelled broken {failing(broken)} fail the check, "
        f"of {len(clean)} labelled clean {failing(clean)}."
    )


def render(cells: list[list[str]], *, markdown: bool) -> str:
    """The cells as a Markdown table, or in columns."""
    if markdown:
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        return "\n".join([lines[0], "|" + " --- |" * len(cells[0]), *lines[1:]])
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def document(judged: list[Judged]) -> str:
    """`docs/published-pairs.md`."""
    fair = [one for one in judged if one.fair]
    apart = [one for one in judged if not one.fair]
    hand = [["pair", "class or check", "what it is"]]
    hand += [[name, f"alarm `{check}`", why] for (name, check), why in RIGHT.items()]
    hand += [[name, f"label `{label}`", why] for (name, label), why in WRONG.items()]
    structure = []
    for name in structure_checks.names():
        told = (structure_checks.load(name).__doc__ or "").strip()
        structure.append(f"### {name} ({structure_checks.load(name).KIND})\n\n{told}")
    parts = [
        "# What `check` finds in published translations",
        "Written by `python -m benchmarks.published_pairs --markdown`; do not edit.",
        f"{len(judged) - len(SEED_LOCALES)} pairs of source and translation in 19 languages, as "
        "projects published them (unattended models, models with review, people), and the 8 of our "
        "seed. An independent comparison of structures labelled them. They are checked as "
        "translations that no ledger knows.",
        "Counted are pairs: in how many clean ones a check finds a fault (*alarms*, and the rate), "
        "in how many of them rightly (*true defects*, see below), in how many it has warnings, "
        "which fail nothing by default; and of the broken ones that are labelled with a class "
        "that this check is there for, how many it finds, where the label is wrong, and which it "
        "misses. Warnings on `emphasis` are real: a bold word lost or added, which no label "
        "counts as broken.",
        f"## Markdown: {len(fair)} pairs",
        whole(fair),
        render(table(fair), markdown=True),
        "## MDX: counted apart",
        f"{len(apart)} pairs of Astro, Dify and React are written in MDX and read as `mdx`. These "
        "projects put a notice into translations as a component, and have others taken out, so "
        "that `template-tags` only warns there of what no ledger knows. Classes that are missed "
        "stand inside components, where blocks are counted with those around them; each of "
        "these pairs fails by another check.",
        whole(apart),
        render(table(apart), markdown=True),
        "## Every alarm and miss that is left",
        "\n".join(f"- {line}" for line in named(judged)) or "None.",
        "## Looked at by hand",
        "Alarms that are right, and labels that are not. No check knows of any pair.",
        render(hand, markdown=True),
        "## The proof",
        "The named checks say *what* is wrong, and let pass what translators rightly change: "
        "paths that are adapted to the new place, `/en/` that is `/de/`, a notice or a table of "
        "languages added, comments in code translated. That not one byte outside of the prose "
        "has changed is another question. `proof` answers it as it does when a translation is "
        "written, for translations that this tool wrote, as the ledger says, whoever edited them "
        "since; it speaks where no named check of structure has said it better. One thing it "
        "lets pass: a link within the site may lead to the page in the other language, because "
        "that translation may have come later.",
        "## The checks of structure",
        *structure,
    ]
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Measure and print; 2 if the data is not there."""
    parser = argparse.ArgumentParser(description="measure what `check` finds")
    parser.add_argument("--markdown", action="store_true", help="write docs/published-pairs.md")
    options = parser.parse_args()
    if not (SHARED / "pairs" / "MANIFEST.json").exists():
        print(f"no labelled pairs in {SHARED}; set TRANSLATE_PIPELINE_SHARED", file=sys.stderr)
        return 2
    judged = judge()
    for title, fair in (("Markdown", True), ("MDX, counted apart", False)):
        group = [one for one in judged if one.fair is fair]
        print(f"\n{title}: {len(group)} pairs. {whole(group)}")
        print(render(table(group), markdown=False))
    print()
    for line in (*named(judged), *unmatched(judged)):
        print(line)
    if options.markdown:
        (ROOT / "docs" / "published-pairs.md").write_text(document(judged), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
