"""Words of the model about its work are found; articles about models may quote them."""

from __future__ import annotations

import pytest

from tests.checks.samples import severity

SOURCE = "Open the file and save it."


@pytest.mark.parametrize(
    "target",
    [
        "Here is the translation:",
        "Here's the German translation of the text: Datei öffnen.",
        "Sure, here is the translated segment: Datei öffnen.",
        "Certainly! Datei öffnen.",
        "**Translation:** Datei öffnen.",
        "The translation is as follows: Datei öffnen.",
        "Hier ist die deutsche Übersetzung: Datei öffnen.",
        "Gerne! Datei öffnen.",
        "Aquí está la traducción: abrir.",
        "Voici la traduction : ouvrir.",
        "Ecco la traduzione: aprire.",
        "Вот перевод: открыть.",
        "以下は日本語訳文です。ファイルを開く。",
        "以下是中文翻译：打开文件。",
        "다음은 번역입니다: 파일을 엽니다.",
        "إليك الترجمة: افتح الملف.",
        "I'm sorry, but I cannot assist with that request.",
        "I can't help with this.",
        "As an AI language model, I have no files.",
        "Es tut mir leid, aber ich kann das nicht übersetzen.",
        "Je suis désolé, mais je ne peux pas traduire ceci.",
        "抱歉，我无法翻译这段内容。",
        "申し訳ありませんが、その内容は翻訳できません。",
        "Datei öffnen. (Translator's note: informal)",
        "Datei öffnen. Note: I kept the tone.",
        "Datei öffnen. I have kept the formatting.",
        "Datei öffnen. [...]",
        "Datei öffnen (rest of the text omitted)",
        "ファイルを開く（以下省略）",
        "<7>Datei öffnen.",
        "Datei öffnen.</7>",
        "<8 h2>Datei öffnen.",
        "Datei öffnen. <end>",
        "＜7＞Datei öffnen.",
        "<think>Hm.</think>Datei öffnen.",
        "</task> Datei öffnen.",
        "```\nDatei öffnen.\n```",
    ],
)
def test_finds(target: str) -> None:
    assert severity("chatter", SOURCE, target) == "error"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Here is the translated manual.", "Hier ist das übersetzte Handbuch."),
        ("Translation:", "Übersetzung:"),
        ("Translated by: Ann", "Übersetzung: Ann"),
        ("I'm sorry, but I can't, he said.", "Es tut mir leid, aber ich kann das nicht, sagte er."),
        ("As an AI language model, it knows.", "As an AI language model, it knows."),
        ("Of course!", "Natürlich!"),
        ("Sorry, we cannot connect", "抱歉，无法连接"),
        ("Unfortunately I cannot come.", "Leider kann ich nicht kommen."),
        ("I can't do that.", "Ich kann das nicht."),
        ("I regret that I am unable to help.", "Je suis désolé, mais je ne peux pas aider."),
        ("Sure, here is the file.", "Natürlich, hier ist die Datei."),
        ("**Tip:** Save often.", "**Hinweis:** Oft speichern."),
        ("Note: save often.", "Note: oft speichern."),
        ("He said … no.", "Er sagte [...] nein."),
        ("Translator's note: old.", "Anmerkung des Übersetzers: alt."),
        ("Less than <7> of it", "Weniger als <7> davon"),
        ("It is the output", "Das ist die Ausgabe"),
        ("The translation is slow", "Die Übersetzung ist langsam"),
        ("Write `<end>` last", "Zuletzt `<end>` schreiben"),
        ("Herewith", "Hiermit"),
        ("Clearly", "Klar"),
        ("“Open it”", "„Öffnen“"),
        ("Her “new” and “old” files", "„Neue“ und „alte“ Dateien"),
    ],
)
def test_leaves_alone(source: str, target: str) -> None:
    assert severity("chatter", source, target) == ""


@pytest.mark.parametrize("target", ['"Datei öffnen"', "„Datei öffnen“", "« Ouvrir »", "「開く」"])
def test_quotation_marks_that_the_source_lacks_are_asked_about(target: str) -> None:
    assert severity("chatter", "Open the file", target) == "retry"
    assert severity("chatter", "“Open the file”", target) == ""


def test_an_english_note_is_no_remark_in_english() -> None:
    assert severity("chatter", "Hinweis: Speichern.", "Note: save.", "en", of="de") == ""


@pytest.mark.parametrize(
    "target",
    [
        "Datei öffnen (translator’s note: unclear).",
        "Datei öffnen. TRANSLATION NOTE",
        "Datei öffnen (Anm. d. Übers.: unklar).",
        "Ouvrir. N. de la T. Fichier",
        "Ouvrir. N.du T. Fichier",
        "Ouvrir (NdT).",
        "Ouvrir. Note du traducteur",
        "Ouvrir. Note de traduction",
        "Abrir. Nota del traductor",
        "Abrir. Nota do tradutor",
        "Открыть. Примечание переводчика",
        "Відкрити. Примітка перекладача",
        "Aç. ÇEVİRMENİN NOTU",
        "افتح. ملاحظة المترجم",
        "打开（译者注：不清楚）",
        "打開（譯者註：不清楚）",
        "打開（譯註：不清楚）",
        "打开（译注：不清楚）",
        "開く（訳注：不明）",
        "開く（訳者注：不明）",
        "열기 (역주: 불명)",
        "열기 (옮긴이 주: 불명)",
        "Öffnen. I've kept the name.",
        "Öffnen. I’ve kept the name.",
        "Öffnen. I HAVE LEFT ALL names.",
        "Öffnen. Let me know if you want me to go on.",
        "Öffnen. Feel free to ask if you need more.",
    ],
)
def test_the_quick_look_overlooks_no_remark(target: str) -> None:
    assert severity("chatter", SOURCE, target) == "error"
