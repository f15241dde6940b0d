"""The words of the pages: nothing that a Dutch-speaking pupil reads is left in English by oversight."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGE = Path(__file__).parents[3] / "mock_idp"
CATALOGUES = PACKAGE / "web" / "translations"


def words(text: str | Sequence[str]) -> str:
    """A text, or its forms for one and for several; nothing as long as a form is missing."""
    forms = (text,) if isinstance(text, str) else text
    return " | ".join(forms) if all(forms) else ""


def the_messages() -> set[str]:
    with (PACKAGE / "web" / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel has no types here
    return {words(found[2]) for found in extract_from_dir(PACKAGE, methods, options)}


def written(language: str) -> dict[str, str]:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {words(message.id): words(message.string) for message in read_po(file, locale=language) if message.id}


def compiled(language: str) -> dict[str, str]:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return {words(message.id): words(message.string) for message in read_mo(file) if message.id}


def test_every_message_has_its_dutch_words() -> None:
    assert {message for message in the_messages() if not written("nl").get(message)} == set()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_catalogue_keeps_a_message_that_no_page_says(language: str) -> None:
    assert set(written(language)) - the_messages() == set()


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert compiled("nl") == written("nl")


def test_the_english_catalogue_has_plurals_and_nothing_else() -> None:
    assert compiled("en") == {message: message for message in the_messages() if " | " in message}
