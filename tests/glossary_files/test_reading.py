"""Glossary files of all formats: what they say, in which language, and where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate_pipeline.errors import ConfigError
from translate_pipeline.glossary_files import FORMATS, Entry, read_glossary, terms_for
from translate_pipeline.locale import parse_locale
from translate_pipeline.model import LocalePair, Term

TOML = """\
keep = ["Cloud Run"]

[[term]]
source = "pull request"
target = { de = "Pull-Request", ja = "プルリクエスト" }
avoid = { de = ["Anfrage", "Ziehanfrage"] }
note = "on GitHub"

[[term]]
source = "hook"
keep = ["de"]
avoid = ["Haken"]

[[term]]
source = "later"
target = { de = "" }
"""
CSV = """\
source,de,ja,avoid:de,avoid,keep,note
pull request,Pull-Request,プルリクエスト,Anfrage|Ziehanfrage,,,on GitHub

hook,,,,Haken,de,
Cloud Run,,,,,yes,
"a, b","c
d",,,,,
"""
TBX = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
 <termEntry id="c1">
  <descrip type="definition">on GitHub</descrip>
  <langSet xml:lang="en"><tig><term>pull request</term></tig></langSet>
  <langSet xml:lang="de">
   <tig><term>Anfrage</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
   <tig><term>Pull-<hi>Request</hi></term></tig>
   <tig><term>Ziehanfrage</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="ja"><ntig><termGrp><term>プルリクエスト</term></termGrp></ntig></langSet>
 </termEntry>
 <termEntry id="c2">
  <langSet xml:lang="en"><tig><term>Cloud Run</term></tig></langSet>
  <langSet xml:lang="de"><tig><term>Cloud Run</term></tig></langSet>
 </termEntry>
</body></text></martif>
"""  # noqa: E501 - as tools write it
TBX3 = """\
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
 <conceptEntry id="c1">
  <langSec xml:lang="en"><termSec><term>branch &amp; tag</term></termSec></langSec>
  <langSec xml:lang="pt-BR"><termSec><term>ramo</term></termSec>
   <termSec><term>galho</term>
    <basic:administrativeStatus>deprecatedTerm-admn-sts</basic:administrativeStatus></termSec>
  </langSec>
 </conceptEntry>
</body></text></tbx>
"""
PULL = Term("pull request", "Pull-Request", ("Anfrage", "Ziehanfrage"), "on GitHub")


def pair(target: str, source: str = "en") -> LocalePair:
    return LocalePair(parse_locale(source), parse_locale(target))


def read(folder: Path, name: str, text: str) -> tuple[Entry, ...]:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_glossary(path)


def test_toml(tmp_path: Path) -> None:
    entries = read(tmp_path, "g.toml", TOML)
    assert terms_for(entries, pair("de")) == (
        Term("Cloud Run"),
        PULL,
        Term("hook", "", ("Haken",)),
    )
    assert terms_for(entries, pair("ja")) == (
        Term("Cloud Run"),
        Term("pull request", "プルリクエスト", (), "on GitHub"),
    )
    assert terms_for(entries, pair("fr")) == (Term("Cloud Run"),)
    assert [e.place.rpartition(":")[2] for e in entries[1:]] == ["3", "9", "14"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    text = CSV if delimiter == "," else CSV.replace('"a, b"', "x").replace(",", delimiter)
    entries = read(tmp_path, "g.csv", "\ufeff" + text.replace("\n", "\r\n"))
    assert terms_for(entries, pair("de"))[:3] == (
        PULL,
        Term("hook", "", ("Haken",)),
        Term("Cloud Run"),
    )
    assert terms_for(entries, pair("fr")) == (Term("Cloud Run"),)
    assert [e.place.rpartition(":")[2] for e in entries] == ["2", "4", "5", "6"]


def test_tbx(tmp_path: Path) -> None:
    entries = read(tmp_path, "g.tbx", TBX)
    assert terms_for(entries, pair("de")) == (PULL, Term("Cloud Run"))
    assert terms_for(entries, pair("ja"))[0].target == "プルリクエスト"
    assert terms_for(entries, pair("ja", "de")) == (
        Term("Anfrage", "プルリクエスト", (), "on GitHub"),
        Term("Pull-Request", "プルリクエスト", (), "on GitHub"),
        Term("Ziehanfrage", "プルリクエスト", (), "on GitHub"),
    )
    assert terms_for(entries, pair("en", "fr")) == ()


def test_tbx_3(tmp_path: Path) -> None:
    entries = read(tmp_path, "g.xml", TBX3)
    assert terms_for(entries, pair("pt-BR")) == (Term("branch & tag", "ramo", ("galho",)),)
    assert terms_for(entries, pair("pt")) == terms_for(entries, pair("pt-BR"))
    assert terms_for(entries, pair("pt-PT")) == ()


@pytest.mark.parametrize(
    ("told", "wanted", "holds"),
    [
        ("de", "de-AT", True),
        ("de-AT", "de", False),
        ("zh-Hant", "hant", True),
        ("zh-CN", "zh", True),
        ("zh", "zh-CN", True),
        ("zh", "hant", False),
        ("zh-Hans", "zh-Hant", False),
        ("sr", "sr-Latn", False),
        ("en-US", "en", True),
        ("es", "pt", False),
    ],
)
def test_a_language_holds_for_its_kin(told: str, wanted: str, holds: bool) -> None:
    entry = Entry("x", ((parse_locale(told), "y"),))
    assert bool(terms_for([entry], pair(wanted, "fr"))) is holds


def test_the_nearest_language_wins_and_the_later_entry() -> None:
    de, at = parse_locale("de"), parse_locale("de-AT")
    entries = [
        Entry("x", ((de, "a"), (at, "b"))),
        Entry("y", ((de, "c"),)),
        Entry("y", ((de, "d"),)),
    ]
    assert terms_for(entries, pair("de-AT")) == (Term("x", "b"), Term("y", "d"))
    assert terms_for(entries, pair("de")) == (Term("x", "a"), Term("y", "d"))


def test_the_sites_own_spellings_are_known(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("source,deutsch\nbranch,Zweig\n")
    entries = read_glossary(tmp_path / "g.csv", aliases={"deutsch": "de"})
    assert terms_for(entries, pair("de")) == (Term("branch", "Zweig"),)


FAULTS = [
    ("g.toml", "keep = [", "no TOML"),
    ("g.toml", "keep = 3", "`keep` must be a list"),
    ("g.toml", "terms = []", "did you mean `term`?"),
    ("g.toml", "term = 3", r"write \[\[term\]\]"),
    ("g.toml", "\n[[term]]\nsorce = 'x'", r"g\.toml:2: .* `sorce`; did you mean `source`"),
    ("g.toml", "[[term]]\nsource = 'x'", r"g\.toml:1: the term has neither"),
    ("g.toml", "[[term]]\nsource = 'x'\ntarget = 'y'", "must name languages"),
    ("g.toml", "[[term]]\nsource = 'x'\ntarget = { jp = 'y' }", r"g\.toml:1: .*write `ja`"),
    ("g.toml", "[[term]]\nsource = 'x'\nkeep = 3", "`keep` must be true"),
    ("g.toml", "[[term]]\nsource = 'x'\navoid = 'y'", "`avoid` must be"),
    ("g.toml", "[[term]]\nsource = 3\nkeep = true", "must be text"),
    ("g.toml", "[[term]]\nkeep = true", "is empty"),
    ("g.toml", f"keep = ['{'x' * 201}']", "longer than 200"),
    ("g.toml", "x = " + "[" * 5000, "g.toml"),
    ("g.csv", "de,fr\na,b", r"g\.csv:1: .*one of them `source`"),
    ("g.csv", "source,klingon\na,b", r"g\.csv:1: .*BCP 47"),
    ("g.csv", "source,de\na,b,c", r"g\.csv:2: 3 cells for 2 columns"),
    ("g.csv", "source,de\n\na,", r"g\.csv:3: .*neither a rendering"),
    ("g.csv", 'source,de\na,"b', r"g\.csv:2: this is no CSV"),
    ("g.csv", "source,,de\na,b,c", "has no name"),
    ("g.csv", "source,de\n,b", r"g\.csv:2: .*is empty"),
    ("g.csv", "source,keep\na,perhaps", r"g\.csv:2: .*BCP 47"),
    ("g.tbx", "<tmx/>", r"g\.tbx:1: .*not with <martif>"),
    ("g.tbx", "<martif>\n<text>", r"g\.tbx:2: this is no well-formed XML"),
    ("g.tbx", '<!DOCTYPE martif [<!ENTITY a "b">]><martif/>', "can be an attack"),
    ("g.tbx", '<!DOCTYPE martif SYSTEM "x.dtd"><martif>&a;</martif>', "entity"),
    ("g.tbx", "<martif>" * 40, "nested deeper"),
    ("g.tbx", '<martif><termEntry><langSet xml:lang="jp"/></termEntry></martif>', "write `ja`"),
    ("g.tbx", f"<martif><termEntry><note>{'x' * 20_000}</note></termEntry></martif>", "characters"),
    ("g.tbx", '<martif><termEntry><langSet xml:lang="de"><tig><term/></tig></langSet></termEntry>'
     "</martif>", "a term is empty"),
    ("g.md", "x", r"is a file \.toml"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), FAULTS)
def test_a_fault_names_the_file_and_what_to_do(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        read(tmp_path, name, text)
    assert str(caught.value).startswith(str(tmp_path / name))
    assert len(str(caught.value)) < 500


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        read_glossary(tmp_path / "g.toml")
    (tmp_path / "g.csv").write_bytes(b"source,de\n\xff,x\n")
    with pytest.raises(ConfigError, match=r"line 2.*not UTF-8"):
        read_glossary(tmp_path / "g.csv")
    (tmp_path / "d.toml").mkdir()
    with pytest.raises(ConfigError):
        read_glossary(tmp_path / "d.toml")


def test_a_billion_laughs_are_refused(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE martif [<!ENTITY l0 "ha">{laughs}]><martif>&l9;</martif>'
    with pytest.raises(ConfigError, match="attack"):
        read(tmp_path, "g.tbx", text)


def test_every_format_has_a_reader(tmp_path: Path) -> None:
    for ending in FORMATS:
        text = {".toml": "", ".csv": "source,de\n", ".tsv": "source\tde\n"}.get(ending, "<tbx/>")
        assert read(tmp_path, f"empty{ending}", text) == ()
