"""The table of operations: what the description of the datastore says of each path."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from mock_idp.provider.datastore_question import Question
from mock_idp.web.datastore.models import AccountFacts, Health

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One path that is read with GET. `told`: what the answer is, None for any object; `refusals`: slug and words."""

    path: str
    name: str
    summary: str
    told: type[BaseModel] | None
    example: Any
    asks: type[BaseModel] | None = None
    refusals: Mapping[str, str] = field(default_factory=dict)


STATUS_OF: Final = {"unknown_account": 404, "invalid_values": 422}
"""The slugs and their HTTP status."""

USER_NAME: Final = "noor.testleerling10"
FACTS: Final = {
    "account_uuid": "7d0c1f4e-2b1a-4c3d-9e8f-000000000001",
    "leer_id_uuid": "7d0c1f4e-2b1a-4c3d-9e8f-000000000002",
    "history": ["7d0c1f4e-2b1a-4c3d-9e8f-000000000000"],
    "given_name": "Noor",
    "family_name": "Testleerling",
    "birth_day": "23",
    "birth_month": "01",
    "birth_year": "2013",
    "email": "noor.testleerling@leerling.example",
    "enrolments": [
        {
            "administratieve_groep_code": "900301",
            "administratieve_groep_omschrijving": "1ste leerjaar A (fictief)",
            "hoofdstructuur": "311",
            "instellingsnummer": "700202",
            "stamnummer": "2500215",
            "school_name": "Testcollege De Blauwe Walvis",
            "starts_on": "2026-09-01",
            "ends_on": None,
        }
    ],
    "is_dated": False,
    "account_state": "active",
}

OPERATIONS: Final = (
    Operation(path="/healthz", name="health", summary="Say that it answers", told=Health, example={"status": "ok"}),
    Operation(
        path="/v1/openapi.json",
        name="openapi",
        summary="Read this description",
        told=None,
        example={"openapi": "3.1.0"},
    ),
    Operation(
        path="/v1/accounts/{user_name}",
        name="account",
        summary="Read what is true of an account on a day",
        told=AccountFacts,
        example=FACTS,
        asks=Question,
        refusals={
            "unknown_account": "No pupil signs in with this user name, or not yet on this day.",
            "invalid_values": "One value is wrong; nothing was changed. See problems.",
        },
    ),
)
