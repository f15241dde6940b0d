"""What is kept of people, sound and otherwise: rows for the table of checks."""

from typing import Any

from conformance.evidence import AFTERWARDS, NEARLY, OVER, Evidence

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


def logged(*records: tuple[str, ...]) -> dict[str, Any]:
    return read(*records, book="privacy-log")


def seen(*parts: dict[str, Any]) -> Evidence:
    """Visits and what was read, in any order."""
    visits = [part for part in parts if "persona" in part]
    return Evidence.model_validate({"visits": visits, "readings": [part for part in parts if "book" in part]})


REFUSED = visit("refused")
FORMER = visit(family_name="Gheynst")
NEAR, LATE = read(KEPT, label=NEARLY), read(label=OVER)
WITH_SEX = visit(sex="female", ov_orgnaam="Van der Gheynst")
LATER_ACCOUNT = visit(ov_account_uuid="account-2")

ROWS: list[Row] = [
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
    ("privacy-log-discreet", None, seen(visit())),
    ("privacy-log-discreet", None, seen(visit(), logged())),
]
