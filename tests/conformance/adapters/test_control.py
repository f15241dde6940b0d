"""The client of the control API: what it sends, what it makes of the answers, what it says when there is no mock."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from laboratory import free_port
from little_server import serve
from miniatures import CALLBACK, TARGET

from conformance.adapters.control import HttpControl, MockRefused
from conformance.adapters.registration import register
from conformance.adapters.site import refused_consent
from conformance.errors import InputError

ABOUT = {"product": "leerid-testbed", "version": "1", "api": "1", "issuer": "http://localhost:9100/op", "more": 1}
STAGE = {"id": "s1", "cookie": {"name": "leerid_stage", "value": "s1"}}
EXCHANGE = {"number": 4, "at": "", "stage": "s1", "endpoint": "token", "fired": ["a.b"], "news": "ignored"}


def call(url: str, use: Callable[[HttpControl], Awaitable[Any]], token: str | None = None) -> Any:
    async def called() -> Any:
        async with HttpControl(url, token) as control:
            return await use(control)

    return asyncio.run(called())


def test_the_mock_says_what_it_is_and_newer_members_do_no_harm() -> None:
    with serve({"/control/v1": ABOUT}) as server:
        assert call(server.url, lambda control: control.about()).issuer == "http://localhost:9100/op"


def test_a_mock_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match=r"mock\.url: no mock answers at http://127\.0\.0\.1:"):
        call(f"http://127.0.0.1:{free_port()}", lambda control: control.about())


@pytest.mark.parametrize("answer", [(404, "", {}), (200, "<html>", {}), {"product": "other"}])
def test_something_else_than_the_mock_is_told(answer: Any) -> None:
    with serve({"/control/v1": answer}) as server, pytest.raises(InputError, match="is not the mock"):
        call(server.url, lambda control: control.about())


def test_another_product_is_not_the_mock() -> None:
    with serve({"/control/v1": ABOUT | {"product": "else"}}) as server, pytest.raises(InputError, match="'else'"):
        call(server.url, lambda control: control.about())


def test_a_mock_that_wants_a_token_is_told() -> None:
    with serve({"/control/v1": (401, {}, {})}) as server, pytest.raises(InputError, match="wants a control token"):
        call(server.url, lambda control: control.about())


def test_the_token_is_sent_when_there_is_one() -> None:
    with serve({"/control/v1": ABOUT}) as server:
        call(server.url, lambda control: control.about(), token="word")
        assert server.headers[0]["Authorization"] == "Bearer word"


def test_a_stage_is_opened_read_and_closed() -> None:
    table = {
        "POST /control/v1/stages": (201, STAGE, {}),
        "/control/v1/journal": {"exchanges": [EXCHANGE]},
        "DELETE /control/v1/stages/s1": (204, "", {}),
    }
    with serve(table) as server:

        async def use(control: HttpControl) -> None:
            assert (await control.open_stage({"faults": ["a.b"]})).cookie.value == "s1"
            (exchange,) = await control.journal(stage="s1", since=3)
            assert exchange.fired == ("a.b",)
            await control.close_stage("s1")

        call(server.url, use)
        assert json.loads(server.asked[0][2]) == {"faults": ["a.b"]}
        assert server.asked[1][1] == "/control/v1/journal?since=3&stage=s1"


def test_a_stage_that_is_gone_already_is_no_problem() -> None:
    with serve({}) as server:
        call(server.url, lambda control: control.close_stage("s1"))


def test_a_registration_goes_to_its_own_address() -> None:
    with serve({"PUT /control/v1/clients/me": (200, {}, {})}) as server:
        call(server.url, lambda control: control.register({"client_id": "me", "scopes": ["openid"]}))
        assert json.loads(server.asked[0][2]) == {"scopes": ["openid"]}


def test_a_second_issuer_is_opened_and_takes_a_registration_of_its_own() -> None:
    target = TARGET.model_copy(update={"claims_profile": "acm-2024"})
    table = {
        "PUT /control/v1/clients/me": (200, {}, {}),
        "PUT /control/v1/issuers/evil": (201, {}, {}),
    }
    with serve(table) as server:
        call(server.url, lambda control: register(target, control))
        paths = [path for _method, path, _body in server.asked]
        assert paths == ["/control/v1/clients/me", "/control/v1/issuers/evil", "/control/v1/clients/me?issuer=evil"]
        assert json.loads(server.asked[2][2])["redirect_uris"] == [f"{CALLBACK}/second", CALLBACK]


def test_a_refusal_of_the_mock_is_told_in_its_own_words() -> None:
    body = {"error": "invalid", "message": "Two values are wrong", "problems": [{"key": "scopes", "message": "empty"}]}
    table = {"PUT /control/v1/clients/me": (422, body, {})}
    with serve(table) as server, pytest.raises(MockRefused, match="422: Two values are wrong; scopes: empty"):
        call(server.url, lambda control: control.register({"client_id": "me"}))


def test_keys_are_rotated_by_an_action() -> None:
    with serve({"POST /control/v1/keys": {"keys": []}}) as server:
        call(server.url, lambda control: control.change_keys("rotate"))
        assert json.loads(server.asked[0][2]) == {"action": "rotate"}


@pytest.mark.parametrize(
    ("answer", "refused"),
    [((200, "leerid-testbed may judge this", {}), False), ((200, "hello", {}), True), ((404, "", {}), True)],
)
def test_a_site_consents_with_a_file(answer: Any, refused: bool) -> None:  # noqa: FBT001  a table
    with serve({"/.well-known/leerid-testbed-consent": answer}) as server:
        assert bool(asyncio.run(refused_consent((server.url,)))) is refused


def test_a_site_that_does_not_answer_has_not_consented() -> None:
    (problem,) = asyncio.run(refused_consent((f"http://127.0.0.1:{free_port()}",)))
    assert problem.key == "sign_in_url"
