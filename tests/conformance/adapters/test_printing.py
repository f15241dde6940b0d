"""A page of ours printed by the real browser."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conformance.adapters.browser import Chromium
from conformance.adapters.browser.printing import dated
from conformance.errors import InputError

AT = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
PAGE = (
    '<!doctype html><html lang="nl"><title>Blad</title><h1>Blad</h1><p>Een <a href="#x">zin</a>.</p><h2 id="x">X</h2>'
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


async def printed(page: Path, times: int) -> list[bytes]:
    made = []
    for _ in range(times):
        async with Chromium() as browser:
            made.append(await browser.print_page(page, footer="<span class='pageNumber'></span>", at=AT))
    return made


@pytest.mark.browser
def test_the_paper_is_tagged_and_dated_and_the_same_whenever_it_is_printed(pages: Path) -> None:
    first, again = asyncio.run(printed(pages / "page.html", 2))
    assert first.startswith(b"%PDF-")
    assert b"/MarkInfo" in first
    assert b"/Lang (nl)" in first
    assert set(re.findall(rb"D:(\d{14})", first)) == {b"20260901120000"}
    assert first == again


def test_only_a_date_of_the_same_length_is_replaced() -> None:
    assert dated(b"(D:20200101000000+00'00') (D:20200101000000Z)", AT) == (
        b"(D:20260901120000+00'00') (D:20200101000000Z)"
    )


@pytest.mark.browser
def test_a_page_that_is_not_there_is_told_without_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        asyncio.run(printed(tmp_path / "absent.html", 1))
    assert "absent.html: the browser could not print it" in told.value.problems[0].line
