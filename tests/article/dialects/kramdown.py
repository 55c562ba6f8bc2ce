"""Jekyll article bodies in, the HTML that kramdown makes of each out; needs ruby-kramdown.

The oracle of the dialect `jekyll`: the parser its sites use, run in one Ruby process for many
texts. Liquid runs before kramdown there, so `without_liquid` takes it out in one fixed way.
"""

from __future__ import annotations

import json
import re
import subprocess
from shutil import which

import pytest

_RENDER = """
require "json"
require "kramdown"
require "kramdown-parser-gfm"
options = { input: "GFM", hard_wrap: false, auto_ids: true, syntax_highlighter: nil,
            smart_quotes: %w[apos apos quot quot] }
texts = JSON.parse($stdin.read)
puts JSON.generate(texts.map { |text| Kramdown::Document.new(text, options).to_html })
"""

_LIQUID = re.compile(
    r"\{%-?\s*raw\s*-?%\}(?P<raw>.*?)\{%-?\s*endraw\s*-?%\}"
    r"|\{%-?\s*(?P<code>highlight|comment)\b.*?\{%-?\s*end(?P=code)\s*-?%\}"
    r"|(?P<output>\{\{.*?\}\})|\{%.*?%\}",
    re.DOTALL,
)


def require_kramdown() -> None:
    """Skip the calling test where kramdown is not installed."""
    ruby = which("ruby")
    probe = ["-e", 'require "kramdown"; require "kramdown-parser-gfm"']
    if ruby is None or subprocess.run([ruby, *probe], capture_output=True, check=False).returncode:
        pytest.skip("no kramdown; install ruby-kramdown and ruby-kramdown-parser-gfm to run this")


def without_liquid(body: str) -> str:
    """`body` as kramdown gets it: code in place of highlighted code, a word in that of output."""
    return _LIQUID.sub(_run, body)


def _run(match: re.Match[str]) -> str:
    if match["raw"] is not None:
        return match["raw"]
    if match["code"] == "highlight":
        return f"<figure><pre>{len(match[0])}</pre></figure>"
    return "output" if match["output"] else ""


def rendered(bodies: list[str]) -> list[str]:
    """Each of `bodies` as HTML; white space between words and tags is one space."""
    given = json.dumps([without_liquid(body) for body in bodies])
    done = subprocess.run(
        ["ruby", "-e", _RENDER], input=given.encode(), capture_output=True, check=True
    )
    return [_folded(html) for html in json.loads(done.stdout)]


def _folded(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s*(<[^<>]*>)\s*", r"\1", html))
