"""Which scenarios a run is about, and what they need."""

from dataclasses import replace

import pytest
from miniatures import PROFILE, scenario

from conformance.errors import InputError
from conformance.runner import Suite, find_profile, fingerprint, load_suite, select
from conformance.runner.suite import is_issuer_wide, needed, runs_alone, spread
from conformance.scenario import Profile

SUITE = Suite(
    scenarios=(scenario("id-token/expired"), scenario("id-token/nonce"), scenario("sign-in/plain")),
    requirements={},
    profiles={"full": PROFILE, "small": Profile(name="small", version="1", include=("*",), exclude=("id-token/*",))},
)


def test_a_profile_includes_and_excludes_by_name() -> None:
    assert [each.id for each in select(SUITE, SUITE.profiles["small"])] == ["sign-in/plain"]


def test_only_takes_patterns() -> None:
    chosen = select(SUITE, PROFILE, ("id-token/*", "sign-in/plain"))
    assert len(chosen) == 3
    assert [each.id for each in select(SUITE, PROFILE, ("*/nonce",))] == ["id-token/nonce"]


def test_every_pattern_that_matches_nothing_is_told() -> None:
    with pytest.raises(InputError) as caught:
        select(SUITE, PROFILE, ("id-token/expird", "id-token/*", "nothing/*"))
    assert len(caught.value.problems) == 2
    assert caught.value.problems[0].hint == "did you mean 'id-token/expired'?"


def test_an_unknown_profile_gets_a_hint() -> None:
    with pytest.raises(InputError, match="did you mean 'small'"):
        find_profile(SUITE, "smal")


@pytest.mark.parametrize(
    ("members", "needs"),
    [
        ({}, ()),
        ({"needs": ["admission"]}, ("admission",)),
        ({"journey": "sign-out"}, ("sign-out",)),
        ({"checks": ["same-person"]}, ("identity",)),
        ({"faults": ["discovery.issuer-other"]}, ("restart",)),
        ({"circumstances": ["jwks.unknown-key-types"]}, ("restart",)),
        ({"faults": ["userinfo.subject-other"]}, ("userinfo",)),
        ({"faults": ["end-session.state-altered"]}, ("sign-out",)),
        ({"visits": [{}, {"faults": ["userinfo.subject-other"]}]}, ("userinfo",)),
    ],
)
def test_needs_come_from_the_scenario_its_journey_its_checks_and_its_faults(
    members: dict[str, object], needs: tuple[str, ...]
) -> None:
    assert needed(scenario(**members)) == needs


@pytest.mark.parametrize(
    ("members", "alone"),
    [
        ({}, False),
        ({"faults": ["id-token.nonce-mismatch"]}, False),
        ({"faults": ["jwks.empty"]}, True),
        ({"journey": "rotated-keys"}, True),
    ],
)
def test_what_changes_the_issuer_runs_alone(members: dict[str, object], alone: bool) -> None:  # noqa: FBT001  a table
    assert is_issuer_wide(scenario(**members)) is alone


@pytest.mark.parametrize(
    ("journey", "shares_people", "alone"),
    [
        ("look-into-the-store", False, False),
        ("look-into-the-privacy-log", False, False),
        ("look-into-the-store", True, True),
        ("look-into-the-privacy-log", True, True),
        ("purged-in-time", False, True),
        ("back-after-the-purge", False, True),
        ("sign-in", True, False),
    ],
)
def test_books_are_read_alone_where_everybody_signs_in_as_the_same_people(
    journey: str,
    shares_people: bool,  # noqa: FBT001  a table
    alone: bool,  # noqa: FBT001  same
) -> None:
    assert runs_alone(scenario(journey=journey), shares_people=shares_people) is alone


def test_those_who_sign_in_honestly_stand_evenly_among_the_others() -> None:
    bent = [scenario(f"id-token/{n}", faults=["id-token.nonce-mismatch"], expect="refused") for n in range(6)]
    honest = [scenario(f"sign-in/{n}") for n in range(3)]
    cancelled = scenario("sign-in/cancelled", expect="refused")
    assert "".join(each.id[0] for each in spread([*bent, *honest])) == "isiisiisi"
    assert [each for each in spread([*bent, *honest]) if each in bent] == bent
    assert spread([cancelled, *bent]) == [cancelled, *bent]
    assert spread([]) == []


def test_a_part_of_the_suite_judges_by_one_scenario_and_by_what_that_cites() -> None:
    suite, _ = load_suite()
    chosen = next(each for each in suite.scenarios if each.id == "id-token/expired")
    part = suite.part(chosen)
    assert part.scenarios == (chosen,)
    assert part.requirements == {name: suite.requirements[name] for name in chosen.requirements}


def test_the_fingerprint_of_a_part_changes_with_its_scenario_and_with_no_other() -> None:
    suite, _ = load_suite()
    chosen, other = (each for each in suite.scenarios if each.id in {"id-token/expired", "id-token/nonce-missing"})
    assert fingerprint(suite.part(chosen)) != fingerprint(suite.part(chosen.model_copy(update={"why": "Since."})))
    without = replace(suite, scenarios=tuple(each for each in suite.scenarios if each is not other))
    assert fingerprint(without.part(chosen)) == fingerprint(suite.part(chosen))
    assert fingerprint(without) != fingerprint(suite)
