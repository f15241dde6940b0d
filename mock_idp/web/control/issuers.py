"""Issuers: open siblings with keys, clients and faults of their own, change how one behaves, close them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.protocol.conduct import MAIN
from mock_idp.settings.addresses import SIBLING
from mock_idp.web.control.asking import known_issuer
from mock_idp.web.control.blueprint import blueprint
from mock_idp.web.control.errors import ControlError, Problem, invalid
from mock_idp.web.control.models import IssuerList, IssuerMembers, IssuerView
from mock_idp.web.control.wire import answer, nothing, sent_object, shaped
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.provider.issuer import Issuer


@blueprint.get("/issuers")
def list_issuers() -> Response:
    """List every issuer, the main one first."""
    return answer(IssuerList(issuers=[view_of(each) for each in current_provider().issuers.all()]))


@blueprint.get("/issuers/<name>")
def read_issuer(name: str) -> Response:
    """Read an issuer."""
    return answer(view_of(known_issuer(name)))


@blueprint.put("/issuers/<name>")
def put_issuer(name: str) -> Response:
    """Open a sibling, or change how an issuer behaves."""
    members, problems = shaped(IssuerMembers, sent_object())
    if not SIBLING.fullmatch(name):
        message = (
            "An issuer is called by at most 40 lower-case letters, digits and hyphens: it is a part of its address."
        )
        problems.append(Problem(key="name", message=message))
    if members is None or problems:
        raise invalid(problems)
    issuers = current_provider().issuers
    is_new = issuers.get(name) is None
    made = issuers.open(name, policy=members.policy, armed=(*members.faults, *members.circumstances))
    return answer(view_of(made), 201 if is_new else 200)


@blueprint.delete("/issuers/<name>")
def close_issuer(name: str) -> Response:
    """Close a sibling and forget its clients and keys."""
    if name == MAIN:
        raise ControlError("conflict", "The main issuer cannot be closed; change it, or reset the mock.")
    known_issuer(name)
    current_provider().issuers.close(name)
    return nothing()


def view_of(issuer: Issuer) -> IssuerView:
    """Return the issuer as callers see it."""
    return IssuerView(
        name=issuer.name, issuer=issuer.identifier, policy=issuer.policy, armed=list(issuer.conduct.armed)
    )
