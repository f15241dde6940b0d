"""The userinfo endpoint: a bearer token in the header, and the same claims as in the ID token."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from authlib.oauth2.rfc6749 import MissingAuthorizationError, OAuth2Error, ResourceProtector, UnsupportedTokenTypeError
from authlib.oauth2.rfc6750 import BearerTokenValidator

from mock_idp.protocol.answer import Answer
from mock_idp.protocol.jose import ALGORITHM, Unsigned, seal

if TYPE_CHECKING:
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.granted import Token
    from mock_idp.protocol.keys import KeyRing
    from mock_idp.protocol.tokens import Tokens
    from mock_idp.protocol.wire import AcmRequest

REALM: Final = "userinfo"
JWT_TYPE: Final = "application/jwt"
"""What userinfo is called when it is a token (Core section 5.3.2)."""
SILENT: Final = (MissingAuthorizationError, UnsupportedTokenTypeError)
"""Errors of requests without bearer token: the challenge then carries no error code (RFC 6750 section 3.1)."""


class TokenLookup(BearerTokenValidator):
    """Authlib's bearer check over our store."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(realm=REALM)
        self._tokens = tokens

    def authenticate_token(self, token_string: str) -> Token | None:
        """Return the token, or None when it is unknown, expired or revoked."""
        return self._tokens.access(token_string)


class Userinfo:
    """Answers with the claims behind an access token."""

    def __init__(self, tokens: Tokens, conduct: Conduct) -> None:
        self._conduct = conduct
        self._protector = ResourceProtector()
        self._protector.register_token_validator(TokenLookup(tokens))

    def token(self, request: AcmRequest) -> Token | Answer:
        """Return the token of the request, or the 401 that refuses it."""
        if presented_bearer(request) in {"query", "body"}:
            request.learnt.note("The access token was not in the Authorization header; ACM takes it nowhere else.")
        try:
            token: Token = self._protector.validate_request(["openid"], request)
        except OAuth2Error as error:
            request.learnt.note(_why(error))
            return _refused(error, is_told=self._conduct.policy.error_description)
        return token


def sealed(answer: Answer, keys: KeyRing, *, issuer: str, client_id: str | None) -> Answer:
    """Return an answer that is to be a token as one, with issuer and audience unless they are told already."""
    if answer.content_type != JWT_TYPE or not isinstance(answer.body, dict):
        return answer
    signing = keys.active
    header = {"alg": ALGORITHM, "kid": signing.kid, "typ": "JWT"}
    claims = {"iss": issuer, "aud": client_id, **answer.body}
    return replace(answer, body=seal(Unsigned(header=header, claims=claims, key=signing.key)))


def presented_bearer(request: AcmRequest) -> str:
    """Return where the access token is: `header`, `query`, `body` or `none`."""
    if request.headers.get("Authorization", "").lower().startswith("bearer "):
        return "header"
    if "access_token" in request.args:
        return "query" if request.method == "GET" else "body"
    return "none"


def _why(error: Any) -> str:
    if isinstance(error, SILENT):
        return "No access token was sent as: Authorization: Bearer."
    description: str = error.get_error_description()
    return description


def _refused(error: Any, *, is_told: bool) -> Answer:
    """Return the 401 (403) with its challenge (RFC 6750 section 3); what ACM says in it is not known."""
    why = {"error_description": _why(error)} if is_told else {}
    if isinstance(error, SILENT):
        body = {"error": "invalid_token", **why}
        return Answer(status=401, body=body, headers={"WWW-Authenticate": f'Bearer realm="{REALM}"'})
    body = {"error": error.error, **why}
    members = ", ".join(f'{name}="{value}"' for name, value in body.items())
    challenge = f'Bearer realm="{REALM}", {members}'
    return Answer(status=error.status_code, body=body, headers={"WWW-Authenticate": challenge})
