"""Sign-ins in whatever order: hypothesis asks, signs in, cancels, redeems, refreshes, signs out, and time goes by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from contract_checks import bounded
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from, text
from small_application import REDIRECT_URI, Application

from mock_idp.domain.clients import Client
from mock_idp.web import create_app

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

SCOPE = "openid profile ov_leerling offline_access"
NAMES = ("first", "second")
SECRET = "a secret of both"
CODE_S, PAGE_S, TOKEN_S, SESSION_S, REFRESH_S = 30, 1800, 3600, 7200, 28_800
STATES = text(min_size=1, max_size=20).filter(lambda state: state.encode("utf-8", "ignore").decode() == state)


@dataclass(kw_only=True, eq=False)
class Family:
    """All that came of one sign-in, as it ought to be."""

    client: str
    code: str
    signed_in_at: float
    is_spent: bool = False
    is_revoked: bool = False
    used: set[str] = field(default_factory=set)


class SignIns(RuleBasedStateMachine):
    """Two applications, one browser, and what ought to be true of them."""

    provider: Provider
    clock: SettableClock
    pages, codes, tokens, refreshes = Bundle("pages"), Bundle("codes"), Bundle("tokens"), Bundle("refreshes")

    def __init__(self) -> None:
        super().__init__()
        self.browser = create_app(self.provider.settings, self.provider).test_client()
        self.session_ends: float | None = None
        self.rotations = 0

    def application(self, name: str) -> Application:
        return Application(browser=self.browser, client_id=name, client_secret=SECRET)

    def now(self) -> float:
        return self.clock.now().timestamp()

    def is_signed_in(self) -> bool:
        return self.session_ends is not None and self.now() < self.session_ends

    def is_open(self, page: Any) -> bool:
        return self.now() < page[3] + PAGE_S

    # The browser

    @rule(target=pages, client=sampled_from(NAMES), state=STATES)
    def ask(self, client: str, state: str) -> Any:
        answer = self.application(client).ask(scope=SCOPE, state=state, prompt="login")
        assert answer.location.startswith("/op/sign-in/")
        return client, state, answer.location, self.now()

    @rule(target=codes, page=consumes(pages), persona=sampled_from(["secondary-pupil", "primary-pupil"]))
    def sign_in(self, page: Any, persona: str) -> Any:
        answer = self.browser.post(page[2], data={"persona": persona})
        if not self.is_open(page):
            assert answer.status_code == 400
            return multiple()
        self.session_ends = self.now() + SESSION_S
        assert self.browser.post(page[2], data={"persona": persona}).status_code == 400
        return self._code_in(answer, page[0], page[1])

    @rule(page=consumes(pages))
    def cancel(self, page: Any) -> None:
        answer = self.browser.post(page[2], data={"action": "cancel"})
        if self.is_open(page):
            assert self._told(answer, page[1])["error"] == "access_denied"
        else:
            assert answer.status_code == 400

    @rule(target=codes, client=sampled_from(NAMES), state=STATES)
    def ask_without_page(self, client: str, state: str) -> Any:
        answer = self.application(client).ask(scope=SCOPE, state=state, prompt="none")
        if self.is_signed_in():
            return self._code_in(answer, client, state)
        assert self._told(answer, state)["error"] == "login_required"
        return multiple()

    @rule()
    def sign_out(self) -> None:
        self.browser.get("/op/v1/logout")
        self.session_ends = None

    # The applications

    @rule(target=tokens, family=codes, client=sampled_from(NAMES))
    def redeem(self, family: Family, client: str) -> Any:
        answer = self.application(client).redeem(family.code)
        is_in_time = self.now() < family.signed_in_at + CODE_S
        is_right = client == family.client and is_in_time and not family.is_spent
        assert answer.status_code == (200 if is_right else 400)
        if client == family.client:
            family.is_revoked |= family.is_spent
            family.is_spent = True
        return self._tokens_in(answer, family) if is_right else multiple()

    @rule(target=tokens, token=tokens, client=sampled_from(NAMES))
    def refresh(self, token: Any, client: str) -> Any:
        family, _, _, refresh_token = token
        answer = self.application(client).refresh(refresh_token)
        is_there = not family.is_revoked and refresh_token not in family.used
        is_right = client == family.client and is_there and self.now() < family.signed_in_at + REFRESH_S
        assert answer.status_code == (200 if is_right else 400)
        if not is_right:
            return multiple()
        family.used.add(refresh_token)
        return self._tokens_in(answer, family)

    @rule(token=tokens)
    def userinfo(self, token: Any) -> None:
        family, made_at, access_token, _ = token
        is_good = not family.is_revoked and self.now() < made_at + TOKEN_S
        assert self.application(family.client).userinfo(access_token).status_code == (200 if is_good else 401)

    # The provider

    @precondition(lambda self: self.rotations < 1)
    @rule()
    def rotate_keys(self) -> None:
        self.rotations += 1
        self.provider.main.keys.rotate()

    @rule(seconds=sampled_from([1, 10, CODE_S, 600, TOKEN_S, SESSION_S, REFRESH_S]))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    def _code_in(self, answer: TestResponse, client: str, state: str) -> Family:
        return Family(client=client, code=self._told(answer, state)["code"], signed_in_at=self.now())

    def _told(self, answer: TestResponse, state: str) -> Any:
        assert answer.location.startswith(f"{REDIRECT_URI}?")
        told = Application.parameters_of(answer)
        assert told["state"] == state
        return told

    def _tokens_in(self, answer: TestResponse, family: Family) -> Any:
        body = answer.get_json()
        if "id_token" in body:
            known = {key["kid"] for key in self.browser.get("/op/v1/keys").get_json()["keys"]}
            assert Application.opened(body["id_token"], part=0)["kid"] in known
            assert Application.opened(body["id_token"])["aud"] == family.client
        return family, self.now(), body["access_token"], body["refresh_token"]


def test_whatever_happens_in_whatever_order_each_thing_holds_for_its_time_and_once(
    provider: Provider, clock: SettableClock
) -> None:
    for name in NAMES:
        client = Client(
            client_id=name, client_secret=SECRET, redirect_uris=(REDIRECT_URI,), scopes=tuple(SCOPE.split())
        )
        provider.main.clients.put(client)
    machine = type("Machine", (SignIns,), {"provider": provider, "clock": clock})
    run_state_machine_as_test(machine, settings=bounded(30))
