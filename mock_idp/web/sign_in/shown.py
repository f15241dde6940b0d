"""How people are shown on the sign-in page: a card that signs somebody in when it is pressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask_babel import format_date, gettext, ngettext
from flask_babel import lazy_gettext as _

from mock_idp.domain.discimus import record_of
from mock_idp.domain.finding import situations_of
from mock_idp.domain.leerid import AccountState, student_of
from mock_idp.domain.people.personas import Group
from mock_idp.web.languages import language
from mock_idp.web.sign_in.situations import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mock_idp.domain.leerid import Enrolment
    from mock_idp.domain.people.person import Person
    from mock_idp.domain.people.personas import Persona
    from mock_idp.domain.population import Situation

GROUPS: Final[Mapping[Group, tuple[Any, Any]]] = {
    Group.EVERYDAY: (_("Every day"), _("Pupils of all kinds and ages who simply sign in")),
    Group.IDENTITY: (_("Who is this pupil?"), _("Identified or not, two accounts, accounts that changed, history")),
    Group.ENROLMENT: (_("May this pupil come in?"), _("No enrolment, an ended one, other schools, agreements")),
    Group.DATA: (_("Names, numbers and dates"), _("Data in unusual forms, missing, shared or too much")),
    Group.TIME: (_("Before and after"), _("What changes between two visits: move the calendar of the stage")),
    Group.TROUBLE: (_("When signing in goes wrong"), _("Accounts that cannot sign in, an application that may not")),
    Group.OTHERS: (_("No pupil"), _("People whom ACM knows otherwise than as a pupil")),
}
"""Title of each group of personas and what it is about, in the order of the page."""

STATES: Final[Mapping[AccountState | None, Any]] = {
    None: _("No account on this day"),
    AccountState.BLOCKED: _("Account blocked"),
    AccountState.PASSWORD_EXPIRED: _("Password expired"),
    AccountState.WITHHELD: _("Account not handed out"),
}

NEAR: Final[Mapping[int, Any]] = {0: _("today"), 1: _("tomorrow")}


@dataclass(frozen=True, kw_only=True)
class Card:
    """Somebody to press. `field` and `value`: what the button sends; `lines`: what is told below, in sentences."""

    field: str
    value: str
    title: str
    user_name: str
    name: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()

    @property
    def test_id(self) -> str:
        """How tests find the button."""
        return f"{'persona' if self.field == 'persona' else 'person'}-{self.value}"


@dataclass(frozen=True, kw_only=True)
class ShownGroup:
    """A group of cards. `about`: one line below its title."""

    key: str
    title: str
    about: str
    cards: tuple[Card, ...]


def groups_of(personas: Iterable[Persona]) -> tuple[ShownGroup, ...]:
    """Return the personas in their groups."""
    everybody = tuple(personas)
    groups = (
        ShownGroup(
            key=group.value,
            title=str(title),
            about=str(about),
            cards=tuple(persona_card(each) for each in everybody if each.group == group),
        )
        for group, (title, about) in GROUPS.items()
    )
    return tuple(group for group in groups if group.cards)


def persona_card(persona: Persona) -> Card:
    """Return the card of a persona: what signing in as them shows."""
    return Card(
        field="persona",
        value=persona.slug,
        title=persona.title if language() == "nl" else persona.title_en,
        name=persona.full_name,
        user_name=persona.user_name,
        id=persona.id,
        lines=tuple(filter(None, (gettext(persona.proves), persona.school, _visits(persona.visits)))),
        circumstances=persona.circumstances,
        suggests=persona.suggests,
    )


def person_card(person: Person, day: date, situations: tuple[Situation, ...] | None = None) -> Card:
    """Return the card of anybody else. `situations`: when they are known already."""
    return Card(
        field="user_name",
        value=person.user_name,
        title=_name(person, day),
        user_name=person.user_name,
        tags=tuple(_tags(person, day, situations)),
        lines=tuple(_facts(person, day)),
        circumstances=person.circumstances,
    )


def _name(person: Person, day: date) -> str:
    """Return the name of the day: AGODI can have corrected it."""
    if person.life is None:
        return person.full_name
    record = record_of(person.life, day=day)
    return " ".join(filter(None, (record.given_name, record.family_name)))


def _tags(person: Person, day: date, situations: tuple[Situation, ...] | None) -> Iterator[str]:
    life = person.life
    if life is None:
        yield gettext("No pupil")
        return
    account = student_of(life, day=day).account(person.account)
    state = account.state if account else None
    if state != AccountState.ACTIVE:
        yield str(STATES[state])
    yield from words_of(situations_of(life, day) if situations is None else situations, life)


def _facts(person: Person, day: date) -> Iterator[str]:
    if person.life is None:
        return
    student, birth = student_of(person.life, day=day), person.life.birth
    yield gettext("Born on %(day)s", day=f"{birth.day}/{birth.month}/{birth.year}")
    enrolments = sorted(student.enrolments, key=lambda each: not each.holds_on(day))
    today = [each for each in enrolments if each.holds_on(day)]
    for each in today or enrolments[-1:]:
        place = f"{each.school_name} ({each.instellingsnummer}), {each.administratieve_groep_omschrijving}"
        yield f"{place}{_when(each, day)}"
    if not enrolments:
        yield gettext("Enrolled nowhere")


def _when(enrolment: Enrolment, day: date) -> str:
    """Return until or from when an enrolment holds that does not hold on this day."""
    if enrolment.holds_on(day):
        return ""
    if enrolment.starts_on > day:
        period = gettext("from %(day)s", day=format_date(enrolment.starts_on, "medium"))
    else:
        period = gettext("up to and including %(day)s", day=format_date(enrolment.ends_on, "medium"))
    return f": {period}"


def _visits(visits: tuple[int, ...]) -> str:
    """Return when to sign in to see what a persona shows; nothing when today is enough."""
    if visits == (0,):
        return ""
    told = (_visit(days, again=days in visits[:place]) for place, days in enumerate(visits))
    sentence: str = gettext("Sign in: %(days)s.", days=", ".join(told))
    return sentence


def _visit(days: int, *, again: bool) -> Any:
    if again:
        return gettext("and again")
    if days in NEAR:
        return str(NEAR[days])
    if days < 0:
        return ngettext("%(num)s day ago", "%(num)s days ago", -days)
    return ngettext("in %(num)s day", "in %(num)s days", days)
