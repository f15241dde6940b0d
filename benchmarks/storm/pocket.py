"""What one sender carries: a page, a code, tokens and a session of honest sign-ins, made again when used up."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from benchmarks.storm.grammar import Material, honest_question, honest_redemption, honest_sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.storm.asked import Answered, Asked

SESSION: Final = "leerid_session"
OLDEST_S: Final = 15
MOST_USES: Final = 40


class Pocket:
    """Material for requests, from honest sign-ins through `send`."""

    def __init__(self, send: Callable[[Asked], Answered], client: Material) -> None:
        self._send = send
        self._material = client
        self._made_at, self._uses = 0.0, MOST_USES

    def material(self) -> Material:
        """Return material that is fresh enough."""
        self._uses += 1
        if self._uses >= MOST_USES or time.monotonic() - self._made_at > OLDEST_S:
            self._sign_in()
        return self._material

    def learn(self, asked: Asked, answered: Answered) -> None:
        """Throw away what an answer used up."""
        is_page_gone = asked.endpoint in {"page", "composer"} and answered.status in {303, 400}
        is_code_gone = asked.endpoint == "token" and answered.status < 300  # noqa: PLR2004  the successes
        if is_page_gone or is_code_gone:
            self._uses = MOST_USES

    def _sign_in(self) -> None:
        self._redeem(self._code())
        code, session = self._code()
        page = self._send(honest_question(self._material)).location
        self._material = replace(self._material, page=page or self._material.page, code=code, session=session)
        self._made_at, self._uses = time.monotonic(), 0

    def _code(self) -> tuple[str, str]:
        page = self._send(honest_question(self._material)).location
        answer = self._send(honest_sign_in(replace(self._material, page=page)))
        code = parse_qs(urlsplit(answer.location).query)["code"][0]
        return code, dict(answer.cookies)[SESSION]

    def _redeem(self, signed_in: tuple[str, str]) -> None:
        code, session = signed_in
        answer = self._send(honest_redemption(replace(self._material, code=code)))
        tokens = json.loads(answer.body)
        self._material = replace(
            self._material, access_token=tokens["access_token"], id_token=tokens["id_token"], session=session
        )
