"""Discovery: the same tree, the same list; nothing is left out without a reason."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from translate_pipeline.discovery import default_root, discover
from translate_pipeline.errors import ConfigError
from translate_pipeline.locale import parse_locale

EN, DE, FR = (parse_locale(name) for name in ("en", "de", "fr"))


def tree(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def find(root: Path, *paths: str, to: str = "de") -> tuple[list[str], dict[str, str]]:
    """The sources and the skipped files with their reasons, relative to the root."""
    found = discover(
        [root / path for path in paths or (".",)],
        source=EN,
        targets=[parse_locale(name) for name in to.split(",")],
        root=root,
    )
    return (
        [source.path.relative_to(root).as_posix() for source in found.sources],
        {s.path.relative_to(root).as_posix(): s.reason for s in found.skipped},
    )


def test_folders_give_markdown_in_a_fixed_order(tmp_path: Path) -> None:
    names = ["b.md", "a.md", "sub/z.markdown", "sub/deep/y.mdx", "a/x.qmd", "q.Rmd", "m.mdown"]
    others = ["a.txt", "b.MD.bak", ".hidden.md", ".git/x.md", "node_modules/p/x.md", "_site/x.md"]
    tree(tmp_path, dict.fromkeys([*names, *others], "words"))
    assert find(tmp_path) == (
        ["a.md", "b.md", "m.mdown", "q.Rmd", "a/x.qmd", "sub/z.markdown", "sub/deep/y.mdx"],
        {},
    )


def test_a_file_is_taken_once_and_a_named_one_in_its_place(tmp_path: Path) -> None:
    tree(tmp_path, dict.fromkeys(["a.md", "b.md"], "words"))
    assert find(tmp_path, "b.md", ".", "a.md")[0] == ["b.md", "a.md"]


def test_a_deep_tree_needs_no_recursion() -> None:
    top = tempfile.mkdtemp()  # not tmp_path: pytest's own clean-up recurses
    try:
        here = Path(top)
        for _ in range(1100):  # Python's recursion limit is 1,000
            here = here / "d"
            here.mkdir()
        (here / "x.md").write_text("words")
        assert find(Path(os.path.realpath(top))) == (["d/" * 1100 + "x.md"], {})
    finally:
        subprocess.run(["rm", "-rf", top], check=True)


def yaml(**values: str) -> str:
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in values.items()) + "---\n\nwords\n"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("x.md", yaml(lang="de"), "front matter: lang: de"),
        ("x.md", yaml(lang='"de"'), "front matter: lang: de"),
        ("x.md", "+++\nlang = 'fr'\n+++\n", "front matter: lang: fr"),
        ("x.md", "\ufeff---\r\nlang: ja # comment\r\n---\r\n", "front matter: lang: ja"),
        ("x.md", yaml(lang="en", translated="true"), "front matter: translated: true"),
        ("x-de.md", "words", "file name: de"),
        ("x.DE.md", "words", "file name: DE"),
        ("x.pt-BR.md", "words", "file name: pt-BR"),  # a dot: nobody means a word by that
        ("_posts/de/x.md", "words", "folder: de"),
    ],
)
def test_translations_are_skipped(tmp_path: Path, name: str, text: str, reason: str) -> None:
    tree(tmp_path, {name: text})
    assert find(tmp_path) == ([], {name: reason})
    # What the user names himself is always a source.
    assert find(tmp_path, name)[0] == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.md", yaml(lang="en-US")),  # the same language
        ("x.md", yaml(lang="ruby")),  # of something else
        ("x.md", yaml(translated="false")),
        ("x.md", "---\nmeta:\n  lang: de\n---\n"),  # not the article's own key
        ("x.md", "text\n---\nlang: de\n---\n"),  # no front matter
        ("x.md", "---\nlang: de\nnever closed"),
        ("x-de.md", yaml(lang="en")),  # the author's word beats the name
        ("just-do-it.md", "words"),  # not Italian
        ("what-it-is.md", "words"),
        ("min.js.md", "words"),
        ("jquery.min.md", "words"),
        ("docs/cs/x.md", "words"),  # computer science
        ("de/x-en.md", "words"),
        ("v1.0.md", "words"),
    ],
)
def test_sources_are_not_taken_for_translations(tmp_path: Path, name: str, text: str) -> None:
    tree(tmp_path, {name: text})
    assert find(tmp_path) == ([name], {})


def test_a_translation_is_known_by_its_source_beside_it(tmp_path: Path) -> None:
    files = ["x-en.md", "x-ja.md", "README.md", "README-fr.md", "docs/en/a.md", "docs/cs/a.md"]
    tree(tmp_path, dict.fromkeys(files, "words"))
    assert find(tmp_path) == (
        ["README.md", "x-en.md", "docs/en/a.md"],
        {"x-ja.md": "file name: ja", "README-fr.md": "file name: fr", "docs/cs/a.md": "folder: cs"},
    )


def test_links(tmp_path: Path) -> None:
    root = tree(tmp_path / "root", {"a.md": "words", "sub/b.md": "words"})
    (tmp_path / "secret.md").write_text("secret")
    (root / "link.md").symlink_to("a.md")
    (root / "again").symlink_to("sub")
    (root / "evil.md").symlink_to(tmp_path / "secret.md")
    (root / "lost.md").symlink_to("nowhere.md")
    sources, skipped = find(root)
    assert sources == ["a.md", "link.md", "sub/b.md"]
    assert skipped == {"evil.md": f"a link that leads out of {root}"}
    with pytest.raises(ConfigError, match="outside of the root"):
        find(root, "evil.md")


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.md: there is no such file or folder"):
        find(tmp_path, "none.md")
    with pytest.raises(ConfigError, match="set --root"):
        find(tree(tmp_path / "root", {"x.md": ""}), "../")


def test_default_root(tmp_path: Path) -> None:
    tree(tmp_path, dict.fromkeys(["site/docs/en/a.md", "site/docs/en/b/c.md", "d.md"], ""))
    docs, site = tmp_path / "site/docs", tmp_path / "site"
    for paths, here, root in [
        ([docs / "en"], site, site),  # the working folder, if it holds everything
        ([docs / "en/b/c.md"], docs / "en", docs / "en"),
        ([docs / "en/a.md", tmp_path / "d.md"], site, tmp_path),
        ([docs / "en/b"], Path("/"), Path("/")),
        ([docs / "en/b", docs / "en/b/c.md"], tmp_path / "elsewhere", docs / "en/b"),
        ([docs / "en"], tmp_path / "elsewhere", docs),  # its targets are in docs/de
        ([docs / "en/a.md"], tmp_path / "elsewhere", docs),
    ]:
        assert default_root(paths, here, EN) == root
