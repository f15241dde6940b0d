"""The table of operations: what the description of the API says of each path and method."""

from __future__ import annotations

from typing import Final

from mock_idp.domain.clients import Client
from mock_idp.web.control import examples, people_operations
from mock_idp.web.control.models import (
    About,
    ClientList,
    ClientView,
    ClockSetting,
    ClockView,
    Exchanges,
    Faults,
    KeyAction,
    KeyList,
    StageList,
    StageMembers,
    StageView,
)
from mock_idp.web.control.operation import READING, SENDING, Body, Operation
from mock_idp.web.control.people_models import Personas

STAGE: Final = Body(model=StageView, example=examples.STAGE)
MEMBERS: Final = Body(model=StageMembers, example=examples.STAGE_MEMBERS)
EXCHANGES: Final = Body(model=Exchanges, example={"exchanges": [examples.EXCHANGE]})
CLIENT: Final = Body(model=ClientView, example=examples.CLIENT)
KEYS: Final = Body(model=KeyList, example=examples.KEYS)
CLOCK: Final = Body(model=ClockView, example=examples.CLOCK)

OPERATIONS: Final = (
    Operation(
        method="get",
        path="",
        name="about",
        summary="Say what this is",
        tag="about",
        answers={200: Body(model=About, example=examples.ABOUT)},
    ),
    Operation(
        method="get",
        path="/openapi.json",
        name="openapi",
        summary="Read this description",
        tag="about",
        answers={200: Body(model=None, example={"openapi": "3.1.0"})},
    ),
    Operation(
        method="get",
        path="/faults",
        name="faults",
        summary="List what a stage can arm",
        tag="about",
        answers={200: Body(model=Faults, example={"faults": [examples.FAULT]})},
    ),
    Operation(
        method="get",
        path="/personas",
        name="personas",
        summary="List who can sign in",
        tag="about",
        answers={200: Body(model=Personas, example={"personas": [examples.PERSONA]})},
    ),
    Operation(
        method="get",
        path="/stages",
        name="list_stages",
        summary="List every open stage",
        tag="stages",
        answers={200: Body(model=StageList, example={"stages": [examples.STAGE]})},
    ),
    Operation(
        method="post",
        path="/stages",
        name="open_stage",
        summary="Open a stage",
        tag="stages",
        sends=MEMBERS,
        answers={201: STAGE},
        refusals=(*SENDING, "conflict"),
    ),
    Operation(
        method="get",
        path="/stages/{stage_id}",
        name="read_stage",
        summary="Read a stage",
        tag="stages",
        answers={200: STAGE},
        refusals=READING,
    ),
    Operation(
        method="patch",
        path="/stages/{stage_id}",
        name="change_stage",
        summary="Change the members given, and no other",
        tag="stages",
        sends=MEMBERS,
        answers={200: STAGE},
        refusals=(*READING, *SENDING, "conflict"),
    ),
    Operation(
        method="delete",
        path="/stages/{stage_id}",
        name="close_stage",
        summary="Close a stage and forget its people; its exchanges stay in the journal",
        tag="stages",
        answers={204: None},
        refusals=(*READING, "conflict"),
    ),
    *people_operations.OPERATIONS,
    Operation(
        method="get",
        path="/stages/{stage_id}/journal",
        name="read_stage_journal",
        summary="Read what was said on a stage",
        tag="journal",
        query=("since",),
        answers={200: EXCHANGES},
        refusals=(*READING, "invalid_values"),
    ),
    Operation(
        method="get",
        path="/journal",
        name="read_journal",
        summary="Read what was said, on one stage or on all, closed ones included",
        tag="journal",
        query=("stage", "since"),
        answers={200: EXCHANGES},
        refusals=("invalid_values",),
    ),
    Operation(
        method="get",
        path="/clients",
        name="list_clients",
        summary="List every registered client",
        tag="clients",
        answers={200: Body(model=ClientList, example={"clients": [examples.CLIENT]})},
    ),
    Operation(
        method="get",
        path="/clients/{client_id}",
        name="read_client",
        summary="Read a client",
        tag="clients",
        answers={200: CLIENT},
        refusals=READING,
    ),
    Operation(
        method="put",
        path="/clients/{client_id}",
        name="put_client",
        summary="Register a client, or replace it",
        tag="clients",
        sends=Body(model=Client, example=examples.CLIENT_REGISTRATION),
        answers={200: CLIENT, 201: CLIENT},
        refusals=SENDING,
    ),
    Operation(
        method="delete",
        path="/clients/{client_id}",
        name="delete_client",
        summary="Forget a client",
        tag="clients",
        answers={204: None},
        refusals=READING,
    ),
    Operation(
        method="get",
        path="/keys",
        name="list_keys",
        summary="List the signing keys",
        tag="keys",
        answers={200: KEYS},
    ),
    Operation(
        method="post",
        path="/keys",
        name="move_keys",
        summary="Publish, activate, retire or rotate signing keys",
        tag="keys",
        sends=Body(model=KeyAction, example={"action": "rotate"}),
        answers={200: KEYS},
        refusals=(*SENDING, "conflict"),
    ),
    Operation(
        method="get",
        path="/clock",
        name="read_clock",
        summary="Read the clock and the calendar of the default stage",
        tag="clock",
        answers={200: CLOCK},
    ),
    Operation(
        method="put",
        path="/clock",
        name="set_clock",
        summary="Move the calendar of the default stage",
        tag="clock",
        sends=Body(model=ClockSetting, example={"calendar_offset_days": -60}),
        answers={200: CLOCK},
        refusals=SENDING,
    ),
    Operation(
        method="post",
        path="/reset",
        name="reset",
        summary="Back to the start: stages, journal, codes, sessions, clients of this run, keys",
        tag="reset",
        answers={204: None},
    ),
)
