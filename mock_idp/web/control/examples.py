"""Examples for the description of the API: invented, and checked against the models by a test."""

from __future__ import annotations

from typing import Any, Final

from mock_idp.settings import PRODUCT, VERSION, Policy
from mock_idp.state.stages import COOKIE_NAME

Example = dict[str, Any]

STAGE_ID: Final = "5f1c2d3e4a5b6c7d"

ABOUT: Final[Example] = {
    "product": PRODUCT,
    "version": VERSION,
    "api": "1",
    "issuer": "http://localhost:9100/op",
    "seed": 0,
}
FAULT: Final[Example] = {
    "id": "id-token.nonce-mismatch",
    "seam": "id-token",
    "kind": "fault",
    "sentence": "The ID token carries the nonce of another sign-in.",
    "requirements": ["CLM-24", "LR-60"],
}
PERSONA: Final[Example] = {
    "id": "P02",
    "slug": "secondary-pupil",
    "group": "everyday",
    "title": "Leerling secundair onderwijs",
    "title_en": "Pupil in secondary school",
    "proves": "An ordinary pupil of secondary school signs in.",
    "requirements": ["LR-60"],
    "circumstances": [],
    "visits": [0],
    "suggests": [],
    "user_name": "noor.testleerling1",
    "password": "uil1234",
    "given_name": "Noor",
    "family_name": "Testleerling",
}
PERSON_MEMBERS: Final[Example] = {
    "user_name": "sam.testleerling2",
    "password": "otter1234",
    "given_name": "Sam",
    "family_name": "Testleerling",
    "birth": {"day": "23", "month": "01", "year": "2013"},
    "sex": "m",
    "number": "none",
    "life": [
        {"on": -60, "is": "enrolled", "school": "700202", "stamnummer": "2600215", "group": "900301"},
        {"on": "2026-02-02", "is": "identified"},
    ],
    "circumstances": ["datastore.lagging"],
}
MOMENT: Final[Example] = {"on": "2026-03-02", "is": "account-replaced"}
PERSON: Final[Example] = {
    "user_name": "sam.testleerling2",
    "password": "otter1234",
    "given_name": "Sam",
    "family_name": "Testleerling",
    "origin": "stage",
    "document": PERSON_MEMBERS,
    "facts": {
        "account_uuid": "7d0c1f4e-2b1a-4c3d-9e8f-000000000002",
        "leer_id_uuid": "1b9d6bcd-bbfd-4b2d-9b5d-000000000002",
        "history": ["7d0c1f4e-2b1a-4c3d-9e8f-000000000001"],
        "given_name": "Sam",
        "family_name": "Testleerling",
        "birth_day": "23",
        "birth_month": "01",
        "birth_year": "2013",
        "email": None,
        "enrolments": [
            {
                "administratieve_groep_code": "900301",
                "administratieve_groep_omschrijving": "1e lj A (fictief)",
                "hoofdstructuur": "311",
                "instellingsnummer": "700202",
                "stamnummer": "2600215",
                "school_name": "Testcollege De Blauwe Walvis",
                "starts_on": "2026-01-01",
                "ends_on": None,
            }
        ],
        "is_dated": False,
        "account_state": "active",
    },
}
STUDENT: Final[Example] = {
    "user_name": "noor.testleerling1",
    "password": "uil1234",
    "given_name": "Noor",
    "family_name": "Testleerling",
    "origin": "persona",
    "persona": "secondary-pupil",
    "situations": ["ordinary"],
}
STAGE_MEMBERS: Final[Example] = {
    "faults": ["id-token.nonce-mismatch"],
    "circumstances": [],
    "persona": "secondary-pupil",
    "calendar_offset_days": 0,
    "cast": "run1",
    "label": "id-token/nonce-mismatch",
}
STAGE: Final[Example] = {
    "id": STAGE_ID,
    "label": "id-token/nonce-mismatch",
    "faults": ["id-token.nonce-mismatch"],
    "circumstances": [],
    "persona": "secondary-pupil",
    "calendar_offset_days": 0,
    "clock_ahead_s": 0,
    "claims_profile": None,
    "issuer": None,
    "cast": "run1",
    "cookie": {"name": COOKIE_NAME, "value": STAGE_ID},
    "created_at": "2026-03-02T09:30:00+00:00",
}
EXCHANGE: Final[Example] = {
    "number": 7,
    "at": "2026-03-02T09:30:05+00:00",
    "duration_ms": 1.4,
    "flow": "9f8e7d6c5b4a3920",
    "issuer": "op",
    "stage": STAGE_ID,
    "endpoint": "token",
    "method": "POST",
    "client_id": "leerid-rp",
    "request": {
        "grant_type": "authorization_code",
        "code": "sha256:0f1e2d3c4b5a",
        "redirect_uri": "http://127.0.0.1:9200/callback",
        "client_auth": "client_secret_basic",
    },
    "status": 200,
    "response": {
        "access_token": "sha256:a1b2c3d4e5f6",
        "token_type": "Bearer",
        "expires_in": 3600,
        "id_token": "sha256:6f5e4d3c2b1a",
        "scope": "openid profile ov_leerling",
    },
    "fired": ["id-token.nonce-mismatch"],
    "notes": [],
    "account": "7d0c1f4e-2b1a-4c3d-9e8f-000000000001",
    "id_token": {
        "header": {"alg": "RS256", "kid": "testbed-key", "typ": "JWT"},
        "claims": {"aud": "leerid-rp", "iss": "http://localhost:9100/op", "nonce": "nonce-of-another-sign-in"},
    },
}
CLIENT: Final[Example] = {
    "client_id": "leerid-rp",
    "redirect_uris": ["http://127.0.0.1:9200/callback"],
    "post_logout_redirect_uris": ["http://127.0.0.1:9200/signed-out"],
    "token_endpoint_auth_method": "client_secret_basic",
    "jwks": None,
    "scopes": ["openid", "profile", "ov_leerling"],
    "claims_profile": "meemoo-2023",
    "require_pkce": False,
    "client_name": "Leeromgeving",
    "grant_types": ["authorization_code"],
    "required_scopes": [],
    "acr_values": [],
    "identity_level": "none",
    "capacities": [],
    "access_token_ttl_s": None,
    "audiences": [],
    "resources": [],
    "openid_in_answer": None,
    "backchannel_logout_uri": "http://127.0.0.1:9200/backchannel-logout",
    "organisation_code": None,
    "organisation_name": None,
}
CLIENT_REGISTRATION: Final[Example] = {**CLIENT, "client_secret": "testbed-secret-not-for-production"}
ISSUER_MEMBERS: Final[Example] = {
    "policy": {"iss_parameter": True},
    "faults": ["authorization-response.issuer-other"],
    "circumstances": [],
}
ISSUER: Final[Example] = {
    "name": "evil",
    "issuer": "http://localhost:9100/i/evil/op",
    "policy": Policy(iss_parameter=True).model_dump(mode="json"),
    "armed": ["authorization-response.issuer-other"],
}
KEYS: Final[Example] = {
    "keys": [
        {"kid": "testbed-key-1", "state": "published", "alg": "RS256"},
        {"kid": "testbed-key-2", "state": "active", "alg": "RS256"},
    ]
}
LOGOUT: Final[Example] = {"client_id": "leerid-rp", "sub": "0c7e2f5a-0000-4000-8000-000000000001", "sid": None}
LOGOUT_ANSWER: Final[Example] = {"status": 200, "cache_control": "no-store"}
CLOCK: Final[Example] = {
    "now": "2026-03-02T09:30:00+00:00",
    "calendar_date": "2026-01-01",
    "calendar_offset_days": -60,
}
PROBLEMS: Final[list[Example]] = [
    {
        "key": "faults[0]",
        "message": "There is no fault of this name.",
        "hint": "Did you mean 'id-token.nonce-mismatch'?",
    }
]
MESSAGES: Final[dict[str, str]] = {
    "invalid_json": "The body is not JSON (RFC 8259); mend it and send it again.",
    "unauthorized": "This mock has a control token; send it as: Authorization: Bearer <token>.",
    "forbidden": "The Host header is not a loopback name. Call localhost or 127.0.0.1, or serve with a control token.",
    "not_found": "There is none of this name; list what there is, or make it.",
    "conflict": "Another stage bends discovery or keys for the whole issuer already. Close it first.",
    "too_large": "The body is too large; send less.",
    "unsupported_media_type": "Send the body as Content-Type: application/json.",
    "invalid_values": "One value is wrong; nothing was changed. See problems.",
}
"""What a refusal says, by slug."""
