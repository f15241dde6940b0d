"""Back to the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.web.control.blueprint import blueprint
from mock_idp.web.control.wire import nothing
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from flask import Response


@blueprint.post("/reset")
def reset() -> Response:
    """Forget stages, journal, codes, sessions and clients registered since the start; begin with new keys."""
    current_provider().reset()
    return nothing()
