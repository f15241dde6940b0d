"""Everybody who can sign in: search, and show one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.domain.population import Query
from mock_idp.provider.finding import find_person, finder_on
from mock_idp.state.stages import DEFAULT_STAGE
from mock_idp.web.control.blueprint import blueprint
from mock_idp.web.control.errors import ControlError
from mock_idp.web.control.people import view_of
from mock_idp.web.control.people_models import StudentQuery, Students, StudentsQuery, StudentView
from mock_idp.web.control.stages import known_stage
from mock_idp.web.control.wire import answer, sent_query
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.domain.finding import Hit


@blueprint.get("/students")
def list_students() -> Response:
    """Find personas, people of the stage and of the file, and pupils of the crowd."""
    query = sent_query(StudentsQuery)
    provider, stage = current_provider(), known_stage(query.stage or DEFAULT_STAGE)
    wanted = Query(text=query.text, situation=query.situation, school=query.school)
    found = finder_on(provider.people, stage.id, provider.calendar(stage)).search(wanted, int(query.limit))
    return answer(Students(students=[_view(hit) for hit in found.found], is_more=found.is_more))


@blueprint.get("/students/<key>")
def read_student(key: str) -> Response:
    """Show one, by user name or by a uuid that stands or stood for the pupil."""
    stage = known_stage(sent_query(StudentQuery).stage or DEFAULT_STAGE)
    provider = current_provider()
    person = find_person(provider.people, key.strip(), stage_id=stage.id, day=provider.calendar(stage))
    if person is None:
        raise ControlError("not_found", f"Nobody has the user name or uuid {key!r}; search with /students?text=.")
    return answer(view_of(person, stage.id))


def _view(hit: Hit) -> StudentView:
    return StudentView(
        user_name=hit.person.user_name,
        password=hit.person.password,
        given_name=hit.person.given_name,
        family_name=hit.person.family_name,
        origin=current_provider().people.origin(hit.person.user_name),
        persona=hit.persona.slug if hit.persona else None,
        situations=list(hit.situations),
    )
