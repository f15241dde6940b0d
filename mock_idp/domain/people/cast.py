"""A cast: people of its own who play the personas, so that what stands somewhere can be nobody else's.

Every function is one of the label and a value alone, and different values stay different: whatever two personas share,
those who play them share. User names, passwords, birth dates and what decides about admission stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from mock_idp.domain.datastore.facts import OtherIdentity
from mock_idp.domain.discimus import Enrolled, Moved, NameCorrected
from mock_idp.domain.leerid import EmailSet
from mock_idp.domain.randomness import derived_id, drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.datastore.facts import CitizenFacts, StudentFacts
    from mock_idp.domain.discimus import Identities, Life, Moment
    from mock_idp.domain.people.person import Person

LABEL: Final = r"^[a-z0-9]{1,32}$"
CONSONANTS: Final = "bdfgklmnprstvz"
VOWELS: Final = "aeiou"
SYLLABLES: Final = 5
SUBJECT_DIGITS: Final = 40
ZERO: Final = "0"


@dataclass(frozen=True, kw_only=True)
class PlayedIdentities:
    """The `Identities` of somebody who plays a persona: those of the persona, each made this cast's own."""

    cast: Cast
    persona: Identities

    def account_uuid(self, label: str, number: int) -> str:
        """Return the uuid of an account after so many replacements."""
        return self.cast.uuid(self.persona.account_uuid(label, number))

    def leer_id_uuid(self, number: int) -> str:
        """Return the leer_id_uuid after so many replacements."""
        return self.cast.uuid(self.persona.leer_id_uuid(number))


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everybody who plays a persona under one label."""

    label: str

    # Values ----------------------------------------------------------------------------------------------------------

    def uuid(self, persona: str) -> str:
        """Return the uuid in the place of a persona's."""
        return derived_id("cast", self.label, persona)

    def subject(self, persona: str) -> str:
        """Return the 40 hexadecimal digits in the place of those of somebody who is no pupil."""
        halves = (derived_id("cast subject", self.label, persona, half).replace("-", "") for half in range(2))
        return "".join(halves)[:SUBJECT_DIGITS]

    def name(self, persona: str) -> str:
        """Return a family name with a made up word behind it, in capitals or small letters where the name is."""
        word = self.word(persona)
        if persona.isupper():
            return f"{persona} {word.upper()}"
        return f"{persona} {word if persona.islower() else word.capitalize()}"

    def email(self, persona: str) -> str:
        """Return an e-mail address at the same host, with a made up word before it."""
        name, at, host = persona.partition("@")
        return f"{name}.{self.word(persona)}{at}{host}"

    def number(self, persona: str) -> str:
        """Return another number of as many digits, which begins with a zero where that one does."""
        place = 10 ** (len(persona) - 1)
        least, size = (0, place) if persona.startswith(ZERO) else (place, 9 * place)
        further = 1 + drawn("cast number", self.label, len(persona), least, below=size - 1) if size > 1 else 0
        return f"{least + (int(persona) - least + further) % size:0{len(persona)}}"

    def word(self, persona: str) -> str:
        """Return a word that can be said, the same for a text in capitals and however its accents are written."""
        text = normalize("NFKC", persona).casefold()
        syllables = (
            letters[drawn("cast word", self.label, text, place, letters, below=len(letters))]
            for place in range(SYLLABLES)
            for letters in (CONSONANTS, VOWELS)
        )
        return "".join(syllables)

    # People ----------------------------------------------------------------------------------------------------------

    def person(self, persona: Person) -> Person:
        """Return who plays a persona."""
        return replace(
            persona,
            family_name=self.name(persona.family_name),
            life=self.life(persona.life) if persona.life else None,
            citizen=self.citizen(persona.citizen) if persona.citizen else None,
        )

    def life(self, persona: Life) -> Life:
        """Return the life in the place of a persona's: the same moments on the same days."""
        return replace(
            persona,
            family_name=self.name(persona.family_name),
            email=self.email(persona.email) if persona.email else None,
            moments=tuple(self._moment(each) for each in persona.moments),
            identities=PlayedIdentities(cast=self, persona=persona.identities),
        )

    def citizen(self, persona: CitizenFacts) -> CitizenFacts:
        """Return what ACM knows of somebody in the place of a persona who is no pupil."""
        return replace(
            persona,
            subject=self.subject(persona.subject),
            family_name=self.name(persona.family_name),
            vo=self._vo(persona.vo),
            others=tuple(OtherIdentity(vo=self._vo(each.vo), roles=each.roles) for each in persona.others),
        )

    def facts(self, persona: StudentFacts) -> StudentFacts:
        """Return what is true of who plays a persona, where a datastore that knows no casts told of the persona."""
        return replace(
            persona,
            account_uuid=self.uuid(persona.account_uuid),
            leer_id_uuid=self.uuid(persona.leer_id_uuid) if persona.leer_id_uuid else None,
            history=tuple(map(self.uuid, persona.history)),
            family_name=self.name(persona.family_name),
            email=self.email(persona.email) if persona.email else None,
            enrolments=tuple(replace(each, stamnummer=self.number(each.stamnummer)) for each in persona.enrolments),
        )

    def _moment(self, moment: Moment) -> Moment:
        if isinstance(moment, Enrolled):
            return self._enrolled(moment)
        if isinstance(moment, Moved):
            return replace(moment, to=self._enrolled(moment.to))
        if isinstance(moment, NameCorrected) and moment.family_name:
            return replace(moment, family_name=self.name(moment.family_name))
        return replace(moment, email=self.email(moment.email)) if isinstance(moment, EmailSet) else moment

    def _enrolled(self, moment: Enrolled) -> Enrolled:
        return replace(moment, stamnummer=self.number(moment.stamnummer))

    def _vo(self, told: Mapping[str, str]) -> Mapping[str, str]:
        own = {"vo_id": self.uuid, "vo_email": self.email}
        return {name: own[name](value) if name in own else value for name, value in told.items()}
