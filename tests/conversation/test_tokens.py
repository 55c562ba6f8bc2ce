"""The estimate: close to a real vocabulary in many scripts, monotone, fast."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.conversation.tokens import estimate

# One ordinary sentence per script, written for this test.
SENTENCES = {
    "en": "Keep secrets out of the configuration file: the server reads them from the environment.",
    "de": "Die Konfigurationsdatei enthält keine Geheimnisse; der Server liest sie beim Start.",
    "ru": "Не храните секреты в файле настроек: сервер читает их из переменных окружения.",
    "ar": "لا تحفظ الأسرار في ملف الإعدادات لأن الخادم يقرؤها من متغيرات البيئة.",
    "hi": "गोपनीय जानकारी को फ़ाइल में न रखें, सर्वर इसे परिवेश से पढ़ता है।",
    "zh": "不要把密钥写进配置文件，服务器会从环境变量中读取它们。",
    "ja": "設定ファイルに秘密の値を書かないでください。サーバーが環境変数から読み込みます。",
    "ko": "설정 파일에 비밀 값을 쓰지 마세요. 서버가 환경 변수에서 읽어 옵니다.",
    "vi": "Đừng lưu mật khẩu trong tệp cấu hình, máy chủ sẽ đọc chúng từ môi trường.",
    "md": "- Run `make publish`, then see [the docs](u1) and **wait** for 1,200 pages (v2.0.1).",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_the_estimate_is_near_the_true_count(name: str) -> None:
    openai = pytest.importorskip("rs_bpe.bpe", reason="rs-bpe counts the exact tokens").openai
    true = openai.o200k_base().count(SENTENCES[name])
    # Single sentences vary more than the running text of the measurement (-26 % to +16 %).
    assert 0.6 * true <= estimate(SENTENCES[name]) <= 1.6 * true


def test_literal_values() -> None:
    assert estimate("") == 0
    assert estimate(" ") == 1
    assert estimate("word") == 1
    assert estimate("一句话") == 3
    assert estimate("🙂" * 10) == 10


@given(st.text(), st.text())
def test_longer_text_never_costs_less(one: str, other: str) -> None:
    assert max(estimate(one), estimate(other)) <= estimate(one + other)
    assert estimate(one + other) <= estimate(one) + estimate(other)


def test_megabytes_are_cheap() -> None:
    text = "\n".join(SENTENCES.values()) * 5000
    start = time.perf_counter()
    estimate(text)
    assert len(text) > 3_000_000
    assert time.perf_counter() - start < 2
