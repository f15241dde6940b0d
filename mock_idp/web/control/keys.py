"""The signing keys: list and rotate them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.protocol.keys import KeyRingError
from mock_idp.web.control.asking import asked_issuer
from mock_idp.web.control.blueprint import blueprint
from mock_idp.web.control.errors import ControlError, invalid
from mock_idp.web.control.models import KeyAction, KeyList, KeyView
from mock_idp.web.control.wire import answer, sent_object, shaped

if TYPE_CHECKING:
    from flask import Response


@blueprint.get("/keys")
def list_keys() -> Response:
    """List the signing keys."""
    return answer(_view())


@blueprint.post("/keys")
def move_keys() -> Response:
    """Publish, activate, retire or rotate."""
    wanted, problems = shaped(KeyAction, sent_object())
    if wanted is None:
        raise invalid(problems)
    try:
        getattr(asked_issuer().keys, wanted.action)()
    except KeyRingError as error:
        raise ControlError("conflict", str(error)) from None
    return answer(_view())


def _view() -> KeyList:
    return KeyList(keys=[KeyView.model_validate(each) for each in asked_issuer().keys.list()])
