"""The authorization server: Authlib's, without a web framework, answering with values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from authlib.oauth2 import AuthorizationServer, OAuth2Error
from authlib.oauth2.rfc6749 import AccessDeniedError, InvalidClientError, InvalidScopeError
from authlib.oidc.core.errors import InteractionRequiredError, LoginRequiredError

from mock_idp.domain.clients import AuthMethod
from mock_idp.domain.randomness import fresh_secret
from mock_idp.protocol import authentication
from mock_idp.protocol.answer import Answer
from mock_idp.protocol.assertion import PrivateKeyJwt
from mock_idp.protocol.authorization_rules import Asked, refused_on_the_way_back
from mock_idp.protocol.choosing import chosen, identities_for
from mock_idp.protocol.client import OpenClient, RegisteredClient, described
from mock_idp.protocol.code import AuthorizationCode, SignedIn
from mock_idp.protocol.end_session import AcmEndSession
from mock_idp.protocol.errors import challenged, told_of_trouble
from mock_idp.protocol.grants.client_credentials import OwnGrant
from mock_idp.protocol.grants.code import CodeGrant, ProofKey, RequiredScopes
from mock_idp.protocol.grants.refresh import RefreshedIdToken, RefreshGrant
from mock_idp.protocol.grants.token_exchange import ExchangeGrant
from mock_idp.protocol.hint import hinted_claims
from mock_idp.protocol.id_token import AcmIdToken
from mock_idp.protocol.introspection import AcmIntrospection
from mock_idp.protocol.login_hint import read_login_hint
from mock_idp.protocol.means import Demand, acr_values_of, demand_of
from mock_idp.protocol.mint import Mint
from mock_idp.protocol.refusal import Reason, Refusal, refused_at_the_door
from mock_idp.protocol.response import RedirectAnswer, response_mode
from mock_idp.protocol.scope import audience_of, scope_told
from mock_idp.protocol.tokens import Tokens
from mock_idp.protocol.userinfo import Userinfo
from mock_idp.settings.policy import Telling

if TYPE_CHECKING:
    from mock_idp.domain.clock import Clock
    from mock_idp.protocol.choosing import Asking, Choice
    from mock_idp.protocol.claims_source import ClaimsSource
    from mock_idp.protocol.code import Release
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.keys import KeyRing
    from mock_idp.protocol.seams import Seams
    from mock_idp.protocol.wire import AcmRequest
    from mock_idp.settings import Policy
    from mock_idp.state.clients import Clients
    from mock_idp.state.store import Store


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the server stands on."""

    conduct: Conduct
    store: Store
    clock: Clock
    clients: Clients
    keys: KeyRing
    seams: Seams
    source: ClaimsSource


class AcmServer(AuthorizationServer):
    """One issuer. Every method takes a request and returns a value; the web floor sends it."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.conduct = surroundings.conduct
        self.store = surroundings.store
        self.tokens = Tokens(surroundings.store, self.conduct)
        self.mint = Mint(self.tokens, self.conduct, surroundings.clock)
        self.keys = surroundings.keys
        self.seams = surroundings.seams
        self.userinfo = Userinfo(self.tokens, self.conduct)
        self._clock = surroundings.clock
        self._clients = surroundings.clients
        self.source = surroundings.source
        self._register_methods()
        self.register_token_generator("default", self.mint.bearer)
        self.register_grant(CodeGrant, [RequiredScopes(), ProofKey(), AcmIdToken(self)])
        self.register_grant(RefreshGrant, [RefreshedIdToken(self)])
        self.register_grant(OwnGrant)
        self.register_grant(ExchangeGrant)
        self.register_endpoint(AcmEndSession)
        self.register_endpoint(AcmIntrospection)

    def now(self) -> float:
        """Return the seconds since the epoch."""
        return self._clock.now().timestamp()

    @property
    def policy(self) -> Policy:
        """How this issuer behaves now."""
        return self.conduct.policy

    # What the endpoints do -------------------------------------------------------------------------------------------

    def check(self, request: AcmRequest) -> RedirectAnswer | Refusal | None:
        """Check an authorization request before anything is shown: return the answer that refuses it, or None."""
        client = self.query_client(request.payload.client_id) if request.payload.client_id else None
        refusal = refused_at_the_door(request, client)
        if refusal or client is None:
            return refusal
        request.client = client
        asked = Asked(request=request, client=client, conduct=self.conduct, keys=self.keys, source=self.source)
        error = refused_on_the_way_back(asked)
        if error is None:
            request.learnt.notes += read_login_hint(asked["login_hint"]).notes
            return None
        if isinstance(error, InvalidScopeError) and self.policy.scope_refused == Telling.PAGE:
            request.learnt.note(error.description)
            return Refusal(reason=Reason.SCOPE_NOT_GRANTED, received=asked["scope"], expected=asked.granted)
        return self._redirected(request, error)

    def check_again(self, request: AcmRequest) -> Refusal | None:
        """Check of a request that was taken what can have changed since: that its client still lives at its address."""
        request.client = self.query_client(request.payload.client_id)
        return refused_at_the_door(request, request.client)

    def demand(self, request: AcmRequest) -> Demand:
        """Return which means of authentication a request takes."""
        client = request.client or self.query_client(request.payload.client_id)
        return demand_of(request, client.registration, self.policy) if client else Demand()

    def answer(self, request: AcmRequest, signed_in: SignedIn) -> RedirectAnswer:
        """Return what the application gets for somebody who signed in: a code, or why there is none."""
        grant = self._code_grant(request)
        answer: RedirectAnswer = self.create_authorization_response(request, grant_user=signed_in, grant=grant)
        return answer if "error" in answer.parameters else self.answered(answer)

    def login_required(self, request: AcmRequest) -> RedirectAnswer:
        """Return the answer to `prompt=none` when nobody is signed in."""
        return self._redirected(request, LoginRequiredError("Nobody is signed in."))

    def denied(self, request: AcmRequest, why: str) -> RedirectAnswer:
        """Return the answer when nobody is let in."""
        return self._redirected(request, AccessDeniedError(described(why)))

    def interaction_required(self, request: AcmRequest) -> RedirectAnswer:
        """Return the answer to `prompt=none` when somebody would have to choose as whom they go on."""
        uri = request.payload.redirect_uri
        return self._redirected(request, InteractionRequiredError("An identity must be chosen.", redirect_uri=uri))

    def choose(self, request: AcmRequest, signed_in: SignedIn, asking: Asking) -> RedirectAnswer | Choice:
        """Return as whom somebody goes on, what they choose from first, or the answer that refuses them."""
        try:
            with told_of_trouble(request):
                options = identities_for(self.source, request, signed_in)
            return chosen(request, signed_in, options, asking, self.policy)
        except OAuth2Error as error:
            return self._redirected(request, error)

    def token(self, request: AcmRequest) -> Answer:
        """Answer a token request."""
        answer: Answer = self.create_token_response(request)
        client, body = request.client, answer.body
        if client is None or not isinstance(body, dict) or "scope" not in body:
            return answer
        scope = scope_told(str(body["scope"]), client.registration, self.policy)
        told = {name: value for name, value in body.items() if name != "scope"}
        return replace(answer, body=told if scope is None else {**told, "scope": scope})

    def introspect(self, request: AcmRequest) -> Answer:
        """Answer what stands behind a token."""
        answer: Answer = self.create_endpoint_response("introspection", request)
        return answer

    def sign_out(self, request: AcmRequest) -> RedirectAnswer | Refusal | None:
        """Return where to go after sign-out, None for staying here, or why a hint was refused."""
        try:
            checked = self.validate_endpoint_request("end_session", request)
        except OAuth2Error as error:
            return Refusal(reason=Reason.ID_TOKEN_HINT_INVALID, received=error.get_error_description() or "")
        except ValueError:  # Authlib's own words would hold what was received, whatever it is
            return Refusal(reason=Reason.ID_TOKEN_HINT_INVALID, received=described(request.args["id_token_hint"]))
        answer: RedirectAnswer | None = self.create_endpoint_response("end_session", checked)
        return answer

    def code_for(self, code: str, request: AcmRequest) -> AuthorizationCode:
        """Return the code of somebody who signed in, with what the datastore says about them now."""
        data = request.payload.data
        client, signed_in = request.client, request.user
        if client is None or signed_in is None:
            raise InvalidClientError("A code needs a client and somebody who signed in.")
        released = self._released(signed_in, client, request)
        self._must_be_hinted(released, client, request)
        return AuthorizationCode(
            code=code,
            client_id=client.client_id,
            redirect_uri=data["redirect_uri"],
            scope=request.scope,
            stage_id=request.stage_id,
            claims=released.claims | ({"acr": signed_in.acr} if acr_values_of(request) else {}),
            account=released.account,
            family=fresh_secret(),
            signed_in=dict(vars(signed_in)),
            audience=[client.client_id, *audience_of(request.scope)],
            expires_at=self.now() + self.policy.code_ttl_s,
            flow=request.flow,
            nonce=data.get("nonce"),
            code_challenge=data.get("code_challenge"),
            code_challenge_method=data.get("code_challenge_method"),
            auth_time=signed_in.auth_time if "max_age" in data else None,
        )

    def _released(self, signed_in: SignedIn, client: RegisteredClient, request: AcmRequest) -> Release:
        """Return what is told about a person; what stands in the way becomes an error for the application."""
        scopes = request.scope.split()
        with told_of_trouble(request):
            released = self.source.release(
                signed_in.person, client.registration, scopes, request.stage_id, signed_in.identity
            )
        if released is None:
            uri = request.payload.redirect_uri
            raise AccessDeniedError("Nothing is known of this person any more.", redirect_uri=uri)
        return released

    def _must_be_hinted(self, released: Release, client: RegisteredClient, request: AcmRequest) -> None:
        """Raise `LoginRequiredError` when `id_token_hint` is of somebody else (OpenID Connect Core section 3.1.2.1)."""
        hint = request.payload.data.get("id_token_hint")
        if not hint:
            return
        expected = hinted_claims(hint, self.keys, self.conduct, client.client_id).get("sub")
        if expected != released.claims.get("sub"):
            uri = request.payload.redirect_uri
            raise LoginRequiredError("Somebody else is signed in than id_token_hint is of.", redirect_uri=uri)

    # What Authlib asks -----------------------------------------------------------------------------------------------

    def query_client(self, client_id: str) -> RegisteredClient | None:
        """Return the client: as registered, or in the open mode as it comes."""
        registered = self._clients.get(client_id)
        if registered is not None:
            return RegisteredClient(registered)
        return OpenClient(client_id, self.conduct.default_profile) if self.conduct.is_open else None

    def save_token(self, token: dict[str, Any], request: AcmRequest) -> None:
        """Keep what was issued."""
        self.mint.keep(token, request)

    def api_at(self, resource: str) -> str | None:
        """Return the client_id of the API that is registered under a URL."""
        return next((each.client_id for each in self._clients.list() if resource in each.resources), None)

    def create_oauth2_request(self, request: AcmRequest) -> AcmRequest:
        """Return the request: it is one already."""
        return request

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Do nothing: nobody listens."""

    def handle_response(
        self, status: int, body: dict[str, Any] | RedirectAnswer | str, headers: list[tuple[str, str]]
    ) -> Answer | RedirectAnswer:
        """Return the answer as a value."""
        if isinstance(body, RedirectAnswer):
            return body
        sent = dict(headers)
        content_type = sent.pop("Content-Type", "application/json")
        return Answer(status=status, body=body, content_type=content_type, headers=sent)

    def handle_error_response(self, request: AcmRequest, error: OAuth2Error) -> Answer | RedirectAnswer:
        """Return an error: to the application by redirect where that is safe, else as JSON."""
        if error.redirect_uri:
            return self._redirected(request, error)
        status, _, headers = error(None)
        told = self._told(request, error)
        return self.handle_response(status, told, challenged(headers, told))

    def _redirected(self, request: AcmRequest, error: OAuth2Error) -> RedirectAnswer:
        error.state = request.payload.state
        uri = error.redirect_uri or request.payload.redirect_uri
        mode = response_mode(request.payload.data.get("response_mode"), uri, request.payload.response_type)
        return self.answered(RedirectAnswer(redirect_uri=uri, parameters=self._told(request, error), mode=mode))

    def answered(self, answer: RedirectAnswer) -> RedirectAnswer:
        """Return the answer with what every answer of this issuer carries (RFC 9207)."""
        if not self.policy.iss_parameter:
            return answer
        return replace(answer, parameters={**answer.parameters, "iss": self.conduct.identifier})

    def _told(self, request: AcmRequest, error: OAuth2Error) -> dict[str, str]:
        """Return what the wire tells of an error. ACM leaves it unexplained; the journal has the reason."""
        body = dict(error.get_body())
        request.learnt.note(body.get("error_description", ""))
        if not self.policy.error_description:
            body.pop("error_description", None)
        return body

    def _code_grant(self, request: AcmRequest) -> CodeGrant:
        grant: CodeGrant = self.get_authorization_grant(request)
        return grant

    def _register_methods(self) -> None:
        self._client_auth = authentication.OneMethod(self.query_client, self.conduct)
        by_assertion = PrivateKeyJwt(conduct=self.conduct, store=self.store, clock=self._clock)
        self.register_client_auth_method(AuthMethod.BASIC, authentication.by_basic)
        self.register_client_auth_method(AuthMethod.POST, authentication.by_post)
        self.register_client_auth_method(AuthMethod.NONE, authentication.by_nothing)
        self.register_client_auth_method(AuthMethod.PRIVATE_KEY_JWT, by_assertion)
