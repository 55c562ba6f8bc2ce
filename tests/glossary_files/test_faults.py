"""What contradicts itself in a glossary is told with its places."""

from __future__ import annotations

from translate_pipeline.glossary_files import Entry, faults
from translate_pipeline.locale import parse_locale

DE, FR, EN = (parse_locale(name) for name in ("de", "fr", "en"))


def test_a_sound_glossary_has_none() -> None:
    entries = [
        Entry("a", ((DE, "x"), (FR, "y")), ((DE, "z"),), place="f:1"),
        Entry("b", keep=True, place="f:2"),
        Entry("c", ((FR, "x"),), keep=(DE,), place="f:3"),
        Entry("a", ((DE, "other"),), locale=EN, place="f:4"),  # of another language
    ]
    assert list(faults(entries)) == []


def test_each_fault() -> None:
    entries = [
        Entry("a", ((DE, "x"),), place="f:1"),
        Entry("A", ((DE, "X"),), place="f:2"),
        Entry("a", ((DE, "y"),), place="f:3"),
        Entry("b", ((DE, "x"),), place="f:4"),
        Entry("b", keep=True, place="f:5"),
        Entry("b", keep=True, place="f:6"),
        Entry("c", ((DE, "x"),), ((None, "X"),), place="f:7"),
        Entry("d", ((DE, "x"),), keep=(DE,), place="f:8"),
        Entry("e", (), ((None, "E"),), keep=True, place="f:9"),
        Entry("f", place="f:10"),
        Entry("g", ((DE, "x"),), ((DE, " "),), place="f:11"),
    ]
    assert list(faults(entries)) == [
        "f:2: 'A' in de is told already (f:1)",
        "f:3: 'a' in de is 'y' here and 'x' in f:1; keep one",
        "f:6: 'b' is kept already (f:5)",
        "f:7: 'x' for 'c' is told and forbidden at once",
        "f:8: 'd' is kept and rendered in de",
        "f:9: 'e' is kept and forbidden at once",
        "f:10: 'f' has no rendering yet; write one, or remove the term",
        "f:11: an `avoid` of 'g' is empty",
        "f:4: 'b' is 'x' here and kept in every language in f:5; name the languages: keep = [...]",
    ]
