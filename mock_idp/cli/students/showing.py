"""`leerid-idp students show`: everything about one person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mock_idp.cli.serving import day as day_option
from mock_idp.cli.students.everybody import Everybody
from mock_idp.cli.students.options import choosing
from mock_idp.cli.students.releasing import asked, released
from mock_idp.cli.students.words import KINDS, STATES, beginning, said
from mock_idp.cli.trouble import give_up, told
from mock_idp.domain.discimus import record_of
from mock_idp.domain.leerid import student_of
from mock_idp.domain.people.export import facts_of
from mock_idp.domain.people.telling import document_of
from mock_idp.provider.start import read_profiles
from mock_idp.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mock_idp.domain.discimus import Life
    from mock_idp.domain.finding import Hit
    from mock_idp.domain.people.person import Person

    Claims = dict[str, dict[str, Any]]


@click.command()
@click.argument("key")
@click.option("--on", "day", metavar="DATE", callback=day_option, help="The day to look at; default: the day at start.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option(
    "--claims-profile",
    "profile_files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="As given to serve: tell as well what a profile of your own releases.",
)
@choosing
def show(*, key: str, day: date | None, as_json: bool, profile_files: tuple[Path, ...], **chosen: Any) -> None:
    """Show who somebody is: their life, and on one day the accounts, the enrolments and what is released.

    KEY is a user name, the slug or the id of a persona, an account uuid (an old one too) or a leer_id_uuid.

    \b
    Examples:
      leerid-idp students show identified-since
      leerid-idp students show P07 --on 2026-09-01
      leerid-idp students show 47c848eb-436d-42e6-b66b-d1eca96d2602
      leerid-idp students show lotte.peeters87 --json | jq '.claims."meemoo-2023"'

    The national number is never shown, only its kind.
    """
    with told():
        everybody = Everybody(**chosen)
        profiles = read_profiles(Settings(claims_profile_files=profile_files))
    hit = everybody.look_up(key)
    if hit is None:
        give_up([f"There is nobody {key!r}. {everybody.nearest(key)}"])
    on = day or everybody.anchor
    claims = released(hit.person, on, everybody, profiles)
    if as_json:
        click.echo(json.dumps(_document(hit, on, claims), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(hit, on, claims)))


def _document(hit: Hit, day: date, claims: Claims) -> dict[str, Any]:
    person = hit.person
    return {
        "user_name": person.user_name,
        "persona": hit.persona.slug if hit.persona else None,
        "found_by": hit.found_by,
        "facts": facts_of(person, day, known_on=asked(person, day).known_on, rules=asked(person, day).rules),
        "written": document_of(person),
        "claims": claims,
    }


# For people ----------------------------------------------------------------------------------------------------------


def _lines(hit: Hit, day: date, claims: Claims) -> Iterator[str]:
    yield _heading(f"{hit.person.user_name}: {hit.person.full_name}")
    yield from _who(hit)
    if hit.person.life is not None:
        yield from _life(hit.person.life)
        yield from _on(hit.person, hit.person.life, day)
    yield from _claims(claims, day)


def _heading(text: str) -> str:
    return click.style(text, bold=True)


def _item(name: str, text: object) -> str:
    return f"  {name:<16}{text}"


def _who(hit: Hit) -> Iterator[str]:
    person, persona = hit.person, hit.persona
    yield _item("found by", hit.found_by)
    yield _item("password", f"{person.password} (opens nothing but this mock)")
    if persona:
        yield _item("persona", f"{persona.id} {persona.slug}: {persona.title_en}")
        yield _item("shows", persona.proves)
    if person.circumstances:
        yield _item("always", ", ".join(person.circumstances))
    if person.citizen:
        yield _item("no pupil", "ACM knows this person, LeerID does not")


def _life(life: Life) -> Iterator[str]:
    yield ""
    yield _heading("Life")
    yield _item("beginning", beginning(life))
    for moment in sorted(life.moments, key=lambda each: each.on):
        yield _item(moment.on.isoformat(), said(moment))


def _on(person: Person, life: Life, day: date) -> Iterator[str]:
    enquiry = asked(person, day)
    student = student_of(life, day=day, known_on=enquiry.known_on, rules=enquiry.rules)
    number = record_of(life, day=day, known_on=enquiry.known_on).number
    yield ""
    yield _heading(f"On {day}")
    yield _item("name", " ".join(part for part in (student.given_name, student.family_name) if part))
    yield _item("born", f"{life.birth.day}/{life.birth.month}/{life.birth.year} (00 is unknown)")
    yield _item("e-mail", student.email or "none")
    yield _item("number", KINDS[number])
    yield _item("leer_id_uuid", student.leer_id_uuid or "none: not identified")
    for label, account in student.accounts.by_label.items():
        state = f"gone up in {account.merged_into}" if account.merged_into else STATES[account.state]
        own = ", opened by this user name" if student.account(person.account) is account else ""
        yield _item("account", f"{account.uuid} {label} ({state}{own})")
    if student.account(person.account) is None:
        yield _item("account", "none yet for this user name")
    for uuid in student.history:
        yield _item("history", uuid)
    for each in student.enrolments:
        period = f"from {each.starts_on}" + (f" up to and including {each.ends_on}" if each.ends_on else "")
        place = f"{each.instellingsnummer} {each.school_name}, stamnummer {each.stamnummer}"
        group = f"{each.administratieve_groep_code} {each.administratieve_groep_omschrijving}, {each.hoofdstructuur}"
        yield _item("enrolled" if each.holds_on(day) else "not enrolled", f"{place}, {group}, {period}")
    if not any(each.holds_on(day) for each in student.enrolments):
        yield _item("", "no enrolment holds on this day")


def _claims(claims: Claims, day: date) -> Iterator[str]:
    yield ""
    yield _heading(f"Released on {day}, by claims profile, all its scopes asked")
    for profile, told_claims in claims.items():
        yield f"  {profile}"
        for name, value in told_claims.items():
            yield f"    {name:<28}{json.dumps(value, ensure_ascii=False)}"
    if not claims:
        yield "  nothing: on this day a sign-in does not come so far"
