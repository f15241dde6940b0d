"""The provider behind the request that is being answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from flask import current_app

if TYPE_CHECKING:
    from mock_idp.provider import Provider

EXTENSION: Final = "leerid-provider"


def current_provider() -> Provider:
    """Return the provider of this application."""
    return cast("Provider", current_app.extensions[EXTENSION])
