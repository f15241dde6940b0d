"""From people back to their written form: lives become rows again, days become dates. The way back from `reading`."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain import discimus, leerid
from mock_idp.domain.people.reading import BARE, OF_ACCOUNT, OF_NUMBER, LabelledIdentities

if TYPE_CHECKING:
    from mock_idp.domain.datastore.facts import CitizenFacts
    from mock_idp.domain.discimus import Enrolled, Life, Moment
    from mock_idp.domain.people.person import Person

Document = dict[str, Any]

WORD_OF: Final = {kind: word for words in (OF_ACCOUNT, BARE, OF_NUMBER) for word, kind in words.items()}
"""What is written for the moments of which a table of words knows the class."""


def document_of(person: Person, same_pupil_as: str | None = None) -> Document:
    """Return a person as the JSON of a `PersonRow`; `same_pupil_as`: the user name of the pupil's first account.

    Labels are kept, so that whoever reads it makes the same identifiers. Days are dates, whatever was written.
    """
    door = {"user_name": person.user_name, "password": person.password, "circumstances": list(person.circumstances)}
    if person.citizen is not None:
        return _plain({**door, **_names(person.given_name, person.family_name), "citizen": _citizen(person.citizen)})
    if same_pupil_as is not None:
        return _plain({**door, "account": person.account, "same_pupil_as": same_pupil_as})
    return _plain({**door, "account": person.account, **(_life(person.life) if person.life else {})})


def _citizen(facts: CitizenFacts) -> Document:
    others = [_plain({"vo": dict(each.vo), "roles": list(each.roles)}) for each in facts.others]
    return _plain(
        {
            "subject": facts.subject,
            "vo": dict(facts.vo),
            "roles": list(facts.roles),
            "other_identities": others,
            "means": list(facts.means),
        }
    )


def _life(life: Life) -> Document:
    identities = life.identities
    leer_id = identities.leer_id if isinstance(identities, LabelledIdentities) else None
    return {
        **_names(life.given_name, life.family_name),
        "birth": {"day": life.birth.day, "month": life.birth.month, "year": life.birth.year},
        "sex": life.sex.value if life.sex else None,
        "number": life.number.value,
        "email": life.email,
        "leer_id": leer_id,
        "life": [_plain({**_days(each), **_told(each)}) for each in life.moments],
    }


def _names(given_name: str | None, family_name: str) -> Document:
    return {"given_name": given_name or None, "family_name": family_name}


def _days(moment: Moment) -> Document:
    return {"on": moment.on.isoformat(), "known_on": moment.known_on.isoformat() if moment.known_on else None}


def _plain(document: Document) -> Document:
    """Return the document without what goes without saying."""
    return {name: value for name, value in document.items() if value is not None and value != []}


# Moments -------------------------------------------------------------------------------------------------------------


@singledispatch
def _told(moment: Moment) -> Document:
    """Return what is written of a moment, but for its days."""
    account = (getattr(moment, "account", "") or None) if type(moment) in OF_ACCOUNT.values() else None
    return {"is": WORD_OF[type(moment)], "account": account}


@_told.register
def _(moment: discimus.Enrolled) -> Document:
    return {
        "is": "enrolled",
        "school": moment.school.number,
        **_place(moment),
        "status": moment.status.value,
        "free": moment.free,
    }


@_told.register
def _(moment: discimus.Moved) -> Document:
    leaving = moment.leaving.number if moment.leaving else None
    return {"is": "moved", "to": moment.to.school.number, "from": leaving, **_place(moment.to)}


@_told.register
def _(moment: discimus.Left) -> Document:
    return {"is": "left", "school": moment.school.number if moment.school else None}


@_told.register
def _(moment: discimus.Cancelled) -> Document:
    return {"is": "cancelled", "school": moment.school.number}


@_told.register
def _(moment: discimus.AgreementEnded) -> Document:
    return {"is": "agreement-ended", "school": moment.school.number}


@_told.register
def _(moment: discimus.Regrouped) -> Document:
    return {
        "is": "regrouped",
        "school": moment.school.number,
        "group": moment.group.code,
        "hoofdstructuur": moment.hoofdstructuur,
    }


@_told.register
def _(moment: discimus.SchoolRenumbered) -> Document:
    return {"is": "school-renumbered", "school": moment.school.number, "to": moment.to.number}


@_told.register
def _(moment: discimus.NameCorrected) -> Document:
    return {"is": "name-corrected", "given_name": moment.given_name, "family_name": moment.family_name}


@_told.register(discimus.Identified)
@_told.register(discimus.NumberReplaced)
def _(moment: discimus.Identified | discimus.NumberReplaced) -> Document:
    return {"is": WORD_OF[type(moment)], "number": moment.number.value}


@_told.register
def _(moment: leerid.AccountsMerged) -> Document:
    return {"is": "accounts-merged", "account": moment.account, "into": moment.into}


@_told.register
def _(moment: leerid.EmailSet) -> Document:
    return {"is": "email-set", "email": moment.email}


def _place(enrolled: Enrolled) -> Document:
    """Return where a pupil is enrolled, but for the school."""
    return {
        "stamnummer": enrolled.stamnummer,
        "group": enrolled.group.code,
        "hoofdstructuur": enrolled.hoofdstructuur,
    }
