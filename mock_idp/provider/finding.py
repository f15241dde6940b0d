"""Finding anybody who can sign in on a stage: who was made there first, then the file, the personas and the crowd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.domain.finding import Finder, Named

if TYPE_CHECKING:
    from datetime import date

    from mock_idp.domain.people.person import Person
    from mock_idp.provider.people import People


def finder_on(people: People, stage_id: str, day: date) -> Finder:
    """Return what finds people as they are on a stage and its day."""
    personas = {each.user_name: each for each in people.casting.personas(stage_id)}
    made = people.made_on(stage_id)
    named = [Named(person=each, persona=personas.get(each.user_name)) for each in made]
    named += [Named(person=each) for each in (people.of_file.all() if people.of_file else ())]
    named += [Named(person=each.person, persona=each) for each in personas.values()]
    changed = {each.user_name for each in made}
    standing = [each for each in named[len(made) :] if each.person.user_name not in changed]
    return Finder(named=(*named[: len(made)], *standing), crowd=people.crowd, day=day)


def find_person(people: People, key: str, *, stage_id: str, day: date) -> Person | None:
    """Return the person of a user name, or of a uuid that stands, stood or will stand for the pupil."""
    if person := people.find(key, stage_id):
        return person
    hit = finder_on(people, stage_id, day).by_uuid(key)
    return people.find(hit.person.user_name, stage_id) if hit else None
