"""The provider behind the request that is being answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app

if TYPE_CHECKING:
    from mock_idp.provider.composition import Provider

EXTENSION: Final = "leerid-provider"
"""Under this name `create_app` hands the provider to its application."""


def current_provider() -> Provider:
    """Return the provider of this application."""
    provider: Provider = current_app.extensions[EXTENSION]
    return provider
