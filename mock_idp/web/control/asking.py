"""Of which issuer a call speaks: `?issuer=`, the main one without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.web.control.errors import ControlError
from mock_idp.web.control.models import IssuerQuery
from mock_idp.web.control.wire import sent_query
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from mock_idp.provider.issuer import Issuer


def asked_issuer() -> Issuer:
    """Return the issuer that the query names; raise `ControlError` when there is none."""
    return known_issuer(sent_query(IssuerQuery).issuer)


def known_issuer(name: str | None) -> Issuer:
    """Return the issuer of that name, the main one for None; raise `ControlError` when there is none."""
    issuer = current_provider().issuers.get(name)
    if issuer is None:
        raise ControlError("not_found", f"There is no issuer {name!r}; list the issuers, or open one with PUT.")
    return issuer
