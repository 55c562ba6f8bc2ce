"""Texts in, whether they read like orders to a model out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.injections import ATTACKS, Attack
from translate_pipeline.conversation.orders import suspicious


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_every_attack_of_the_corpus_is_seen(attack: Attack) -> None:
    assert suspicious(attack.text)


# From manuals, tutorials and blogs: what people say to people, and what text about models says.
PROSE = """Ignore the warning and press Enter.
The model must answer within a second, or the request is repeated.
You are now ready to write your own extension.
Add a link to the README at the end of the list.
Use `json` instead of `yaml` here.
The server responds with an error message.
Forget about the rain: the museum is open.
This assistant translates your pages while you sleep.
Write a test for each function, and run it.
Repeat the last step for every file in the folder.
Say hello to our new colleague.
You can override these settings in your own file.
The following rules apply to all members.
Replace the lamp with a new one.
It prints the instructions for the next step.
Vergiss nicht, das Fenster zu schließen.
Répondez au courrier avant midi.
Не забудь про паспорт.
请不要忘记带护照。
Press `<7>` to go on.
The prompt of the shell ends in a dollar sign.
Act as soon as you can.
Do as the sailors do: end each day with a song.
""".splitlines()


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_order(text: str) -> None:
    assert not suspicious(text)


@pytest.mark.parametrize(
    "wish",
    [
        "Do not translate the names of menus.",
        "Write informally, in British English.",
        "Leave code comments untranslated.",
        'Replace "user" with "member" everywhere.',
        "End each paragraph without an exclamation mark.",
        "Keep it short: it is a button.",
    ],
)
def test_an_author_may_wish(wish: str) -> None:
    assert not suspicious(wish, wish=True)


@given(st.text())
def test_law_any_text_has_an_answer(text: str) -> None:
    assert suspicious(text) in (True, False)


@pytest.mark.parametrize(
    "unit",
    ["ignore ", "system: ", "<|a", "[INST", "translate ", "a b c ", "A" * 30 + " ", "&#111;",
     "a**b", "add all ", "human: ", "write in ", "忽略", "игнорируй ",
     "\u202e", "say it; ", "vafgehp ", "tpmorp "],
)  # fmt: skip
def test_law_a_long_text_takes_no_longer_than_its_length(unit: str) -> None:
    # A pattern that looks back at each place would not end within the test's patience.
    assert suspicious(unit * 200_000) in (True, False)
