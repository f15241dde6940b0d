"""Every journey, walked with a mock, an application and a browser in memory."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from miniatures import CALLBACK, PROVIDER, SIGN_IN, MiniatureApplication, MiniatureMock, walk

from conformance.checks import checks
from conformance.evidence import AFTER_REFRESH, Evidence, Exchange, Outcome, Visit
from conformance.issued import half_hash
from conformance.journeys import journeys
from conformance.journeys.late import NoClock
from conformance.journeys.refreshing import life_s
from conformance.journeys.responses import with_code_of
from conformance.journeys.searching import found_in, tokens_in
from conformance.ports import Held


def application(**wrong: bool) -> MiniatureApplication:
    return MiniatureApplication(MiniatureMock(), **wrong)  # type: ignore[arg-type]


def outcomes(evidence: Evidence) -> list[Outcome]:
    return [visit.outcome for visit in evidence.visits]


def test_every_journey_has_a_sentence() -> None:
    assert all(journey.sentence.endswith(".") and "\n" not in journey.sentence for journey in journeys().values())


def test_a_sign_in_gathers_who_what_and_how_far() -> None:
    (visit,) = walk("sign-in").visits
    assert visit.outcome is Outcome.SIGNED_IN
    assert (visit.identity, visit.name) == ("secondary-pupil", "Ans secondary-pupil")
    assert visit.last_step == "signed-in"
    assert visit.claims["sub"] == "secondary-pupil"
    assert visit.cookies_before != visit.cookies


def test_a_refusal_is_gathered_with_what_fired() -> None:
    (visit,) = walk("sign-in", faults=["id-token.nonce-mismatch"], expect="refused").visits
    assert (visit.outcome, visit.last_step) == (Outcome.REFUSED, "token")
    assert visit.fired == visit.armed == ("id-token.nonce-mismatch",)


def test_visits_open_a_stage_for_each_sign_in() -> None:
    app = application()
    evidence = walk("visits", app, visits=[{"calendar_offset_days": -60}, {"persona": "primary-pupil"}])
    assert [stage["calendar_offset_days"] for stage in app.mock.stages.values()] == [-60, 0]
    assert [visit.persona for visit in evidence.visits] == ["secondary-pupil", "primary-pupil"]


def test_cancel_ends_in_a_refusal() -> None:
    (visit,) = walk("cancel", expect="refused").visits
    assert (visit.outcome, visit.last_step) == (Outcome.REFUSED, "authorization-response")


@pytest.mark.parametrize("wrong", [True, False])
def test_the_session_from_before_is_tried_in_another_browser(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("session-from-before", application(keeps_session_id=wrong))
    assert checks()["session-renewed"].judge(evidence).holds is not wrong


@pytest.mark.parametrize("wrong", [True, False])
def test_the_old_cookie_is_tried_after_sign_out(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("sign-out-then-back", application(keeps_old_sessions=wrong))
    assert checks()["old-cookie-refused"].judge(evidence).holds is not wrong


def test_after_sign_out_the_page_is_looked_at_again() -> None:
    evidence = walk("sign-out")
    assert checks()["signed-out-locally"].judge(evidence).holds is True
    assert evidence.visits[-1].at("end-session")


@pytest.mark.parametrize("journey", ["unsolicited-response", "response-of-another-browser"])
@pytest.mark.parametrize("wrong", [True, False])
def test_a_foreign_response_is_brought_to_another_browser(journey: str, wrong: bool) -> None:  # noqa: FBT001  both sides
    (visit,) = walk(journey, application(takes_any_response=wrong), expect="refused").visits
    assert visit.outcome is (Outcome.SIGNED_IN if wrong else Outcome.REFUSED)
    assert visit.last_step.rank >= 2


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ({}, ["pressed back", "opened the authorization response again, which was not in the history"]),
        ({"leaves_callback_by_script": True}, ["pressed back"]),
        ({"stays_at_callback": True}, ["reloaded the page of the authorization response"]),
    ],
)
@pytest.mark.parametrize("wrong", [True, False])
def test_the_callback_is_loaded_a_second_time(way: dict[str, bool], told: list[str], wrong: bool) -> None:  # noqa: FBT001
    evidence = walk("callback-reloaded", application(takes_any_response=wrong, **way))
    assert [glance.outcome for glance in evidence.glances] == [Outcome.SIGNED_IN if wrong else Outcome.REFUSED]
    assert outcomes(evidence) == [Outcome.SIGNED_IN]
    assert [moment.what for moment in evidence.timeline if moment.who == "visitor"][2:] == told
    loaded = [request.url for request in evidence.visits[0].requests if request.url.startswith(CALLBACK)]
    assert len(loaded) == 2


@pytest.mark.parametrize("wrong", [True, False])
def test_a_stolen_code_is_put_into_a_response_of_ones_own(wrong: bool) -> None:  # noqa: FBT001  both sides
    app = application(takes_any_response=wrong)
    (visit,) = walk("code-of-another-sign-in", app, expect="refused").visits
    assert visit.outcome is (Outcome.SIGNED_IN if wrong else Outcome.REFUSED)
    assert len(visit.at("authorization")) == 2


def test_a_code_is_exchanged_and_all_else_stays() -> None:
    stolen, own = Held(url=f"{CALLBACK}?code=a&state=x"), Held(url=f"{CALLBACK}?code=b&state=y&iss=z")
    assert with_code_of(stolen, own).url == f"{CALLBACK}?code=a&state=y&iss=z"
    posted = with_code_of(Held(url=CALLBACK, form={"code": "a"}), Held(url=CALLBACK, form={"code": "b", "state": "y"}))
    assert posted.form == {"code": "a", "state": "y"}


def test_an_error_that_nobody_sent_is_opened_while_a_sign_in_is_under_way() -> None:
    evidence = walk("forged-error")
    assert [(glance.label, glance.outcome) for glance in evidence.glances] == [("forged error", Outcome.REFUSED)]
    assert outcomes(evidence) == [Outcome.SIGNED_IN]


def test_a_second_pupil_uses_the_same_browser() -> None:
    app = application()
    evidence = walk("second-pupil-same-browser", app, visits=[{}, {"persona": "primary-pupil"}])
    assert [visit.identity for visit in evidence.visits] == ["secondary-pupil", "primary-pupil"]
    assert checks()["nothing-left-behind"].judge(evidence).holds is True


def test_two_tabs_share_one_browser_and_the_older_may_go_either_way() -> None:
    evidence = walk("two-tabs")
    assert [visit.expected for visit in evidence.visits] == ["either", "signed-in"]


def test_a_logout_token_is_about_whoever_signed_in() -> None:
    evidence = walk("logout-token")
    (sent,) = evidence.visits[-1].at("backchannel-logout")
    assert sent.request == {"client_id": "me", "sub": "secondary-pupil", "sid": None}
    assert evidence.glance("after logout token")


def test_a_logout_token_follows_each_of_two_sign_ins() -> None:
    evidence = walk("logout-token-again")
    assert outcomes(evidence) == [Outcome.SIGNED_IN, Outcome.SIGNED_IN]
    assert [len(visit.at("backchannel-logout")) for visit in evidence.visits] == [1, 1]


def test_each_spelling_of_another_site_is_tried_in_a_fresh_browser() -> None:
    evidence = walk("led-elsewhere", expect="either")
    asked = [visit.requests[0].url.partition("next=")[2] for visit in evidence.visits]
    assert asked == ["http%3A%2F%2Flocalhost%3A8%2F", "%2F%2Flocalhost%3A8%2F", "%2F%5Clocalhost%3A8%2F"]
    assert outcomes(evidence) == [Outcome.SIGNED_IN] * 3


AT_EACH = [{"issuer": "first"}, {"issuer": "second"}]


@pytest.mark.parametrize("journey", ["one-after-the-other", "tab-at-each-issuer"])
def test_one_browser_signs_in_at_each_issuer_on_a_stage_of_its_own(journey: str) -> None:
    app = application()
    evidence = walk(journey, app, visits=AT_EACH)
    assert outcomes(evidence) == [Outcome.SIGNED_IN, Outcome.SIGNED_IN]
    assert [app.mock.stages[visit.stage]["issuer"] for visit in evidence.visits] == [None, "evil"]


@pytest.mark.parametrize("wrong", [True, False])
def test_the_answer_of_the_second_issuer_comes_to_the_first(wrong: bool) -> None:  # noqa: FBT001  both sides
    app = application(takes_any_response=wrong)
    (visit,) = walk("response-at-other-issuer", app, issuer="second", expect="refused").visits
    assert visit.outcome is (Outcome.SIGNED_IN if wrong else Outcome.REFUSED)


TROUBLE = {"away": "stalled", "away-told": "refused"}


def troubled(name: str, application: MiniatureApplication | None = None) -> Evidence:
    away = {"circumstances": [f"datastore.{name}"], "expect": TROUBLE[name]}
    return walk("try-again", application, visits=[away, {}])


@pytest.mark.parametrize("name", TROUBLE)
def test_one_tries_again_in_the_same_browser_once_the_provider_answers(name: str) -> None:
    evidence = troubled(name)
    assert outcomes(evidence) == [TROUBLE[name], Outcome.SIGNED_IN]
    assert evidence.visits[0].fired == evidence.visits[0].armed == (f"datastore.{name}",)
    assert not evidence.visits[0].at("token")
    assert evidence.visits[1].cookies_before == evidence.visits[0].cookies


@pytest.mark.parametrize("name", TROUBLE)
@pytest.mark.parametrize("wrong", [False, True])
def test_the_application_is_looked_at_in_between(name: str, wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = troubled(name, application(opens_session_early=wrong))
    assert checks()["stranger-meanwhile"].judge(evidence).holds is not wrong


@pytest.mark.parametrize(("name", "second"), [("away", Outcome.REFUSED), ("away-told", Outcome.SIGNED_IN)])
def test_a_sign_in_that_never_came_back_may_block_the_next(name: str, second: Outcome) -> None:
    assert outcomes(troubled(name, application(starts_once=True)))[1] is second


@pytest.mark.parametrize("wrong", [True, False])
def test_keys_are_rotated_between_two_sign_ins(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("rotated-keys", application(forgets_new_keys=wrong))
    assert outcomes(evidence) == [Outcome.SIGNED_IN, Outcome.REFUSED if wrong else Outcome.SIGNED_IN]


@pytest.mark.parametrize("wrong", [True, False])
@pytest.mark.parametrize("journey", ["keys-rotated-midway", "key-replaced"])
def test_a_key_changes_under_the_hands_of_the_application(journey: str, wrong: bool) -> None:  # noqa: FBT001  both sides
    app = application(forgets_new_keys=wrong)
    evidence = walk(journey, app)
    assert outcomes(evidence) == [Outcome.SIGNED_IN, Outcome.REFUSED if wrong else Outcome.SIGNED_IN]


def test_a_withdrawn_key_is_tried_after_the_new_one_was_seen() -> None:
    visits = [{}, {}, {"faults": ["id-token.nonce-mismatch"], "expect": "refused"}]
    app = application()
    evidence = walk("key-withdrawn", app, visits=visits)
    assert outcomes(evidence) == [Outcome.SIGNED_IN, Outcome.SIGNED_IN, Outcome.REFUSED]
    assert app.mock.actions == ["rotate", "retire"]


def test_keys_go_away_under_an_application_that_knows_them() -> None:
    app, odd = application(), ["id-token.nonce-mismatch"]
    evidence = walk("keys-away", app, visits=[{}, {"faults": odd, "expect": "refused"}, {}])
    assert outcomes(evidence) == [Outcome.SIGNED_IN, Outcome.REFUSED, Outcome.SIGNED_IN]
    assert [stage["faults"] for stage in app.mock.stages.values()] == [[], ["jwks.away"], odd, []]
    assert app.restarts == 0, "an application that begins anew knows no keys"
    assert len(app.mock.closed) == 4, "nothing stays away afterwards"


@pytest.mark.parametrize(("journey", "patience_s"), [("sign-in", 10), ("wait-long", 35)])
def test_some_answers_are_waited_for_longer_than_others(journey: str, patience_s: int) -> None:
    (visit,) = walk(journey, application(hangs=True)).visits
    assert visit.outcome is Outcome.STALLED
    assert f"within {patience_s} s" in visit.reason


def test_after_a_rotation_the_old_key_is_withdrawn() -> None:
    app = application()
    walk("rotated-keys", app)
    assert app.mock.actions == ["rotate", "retire"]


def test_many_sign_ins_are_eight_in_browsers_of_their_own() -> None:
    evidence = walk("many-sign-ins")
    assert len(evidence.visits) == 8
    assert not any(visit.cookies_before == evidence.visits[0].cookies for visit in evidence.visits[1:])


def test_only_a_sign_in_that_bends_the_issuer_restarts_the_application() -> None:
    app = application()
    visits = [{"circumstances": ["jwks.elliptic-key"]}, {"faults": ["id-token.nonce-mismatch"], "expect": "refused"}]
    walk("visits", app, visits=visits)
    assert app.restarts == 1


def test_a_late_response_comes_while_the_clock_is_ahead_and_the_clock_is_put_right_again() -> None:
    app = application()
    (visit,) = walk("late-response", app, expect="refused").visits
    assert visit.outcome is Outcome.REFUSED
    assert app.ahead_s == 0


@pytest.mark.parametrize("wrong", [True, False])
def test_a_session_is_looked_at_after_its_longest_life(wrong: bool) -> None:  # noqa: FBT001  both sides
    app = application(forgets_no_session=wrong)
    assert checks()["session-bounded"].judge(walk("session-after-its-life", app)).holds is not wrong
    assert app.ahead_s == 0


@pytest.mark.parametrize(("journey", "times"), [("refresh", [1, 2]), ("refresh-at-once", [1, 1, 2])])
def test_the_page_is_opened_when_the_access_token_is_over_once_more(journey: str, times: list[int]) -> None:
    app = application()
    evidence = walk(journey, app)
    assert [glance.label for glance in evidence.glances] == [f"{AFTER_REFRESH} {each}" for each in times]
    assert [checks()[name].judge(evidence).holds for name in ("session-refreshed", "session-not-refreshed")] == [
        None
    ] * 2
    assert app.ahead_s == 0


@pytest.mark.parametrize(("told", "life"), [({}, 3600), ({"expires_in": 120}, 120), ({"expires_in": "120"}, 3600)])
def test_an_access_token_lives_as_long_as_the_provider_told(told: dict[str, Any], life: int) -> None:
    redeemed = Exchange(number=1, at="", stage="one", endpoint="token", response=told)
    visit = Visit(persona="p", stage="one", expected="signed-in", outcome=Outcome.SIGNED_IN, exchanges=(redeemed,))
    assert life_s(visit) == life


def test_a_clock_that_cannot_be_put_ahead_is_told() -> None:
    with pytest.raises(NoClock, match="answered 500"):
        walk("session-after-its-life", application(has_no_clock=True))


@pytest.mark.parametrize("wrong", [True, False])
def test_the_log_is_searched_for_what_must_not_be_in_it(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("look-into-the-log", application(logs_responses=wrong))
    assert checks()["log-without-secrets"].judge(evidence).holds is not wrong


@pytest.mark.parametrize("wrong", [True, False])
def test_the_pages_are_searched_for_the_client_secret(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("look-into-the-pages", application(tells_secret=wrong))
    assert checks()["secret-on-the-server"].judge(evidence).holds is not wrong
    assert [search.place for search in evidence.searches] == ["page", "address", "storage"]


def test_a_search_tells_names_and_never_the_secret() -> None:
    assert found_in("x%2Fy", {"the client secret": "x/y"}) == ("the client secret",)
    assert found_in("nothing", {"the client secret": "x/y", "none": ""}) == ()
    assert tokens_in("access_token='0123456789abcdefg'") == tokens_in("eyJhbGciOiJub25lIn0.e30.") == ("a token",)
    assert tokens_in("access_token=***") == ()
    opaque = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
    assert tokens_in(f"asked with {opaque}", {half_hash(opaque)}) == ("the access token",)
    assert tokens_in(f"asked with {opaque}") == ()


@pytest.mark.parametrize("wrong", [True, False])
def test_the_sign_in_page_is_asked_for_under_another_name(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("spoofed-host", application(believes_host=wrong))
    assert [knock.label for knock in evidence.knocks] == ["Host", "X-Forwarded-Host", "Forwarded"]
    assert checks()["redirect-uri-fixed"].judge(evidence).holds is not wrong


@pytest.mark.parametrize("wrong", [True, False])
def test_under_another_name_the_application_is_followed_to_itself(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("spoofed-host", application(starts_in_two_hops=True, believes_host=wrong))
    hops = [knock.location.partition("?")[0] for knock in evidence.knocks]
    assert hops[:2] == [f"{SIGN_IN}/hop", f"{PROVIDER}/op/v1/auth"]
    assert checks()["redirect-uri-fixed"].judge(evidence).holds is not wrong


@pytest.mark.parametrize("wrong", [True, False])
def test_under_another_name_the_link_that_starts_a_sign_in_is_asked_for(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("spoofed-host", application(starts_at_a_link=True, believes_host=wrong))
    assert [knock.status for knock in evidence.knocks] == [200] * 3 + [302] * 3
    assert checks()["redirect-uri-fixed"].judge(evidence).holds is not wrong


def test_who_leads_to_another_name_is_followed_under_it() -> None:
    evidence = walk("spoofed-host", application(names_itself_after_host=True))
    assert [urlsplit(knock.location).netloc for knock in evidence.knocks][:2] == ["spoofed.example", "localhost:8"]
    assert checks()["redirect-uri-fixed"].judge(evidence).holds is False


def test_an_application_that_leads_to_itself_for_ever_is_left() -> None:
    evidence = walk("spoofed-host", application(starts_never=True))
    assert len(evidence.knocks) == 6 * 3
    assert checks()["redirect-uri-fixed"].judge(evidence).holds is None


def test_an_address_that_refuses_its_own_name_as_well_tells_nothing() -> None:
    evidence = walk("spoofed-host", application(refuses_questions=True))
    assert evidence.knocks == ()
    assert checks()["redirect-uri-fixed"].judge(evidence).holds is None


def test_a_sign_in_that_a_third_party_begins_may_start_in_two_hops() -> None:
    evidence = walk("begun-by-third-party", application(starts_in_two_hops=True))
    assert [knock.label for knock in evidence.knocks][:2] == [f"{PROVIDER}/op"] * 2
    assert checks()["known-issuers-only"].judge(evidence).holds is True
    wrong = walk("begun-by-third-party", application(starts_in_two_hops=True, takes_any_issuer=True))
    assert checks()["known-issuers-only"].judge(wrong).holds is False


@pytest.mark.parametrize("wrong", [True, False])
def test_a_third_party_begins_sign_ins_at_the_right_issuer_and_at_others(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("begun-by-third-party", application(takes_any_issuer=wrong))
    assert len({knock.label for knock in evidence.knocks}) == 4
    assert checks()["known-issuers-only"].judge(evidence).holds is not wrong


def test_a_second_sign_in_in_the_same_browser_follows_the_first_without_a_sign_out() -> None:
    evidence = walk("again-in-same-browser")
    assert outcomes(evidence) == [Outcome.SIGNED_IN, Outcome.SIGNED_IN]
    assert checks()["fresh-authorization"].judge(evidence).holds


def test_a_sign_in_starts_at_a_link_of_another_site() -> None:
    evidence = walk("started-by-another-site")
    assert outcomes(evidence) == [Outcome.SIGNED_IN]
    assert checks()["start-not-steered"].judge(evidence).holds


@pytest.mark.parametrize("journey", ["sign-out-unreachable", "sign-out-never-back"])
@pytest.mark.parametrize("wrong", [True, False])
def test_the_session_is_looked_at_when_the_sign_out_got_stuck(journey: str, wrong: bool) -> None:  # noqa: FBT001
    evidence = walk(journey, application(signs_out_late=wrong))
    assert checks()["signed-out-locally"].judge(evidence).holds is not wrong


@pytest.mark.parametrize("wrong", [True, False])
def test_who_is_signed_in_anew_by_the_provider_had_been_signed_out(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("sign-out-unreachable", application(signs_in_anew=True, signs_out_late=wrong))
    assert checks()["signed-out-locally"].judge(evidence).holds is not wrong
    assert ("asked for a new sign-in" in "\n".join(moment.what for moment in evidence.timeline)) is not wrong


@pytest.mark.parametrize("wrong", [True, False])
def test_another_site_asks_to_sign_out(wrong: bool) -> None:  # noqa: FBT001  both sides
    evidence = walk("signed-out-by-another-site", application(signs_out_by_anybody=wrong))
    assert checks()["still-signed-in"].judge(evidence).holds is not wrong
