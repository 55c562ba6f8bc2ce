"""TMX out and in: the round trip as a law, other tools' files as a table, hostile files refused.

The oracle is translate-toolkit: it reads what we write, we read what it writes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile  # type: ignore[import-untyped]

from translate_pipeline.errors import ConfigError
from translate_pipeline.locale import parse_locale
from translate_pipeline.memory import tmx
from translate_pipeline.memory.entry import Entry
from translate_pipeline.memory.identity import text_key
from translate_pipeline.model import Kind, Maker

HEAD = '<?xml version="1.0"?><tmx version="1.4">'
# Everything that XML, TMX and our escapes could trip over.
HARD = (
    "a",
    "<x1/> & <b1>x</b1> ]]> \"'",
    "[Tide](u1) **`a < b`** $a & b$ &amp; &#13;",
    " lead and trail ",
    "tab\tcr\rlf\ncrlf\r\n",
    "\x00\x0b\x0c\x1b\x7f\x85\u2028\ufeff\ufffe\uffff",
    "\ud800 lone \udfff",
    "« été » 5 % – „Flut“ 「潮」。𝔸 👩\u200d🚀",
    '<ph type="x-char">U+000C</ph>',
    "{{ page.title }} {% raw %}",
)


def entry(
    source: str = "The tide",
    target: str = "Die Gezeiten",
    *,
    kind: str = Kind.PARAGRAPH,
    to: str = "de",
    **more: object,
) -> Entry:
    note = str(more.get("note", ""))
    return Entry(
        key=text_key(kind, source, note),
        source_tag="en",
        target_tag=to,
        kind=kind,
        source=source,
        target=target,
        **more,  # type: ignore[arg-type]
    )


def written(*entries: Entry) -> bytes:
    stream = io.BytesIO()
    assert tmx.write(entries, stream) == len(entries)
    return stream.getvalue()


def read(data: bytes | str, **options: object) -> list[Entry]:
    raw = data.encode() if isinstance(data, str) else data
    return list(tmx.read(io.BytesIO(raw), where="x.tmx", **options))  # type: ignore[arg-type]


def unit(body: str, *, attributes: str = "", srclang: str = "en") -> str:
    return f'{HEAD}<header srclang="{srclang}"/><body><tu {attributes}>{body}</tu></body></tmx>'


def pair(source: str, target: str, *, attribute: str = "xml:lang") -> str:
    return unit(
        f'<tuv {attribute}="en"><seg>{source}</seg></tuv>'
        f'<tuv {attribute}="de"><seg>{target}</seg></tuv>'
    )


# --- the law ---------------------------------------------------------------------------

texts = st.one_of(
    st.sampled_from(HARD), st.text(min_size=1, max_size=40).filter(lambda text: text.strip())
)
signatures = st.one_of(st.just(""), st.sampled_from(HARD), st.text(max_size=20))
dates = st.one_of(
    st.just(""),
    st.datetimes(min_value=datetime(1990, 1, 1)).map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}"),
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    kind, source, note = draw(st.sampled_from(list(Kind))), draw(texts), draw(signatures)
    return Entry(
        key=text_key(kind, source, note),
        source_tag=draw(st.sampled_from(["en", "de"])),
        target_tag=draw(st.sampled_from(["fr", "ja", "zh-Hant-HK", "pt-BR"])),
        kind=kind,
        source=source,
        target=draw(texts),
        context=draw(st.one_of(st.just(b""), st.binary(min_size=8, max_size=8))),
        maker=draw(st.sampled_from(list(Maker))),
        signature=draw(signatures),
        made=draw(dates),
        note=note,
    )


@settings(deadline=None, max_examples=150)
@given(st.lists(entries(), max_size=6))
def test_what_was_written_is_read_again(given_entries: list[Entry]) -> None:
    assert read(written(*given_entries)) == given_entries


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_come_back(text: str) -> None:
    one = entry(text, text, note=text, signature=text)
    assert read(written(one)) == [one]


def test_every_unicode_character_comes_back() -> None:
    numbers = (*range(0x3000), *range(0xD7F0, 0xE010), *range(0xFFF0, 0x10010))
    every = [chr(number) for number in numbers]
    one = entry("a" + "".join(every), "b" + "".join(reversed(every)))
    assert read(written(one)) == [one]


def test_neighbours_share_a_unit() -> None:
    same = [entry(to=to, target=to) for to in ("de", "fr", "ja")]
    other = [entry(kind=Kind.HEADING), entry(kind=Kind.HEADING, target="Tiden")]
    data = written(*same, *other).decode()
    assert data.count("<tu ") == 3, "the same target language twice needs two units"
    assert data.count("<tuv ") == 8
    assert read(data) == [*same, *other]


def test_the_file_says_what_the_standard_asks_for() -> None:
    data = written(entry(made="2026-11-23T22:31:05Z", maker=Maker.PERSON)).decode()
    assert data.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header ')
    for attribute in ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang",
                      "srclang", "datatype"):  # fmt: skip
        assert f' {attribute}="' in data
    assert 'creationdate="20261123T223105Z"' in data
    assert '<prop type="x-maker">person</prop>' in data
    assert data.endswith("</body>\n</tmx>\n")
    assert "<!DOCTYPE" not in data


def test_the_source_language_of_the_file() -> None:
    stream = io.BytesIO()
    tmx.write([entry()], stream, source_tag="en")
    header, other = stream.getvalue().decode().split("<body>")
    assert 'srclang="en"' in header
    assert 'srclang="*all*"' in written().decode()
    assert 'srclang="en"' in other


@pytest.mark.parametrize(
    ("made", "comes_back"),
    [
        ("2026-11-23T22:31:05+00:00", "2026-11-23T22:31:05Z"),
        ("2026-11-24T00:31:05+02:00", "2026-11-23T22:31:05Z"),
        ("yesterday", ""),
    ],
)
def test_dates_are_utc(made: str, comes_back: str) -> None:
    assert [found.made for found in read(written(entry(made=made)))] == [comes_back]


def test_an_empty_memory_is_a_file() -> None:
    assert read(written()) == []


def test_keys_are_computed_never_trusted() -> None:
    data = written(entry()).decode()
    forged = data.replace(entry().key.hex(), "00" * 16)
    assert forged != data
    assert read(forged) == [entry()]


def test_a_changed_text_has_another_key() -> None:
    changed = written(entry()).decode().replace("<seg>The tide</seg>", "<seg>The ebb</seg>")
    assert read(changed) == [entry("The ebb")]


class _Endless:
    """A memory of many units, made as it is read; what a 100 GB file would be."""

    def __init__(self, count: int) -> None:
        self.units = (self._unit(number) for number in range(count))
        self.rest = f"{HEAD}<header srclang='en'/><body>".encode()
        self.read_units = 0

    def _unit(self, number: int) -> bytes:
        self.read_units += 1
        return (
            "<tu><prop type='x-kind'>paragraph</prop>"
            f"<tuv xml:lang='en'><seg>a {number}</seg></tuv>"
            f"<tuv xml:lang='de'><seg>b {number}</seg></tuv></tu>"
        ).encode()

    def read(self, size: int, /) -> bytes:
        while len(self.rest) < size:
            following = next(self.units, None)
            if following is None:
                break
            self.rest += following
        data, self.rest = self.rest[:size], self.rest[size:]
        return data or b""


def test_units_come_as_they_are_read() -> None:
    stream = _Endless(10**9)
    found = tmx.read(stream, where="x.tmx")
    for number in range(2000):
        assert next(found).source == f"a {number}"
    assert stream.read_units < 4000


def test_units_go_as_they_come() -> None:
    stream = io.BytesIO()
    seen: list[int] = []

    def source() -> Iterator[Entry]:
        for number in range(1000):
            seen.append(stream.tell())
            yield entry(f"a {number}")

    tmx.write(source(), stream)
    assert seen == sorted(set(seen))
    assert seen[-1] > 100_000


# --- the oracle ------------------------------------------------------------------------


def oracle_units(data: bytes) -> list[tuple[str, str, str]]:
    """Source, target language and target as translate-toolkit reads them."""
    found = []
    for each in tmxfile.parsestring(data).units:
        first, *others = each.getlanguageNodes()
        source = each.getNodeText(first, "preserve")
        for node in others:
            lang = node.get("{http://www.w3.org/XML/1998/namespace}lang")
            found.append((source, lang, each.getNodeText(node, "preserve")))
    return found


def test_the_oracle_reads_what_we_write() -> None:
    # The toolkit's text of a placeholder is not the character that it stands for.
    plain = [text for text in HARD if not any(c in text for c in "\x00\ud800")]
    assert len(plain) == len(HARD) - 2
    ours = [entry(text, f"{text} ({to})", to=to) for text in plain for to in ("de", "fr", "ja")]
    assert oracle_units(written(*ours)) == [(e.source, e.target_tag, e.target) for e in ours]


def test_the_oracle_survives_what_xml_cannot_hold() -> None:
    (found,) = oracle_units(written(entry("a\x0cb", "c\x0cd")))
    assert found[0].startswith("a")
    assert "U+000C" in found[0]


def test_we_read_what_the_oracle_writes() -> None:
    store = tmxfile(sourcelanguage="en", targetlanguage="de")
    plain = [text for text in HARD if not any(c in text for c in "\x00\ud800\r\t")]
    for number, text in enumerate(plain):
        store.addtranslation(f"{number} {text.strip()}", "en", f"{text.strip()} {number}", "de")
    data = bytes(store)
    assert b"<!DOCTYPE tmx" in data, "the toolkit names the DTD, and that alone is allowed"
    found = read(data)
    assert len(found) == len(plain) * len(tmx.FOREIGN_KINDS)
    assert [(e.source, e.target) for e in found if e.kind == Kind.PARAGRAPH] == [
        (f"{number} {text.strip()}", f"{text.strip()} {number}")
        for number, text in enumerate(plain)
    ]
    assert {e.maker for e in found} == {Maker.IMPORTED}


# --- other tools -----------------------------------------------------------------------


def test_units_without_a_kind_serve_the_common_kinds() -> None:
    found = read(pair("The tide", "Die Tide"))
    assert [e.kind for e in found] == ["paragraph", "heading", "title", "list-item"]
    assert [e.key for e in found] == [text_key(e.kind, "The tide") for e in found]


def test_a_file_from_elsewhere_cannot_make_a_person() -> None:
    forged = pair("a word", "ein Wort").replace(
        "<tuv ", '<prop type="x-maker">person</prop><tuv ', 1
    )
    assert {e.maker for e in read(forged)} == {Maker.IMPORTED}


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("DE-de", "de"),  # the region that likely subtags give
        ("de_DE", "de"),
        ("DE", "de"),
        ("de-CH", "de-CH"),  # another spelling of German: not taken for ours
        ("PT-pt", "pt-PT"),
        ("PT-br", "pt-BR"),
        ("zh-TW", "zh-Hant-TW"),
        ("zh-CN", "zh-Hans"),
        ("JA-jp", "ja"),
    ],
)
def test_language_names(name: str, tag: str) -> None:
    locales = [parse_locale(each) for each in ("de", "pt-BR", "zh-Hans", "ja")]
    text = unit(
        '<tuv xml:lang="en"><seg>a word</seg></tuv>'
        f'<tuv xml:lang="{name}"><seg>b</seg></tuv>'
    )  # fmt: skip
    assert {e.target_tag for e in read(text, locales=locales)} == {tag}


def test_the_source_may_be_named_otherwise() -> None:
    body = '<tuv xml:lang="{}"><seg>a</seg></tuv><tuv xml:lang="de"><seg>b</seg></tuv>'
    for srclang, named in (("en", "EN-US"), ("en-us", "en"), ("EN_us", "en-US")):
        found = read(unit(body.format(named), srclang=srclang), locales=[parse_locale("en")])
        assert {(e.source_tag, e.source) for e in found} == {("en", "a")}
    assert {e.source_tag for e in read(unit(body.format("en-GB")))} == {"en-GB"}


def test_lang_without_xml() -> None:
    assert read(pair("a", "b", attribute="lang")) == read(pair("a", "b"))


def test_a_file_without_a_source_language() -> None:
    body = "".join(
        f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>'
        for tag, text in (("de", "Wort"), ("en", "word"), ("fr", "mot"))
    )
    text = unit(body, srclang="*all*")
    assert {(e.source, e.target) for e in read(text)} == {("Wort", "word"), ("Wort", "mot")}
    english = read(text, source=parse_locale("en"))
    assert {(e.source, e.target) for e in english} == {("word", "Wort"), ("word", "mot")}


def test_dates_of_other_tools() -> None:
    text = unit(
        '<tuv xml:lang="en"><seg>a</seg></tuv>'
        '<tuv xml:lang="de" creationdate="20200101T000000Z" changedate="20210203T040506Z">'
        "<seg>b</seg></tuv>"
    )
    assert {e.made for e in read(text)} == {"2021-02-03T04:05:06Z"}


def test_white_space_of_other_tools() -> None:
    (found, *_) = read(pair("\n  a\n  word ", " ein\u00a0Wort\n"))
    assert (found.source, found.target) == ("a word", "ein\u00a0Wort")


def test_utf_16() -> None:
    text = pair("a word", "ein Wörtchen").replace('"1.0"', '"1.0" encoding="utf-16"', 1)
    assert read(text.encode("utf-16"))[0].target == "ein Wörtchen"


BOLD = '<bpt i="1" x="1">&lt;b&gt;</bpt>{}<ept i="1">&lt;/b&gt;</ept>'
SPAN = '<bpt i="2" x="2">&lt;span class="q"&gt;</bpt>{}<ept i="2">&lt;/span&gt;</ept>'
LINK = '<bpt i="1">&lt;a href="/x"&gt;</bpt>{}<ept i="1">&lt;/a&gt;</ept>'
BREAK = '<ph x="3">&lt;br/&gt;</ph>'
CODE = "<ph>`tide.py`</ph>"


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("a <hi>b</hi> c", "d <hi type='x'>e</hi>", ("a b c", "d e")),
        (BOLD.format("a") + " b", "c " + BOLD.format("d"), ("**a** b", "c **d**")),
        (
            BOLD.format("a") + SPAN.format("b"),
            SPAN.format("c") + BOLD.format("d"),
            ("**a**<b1>b</b1>", "<b1>c</b1>**d**"),
        ),
        ("see " + LINK.format("a"), LINK.format("b"), ("see [a](u1)", "[b](u1)")),
        (f"a{BREAK}b", f"c{BREAK}d", ("a<x1/>b", "c<x1/>d")),
        (f"run {CODE}", f"{CODE} starten", ("run `tide.py`", "`tide.py` starten")),
        ("<ph>{{ page.x }}</ph> a", "<ph>{{ page.x }}</ph> b", ("<x1/> a", "<x1/> b")),
        (
            '<bpt i="1">**</bpt>a<ept i="1">**</ept>',
            '<bpt i="1">**</bpt>b<ept i="1">**</ept>',
            ("**a**", "**b**"),
        ),
    ],
)
def test_inline_codes_with_a_meaning(source: str, target: str, expected: tuple[str, str]) -> None:
    found = read(pair(source, target))
    assert {(e.source, e.target) for e in found} == {expected}


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ('<ph x="1"/>a', '<ph x="1"/>b', "inline code"),
        ("<ph>%s</ph> a", "<ph>%s</ph> b", "inline code"),
        ('<bpt i="1">{\\b </bpt>a<ept i="1">}</ept>', "b", "inline code"),
        ('<it pos="begin">&lt;b&gt;</it>a', "b", "inline code"),
        ("<ut>x</ut>a", "b", "inline code"),
        (f"a{BREAK}", "b", "other inline codes"),
        ("a", f"b{BREAK}", "other inline codes"),
        (f"a{BREAK}", f"b{BREAK}{BREAK}", "other inline codes"),
        ('<bpt i="1">&lt;b&gt;</bpt>a', '<bpt i="1">&lt;b&gt;</bpt>b', "other inline codes"),
        ("<ph>&lt;x <sub>text</sub>&gt;</ph>a", "b", "<sub> inside"),
        ("<ph>&lt;br/&gt;</ph>" * 500 + "a", "b", "more than 200"),
        ("<p><tu></tu>x</p>a", "b", "<p> inside"),
        ("  ", "b", "an empty text"),
        ("a", "<hi/>", "an empty text"),
    ],
)
def test_units_that_cannot_be_used_are_told(source: str, target: str, reason: str) -> None:
    told: list[str] = []
    text = pair(source, target).replace(
        "</body>",
        '<tu><tuv xml:lang="en"><seg>next</seg></tuv>'
        '<tuv xml:lang="de"><seg>weiter</seg></tuv></tu></body>',
    )
    assert {e.source for e in read(text, on_drop=told.append)} == {"next"}
    assert len(told) == 1
    assert reason in told[0]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<tuv xml:lang="en"><seg>a</seg></tuv>', "fewer than two"),
        (
            '<tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="Klingon"><seg>b</seg></tuv>',
            "no known language: 'Klingon'",
        ),
        ('<tuv xml:lang="en"><seg>a</seg></tuv><tuv><seg>b</seg></tuv>', "no known language: ''"),
        (
            '<tuv xml:lang="fr"><seg>a</seg></tuv><tuv xml:lang="de"><seg>b</seg></tuv>',
            "no text in the source language en",
        ),
        (
            '<tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv>',
            "two texts in the source language",
        ),
    ],
)
def test_units_without_two_languages_are_told(body: str, reason: str) -> None:
    told: list[str] = []
    assert read(unit(body), on_drop=told.append) == []
    assert len(told) == 1
    assert reason in told[0]


# --- hostile and broken files ----------------------------------------------------------

LAUGHS = """<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;">]><tmx version="1.4"><header srclang="en"/><body/></tmx>"""
FILE = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "{}" [<!ENTITY x SYSTEM "{}">]>
<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>&x;</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LAUGHS, "can be an attack"),
        (
            '<?xml version="1.0"?><!DOCTYPE tmx [<!ELEMENT a (#PCDATA)>]><tmx/>',
            "can be an attack",
        ),
        ('<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx><body>&nbsp;</body></tmx>', "an entity"),
        (pair("&nbsp;", "b"), "x.tmx:1: this is no well-formed XML (undefined entity)"),
        (pair("a", "b")[:-20], "no well-formed XML"),
        ("", "no well-formed XML (no element found)"),
        ("<html><body/></html>", "begins with <html>"),
        ("PK\x03\x04zip", "no well-formed XML"),
        ('<?xml version="1.0" encoding="klingon"?><tmx/>', "x.tmx:"),
        (HEAD + "<a>" * 100, "nested deeper than 32"),
        (pair("a" * 2_000_001, "b"), "more than 2,000,000 characters"),
        (unit("<tuv/>" * 40_000), "more than 2,000,000 characters"),
        (unit("", attributes=f'x="{"a" * 1_200_000}"'), "longer than 1 MB"),
        (f"{HEAD}<!--{'a' * 1_200_000}--></tmx>", "longer than 1 MB"),
        (
            unit('<prop type="x-note" o-encoding="x-json">1</prop>'),
            "none; delete it",
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)  # fmt: skip
def test_what_is_refused(text: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert says in str(caught.value)
    assert str(caught.value).startswith("x.tmx:")
    assert len(str(caught.value)) < 300


def test_no_file_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    with pytest.raises(ConfigError) as caught:
        read(FILE.format(secret.as_uri(), secret.as_uri()))
    assert "the secret" not in str(caught.value)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_damage_is_an_error_or_no_harm(data: st.DataObject) -> None:
    whole = written(entry("a <x1/> b\x0c", "c <x1/> d\x0c", note="n"), entry("e", to="fr"))
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(
        st.sampled_from(
            [
                b"",
                b"<seg>",
                b"</seg>",
                b"<tu>",
                b"<ph>",
                b"</tu>",
                b"<tuv>",
                b"\xff",
                b"&#0;",
                b"<prop>",
                b"</ph>",
                b"<hi>",
            ]
        )
    )
    try:
        found = read(whole[:at] + put + whole[at + cut :])
    except ConfigError:
        return
    assert all(e.key == text_key(e.kind, e.source, e.note) for e in found)


@settings(deadline=None, max_examples=100)
@given(
    st.recursive(
        st.sampled_from(["a", "<seg/>", "<ph/>", "<prop type='x-kind'>title</prop>"]),
        lambda inner: st.builds(
            lambda name, parts: f"<{name} xml:lang='en' i='1'>{''.join(parts)}</{name}>",
            st.sampled_from(["tu", "tuv", "seg", "ph", "bpt", "ept", "prop", "hi", "sub", "body"]),
            st.lists(inner, max_size=4),
        ),
        max_leaves=12,
    )
)
def test_elements_in_any_order_do_no_harm(body: str) -> None:
    text = f"{HEAD}<header srclang='en'/><body>{body}<tu><tuv xml:lang='en'><seg>a</seg></tuv>"
    text += "<tuv xml:lang='de'><seg>b</seg></tuv></tu></body></tmx>"
    assert ("a", "b") in {(e.source, e.target) for e in read(text)}
