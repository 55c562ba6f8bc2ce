"""Imports point down only, and the pure rooms touch no file, clock, network or terminal."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import translate_pipeline

SOURCE = Path(translate_pipeline.__file__).parent
PACKAGE = "translate_pipeline"

# From the top down. Rooms of one row do not know each other.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"__main__"}),
    frozenset({"cli"}),
    frozenset({"report"}),
    frozenset({"evaluation"}),
    frozenset({"run", "discovery", "estimate", "verify_site"}),
    frozenset({"update", "survey", "refill", "verify"}),
    frozenset(
        {"made", "same_language", "structure_checks", "verify_front_matter", "verify_segments"}
    ),
    frozenset({"pipeline"}),
    frozenset({"outcome"}),
    frozenset(
        {
            "batch_orders",
            "recall",
            "config",
            "pace",
            "prefix_cache",
            "lazy",
            "limits",
            "ledger_files",
            "edition",
            "site_edition",
        }
    ),
    frozenset({"blocking", "examples", "review"}),
    frozenset({"ladder", "past", "doctor"}),
    frozenset({"memory", "sites", "settings", "fixes", "glossary_files"}),
    frozenset({"batch_checks"}),
    frozenset({"backends", "checks", "dialect_choice", "names", "target_path"}),
    frozenset({"files", "plain_xml"}),
    frozenset({"conversation"}),
    frozenset({"article"}),
    frozenset({"locale"}),
    frozenset({"resources", "typography"}),
    frozenset({"model"}),
    frozenset({"errors", "_version"}),
)
RANK = {room: rank for rank, row in enumerate(LAYERS) for room in row}

# `errors` names `model` for its types alone; nothing is imported when it runs.
TYPES_ONLY = {("errors", "model")}

# What reaches the world. `importlib` and `pkgutil` find the dialects and are no I/O of ours.
WORLD = ("asyncio", "http", "httpx", "httpx2", "io", "logging", "openai", "os", "pathlib",
         "random", "requests", "rich", "shutil", "signal", "socket", "sqlite3", "subprocess",
         "sys", "tempfile", "tenacity", "threading", "time", "urllib.request")  # fmt: skip
PURE = ("article", "conversation", "model", "errors")


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every imported module, also inside functions; and whether it is for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in for_types
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            assert node.module
            yield node.module, id(node) in for_types
            if node.module == PACKAGE:
                for alias in node.names:
                    yield f"{PACKAGE}.{alias.name}", id(node) in for_types


def rooms_imported(path: Path) -> Iterator[tuple[str, bool]]:
    for name, for_types in imports(path):
        parts = name.split(".")
        if parts[0] == PACKAGE and len(parts) > 1:
            yield parts[1], for_types


def test_every_room_has_its_layer() -> None:
    rooms = {room_of(path) for path in modules()} - {"__init__"}
    assert rooms == set(RANK)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return  # the public names come from everywhere
    for imported, for_types in rooms_imported(path):
        if imported == room or (for_types and (room, imported) in TYPES_ONLY):
            continue
        assert RANK[imported] > RANK[room], f"{room} must not import {imported}"


@pytest.mark.parametrize("room", PURE)
def test_the_pure_rooms_stay_pure(room: str) -> None:
    files = [path for path in modules() if room_of(path) == room]
    assert files
    for path in files:
        reached = {name for name, for_types in imports(path) if not for_types}
        worldly = {name for name in reached if any(f"{name}.".startswith(f"{w}.") for w in WORLD)}
        assert worldly == set(), path
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert calls & {"open", "print", "input", "exec", "eval"} == set(), path


def worldly_names(path: Path) -> set[str]:
    """Printing and reading the environment; handing it on to a child process is neither."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    handed_on = {
        id(value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if key is None  # {**os.environ}
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
            found.add("print")
        elif isinstance(node, ast.Attribute) and id(node) not in handed_on:
            found.add(ast.unparse(node))
    return found & {"print", "os.environ", "os.getenv", "sys.argv", "sys.stdout", "sys.stderr"}


@pytest.mark.parametrize(
    "path", [p for p in modules() if room_of(p) != "cli"], ids=lambda p: p.stem
)
def test_only_the_command_line_prints_and_reads_the_environment(path: Path) -> None:
    assert worldly_names(path) == set()


def test_the_rule_finds_a_sinner(tmp_path: Path) -> None:
    """The helpers above see every form of import."""
    sinner = tmp_path / "x.py"
    sinner.write_text(
        "def f():\n    from translate_pipeline.cli import main\n"
        "from translate_pipeline import run\nimport os.path, translate_pipeline.report.text\n"
        "print(os.environ.get('KEY'), {**os.environ})\n"
    )
    assert worldly_names(sinner) == {"print", "os.environ"}
    assert {room for room, _ in rooms_imported(sinner)} == {"cli", "run", "report"}
    assert "os.path" in dict(imports(sinner))
