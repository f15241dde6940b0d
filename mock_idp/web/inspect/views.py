"""The journal page: a list of sign-ins, and one of them in full. It reads the journal only when it is asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Response, render_template, request

from mock_idp.faults import catalogue
from mock_idp.journal import flows
from mock_idp.web.current import current_provider
from mock_idp.web.inspect.blueprint import blueprint
from mock_idp.web.inspect.notes import is_plain, odd_notes, plain_notes
from mock_idp.web.inspect.outcome import Outcome, headline, outcome
from mock_idp.web.inspect.query import Wanted
from mock_idp.web.inspect.steps import LANES, began, steps
from mock_idp.web.inspect.times import clock_time, seconds
from mock_idp.web.inspect.tokens import readable, tokens
from mock_idp.web.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mock_idp.journal import Flow

MOST_READ: Final = 1_000
"""So many of the newest exchanges are looked through; an older sign-in is found by its address."""

MOST_LISTED: Final = 50
NOT_MODIFIED: Final = 304
NOT_FOUND: Final = 404


@dataclass(frozen=True, kw_only=True)
class Row:
    """A sign-in in the list. `odd`: what to mend; `plain`: what holds for any application that is not registered."""

    flow: Flow
    headline: str
    outcome: Outcome
    began: datetime
    odd: tuple[str, ...]
    plain: tuple[str, ...]


@blueprint.route("", methods=["GET", "POST"])
def show() -> Response:
    """Show the newest sign-ins, and the newest one in full."""
    return _page("")


@blueprint.route("/<flow_id>", methods=["GET", "POST"])
def show_one(flow_id: str) -> Response:
    """Show one sign-in in full, beside the list."""
    return _page(flow_id)


def _page(flow_id: str) -> Response:
    journal, wanted = current_provider().journal, Wanted.from_query(request.args)
    newest = journal.newest()
    tag = hashlib.sha256(f"{newest} {request.full_path} {language()}".encode()).hexdigest()[:16]
    if tag in request.if_none_match:
        return Response(status=NOT_MODIFIED)
    everything = flows(journal.exchanges(since=max(0, newest - MOST_READ)))
    admitted = [each for each in everything if wanted.admits(each)]
    chosen = _chosen(flow_id, everything) if flow_id else next(iter(admitted), None)
    page = _rendered(everything, admitted, chosen, wanted, flow_id)
    encoded = page.encode("utf-8", "replace")  # a token can hold half a character, which is no text
    response = Response(encoded, status=NOT_FOUND if flow_id and chosen is None else 200)
    response.set_etag(tag)
    return response


def _chosen(flow_id: str, read: Iterable[Flow]) -> Flow | None:
    """Return a sign-in by its id, looked for in the whole journal when it is not among those that were read."""
    found = next((each for each in read if each.id == flow_id), None)
    if found is not None:
        return found
    return next((each for each in flows(current_provider().journal.exchanges()) if each.id == flow_id), None)


def _rendered(everything: Iterable[Flow], admitted: list[Flow], chosen: Flow | None, wanted: Wanted, asked: str) -> str:
    provider = current_provider()
    return render_template(
        "inspect.html",
        rows=[_row(each) for each in admitted[:MOST_LISTED]],
        count=len(admitted),
        chosen=_row(chosen) if chosen else None,
        is_asked_for=bool(asked),
        steps=list(steps(chosen, provider)) if chosen else [],
        tokens=list(tokens(chosen, provider)) if chosen else [],
        faults=catalogue(),
        lanes=LANES,
        clients=sorted({each.client_id for each in everything if each.client_id}),
        stages=_labelled(sorted({each.first.stage for each in everything})),
        wanted=wanted,
        issuer=provider.settings.issuer,
        is_plain=is_plain,
        clock_time=clock_time,
        seconds=seconds,
        readable=readable,
    )


def _labelled(stage_ids: list[str]) -> dict[str, str]:
    """Return what each stage is called, as long as it is open."""
    found = {each: current_provider().stages.find(each) for each in stage_ids}
    return {each: stage.label or "" if stage else "" for each, stage in found.items()}


def _row(flow: Flow) -> Row:
    return Row(
        flow=flow,
        headline=headline(flow),
        outcome=outcome(flow),
        began=began(flow.first),
        odd=odd_notes(flow),
        plain=plain_notes(flow),
    )
