"""The application's books, over HTTP: what it keeps of people, its privacy log, and the purge."""

from types import TracebackType
from typing import Any, Final, Self

import httpx
from pydantic import JsonValue

from conformance.ports import BookShut

TIMEOUT_S: Final = 30


class HttpBooks:
    """Reads what a test door of the application answers; use as a context manager."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._http = httpx.AsyncClient(timeout=TIMEOUT_S, verify=False)  # noqa: S501  a test server's own certificate

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def read(self, url: str) -> tuple[JsonValue, ...]:
        """The list that lies at an address.

        Raises:
            BookShut: nothing answers, or no JSON list.
        """
        answer = await self._asked("GET", url)
        try:
            told: Any = answer.json()
        except ValueError:
            raise BookShut(f"{url} answered no JSON") from None
        if not isinstance(told, list):
            raise BookShut(f"{url} answered JSON that is no list")
        return tuple(told)

    async def purge(self, url: str) -> bool:
        """Let the application delete what is kept too long by its clock; say whether it came to the end of that.

        Raises:
            BookShut: nothing answers, or nothing that purges.
        """
        answer = await self._answered("POST", url)
        if answer.is_server_error:
            return False
        return _sound(answer).is_success

    async def _asked(self, method: str, url: str) -> httpx.Response:
        return _sound(await self._answered(method, url))

    async def _answered(self, method: str, url: str) -> httpx.Response:
        try:
            return await self._http.request(method, url)
        except httpx.HTTPError as error:
            raise BookShut(f"{url} could not be asked: {error!r}") from None


def _sound(answer: httpx.Response) -> httpx.Response:
    if not answer.is_success:
        raise BookShut(f"{answer.url} answered {answer.status_code}")
    return answer
