"""How an answer of the provider is read: as many bytes and as many seconds as were agreed, and no more.

`requests` limits how long one read may take, so that an answer that comes bit by bit is waited for without end. (The
headers of an answer are no part of this: they have a largest number and length, and each read of them has its time.)
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ReadTimeout
from urllib3.exceptions import HTTPError

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

AT_ONCE = 65_536


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an answer may take: seconds from the request to its last byte, and bytes of its body."""

    seconds: float
    bytes: int


class LimitedAdapter(HTTPAdapter):
    """Sends requests, and gives up answers that exceed their limits.

    It asks for answers that are not compressed and reads them as they come, so that what was counted is all there is.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        super().__init__()

    def send(self, request: PreparedRequest, *_: Any, **options: Any) -> Response:
        """Send a request and read the whole answer. A session names every option.

        Raises:
            ReadTimeout: it did not come in time.
            NoConnection: it was too long, or broke off.
        """
        request.headers["Accept-Encoding"] = "identity"
        ends_at = time.monotonic() + self._limits.seconds
        answer = super().send(request, **options | {"stream": True})
        try:
            answer.raw = BytesIO(self._body(answer, ends_at))
        except HTTPError as error:
            raise NoConnection(error, request=request) from None
        return answer

    def _body(self, answer: Response, ends_at: float) -> bytes:
        """Read what is there, again and again, until nothing is left."""
        body = bytearray()
        try:
            while piece := answer.raw.read1(AT_ONCE, decode_content=False):
                body += piece
                if len(body) > self._limits.bytes:
                    raise NoConnection(f"the answer is longer than {self._limits.bytes} bytes", request=answer.request)
                if time.monotonic() > ends_at:
                    raise ReadTimeout(f"not all of it came in {self._limits.seconds} s", request=answer.request)
        finally:
            answer.raw.close()
        return bytes(body)
