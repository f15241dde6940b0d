"""The datastore somewhere else: the `Datastore` port over HTTP, as `leerid-idp datastore serve` answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from mock_idp.domain.datastore import DatastoreAwayError, StudentFacts
from mock_idp.provider.datastore_question import query_of

if TYPE_CHECKING:
    from mock_idp.domain.datastore import Enquiry

OK: Final = 200
NOT_FOUND: Final = 404
UNKNOWN_ACCOUNT: Final = "unknown_account"
"""The word by which a datastore says so; any other 404 comes from something that is no datastore."""
FACTS: Final = TypeAdapter(StudentFacts)


class RemoteDatastore:
    """Asks the datastore at a URL. Connections are kept; one value serves all threads."""

    def __init__(self, url: str, *, connect_s: float = 2.0, read_s: float = 5.0) -> None:
        self._url = url.rstrip("/")
        self._http = httpx.Client(timeout=httpx.Timeout(read_s, connect=connect_s), trust_env=False)

    def facts(self, enquiry: Enquiry) -> StudentFacts | None:
        """Return what is true of an account; None when there is none. Raises `DatastoreAwayError`."""
        answer = self._answer(enquiry)
        if answer.status_code == NOT_FOUND and _error(answer) == UNKNOWN_ACCOUNT:
            return None
        if answer.status_code != OK:
            self._away(f"it answered with status {answer.status_code}")
        try:
            return FACTS.validate_json(answer.content, strict=True)
        except ValidationError:
            self._away("its answer cannot be read")

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _answer(self, enquiry: Enquiry) -> httpx.Response:
        url = f"{self._url}/v1/accounts/{quote(enquiry.user_name, safe='')}"
        try:
            return self._http.get(url, params=query_of(enquiry))
        except httpx.TimeoutException:
            self._away("it took too long")
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:  # UnicodeError: no name for a computer
            self._away(f"{type(error).__name__}, {error}")

    def _away(self, why: str) -> NoReturn:
        raise DatastoreAwayError(f"The datastore at {self._url} does not answer: {why.rstrip('.')}.")


def _error(answer: httpx.Response) -> object:
    try:
        told = answer.json()
    except ValueError:
        return None
    return told.get("error") if isinstance(told, dict) else None
