"""Prints a page of ours to PDF with the real browser: A4, tagged, with an outline, and dated as we say."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright import async_api as playwright

from conformance.errors import InputError, Problem

DATE: Final = re.compile(rb"D:\d{14}(?=[Z+-])(?:Z|[+-]\d\d'\d\d')")
"""A date as Chromium writes it into the metadata, always of one length in one file."""


async def print_page(browser: playwright.Browser, page: Path, *, footer: str, at: datetime) -> bytes:
    """The page as PDF. No script runs in it, and nothing is asked of any network.

    Raises:
        InputError: when the browser could not print it.
    """
    try:
        context = await browser.new_context(java_script_enabled=False, offline=True)
        tab = await context.new_page()
        await tab.goto(_address(page), wait_until="load")
        printed = await tab.pdf(
            format="A4",
            prefer_css_page_size=True,
            print_background=True,
            tagged=True,
            outline=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=footer,
        )
        await context.close()
    except playwright.Error as error:
        problem = Problem(file=page.name, message=f"the browser could not print it ({error.message})")
        raise InputError(problem) from None
    return dated(printed, at)


def dated(printed: bytes, at: datetime) -> bytes:
    """The same file, made and changed `at`; a date of another length is left alone, since every place is counted."""
    told = f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}+00'00'".encode()
    return DATE.sub(lambda found: told if len(found[0]) == len(told) else found[0], printed)


def _address(page: Path) -> str:
    return page.absolute().as_uri()
