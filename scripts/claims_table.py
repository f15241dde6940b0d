"""Write docs/claims.md from the table of claims, the profiles and the unknowns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mock_idp.domain.claims import Subject, built_in_profiles, claims_table
from mock_idp.domain.unknowns import unknowns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_idp.domain.claims import Claim, ClaimsProfile
    from mock_idp.domain.unknowns import Unknown

PAGE = Path(__file__).parents[1] / "docs" / "claims.md"
HEAD = """# What leaves about a person

Written by `python scripts/claims_table.py` from `mock_idp/domain/claims/` and `mock_idp/domain/data/unknowns.toml`.

The real LeerID has no public technical guide, so each line says what it rests on: **documented** is an official text,
**seen** is published code of clients, **inferred** is our guess. Nobody compared this with the live system.

"""
CLAIMS = """## Claims

A claim leaves when the profile of the client lists it and its scope was asked for. A text is absent when there is
nothing to say; a list is then empty. Nothing else leaves by itself: there is no field for a national number, and only a
fault that is armed leaks an invented one.

| claim | holds | form | scope | rests on | let out by |
|---|---|---|---|---|---|
"""
PROFILES = """
## Profiles

A profile stands for the agreement that one application has. `claims_profile` in the registration of a client names it;
a stage can replace it. `--claims-profile FILE` adds one of your own: claims of this table, and under `own_claims` other
names and forms of them.
"""
UNKNOWN = """
## What is not known

A circumstance is armed on a stage; a setting is given when the mock starts.

| # | question | what the mock does | rests on | to try it otherwise |
|---|---|---|---|---|
"""
FORMS = {"scalar": "text", "list": "list", "records": "list of objects"}
SUBJECTS = {
    Subject.ACCOUNT_UUID: "the `account_uuid`; of others, the subject that ACM gave them",
    Subject.OMIT: "absent; of others, the subject that ACM gave them",
}


def page() -> str:
    """Return the whole page."""
    claims = "".join(map(_claim, claims_table().values()))
    profiles = "".join(map(_profile, built_in_profiles().values()))
    return HEAD + CLAIMS + claims + PROFILES + profiles + UNKNOWN + "".join(map(_unknown, unknowns()))


def _claim(claim: Claim) -> str:
    letting = (name for name, profile in built_in_profiles().items() if claim.wire in profile.wires)
    rests_on = f"**{claim.certainty}**: {claim.source}. {claim.note}".strip()
    return (
        f"| `{claim.wire}` | {claim.field} | {FORMS[claim.shape]} | {claim.scope} | {rests_on} | {_coded(letting)} |\n"
    )


def _profile(profile: ClaimsProfile) -> str:
    narrowed = "".join(f"; of each of `{wire}` only {_coded(names)}" for wire, names in profile.members.items())
    members = {
        "claims": _coded(profile.claims) + narrowed,
        "scopes": _coded(profile.scopes),
        "subject": f"`sub` of a pupil: {SUBJECTS[profile.subject]}",
        "retention_years": f"kept for {profile.retention_years} years after the last sign-in",
        "purpose": profile.purpose,
        "recipients": "; ".join(profile.recipients) or "nobody is named",
    }
    rows = "".join(f"| {name} | {text} | {_doubt(profile, name)} |\n" for name, text in members.items())
    head = f"\n### {profile.name}\n\n{profile.title}. Source: {profile.source}.\n\n"
    return f"{head}| | | rests on |\n|---|---|---|\n{rows}"


def _doubt(profile: ClaimsProfile, member: str) -> str:
    doubt = profile.not_documented.get(member)
    return f"**{doubt.certainty}**: {doubt.note}" if doubt else "**documented**"


def _unknown(unknown: Unknown) -> str:
    switches = "<br>".join(f"{switch.kind} `{switch.name}`" for switch in unknown.switches) or unknown.no_switch
    does = f"{unknown.default} {unknown.note}".strip()
    return f"| {unknown.id} | {unknown.question} | {does} | {unknown.certainty} | {switches} |\n"


def _coded(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def main() -> None:
    """Write the page to its place."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name}: {len(claims_table())} claims, {len(built_in_profiles())} profiles, {len(unknowns())} unknowns")


if __name__ == "__main__":
    main()
