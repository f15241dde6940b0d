"""As whom somebody goes on to a client: as login_hint says, as all they can be, as before, or as they choose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from authlib.oauth2.rfc6749 import AccessDeniedError

from mock_idp.domain.identities import Capacity, IdentityLevel, resolved
from mock_idp.protocol.login_hint import read_login_hint
from mock_idp.settings.policy import Fallback

if TYPE_CHECKING:
    from mock_idp.domain.clients import Client
    from mock_idp.domain.identities import Identity
    from mock_idp.protocol.claims_source import ClaimsSource
    from mock_idp.protocol.code import SignedIn
    from mock_idp.protocol.login_hint import LoginHint
    from mock_idp.protocol.wire import AcmRequest
    from mock_idp.settings import Policy

    Options = tuple[Identity, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Somebody on the way to a client. `options`: what to choose from first; none when it is settled as whom."""

    signed_in: SignedIn
    options: Options = ()


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What decides beside the request. `picked`: the key of what was chosen on the page; `again`: never as before."""

    picked: str | None = None
    again: bool = False


def identities_for(source: ClaimsSource, request: AcmRequest, signed_in: SignedIn) -> Options:
    """Return the identities as one of which somebody can go on; none where the client does not ask.

    Raises `SourceAwayError` and `NotAdmittedError`.
    """
    client = request.client.registration if request.client else None
    if client is None or client.identity_level == IdentityLevel.NONE:
        return ()
    return source.identities(signed_in.person, client, request.stage_id)


def chosen(request: AcmRequest, signed_in: SignedIn, options: Options, asking: Asking, policy: Policy) -> Choice:
    """Return as whom somebody goes on, or what they have to choose from.

    Raises `AccessDeniedError` for a wish in login_hint that cannot be granted, where the policy says so.
    """
    hint = read_login_hint(request.payload.data.get("login_hint"))
    client = request.client.registration if request.client else None
    wished, why = _wished(hint, client, options) if hint.wishes and client else (None, "")
    if why and asking.picked is None:
        _fall_back(request, why, policy)
    picked = next((each for each in options if each.key == asking.picked), None)
    settled = picked or wished or (options[0] if len(options) == 1 else None)
    if settled is None and not (asking.again or hint.switches or why):
        settled = resolved(options, signed_in.identity)
    if settled is None:
        return Choice(signed_in=signed_in, options=options)
    return Choice(signed_in=replace(signed_in, identity=settled.key))


def _wished(hint: LoginHint, client: Client, options: Options) -> tuple[Identity | None, str]:
    """Return the identity that a hint asks for, or why it is not granted."""
    if why := _is_at_another_level(hint, client.identity_level):
        return None, why
    if client.capacities and hint.capacity not in client.capacities:
        return None, f"the client does not take people in the capacity {hint.capacity}."
    key = " ".join(filter(None, (hint.capacity, hint.code)))
    found = next((each for each in options if each.key == key), None)
    return found, "" if found else "the person has no such identity."


def _is_at_another_level(hint: LoginHint, level: IdentityLevel) -> str:
    if level == IdentityLevel.NONE:
        return "this client is not registered for a choice of identity (identity_level)."
    if level == IdentityLevel.CAPACITY and hint.code:
        return "this client is registered at the level of capacities: leave out code_hint."
    if level == IdentityLevel.ORGANISATION and not hint.code and hint.capacity != Capacity.BUR:
        return "this client is registered at the level of organisations: add code_hint."
    return ""


def _fall_back(request: AcmRequest, why: str, policy: Policy) -> None:
    sentence = f"The wish in login_hint was not granted: {why}"
    if policy.login_hint_fallback == Fallback.REFUSED:
        raise AccessDeniedError(sentence)
    request.learnt.note(sentence)
