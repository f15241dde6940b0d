"""An application that begins anew when it is asked to, at an address of its own: sooner than any process starts."""

import httpx

from conformance.ports import Application

TIMEOUT_S = 30


class RestartDoor:
    """An application with such an address; where it does not answer well, the process behind it is restarted."""

    can_restart = True

    def __init__(self, application: Application, url: str) -> None:
        """Put the door before an application, whoever started it."""
        self._application, self._url = application, url

    @property
    def has_log(self) -> bool:
        """Whether what it writes can be read, which the door changes nothing of."""
        return self._application.has_log

    async def log(self) -> str:
        """What it has written of late."""
        return await self._application.log()

    async def restart(self) -> str | None:
        """Ask it to begin anew. None when it has; else why not."""
        why = await self._asked()
        if why and self._application.can_restart:
            return await self._application.restart()
        return why

    async def _asked(self) -> str | None:
        async with httpx.AsyncClient(timeout=TIMEOUT_S, verify=False) as http:  # noqa: S501  a test server's own
            try:
                answer = await http.post(self._url)
            except httpx.HTTPError as error:
                return f"the application could not be asked to begin anew at {self._url}: {error!r}"
        return None if answer.is_success else f"{self._url} answered {answer.status_code} instead of beginning anew"
