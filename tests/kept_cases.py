"""What is kept of people, sound and otherwise: rows for the table of checks."""

from typing import Any

from conformance.evidence import AFTERWARDS, BEFORE, NEARLY, OVER, Evidence

Row = tuple[str, bool | None, Evidence]

ENROLMENT = {"instellingsnummer": "012345", "stamnummer": "0012345", "hoofdstructuur": "311"}
CLAIMS: dict[str, Any] = {
    "iss": "http://localhost:8/op",
    "ov_account_uuid": "account-1",
    "ov_leerid_uuid": ["leer-1"],
    "given_name": "Zoë",
    "family_name": "Van der Gheynst",
    "email": "zoe@school.example",
    "ov_inschrijvingen": [ENROLMENT],
}
KEPT = ("account-1", "leer-1", "Zoë", "Van der Gheynst", "zoe@school.example", "012345", "0012345", "311", "2030")
ENTRY = ("leer-1", "signed-in", "2030-01-01T00:00:00Z")


def visit(outcome: str = "signed-in", **changed: Any) -> dict[str, Any]:
    """A sign-in with these claims; None leaves one out, and `told=False` all."""
    told = changed.pop("told", True)
    claims = {name: value for name, value in (CLAIMS | changed).items() if value is not None}
    exchange = {"number": 1, "at": "", "stage": "one", "endpoint": "token", "id_token": {"claims": claims}}
    plain = {"persona": "secondary-pupil", "stage": "one", "expected": "signed-in", "outcome": outcome}
    return plain | {"exchanges": [exchange] if told else []}


def read(*records: tuple[str, ...], label: str = AFTERWARDS, book: str = "store") -> dict[str, Any]:
    return {"label": label, "book": book, "total": 9, "records": [{"values": values} for values in records]}


def logged(*records: tuple[str, ...], label: str = AFTERWARDS) -> dict[str, Any]:
    return read(*records, label=label, book="privacy-log")


def knocked(status: int) -> dict[str, Any]:
    return {"label": "export", "status": status}


def aside(endpoint: str) -> dict[str, Any]:
    return {"number": 9, "at": "", "stage": "default", "endpoint": endpoint}


def seen(*parts: dict[str, Any]) -> Evidence:
    """Visits and what was read, in any order."""
    told = {"visits": "persona", "readings": "book", "knocks": "status", "asides": "endpoint"}
    return Evidence.model_validate({name: [part for part in parts if key in part] for name, key in told.items()})


NUMBER = "12031499947"
REFUSED = visit("refused")
FORMER = visit(family_name="Gheynst")
NEAR, LATE = read(KEPT, label=NEARLY), read(label=OVER)
WITH_SEX = visit(sex="female", ov_orgnaam="Van der Gheynst")
LATER_ACCOUNT = visit(ov_account_uuid="account-2")
WITH_FORMER = visit(ov_historiek_account_uuid=["account-0", "account-9"])
BEGUN = logged(ENTRY, label=BEFORE)
MERGED = visit(ov_account_uuid="account-2", ov_historiek_account_uuid=["account-1"])
SECOND = ("leer-1", "signed-in", "2031-01-01T00:00:00Z")

ROWS: list[Row] = [
    ("national-number-not-kept", True, seen(visit(rrn=NUMBER), read(KEPT))),
    ("national-number-not-kept", True, seen(visit("refused", rrn=NUMBER), read())),
    ("national-number-not-kept", False, seen(visit(rrn=NUMBER), read((*KEPT, f"number {NUMBER}")))),
    ("national-number-not-kept", False, seen(visit("refused", rrn=NUMBER), read((NUMBER,)))),
    ("national-number-not-kept", None, seen(visit(rrn=NUMBER))),
    ("national-number-not-kept", None, seen(visit(), read((*KEPT, NUMBER)))),
    ("nothing-kept-of-refused", True, seen(REFUSED, read())),
    ("nothing-kept-of-refused", False, seen(REFUSED, read(KEPT))),
    ("nothing-kept-of-refused", None, seen(REFUSED)),
    ("nothing-kept-of-refused", None, seen(visit("refused", told=False), read())),
    ("nothing-kept-of-refused", None, seen(visit(), REFUSED, read(KEPT))),
    ("nothing-kept-of-refused", None, seen(visit(), REFUSED, read())),
    ("nothing-kept-of-refused", None, seen(read())),
    ("one-record", True, seen(visit(), read(KEPT))),
    ("one-record", False, seen(visit(), read(KEPT, KEPT))),
    ("one-record", False, seen(visit(), read())),
    ("one-record", None, seen(visit())),
    ("one-record", None, seen(REFUSED, read(KEPT))),
    ("last-sign-in-kept-alone", True, seen(FORMER, visit(), read(KEPT))),
    ("last-sign-in-kept-alone", True, seen(FORMER, visit(), REFUSED, read(KEPT))),
    ("last-sign-in-kept-alone", False, seen(FORMER, visit(), read((*KEPT, "Gheynst")))),
    ("last-sign-in-kept-alone", False, seen(FORMER, visit(), read(KEPT, ("Gheynst",)))),
    ("last-sign-in-kept-alone", False, seen(visit(given_name="Zoey"), visit(), read((*KEPT, "Zoey")))),
    ("last-sign-in-kept-alone", None, seen(FORMER, visit())),
    ("last-sign-in-kept-alone", None, seen(visit(), read(KEPT))),
    ("last-sign-in-kept-alone", None, seen(REFUSED, REFUSED, read(KEPT))),
    ("last-sign-in-kept-alone", None, seen(visit(), visit(), read(KEPT))),
    ("last-sign-in-kept-alone", None, seen(visit(), LATER_ACCOUNT, read((*KEPT, "account-2")))),
    ("last-sign-in-kept-alone", None, seen(visit(given_name="Zo"), visit(given_name=None), read((*KEPT, "Zo")))),
    ("kept-as-delivered", True, seen(visit(), read(KEPT))),
    ("kept-as-delivered", True, seen(visit(ov_inschrijvingen=None), read(KEPT[:4]))),
    ("kept-as-delivered", True, seen(visit(ov_inschrijvingen=["012345"]), read(KEPT[:4]))),
    ("kept-as-delivered", False, seen(visit(), read((*KEPT[:5], "12345", "0012345", "311")))),
    ("kept-as-delivered", False, seen(visit(), read((*KEPT[:3], "van der Gheynst", *KEPT[4:])))),
    ("kept-as-delivered", False, seen(visit(), read((*KEPT[:2], *KEPT[3:])))),
    ("kept-as-delivered", None, seen(visit())),
    ("kept-as-delivered", None, seen(REFUSED, read())),
    ("nothing-beyond-the-list", True, seen(WITH_SEX, read(KEPT))),
    ("nothing-beyond-the-list", False, seen(WITH_SEX, read((*KEPT, "female")))),
    ("nothing-beyond-the-list", None, seen(WITH_SEX)),
    ("nothing-beyond-the-list", None, seen(visit(), read((*KEPT, "female")))),
    ("nothing-beyond-the-list", None, seen(visit("refused", sex="female"), read((*KEPT, "female")))),
    ("kept-until-its-time", True, seen(visit(), NEAR)),
    ("kept-until-its-time", False, seen(visit(), read(label=NEARLY))),
    ("kept-until-its-time", None, seen(visit(), read(KEPT))),
    ("kept-until-its-time", None, seen(REFUSED, read(label=NEARLY))),
    ("gone-after-its-time", True, seen(visit(), NEAR, LATE)),
    ("gone-after-its-time", True, seen(visit(), LATE)),
    ("gone-after-its-time", False, seen(visit(), NEAR, read(KEPT, label=OVER))),
    ("gone-after-its-time", False, seen(visit(), read(KEPT, label=OVER))),
    ("gone-after-its-time", None, seen(visit(), NEAR)),
    ("gone-after-its-time", None, seen(visit(), read(label=NEARLY), LATE)),
    ("gone-after-its-time", None, seen(REFUSED, LATE)),
    ("former-accounts-dropped", True, seen(WITH_FORMER, visit(), read(KEPT))),
    (
        "former-accounts-dropped",
        True,
        seen(WITH_FORMER, visit(ov_account_uuid="account-9"), read((*KEPT, "account-9"))),
    ),
    ("former-accounts-dropped", True, seen(WITH_FORMER, REFUSED, visit(), read(KEPT))),
    ("former-accounts-dropped", False, seen(WITH_FORMER, visit(), read((*KEPT, "account-0")))),
    ("former-accounts-dropped", False, seen(WITH_FORMER, visit(), read(KEPT, ("account-9",)))),
    ("former-accounts-dropped", None, seen(WITH_FORMER, visit())),
    ("former-accounts-dropped", None, seen(WITH_FORMER, WITH_FORMER, read((*KEPT, "account-0")))),
    ("former-accounts-dropped", None, seen(visit("refused", ov_historiek_account_uuid=["account-0"]), read(KEPT))),
    ("former-accounts-dropped", None, seen(visit(), visit(), read((*KEPT, "account-0")))),
    ("purge-asks-nobody", True, seen(visit(), LATE)),
    ("purge-asks-nobody", False, seen(visit(), LATE, aside("token"))),
    ("purge-asks-nobody", None, seen(visit(), NEAR, aside("token"))),
    ("happening-logged", True, seen(visit(), BEGUN, logged(ENTRY, ENTRY))),
    ("happening-logged", True, seen(visit(), BEGUN, logged(SECOND, ENTRY), knocked(200))),
    ("happening-logged", False, seen(visit(), BEGUN, logged(ENTRY))),
    ("happening-logged", False, seen(visit(), BEGUN, logged(ENTRY), knocked(299))),
    ("happening-logged", None, seen(visit(), BEGUN, logged(ENTRY, ENTRY), knocked(300))),
    ("happening-logged", None, seen(visit(), BEGUN, logged(ENTRY, ENTRY), knocked(199))),
    ("happening-logged", None, seen(visit(), BEGUN)),
    ("happening-logged", None, seen(visit(), logged(ENTRY, ENTRY))),
    ("merge-logged", True, seen(visit(), MERGED, BEGUN, logged(ENTRY, SECOND, SECOND))),
    ("merge-logged", True, seen(visit(), MERGED, BEGUN, logged(ENTRY, (*SECOND, "account-1")))),
    ("merge-logged", False, seen(visit(), MERGED, BEGUN, logged(ENTRY, SECOND))),
    ("merge-logged", False, seen(visit(), MERGED, BEGUN, logged((*SECOND, "account-2"), ENTRY))),
    ("merge-logged", None, seen(visit(), visit(), BEGUN, logged(ENTRY, SECOND, SECOND))),
    ("merge-logged", None, seen(visit(), WITH_FORMER, BEGUN, logged(ENTRY, SECOND, SECOND))),
    ("merge-logged", None, seen(visit(), MERGED | {"outcome": "refused"}, BEGUN, logged(ENTRY, SECOND, SECOND))),
    ("merge-logged", None, seen(visit(), MERGED, BEGUN)),
    ("merge-logged", None, seen(visit(), MERGED, logged(ENTRY, SECOND, SECOND))),
    ("merge-logged", None, seen(BEGUN, logged(ENTRY, SECOND, SECOND))),
    ("attempts-logged", True, seen(visit(), logged(ENTRY))),
    ("attempts-logged", True, seen(visit(), REFUSED, logged(ENTRY, ("account-1", "refused")))),
    ("attempts-logged", True, seen(visit(), logged(ENTRY, ENTRY))),
    ("attempts-logged", False, seen(visit(), logged())),
    ("attempts-logged", False, seen(visit(), REFUSED, logged(ENTRY))),
    ("attempts-logged", False, seen(visit(), logged(("Zoë", "Van der Gheynst")))),
    ("attempts-logged", True, seen(visit("refused", told=False), visit(), logged(ENTRY))),
    ("attempts-logged", None, seen(visit())),
    ("attempts-logged", None, seen(visit("refused", told=False), logged(ENTRY))),
    ("privacy-log-discreet", True, seen(visit(), logged(ENTRY))),
    ("privacy-log-discreet", True, seen(visit(given_name="in"), logged(ENTRY))),
    ("privacy-log-discreet", False, seen(visit(), logged((*ENTRY, "Van der Gheynst, Zoë")))),
    ("privacy-log-discreet", False, seen(visit(), logged(ENTRY, ("leer-1", "zoe@school.example")))),
    ("privacy-log-discreet", False, seen(visit(), logged((*ENTRY, "eyJhbGciOiJub25lIn0")))),
    ("privacy-log-discreet", False, seen(visit(), logged((*ENTRY, "number 0012345")))),
    ("privacy-log-discreet", False, seen(visit(birthdate="2013-05-25"), logged((*ENTRY, "2013-05-25")))),
    ("privacy-log-discreet", None, seen(visit())),
    ("privacy-log-discreet", None, seen(visit(), logged())),
]
