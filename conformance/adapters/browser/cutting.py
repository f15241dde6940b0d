"""Cutting a tab off from a site, redirects included, which Playwright's own routes let pass."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from playwright import async_api as playwright

from conformance.target import origin

if TYPE_CHECKING:
    from collections.abc import Coroutine

REFUSED: Final = "ConnectionRefused"
UNDER_WAY: Final[set[asyncio.Task[None]]] = set()


async def cut_off(page: playwright.Page, site: str, after: str | None) -> None:
    """Let no request of this page reach a site; with `after`, once it has been at that one."""
    session = await page.context.new_cdp_session(page)
    seen: set[str] = set()

    async def decide(paused: dict[str, Any]) -> None:
        asked = origin(paused["request"]["url"])
        seen.add(asked)
        number = {"requestId": paused["requestId"]}
        with suppress(playwright.Error):
            if asked == site and (after is None or after in seen):
                await session.send("Fetch.failRequest", {**number, "errorReason": REFUSED})
            else:
                await session.send("Fetch.continueRequest", number)

    session.on("Fetch.requestPaused", lambda paused: _in_background(decide(paused)))
    sites = [site, *([after] if after else [])]
    await session.send("Fetch.enable", {"patterns": [{"urlPattern": f"{each}/*"} for each in sites]})


def _in_background(deciding: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(deciding)
    UNDER_WAY.add(task)
    task.add_done_callback(UNDER_WAY.discard)
