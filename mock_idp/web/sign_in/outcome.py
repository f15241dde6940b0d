"""What a submitted form leads to: somebody, nobody, or a trouble in a pupil's words and a developer's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mock_idp.domain.leerid import AccountState
from mock_idp.provider.means import means_of
from mock_idp.web.current import current_issuer, current_provider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.people.person import Person
    from mock_idp.provider.sign_in import Interaction

CANCEL: Final = "cancel"
LONGEST_TOLD: Final = 100
"""How much of a user name is told back: the form takes more than anybody is called."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why nobody was signed in: `words` as a pupil would read them, `why` as a developer wants to know.

    `is_typed`: a user name and password were typed, and their fields are to be looked at again. `of_account`: what is
    wrong with the account whoever comes with it, for the journal; empty when somebody else could be let in.
    """

    words: str
    why: str
    is_typed: bool = False
    of_account: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Somebody to sign in, and by which means; a trouble; or, with neither, a sign-in that was cancelled."""

    person: Person | None = None
    acr: str = ""
    trouble: Trouble | None = None


WORDS: Final[Mapping[AccountState | None, Any]] = {
    None: _("You cannot sign in with this account yet."),
    AccountState.BLOCKED: _("This account is blocked. Ask your school."),
    AccountState.PASSWORD_EXPIRED: _("The password of this account must be changed first. Ask your school."),
    AccountState.WITHHELD: _("This account was not handed out yet. Ask your school."),
}
"""What the page says of an account that nobody can sign in with; how ACM words it is not known."""

WHY: Final[Mapping[AccountState | None, Any]] = {
    None: _("On %(day)s, the day of this stage, the account does not exist: it is opened later, or never."),
    AccountState.BLOCKED: _("On %(day)s, the day of this stage, the account is blocked."),
    AccountState.PASSWORD_EXPIRED: _("On %(day)s, the day of this stage, the password has expired."),
    AccountState.WITHHELD: _("On %(day)s, the day of this stage, the account is withheld: nobody was given it."),
}


def outcome_of(form: Mapping[str, str], interaction: Interaction) -> Outcome:
    """Return what a form leads to. It names a persona by slug, anybody by user name, or has a password as well."""
    if form.get("action") == CANCEL:
        return Outcome()
    if "persona" in form:
        persona = current_provider().personas.get(form["persona"])
        return _picked(persona.user_name if persona else form["persona"], interaction)
    if "user_name" in form:
        return _picked(form["user_name"], interaction)
    return _typed(form.get("username", ""), form.get("password", ""), interaction)


def admitted(person: Person, interaction: Interaction, *, is_typed: bool = False) -> Outcome:
    """Return the person, unless their account cannot be signed in with on the day of the stage."""
    provider = current_provider()
    state = provider.account_state(person, interaction.stage_id)
    if state == AccountState.ACTIVE:
        return _by_a_means(person, interaction, is_typed=is_typed)
    day = provider.calendar(provider.stages.get(interaction.stage_id))
    why = f"{WHY[state] % {'day': day}} {_not_told()}"
    of_account = f"On {day} the account is {state or 'not there'}, so nobody is let in with it."
    return Outcome(trouble=Trouble(words=str(WORDS[state]), why=why, is_typed=is_typed, of_account=of_account))


def _by_a_means(person: Person, interaction: Interaction, *, is_typed: bool) -> Outcome:
    """Return the person and a means of theirs that the application takes, unless there is none."""
    issuer = current_issuer()
    usable = means_of(person, issuer.policy)
    demand = issuer.server.demand(interaction.asked)
    acr = demand.first_of(usable)
    if acr is not None:
        return Outcome(person=person, acr=acr)
    words = gettext("You cannot sign in to this application in this way.")
    why = gettext(
        "The application takes %(wanted)s; %(name)s has %(usable)s. ACM would not offer that way at all.",
        wanted=", ".join(demand.means or ()),
        name=person.full_name,
        usable=", ".join(usable),
    )
    return Outcome(trouble=Trouble(words=words, why=f"{why} {_not_told()}", is_typed=is_typed))


def _picked(user_name: str, interaction: Interaction) -> Outcome:
    person = current_provider().people.find(user_name, interaction.stage_id)
    if person is not None:
        return admitted(person, interaction)
    why = gettext(
        "Nobody on this stage is called %(user_name)s. People who were made belong to the stage they were made on.",
        user_name=user_name[:LONGEST_TOLD],
    )
    return Outcome(trouble=Trouble(words=gettext("There is no such pupil."), why=why))


def _typed(user_name: str, password: str, interaction: Interaction) -> Outcome:
    person = current_provider().people.find(user_name, interaction.stage_id)
    if person is not None and person.has_password(password):
        return admitted(person, interaction, is_typed=True)
    if person is None:
        why = gettext(
            "Nobody on this stage has the user name %(user_name)s. Search shows everybody's.",
            user_name=user_name[:LONGEST_TOLD] or gettext("(empty)"),
        )
    else:
        why = gettext(
            "%(name)s has this user name, and another password. leerid-idp students show tells it; a click on the "
            "name needs none.",
            name=person.full_name,
        )
    words = gettext("User name or password is wrong.")
    return Outcome(trouble=Trouble(words=words, why=f"{why} {_not_told()}", is_typed=True))


def _not_told() -> str:
    sentence: str = gettext("The application is told nothing: to it, the pupil is still at this page.")
    return sentence
