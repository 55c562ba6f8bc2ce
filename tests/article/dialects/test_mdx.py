"""MDX and Docusaurus: each construct before and after, and the laws over real sites."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.article.dialects.laws import corpus, covered, loud, proven
from translate_pipeline.article import merge, parse
from translate_pipeline.errors import SegmentError

#: why → (before, after in capitals)
CASES = {
    "imports are code, to the blank line": (
        "import A from './a'\nimport {b} from \"b\"\n\nText.\n",
        "import A from './a'\nimport {b} from \"b\"\n\nTEXT.\n",
    ),
    "an export may hold blank lines in brackets": (
        "export const a = {\n\n  b: 'c',\n};\n\nText.\n",
        "export const a = {\n\n  b: 'c',\n};\n\nTEXT.\n",
    ),
    "and in a template": (
        "export const a = `b\n\nc`;\n\nText.\n",
        "export const a = `b\n\nc`;\n\nTEXT.\n",
    ),
    "an import below a comment": (
        "{/* x */}\nimport A from 'a'\n\nText.\n",
        "{/* x */}\nimport A from 'a'\n\nTEXT.\n",
    ),
    "prose that begins like a module statement": (
        "You can\nimport things.\n\nexport them\n",
        "YOU CAN IMPORT THINGS.\n\nEXPORT THEM\n",
    ),
    "children are Markdown": (
        "<Note>\nSome *text*.\n</Note>\n",
        "<Note>\nSOME *TEXT*.\n</Note>\n",
    ),
    "so they are in lower case": (
        "<div>\nSome *text*.\n</div>\n",
        "<div>\nSOME *TEXT*.\n</div>\n",
    ),
    "indented children are no code": (
        "<Tabs>\n    <Tab>\n        Text `a`.\n\n        - item\n            - inner\n"
        "    </Tab>\n</Tabs>\n",
        "<Tabs>\n    <Tab>\n        TEXT `a`.\n\n        - ITEM\n            - INNER\n"
        "    </Tab>\n</Tabs>\n",
    ),
    "an indented first line is no code": ("    Text.\n", "    TEXT.\n"),
    "an indented fence is code": (
        "<A>\n      ```js\n      const a = <b>;\n      ```\n      Text.\n</A>\n",
        "<A>\n      ```js\n      const a = <b>;\n      ```\n      TEXT.\n</A>\n",
    ),
    "a list item's paragraph stays in it": (
        "- a\n\n      b\n\n  c\n",
        "- A\n\n      B\n\n  C\n",
    ),
    "inline elements are pairs": (
        "Press <Key name={a > b}>this key</Key> now.\n",
        "PRESS <Key name={a > b}>THIS KEY</Key> NOW.\n",
    ),
    "a fragment": ("<>\nText.\n</>\n", "<>\nTEXT.\n</>\n"),
    "one line of tags and text is a paragraph": (
        "<summary>Some **text**</summary>\n",
        "<summary>SOME **TEXT**</summary>\n",
    ),
    "prose attributes": (
        '<Card title="A title" icon="star" alt=\'An alt\'/>\n',
        '<Card title="A TITLE" icon="star" alt=\'AN ALT\'/>\n',
    ),
    "over several lines, inline and nested": (
        'Text <A\n  label="A label"\n  b={{c: "title"}}\n/> more.\n',
        'TEXT <A\n  label="A LABEL"\n  b={{c: "title"}}\n/> MORE.\n',
    ),
    "an attribute that is an expression is code": (
        "<A title={'b'} label={`c`} {...d}/>\n",
        "<A title={'b'} label={`c`} {...d}/>\n",
    ),
    "what search engines show": (
        '<meta name="description" content="About it" />\n'
        '<meta name="viewport" content="width" />\n',
        '<meta name="description" content="ABOUT IT" />\n'
        '<meta name="viewport" content="width" />\n',
    ),
    "expressions": (
        "Text {a + '}'} and {`${b}}`} and {/* it's } */} end.\n",
        "TEXT {a + '}'} AND {`${b}}`} AND {/* it's } */} END.\n",
    ),
    "an expression over lines with JSX": (
        "{list.map((a) => (\n  <li>it's {a}</li>\n\n))}\n\nText.\n",
        "{list.map((a) => (\n  <li>it's {a}</li>\n\n))}\n\nTEXT.\n",
    ),
    "escaped braces are text": ("Text \\{a\\} b.\n", "TEXT \\{A\\} B.\n"),
    "code is code": ("`{a} <b>` text\n\n```\n{c\n```\n", "`{a} <b>` TEXT\n\n```\n{c\n```\n"),
    "admonition with a title": (
        ":::note[The *title* of `it`]\n\nText.\n\n:::\n",
        ":::note[THE *TITLE* OF `it`]\n\nTEXT.\n\n:::\n",
    ),
    "as Docusaurus 2 wrote it, glued to its text": (
        ":::tip A title\nText.\n:::\n",
        ":::tip A TITLE\nTEXT.\n:::\n",
    ),
    "no title": (":::caution\nText.\n:::\n", ":::caution\nTEXT.\n:::\n"),
    "attributes behind the title": (
        ':::note[Title]{icon="heart"}\nText.\n:::\n',
        ':::note[TITLE]{icon="heart"}\nTEXT.\n:::\n',
    ),
    "one in another, and in a list": (
        "::::info\n- a\n  :::tip[b]\n  c\n  :::\n::::\n",
        "::::info\n- A\n  :::tip[B]\n  C\n  :::\n::::\n",
    ),
    "a leaf directive": ("::video[A film]{#a}\n", "::video[A FILM]{#a}\n"),
    "an id behind a heading": ("## Title {#title}\n", "## TITLE {#title}\n"),
    "an id in a comment": ("## Title {/*title*/}\n", "## TITLE {/*title*/}\n"),
    "elements whose inside is no prose": (
        "<style>\n  b {}\n\n  c\n</style>\n\nText <svg><text>a</text></svg> b.\n",
        "<style>\n  b {}\n\n  c\n</style>\n\nTEXT <svg><text>a</text></svg> B.\n",
    ),
    "a destination in angle brackets is no tag": ("[Text](<a b>)\n", "[TEXT](<a b>)\n"),
    "CRLF": ("<A>\r\n    Text.\r\n</A>\r\n", "<A>\r\n    TEXT.\r\n</A>\r\n"),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("dialect", ["mdx", "docusaurus"])
def test_constructs(before: str, after: str, dialect: str) -> None:
    assert loud(before, dialect) == after


def test_an_unfinished_tag_spoils_its_paragraph_only() -> None:
    article = parse('<a href="b <Key/>\n\nText <Key/> c.\n', "mdx")
    assert article.segments[-1].text == "Text <x1/> c."
    assert len(article.shadow.masks) == 1


def test_a_quotation_mark_becomes_an_entity() -> None:
    article = parse("<A title=\"b\" label='c'/>\n", "mdx")
    text = merge(article, {1: 'a "b" <c>', 2: "l'eau"}, {})
    assert text == "<A title=\"a &quot;b&quot; &lt;c&gt;\" label='l&#39;eau'/>\n"


def test_a_title_keeps_its_brackets_in_pairs() -> None:
    article = parse(":::note[A title]\nb\n:::\n", "mdx")
    assert merge(article, {1: "Ein [Titel]"}, {}) == ":::note[Ein [Titel]]\nb\n:::\n"
    with pytest.raises(SegmentError, match="in pairs"):
        merge(article, {1: "Ein] Titel"}, {})


def test_the_old_id_of_a_heading() -> None:
    """Only Docusaurus takes `{#id}` out before the MDX compiler would refuse it."""
    text = "[a](#one-two)\n\n## One two\n"
    wanted = {"docusaurus": "## Zwei {#one-two}\n", "mdx": '## <a id="one-two"></a>Zwei\n'}
    for dialect, heading in wanted.items():
        article = parse(text, dialect)
        assert merge(article, {2: "Zwei"}, {}) == f"[a](#one-two)\n\n{heading}"


def test_an_id_in_a_comment_needs_no_other() -> None:
    article = parse("[a](#one)\n\n## One {/*one*/}\n", "mdx")
    assert merge(article, {2: "Eins"}, {}) == "[a](#one)\n\n## Eins {/*one*/}\n"


FLAVOURS = {"docusaurus": "docusaurus", "astro": "mdx", "nextmdx": "mdx"}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_sample(flavour: str) -> None:
    covered(corpus(flavour, sample=25), FLAVOURS[flavour])


@pytest.mark.slow
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_everything(flavour: str) -> None:
    covered(corpus(flavour), FLAVOURS[flavour])


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with @mdx-js/mdx and the script that asks it; skips without npm or network."""
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("npm and node are needed to ask @mdx-js/mdx")
    folder = tmp_path_factory.mktemp("oracle")
    here = Path(__file__).resolve().parents[2] / "oracles"
    for name in ("package.json", "mdx.mjs"):
        shutil.copy(here / name, folder)
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )
    if done.returncode:
        pytest.skip(f"npm could not install @mdx-js/mdx: {done.stderr[-200:]}")
    return folder


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_compiler_reads_the_same(flavour: str, oracle: Path) -> None:
    """@mdx-js/mdx compiles what it compiled before, to a tree that differs only in words."""
    lines = []
    for path in corpus(flavour):
        text = path.read_bytes().decode()
        after = proven(text, FLAVOURS[flavour])[1]
        lines.append(json.dumps({"id": str(path), "before": text, "after": after}))
    done = subprocess.run(
        ["node", "mdx.mjs"], cwd=oracle, input="\n".join(lines) + "\n",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(lines)
    wrong = [a for a in answers if a["verdict"] in ("differs", "broken")]
    assert not wrong, (len(wrong), wrong[:5])
    assert sum(a["verdict"] == "same" for a in answers) > 0.98 * len(answers)
