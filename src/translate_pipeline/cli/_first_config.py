"""Takes what was seen of a site, gives the text of its first config.

The law: the text loads, says no more than a beginner needs (at most 15 lines of settings), and
every key in it is explained where it stands.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from translate_pipeline.cli._choices import TABLE

__all__ = ["Seen", "first_config", "suggestions"]

# Keys that mean the source's own text, and what a translation gets instead: a recording of the
# source is none of the translation, a note to the model is none to the reader.
_VALUES = {"audio": "false"}
_DROP = ("prompt",)
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,63})[ \t]*:(.*)")
_WIDTH = 96


class Seen(NamedTuple):
    """What is known of a site: the names of its locales as the site writes them, the reason
    why it is thought to have this layout, and what its articles suggest (`suggestions`).

    `paths` are pairs of patterns, set where the layout's own do not fit or it has none.
    """

    layout: str
    description: str
    dialect: str
    source: str
    targets: tuple[str, ...]
    reason: str
    values: Mapping[str, str] = {}
    drop: tuple[str, ...] = ()
    paths: tuple[tuple[str, str], ...] = ()


def suggestions(heads: Iterable[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Front matter to set (key → TOML value) and to drop, from the beginnings of articles.

    >>> suggestions(["---\\ntitle: A\\naudio: true\\nprompt: be brief\\n---\\nText."])
    ({'audio': 'false'}, ('prompt',))
    """
    values: dict[str, str] = {}
    drop: set[str] = set()
    for head in heads:
        lines = iter(head.removeprefix("\ufeff").splitlines())
        if next(lines, "").rstrip() != "---":
            continue
        for line in lines:
            if line.rstrip() in ("---", "..."):
                break
            found = _KEY.match(line)
            if found is None:
                continue
            # A recording may also be named by its path: then it is no switch to be put off.
            if found[1] in _VALUES and found[2].strip() in ("true", "false"):
                values[found[1]] = _VALUES[found[1]]
            elif found[1] in _DROP:
                drop.add(found[1])
    return values, tuple(sorted(drop))


def first_config(seen: Seen, *, pyproject: bool = False) -> str:
    """The config's text; with `pyproject` as the table `[tool.translate-pipeline]`."""
    lines = [
        *([f"[{TABLE}]"] if pyproject else []),
        "# How translate-pipeline translates this site; flags of the same name win.",
        "",
        f"# Which files are sources, and where their translations go. {seen.description}.",
        f"# `init` saw: {seen.reason.rstrip('.')}.",
        f"layout = {_string(seen.layout)}",
    ]
    if seen.paths:
        lines += [
            "# Patterns of {dir}, {stem}, {locale} and {ext}: change them to where your files are.",
            "paths = [",
            *(
                f"  {{ source = {_string(source)}, target = {_string(target)} }},"
                for source, target in seen.paths
            ),
            "]",
        ]
    lines += [
        "# The Markdown flavour of the generator; auto goes by each file's extension and text.",
        f"dialect = {_string(seen.dialect)}",
        "# The language of the sources, and those to translate into, as the site writes them.",
        f"source = {_string(seen.source)}",
        *_targets(seen.targets),
        "",
        '# Any OpenAI-compatible endpoint (`base_url` names another), or "pseudo" to try it all',
        "# without a key. The key is in OPENROUTER_API_KEY or OPENAI_API_KEY, never in a file.",
        'backend = "openai"',
        '# model = "the model\'s name at the endpoint"',
        "",
        "# Front matter: titles and descriptions are translated, the rest is copied, but for",
        "# keys to leave out (`drop`) and keys with another value in translations (`values`).",
        _optional(bool(seen.drop), f"drop = {_array(seen.drop or _DROP)}"),
        _optional(bool(seen.values), f"values = {_table(seen.values or _VALUES)}"),
        "# Files and folders that are no articles.",
        '# exclude = ["drafts"]',
    ]
    return "\n".join(line for long in lines for line in _wrapped(long)) + "\n"


def _targets(names: tuple[str, ...]) -> list[str]:
    if not names:
        return ['targets = [] # name at least one, for example ["de", "fr"]']
    return [f"targets = {_array(names)}"]


def _optional(active: bool, line: str) -> str:
    return line if active else f"# {line}"


def _array(texts: Iterable[str]) -> str:
    return f"[{', '.join(_string(text) for text in texts)}]"


def _table(values: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{key} = {value}' for key, value in values.items())} }}"


def _string(text: str) -> str:
    """A TOML basic string: JSON's, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _wrapped(line: str) -> list[str]:
    """A long comment on several lines, without what no TOML comment may hold."""
    if not line.startswith("# "):
        return [line]
    words = "".join(c if c.isprintable() else " " for c in line[2:])
    return [f"# {part}" for part in textwrap.wrap(words[:400], _WIDTH - 2)]
