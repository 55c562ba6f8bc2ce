"""Real articles of known flavours in, the table of the dialects they are taken for out.

    python -m benchmarks.dialects [--folders jekyll,hugo] [--show hugo:commonmark]

A row is a folder of the corpus, a column the dialect that `dialect_choice.choose` finds in the
texts alone: `--names` lets it see the file names too. Many articles have no construct of their
dialect, so the last column tells what matters: in how many the chosen dialect reads another
structure than the flavour's own one would. `--show` lists the files of one cell with the reasons;
`--show jekyll:other` those of the last column.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from benchmarks._corpus import SHARED, Table
from translate_pipeline.article import dialects, parse
from translate_pipeline.dialect_choice import choose
from translate_pipeline.errors import ArticleError

__all__ = ["main"]

#: Folder of the corpus → the dialect it is written in; `misc` has several.
_OWN = {
    "astro": "mdx", "docfx": "docfx", "docusaurus": "docusaurus", "eleventy": "jekyll",
    "hexo": "hexo", "hugo": "hugo", "jekyll": "jekyll", "mdbook": "mdbook", "mkdocs": "mkdocs",
    "myst": "myst", "nextmdx": "mdx", "quarto": "quarto", "readme": "commonmark",
    "vitepress": "vitepress",
}  # fmt: skip
_OTHER = "other"


def main(argv: list[str] | None = None) -> int:
    """Print the table; exit code 0. Raises SystemExit with a hint where there is no corpus."""
    p = argparse.ArgumentParser(prog="python -m benchmarks.dialects", description=__doc__)
    p.add_argument("--folders", default="", help="folders of the corpus; default: all")
    p.add_argument("--names", action="store_true", help="let the extension decide, too")
    p.add_argument("--show", default="", metavar="FOLDER:DIALECT", help="list the files of a cell")
    options = p.parse_args(argv)
    root = SHARED / "corpus"
    if not root.is_dir():
        raise SystemExit(
            f"no corpus at {root}: set TRANSLATE_PIPELINE_SHARED to the folder that holds it"
        )
    there = sorted(path.name for path in root.iterdir() if path.is_dir())
    folders = [name for name in options.folders.split(",") if name] or there
    found: dict[str, Counter[str]] = {}
    shown: list[str] = []
    characters, seconds = 0, 0.0
    for folder in folders:
        counts = found[folder] = Counter()
        for path in sorted((root / folder).rglob("*")):
            if not path.is_file():
                continue
            try:
                text = path.read_bytes().decode()
            except UnicodeDecodeError:
                continue
            begun = time.process_time()
            choice = choose(path.name if options.names else "", text)
            seconds += time.process_time() - begun
            characters += len(text)
            counts[choice.dialect] += 1
            other = _reads_other(text, choice.dialect, _OWN.get(folder, ""))
            counts[_OTHER] += other
            if options.show in (f"{folder}:{choice.dialect}", f"{folder}:{_OTHER * other}"):
                shown.append(f"{path.relative_to(root).as_posix()}: {choice.reason}")
    columns = sorted({name for counts in found.values() for name in counts} - {_OTHER})
    table = Table("flavour", *columns, "reads other")
    files = 0
    for folder, counts in found.items():
        other = counts[_OTHER] if _OWN.get(folder) in dialects.names() else "-"
        table.add(folder, *(counts[name] or "" for name in columns), other)
        files += sum(counts[name] for name in columns)
    print(table)
    print(f"{files} files, {characters / 1e6 / max(seconds, 1e-9):.0f} million characters a second")
    print("\n".join(shown), end="\n" if shown else "")
    return 0


def _reads_other(text: str, chosen: str, own: str) -> bool:
    """True if the two dialects hide other parts of the text from the parser."""
    if own == chosen or own not in dialects.names():
        return False
    try:
        one, two = (parse(text, name).shadow.masks for name in (chosen, own))
    except ArticleError:
        return False
    return [mask[:2] for mask in one] != [mask[:2] for mask in two]


if __name__ == "__main__":
    sys.exit(main())
