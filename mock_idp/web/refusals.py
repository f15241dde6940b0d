"""Pages for requests that cannot be answered at the application: what was wrong, received, expected, and what next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask import Response, render_template, request
from flask_babel import lazy_gettext as _

from mock_idp.protocol.refusal import Reason, Refusal

BAD_REQUEST: Final = 400
PASSING: Final = (Reason.DATASTORE_AWAY,)
"""Reasons that go away by themselves."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the page says. `parameter` names what was received; `why` is for developers."""

    title: Any
    what: Any
    expected: Any = ""
    next_step: Any = ""
    why: Any = ""
    parameter: str = ""


def refused(refusal: Refusal, status: int = BAD_REQUEST, *, again: str = "") -> Response:
    """Return the page that explains a refusal. `again`: an address at which it can be tried once more."""
    words = WORDS[refusal.reason]
    page = render_template(
        "provider_error.html",
        title=words.title,
        what=words.what,
        received=[(words.parameter, refusal.received)] if words.parameter else [],
        expected=", ".join(refusal.expected) or words.expected,
        next_step=words.next_step,
        why=words.why,
        again=again or _same_address(refusal.reason),
    )
    return Response(page, status=status)


def _same_address(reason: Reason) -> str:
    """Return the address that was asked for, when asking once more may help and does nothing twice."""
    return request.full_path if reason in PASSING and request.method == "GET" else ""


WORDS: Final[dict[Reason, Words]] = {
    Reason.PARAMETER_REPEATED: Words(
        title=_("A parameter was sent twice"),
        what=_("The application sent the same parameter more than once, so it is unclear which value counts."),
        parameter="parameter",
        expected=_("Every parameter at most once."),
        next_step=_("Look at how the application builds the address of the sign-in."),
        why=_(
            "This parameter decides where the answer goes, or how. As long as it has two values there is no address "
            "that an answer could be trusted to (RFC 6749, section 3.1)."
        ),
    ),
    Reason.CLIENT_ID_MISSING: Words(
        title=_("The application did not say who it is"),
        what=_("The parameter client_id is missing."),
        parameter="client_id",
        expected=_("The client_id under which the application is registered."),
        next_step=_("Add client_id to the address of the sign-in."),
        why=_("Without a client there are no registered return addresses, so nobody is redirected anywhere."),
    ),
    Reason.CLIENT_UNKNOWN: Words(
        title=_("This application is not known here"),
        what=_("No application is registered under this client_id."),
        parameter="client_id",
        expected=_("A client_id of the clients file, or one that was registered through the control API."),
        next_step=_("Compare the client_id character by character, or register the application."),
        why=_(
            "Clients differ between ACM's test and production environments, and between the issuers of this mock: "
            "a client of /op is not one of /i/NAME/op. An unknown client is never redirected."
        ),
    ),
    Reason.REDIRECT_URI_MISSING: Words(
        title=_("The application did not say where to go back to"),
        what=_("The parameter redirect_uri is missing. ACM wants it in every request."),
        parameter="redirect_uri",
        expected=_("The address of the application that receives the answer."),
        next_step=_("Add redirect_uri to the address of the sign-in."),
        why=_("OpenID Connect demands it as well, also of clients with a single registered address."),
    ),
    Reason.REDIRECT_URI_NOT_REGISTERED: Words(
        title=_("This return address is not registered"),
        what=_("An answer is only sent to an address that was registered, character by character."),
        parameter="redirect_uri",
        next_step=_("Register this address, or send the registered one. Mind http and https, the port, and a final /."),
        why=_(
            "Redirecting to an address that nobody registered would hand the answer to whoever made the link. At ACM "
            "an address is registered in the dossier, and each change is a change of the dossier."
        ),
    ),
    Reason.REDIRECT_URI_NOT_LOOPBACK: Words(
        title=_("This return address is not on this computer"),
        what=_("Applications that are not registered are only served on this computer."),
        parameter="redirect_uri",
        expected=_("An address on localhost or 127.0.0.1, for example http://127.0.0.1:9200/callback"),
        next_step=_("Run the application on this computer, or register it with this return address."),
        why=_("The mock runs in its open mode. Started with --clients FILE it takes registered applications only."),
    ),
    Reason.SCOPE_NOT_GRANTED: Words(
        title=_("The application asked for more than it may"),
        what=_("A scope was asked for that this application was not granted, so nobody is asked to sign in."),
        parameter="scope",
        next_step=_("Ask for the granted scopes only, or have the others granted: that is a change of the dossier."),
        why=_(
            "The policy scope_refused of this issuer shows this page. With its other value, redirect, the application "
            "gets the error invalid_scope. The journal says why each scope is refused."
        ),
    ),
    Reason.CANCELLED: Words(
        title=_("You did not sign in"),
        what=_("You cancelled. Nobody was signed in, and the application was told nothing."),
        next_step=_("Close this page, go back to the application, or try again."),
        why=_(
            "The policy cancelled of this issuer shows this page: to the application the pupil never came back. With "
            "its other value, redirect, it gets the error access_denied. What ACM does is not documented."
        ),
    ),
    Reason.INTERACTION_UNKNOWN: Words(
        title=_("This sign-in is over"),
        what=_("The page belongs to a sign-in that was completed, cancelled or left open for too long."),
        next_step=_("Go back to the application and start again there."),
        why=_(
            "A sign-in is answered once. The back button, a second tab, a bookmark of the sign-in page and a mock that "
            "was started again all lead here; the application was told nothing by this page."
        ),
    ),
    Reason.ID_TOKEN_HINT_INVALID: Words(
        title=_("This sign-out cannot be answered"),
        what=_("The parameter id_token_hint is not an ID token of this provider for this application."),
        parameter="id_token_hint",
        expected=_("The ID token of the sign-in, unchanged, with the client_id that it was issued to."),
        next_step=_("Send the ID token that the application received, or only client_id, as ACM documents."),
        why=_(
            "A hint may have expired, and its key may be retired; but a key of this issuer must have signed it, for "
            "this client."
        ),
    ),
    Reason.SIGN_OUT_WITHOUT_CLIENT: Words(
        title=_("You are signed out, and stay here"),
        what=_("The application named an address to go back to, and did not say who it is."),
        parameter="post_logout_redirect_uri",
        expected=_("client_id beside post_logout_redirect_uri."),
        next_step=_("Add client_id to the address of the sign-out."),
        why=_(
            "The registered addresses of one client count, and client_id says which one. ACM documents client_id for "
            "sign-out, and no id_token_hint; libraries that send only the hint end here."
        ),
    ),
    Reason.SIGN_OUT_NOT_REGISTERED: Words(
        title=_("You are signed out, and stay here"),
        what=_("Nobody is sent to an address that is not registered for the application, character by character."),
        parameter="post_logout_redirect_uri",
        expected=_("One of the post_logout_redirect_uris of the client."),
        next_step=_("Register this address, or send the registered one. Mind http and https, the port, and a final /."),
        why=_(
            "The policy sign_out_unregistered of this issuer refuses with this page. What ACM does is not documented; "
            "addresses for after the sign-out are registered in the dossier, apart from those for the sign-in."
        ),
    ),
    Reason.SWITCH_INCOMPLETE: Words(
        title=_("The identity cannot be changed in this way"),
        what=_("The application asked to change identity, but named no address to which the person may come back."),
        parameter="post_logout_redirect_uri",
        expected=_("client_id, and a post_logout_redirect_uri that is registered for it."),
        next_step=_("Send both with switch, or start a sign-in with a login_hint that holds switch_id."),
        why=_("Nobody was signed out, and nothing was changed: switch leaves the session as it is."),
    ),
    Reason.DATASTORE_AWAY: Words(
        title=_("Signing in with LeerID is not possible right now"),
        what=_("The register of pupils does not answer. You were not signed in, and the application was told nothing."),
        next_step=_("Wait a moment and try again."),
        why=_(
            "The stage is told that the datastore is away (datastore.away), or the datastore that this mock was told "
            "to ask does not answer. The journal says which."
        ),
    ),
    Reason.PAGE_UNKNOWN: Words(
        title=_("There is nothing here"),
        what=_("This address does not exist at the test identity provider."),
        parameter="path",
        next_step=_("Begin at the start page: it lists the addresses that exist."),
        why=_(
            "Often the issuer was configured with a slash at its end, or an address of the discovery document was "
            "typed by hand. ACM's issuer ends in /op, without a slash."
        ),
    ),
    Reason.METHOD_WRONG: Words(
        title=_("This address is not asked in this way"),
        what=_("The address exists, but not for this method of HTTP."),
        parameter="method",
        next_step=_("Send the request as the description of the endpoints tells."),
        why=_(
            "The sign-in is asked for by GET or POST, tokens by POST, and the keys and the discovery document by GET."
        ),
    ),
    Reason.TOO_LARGE: Words(
        title=_("That is too much"),
        what=_("The request is larger than what this test identity provider reads."),
        next_step=_("Send less. A sign-in needs a few thousand characters at most."),
        why=_(
            "Often a whole token or document was put into a parameter. State needs no more than a key to what the "
            "application keeps itself."
        ),
    ),
    Reason.UNREADABLE: Words(
        title=_("This request cannot be read"),
        what=_("What was sent is no HTTP request that makes sense here."),
        next_step=_("Look at how the application builds its requests."),
        why=_("Often the body is not what its Content-Type says, or text is not UTF-8."),
    ),
    Reason.BROKEN: Words(
        title=_("Something broke here"),
        what=_("That is a mistake of this test identity provider, and not of the application."),
        next_step=_("Look at what the mock wrote on its error output, and report it with the request that led to it."),
        why=_("The application cannot mend it. The error output of the mock has the stack trace of this request."),
    ),
}
"""The words for each reason."""
