"""The blog in `examples/blog`: its memory is whole and sound, and the README's first command works.

A fresh machine, no key: real German, French and Japanese articles. One changed sentence: one
segment is asked for.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from translate_pipeline import config
from translate_pipeline.article import Article, merge, parse
from translate_pipeline.ladder import judge
from translate_pipeline.locale import load_style, parse_locale
from translate_pipeline.memory import tmx
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.identity import key
from translate_pipeline.model import Brief

BLOG = Path(__file__).resolve().parents[1] / "examples" / "blog"
SETTINGS = config.load(BLOG / "translate-pipeline.toml")
SOURCES = sorted([*BLOG.glob("original/*.md"), *BLOG.glob("notes/*.md")])
LOCALES = SETTINGS.targets
LANGUAGES = {"de": "Deutsch", "fr": "français", "ja": "日本語"}


@cache
def memory() -> Mapping[tuple[bytes, str], Entry]:
    """What ships with the blog, by key and target language."""
    (name,) = SETTINGS.tmx
    with (BLOG / name).open("rb") as stream:
        entries = list(tmx.read(stream, where=name))
    found = {(entry.key, entry.target_tag): entry for entry in entries}
    assert len(found) == len(entries), "a text is in it twice"
    return found


def article(path: Path) -> Article:
    return parse(path.read_text(encoding="utf-8"), SETTINGS.dialect)


def targets(found: Article, locale: str) -> dict[int, str]:
    return {s.id: memory()[key(s), locale].target for s in found.segments if not s.keep}


def test_there_is_a_blog() -> None:
    assert len(SOURCES) >= 3
    assert set(LOCALES) == set(LANGUAGES)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_text_has_a_sound_translation(path: Path, locale: str) -> None:
    found = article(path)
    brief = Brief(load_style(parse_locale(locale)), load_style(parse_locale("en")))
    there = targets(found, locale)
    for segment in found.segments:
        if not segment.keep:
            findings = judge(found, segment, there[segment.id], brief)
            assert findings == (), f"{segment.text} → {there[segment.id]}"
    text = merge(found, there, {"lang": locale, "translated": True})
    assert f"lang: {locale}\n" in text


def test_nothing_else_is_in_the_memory() -> None:
    used = {(key(s), to) for path in SOURCES for s in article(path).segments for to in LOCALES}
    assert memory().keys() <= used


@pytest.mark.parametrize(
    ("locale", "wrong"),
    [
        ("de", r"[\"']|[.,] \"|\d (?:m|%|Uhr)\b"),
        ("fr", r"[\"']|[ \w][;?!»]|\w:|« | [:;?!»%]|\d (?:m|h)\b"),
        ("ja", r"[\"'“”!?]|[,.:](?!\d)|[ぁ-ヿ一-鿿] | [ぁ-ヿ一-鿿]"),
    ],
)
def test_typography(locale: str, wrong: str) -> None:
    """Quotes of the language, and the spaces that it has and has not."""
    marks = re.compile(r"`[^`]*`|!\[|\]\(u\d\)|\d / \([^)]*\)|\[\^\w+\]")
    for (_, tag), entry in memory().items():
        if tag == locale:
            prose = marks.sub("0", entry.target)
            assert not re.search(wrong, prose), entry.target


def test_the_code_says_what_the_articles_say(capsys: pytest.CaptureFixture[str]) -> None:
    tide, twelfths = (next(BLOG.glob(f"original/*{name}*")) for name in ("nine-lines", "twelfths"))
    code = re.search(r"{% highlight python %}\n(.*?){% end", tide.read_text(), re.DOTALL)
    assert code
    names: dict[str, object] = {}
    exec(code[1] + "\nprint(round(height(0), 2))", names)
    code = re.search(r"```python\n(.*?)```", twelfths.read_text(), re.DOTALL)
    assert code
    exec(code[1], names)
    assert capsys.readouterr().out == "2.4\n2.6\n"


# --- the command, on a copy, as somebody who has just installed it -------------------------------


@pytest.fixture(scope="module")
def first(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The blog after the first command, and what that said."""
    made = shutil.ignore_patterns("_posts", "_site", ".translate-pipeline", ".jekyll-cache")
    folder = tmp_path_factory.mktemp("first") / "blog"
    shutil.copytree(BLOG, folder, ignore=made)
    return folder, translate(folder)


@pytest.fixture
def blog(first: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> Path:
    """A copy of it, to work in."""
    folder, done = first
    assert done.returncode == 0, done.stderr
    return Path(shutil.copytree(folder, tmp_path / "blog"))


def translate(blog: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """The README's command without any key; stdout and stderr as text."""
    hidden = {"OPENROUTER_API_KEY", "OPENAI_API_KEY", "TRANSLATE_PIPELINE_MEMORY"}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "translate_pipeline",
            "translate",
            "--config",
            blog / "translate-pipeline.toml",
            *flags,
        ],
        cwd=blog.parent,
        env={k: v for k, v in os.environ.items() if k not in hidden} | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def published(blog: Path) -> dict[str, bytes]:
    return {
        path.relative_to(blog).as_posix(): path.read_bytes()
        for path in sorted((blog / "_posts").rglob("*.md"))
    }


def test_the_first_command(
    first: tuple[Path, subprocess.CompletedProcess[str]], blog: Path
) -> None:
    _, done = first
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"from the memory|memory served", done.stdout), done.stdout
    there = published(blog)
    names = [path.name.removesuffix("-en.md") for path in SOURCES]
    assert set(there) == {
        f"_posts/{to}/{name}-{to}.md" for to in ("en", *LOCALES) for name in names
    }
    for path in SOURCES:
        assert there[f"_posts/en/{path.name}"] == path.read_bytes()
        for to in LOCALES:
            name = f"{path.name.removesuffix('-en.md')}-{to}.md"
            text = there[f"_posts/{to}/{name}"].decode()
            wanted = merge(
                article(path), targets(article(path), to), {"lang": to, "translated": True}
            )
            # Only the links between the articles have moved.
            assert re.sub(r"\(/en/[a-z-]*/\)", "", wanted) == re.sub(
                rf"\(/{to}/[a-z-]*-{to}/\)", "", text
            )

    again = translate(blog)
    assert (again.returncode, again.stderr) == (0, "")
    assert published(blog) == there


def test_one_changed_sentence(blog: Path) -> None:
    before = published(blog)
    source = next(blog.glob("notes/*lighthouse*"))
    text = source.read_text(encoding="utf-8")
    changed = text.replace("no two neighbours share one.", "no two neighbours ever share one.")
    assert changed != text
    source.write_text(changed, encoding="utf-8")

    done = translate(blog, "--to", "de")

    assert done.returncode == 3
    said = done.stdout + done.stderr
    assert re.search(r"\b(?:1|one) segment\b", said), said
    assert "OPENROUTER_API_KEY" in said or "--api-key-env" in said
    assert "--backend pseudo" in said
    translated = {path: data for path, data in published(blog).items() if "/en/" not in path}
    assert translated == {path: data for path, data in before.items() if "/en/" not in path}

    done = translate(blog, "--to", "de", "--backend", "pseudo")
    assert done.returncode == 0, done.stderr
    after = published(blog)
    (name,) = (path for path in after if "/de/" in path and after[path] != before[path])
    old, new = before[name].decode().splitlines(), after[name].decode().splitlines()
    assert "lighthouse" in name
    assert len(old) == len(new)
    differing = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert len(differing) == 1, "one segment was asked for, the rest came from the memory"
    assert differing[0][0].startswith("Bei Nacht sehen alle Leuchttürme gleich aus")


@pytest.mark.skipif(shutil.which("jekyll") is None, reason="no Jekyll on this machine")
def test_jekyll_builds_it(blog: Path) -> None:
    built = subprocess.run(
        ["jekyll", "build", "--quiet", "--strict_front_matter"],
        cwd=blog,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    pages = sorted((blog / "_site").rglob("*.html"))
    assert len(pages) == 1 + len(SOURCES) * (1 + len(LOCALES))
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "**" not in re.sub(r"(?s)<(pre|code).*?</\1>", "", html), "emphasis that shows"
        assert list(_dead(blog / "_site", page, html)) == []


def _dead(site: Path, page: Path, html: str) -> Iterator[str]:
    """Links of a page into the site that lead nowhere, and to another language than its own."""
    menu = re.sub(r'(?s)<nav class="languages">.*?</nav>', "", html)
    lang = page.relative_to(site).parts[0]
    for link in re.findall(r'(?:href|src)="(/[^"#]*|#[^"]+)', html):
        if link.startswith("#"):
            found = f'id="{unquote(link[1:])}"' in html
        else:
            place = site / unquote(link).lstrip("/")
            found = place.is_file() or (place / "index.html").is_file()
        if not found:
            yield link
    for link in re.findall(r'href="/(\w\w)/', menu):
        if lang in LANGUAGES and link != lang:
            yield f"/{link}/ from {lang}"
