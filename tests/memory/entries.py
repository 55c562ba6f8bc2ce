"""Takes a few words, gives the entries and locale pairs that the memory's tests are made of."""

from __future__ import annotations

from dataclasses import replace

from translate_pipeline.memory import Entry
from translate_pipeline.memory.identity import text_key
from translate_pipeline.model import Locale, LocalePair, Maker

EN = Locale("en", "en", "English", "Latn")
EN_DE = LocalePair(EN, Locale("de", "de", "German", "Latn"))
EN_FR = LocalePair(EN, Locale("fr", "fr", "French", "Latn"))

TIDE = "The harbour is quiet at low tide and the boats lie on the sand."
HAFEN = "Bei Ebbe ist der Hafen still und die Boote liegen auf dem Sand."


def key(text: str) -> bytes:
    return text_key("paragraph", text)


def entry(
    source: str,
    target: str,
    *,
    pair: LocalePair = EN_DE,
    context: bytes = b"",
    maker: Maker = Maker.MODEL,
    made: str = "2026-01-01T00:00:00Z",
    signature: str = "openai|model",
) -> Entry:
    return Entry(
        key=key(source),
        source_tag=pair.source.tag,
        target_tag=pair.target.tag,
        kind="paragraph",
        source=source,
        target=target,
        context=context,
        maker=maker,
        signature=signature,
        made=made,
        note="",
    )


def person(source: str, target: str, **options: str | bytes) -> Entry:
    return replace(entry(source, target), maker=Maker.PERSON, **options)
