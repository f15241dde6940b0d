"""People and claims: what each row says, over the wire."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shown import shows

if TYPE_CHECKING:
    import pytest
    from flask.testing import FlaskClient
    from small_application import Application
    from switchboard import Switchboard

EVERY_SCOPE = "openid profile vo ov_leerling"
VO = {"vo_id", "vo_doelgroepcode", "vo_orgcode", "vo_orgnaam"}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def claims(application: Application, persona: str = "secondary-pupil", **changes: str | None) -> dict[str, Any]:
    return application.claims(persona, prompt="login", **changes)


@shows("profile-scope")
def _(application: Application) -> None:
    told = claims(application, scope="openid profile").keys() - claims(application, scope="openid").keys()
    assert told == {"given_name", "family_name"}


@shows("sub-of-others")
def _(application: Application, registered: Application) -> None:
    sub = claims(application, "teacher")["sub"]
    assert re.fullmatch(r"[0-9a-f]{40}", sub)
    assert claims(registered, "teacher")["sub"] == sub


@shows("sub-of-pupils")
def _(registered: Application, switch: Switchboard) -> None:
    told = claims(registered)
    assert told["sub"] == told["ov_account_uuid"]
    switch.profile("acm-2024")
    assert "sub" not in claims(registered)
    switch.profile("meemoo-2023")
    switch.circumstance("claims.sub-random")
    assert claims(registered)["sub"] != told["sub"]
    switch.circumstance("claims.sub-omitted")
    assert "sub" not in claims(registered)


@shows("scope-vo")
def _(registered: Application, switch: Switchboard) -> None:
    assert registered.parameters_of(registered.ask(scope=EVERY_SCOPE))["error"] == "invalid_scope"
    switch.profile("acm-2024")
    assert claims(registered, "teacher", scope="openid vo").keys() >= VO
    assert not VO & claims(registered, "teacher", scope="openid").keys()


@shows("scope-vo-more")
def _(registered: Application, switch: Switchboard) -> None:
    switch.profile("acm-2024")
    told = claims(registered, "teacher", scope="openid vo")
    assert {each for each in told if each.startswith("vo_")} == VO | {"vo_doelgroepnaam", "vo_email"}


@shows("vo-empty")
def _(registered: Application, switch: Switchboard) -> None:
    switch.profile("acm-2024")
    told = claims(registered, "citizen", scope="openid vo")
    assert not {"vo_orgcode", "vo_orgnaam"} & told.keys()


@shows("capacity-education")
def _(registered: Application, switch: Switchboard) -> None:
    switch.profile("acm-2024")
    told = claims(registered, switch.persona("teacher"), scope="openid vo")
    assert (told["vo_doelgroepcode"], told["vo_orgcode"]) == ("OV", "700202")


@shows("claims-per-scope")
def _(application: Application) -> None:
    assert not [each for each in claims(application, scope="openid profile") if each.startswith("ov_")]
    assert "given_name" not in claims(application, scope="openid ov_leerling")


@shows("claims-per-client")
def _(registered: Application, switch: Switchboard) -> None:
    more = claims(registered, scope="openid ov_leerling").keys()
    switch.client(claims_profile="minimal")
    assert claims(registered, scope="openid ov_leerling").keys() < more


@shows("scope-ov-leerling")
def _(application: Application) -> None:
    told = claims(application, scope="openid ov_leerling")
    assert {each for each in told if each.startswith("ov_")} >= {"ov_account_uuid", "ov_leerid_uuid", "ov_orgcode"}


@shows("pupil-uuids")
def _(application: Application, switch: Switchboard) -> None:
    told = claims(application)
    assert (type(told["ov_account_uuid"]), len(told["ov_leerid_uuid"])) == (str, 1)
    switch.circumstance("claims.account-uuid-list", "claims.leer-id-scalar")
    bent = claims(application)
    assert bent["ov_account_uuid"] == [told["ov_account_uuid"]]
    assert bent["ov_leerid_uuid"] == told["ov_leerid_uuid"][0]


@shows("pupil-leer-id")
def _(application: Application, switch: Switchboard) -> None:
    assert claims(application, "not-identified")["ov_leerid_uuid"] == []
    switch.circumstance("claims.leer-id-null")
    assert claims(application, "not-identified")["ov_leerid_uuid"] is None
    switch.circumstance("claims.leer-id-missing")
    assert "ov_leerid_uuid" not in claims(application, "not-identified")


@shows("pupil-history")
def _(application: Application, switch: Switchboard) -> None:
    assert claims(application)["ov_historiek_account_uuid"] == []
    history = claims(application, "identified-since")["ov_historiek_account_uuid"]
    assert len(history) == 1
    switch.circumstance("claims.history-untidy")
    assert claims(application, "identified-since")["ov_historiek_account_uuid"] != history
    switch.circumstance("claims.history-absent")
    assert "ov_historiek_account_uuid" not in claims(application)


@shows("pupil-birth-date")
def _(application: Application, switch: Switchboard) -> None:
    parts = {"ov_geboortedag", "ov_geboortemaand", "ov_geboortejaar"}
    assert claims(application).keys() >= parts
    assert claims(application, "birth-year-only")["ov_geboortedag"] == "00"
    switch.circumstance("claims.birth-parts-absent")
    assert "ov_geboortedag" not in claims(application, "birth-year-only")
    switch.circumstance("claims.birthdate-one")
    assert not parts <= claims(application).keys()


@shows("pupil-email")
def _(application: Application, switch: Switchboard) -> None:
    assert "email" not in claims(application, "no-email")
    switch.circumstance("claims.email-null")
    assert claims(application)["email"] is None
    switch.circumstance("claims.email-empty")
    assert claims(application)["email"] == ""


@shows("pupil-school")
def _(application: Application, switch: Switchboard) -> None:
    told = claims(application, "two-partner-schools")
    assert told["ov_orgcode"] == told["ov_inschrijvingen"][0]["instellingsnummer"]
    switch.circumstance("claims.orgcode-list")
    assert len(claims(application, "two-partner-schools")["ov_orgcode"]) == 2
    switch.circumstance("claims.orgcode-none")
    assert not claims(application).get("ov_orgcode")


@shows("pupil-enrolments")
def _(application: Application, switch: Switchboard) -> None:
    objects = claims(application)["ov_inschrijvingen"]
    assert "instellingsnummer" in objects[0]
    assert claims(application, "enrolment-ended")["ov_inschrijvingen"] == []
    switch.circumstance("datastore.all-enrolments")
    assert len(claims(application, "enrolment-ended")["ov_inschrijvingen"]) == 1
    for bent in ("claims.enrolments-parallel", "claims.enrolments-compound"):
        before = claims(application)
        switch.circumstance(bent)
        assert claims(application) != before


@shows("pupil-uuids-lower-case")
def _(application: Application, switch: Switchboard) -> None:
    uuid = claims(application)["ov_account_uuid"]
    assert UUID.fullmatch(uuid)
    switch.circumstance("claims.uuids-upper-case")
    assert claims(application)["ov_account_uuid"] == uuid.upper()


@shows("pupil-without-vo")
def _(registered: Application, switch: Switchboard) -> None:
    switch.profile("acm-2024")
    assert not [each for each in claims(registered, scope=EVERY_SCOPE) if each.startswith("vo_")]


@shows("diacritics")
def _(application: Application, switch: Switchboard) -> None:
    told = claims(application, switch.persona("diacritics"))
    assert not f"{told['given_name']} {told['family_name']}".isascii()


@shows("pupil-means")
def _(application: Application) -> None:
    either = "urn:be:vlaanderen:authmech:leerid urn:be:vlaanderen:authmech:itsme"
    assert claims(application, acr_values=either)["acr"].endswith("leerid")
    assert claims(application, "teacher", acr_values=either)["acr"].endswith("itsme")


@shows("more-guesses")
def _(application: Application, browser: FlaskClient, switch: Switchboard) -> None:
    wanted = (
        "datastore.enrolment-demanded",
        "datastore.account-uuid-kept",
        "datastore.leer-id-changes",
        "datastore.account-uuid-per-sign-in",
        "datastore.account-uuid-lasting",
    )
    switch.circumstance(*wanted)
    assert browser.get("/control/v1/issuers/op").get_json()["armed"] == list(wanted)
    refused = application.answered("no-enrolment")
    assert application.parameters_of(refused)["error"] == "access_denied"


@shows("datastore-fails")
def _(application: Application, switch: Switchboard, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("mock_idp.provider.release.time.sleep", waited.append)
    switch.circumstance("datastore.slow", "datastore.lagging")
    assert claims(application)
    assert len(waited) == 1
    switch.circumstance("datastore.away")
    assert application.answered(prompt="login").status_code == 503
    switch.circumstance("datastore.away-told")
    told = application.answered(prompt="login")
    assert application.parameters_of(told)["error"] == "temporarily_unavailable"
