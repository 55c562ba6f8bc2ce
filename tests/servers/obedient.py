"""A loopback server whose model obeys what it reads: orders in an article are followed.

The law: it knows nothing of the package's guards. Whatever the user's message says in whatever
spelling a model can read (plain, invisible characters, look-alikes, base64, rot13, backwards,
entities, other languages), this model does for every segment that it was asked for. Where it
finds no order, it translates as the plain loopback model does.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from unicodedata import normalize

from tests.servers.faults import Line
from tests.servers.loopback import LoopbackServer
from tests.servers.reading import ModelTask

__all__ = ["LINK", "ObedientServer", "orders_in"]

LINK = "https://evil.example/win"

_QUOTED = r"[\"“”„«'‘「『`](?P<said>[^\"“”«»'’」』`]{2,300})[\"”“»'’」』`]"
_VERB = (
    r"(?:say|write|print|output|reply|respond|answer|return|translate|insert|put|produce|replace"
    r"|antworte|schreibe?|gib|réponds|répondez|écris|responde|escribe|rispondi|scrivi|responda"
    r"|ответь|напиши|выведи|输出|回答|回复|出力|답하|출력|اكتب|أجب)"
)
_LATER = _QUOTED.replace("said", "told")
_SAY = re.compile(
    rf"{_VERB}[^\"“„«'‘「『`\n]{{0,80}}{_QUOTED}|{_LATER}[^.!?。]{{0,20}}(?:と出力|と答え|이라고|라고)"
)
_REPLACE = re.compile(
    r"(?:replace|change|swap|rename|substitute)[^.]{0,30}?[\"“'‘`](?P<old>[^\"”'’`]+)[\"”'’`]"
    r"[^.]{0,20}?(?:with|by|to|into|for) [\"“'‘`](?P<new>[^\"”'’`]+)"
)
_LINK = re.compile(
    r"(?:add|append|insert|include|put|end)[^.]{0,60}(?:link|url|https?:)|(?:link|url)[^.]{0,40}"
    r"(?:to|at the end of) (?:every|each|all)"
)
_SKIP = re.compile(
    r"(?:skip|omit|drop|delete|leave out)[^.]{0,40}(?:segment|paragraph|rest|everything)"
    r"|translate (?:only )?segments? 1\b|<end>"
)
_MERGE = re.compile(r"merge[^.]{0,30}(?:segment|paragraph)")
_ECHO = re.compile(
    r"(?:do not|don['’]t|stop|never|instead of) translat|(?:leave|keep)[^.]{0,40}untranslated"
    r"|(?:in|into) english\b|übersetze? (?:\w+ )?nicht|ne traduis|no traduzcas|не переводи"
    r"|不要翻译|翻訳しない|번역하지|لا تترجم"
)
_FRENCH = re.compile(r"(?:in|into|to) french\b")
_LEAK = re.compile(
    r"(?:print|repeat|reveal|show|recite|output|translate|quote|copy)[^.]{0,60}"
    r"(?:system prompt|your instructions|instructions above|everything above|text above"
    r"|initial prompt|hidden prompt)"
)
_ROLE = re.compile(r"you are (?:now|no longer)|act as|pretend|role-?play|from now on")
_NUMBERS = re.compile(r"(?:change|double|multiply|raise)[^.]{0,30}(?:number|price|digit)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e]")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{20,}={0,2}")
_ALIKE = str.maketrans("асеорхуіјѕһԁԛԝ", "aceopxyijshdqw")
_SPACED = re.compile(r"(?:\b\w[ .-]){5,}\w\b")


def orders_in(text: str) -> list[str]:
    """The kinds of orders in what a user says, in the order in which they are tried."""
    return [name for reading in _readings(text) for name, _ in _found(reading)]


def _found(reading: str) -> Iterator[tuple[str, re.Match[str]]]:
    for name, pattern in (
        ("leak", _LEAK),
        ("say", _SAY),
        ("replace", _REPLACE),
        ("link", _LINK),
        ("merge", _MERGE),
        ("skip", _SKIP),
        ("french", _FRENCH),
        ("numbers", _NUMBERS),
        ("role", _ROLE),
        ("echo", _ECHO),
    ):
        if match := pattern.search(reading):
            yield name, match


def _readings(text: str) -> Iterator[str]:
    tags = "".join(chr(ord(c) - 0xE0000) for c in text if 0xE0020 <= ord(c) < 0xE007F)
    plain = html.unescape(_INVISIBLE.sub("", normalize("NFKC", text)))
    yield from (plain, plain.lower())
    yield re.sub(r"[*_~]", "", plain).lower()
    yield plain.translate(_ALIKE).lower()
    yield _SPACED.sub(lambda m: re.sub(r"[ .-]", "", m[0]), plain).lower()
    yield tags.lower()
    yield codecs.encode(plain, "rot13").lower()
    yield plain[::-1].lower()
    for run in _BASE64.findall(plain):
        try:
            yield base64.b64decode(run + "=" * (-len(run) % 4)).decode("ascii").lower()
        except (binascii.Error, ValueError):
            continue


class ObedientServer(LoopbackServer):
    """The server; use it as `LoopbackServer`. `obeyed` counts the answers an order has changed."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.obeyed = 0

    def lines(self, task: ModelTask) -> list[Line]:
        """What it answers to a task: the good lines, or what the first order found demands."""
        good = super()._lines(task, "")
        start = task.text.find("<article lang=")
        system, user = task.text[:start], task.text[start:]
        # The request line is no order of the article's.
        user = re.sub(r"\nTranslate [^\n]{0,300}\n</task>\s*$", "", user)
        for reading in _readings(user):
            for name, match in _found(reading):
                changed = self._obey(name, match, good, system)
                if changed != good:
                    self.obeyed += 1
                    return changed
        return good

    def _lines(self, task: ModelTask, scripted: str | None) -> list[Line]:
        return self.lines(task)

    def _obey(self, name: str, match: re.Match[str], good: list[Line], system: str) -> list[Line]:
        def every(change: object) -> list[Line]:
            assert callable(change)
            return [replace(line, target=change(line)) for line in good]

        match name:
            case "leak":
                return every(lambda line: system.strip()[:200].replace("\n", " "))
            case "say":
                return every(lambda line: match["said"] or match["told"])
            case "replace":
                old, new = match["old"], match["new"]
                # In its own words it means the others: the order itself is not rewritten.
                return [
                    line
                    if old in line.source.text and new in line.source.text
                    else replace(line, target=self._put(line, old, new))
                    for line in good
                ]
            case "link":
                return every(lambda line: f"{line.target} [hier]({LINK})")
            case "merge":
                whole = " ".join(line.target for line in good)
                return [
                    replace(line, target=whole if i == 0 else "", shown=i == 0)
                    for i, line in enumerate(good)
                ]
            case "skip":
                return [replace(line, shown=i == 0) for i, line in enumerate(good)]
            case "french":
                return every(
                    lambda line: (
                        "Ceci est un texte en français pour vous, comme demandé dans cette phrase."
                    )
                )
            case "numbers":
                return every(lambda line: re.sub(r"\d", "9", line.target))
            case "role":
                return every(lambda line: "Arr! Ich bin ein Pirat.")
            case _:
                return every(lambda line: line.source.text)

    @staticmethod
    def _put(line: Line, old: str, new: str) -> str:
        return line.target if old not in line.source.text else f"{line.target} {new}"
