"""The table of operations on people and students."""

from __future__ import annotations

from typing import Final

from mock_idp.web.control import examples
from mock_idp.web.control.operation import READING, SENDING, Body, Operation
from mock_idp.web.control.people_models import MomentMembers, PeopleList, PersonMembers, PersonView, Students

PERSON: Final = Body(model=PersonView, example=examples.PERSON)
PERSON_MEMBERS: Final = Body(model=PersonMembers, example=examples.PERSON_MEMBERS)

OPERATIONS: Final = (
    Operation(
        method="get",
        path="/students",
        name="list_students",
        summary="Find personas, people of the stage and of the file, and pupils of the crowd",
        tag="students",
        query=("text", "situation", "school", "limit", "stage_of"),
        answers={200: Body(model=Students, example={"students": [examples.STUDENT], "is_more": True})},
        refusals=(*READING, "invalid_values"),
    ),
    Operation(
        method="get",
        path="/students/{key}",
        name="read_student",
        summary="Show one by user name, or by a uuid that stands or stood for the pupil",
        tag="students",
        query=("stage_of",),
        answers={200: PERSON},
        refusals=(*READING, "invalid_values"),
    ),
    Operation(
        method="get",
        path="/stages/{stage_id}/people",
        name="list_people",
        summary="List who was made or changed on a stage",
        tag="people",
        answers={200: Body(model=PeopleList, example={"people": [examples.PERSON]})},
        refusals=READING,
    ),
    Operation(
        method="post",
        path="/stages/{stage_id}/people",
        name="make_person",
        summary="Make somebody on a stage; user name and password are made up when left out",
        tag="people",
        sends=PERSON_MEMBERS,
        answers={201: PERSON},
        refusals=(*READING, *SENDING),
    ),
    Operation(
        method="get",
        path="/stages/{stage_id}/people/{user_name}",
        name="read_person",
        summary="Read somebody who was made or changed on a stage",
        tag="people",
        answers={200: PERSON},
        refusals=READING,
    ),
    Operation(
        method="put",
        path="/stages/{stage_id}/people/{user_name}",
        name="put_person",
        summary="Make the person of a user name on a stage, or replace them there, whoever it is elsewhere",
        tag="people",
        sends=PERSON_MEMBERS,
        answers={200: PERSON, 201: PERSON},
        refusals=(*READING, *SENDING),
    ),
    Operation(
        method="patch",
        path="/stages/{stage_id}/people/{user_name}",
        name="change_person",
        summary="Change the members given, and no other, on this stage only: of a persona or anybody else as well",
        tag="people",
        sends=PERSON_MEMBERS,
        answers={200: PERSON},
        refusals=(*READING, *SENDING),
    ),
    Operation(
        method="delete",
        path="/stages/{stage_id}/people/{user_name}",
        name="forget_person",
        summary="Forget somebody who was made, or what was changed about them, and the other accounts of that pupil",
        tag="people",
        answers={204: None},
        refusals=READING,
    ),
    Operation(
        method="post",
        path="/stages/{stage_id}/people/{user_name}/moments",
        name="add_moment",
        summary="Let something happen to a pupil on this stage, whoever it is; today when `on` is left out",
        tag="people",
        sends=Body(model=MomentMembers, example=examples.MOMENT),
        answers={200: PERSON},
        refusals=(*READING, *SENDING),
    ),
)
