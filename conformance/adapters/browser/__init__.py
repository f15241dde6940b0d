"""The real browser, through Playwright. Nothing else imports Playwright; nothing of it leaves this folder."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from playwright import async_api as playwright

from conformance.adapters.browser.printing import print_page
from conformance.adapters.browser.tab import ChromiumTab
from conformance.adapters.browser.visitor import ChromiumVisitor
from conformance.adapters.chromium import find_chromium, flags

__all__ = ["Chromium", "ChromiumTab", "ChromiumVisitor"]

PATIENCE_MS: Final = 10_000


class Chromium:
    """One Chromium, started when entered; every visitor gets an isolated context in it."""

    def __init__(self, *, headed: bool = False) -> None:
        """Find the browser now, so that its absence is told before anything starts."""
        self._headed = headed
        self._program = find_chromium(headed=headed)
        self._playwright: playwright.Playwright | None = None
        self._browser: playwright.Browser | None = None

    async def __aenter__(self) -> Self:
        """Start the browser."""
        self._playwright = await playwright.async_playwright().start()
        self._browser = await self._playwright.chromium.launch(
            executable_path=self._program,
            headless=not self._headed,
            args=flags(is_root=hasattr(os, "geteuid") and os.geteuid() == 0, headed=self._headed),
            chromium_sandbox=not (hasattr(os, "geteuid") and os.geteuid() == 0),
            handle_sigint=False,  # the run ends in order and closes the browser itself
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the browser."""
        if self._browser:
            with suppress(playwright.Error):
                await self._browser.close()
        if self._playwright:
            await self._playwright.stop()

    @property
    def name(self) -> str:
        """Which program."""
        return self._program.name

    @property
    def version(self) -> str:
        """Which version; empty before the start."""
        return self._browser.version if self._browser else ""

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator["ChromiumVisitor"]:
        """A visitor who was never here before."""
        if self._browser is None:
            raise RuntimeError("the browser has not been started; use `async with`")
        context = await self._browser.new_context(ignore_https_errors=True, locale="nl-BE")
        context.set_default_timeout(PATIENCE_MS)
        try:
            yield ChromiumVisitor(context)
        finally:
            with suppress(playwright.Error):
                await context.close()

    async def print_page(self, page: Path, *, footer: str, at: datetime) -> bytes:
        """A page of ours as PDF; only a browser without a window prints."""
        if self._browser is None:
            raise RuntimeError("the browser has not been started; use `async with`")
        return await print_page(self._browser, page, footer=footer, at=at)
