"""The provider and the issuer behind the request that is being answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from flask import current_app, g, url_for
from werkzeug.exceptions import NotFound

if TYPE_CHECKING:
    from flask import Flask

    from mock_idp.provider import Provider
    from mock_idp.provider.issuer import Issuer

EXTENSION: Final = "leerid-provider"
SIBLINGS: Final = "sibling-"
"""What the names of blueprints begin with that serve a sibling."""


def current_provider() -> Provider:
    """Return the provider of this application."""
    return cast("Provider", current_app.extensions[EXTENSION])


def current_issuer() -> Issuer:
    """Return the issuer whose endpoint was asked; raise `NotFound` when there is none of this name."""
    issuer = asked_issuer()
    if issuer is None:
        raise NotFound
    return issuer


def asked_issuer() -> Issuer | None:
    """Return the issuer whose endpoint was asked, or None when there is none of this name."""
    return current_provider().issuers.get(g.get("issuer_name"))


def endpoint_of(view: str | None) -> str:
    """Return the blueprint of a view by its name, the same for every issuer; empty for none."""
    return (view or "").rpartition(".")[0].removeprefix(SIBLINGS)


def address_of(endpoint: str, **values: Any) -> str:
    """Return the path of an endpoint of the issuer that was asked."""
    name = g.get("issuer_name")
    return url_for(f"{SIBLINGS}{endpoint}", issuer_name=name, **values) if name else url_for(endpoint, **values)


def tell_issuers_apart(app: Flask) -> None:
    """Take the name of a sibling out of the address before a view sees it."""

    @app.url_value_preprocessor
    def take_name(endpoint: str | None, values: dict[str, Any] | None) -> None:
        del endpoint
        g.issuer_name = (values or {}).pop("issuer_name", None)
