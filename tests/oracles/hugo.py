"""Hugo articles in, what Hugo and its Goldmark make of them out, shortcodes with their parameters.

Every shortcode that the articles name gets a template that shows its name, its parameters and
what is between its tags. One that is closed anywhere takes a text, as Hugo finds out from a
template that asks for it; what is in `VERBATIM` is no Markdown.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.oracles.pairs import Failed, Missing, Oracle, Pair, Verdict
from tests.oracles.tree import PROSE, judged_html

__all__ = ["ORACLE"]

VERBATIM = frozenset((
    "highlight", "mermaid", "math", "katex", "chart", "chem", "comment", "plantuml", "goat",
    "graphviz", "code", "raw", "rawhtml", "svg", "swaggerui", "redoc", "ace-editor",
))  # fmt: skip
# Shortcodes whose positional parameters may be prose.
_POSITIONAL = ("tab", "expand", "details", "tabitem", "collapse", "accordion", "button")
# Shortcodes whose text is other shortcodes, whatever their place on the line.
_CONTAINERS = ("tabpane", "cardpane")
_CONFIG = """
baseURL = "https://example.org/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
enableInlineShortcodes = false
[markup.goldmark.extensions]
typographer = false
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser]
autoHeadingID = false
[markup.goldmark.parser.attribute]
block = true
"""
_HOME = (
    '{{ range .Site.AllPages }}{{ if eq .Kind "page" }}'
    "\n=-=-={{ .File.BaseFileName }}=-=-=\n{{ .Content }}{{ end }}{{ end }}"
)
_FENCE = (
    '<pre data-type="{{ .Type }}" data-attributes="{{ printf "%v" .Attributes }}" '
    'data-options="{{ printf "%v" .Options }}">{{ .Inner }}</pre>'
)
_PROSE = " ".join(f'"{name}"' for name in sorted({*PROSE, "linktitle", "footer"}))
_PARAMETER = (
    "{{- range $k, $v := .Params -}}{{ $n := printf `%v` $k }}"
    '<hugo-parameter data-name="{{ $n }}"'
    "{{ if or (and $named (in $prose $n)) (and (not $named) $titled) }}"
    ' title="{{ printf `%v` $v }}"{{ else }} data-value="{{ printf `%v` $v }}"{{ end }}>'
    "</hugo-parameter>{{- end -}}"
)
_OPEN = (
    f"{{{{- $prose := slice {_PROSE} -}}}}"
    "{{- $named := .IsNamedParams -}}{{- $titled := TITLED -}}"
    '<hugo-shortcode data-name="{{ .Name }}">' + _PARAMETER
)
_NAME = re.compile(r"\{\{[<%]\s*(/?)\s*([\w/-][\w./-]*)")
_PAGE = re.compile(r"\n=-=-=p(\d+)=-=-=\n")
_WRONG = re.compile(r"\bp(\d+)\.md")


def _version() -> str:
    if shutil.which("hugo") is None:
        raise Missing("hugo is the oracle here; install it (apt-get install hugo)")
    told = subprocess.run(["hugo", "version"], capture_output=True, text=True, check=True)
    return told.stdout.split()[1]


def _template(name: str, *, closed: bool, percent: bool) -> str:
    """What shows one shortcode. Markdown inside `{{% %}}` is the page's, in `{{< >}}` ours."""
    opened = _OPEN.replace("TITLED", "true" if name in _POSITIONAL else "false")
    if not closed:
        inner = ""
    elif name in VERBATIM:
        inner = "<pre>{{ .Inner }}</pre>"
    elif percent:
        # Blocks begin on a line of their own; words behind the tag may go on in the next line.
        inner = (
            '{{ if hasPrefix (strings.TrimLeft " \\t\\r" .Inner) "\\n" }}\n\n{{ .Inner }}\n\n'
            "{{ else }}{{ .Inner }}{{ end }}"
        )
    elif name in _CONTAINERS:
        inner = "{{ .Inner }}"
    elif name in ("tab", "card"):  # Docsy shows what has a language as code
        inner = (
            '{{ if and $named (.Get "lang") }}<pre>{{ .Inner }}</pre>{{ else }}'
            '{{ .Page.RenderString (dict "display" "block") .Inner }}{{ end }}'
        )
    else:
        inner = '{{ .Page.RenderString (dict "display" "block") .Inner }}'
    return f"{opened}{inner}</hugo-shortcode>"


def _templates(texts: Sequence[str], folder: Path) -> None:
    closed, percent = set(), set()
    for text in texts:
        for match in _NAME.finditer(text):
            closed |= {match[2]} if match[1] else set()
            percent |= {match[2]} if match[0][2] == "%" else set()
            path = folder / f"{match[2]}.html"
            if match[2].endswith(".inline") or ".." in path.parts:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    for path in folder.rglob("*.html"):
        name = path.relative_to(folder).with_suffix("").as_posix()
        made = _template(name, closed=name in closed, percent=name in percent)
        path.write_text(made, encoding="utf-8")


def _rendered(texts: Sequence[str]) -> list[str | Failed]:
    _version()
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        layouts = {"index": _HOME, "_default/single": " ", "_default/list": " ",
                   "_default/_markup/render-codeblock": _FENCE}  # fmt: skip
        for path, template in layouts.items():
            target = site / "layouts" / f"{path}.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(template, encoding="utf-8")
        (site / "config.toml").write_text(_CONFIG, encoding="utf-8")
        (site / "content").mkdir()
        _templates(texts, site / "layouts" / "shortcodes")
        for number, text in enumerate(texts):
            (site / "content" / f"p{number}.md").write_bytes(text.encode())
        failed: dict[int, str] = {}
        while len(failed) < len(texts):
            done = subprocess.run(
                ["hugo", "-D", "-E", "-F", "--quiet"], cwd=site, capture_output=True, text=True,
                timeout=300, check=False,
            )  # fmt: skip
            if not done.returncode:
                break
            told = done.stderr + done.stdout
            wrong = {int(number) for number in _WRONG.findall(told)} - set(failed)
            if not wrong:
                raise RuntimeError(f"hugo failed: {told[-2000:]}")
            for number in wrong:
                line = next(x for x in told.splitlines() if f"p{number}.md" in x)
                failed[number] = line[-300:]
                (site / "content" / f"p{number}.md").unlink()
        parts = _PAGE.split((site / "public" / "index.html").read_text(encoding="utf-8"))
    pages = dict(zip(map(int, parts[1::2]), parts[2::2], strict=True))
    return [
        pages.get(number, Failed(failed.get(number, "Hugo does not list the page")))
        for number in range(len(texts))
    ]


def _groups(pairs: Sequence[Pair]) -> list[list[int]]:
    """The pairs by their numbers, so that in a group a shortcode is closed always or never."""
    groups: list[tuple[set[str], set[str], list[int]]] = []
    for number, pair in enumerate(pairs):
        found = [(match[1], match[2]) for match in _NAME.finditer(pair.before)]
        closed = {name for sign, name in found if sign}
        single = {name for _, name in found} - closed
        for group in groups:
            if not (closed & group[1] or single & group[0]):
                group[0].update(closed)
                group[1].update(single)
                group[2].append(number)
                break
        else:
            groups.append((closed, single, [number]))
    return [members for _, _, members in groups]


def _compare(pairs: Sequence[Pair]) -> list[Verdict]:
    pages: list[str | Failed] = [Failed("")] * (2 * len(pairs))
    for members in _groups(pairs):
        # Hugo takes a text that begins with a brace for front matter in JSON.
        texts = [
            text if front else f"---\n---\n{text}"
            for number in members
            for text, front in zip(pairs[number][1:3], pairs[number].front, strict=True)
        ]
        for number, html in enumerate(_rendered(texts)):
            pages[2 * members[number // 2] + number % 2] = html
    return judged_html(pairs, pages)


ORACLE = Oracle("Hugo (Goldmark)", _version, _compare)
