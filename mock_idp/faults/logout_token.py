"""Faults in a logout token, and in the way it is brought (OpenID Connect Back-Channel Logout 1.0)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from mock_idp.faults import strangers
from mock_idp.faults.bending import drop, put
from mock_idp.faults.material import ANOTHER_CLIENT, ANOTHER_ISSUER, ANOTHER_NONCE
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import LogoutCall, Seal, Seam
from mock_idp.faults.signature import forging

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ANOTHER_EVENT: Final = "https://schemas.openid.net/secevent/risc/event-type/sessions-revoked"
NO_SESSION: Final = "no-session-of-anybody"
HOUR_S: Final = 3600
REPEATED_ID: Final = "id-of-every-logout-token"


def sealed(call: LogoutCall, key: RSAKey, client_secret: str | None) -> str:
    """Return the token in compact form, sealed by whoever is to seal it."""
    header, claims = dict(call.header), dict(call.claims)
    if call.seal == Seal.RUBBISH:
        return "not-a-jwt"
    if call.seal == Seal.NOBODY:
        return forging.unsigned(header, claims)
    if call.seal == Seal.SECRET:
        return forging.authenticated(header, claims, (client_secret or "").encode())
    return forging.signed(header, claims, strangers.foreign() if call.seal == Seal.STRANGER else key)


def _claiming(call: LogoutCall, **claims: Any) -> LogoutCall:
    return replace(call, claims=put(call.claims, **claims))


def _without(call: LogoutCall, *names: str) -> LogoutCall:
    return replace(call, claims=drop(call.claims, *names))


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-07"])
def alg_none(call: LogoutCall) -> LogoutCall:
    """The logout token has no signature and says so."""
    return replace(call, header=put(drop(call.header, "kid"), alg="none"), seal=Seal.NOBODY)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-07"])
def alg_none_signed(call: LogoutCall) -> LogoutCall:
    """The logout token says that it has no signature, though a right one is there."""
    return replace(call, header=put(call.header, alg="none"))


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-08"])
def hs256_with_client_secret(call: LogoutCall) -> LogoutCall:
    """The logout token is authenticated with HS256 and the client secret, though RS256 is registered."""
    return replace(call, header=put(drop(call.header, "kid"), alg="HS256"), seal=Seal.SECRET)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-09"])
def foreign_key(call: LogoutCall) -> LogoutCall:
    """The logout token is signed with a key that is not the provider's, under the provider's key id."""
    return replace(call, seal=Seal.STRANGER)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-10"])
def issuer_other(call: LogoutCall) -> LogoutCall:
    """The logout token names another issuer."""
    return _claiming(call, iss=ANOTHER_ISSUER)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-11"])
def audience_other(call: LogoutCall) -> LogoutCall:
    """The logout token is meant for another client."""
    return _claiming(call, aud=ANOTHER_CLIENT)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-12"])
def events_missing(call: LogoutCall) -> LogoutCall:
    """The logout token tells no event."""
    return _without(call, "events")


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-13"])
def event_other(call: LogoutCall) -> LogoutCall:
    """The logout token tells another event than a logout."""
    return _claiming(call, events={ANOTHER_EVENT: {}})


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-14"])
def nonce_present(call: LogoutCall) -> LogoutCall:
    """The logout token carries a nonce, as an ID token does."""
    return _claiming(call, nonce=ANOTHER_NONCE)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-15"])
def expired(call: LogoutCall) -> LogoutCall:
    """The logout token expired an hour ago."""
    return _claiming(call, exp=call.claims["iat"] - HOUR_S)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-15"])
def expiry_missing(call: LogoutCall) -> LogoutCall:
    """The logout token never expires: it has no exp."""
    return _without(call, "exp")


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-15"])
def issued_at_missing(call: LogoutCall) -> LogoutCall:
    """The logout token does not say when it was issued."""
    return _without(call, "iat")


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-17"])
def about_nobody(call: LogoutCall) -> LogoutCall:
    """The logout token names neither a person nor a session."""
    return _without(call, "sub", "sid")


@circumstance(Seam.LOGOUT_TOKEN, requirements=["LGT-18"])
def session_unknown(call: LogoutCall) -> LogoutCall:
    """The logout token is about a session that the application does not have."""
    return replace(call, claims=put(drop(call.claims, "sub"), sid=NO_SESSION))


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-19"])
def id_token_instead(call: LogoutCall) -> LogoutCall:
    """An ID token comes in the place of the logout token."""
    claims = put(drop(call.claims, "events", "jti"), nonce=ANOTHER_NONCE, azp=call.claims["aud"])
    return replace(call, header=put(call.header, typ="JWT"), claims=claims)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-19"])
def type_access_token(call: LogoutCall) -> LogoutCall:
    """The header of the logout token says that it is an access token."""
    return replace(call, header=put(call.header, typ="at+jwt"))


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-20"])
def not_a_jwt(call: LogoutCall) -> LogoutCall:
    """A text that is no token at all comes in the place of the logout token."""
    return replace(call, seal=Seal.RUBBISH)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-20"])
def in_json(call: LogoutCall) -> LogoutCall:
    """The logout token comes in JSON instead of a form."""
    return replace(call, content_type="application/json")


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-20"])
def by_get(call: LogoutCall) -> LogoutCall:
    """The logout token comes in the address of a GET request."""
    return replace(call, method="GET")


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-20"])
def left_out(call: LogoutCall) -> LogoutCall:
    """The logout request brings an empty form."""
    return replace(call, brings_token=False)


@fault(Seam.LOGOUT_TOKEN, requirements=["LGT-16"])
def id_repeated(call: LogoutCall) -> LogoutCall:
    """The logout token has an id (jti) that each of them has, as if it were the first one once more."""
    return _claiming(call, jti=REPEATED_ID)
