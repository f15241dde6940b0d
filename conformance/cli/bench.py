"""Sets the outside world up for a run, in order: mock, registration, consent, application, browser."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from conformance.adapters.books import HttpBooks
from conformance.adapters.browser import Chromium
from conformance.adapters.clock import SystemClock
from conformance.adapters.control import HttpControl, MockRefused
from conformance.adapters.process import NoProcess, Process
from conformance.adapters.registration import register
from conformance.adapters.restart_door import RestartDoor
from conformance.adapters.site import refused_consent
from conformance.cli.lint import ask_mock
from conformance.errors import InputError, Problem
from conformance.ports import Application
from conformance.runner import Outside, Suite, fits
from conformance.target import Command, Target


@asynccontextmanager
async def set_up(target: Target, suite: Suite, *, headed: bool) -> AsyncIterator[Outside]:
    """Everything a run needs outside; what was started here is stopped in the end.

    Raises:
        InputError: when something is not there, does not start, has not consented, or the mock knows other names.
    """
    async with AsyncExitStack() as stack:
        browser = Chromium(headed=headed)
        await _mock(target, stack)
        control = await stack.enter_async_context(HttpControl(target.mock.url, target.mock.control_token))
        problems = [*fits(suite, await ask_mock(control)), *await refused_consent(target.strangers)]
        if problems:
            raise InputError(*problems)
        await _cast(target, control)
        await _register(target, control)
        application = await _application(target, stack)
        await stack.enter_async_context(browser)
        books = await stack.enter_async_context(HttpBooks())
        yield Outside(browser=browser, control=control, application=application, clock=SystemClock(), books=books)


async def _mock(target: Target, stack: AsyncExitStack) -> None:
    mock = target.mock
    if mock.command:
        ready = f"{mock.url.rstrip('/')}/control/v1"
        process = Process(
            mock.command, ready, environment=mock.environment, timeout_s=mock.timeout_s, key="mock.command"
        )
        await stack.enter_async_context(process)


async def _cast(target: Target, control: HttpControl) -> None:
    """Make sure that the mock has people of our own, where they are to sign in."""
    if target.people == "personas":
        return
    try:
        stage = await control.open_stage({"cast": "probe"})
    except MockRefused as error:
        message = f"the mock has no people of each scenario's own: {error}"
        hint = 'use a mock of the same version, or write people = "personas" in the target file'
        raise InputError(Problem(key="people", message=message, hint=hint)) from None
    await control.close_stage(stage.id)


async def _register(target: Target, control: HttpControl) -> None:
    try:
        await register(target, control)
    except MockRefused as error:
        raise InputError(Problem(key="client", message=str(error), hint="mend it in the target file")) from None


async def _application(target: Target, stack: AsyncExitStack) -> Application:
    started, door = await _started(target.start, stack), target.capabilities.restart
    return RestartDoor(started, door) if door else started


async def _started(start: Command | None, stack: AsyncExitStack) -> Application:
    if start is None:
        return NoProcess()
    process = Process(start.command, start.ready_url, environment=start.environment, timeout_s=start.timeout_s)
    return await stack.enter_async_context(process)
