"""Each fix alone: what it sets right, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.samples import segment
from tests.fixes.test_init import STYLES
from translate_pipeline import fixes
from translate_pipeline.model import Kind

NB, NNB = "\u00a0", "\u202f"

# fix, language, source, target, what comes out (None: unchanged).
TABLE: list[tuple[str, str, str, str, str | None]] = [
    ("block-marks", "de", "Intro", "## Einleitung", "Einleitung"),
    ("block-marks", "de", "# in shells", "# in Shells", None),
    ("block-marks", "de", "Intro", "#Einleitung", None),
    ("block-marks", "de", "Intro", "# a\nb", None),
    ("block-marks", "de", "January first", "1. Januar", None),
    ("block-marks", "es", "“Hello”, she said.", "- Hola - dijo ella.", None),  # no list item
    ("characters", "de", "x", "a\u200bb\ufeffc\u2060d", "abcd"),
    ("characters", "de", "x", "Caf\u0065\u0301", "Café"),
    ("characters", "de", "x", "a\x07b\x9fc", "abc"),
    ("characters", "de", "x", "a\u2028b", "a b"),
    ("characters", "de", "x", "a\u200fb\u202ec", "abc"),
    ("characters", "de", "a\u200bb", "a\u200bb", None),  # the author's own
    ("characters", "de", "x", "a\tb\nc", None),
    ("characters", "de", "x", "Schi\u00adff", None),  # a soft hyphen may be wanted
    ("characters", "de", "x", "a\ufffdb", None),  # a letter is lost: no fix, an error
    ("characters", "de", "x", "`a\u200bb` c", None),
    ("characters", "de", "x", "👩\u200d🚀 ❤\ufe0f\u200d🔥", None),
    ("characters", "de", "x", "🏴\U000e0067\U000e0062\U000e007f", None),
    ("characters", "de", "x", "a\U000e0041\U000e0042b", "ab"),  # orders that nobody sees
    ("characters", "ar", "x", "می\u200cخواهم", None),
    ("characters", "hi", "x", "क्\u200dष", None),
    ("characters", "de", "x", "a\u200cb", "ab"),
    ("characters", "ar", "x", "نص\u200f!", None),
    ("characters", "ar", "x", "\u2066API\u2069 نص", None),
    ("characters", "ar", "x", "\u2066API نص", "API نص"),
    ("characters", "ar", "x", "\u202eAPI نص", "API نص"),
    ("characters", "he", "x", "\u2067a\u2066b\u2069c\u2069", None),
    ("characters", "ja", "x", "**「a」**\u200bを", None),  # makes the emphasis render
    ("characters", "ja", "x", "\ufa19社", None),  # NFC would spell a name otherwise
    ("characters", "ja", "x", "は\u3099", "ば"),
    ("double-space", "de", "a b", "a  b   c", "a b c"),
    ("double-space", "de", "a.  b", "a.  b", None),
    ("double-space", "de", "a b", "a  \nb", None),  # a line break
    ("double-space", "de", "a b", "  a", None),
    ("double-space", "de", "a b", "`a  b` c", None),
    ("ellipsis", "de", "Wait…", "Warte...", "Warte…"),
    ("ellipsis", "de", "Wait...", "Warte...", None),
    ("ellipsis", "de", "x", "a [...] b", None),
    ("ellipsis", "de", "x", "Pfad.../b und ...a und a....", None),
    ("ellipsis", "zh-Hans", "Wait…", "等等...", "等等……"),
    ("ellipsis", "zh-Hans", "Wait…", "等等…好", "等等……好"),
    ("ellipsis", "zh-Hans", "Wait…", "等等……", None),
    ("ellipsis", "hi", "Wait…", "रुको...", None),
    ("han-latin", "zh-Hant", "x", "使用API和2個**Docker**容器", "使用 API 和 2 個**Docker**容器"),
    ("han-latin", "zh-Hant", "x", "使用 API，`a`很好（API）", None),
    ("han-latin", "zh-Hans", "x", "使用API", None),
    ("han-latin", "ja", "x", "APIを使う API を", None),
    ("percent", "de", "x", "um 5% mehr", f"um 5{NB}% mehr"),
    ("percent", "de", "x", f"5 % und 5{NB}% und 50%s, 7%3, 100%;", None),
    ("percent", "pt-BR", "x", f"5 % e 6{NNB}% mais", "5% e 6% mais"),
    ("percent", "pt-BR", "x", "7 % 3", None),
    ("percent", "tr", "x", "%5 ve 5 %", None),
    ("percent", "de", "x", "`5%` und https://a.de/5%", None),
    ("punctuation", "zh-Hans", "x", "你好, 世界.", "你好，世界。"),
    ("punctuation", "zh-Hans", "x", "问题:怎么做?很好!", "问题：怎么做？很好！"),
    ("punctuation", "zh-Hans", "x", "**注意:** 文件", "**注意：** 文件"),
    ("punctuation", "zh-Hans", "x", "文件 (可选)和 (API)", "文件（可选）和 (API)"),
    ("punctuation", "zh-Hans", "x", "文件(见 [b](u1))", None),
    ("punctuation", "zh-Hans", "x", "模型(大型)", "模型（大型）"),
    ("punctuation", "zh-Hans", "x", "用 `a`, API, 3.5, b.py 和 12:30", None),
    ("punctuation", "zh-Hans", "x", "第一行,  \n第二行", "第一行，  \n第二行"),
    ("punctuation", "zh-Hans", "x", "[链接](u1), [文字.](u2)", "[链接](u1), [文字。](u2)"),
    ("punctuation", "ja", "x", "はい, これです.", "はい、これです。"),
    ("punctuation", "ja", "x", "タイプ: 文字列", None),
    ("punctuation", "ar", "x", "نعم, هل هذا صحيح?", "نعم، هل هذا صحيح؟"),
    ("punctuation", "ar", "x", "API, Docker?", None),
    ("punctuation", "hi", "x", "यह सही है. वह भी.", "यह सही है। वह भी।"),
    ("punctuation", "hi", "x", "डॉ. राव और ए. पी. जे. अब्दुल", None),
    ("punctuation", "hi", "x", "API. 3.5 `a`.", None),
    ("punctuation", "de", "x", "你好, 世界.", None),
    ("quotes", "de", "“a”", "Er sagt “ja” und “nein”.", "Er sagt „ja“ und „nein“."),
    ("quotes", "de", "“a”", "“Er sagt ‘ja’ dazu”", "„Er sagt ‚ja‘ dazu“"),
    ("quotes", "de", "“a”", '"Ja", sagt sie.', "„Ja“, sagt sie."),
    ("quotes", "de", '"a"', '"Ja", sagt sie.', None),  # the author types them straight
    ("quotes", "de", "a", '"Ja", sagt sie.', None),
    ("quotes", "de", '"a"', "“Ja”, sagt sie.", "„Ja“, sagt sie."),
    ("quotes", "de", "“a”", "„Ja“, sagt sie.", None),
    ("quotes", "de", "“a”", "“Ja, sagt sie.", None),  # no partner
    ("quotes", "de", "“a”", "Ja”, sagt sie.", None),
    ("quotes", "de", "“a”", "`“a”` und don’t", None),
    ("quotes", "de", "“a”", "**“Ja”** und [“so”](u1)", "**„Ja“** und [„so“](u1)"),
    ("quotes", "de", "“a”", "“`a`” heißt", "„`a`“ heißt"),
    ("quotes", "fr", "“a”", "Il dit “oui”.", f"Il dit «{NB}oui{NB}»."),
    ("quotes", "fr", "“a”", "Il dit « un “mot” ici ».", None),
    ("quotes", "fr", "“a”", "Il dit “ oui ”.", "Il dit « oui »."),
    ("quotes", "fr", "“a”", "« L’ami d’« ici » »", None),
    ("quotes", "ja", "“a”", "これは“重要”です", "これは「重要」です"),
    ("quotes", "zh-Hans", "“a”", "这是“重要”的", None),
    ("quotes", "zh-Hans", "“a”", '这是"重要"的', None),  # a letter on both sides: which is it?
    ("quotes", "zh-Hans", "“a”", '这是 "重要" 的', "这是 “重要” 的"),
    ("quotes", "zh-Hans", "“a”", "“他说“好””", "“他说‘好’”"),
    ("quotes", "nl", "“a”", "Hij zegt “ja”", None),
    ("quotes", "he", "“a”", "הוא אמר “כן”", "הוא אמר ”כן”"),
    ("quotes", "he", "“a”", 'צה"ל', None),
    ("quotes", "pl", "“a”", "Mówi „tak” i “nie”", "Mówi „tak” i „nie”"),
    ("quotes", "es", "“a”", "Pantalla de 5” y “sí”", None),
    ("space-before", "fr", "x", "Oui: non; quoi? Si!", f"Oui{NB}: non{NNB}; quoi{NNB}? Si{NNB}!"),
    ("space-before", "fr", "x", "Oui : non ; quoi\u00a0? Si\u202f!", None),
    ("space-before", "fr", "x", "**A:** et **B**: ici", f"**A{NB}:** et **B**{NB}: ici"),
    ("space-before", "fr", "x", "14:30, C:\\a, :tada:, a::b, https://a.fr", None),
    ("space-before", "fr", "x", "[Lien](u1): `a`: b", f"[Lien](u1){NB}: `a`{NB}: b"),
    ("space-before", "fr", "x", "Quoi?!", f"Quoi{NNB}?!"),
    ("space-before", "fr", "Yahoo! it is!", "C'est Yahoo! oui!", f"C'est Yahoo! oui{NNB}!"),
    ("space-before", "de", "x", "Ja: nein!", None),
]  # fmt: skip

HEADINGS: list[tuple[Kind, str, str, str, str | None]] = [
    (Kind.HEADING, "de", "A good start", "Ein guter Anfang.", "Ein guter Anfang"),
    (Kind.HEADING, "de", "A good start", "**Ein guter Anfang.**", "**Ein guter Anfang**"),
    (Kind.HEADING, "de", "A good start.", "Ein guter Anfang.", None),
    (Kind.HEADING, "de", "Start now!", "Jetzt anfangen.", None),
    (Kind.HEADING, "de", "Cats and so on", "Katzen usw.", None),
    (Kind.HEADING, "de", "Version 5", "Version 5.", None),
    (Kind.HEADING, "de", "Stop, think", "Halten. Denken.", None),
    (Kind.TITLE, "ja", "A good start", "良い始まり。", "良い始まり"),
    (Kind.TABLE_CELL, "hi", "A good start", "अच्छी शुरुआत।", "अच्छी शुरुआत"),
    (Kind.TABLE_CELL, "zh-Hans", "Yes", "是的。请看。", None),
    (Kind.PARAGRAPH, "de", "A good start", "Ein guter Anfang.", None),
]


@pytest.mark.parametrize(("name", "to", "source", "target", "wanted"), TABLE)
def test_a_fix(name: str, to: str, source: str, target: str, wanted: str | None) -> None:
    got = fixes.load(name).fix(segment(source), target, STYLES[to])
    assert got == (target if wanted is None else wanted)


@pytest.mark.parametrize(("kind", "to", "source", "target", "wanted"), HEADINGS)
def test_the_stop_of_a_heading(
    kind: Kind, to: str, source: str, target: str, wanted: str | None
) -> None:
    got = fixes.load("heading-stop").fix(segment(source, kind), target, STYLES[to])
    assert got == (target if wanted is None else wanted)


def test_every_fix_is_in_the_tables() -> None:
    assert {row[0] for row in TABLE} | {"heading-stop"} == set(fixes.names())


def test_a_formula_stays() -> None:
    source = segment("Take $a: b$ now")
    assert fixes.load("space-before").fix(source, "Prenez $a: b$: oui", STYLES["fr"]) == (
        f"Prenez $a: b${NB}: oui"
    )


def test_a_bullet_that_the_list_has_already() -> None:
    item = segment("One thing", Kind.LIST_ITEM)
    for target in ("- Eine Sache", "* Eine Sache", "  + Eine Sache"):
        assert fixes.load("block-marks").fix(item, target, STYLES["de"]) == "Eine Sache"
    for target in ("- - Eine Sache", "1. Eine Sache", "-Eine Sache", "- [x] Eine Sache"):
        assert fixes.load("block-marks").fix(item, target, STYLES["de"]) == target
