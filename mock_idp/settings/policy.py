"""The policy of an issuer: every behaviour that nobody has published, or that differs between sources, as a switch.

What each rests on stands in `docs/fidelity.md`. A default is what is documented or was seen; else the likeliest guess.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

LONGEST_S: Final = 366 * 24 * 3600


class Discovery(StrEnum):
    """Which members the discovery document has."""

    FULL = "full"
    """What is served: the published example, and what other pages document."""
    DOCUMENTED = "documented"
    """The published example, member by member."""


class Audience(StrEnum):
    """Whom a client assertion must be meant for."""

    ISSUER = "issuer"
    ISSUER_OR_TOKEN_ENDPOINT = "issuer-or-token-endpoint"  # noqa: S105  an audience, not a password
    ANY = "any"


class Strictness(StrEnum):
    """Whether a rule is enforced, or its breach only noted in the journal."""

    STRICT = "strict"
    LENIENT = "lenient"


class Telling(StrEnum):
    """Who is told that nobody signed in: the person, on a page of ACM, or the application, by redirect."""

    PAGE = "page"
    REDIRECT = "redirect"


class AnswerScope(StrEnum):
    """What the token response says of the scope."""

    WITHOUT_OPENID = "without-openid"
    AS_GRANTED = "as-granted"
    OMITTED = "omitted"


class Unmet(StrEnum):
    """What becomes of a request of whose `acr_values` nothing is left."""

    IGNORED = "ignored"
    """As if it had none: to OpenID Connect they are a wish."""
    REFUSED = "refused"


class Fallback(StrEnum):
    """What becomes of a wish in `login_hint` that cannot be granted."""

    CHOOSER = "chooser"
    REFUSED = "refused"


class Unregistered(StrEnum):
    """What whoever signed out is shown, when the application named an address to which nobody can be sent."""

    MESSAGE = "message"
    """That they are signed out."""
    REFUSED = "refused"
    """An error page. They are signed out all the same."""


class Reuse(StrEnum):
    """What becomes of the other tokens of a sign-in when a refresh token comes back that was used already."""

    REFUSED = "refused"
    REVOKED = "revoked"


class RefreshError(StrEnum):
    """The error of a refresh token that is unknown, was used before, or is somebody else's."""

    INVALID_REQUEST = "invalid_request"
    """As ACM documents it for a sign-in that can no longer be refreshed."""
    INVALID_GRANT = "invalid_grant"
    """As RFC 6749 wants it."""


class CrossOrigin(StrEnum):
    """What a script of a web site elsewhere may read (CORS)."""

    NONE = "none"
    PUBLISHED = "published"
    """What is published: the discovery document and the keys."""
    ALL = "all"
    """The answers of the token endpoint and of userinfo as well, as applications without a server need them."""


class Policy(BaseModel):
    """How an issuer behaves. Durations in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # Publication
    discovery: Discovery = Field(default=Discovery.FULL, description="Members of the discovery document.")
    jwks_max_age_s: int = Field(default=21_500, ge=0, le=LONGEST_S, description="For how long keys may be cached.")
    keys_at_start: int = Field(
        default=1, ge=1, le=8, description="How many signing keys are published at start; the newest signs."
    )
    key_rotation_s: int = Field(
        default=0, ge=0, le=LONGEST_S, description="Sign with a new key each time so many seconds went by; 0: never."
    )
    key_overlap_s: int = Field(
        default=86_400,
        ge=0,
        le=LONGEST_S,
        description="For how long a key is published before it signs, and again after it; at most a rotation.",
    )
    cross_origin: CrossOrigin = Field(
        default=CrossOrigin.NONE,
        description="What scripts of sites elsewhere may read: none, what is published, or tokens and userinfo too.",
    )

    # Authorization
    iss_parameter: bool = Field(default=False, description="Whether answers carry iss (RFC 9207).")
    error_description: bool = Field(default=False, description="Whether errors on the wire say why.")
    plain_challenge: Strictness = Field(
        default=Strictness.LENIENT, description="Whether a PKCE challenge of the method plain is refused."
    )
    login_hint_fallback: Fallback = Field(
        default=Fallback.CHOOSER, description="What follows a login_hint that the person or the client does not allow."
    )
    chooser_again: bool = Field(
        default=False, description="Whether an identity is chosen at every sign-in, within one session too."
    )
    scope_refused: Telling = Field(default=Telling.REDIRECT, description="How a scope that is not granted is refused.")
    cancelled: Telling = Field(default=Telling.REDIRECT, description="Who is told that the sign-in was cancelled.")
    account_refused: Telling = Field(
        default=Telling.PAGE, description="Who is told that the account is blocked or its password must be changed."
    )
    acr_unmet: Unmet = Field(
        default=Unmet.IGNORED, description="What follows acr_values none of which is a means of the client."
    )
    leerid_acr: str = Field(default="urn:be:vlaanderen:authmech:leerid", description="The means LeerID, as acr.")
    other_acr: str = Field(default="urn:be:vlaanderen:authmech:itsme", description="The means of everybody else.")

    # Tokens
    code_ttl_s: int = Field(default=30, ge=1, le=LONGEST_S, description="How long a code can be redeemed.")
    access_token_ttl_s: int = Field(default=3600, ge=1, le=LONGEST_S, description="How long access tokens hold.")
    id_token_ttl_s: int = Field(default=3600, ge=1, le=LONGEST_S, description="How long ID tokens hold.")
    answer_scope: AnswerScope = Field(
        default=AnswerScope.WITHOUT_OPENID, description="What the token response says of the scope."
    )
    refresh_ttl_s: int = Field(
        default=28_800, ge=1, le=LONGEST_S, description="For how long a sign-in can be refreshed, counted from it."
    )
    refresh_reuse: Reuse = Field(
        default=Reuse.REFUSED, description="What a refresh token that comes back does to the other tokens."
    )
    refresh_refused: RefreshError = Field(
        default=RefreshError.INVALID_REQUEST,
        description="The error of a refresh token that gives nothing, though its sign-in can still be refreshed.",
    )
    refresh_id_token: bool = Field(default=False, description="Whether refreshing gives an ID token as well.")
    token_parties: Strictness = Field(
        default=Strictness.STRICT,
        description="Only the client of a token, and those it is meant for, may introspect or exchange it.",
    )
    introspection_jwt: bool = Field(default=True, description="Whether introspection adds a signed copy, jwt.")

    # Client authentication
    assertion_audience: Audience = Field(default=Audience.ISSUER, description="Whom a client assertion is meant for.")
    assertion_lifetime: Strictness = Field(
        default=Strictness.STRICT, description="exp at most ten minutes ahead, and in the future."
    )
    assertion_jti: Strictness = Field(default=Strictness.STRICT, description="jti must be there, and be new.")
    assertion_iat: Strictness = Field(default=Strictness.LENIENT, description="iat must be there.")
    assertion_kid: Strictness = Field(default=Strictness.LENIENT, description="kid must be in the header.")
    assertion_algorithm: Strictness = Field(
        default=Strictness.STRICT, description="RS256 only; else any signature with a registered key of the client."
    )
    registered_method: Strictness = Field(
        default=Strictness.STRICT, description="Only the method that the client is registered for."
    )

    # Sessions
    session_ttl_s: int = Field(default=7200, ge=1, le=LONGEST_S, description="How long a session lasts, absolutely.")
    session_levels: Strictness = Field(
        default=Strictness.STRICT, description="A session of a lower level lets nobody in where a higher one is asked."
    )
    sign_out_unregistered: Unregistered = Field(
        default=Unregistered.MESSAGE, description="What follows a sign-out to an address that is not registered."
    )
    interaction_ttl_s: int = Field(default=1800, ge=1, le=LONGEST_S, description="How long a page waits for a person.")
