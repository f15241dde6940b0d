"""What the datastore says of invented people: fixed ones, and any that hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from mock_idp.domain.datastore.facts import CitizenFacts, StudentFacts
from mock_idp.domain.leerid.student import Enrolment

FIRST = Enrolment(
    administratieve_groep_code="900301",
    administratieve_groep_omschrijving="1e lj A (fictief)",
    hoofdstructuur="311",
    instellingsnummer="700202",
    stamnummer="2500215",
    school_name="Testcollege De Blauwe Walvis",
    starts_on=date(2025, 9, 1),
)
SECOND = replace(
    FIRST,
    instellingsnummer="000007",
    stamnummer="0900012",
    school_name="Eerste Oefenschool",
    ends_on=date(2027, 8, 31),
)
PUPIL = StudentFacts(
    account_uuid="11111111-1111-4111-8111-111111111111",
    leer_id_uuid="22222222-2222-4222-8222-222222222222",
    history=("33333333-3333-4333-8333-333333333333",),
    given_name="Zoë-Agnès",
    family_name="Van der Gheynst-'t Kint D'Hondt",
    birth_day="07",
    birth_month="03",
    birth_year="2012",
    email="zoe@leerling.example",
    enrolments=(FIRST,),
)
TEACHER = CitizenFacts(
    subject="0ccc380975a1e678f75b1c669b6c06b83a19d7ed",
    given_name="Katrien",
    family_name="Van Acker",
    vo={
        "vo_id": "01a63351-a770-4f01-854e-93c482ae7cb9",
        "vo_email": "katrien.vanacker@school.example",
        "vo_doelgroepcode": "OV",
        "vo_doelgroepnaam": "Onderwijs",
        "vo_orgcode": "700202",
        "vo_orgnaam": "Testcollege De Blauwe Walvis",
    },
)


def pupil(**changes: Any) -> StudentFacts:
    """Return the pupil with some facts changed."""
    return replace(PUPIL, **changes)


names = st.text(min_size=1, max_size=20)
uuids = st.uuids(version=4).map(str)
two_digits = st.from_regex(r"[0-9]{2}", fullmatch=True)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))
enrolments = st.builds(
    Enrolment,
    administratieve_groep_code=st.from_regex(r"[0-9]{1,6}", fullmatch=True),
    administratieve_groep_omschrijving=names,
    hoofdstructuur=st.sampled_from(["111", "211", "311", "399"]),
    instellingsnummer=st.from_regex(r"(7[0-9]{5}|000007)", fullmatch=True),
    stamnummer=st.from_regex(r"[0-9]{7}", fullmatch=True),
    school_name=names,
    starts_on=days,
    ends_on=st.none() | days,
)
pupils = st.builds(
    StudentFacts,
    account_uuid=uuids,
    leer_id_uuid=st.none() | uuids,
    history=st.lists(uuids, max_size=3).map(tuple),
    given_name=st.none() | names,
    family_name=names,
    birth_day=two_digits,
    birth_month=two_digits,
    birth_year=st.from_regex(r"20[0-9]{2}", fullmatch=True),
    email=st.none() | st.just("") | st.emails(),
    enrolments=st.lists(enrolments, max_size=3).map(tuple),
    is_dated=st.booleans(),
)
others = st.builds(
    CitizenFacts,
    subject=st.from_regex(r"[0-9a-f]{40}", fullmatch=True),
    given_name=names,
    family_name=names,
    vo=st.dictionaries(st.sampled_from([*TEACHER.vo, "rrn", "insz", "cot"]), names),
)
facts = pupils | others
