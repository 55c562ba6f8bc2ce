r"""Finds a target in another script than its language is written in.

Severity: error for a wrong language, warning for a few foreign letters.
Bounds, over the letters of the prose outside quotations, links and emphasis, if any: (1) at
least 20 letters, more than 95 % Latin (Hindi: all of them) and at least 3 Latin words in lower case: error; names alone
are none. (2) 10 and more letters, 30 % of all, of a script that neither the target language
nor the source has: error; fewer: warning. (3) The same for letters of the source's own script
that are left. (4) Japanese without kana, Korean without Hangul in 20 letters and more of
Han: error. (5) Chinese: more Simplified-only than Traditional-only characters where
Traditional is wanted, or the reverse: error; any: warning.
Source: quality.md 6.5, L1, L2 (0 errors in 3,994 segments there) and L3.
False alarms: 0.00 % of 5,472 published segments.

passes: en>ja heading "Docker, Kubernetes and Visual Studio Code" => "Docker, Kubernetes, Visual Studio Code"
passes: en>zh-Hant "Enable **Allow the bots to open issues**." => "啟用 **Allow the bots to open issues**。"
passes: en>hi "Use the GitHub Copilot extension for VS Code" => "VS Code के लिए GitHub Copilot extension use करें"
passes: en>de "The word 日本語 means Japanese." => "Das Wort 日本語 bedeutet Japanisch."
passes: en>zh-Hant-HK "Set up the network" => "設定網絡"
passes: en>zh-Hans "The palace of the queen" => "王后的宫殿"
passes: sr-Cyrl>sr-Latn "Отвори датотеку." => "Otvori datoteku."
passes: zh-Hans>ja "设置网络" => "ネットワークを設定する"
fails(error): en>ja "Open the file and save it again." => "Öffne die Datei und speichere sie wieder."
fails(error): en>ja "Open the file, change it and save it again." => "打开这个文件并且修改它的内容然后再一次保存到原来的位置"
fails(error): en>ko "Open the file and save it again." => "ファイルを開いて、もう一度保存してください。"
fails(error): en>de "Open the file and save it again." => "Откройте файл и сохраните его снова."
fails(error): en>zh-Hant "Set up the network" => "设置网络"
fails(error): en>zh-Hans "Set up the network" => "設定網絡"
fails(error): en>zh-Hant "The eagle and the sparrow" => "鹰和鹊"
fails(error): sr-Cyrl>sr-Latn "Отвори датотеку и сачувај је." => "Отвори датотеку и сачувај је поново."
fails(error): en>uz-Cyrl "Open the file and save it again." => "Faylni oching va uni yana bir marta saqlang."
fails(warning): en>ar "Open the second act" => "افتح 幕 الثانية من هذا الكتاب الجميل"
"""  # noqa: E501 - samples stand on one line

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from translate_pipeline.checks._han import simplified, traditional
from translate_pipeline.checks._prose import (
    SCRIPTS,
    WORD,
    letters_by_script,
    own_words,
    prose,
    script_of,
)
from translate_pipeline.model import Brief, Finding, Segment, Severity, Style

__all__ = ["NAME", "SEVERITY", "check"]

NAME = "script"
SEVERITY = Severity.ERROR

#: ISO 15924 codes of `Style.script` that stand for several alphabets, or for a part of one.
_MIXED: dict[str, tuple[str, ...]] = {
    "Jpan": ("Hira", "Kana", "Hani"),
    "Kore": ("Hang", "Hani"),
    "Hans": ("Hani",),
    "Hant": ("Hani",),
}
_NEEDED: dict[str, tuple[tuple[str, ...], str]] = {
    "Jpan": (("Hira", "Kana"), "no kana: this is not Japanese"),
    "Kore": (("Hang",), "no Hangul: this is not Korean"),
}
_FEWEST = 20  # letters, quality.md L1 and L3
_LATIN = 0.95  # quality.md L1
_LATIN_BY_SCRIPT = {"Deva": 1.0}  # technical Hindi is half Latin
_LOWER_CASE = 3  # words; one or two are often part of a name ("npm", "of")
_FOREIGN = 0.30
_FOREIGN_FEWEST = 10


def check(segment: Segment, target: str, brief: Brief) -> Iterator[Finding]:
    """Yield the heaviest finding only."""
    own = _alphabets(brief.target.script)
    if not own:
        return  # a script without a table: nothing is known of it
    pure = not _strangers(own).search(target)
    if pure and "Latn" in own:
        return  # none of the faults is possible
    source = prose(segment.text, segment)
    text = own_words(target, segment)
    if not WORD.search(text):  # all of it is emphasised or linked
        text = prose(target, segment)
    if prose(target, segment) == source:
        return  # `untranslated` has a word for that
    fault = None
    counts: Counter[str] = Counter()
    ours = len(text) - len(_letters(own).sub("", text))
    # Enough letters of its own, and no strange ones: too little can be Latin to look closer.
    if not pure or ours < (1 - _LATIN) * len(text) + 1:
        counts = letters_by_script(text)
        total = sum(counts.values())
        if not total:
            return
        fault = _latin(text, counts, total, own, brief.target)
    fault = (
        fault
        or _without_kana(text, brief.target)
        or _foreign(text, source, counts, own, brief.source)
        or _variant(text, source, brief.target)
    )
    if fault:
        severity, message = fault
        yield Finding(NAME, severity, segment.id, message)


Fault = tuple[Severity, str]


def _alphabets(script: str) -> tuple[str, ...]:
    return _MIXED.get(script) or ((script,) if script in SCRIPTS else ())


def _strangers(own: tuple[str, ...]) -> re.Pattern[str]:
    """Letters that are neither Latin nor of the scripts in `own`."""
    return _letters(_strange(own))


@cache
def _strange(own: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in SCRIPTS if code not in (*own, "Latn"))


@cache
def _letters(scripts: tuple[str, ...]) -> re.Pattern[str]:
    """Runs of letters of one of `scripts`."""
    return re.compile(f"[{''.join(SCRIPTS[code].pattern[1:-2] for code in scripts)}]+")


def _latin(
    text: str, counts: Counter[str], total: int, own: tuple[str, ...], style: Style
) -> Fault | None:
    if "Latn" in own or total < _FEWEST:
        return None
    bound = _LATIN_BY_SCRIPT.get(style.script, _LATIN)
    share = counts["Latn"] / total
    if share <= bound and share < 1:
        return None
    lower = sum(word[0].islower() for word in WORD.findall(text) if SCRIPTS["Latn"].match(word))
    if lower < _LOWER_CASE:
        return None
    return Severity.ERROR, f"not written in {style.name}: {share:.0%} of the letters are Latin"


def _without_kana(text: str, style: Style) -> Fault | None:
    if style.script not in _NEEDED:
        return None
    needed, message = _NEEDED[style.script]
    if _letters(needed).search(text) or letters_by_script(text)["Hani"] < _FEWEST:
        return None
    return Severity.ERROR, message


def _foreign(
    text: str, source: str, counts: Counter[str], own: tuple[str, ...], source_style: Style
) -> Fault | None:
    """Letters that belong to neither language, or to the source's alone."""
    others = [script for script in counts if script not in own and script != "Latn"]
    if not others:
        return None
    left = set(_alphabets(source_style.script)) - set(own) - {"Latn"}
    total = sum(counts.values())
    worst = 0
    name = ""
    quoted = set(source)
    for script in others:
        if script in left:
            foreign, what = counts[script], source_style.name
        else:
            letters = (char for char in text if script_of(char) == script)
            foreign, what = sum(char not in quoted for char in letters), "foreign"
        if foreign > worst:
            worst, name = foreign, what
    if not worst:
        return None
    heavy = worst >= _FOREIGN_FEWEST and worst > _FOREIGN * total
    return (
        Severity.ERROR if heavy else Severity.WARNING,
        f"{worst} of {total} letters are {name}",
    )


def _variant(text: str, source: str, style: Style) -> Fault | None:
    """Simplified for Traditional characters, or the reverse."""
    if style.script not in ("Hans", "Hant"):
        return None
    wrong, right, names = simplified(), traditional(), ("Simplified", "Traditional")
    if style.script == "Hans":
        wrong, right, names = right, wrong, names[::-1]
    chars = set(text).difference(source)
    if chars.isdisjoint(wrong):
        return None
    faults = sum(char in wrong and char in chars for char in text)
    good = sum(char in right and char in chars for char in text)
    return (
        Severity.ERROR if faults > good else Severity.WARNING,
        f"{faults} characters are {names[0]} Chinese, which is not {names[1]}",
    )
