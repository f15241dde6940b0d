"""The words of the pages: nothing that a Dutch-speaking pupil reads is left in English by oversight."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[3] / "mock_idp"
CATALOGUES = PACKAGE / "web" / "translations"


def the_messages() -> set[str]:
    with (PACKAGE / "web" / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel has no types here
    return {str(found[2]) for found in extract_from_dir(PACKAGE, methods, options)}


def written(language: str) -> dict[str, str]:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale=language) if message.id}


def compiled(language: str) -> dict[str, str]:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_mo(file) if message.id}


def test_every_message_has_its_dutch_words() -> None:
    assert {message for message in the_messages() if not written("nl").get(message)} == set()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_catalogue_keeps_a_message_that_no_page_says(language: str) -> None:
    assert set(written(language)) - the_messages() == set()


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert compiled("nl") == written("nl")
