"""Pages that explain a refusal: what was received, what was expected, what next, and why, in both languages."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from small_application import REDIRECT_URI

from mock_idp.protocol.refusal import FRONT_DOOR, SENTENCES, Reason
from mock_idp.web.refusals import WORDS

if TYPE_CHECKING:
    from small_application import Application

    from mock_idp.provider import Provider

DOOR: dict[Reason, dict[str, str | None]] = {
    Reason.CLIENT_ID_MISSING: {"client_id": None},
    Reason.CLIENT_UNKNOWN: {"client_id": "nobody & co"},
    Reason.REDIRECT_URI_MISSING: {"redirect_uri": None},
    Reason.REDIRECT_URI_NOT_REGISTERED: {"redirect_uri": f"{REDIRECT_URI}/"},
    Reason.REDIRECT_URI_NOT_LOOPBACK: {"client_id": "guest", "redirect_uri": "https://application.example/cb"},
}
LANGUAGES = {
    "en": ("What was received", "What was expected", "What to do next", "For developers:"),
    "nl": ("Wat er binnenkwam", "Wat er verwacht werd", "Wat je nu kan doen", "Voor ontwikkelaars:"),
}


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_all_its_words(reason: Reason) -> None:
    words = WORDS[reason]
    assert all((words.title, words.what, words.next_step, words.why))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", DOOR)
def test_a_page_of_the_front_door_explains_itself_and_so_does_the_journal(
    registered: Application, provider: Provider, reason: Reason, language: str
) -> None:
    provider.main.conduct.is_open = reason == Reason.REDIRECT_URI_NOT_LOOPBACK
    page = registered.ask(**DOOR[reason], ui_locales=language)
    text = unescape(page.text)
    assert (page.status_code, page.location) == (400, None)
    assert all(words in text for words in LANGUAGES[language])
    assert all(value in text for value in DOOR[reason].values() if value and reason != Reason.CLIENT_ID_MISSING)
    exchange = [each for each in provider.journal.exchanges() if each.endpoint == "authorization"][-1]
    assert exchange.response == {"refused": str(reason)}
    assert SENTENCES[reason] in exchange.notes[0]


def test_the_journal_has_a_sentence_for_each_reason_of_the_front_door() -> None:
    assert len(SENTENCES) == len(FRONT_DOOR) + 1  # an address is not registered, or not on this computer
