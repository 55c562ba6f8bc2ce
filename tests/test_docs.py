"""Reads every page of the repository: links lead somewhere, paths, modules and terms exist.

The law: a page that names a thing which is not there fails the build.
"""

from __future__ import annotations

import re
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest

from translate_pipeline._version import __version__
from translate_pipeline.model import Severity, State
from translate_pipeline.outcome import Status

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
# Whatever the recipes of CONTRIBUTING invent to show where a new file goes.
_INVENTED = frozenset(
    (
        "src/translate_pipeline/fixes/acme.py",
        "src/translate_pipeline/backends/acme.py",
        "src/translate_pipeline/checks/emoji.py",
        "src/translate_pipeline/article/dialects/acme.py",
        "src/translate_pipeline/sites/acme.py",
        "prompts/locales/sv.md",
    )
)
_CODE = re.compile(r"^(```|~~~).*?^\1[ \t]*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_PATH = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.(?:py|md|toml|yml))?)`")

by_name = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def headings(page: Path) -> set[str]:
    """The ids that GitHub gives the headings of a page."""
    text = _CODE.sub(lambda m: m[0] if "\n" not in m[0] else "", page.read_text("utf-8"))
    titles = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.strip().lower()).replace(" ", "-") for t in titles}


def begins(path: str, top: Path) -> bool:
    return (top / path.split("/", maxsplit=1)[0]).exists()


@by_name
def test_links_lead_to_files_that_exist(page: Path) -> None:
    for link in _LINK.findall(_CODE.sub("", page.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        name, _, fragment = link.partition("#")
        target = page if not name else (page.parent / name).resolve()
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if fragment:
            assert fragment in headings(target), link


# What a command of the README writes.
_WRITTEN = ("build/", "examples/blog/_posts/")


@by_name
def test_paths_named_in_the_text_exist(page: Path) -> None:
    package = ROOT / "src" / "translate_pipeline"
    for path in _PATH.findall(page.read_text("utf-8")):
        tops = [top for top in (ROOT, package, package / "article") if begins(path, top)]
        # None: a reader's own file (`en/x.md`), or a room that is still to come.
        if tops and path not in _INVENTED and path not in _WRITTEN:
            assert any((top / path).exists() for top in tops), path


def test_what_the_recipes_invent_does_not_exist_yet() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for path in _INVENTED:
        assert path in text
        assert (ROOT / path).parent.is_dir()
        assert not (ROOT / path).exists(), "the recipe shows a file that exists; choose another"


@by_name
def test_modules_to_run_exist(page: Path) -> None:
    named = re.findall(r"python3? -m ((?:tests|benchmarks)[.\w]*)", page.read_text("utf-8"))
    for module in set(named) - {"benchmarks.NAME"}:
        found = find_spec(module)
        assert found is not None, module
        runs = find_spec(f"{module}.__main__") if found.submodule_search_locations else found
        assert runs is not None, f"{module} cannot be run"


@by_name
def test_a_page_is_tidy(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    prose = _CODE.sub("`", text)
    assert [line for line in prose.splitlines() if line != line.rstrip()] == []
    assert "/tmp/" not in text
    assert "TODO" not in text


def test_each_term_is_defined_once_and_in_order() -> None:
    page = (ROOT / "docs/terms.md").read_text("utf-8")
    terms = re.findall(r"^\*\*(.+?)\*\*: ", page, re.MULTILINE)
    assert len(terms) > 30
    assert terms == sorted(set(terms))


def test_the_kinds_states_and_severities_of_the_code_are_terms() -> None:
    page = (ROOT / "docs/terms.md").read_text("utf-8")
    for value in (*Severity, *Status, State.KEPT, State.REFUSED):
        assert re.search(rf"\b{value}\b", page), value


def test_the_layers_named_are_the_rooms_there_are() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    line = next(line for line in page.splitlines() if line.startswith("cli → "))
    for room in re.findall(r"[a-z_]+", line):
        here = ROOT / "src" / "translate_pipeline" / room
        assert here.is_dir() or here.with_suffix(".py").is_file(), room


def test_the_changelog_knows_this_version() -> None:
    page = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in page or f"## [{__version__}]" in page
    assert set(re.findall(r"^### (.+)$", page, re.MULTILINE)) <= {
        "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security",
    }  # fmt: skip
