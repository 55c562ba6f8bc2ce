"""VitePress over its golden trees: docs in `docs/`, and at the root of the project."""

from __future__ import annotations

from pathlib import Path

from tests.sites.golden import check_golden, golden_site
from translate_pipeline.sites.site import LeftOut, Site


def test_in_docs() -> None:
    found = check_golden(
        "vitepress",
        {
            f"docs/{name}.md": [f"docs/fr/{name}.md", f"docs/zh-Hans/{name}.md"]
            for name in ("guide/api", "guide/more", "guide/start", "index")
        },
        there={"docs/fr/guide/more.md": "docs/guide/more.md"},
    )
    assert found.targets == ("fr", "zh-Hans")


def test_at_the_root() -> None:
    """The repository's own papers are no pages."""
    found = check_golden(
        "vitepress-root",
        {
            f"{name}.md": [f"ru/{name}.md", f"ko/{name}.md"]
            for name in ("api/function", "api/index", "index")
        },
        there={"ru/api/index.md": "api/index.md"},
    )
    assert found.targets == ("ru",)


def test_a_language_that_was_given_up_is_no_source() -> None:
    """Without `ru` among the targets its files are still nobody's sources, and are named."""
    kept = golden_site("vitepress-root")
    site = Site(root=kept.root, layout=kept.layout, source=kept.source, targets=kept.targets[1:])
    assert [row.source for row in site.plan()] == ["api/function.md", "api/index.md", "index.md"]
    assert site.left_out() == (
        LeftOut("ru/api/index.md", "a translation into ru, which is no target"),
    )


def test_a_folder_may_be_called_like_a_language(tmp_path: Path) -> None:
    """`cs/` about C# has hardly a page that the root has, too."""
    for name in ("index.md", "cs/index.md", "cs/types.md", "cs/async.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("# x\n")
    kept = golden_site("vitepress-root")
    site = Site(root=tmp_path, layout=kept.layout, source=kept.source, targets=kept.targets)
    assert [row.source for row in site.plan()] == [
        "cs/async.md",
        "cs/index.md",
        "cs/types.md",
        "index.md",
    ]
