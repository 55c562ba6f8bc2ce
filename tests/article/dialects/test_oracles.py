"""What other people's parsers read in an article is what they read in its translation.

The comparison is tested on literal trees: it must see every kind of damage, and no damage where
only accents differ. The oracles themselves are slow: each reads its dialect's literal cases and a
seeded sample of real articles. `python -m benchmarks.oracles` has them read everything.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import oracles

from tests.oracles import mdbook
from tests.oracles.flavours import FLAVOURS, Flavour, texts
from tests.oracles.pairs import Failed, Missing, Pair, judged, pair
from tests.oracles.tree import judged_html, judged_nodes
from tests.shared import require_shared

SOURCE = (
    '<h2 id="a">One <em>two</em></h2>\n<p><a href="#a" title="Words">a link</a> and\n'
    '<code>a  b</code> more</p>\n<!-- c --><pre><code class="x">d\n e</code></pre>\n'
    '<img src="f.png" alt="Words"><x-y data-value="g"></x-y>'
)
#: why it is no damage → (in the source, in the translation)
HARMLESS = {
    "accents in words": ("and\n", "áńđ "),
    "accents in an attribute that is prose": ('title="Words"', 'title="Ẃóŕđś"'),
    "a line that was joined": ("a link</a> and\n<code>", "a link</a> and <code>"),
    "a code span over two lines": ("a  b", "a\nb"),
    "space at the edge of a block": ("<p><a", "<p> <a"),
}
#: why it is damage → (in the source, in the translation)
DAMAGE = {
    "accents in code": ("d\n e", "đ\n e"),
    "space in a code block": ("d\n e", "d e"),
    "accents in a code span": (">a  b<", ">á  b<"),
    "accents in a target": ('href="#a"', 'href="#á"'),
    "accents in a comment": ("<!-- c -->", "<!-- ć -->"),
    "accents in a parameter": ('data-value="g"', 'data-value="ǵ"'),
    "an attribute is lost": (' class="x"', ""),
    "an id is lost": (' id="a"', ""),
    "a tag is lost": ("<em>two</em>", "two"),
    "a tag is another": ("<em>two</em>", "<b>two</b>"),
    "a tag moves": ("One <em>two</em>", "<em>One</em> two"),
    "a word is lost": ("more", ""),
    "a word is another": ("more", "less"),
    "a space between words and a tag is lost": ("One <em>", "One<em>"),
}


def _compared(before: str, after: str) -> str:
    return judged_html([Pair("a", "", "", (0, 0))], [before, after])[0].kind


@pytest.mark.parametrize(("old", "new"), HARMLESS.values(), ids=HARMLESS.keys())
def test_accents_are_no_damage(old: str, new: str) -> None:
    assert old in SOURCE
    assert _compared(SOURCE, SOURCE.replace(old, new)) == "same"


@pytest.mark.parametrize(("old", "new"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_found(old: str, new: str) -> None:
    assert old in SOURCE
    assert _compared(SOURCE, SOURCE.replace(old, new)) == "differs"


def test_a_pinned_id_is_no_damage_in_a_heading_alone() -> None:
    """What only the translation names as an id is what a heading got for the links to it."""
    one = Pair("a", "# One\n", '# Óńé {#one}\n\n<a id="two"></a>\n', (0, 0))
    for before, after, kind in (
        ("<h1>One</h1>", '<h1 id="one">One</h1>', "same"),
        ("<h1>One</h1>", '<h1><a id="two"></a>One</h1>', "same"),
        ("<h1>One</h1>", '<h1 id="other">One</h1>', "differs"),
        ("<p>One</p>", '<p id="one">One</p>', "differs"),
    ):
        assert judged_html([one], [before, after])[0].kind == kind


def test_a_text_that_cannot_be_read() -> None:
    pairs = [Pair(name, "", "", (0, 0)) for name in "abc"]
    trees = [Failed("x"), [], [], Failed("y"), [], []]
    assert [v.kind for v in judged_nodes(pairs, trees)] == ["unreadable", "broken", "same"]
    assert [v.why for v in judged(pairs, trees, lambda *_: "z")] == ["x", "y", "z"]


def test_a_label_is_defined_for_whoever_reads_a_part_of_the_page() -> None:
    """`[a][]` becomes `[á][a]`; both texts then name a target for `a`, the first one counts."""
    made, _ = pair("a", "One [two][] three.\n\n[two]: http://a\n", "commonmark")
    assert made.after.startswith("Óńé [ťẃó][two] ťĥŕéé.\n")
    for text in made[1:3]:
        assert text.endswith("[two]: http://a\n\n\n[two]: /defined-twice")


def test_front_matter_is_no_part_of_the_body() -> None:
    made, _ = pair("a", "---\ntitle: One\n---\nTwo.\n", "hugo")
    assert made.bodies == ("Two.\n", "Ťẃó.\n")


def test_an_oracle_finds_what_a_broken_merge_would_do() -> None:
    text = "# One\n\n{{#include a.rs}} two `three`\n"
    whole, _ = pair("a", text, "mdbook")
    kinds = [
        mdbook.ORACLE.compare([whole._replace(after=whole.after.replace(old, new))])[0].kind
        for old, new in (("", ""), ("a.rs", "b.rs"), ("`three`", "three"), ("# ", "## "))
    ]
    assert kinds == ["same", "differs", "differs", "differs"]


def _damage(flavour: Flavour, given: list[tuple[str, str]], least: float = 0.9) -> None:
    pairs = [pair(name, text, flavour.dialect)[0] for name, text in given]
    try:
        verdicts = flavour.oracle.compare(pairs)
    except Missing as error:
        pytest.skip(str(error))
    wrong = [v for v in verdicts if v.kind in ("differs", "broken")]
    assert not wrong, (len(wrong), wrong[:3])
    assert sum(v.kind == "same" for v in verdicts) >= least * len(pairs)


def test_mdbook_reads_the_same() -> None:
    flavour = FLAVOURS["mdbook"]
    _damage(flavour, texts(flavour, require_shared("corpus"), sample=60))


#: Flavour → articles in the sample; remark takes 0.1 s for one, the others a hundredth of that.
SAMPLES = {
    "docfx": 20, "eleventy": 20, "github docs": 10, "hexo": 40, "hugo": 100, "obsidian": 10,
    "vitepress": 80, "zola": 100,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_dialects_own_parser_reads_the_same(name: str) -> None:
    flavour = FLAVOURS[name]._replace(cases=name != "eleventy")
    _damage(flavour, texts(flavour, require_shared("corpus"), sample=SAMPLES[name]))


def test_the_benchmark_prints_what_was_compared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "corpus" / "mdbook"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("# One\n\n{{#include some words.rs}} two\n", encoding="utf-8")
    (folder / "b.md").write_text("`code` alone\n", encoding="utf-8")
    monkeypatch.setattr(oracles, "SHARED", tmp_path)
    assert oracles.main(["--flavours", "mdbook"]) == 0
    head, _, row = (line.strip("| ").split("|") for line in capsys.readouterr().out.split("\n")[:3])
    found = dict(zip(map(str.strip, head), map(str.strip, row), strict=True))
    assert found["files"] == found["compared"] == "2"
    assert found["prose words"] == "3"
    assert found["coverage"] == "100.00%"
    assert found["in constructs"] == "4"
    assert found["failures"] == found["differ"] == found["unreadable"] == "0"
    with pytest.raises(SystemExit, match="no flavour 'other'"):
        oracles.main(["--flavours", "other"])
    monkeypatch.setattr(oracles, "SHARED", tmp_path / "none")
    with pytest.raises(SystemExit, match="TRANSLATE_PIPELINE_SHARED"):
        oracles.main([])
