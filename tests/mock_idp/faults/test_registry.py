"""The registry refuses what users could not read or judge by."""

from __future__ import annotations

from typing import Any

import pytest

from mock_idp.faults import RegistrationError, Registry, Seam, UnknownFaultError, bend, catalogue

CLAIMS = {"nonce": "the-nonce", "iat": 1_000, "exp": 4_600}


def shouting(claims: dict[str, Any]) -> dict[str, Any]:
    """The ID token shouts its nonce."""
    return {**claims, "nonce": str(claims.get("nonce", "")).upper()}


def silent(claims: dict[str, Any]) -> dict[str, Any]:
    return claims


def test_the_id_is_seam_and_name_and_the_docstring_is_the_sentence() -> None:
    registry = Registry()
    registry.circumstance(Seam.ID_TOKEN, requirements=["CLM-24"])(shouting)

    fault = registry.catalogue()["id-token.shouting"]

    assert (fault.sentence, fault.kind, fault.requirements) == (
        "The ID token shouts its nonce.",
        "circumstance",
        ("CLM-24",),
    )


def test_a_name_is_registered_once() -> None:
    registry = Registry()
    registry.fault(Seam.ID_TOKEN, requirements=["CLM-24"])(shouting)

    with pytest.raises(RegistrationError, match=r"id-token\.shouting is registered twice"):
        registry.fault(Seam.ID_TOKEN, requirements=["CLM-24"])(shouting)


def test_one_name_may_be_used_at_two_seams() -> None:
    registry = Registry()
    registry.fault(Seam.ID_TOKEN, requirements=["CLM-24"])(shouting)
    registry.fault(Seam.CLAIMS, requirements=["CLM-24"])(shouting)

    assert list(registry.catalogue()) == ["id-token.shouting", "claims.shouting"]


def test_a_sentence_is_demanded() -> None:
    with pytest.raises(RegistrationError, match="needs a docstring"):
        Registry().fault(Seam.ID_TOKEN, requirements=["CLM-24"])(silent)


def test_what_nobody_has_beside_a_payload_is_not_asked_for() -> None:
    def moody(claims: dict[str, Any], weather: str) -> dict[str, Any]:
        """The ID token tells the weather."""
        return {**claims, "weather": weather}

    with pytest.raises(RegistrationError, match="asks for weather"):
        Registry().fault(Seam.ID_TOKEN, requirements=["CLM-24"])(moody)


@pytest.mark.parametrize("requirements", [[], ["CLM24"], ["clm-24"], ["CLM-24", ""]])
def test_references_are_demanded(requirements: list[str]) -> None:
    with pytest.raises(RegistrationError, match="must cite"):
        Registry().fault(Seam.ID_TOKEN, requirements=requirements)(shouting)


def test_the_catalogue_cannot_be_written_to() -> None:
    with pytest.raises(TypeError):
        catalogue()["id-token.own"] = catalogue()["id-token.expired"]  # type: ignore[index]  that is the point


def test_an_unknown_id_is_an_error_not_an_honest_provider() -> None:
    with pytest.raises(UnknownFaultError, match=r"id-token\.expird"):
        bend(Seam.ID_TOKEN, CLAIMS, ["id-token.expird"])


def test_nothing_armed_is_the_identity() -> None:
    assert bend(Seam.ID_TOKEN, CLAIMS, []) == (CLAIMS, ())


def test_what_is_armed_at_another_seam_changes_nothing() -> None:
    assert bend(Seam.ID_TOKEN, CLAIMS, ["userinfo.subject-other"]) == (CLAIMS, ())


def test_what_is_armed_is_applied_and_reported() -> None:
    claims, fired = bend(Seam.ID_TOKEN, CLAIMS, ["id-token.nonce-missing", "id-token.expiry-missing"])

    assert claims == {"iat": 1_000}
    assert set(fired) == {"id-token.nonce-missing", "id-token.expiry-missing"}


def test_a_fault_with_nothing_to_bend_has_not_fired() -> None:
    assert bend(Seam.ID_TOKEN, {"sub": "somebody"}, ["id-token.nonce-mismatch"]) == ({"sub": "somebody"}, ())
