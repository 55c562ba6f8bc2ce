"""The bounds of length, by size of the source and for every pair of languages."""

from __future__ import annotations

import pytest

from tests.checks.samples import STYLES, severity
from translate_pipeline.checks.length import band

EN, DE, JA, ZH, SW = (STYLES[tag] for tag in ("en", "de", "ja", "zh-Hans", "sw"))


@pytest.mark.parametrize(
    ("size", "target", "source", "wanted"),
    [
        (10, DE, EN, (0.15, 5.0, True)),
        (29, JA, ZH, (0.15, 5.0, True)),
        (30, DE, EN, (0.76 / 1.8, 1.97 * 1.5, True)),
        (79, DE, EN, (0.76 / 1.8, 1.97 * 1.5, True)),
        (80, DE, EN, (0.83 / 1.4, 1.69 * 1.5, True)),
        (80, JA, EN, (0.28 / 1.4, 0.9 * 1.5, True)),
        (80, EN, DE, (1 / 1.69 / 1.4, 1 / 0.83 * 1.5, True)),
        (80, EN, ZH, (1 / 0.76 / 1.4, 1 / 0.2 * 1.5, True)),
        (80, JA, DE, (0.28 / 1.69 / 1.4, 0.9 / 0.83 * 1.5, True)),
        (80, SW, EN, (0.3, 3.0, False)),  # never measured
    ],
)
def test_the_band(size: int, target: object, source: object, wanted: object) -> None:
    assert band(size, target, source) == pytest.approx(wanted)  # type: ignore[arg-type]


LONG = "Open the file with the editor, change the third line, save it and start the server again."


@pytest.mark.parametrize(
    ("source", "target", "to", "wanted"),
    [
        (LONG, "Öffnen Sie die Datei.", "de", "error"),
        (LONG, LONG * 3, "de", "error"),
        (LONG, "打开文件，改第三行，保存，再启动服务器。", "zh-Hans", ""),
        (LONG, "开。", "zh-Hans", "error"),
        (LONG, "Fungua.", "sw", "warning"),
        ("OK", "Einverstanden", "de", ""),
        ("Table of contents", "目录", "zh-Hans", ""),
        ("No", "Das ist leider ganz und gar nicht möglich", "de", "error"),
        ("Run `make install --prefix=/usr/local --with-everything`", "Los", "de", ""),  # 3 letters
    ],
)
def test_targets(source: str, target: str, to: str, wanted: str) -> None:
    assert severity("length", source, target, to) == wanted


def test_links_and_code_do_not_count() -> None:
    source = "See [the manual](u1)" + " and `code`" * 30
    assert severity("length", source, "Siehe [das Handbuch](u1)" + " und `code`" * 30) == ""
