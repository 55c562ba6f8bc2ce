"""The real generators build translated sites: no new warning, and no dead link, image or anchor.

Slow, and only where they can be had: `apt-get install hugo jekyll`; MkDocs and the packages of
npm are installed into a temporary folder from the registries (pinned here). What cannot be
installed is skipped with the reason. The sites are small, but hold what breaks: links to a page
with and without a translation, images, site-root links, anchors of translated headings.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from translate_pipeline import Pipeline
from translate_pipeline.backends.pseudo import PseudoBackend
from translate_pipeline.files import read_text, write_text
from translate_pipeline.locale import parse_locale
from translate_pipeline.sites import find
from translate_pipeline.sites.links import Place, rule_of
from translate_pipeline.sites.pages import Pages
from translate_pipeline.sites.place import place
from translate_pipeline.sites.policy import policy_of
from translate_pipeline.sites.site import Site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

EN, DE = parse_locale("en"), parse_locale("de")
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def run(command: list[str], folder: Path) -> str:
    """The program's whole output; a failure is a failed test that shows it."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, f"{command} in {folder}\n{output[-6000:]}"
    return output


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed here; apt-get install {program}")
    return found


def npm(folder: Path, *packages: str) -> Path:
    """A folder with these packages from the registry."""
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"private": true}')
    done = subprocess.run(
        [needs("npm"), "install", "--no-audit", "--no-fund", *packages],
        cwd=folder, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"npm cannot install {packages} here: {done.stderr[-300:]}")
    return folder / "node_modules"


@pytest.fixture(scope="session")
def mkdocs(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("mkdocs")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    done = subprocess.run(
        [folder / "bin/pip", "install", "-q", "mkdocs==1.6.1", "mkdocs-static-i18n==1.3.1"],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"pip cannot install MkDocs here: {done.stderr[-300:]}")
    return str(folder / "bin/mkdocs")


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PNG) if name.endswith(".png") else path.write_text(text)


def translate(root: Path, layout_name: str) -> list[str]:
    """Every source into German, but for `alone`: what a run does, with the pseudo backend."""
    layout = find(layout_name)
    site = Site(root=root, layout=layout, source=EN, targets=(DE,))
    policy = policy_of(layout)
    planned = [one for one in site.plan() if "alone" not in one.source]
    targets = {one.source: dict(one.targets).get(DE) for one in planned}
    everyone = [one.source for one in site.plan()]
    written = []
    for one in site.plan():
        if one.copy:
            (root / one.copy).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / one.source, root / one.copy)
        target = targets.get(one.source)
        if target is None:
            continue
        where = Place(
            source=one.source,
            target=target,
            source_locale=EN,
            locale=DE,
            rule=rule_of(layout, EN, DE),
            exists=lambda path: (root / path).exists(),
            article_target=targets.get,
            page=Pages(everyone, "en").find,
        )
        placed = place(read_text(root / one.source), dialect=layout.dialect, where=where)
        pipeline = Pipeline(
            backend=PseudoBackend(),
            target="de",
            dialect=layout.dialect,
            front_matter_keys=policy.keys,
            values=policy.values_for(DE),
        )
        result = pipeline.translate(placed)
        assert result.ok, result.findings
        assert result.text is not None
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        write_text(root / target, result.text)
        written.append(target)
    assert written
    return written


class Page(HTMLParser):
    """Ids and internal links of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.ids.add(value)
            elif name in ("href", "src") and value and tag in ("a", "img"):
                self.links.append(value)


def dead_links(out: Path) -> set[str]:
    """`page: link` for every internal link, image or anchor of a built site that leads nowhere."""
    pages = {path: Page(path.read_text("utf-8")) for path in sorted(out.rglob("*.html"))}
    assert pages, f"nothing was built in {out}"
    return {
        f"{path.relative_to(out)}: {link}"
        for path, page in pages.items()
        for link in page.links
        if not re.match(r"[a-z]+:|//|\?", link) and not reached(link, path, out, pages)
    }


def reached(link: str, path: Path, out: Path, pages: dict[Path, Page]) -> bool:
    name, _, fragment = unquote(link).partition("#")
    name = name.partition("?")[0]
    base = (out / name.lstrip("/") if name.startswith("/") else path.parent / name).resolve()
    for file in (path,) if not name else candidates(base):
        if file.is_file():
            return not fragment or file not in pages or fragment in pages[file].ids
    return False


def candidates(base: Path) -> Iterator[Path]:
    yield from (base, base / "index.html", base.with_name(f"{base.name}.html"))


def links_of(path: Path) -> list[str]:
    return Page(path.read_text("utf-8")).links


ARTICLES = {
    "index.md": "---\ntitle: Home\n---\nSee [the guide](guide/start.md#the-part),"
    " [alone](alone.md) and ![a logo](img/logo.png).\n",
    "alone.md": "---\ntitle: Alone\n---\nBack [home](index.md).\n\n## More words\n\nSo it is.\n",
    "guide/start.md": "---\ntitle: Start\n---\nGo [home](../index.md), [down](#the-part) or"
    " [alone](../alone.md#more-words).\n\n## The part\n\n![The logo][l]\n\n[l]: ../img/logo.png\n",
    "img/logo.png": "",
}


def below(folder: str) -> dict[str, str]:
    return {f"{folder}/{name}": text for name, text in ARTICLES.items()}


MKDOCS = """\
site_name: Example
theme: mkdocs
validation: {{links: {{anchors: warn}}}}
plugins:
  - i18n:
      docs_structure: {structure}
      fallback_to_default: true
      languages:
        - {{locale: en, name: English, default: true, build: true}}
        - {{locale: de, name: Deutsch, build: true}}
"""


@pytest.mark.parametrize("structure", ["folder", "suffix"])
def test_mkdocs(structure: str, tmp_path: Path, mkdocs: str) -> None:
    write(tmp_path, below("docs/en" if structure == "folder" else "docs"))
    write(tmp_path, {"mkdocs.yml": MKDOCS.format(structure=structure)})
    translate(tmp_path, f"mkdocs-{structure}")
    run([mkdocs, "build", "--strict", "-q"], tmp_path)  # a warning is a failure
    assert dead_links(tmp_path / "site") == set()
    links = links_of(tmp_path / "site/de/index.html")
    assert "guide/start/#the-part" in links


def test_hugo(tmp_path: Path) -> None:
    hugo = needs("hugo")
    head = "---\ntitle: {}\n---\n"
    write(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://example.org/"\ndefaultContentLanguage = "en"\n'
            'disableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n'
            "[markup.goldmark.renderer]\nunsafe = true\n"
            '[languages.en]\nlanguageName = "English"\n[languages.de]\nlanguageName = "Deutsch"\n',
            "layouts/_default/single.html": "<html><body>{{ .Content }}</body></html>",
            "layouts/_default/list.html": "<html><body>{{ .Content }}</body></html>",
            "content/_index.md": head.format("Home")
            + "See [the guide](/guide/start/#the-part) and [alone](/guide/alone/).\n",
            "content/guide/_index.md": head.format("Guide") + "Words.\n",
            "content/guide/alone.md": head.format("Alone") + "Back [home](/).\n",
            "content/guide/start/index.md": head.format("Start")
            + "Go [home](/), [down](#the-part), [alone](/guide/alone/).\n\n## The part\n\n"
            "![A logo](logo.png)\n",
            "content/guide/start/logo.png": "",
        },
    )
    (tmp_path / "hugo.toml").rename(tmp_path / "config.toml")  # the name that old releases know
    translate(tmp_path, "hugo-file")
    output = run([hugo, "--printPathWarnings"], tmp_path)
    assert "WARN" not in output, output
    assert dead_links(tmp_path / "public") == set()
    assert links_of(tmp_path / "public/de/index.html") == [
        "/de/guide/start/#the-part",
        "/guide/alone/",
    ]


def test_jekyll(tmp_path: Path) -> None:
    jekyll = needs("jekyll")
    head = "---\naudio: false\nlang: en\nlayout: post\ntitle: {}\n---\n"
    write(
        tmp_path,
        {
            "_config.yml": "permalink: /:title\nexclude: [original, notes]\n",
            "_layouts/post.html": '<html lang="{{ page.lang }}">{{ content }}</html>\n',
            "notes/2025-01-02-first-en.md": head.format("First")
            + "See [the second](/second-en#the-part), [alone](/alone-en)"
            " and ![a logo](/assets/logo.png).\n",
            "original/2025-01-03-second-en.md": head.format("Second")
            + "Go [back](/first-en) or [down](#the-part).\n\n## The part\n\n"
            "{% raw %}[code](/first-en){% endraw %}\n",
            "original/2025-01-04-alone-en.md": head.format("Alone") + "Words.\n",
            "assets/logo.png": "",
        },
    )
    translate(tmp_path, "jekyll-user")
    output = run([jekyll, "build", "--strict_front_matter", "--trace"], tmp_path)
    assert not re.search(r"warning|error", output, re.IGNORECASE), output
    assert dead_links(tmp_path / "_site") == set()
    links = links_of(tmp_path / "_site/first-de.html")
    assert links == ["/second-de#the-part", "/alone-en", "/assets/logo.png"]


def test_vitepress(tmp_path: Path) -> None:
    modules = npm(tmp_path / "npm", "vitepress@1.6.4")
    root = tmp_path / "site"
    write(root, below("docs"))
    write(
        root,
        {
            # The theme's own language menu leads to the home page: it knows no missing pages.
            "docs/.vitepress/config.mjs": "export default { title: 'Example',"
            " themeConfig: { i18nRouting: false }, locales: {"
            " root: { label: 'English', lang: 'en' }, de: { label: 'Deutsch', lang: 'de' } } }\n",
            "docs/roots.md": "# Roots\n\n[Guide](/guide/start#the-part) [alone](/alone)\n",
        },
    )
    (root / "node_modules").symlink_to(modules)
    translate(root, "vitepress")
    # VitePress itself fails for a dead link.
    output = run([str(modules / ".bin/vitepress"), "build", "docs"], root)
    assert "warn" not in output.lower(), output
    out = root / "docs/.vitepress/dist"
    assert dead_links(out) == set()
    links = links_of(out / "de/roots.html")
    assert "/de/guide/start.html#the-part" in links
    assert "/alone.html" in links


# Its check of anchors sees none but those of headings, so `<a id="x"></a>` in a translated
# heading is dead to it, though not to a browser: `dead_links` looks at the built pages.
DOCUSAURUS = """\
module.exports = {
  title: 'Example', url: 'https://example.org', baseUrl: '/',
  onBrokenLinks: 'throw', onBrokenAnchors: 'ignore',
  markdown: { hooks: { onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw' } },
  i18n: { defaultLocale: 'en', locales: ['en', 'de'] },
  presets: [['classic', { blog: false, docs: { routeBasePath: '/' } }]],
};
"""


def test_docusaurus(tmp_path: Path) -> None:
    version = "3.10.2"
    modules = npm(
        tmp_path / "npm", f"@docusaurus/core@{version}", f"@docusaurus/preset-classic@{version}",
        "react@19", "react-dom@19",
    )  # fmt: skip
    root = tmp_path / "site"
    write(root, below("docs"))
    # Docusaurus finds no image by reference, in the source neither.
    start = ARTICLES["guide/start.md"].replace("![The logo][l]", "![The logo](../img/logo.png)")
    write(
        root,
        {
            "docusaurus.config.js": DOCUSAURUS,
            "docs/index.md": ARTICLES["index.md"].replace("title: Home", "title: Home\nslug: /"),
            "docs/guide/start.md": start.replace("[l]: ../img/logo.png\n", ""),
            "package.json": "{}",
        },
    )
    (root / "node_modules").symlink_to(modules)
    translate(root, "docusaurus")
    output = run([str(modules / ".bin/docusaurus"), "build"], root)
    assert "[WARNING]" not in output, output
    assert dead_links(root / "build") == set()
    links = links_of(root / "build/de/index.html")
    assert "/de/guide/start#the-part" in links
    assert "/de/alone" in links
