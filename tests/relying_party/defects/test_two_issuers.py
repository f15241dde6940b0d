"""An application that knows two issuers keeps them apart; each defect mixes them up in one way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Browser
from honest_provider import FOREIGN_KEY, Answer, HonestProvider, honest_seal
from joserfc import jws

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browsing import Outcome
    from conftest import MakeApp

FIRST, SECOND = "", "/second"
OTHER_KID = "key-2"


def hostile_seal(_header: dict[str, Any], claims: dict[str, Any]) -> str:
    header = {"alg": "RS256", "kid": OTHER_KID, "typ": "JWT"}
    return jws.serialize_compact(header, json.dumps(claims).encode(), FOREIGN_KEY, algorithms=["RS256"])


@pytest.fixture
def evil() -> Iterator[HonestProvider]:
    hostile = HonestProvider(keys=[FOREIGN_KEY], seal=hostile_seal)
    hostile.bend_jwks = lambda document: {"keys": [key | {"kid": OTHER_KID} for key in document["keys"]]}
    server = hostile.serve()
    yield hostile
    server.shutdown()
    server.server_close()


class Chooser(Browser):
    """A browser of somebody who chooses at which issuer to sign in."""

    def start_at(self, issuer: str) -> str:
        return self.client.get(f"/sign-in{issuer}").headers["Location"]

    def come_back_to(self, issuer: str, parameters: dict[str, str]) -> Outcome:
        return self.outcome(self.client.get(f"/callback{issuer}", query_string=parameters, follow_redirects=True))

    def sign_in_at(self, issuer: str, provider: HonestProvider) -> Outcome:
        return self.come_back_to(issuer, provider.authorize(self.start_at(issuer)))


@pytest.fixture
def chooser(make_app: MakeApp, provider: HonestProvider, evil: HonestProvider, defect: str | None) -> Chooser:
    app = make_app(second_issuer=evil.issuer, defect=defect)
    return Chooser(client=app.test_client(), provider=provider)


def both(name: str) -> pytest.MarkDecorator:
    """The sound application and the one with this defect."""
    return pytest.mark.parametrize("defect", [None, name])


@pytest.mark.parametrize("defect", [None])
def test_people_sign_in_at_each_issuer_with_the_secret_it_gave(chooser: Chooser, evil: HonestProvider) -> None:
    assert chooser.sign_in_at(FIRST, chooser.provider).signed_in
    assert chooser.sign_in_at(SECOND, evil).signed_in
    assert evil.basic("token") == ("leerid-rp", "second-testbed-secret-not-for-production")
    assert evil.form("token")["redirect_uri"].endswith("/callback/second")


@pytest.mark.parametrize("defect", [None])
def test_signing_out_leads_to_the_issuer_at_which_somebody_signed_in(chooser: Chooser, evil: HonestProvider) -> None:
    chooser.sign_in_at(SECOND, evil)
    assert chooser.client.post("/sign-out").headers["Location"].startswith(f"{evil.issuer}/v1/logout?")


def test_there_is_no_second_issuer_unless_one_is_configured(make_app: MakeApp) -> None:
    client = make_app().test_client()
    assert [client.get(path).status_code for path in ("/sign-in/second", "/callback/second")] == [404, 404]
    assert 'data-testid="sign-in-at-second"' not in client.get("/").text


@both("issuer-left-out-of-key")
def test_a_person_of_one_issuer_is_nobody_of_another(chooser: Chooser, evil: HonestProvider, defect: str) -> None:
    first, second = chooser.sign_in_at(FIRST, chooser.provider), chooser.sign_in_at(SECOND, evil)
    assert (first.person_id == second.person_id) == bool(defect)


@pytest.mark.parametrize("defect", [None, "redirect-uri-unchecked", "redirect-uri-shared"])
def test_a_code_of_the_first_issuer_does_not_go_to_the_second(
    chooser: Chooser, evil: HonestProvider, defect: str
) -> None:
    evil.answers["token"] = Answer({"error": "invalid_grant"}, 400)
    outcome = chooser.come_back_to(FIRST, chooser.provider.authorize(chooser.start_at(SECOND)))
    assert outcome.reason == ("provider-error" if defect else "redirect-uri")
    assert evil.calls("token") == bool(defect)


@both("latest-issuer-wins")
def test_each_tab_goes_on_at_its_own_issuer(chooser: Chooser, evil: HonestProvider, defect: str) -> None:
    evil.answers["token"] = Answer({"error": "invalid_grant"}, 400)
    older = chooser.start_at(FIRST)
    chooser.start_at(SECOND)
    assert chooser.come_back_to(FIRST, chooser.provider.authorize(older)).signed_in == (defect is None)
    assert evil.calls("token") == bool(defect)


@both("issuer-from-token")
def test_a_token_of_the_first_issuer_is_none_of_the_second(chooser: Chooser, evil: HonestProvider, defect: str) -> None:
    evil.bend_id_token = lambda claims: claims | {"iss": chooser.provider.issuer}
    evil.seal = honest_seal
    assert chooser.sign_in_at(SECOND, evil).reason == ("" if defect else "signature")


@both("keys-of-all-issuers")
def test_the_key_of_one_issuer_says_nothing_for_another(chooser: Chooser, defect: str) -> None:
    chooser.provider.seal = hostile_seal
    assert chooser.sign_in_at(FIRST, chooser.provider).reason == ("" if defect else "signature")


@both("any-issuer-begins")
def test_a_third_party_begins_a_sign_in_at_a_configured_issuer_alone(
    make_app: MakeApp, provider: HonestProvider, evil: HonestProvider, defect: str | None
) -> None:
    client = make_app(second_issuer=evil.issuer, initiate_login=True, defect=defect).test_client()

    def leads_to(**told: str) -> str:
        return client.get("/initiate-login", query_string=told).headers["Location"]

    assert leads_to(iss=provider.issuer).startswith(f"{provider.issuer}/")
    assert leads_to(iss=evil.issuer, target_link_uri="https://x.example").startswith(f"{evil.issuer}/")
    assert leads_to() == "/refused/issuer-named"
    strange = leads_to(iss="https://x.example/op")
    assert strange == ("https://x.example/op/v1/auth" if defect else "/refused/issuer-named")
    assert client.get("/refused/issuer-named").status_code == 400


def test_no_third_party_begins_a_sign_in_unless_that_is_wanted(make_app: MakeApp) -> None:
    assert make_app().test_client().get("/initiate-login").status_code == 404
