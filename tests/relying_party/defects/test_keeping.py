"""Defects in what is kept and logged: what a sound application does, and what each does otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from honest_provider import PUPIL

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import OpenBrowser
    from honest_provider import HonestProvider

ENROLMENT = PUPIL["ov_inschrijvingen"][0]


def asked(browser: Browser, door: str) -> Any:
    return browser.client.get(f"/test-door/{door}").get_json()


@pytest.mark.parametrize(
    ("defect", "kinds"),
    [(None, ["signed-in", "refused"]), ("refused-not-logged", ["signed-in"]), ("admitted-not-logged", ["refused"])],
)
def test_who_comes_in_and_who_is_refused_stand_in_the_privacy_log(
    open_browser: OpenBrowser, defect: str | None, kinds: list[str]
) -> None:
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    assert not browser.sign_in(state="another").signed_in
    assert [entry["kind"] for entry in asked(browser, "privacy-log")] == kinds


@pytest.mark.parametrize("defect", [None, "name-in-privacy-log"])
def test_the_privacy_log_holds_no_name(open_browser: OpenBrowser, defect: str | None) -> None:
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    (person,) = asked(browser, "store")
    assert (person["snapshot"]["family_name"] in str(asked(browser, "privacy-log"))) is bool(defect)


@pytest.mark.parametrize(("defect", "number"), [(None, "0012345"), ("pupil-number-as-number", "12345")])
def test_a_register_number_is_kept_with_its_zeros(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, number: str
) -> None:
    provider.claims = provider.claims | {"ov_inschrijvingen": [ENROLMENT | {"stamnummer": "0012345"}]}
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    (person,) = asked(browser, "store")
    assert person["snapshot"]["enrolments"][0]["pupil_number"] == number


@pytest.mark.parametrize(
    ("defect", "address", "kind"),
    [(None, "/me/data", "read-by-pupil"), (None, "/me/data.json", "exported"), ("exports-not-logged", "/me/data", "")],
)
def test_who_looks_at_data_stands_in_the_privacy_log(
    open_browser: OpenBrowser, defect: str | None, address: str, kind: str
) -> None:
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    assert browser.client.get(address).status_code == 200
    assert [entry["kind"] for entry in asked(browser, "privacy-log")] == ["signed-in", *filter(None, [kind])]


@pytest.mark.parametrize("defect", [None, "national-number-kept"])
def test_a_national_number_that_comes_by_mistake_is_not_kept(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None
) -> None:
    provider.claims = provider.claims | {"rrn": "12031499947"}
    browser = open_browser(test_door=True, defect=defect)
    outcome = browser.sign_in()
    assert outcome.signed_in
    assert ("12031499947" in str(asked(browser, "store"))) is bool(defect)
    assert ("12031499947" in outcome.page) is bool(defect)


@pytest.mark.parametrize("defect", [None, "extra-claims-kept"])
def test_a_claim_that_nobody_agreed_on_is_not_kept(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None
) -> None:
    provider.claims = provider.claims | {"ov_nationaliteit": "Verzonnenlandse"}
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    (person,) = asked(browser, "store")
    assert ("Verzonnenlandse" in str(person)) is bool(defect)


@pytest.mark.parametrize("defect", [None, "claims-logged"])
def test_no_claim_stands_in_the_log(
    open_browser: OpenBrowser, caplog: pytest.LogCaptureFixture, defect: str | None
) -> None:
    with caplog.at_level("INFO"):
        assert open_browser(defect=defect).sign_in().signed_in
    assert (PUPIL["family_name"] in caplog.text) is bool(defect)


@pytest.mark.parametrize(("defect", "kinds"), [(None, {"relinked"}), ("merges-not-logged", set())])
def test_accounts_that_are_joined_stand_in_the_privacy_log(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, kinds: set[str]
) -> None:
    browser = open_browser(test_door=True, defect=defect)
    identified = dict(provider.claims)
    provider.claims = identified | {"ov_account_uuid": "account-0", "ov_leerid_uuid": []}
    assert browser.sign_in().signed_in
    provider.claims = identified | {"ov_historiek_account_uuid": ["account-0"]}
    assert browser.sign_in().signed_in
    assert {entry["kind"] for entry in asked(browser, "privacy-log")} - {"signed-in"} == kinds


@pytest.mark.parametrize(("defect", "left"), [(None, 0), ("refused-kept", 1)])
def test_of_somebody_who_is_refused_nothing_is_kept(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, left: int
) -> None:
    provider.claims = provider.claims | {"ov_inschrijvingen": []}
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().reason == "enrolment"
    assert len(asked(browser, "store")) == left


@pytest.mark.parametrize(("defect", "kept"), [(None, False), ("former-accounts-kept", True)])
def test_former_accounts_that_nobody_used_are_gone_when_they_are_told_no_more(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, *, kept: bool
) -> None:
    browser = open_browser(test_door=True, defect=defect)
    for former in (["account-0"], []):
        provider.claims = provider.claims | {"ov_historiek_account_uuid": former}
        assert browser.sign_in().signed_in
    assert ("account-0" in str(asked(browser, "store"))) is kept


@pytest.mark.parametrize(("defect", "persons"), [(None, 2), ("register-number-as-key", 1)])
def test_pupils_with_one_register_number_are_two(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, persons: int
) -> None:
    browser = open_browser(test_door=True, defect=defect)
    for name in ("one", "two"):
        provider.claims = provider.claims | {"ov_account_uuid": name, "ov_leerid_uuid": [name]}
        assert browser.sign_in().signed_in
    assert len(asked(browser, "store")) == persons


@pytest.mark.parametrize(
    ("defect", "school", "schools"),
    [
        (None, "700202", {"700202"}),
        ("first-profile-kept", "700202", {"700101"}),
        ("every-enrolment-kept", "700202", {"700101", "700202"}),
    ],
)
def test_after_a_move_the_new_school_alone_is_kept(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, school: str, schools: set[str]
) -> None:
    browser = open_browser(test_door=True, defect=defect)
    for number in ("700101", school):
        provider.claims = provider.claims | {"ov_inschrijvingen": [ENROLMENT | {"instellingsnummer": number}]}
        assert browser.sign_in().signed_in
    (person,) = asked(browser, "store")
    assert {each["school_number"] for each in person["snapshot"]["enrolments"]} == schools


@pytest.mark.parametrize(("defect", "signed_in"), [(None, False), ("history-believed", True)])
def test_an_account_of_another_pupil_in_the_history_joins_nothing(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, *, signed_in: bool
) -> None:
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    owner = provider.claims["ov_account_uuid"]
    other = {"ov_account_uuid": "b", "ov_leerid_uuid": ["b"], "ov_historiek_account_uuid": [owner]}
    provider.claims = provider.claims | other
    assert browser.sign_in().signed_in is signed_in
    assert len(asked(browser, "store")) == 1


@pytest.mark.parametrize(("defect", "known"), [(None, False), ("leer-id-invented", True)])
def test_no_leer_id_is_invented(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, *, known: bool
) -> None:
    provider.claims = provider.claims | {"ov_leerid_uuid": []}
    browser = open_browser(test_door=True, defect=defect)
    assert browser.sign_in().signed_in
    (person,) = asked(browser, "store")
    assert bool(person["leer_id_uuid"]) is known
