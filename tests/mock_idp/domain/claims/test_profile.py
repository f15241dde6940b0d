"""Profiles: what comes with the mock, what a user adds, and every problem of a file at once."""

from __future__ import annotations

import pytest

from mock_idp.domain.claims import Certainty, Subject, built_in_profiles, claims_profile, claims_table, read_profile
from mock_idp.domain.claims.fields import FIELDS
from mock_idp.domain.problems import ProblemsError

OWN = """
name = "own"
claims = ["ov_account_uuid"]
scopes = ["openid", "ov_leerling"]
"""
WRONG = """
name = "Not A Name"
claims = ["given_nam", "sub"]
scopes = ["profile"]
subject = "none"
retention_years = -1
members = { ov_inschrijvingen = ["stamnumer"] }
not_documented = { subject = { certainty = "documented", note = "x" } }
pupose = "x"
own_claims = [
  { wire = "iss", field = "birth_date", scope = "openid" },
  { wire = "born", field = "birthday", scope = "o p" },
  { wire = "past", field = "history", scope = "openid" },
  { wire = "list", field = "enrolments", shape = "list", scope = "openid" },
]
"""
KEYS_THAT_ARE_WRONG = {
    *("name", "claims[0]", "claims[1]", "scopes", "subject", "retention_years", "members.ov_inschrijvingen[0]"),
    *("not_documented.subject.certainty", "pupose", "own_claims[0].wire", "own_claims[1].field"),
    *("own_claims[1].scope", "own_claims[2].shape", "own_claims[3].shape"),
}


def lines(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as told:
        read_profile(text, "own.toml")
    return [problem.line for problem in told.value.problems]


def test_three_profiles_come_with_the_mock_and_the_protocol_is_the_default() -> None:
    assert tuple(built_in_profiles()) == ("meemoo-2023", "acm-2024", "minimal")
    assert claims_profile().name == "meemoo-2023"


def test_the_protocol_lets_out_nothing_of_other_users_of_acm() -> None:
    profile = built_in_profiles()["meemoo-2023"]
    assert not [wire for wire in profile.wires if wire.startswith("vo_")]
    assert profile.scopes == ("openid", "profile", "ov_leerling")
    assert (profile.retention_years, profile.subject) == (3, Subject.ACCOUNT_UUID)


def test_what_real_clients_meet_holds_only_what_was_seen_or_documented() -> None:
    profile = built_in_profiles()["acm-2024"]
    assert {row.certainty for row in profile.rows} == {Certainty.SEEN, Certainty.DOCUMENTED}
    assert {row.certainty for row in built_in_profiles()["meemoo-2023"].rows} > {Certainty.INFERRED}
    assert profile.subject == Subject.OMIT


@pytest.mark.parametrize("name", ["acm-2024", "minimal"])
def test_a_profile_without_a_protocol_says_that_it_is_a_guess(name: str) -> None:
    profile = built_in_profiles()[name]
    assert {"claims", "scopes", "subject", "retention_years", "purpose", "recipients"} <= profile.not_documented.keys()


def test_every_row_of_the_table_reads_another_field_and_says_what_it_rests_on() -> None:
    rows = claims_table().values()
    assert len({row.field for row in rows}) == len(rows)
    assert all(row.source and row.certainty for row in rows)
    assert {row.field for row in rows} < FIELDS


def test_every_claim_of_the_table_leaves_through_some_profile() -> None:
    assert {wire for profile in built_in_profiles().values() for wire in profile.wires} == claims_table().keys()


def test_no_field_could_hold_a_national_number() -> None:
    assert not [field for field in FIELDS if any(word in field for word in ("insz", "rrn", "national", "number"))]


def test_a_file_of_a_few_lines_is_a_profile() -> None:
    profile = read_profile(OWN, "own.toml")
    assert (profile.wires, profile.retention_years) == (("sub", "ov_account_uuid"), 3)


def test_every_problem_of_a_file_is_told_at_once() -> None:
    with pytest.raises(ProblemsError) as told:
        read_profile(WRONG, "own.toml")
    assert {problem.key for problem in told.value.problems} == KEYS_THAT_ARE_WRONG
    assert {problem.file for problem in told.value.problems} == {"own.toml"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('claims = ["given_nam"]', "Did you mean 'given_name'?"),
        ('claims = ["sub"]', "the member subject says"),
        ('claims = ["ov_account_uuid", "ov_account_uuid"]', "Let out twice: ov_account_uuid."),
        ('claims = ["ov_account_uuid", "email", "given_name"]', "Without the scope profile these never leave"),
        ('claims = []\nown_claims = [{ wire = "a", field = "birth_dat", scope = "openid" }]', "'birth_date'?"),
        ('claims = []\nown_claims = [{ wire = "kid", field = "email", scope = "openid" }]', "about the token"),
        ('claims = []\nmembers = { email = ["stamnummer"] }', "made of objects: email."),
        ("claims = []\nclams = []", "Did you mean 'claims'?"),
        ("claims = [", "This is not TOML"),
        ('claims = []\nnot_documented = { subjct = { certainty = "seen", note = "x" } }', "Did you mean 'subject'?"),
    ],
)
def test_a_problem_says_what_may_help(line: str, told: str) -> None:
    assert told in " ".join(lines(OWN.replace('claims = ["ov_account_uuid"]', line)))


def test_a_claim_of_ones_own_is_no_twin_of_a_listed_one() -> None:
    own = 'own_claims = [{ wire = "ov_account_uuid", field = "leer_id_uuid", scope = "openid" }]'
    assert lines(OWN + own) == ["own.toml: claims: Let out twice: ov_account_uuid."]


def test_adding_files_makes_another_value_and_leaves_the_first_as_it_is() -> None:
    both = built_in_profiles().with_files({"own.toml": OWN})
    assert tuple(both) == (*built_in_profiles(), "own")
    assert "own" not in built_in_profiles()


def test_the_problems_of_several_files_are_told_at_once_and_names_are_used_once() -> None:
    files = {"a.toml": OWN, "b.toml": OWN, "c.toml": OWN.replace("own", "minimal"), "d.toml": "name = "}
    with pytest.raises(ProblemsError) as told:
        built_in_profiles().with_files(files)
    assert [(problem.file, problem.key) for problem in told.value.problems] == [
        ("b.toml", "name"),
        ("c.toml", "name"),
        ("d.toml", ""),
    ]


def test_an_unknown_profile_is_told_with_those_that_exist() -> None:
    with pytest.raises(KeyError, match="Did you mean 'meemoo-2023'"):
        claims_profile("meemo-2023")
    with pytest.raises(KeyError, match="There are: meemoo-2023, acm-2024, minimal"):
        claims_profile("xyzzy")


def test_it_is_known_which_profiles_grant_a_scope() -> None:
    assert built_in_profiles().granting("vo") == ("acm-2024",)
    assert built_in_profiles().granting("openid") == tuple(built_in_profiles())
    assert built_in_profiles().granting("rrn") == ()
