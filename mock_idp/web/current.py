"""The provider and the issuer behind the request that is being answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from flask import current_app, g, url_for
from werkzeug.exceptions import NotFound

if TYPE_CHECKING:
    from flask import Flask

    from mock_idp.provider import Provider
    from mock_idp.provider.issuer import Issuer

EXTENSION: Final = "leerid-provider"
BUILT: Final = "leerid-addresses"
PLACE: Final = "INTERACTION"
"""What stands for the id in an address before it is filled in."""
SIBLINGS: Final = "sibling-"
"""What the names of blueprints begin with that serve a sibling."""


def current_provider() -> Provider:
    """Return the provider of this application."""
    provider: Provider = current_app.extensions[EXTENSION]
    return provider


def current_issuer() -> Issuer:
    """Return the issuer whose endpoint was asked; raise `NotFound` when there is none of this name."""
    issuer = asked_issuer()
    if issuer is None:
        raise NotFound
    return issuer


def asked_issuer() -> Issuer | None:
    """Return the issuer whose endpoint was asked, or None when there is none of this name."""
    issuer: Issuer | None = g.get("issuer")
    return issuer


def endpoint_of(view: str | None) -> str:
    """Return the blueprint of a view by its name, the same for every issuer; empty for none."""
    return (view or "").rpartition(".")[0].removeprefix(SIBLINGS)


def address_of(endpoint: str, *, interaction_id: str, **query: str | None) -> str:
    """Return the address of a page of an interaction with the issuer that was asked. Built once, then filled in."""
    built = current_app.extensions.setdefault(BUILT, {})
    issuer = current_issuer()
    key = (endpoint, issuer.name)
    if key not in built:
        built[key] = _built(endpoint, issuer).partition(PLACE)
    before, _, after = built[key]
    told = urlencode([(name, value) for name, value in query.items() if value is not None])
    return f"{before}{interaction_id}{after}{'?' if told else ''}{told}"


def _built(endpoint: str, issuer: Issuer) -> str:
    if issuer.is_main:
        return url_for(endpoint, interaction_id=PLACE)
    return url_for(f"{SIBLINGS}{endpoint}", issuer_name=issuer.name, interaction_id=PLACE)


def tell_issuers_apart(app: Flask) -> None:
    """Take the name of a sibling out of the address before a view sees it."""
    provider: Provider = app.extensions[EXTENSION]

    @app.url_value_preprocessor
    def take_name(endpoint: str | None, values: dict[str, Any] | None) -> None:
        del endpoint
        g.issuer = provider.issuers.get(values.pop("issuer_name", None) if values else None)
