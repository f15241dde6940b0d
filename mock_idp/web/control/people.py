"""People of a stage: make, read, change and forget them. No other stage sees them."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.people.written import AccountRow
from mock_idp.domain.problems import ProblemsError
from mock_idp.web.control.blueprint import PREFIX, blueprint
from mock_idp.web.control.errors import ControlError, Problem, invalid
from mock_idp.web.control.people_models import MomentMembers, PeopleList, PersonMembers, PersonView
from mock_idp.web.control.stages import known_stage
from mock_idp.web.control.wire import answer, nothing, sent_object, shaped
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from flask import Response

    from mock_idp.domain import problems
    from mock_idp.domain.people.person import Person

    Made = TypeVar("Made")

Document = dict[str, Any]

_one_at_a_time: Final = Lock()
"""Held from reading a document until its change is written down."""


@blueprint.get("/stages/<stage_id>/people")
def list_people(stage_id: str) -> Response:
    """List who was made or changed on a stage."""
    stage = known_stage(stage_id)
    people = current_provider().people.made_on(stage.id)
    return answer(PeopleList(people=[view_of(person, stage.id) for person in people]))


@blueprint.post("/stages/<stage_id>/people")
def make_person(stage_id: str) -> Response:
    """Make somebody on a stage."""
    stage, body = known_stage(stage_id), sent_object()
    making = current_provider().people.making
    row, wrong = shaped(PersonMembers, body)
    name = body.get("user_name")
    if row is None:
        raise invalid([*wrong, *_told(making.wrong_name(stage.id, name) if isinstance(name, str) else [])])
    person = _checked(lambda: making.make(stage.id, row))
    return answer(view_of(person, stage.id), 201, _location(stage.id, person))


@blueprint.get("/stages/<stage_id>/people/<user_name>")
def read_person(stage_id: str, user_name: str) -> Response:
    """Read somebody who was made or changed on a stage."""
    stage = known_stage(stage_id)
    return answer(view_of(_made(stage.id, user_name), stage.id))


@blueprint.put("/stages/<stage_id>/people/<user_name>")
def put_person(stage_id: str, user_name: str) -> Response:
    """Make the person of a user name on a stage, or replace them there."""
    stage = known_stage(stage_id)
    row = _row(sent_object(), user_name)
    making = current_provider().people.making
    person, is_new = _checked(lambda: making.put(stage.id, row))
    headers = _location(stage.id, person) if is_new else {}
    return answer(view_of(person, stage.id), 201 if is_new else 200, headers)


@blueprint.patch("/stages/<stage_id>/people/<user_name>")
def change_person(stage_id: str, user_name: str) -> Response:
    """Change the members given, and no other; on this stage only, whoever it is."""
    stage = known_stage(stage_id)
    making = current_provider().people.making
    with _one_at_a_time:
        row = _row(sent_object(), user_name, _document(stage.id, user_name))
        person = _checked(lambda: making.change(stage.id, row))
    return answer(view_of(person, stage.id))


@blueprint.delete("/stages/<stage_id>/people/<user_name>")
def forget_person(stage_id: str, user_name: str) -> Response:
    """Forget somebody who was made on a stage, or what was changed about them, and who is the same pupil."""
    stage = known_stage(stage_id)
    person = _made(stage.id, user_name)
    current_provider().people.making.forget(stage.id, person.user_name)
    return nothing()


@blueprint.post("/stages/<stage_id>/people/<user_name>/moments")
def add_moment(stage_id: str, user_name: str) -> Response:
    """Let something happen to a pupil, on this stage only."""
    stage, body = known_stage(stage_id), sent_object()
    provider = current_provider()
    today = provider.calendar(stage).isoformat()
    moment, wrong = shaped(MomentMembers, {"on": today, **body})
    with _one_at_a_time:
        door = _document(stage.id, user_name)
        if moment is None:
            raise invalid(wrong)
        told = moment.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        if isinstance(moment.root, AccountRow) and moment.root.account is None and "account" in door:
            told["account"] = door["account"]
        _append(stage.id, door, told)
    person = provider.people.find(user_name, stage.id)
    return answer(view_of(person, stage.id)) if person else nothing()


def view_of(person: Person, stage_id: str) -> PersonView:
    """Return a person as callers see them on a stage: with the names of who plays them there."""
    provider = current_provider()
    person = provider.people.find(person.user_name, stage_id) or person
    return PersonView(
        user_name=person.user_name,
        password=person.password,
        given_name=person.given_name,
        family_name=person.family_name,
        origin=provider.people.origin(person.user_name),
        document=provider.people.making.document(stage_id, person.user_name) or {},
        facts=provider.facts(person, stage_id),
    )


def _append(stage_id: str, door: Document, moment: Document) -> None:
    """Write down that something happens to the pupil behind a door; problems are told of the moment alone."""
    pupil = _document(stage_id, door["same_pupil_as"]) if "same_pupil_as" in door else door
    life = [*pupil.get("life", []), moment]
    row, wrong = shaped(PersonMembers, {**pupil, "life": life})
    if row is None:
        raise invalid(wrong)
    making = current_provider().people.making
    _checked(lambda: making.change(stage_id, row), within=f"life[{len(life) - 1}].")


def _row(body: Document, user_name: str, document: Document | None = None) -> PersonMembers:
    """Return the body over a document, of the person whom the path names; raise `ControlError`."""
    name = user_name.strip().lower()
    row, wrong = shaped(PersonMembers, {**(document or {}), "user_name": name, **body})
    if isinstance(given := body.get("user_name", name), str) and given != name:
        wrong.append(Problem(key="user_name", message="This is somebody else than the path names."))
    if row is None or wrong:
        raise invalid(wrong)
    return row.model_copy(update={"user_name": name})


def _document(stage_id: str, user_name: str) -> Document:
    document = current_provider().people.making.document(stage_id, user_name)
    if document is None:
        raise ControlError("not_found", f"Nobody has the user name {user_name!r}; make somebody with POST.")
    return document


def _made(stage_id: str, user_name: str) -> Person:
    person = current_provider().people.making.find(stage_id, user_name)
    if person is None:
        message = f"Nobody of the user name {user_name!r} was made or changed on this stage; see /students for others."
        raise ControlError("not_found", message)
    return person


def _checked(make: Callable[[], Made], within: str = "") -> Made:
    """Return what is made; raise `ControlError` with every problem, those `within` a member by what follows it."""
    try:
        return make()
    except ProblemsError as error:
        raise invalid(_told(error.problems, within)) from None


def _told(found: Iterable[problems.Problem], within: str = "") -> list[Problem]:
    return [Problem(key=each.key.removeprefix(within), message=each.message, hint=each.hint or None) for each in found]


def _location(stage_id: str, person: Person) -> Mapping[str, str]:
    return {"Location": f"{PREFIX}/stages/{stage_id}/people/{person.user_name}"}
