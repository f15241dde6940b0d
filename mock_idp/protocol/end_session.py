"""Sign-out: Authlib's end session endpoint; ACM wants client_id with the redirect, and takes id_token_hint as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from authlib.oidc.rpinitiated import EndSessionEndpoint, EndSessionRequest
from joserfc.jwk import KeySet, RSAKey

from mock_idp.protocol.jose import ALGORITHM
from mock_idp.protocol.response import RedirectAnswer

if TYPE_CHECKING:
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.server import AcmServer
    from mock_idp.protocol.wire import AcmRequest


class AcmEndSession(EndSessionEndpoint):
    """ACM redirects on client_id and a registered URI alone, without a hint."""

    server: AcmServer

    def is_post_logout_redirect_uri_legitimate(self, *_: Any) -> bool:
        """Return True: a registered URI is enough."""
        return True

    def get_server_jwks(self) -> KeySet:
        """Return every key that ever signed here, under the name it signed by: a hint may be old."""
        return KeySet([RSAKey.import_key(each.public) for each in self.server.keys.list()])

    def get_algorithms(self) -> list[str]:
        """Return the one algorithm in use."""
        return [ALGORITHM]

    def end_session(self, end_session_request: EndSessionRequest) -> None:
        """Do nothing: the session lives in a cookie, and the web floor ends it."""

    def create_response(
        self, validated_request: EndSessionRequest
    ) -> tuple[int, RedirectAnswer, list[tuple[str, str]]] | None:
        """Return where the browser goes, with `state`; None when it stays here."""
        if not validated_request.redirect_uri:
            return None
        data = cast("AcmRequest", validated_request.request).payload.data
        parameters = {"state": data["state"]} if data.get("state") else {}
        return 302, RedirectAnswer(redirect_uri=data["post_logout_redirect_uri"], parameters=parameters), []

    def _is_valid_post_logout_redirect_uri(self, client: RegisteredClient, post_logout_redirect_uri: str) -> bool:
        return client.check_post_logout_redirect_uri(post_logout_redirect_uri)
