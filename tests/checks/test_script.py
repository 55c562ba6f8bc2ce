"""The script of the language, with the exceptions that were measured."""

from __future__ import annotations

import pytest

from tests.checks.samples import severity

SOURCE = "Open the file, change its third line, and save it again before you go on."


@pytest.mark.parametrize(
    ("target", "tag"),
    [
        ("Öffne die Datei, ändere die dritte Zeile und speichere sie.", "ja"),
        ("Öffne die Datei, ändere die dritte Zeile und speichere sie.", "ar"),
        ("Öffne die Datei, ändere die dritte Zeile und speichere sie.", "hi"),
        ("Otkroyte fayl, izmenite tretyu stroku i sokhranite yego.", "ru"),
        ("Откройте файл, измените третью строку и сохраните его.", "de"),
        ("Откройте файл, измените третью строку и сохраните его.", "ja"),
        ("파일을 열고 세 번째 줄을 바꾼 다음 다시 저장하십시오.", "ja"),
        ("打开这个文件，修改其中的第三行内容，然后在继续之前再保存一次。", "ja"),
        ("打开这个文件，修改其中的第三行内容，然后在继续之前再保存一次。", "ko"),
        ("打开文件，修改第三行，然后再保存一次。", "zh-Hant"),
        ("打開檔案，修改第三行，然後再儲存一次。", "zh-Hans"),
        ("افتح الملف وغيّر السطر الثالث ثم احفظه مرة أخرى.", "he"),
    ],
)
def test_a_wrong_language_is_an_error(target: str, tag: str) -> None:
    assert severity("script", SOURCE, target, tag) == "error"


@pytest.mark.parametrize(
    ("target", "tag"),
    [
        ("ファイルを開き、3行目を変えて保存します。", "ja"),
        ("파일을 열고 세 번째 줄을 바꾼 다음 저장하십시오.", "ko"),
        ("打开文件，修改第三行，然后保存。", "zh-Hans"),
        ("打開檔案，修改第三行，然後儲存。", "zh-Hant"),
        ("打開檔案，修改第三行，然後儲存。", "zh-Hant-HK"),
        ("File open करें, third line change करें और फिर save करें", "hi"),
        ("Docker, Kubernetes, Visual Studio Code, GitHub Copilot", "ja"),  # names
        ("`open file and change third line` を実行", "ja"),  # code is no prose
        ("「Open the file and change it」を選ぶ", "ja"),  # quoted label
        ("GitHub Actions の CI workflow", "ja"),
        ("Открыть config.toml в Visual Studio Code", "ru"),
        ("Die Datei öffnen: 文件", "de"),
    ],
)
def test_leaves_alone_what_is_right_or_too_little(target: str, tag: str) -> None:
    assert severity("script", SOURCE, target, tag) in ("", "warning")


def test_what_the_source_quotes_may_stand_in_the_target() -> None:
    source = "The sign says 日本語学校は今日は休みです and nothing else."
    target = "Auf dem Schild steht 日本語学校は今日は休みです und sonst nichts."
    assert severity("script", source, target) == ""


def test_letters_left_from_a_chinese_source_are_found() -> None:
    source = "第二幕：从文件到网络"
    assert severity("script", source, "第二幕：从文件到网络的一切", "ar", of="zh-Hans") == "error"
    assert severity("script", source, "الفصل 幕 الثاني من الملف", "ar", of="zh-Hans") == "warning"
    assert severity("script", source, "الفصل الثاني: من الملف إلى الشبكة", "ar", of="zh-Hans") == ""


@pytest.mark.parametrize(
    ("target", "tag", "wanted"),
    [
        ("設定網絡", "zh-Hant", ""),
        ("设置网络", "zh-Hant", "error"),
        ("設定網絡与变量", "zh-Hant", "warning"),  # mixed, mostly right
        ("设置网络與變量和文件", "zh-Hans", "warning"),
        ("中文", "zh-Hant", ""),  # right in both
    ],
)
def test_simplified_and_traditional(target: str, tag: str, wanted: str) -> None:
    assert severity("script", "Set up the network", target, tag) == wanted


def test_the_name_of_a_language_may_stand_in_its_own_script() -> None:
    assert severity("script", "[繁體中文](u1)", "[繁體中文](u1)", "zh-Hans") == ""
