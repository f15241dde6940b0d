"""What an authorization request must hold, once the application can be told: one small rule each, and its error.

Who can be told at all is decided before (`refusal`). Where ACM has published nothing, the rules are those of OpenID
Connect Core, read as the certified provider oidc-provider reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from authlib.oauth2.rfc6749 import AccessDeniedError, InvalidRequestError, InvalidScopeError, OAuth2Error
from authlib.oidc.core.errors import (
    RegistrationNotSupportedError,
    RequestNotSupportedError,
    RequestURINotSupportedError,
)

from mock_idp.domain.claims import OPENID
from mock_idp.protocol.client import described
from mock_idp.protocol.hint import InvalidHintError, hinted_claims
from mock_idp.protocol.means import reason_against_means
from mock_idp.protocol.refusal import ONCE
from mock_idp.protocol.response import ResponseMode, takes_forms
from mock_idp.protocol.scope import granted_scopes, reasons_against
from mock_idp.settings.policy import Strictness

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_idp.domain.claims import ClaimsProfile
    from mock_idp.protocol.claims_source import ClaimsSource
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.keys import KeyRing
    from mock_idp.protocol.wire import AcmRequest

    Rule = Callable[["Asked"], str | None]

CODE: Final = "code"
NONE: Final = "none"
PROMPTS: Final = (NONE, "login", "consent", "select_account")
KNOWN: Final = (
    *(*ONCE, "scope", "nonce", "acr_values", "login_hint", "code_challenge", "code_challenge_method"),
    *("prompt", "max_age", "display", "ui_locales", "claims_locales", "id_token_hint", "claims"),
    *("request", "request_uri", "registration"),
)
"""Parameters that mean something here, or would elsewhere; every other one is ignored, repeated or not."""
SECONDS: Final = re.compile(r"[0-9]{1,15}")
CHALLENGE: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")
METHODS: Final = ("plain", "S256")


class WrongResponseTypeError(OAuth2Error):
    """Something else than a code was asked for (RFC 6749 section 4.1.2.1)."""

    error = "unsupported_response_type"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The request of a known client for an address that may be redirected to, and what rules compare it with."""

    request: AcmRequest
    client: RegisteredClient
    conduct: Conduct
    keys: KeyRing
    source: ClaimsSource

    def __getitem__(self, parameter: str) -> str:
        value: str = self.request.payload.data.get(parameter, "")
        return value

    @property
    def profile(self) -> ClaimsProfile:
        """The claims profile that holds for the client on the stage of the request."""
        return self.source.profile(self.client.registration, self.request.stage_id)

    @property
    def granted(self) -> tuple[str, ...]:
        """The scopes that may be asked for."""
        return granted_scopes(self.client, self.profile)

    def words(self, parameter: str) -> list[str]:
        """Return the values of a parameter that takes several."""
        return self[parameter].split()


def refused_on_the_way_back(asked: Asked) -> OAuth2Error | None:
    """Return the error that the first broken rule tells the application, or None."""
    for rule, error in RULES:
        if sentence := rule(asked):
            return error(description=described(sentence), redirect_uri=asked.request.payload.redirect_uri)
    return None


def _says_everything_once(asked: Asked) -> str | None:
    sent: dict[str, list[Any]] = asked.request.payload.datalist
    repeated = [name for name, values in sent.items() if len(values) > 1 and name in KNOWN]
    return f"Sent more than once: {', '.join(repeated)}." if repeated else None


def _sends_no_request_object(asked: Asked) -> str | None:
    return "ACM takes no request objects: send the parameters themselves." if asked["request"] else None


def _points_at_no_request_object(asked: Asked) -> str | None:
    return "ACM takes no request_uri: send the parameters themselves." if asked["request_uri"] else None


def _registers_nothing(asked: Asked) -> str | None:
    return "Clients are registered beforehand, by a dossier; leave registration out." if asked["registration"] else None


def _says_what_it_wants(asked: Asked) -> str | None:
    return None if asked["response_type"] else "response_type is missing; it is always code."


def _wants_a_code(asked: Asked) -> str | None:
    wanted = asked["response_type"]
    return None if wanted == CODE else f"response_type must be code; {wanted} was asked for."


def _names_a_known_way_back(asked: Asked) -> str | None:
    mode = asked["response_mode"]
    return f"response_mode must be one of: {', '.join(ResponseMode)}." if mode and mode not in {*ResponseMode} else None


def _posts_forms_to_web_sites(asked: Asked) -> str | None:
    is_form = asked["response_mode"] == ResponseMode.FORM_POST
    lost = is_form and not takes_forms(asked["redirect_uri"])
    return "response_mode form_post needs an http or https redirect_uri." if lost else None


def _asks_for_openid(asked: Asked) -> str | None:
    return None if OPENID in asked.words("scope") else "The scope must contain openid."


def _asks_for_what_was_granted(asked: Asked) -> str | None:
    return " ".join(reasons_against(asked.words("scope"), asked.client, asked.profile, asked.source.profiles)) or None


def _asks_for_means_that_there_are(asked: Asked) -> str | None:
    return reason_against_means(asked.request, asked.client.registration, asked.conduct.policy)


def _prompts_as_is_known(asked: Asked) -> str | None:
    unknown = [each for each in asked.words("prompt") if each not in PROMPTS]
    return f"prompt must be of: {', '.join(PROMPTS)}; not {', '.join(unknown)}." if unknown else None


def _shows_a_page_or_none(asked: Asked) -> str | None:
    prompts = {*asked.words("prompt")}
    return "prompt none stands alone: it asks that no page is shown." if NONE in prompts and len(prompts) > 1 else None


def _counts_age_in_seconds(asked: Asked) -> str | None:
    age = asked["max_age"]
    return "max_age must be a number of seconds, 0 or more." if age and not SECONDS.fullmatch(age) else None


def _hints_at_a_token_of_ours(asked: Asked) -> str | None:
    hint = asked["id_token_hint"]
    try:
        hinted_claims(hint, asked.keys, asked.conduct, asked.client.client_id) if hint else None
    except InvalidHintError as error:
        return str(error)
    return None


def _challenges_where_it_must(asked: Asked) -> str | None:
    is_missing = asked.client.require_pkce and not asked["code_challenge"]
    return "This client must send a code_challenge (PKCE)." if is_missing else None


def _names_a_method_with_a_challenge(asked: Asked) -> str | None:
    is_alone = asked["code_challenge_method"] and not asked["code_challenge"]
    return "code_challenge_method was sent without code_challenge." if is_alone else None


def _challenges_in_form(asked: Asked) -> str | None:
    challenge = asked["code_challenge"]
    if not challenge or CHALLENGE.fullmatch(challenge):
        return None
    return f"code_challenge must be 43 to 128 of A-Z a-z 0-9 . _ ~ - without padding; {len(challenge)} characters came."


def _challenges_by_a_known_method(asked: Asked) -> str | None:
    method = asked["code_challenge_method"]
    return f"code_challenge_method must be one of: {', '.join(METHODS)}." if method and method not in METHODS else None


def _hashes_its_challenge(asked: Asked) -> str | None:
    if asked.conduct.policy.plain_challenge == Strictness.LENIENT or not asked["code_challenge"]:
        return None
    return None if asked["code_challenge_method"] == "S256" else "This issuer refuses plain challenges: use S256."


RULES: Final[tuple[tuple[Rule, type[OAuth2Error]], ...]] = (
    (_says_everything_once, InvalidRequestError),
    (_sends_no_request_object, RequestNotSupportedError),
    (_points_at_no_request_object, RequestURINotSupportedError),
    (_registers_nothing, RegistrationNotSupportedError),
    (_says_what_it_wants, InvalidRequestError),
    (_wants_a_code, WrongResponseTypeError),
    (_names_a_known_way_back, InvalidRequestError),
    (_posts_forms_to_web_sites, InvalidRequestError),
    (_asks_for_openid, InvalidScopeError),
    (_asks_for_what_was_granted, InvalidScopeError),
    (_asks_for_means_that_there_are, AccessDeniedError),
    (_prompts_as_is_known, InvalidRequestError),
    (_shows_a_page_or_none, InvalidRequestError),
    (_counts_age_in_seconds, InvalidRequestError),
    (_hints_at_a_token_of_ours, InvalidRequestError),
    (_challenges_where_it_must, InvalidRequestError),
    (_names_a_method_with_a_challenge, InvalidRequestError),
    (_challenges_in_form, InvalidRequestError),
    (_challenges_by_a_known_method, InvalidRequestError),
    (_hashes_its_challenge, InvalidRequestError),
)
"""Each rule and its error, in the order in which they are asked; the first breach is told."""
