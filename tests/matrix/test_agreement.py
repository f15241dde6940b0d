"""What a defect can change, told without letting it meet anything: no answer that differs may be overlooked."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from agreement import AT_START, BETWEEN, NotPlainError, Watch, alike, copied
from joserfc.jwk import RSAKey
from markupsafe import Markup

from relying_party.defects import Defect, catalogue
from relying_party.signin.evidence import Evidence
from relying_party.signin.policy import Policy
from relying_party.signin.refusal import ProviderError, Refused, Step
from relying_party.signin.rules import pages, protocol, reading, sessions

KEY = RSAKey.generate_key(2048, {"kid": "key-1"})


@dataclass(frozen=True)
class Held:
    names: tuple[str, ...]


def defect(sound: Callable[..., Any], wrong: Callable[..., Any], **beside: Any) -> dict[str, Defect]:
    return {"wrong": Defect(id="wrong", sentence="Is wrong.", requirements=("X",), sound=sound, wrong=wrong, **beside)}


def watched(sound: Callable[..., Any], wrong: Callable[..., Any], **beside: Any) -> tuple[Watch, Policy]:
    watch = Watch(defects=defect(sound, wrong, **beside))
    return watch, watch.policy(Policy())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("text", "text"),
        ({"a": [1, None]}, {"a": [1, None]}),
        (Held(names=("An",)), Held(names=("An",))),
        (KEY, RSAKey.import_key(KEY.as_dict(private=True))),
        (Refused(reason="nonce", step=Step.ID_TOKEN), Refused(reason="nonce", step=Step.ID_TOKEN)),
        ({"b", "a"}, {"a", "b"}),
    ],
)
def test_the_same_answer_is_alike(one: object, other: object) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("text", Markup("text")),
        (1, True),
        (["a"], ("a",)),
        ({"a": ["1"]}, {"a": [Markup("1")]}),
        (Held(names=("An",)), Held(names=("Bo",))),
        (KEY, RSAKey.generate_key(2048, {"kid": "key-1"})),
        (Refused(reason="nonce", step=Step.ID_TOKEN), Refused(reason="state", step=Step.ID_TOKEN)),
        (Refused(reason="nonce", step=Step.ID_TOKEN), ProviderError(code="nonce", step=Step.ID_TOKEN)),
        (object(), object()),
        (lambda: 1, lambda: 1),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ],
)
def test_another_value_or_type_is_not_alike(one: object, other: object) -> None:
    assert not alike(one, other)


def test_a_copy_shares_nothing_that_could_be_changed() -> None:
    told = {"names": ["An"], "held": Evidence(issuer="i", client_id="c", now=1.0, metadata={"keys": [{"kid": "1"}]})}
    other = copied(told)
    assert alike(told, other)
    other["names"].append("Bo")
    other["held"].metadata["keys"].clear()
    assert told["names"] == ["An"]
    assert told["held"].metadata == {"keys": [{"kid": "1"}]}


@pytest.mark.parametrize("value", [object(), iter(()), {"deep": [object()]}, open, print.__call__, Policy().replacing])
def test_what_is_no_data_is_not_copied(value: object) -> None:
    with pytest.raises(NotPlainError):
        copied(value)


def test_a_defect_that_answers_otherwise_once_differs_in_that_scenario_alone() -> None:
    watch, policy = watched(pages.next_page, lambda asked: asked)
    for scenario, asked in (("one", "/me"), ("two", "https://elsewhere.example/"), ("three", "/me")):
        with watch.during(scenario):
            assert policy.rules.next_page(asked) == pages.next_page(asked)
    assert {name: told for name, told in watch.differing.items() if told} == {"two": {"wrong"}}


def test_what_happens_between_two_scenarios_belongs_to_neither() -> None:
    watch, policy = watched(pages.next_page, lambda asked: asked + "x")
    with watch.during("one"):
        pass
    policy.rules.next_page("/me")
    assert watch.differing == {BETWEEN: {"wrong"}}


def test_after_something_within_a_scenario_the_scenario_goes_on() -> None:
    watch, policy = watched(pages.next_page, lambda asked: asked + "x")
    with watch.during("one"):
        with watch.during(AT_START):
            pass
        policy.rules.next_page("/me")
    assert watch.differing == {"one": {"wrong"}}


def test_a_crash_is_an_answer() -> None:
    def crashes(_claims: object) -> str:
        raise ValueError("nobody thought of that")

    watch, policy = watched(reading.read_email, crashes)
    assert policy.rules.read_email({}) == ""
    assert watch.differing == {BETWEEN: {"wrong"}}


def test_the_sound_answer_is_given_even_when_it_is_a_crash() -> None:
    def sound(_path: str) -> str:
        raise ValueError("sound")

    policy = Policy().replacing(pages.cache_control, sound)
    watch = Watch(defects=defect(sound, pages.cache_control))
    with pytest.raises(ValueError, match="sound"):
        watch.policy(policy).rules.cache_control("/me")
    assert watch.differing == {BETWEEN: {"wrong"}}


def test_what_stands_beside_is_watched_as_well() -> None:
    beside = {pages.page_headers: lambda issuers: {**pages.page_headers(issuers), "X-Other": "1"}}
    watch, policy = watched(pages.name_on_page, lambda name: name, beside=beside)
    policy.rules.name_on_page("An")
    assert watch.differing == {BETWEEN: set()}
    policy.rules.page_headers(("https://issuer.example",))
    assert watch.differing == {BETWEEN: {"wrong"}}


def test_a_question_that_is_no_data_is_not_asked_twice() -> None:
    asked: list[object] = []
    watch, policy = watched(sessions.end_session, lambda *both: asked.append(both))

    class Kept:
        def end(self, token: str) -> None:
            asked.append(token)

    policy.rules.end_session(Kept(), "token")  # type: ignore[arg-type]
    assert asked == ["token"]
    assert watch.differing == {BETWEEN: {"wrong"}}


def test_a_defect_that_reaches_out_is_stopped_and_differs_even_if_it_hides_that() -> None:
    def asks_elsewhere(content: bytes) -> object:
        with pytest.raises(PermissionError), socket.create_connection(("127.0.0.1", 9)):
            pass
        return protocol.userinfo_claims(content)

    watch, policy = watched(protocol.userinfo_claims, asks_elsewhere)
    assert policy.rules.userinfo_claims(b"{}") == {}
    assert watch.differing == {BETWEEN: {"wrong"}}


def test_every_other_call_may_still_reach_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as end:
        assert end.getpeername() == server.getsockname()


def test_every_defect_of_the_catalogue_is_watched() -> None:
    watch = Watch()
    watch.policy(Policy())
    assert watch.defects.keys() == catalogue().keys()
