"""Stages: open, read, change and close situations."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from mock_idp.faults import ISSUER_WIDE, Seam
from mock_idp.protocol.conduct import MAIN
from mock_idp.state.stages import COOKIE_NAME, DefaultStageError, Stage, UnknownStageError
from mock_idp.web.control.blueprint import PREFIX, blueprint
from mock_idp.web.control.errors import ControlError, Problem, invalid
from mock_idp.web.control.models import (
    Exchanges,
    StageCookie,
    StageJournalQuery,
    StageList,
    StageMembers,
    StageView,
)
from mock_idp.web.control.wire import answer, nothing, sent_object, sent_query, shaped
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

_one_at_a_time: Final = Lock()
"""Held from looking for a rival at the issuer-wide seams until the stage is written down."""


@blueprint.get("/stages")
def list_stages() -> Response:
    """List every open stage."""
    return answer(StageList(stages=[view_of(stage) for stage in current_provider().stages.all()]))


@blueprint.post("/stages")
def open_stage() -> Response:
    """Open a stage."""
    members = _members(Stage(id="", created_at=""))
    with _one_at_a_time:
        _refuse_rival(Stage(id="", created_at="", **members))
        stage = current_provider().stages.open(**members)
    return answer(view_of(stage), 201, {"Location": f"{PREFIX}/stages/{stage.id}"})


@blueprint.get("/stages/<stage_id>")
def read_stage(stage_id: str) -> Response:
    """Read a stage."""
    return answer(view_of(known_stage(stage_id)))


@blueprint.patch("/stages/<stage_id>")
def change_stage(stage_id: str) -> Response:
    """Change the members given, and no other."""
    members = _members(known_stage(stage_id))
    with _one_at_a_time:
        current = known_stage(stage_id)
        _refuse_rival(Stage(**{**vars(current), **members}))
        stage = current_provider().stages.change(stage_id, **members)
    return answer(view_of(stage))


@blueprint.delete("/stages/<stage_id>")
def close_stage(stage_id: str) -> Response:
    """Close a stage and forget its people; its exchanges stay in the journal."""
    try:
        current_provider().stages.close(stage_id)
        current_provider().people.made.clear(stage_id)
    except DefaultStageError as error:
        raise ControlError("conflict", str(error)) from None
    except UnknownStageError as error:
        raise ControlError("not_found", str(error)) from None
    return nothing()


@blueprint.get("/stages/<stage_id>/journal")
def read_stage_journal(stage_id: str) -> Response:
    """Read what was said on a stage."""
    stage = known_stage(stage_id)
    query = sent_query(StageJournalQuery)
    return answer(Exchanges(exchanges=current_provider().journal.exchanges(stage=stage.id, since=int(query.since))))


def view_of(stage: Stage) -> StageView:
    """Return the stage as callers see it."""
    return StageView.model_validate({**vars(stage), "cookie": StageCookie(name=COOKIE_NAME, value=stage.id)})


def known_stage(stage_id: str) -> Stage:
    """Return the stage of that id; raise `ControlError` when there is none."""
    stage = current_provider().stages.find(stage_id)
    if stage is None:
        raise ControlError("not_found", f"There is no stage {stage_id!r}; list the stages, or open one.")
    return stage


def _members(current: Stage) -> dict[str, Any]:
    """Return the members that the body gives, checked together with what the stage has already."""
    body = sent_object()
    provider = current_provider()
    slugs = [persona.slug for persona in provider.personas.all()]
    issuers = [each.name for each in provider.issuers.all()]
    members, problems = shaped(StageMembers, body, personas=slugs, profiles=provider.profiles, issuers=issuers)
    problems += _together(body, current)
    if members is None or problems:
        raise invalid(problems)
    given = members.model_dump(exclude_unset=True)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


def _together(body: dict[str, Any], current: Stage) -> Iterator[Problem]:
    """Yield what is wrong between the ids of the two lists, also when other members are wrong."""
    armed = [(name, each) for name in ("faults", "circumstances") for each in _listed(body, name, current)]
    ids = [each for _, each in armed]
    for name, twice in sorted({pair for pair in armed if armed.count(pair) > 1}):
        yield Problem(key=name, message=f"{twice} is listed twice.")
    signatures = sorted({each for each in ids if each.startswith(f"{Seam.SIGNATURE}.")})
    if len(signatures) > 1:
        found = ", ".join(signatures)
        yield Problem(key="faults", message=f"An ID token has one signature; choose one of: {found}.")


def _listed(body: dict[str, Any], name: str, current: Stage) -> list[str]:
    given = body.get(name, getattr(current, name))
    return [each for each in given if isinstance(each, str)] if isinstance(given, (list, tuple)) else []


def _refuse_rival(wanted: Stage) -> None:
    """Raise `ControlError` when another stage bends the same issuer as a whole already."""
    if not wanted.arms(*ISSUER_WIDE):
        return
    for rival in current_provider().stages.arming(*ISSUER_WIDE):
        if rival.id != wanted.id and (rival.issuer or MAIN) == (wanted.issuer or MAIN):
            raise ControlError(
                "conflict",
                f"Stage {rival.id!r} bends discovery or keys for the whole issuer already. Close it first: these "
                "documents are read without a stage, so only one stage at a time can "
                "bend them. Or bend those of a sibling: see issuers.",
            )
