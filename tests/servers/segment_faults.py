"""Takes a segment and its good target, gives the target a bad model would send.

The law: a fault that a text offers no hold for (no link to change) gives None, and the same text
and number always give the same target. Silent faults are those whose words alone are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tests.servers.silent_faults import SILENT_FAULTS

_TOKEN = re.compile(r"</?[bx]\d+/?>|\]\(u\d+\)|\[\^[^\]\s]+\]|(?<![\w:]):[a-z0-9_+-]+:(?![\w:])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(u\d+\)")
_CODE = re.compile(r"(`+)([^`]+)\1")

#: (source, target, number in [0, 1) to choose a variant with) -> target, None if no hold.
SegmentFault = Callable[[str, str, float], str | None]


def _placeholder_dropped(source: str, target: str, pick: float) -> str | None:
    link = _LINK.search(target)
    if link and pick < 0.5:
        return target[: link.start()] + link[1] + target[link.end() :]
    return _at_token(target, lambda mark: "")


def _placeholder_doubled(source: str, target: str, pick: float) -> str | None:
    link = _LINK.search(target)
    if link and pick < 0.5:
        return f"{target} {link[0]}"
    return _at_token(target, lambda mark: mark + mark)


def _placeholder_altered(source: str, target: str, pick: float) -> str | None:
    def other(mark: str) -> str:
        if any(c.isdigit() for c in mark):
            return re.sub(r"\d+", "97", mark)
        return mark.replace(":", ": ", 1) if mark.startswith(":") else mark.replace("^", "^x")

    return _at_token(target, other)


def _link_changed(source: str, target: str, pick: float) -> str | None:
    new = "](https://example.com/)" if pick < 0.5 else "](u98)"
    changed = re.sub(r"\]\(u\d+\)", new, target, count=1)
    return changed if changed != target else None


def _code_changed(source: str, target: str, pick: float) -> str | None:
    code = _CODE.search(target)
    if code is None:
        return None
    ticks, words = code[1], code[2]
    new = (words + "x", words.upper() if words.upper() != words else words * 2)[pick < 0.5]
    return f"{target[: code.start()]}{ticks}{new}{ticks}{target[code.end() :]}"


def _wrong_language(source: str, target: str, pick: float) -> str | None:
    if sum(c.isalpha() for c in source) < 40:
        return None  # two words may be the same in any language
    marks = "".join(f" {m[0]}" for m in _TOKEN.finditer(source) if not m[0].startswith("]"))
    cyrillic = "Это предложение написано на языке, которого никто не просил"
    english = "This is a sentence that has been written in the language that it was not to be in"
    return (cyrillic if pick < 0.5 else english) + marks + "."


def _echo(source: str, target: str, pick: float) -> str | None:
    return source


def _heading_marks_added(source: str, target: str, pick: float) -> str | None:
    return ("## ", "# ", "### ")[int(pick * 3)] + target


def _extra_paragraph(source: str, target: str, pick: float) -> str | None:
    added = "Und noch ein Absatz, den es nicht gibt."
    return f"{target}\n\n{added}" if pick < 0.5 else f"{added}\n\n{target}"


def _list_marker_lost(source: str, target: str, pick: float) -> str | None:
    """What belongs to the list is not the model's: it drops a task mark or adds a bullet."""
    task = re.match(r"\[[ xX]\]\s+", target)
    if task:
        return target[task.end() :]
    return ("- ", "* ", "1. ")[int(pick * 3)] + target


def _segment_missing(source: str, target: str, pick: float) -> str | None:
    return None  # handled with the lines: it takes the segment's tag away too


def _at_token(target: str, change: Callable[[str], str]) -> str | None:
    mark = _TOKEN.search(target)
    if mark is None:
        return None
    return target[: mark.start()] + change(mark[0]) + target[mark.end() :]


def _url_added(source: str, target: str, pick: float) -> str | None:
    url = "https://login.example.com/free"
    return f"{target} {url}" if pick < 0.5 else f"{target} [{url}]({url})"


def _html_added(source: str, target: str, pick: float) -> str | None:
    tags = ("<script>alert(1)</script>", '<img src="x" onerror="alert(1)">', "<b>", "<!-- x -->")
    return f"{target} {tags[int(pick * len(tags))]}"


def _loop(source: str, target: str, pick: float) -> str | None:
    words = target.split()
    return f"{target} {' '.join(words[-4:] * 15)}" if len(words) >= 4 else None


def _note_inside(source: str, target: str, pick: float) -> str | None:
    notes = (
        "{} (Translator's note: this was hard to translate.)",
        "Here is the translation: {}",
        "{} Note: I kept the technical terms in English.",
        "I'm sorry, but I can't translate this.",
    )
    return notes[int(pick * len(notes))].format(target)


def _end_injected(source: str, target: str, pick: float) -> str | None:
    """The frame's own closing line, inside a text."""
    middle = target.find(" ", len(target) // 2)
    end = "\n<end>\n" if pick < 0.7 else " <end> "
    return target[:middle] + end + target[middle + 1 :] if middle > 0 else None


def _tag_leaked(source: str, target: str, pick: float) -> str | None:
    middle = target.find(" ", len(target) // 2)
    return f"{target[:middle]} <97>{target[middle + 1 :]}" if middle > 0 else None


def _abridged(source: str, target: str, pick: float) -> str | None:
    if len(target) < 60 or _TOKEN.search(target) or _CODE.search(target):
        return None
    told = ("[...]", "[translation continues]", "(omitted)", "…")
    return f"{target[: len(target) // 4].rstrip()} {told[int(pick * len(told))]}"


def _block_opened(source: str, target: str, pick: float) -> str | None:
    return ("> ", "::: note ", "    ", "| ", "---\n")[int(pick * 5)] + target


def _emphasis_lost(source: str, target: str, pick: float) -> str | None:
    return target.replace("**", "") if "**" in target else None


def _emphasis_unclosed(source: str, target: str, pick: float) -> str | None:
    opened = target.find("**")
    closed = target.find("**", opened + 2)
    return target[:closed] + target[closed + 2 :] if 0 <= opened < closed else None


def _controls(source: str, target: str, pick: float) -> str | None:
    """Characters that nobody sees."""
    middle = target.find(" ")
    seen = ("\u202e", "\u200b", "\x0b", "\ufeff")[int(pick * 4)]
    return target[:middle] + seen + target[middle:] if middle > 0 else None


def _replacement(source: str, target: str, pick: float) -> str | None:
    middle = len(target) // 2
    return target[:middle] + "\ufffd" + target[middle:] if target[middle : middle + 1] else None


_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")


def _variant(letters: str) -> SegmentFault:
    """Every third character of a Chinese target in letters of one script alone."""

    def change(source: str, target: str, pick: float) -> str | None:
        found = list(_HAN.finditer(target))
        if _KANA.search(target) or len(found) < 6:
            return None
        changed = list(target)
        for i, han in enumerate(found[::3]):
            changed[han.start()] = letters[(i + int(pick * 8)) % len(letters)]
        return "".join(changed)

    return change


SEGMENT_FAULTS: Mapping[str, SegmentFault] = {
    "placeholder_dropped": _placeholder_dropped,
    "placeholder_doubled": _placeholder_doubled,
    "placeholder_altered": _placeholder_altered,
    "segment_missing": _segment_missing,
    "echo": _echo,
    "wrong_language": _wrong_language,
    "heading_marks_added": _heading_marks_added,
    "code_changed": _code_changed,
    "link_changed": _link_changed,
    "extra_paragraph": _extra_paragraph,
    "list_marker_lost": _list_marker_lost,
    "url_added": _url_added,
    "html_added": _html_added,
    "loop": _loop,
    "note_inside": _note_inside,
    "end_injected": _end_injected,
    "tag_leaked": _tag_leaked,
    "abridged": _abridged,
    "block_opened": _block_opened,
    "emphasis_lost": _emphasis_lost,
    "emphasis_unclosed": _emphasis_unclosed,
    "controls": _controls,
    "replacement_character": _replacement,
    "variant_simplified": _variant("这说话时问车东书见"),
    "variant_traditional": _variant("這說話時問車東書見"),
    **SILENT_FAULTS,
}
