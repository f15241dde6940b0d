"""A sign-in from its first step to its last. Reads like the protocol: ask, receive, judge, decide, remember."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from relying_party.accounts.people import ConflictError
from relying_party.accounts.sessions import Begun
from relying_party.signin import guards
from relying_party.signin.admission import admitted_enrolments, applicant_from, refuse_unless_admitted
from relying_party.signin.cache import DiscoveryCache, KeyCache
from relying_party.signin.evidence import Evidence
from relying_party.signin.provider import UNUSABLE, Provider, error_code
from relying_party.signin.refusal import ProviderError, Refused, Step

if TYPE_CHECKING:
    from datetime import date

    from relying_party.accounts.people import People
    from relying_party.accounts.sessions import Sessions
    from relying_party.settings import Settings
    from relying_party.signin.policy import Policy
    from relying_party.signin.pupil import Applicant
    from relying_party.signin.schools import PartnerSchools

LOG = logging.getLogger(__name__)
BRUSSELS = ZoneInfo("Europe/Brussels")
Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """How a sign-in ends well: whose session this is now, under which token, with which ID token."""

    person_id: str
    session_token: str
    id_token: str


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


class SignIn:
    """Signs pupils in, by one policy."""

    def __init__(  # noqa: PLR0913  the floors below, each by its name
        self,
        *,
        settings: Settings,
        policy: Policy,
        people: People,
        sessions: Sessions,
        schools: PartnerSchools,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._settings, self._policy, self._rules = settings, policy, policy.rules
        self._people, self._sessions, self._schools, self._clock = people, sessions, schools, clock
        self._provider = Provider(settings, clock=clock)
        self._discovery = DiscoveryCache(clock=clock, lives_s=settings.discovery_cache_seconds)
        self._keys = KeyCache(
            clock=clock,
            read=self._rules.signing_keys,
            stale=self._rules.keys_stale,
            may_refetch=self._rules.refetch_allowed,
            keep=self._rules.keys_kept,
        )

    def begin(self, session_token: str) -> str:
        """Begin a sign-in in a session; return the address to send the browser to.

        Raises:
            Refused: the provider cannot be used.
        """
        try:
            metadata = self._metadata()
        except ProviderError as error:
            raise self._refusal(error) from None
        begun = self._begun()
        self._sessions.begin(session_token, begun, now=self._clock())
        return self._provider.authorization_url(metadata, begun)

    def _begun(self) -> Begun:
        rules = self._rules
        begun = Begun(state=rules.fresh_state(), nonce=rules.fresh_nonce(), code_verifier=rules.code_verifier())
        return rules.bound_to_its_code(begun)

    def finish(self, session_token: str, parameters: Parameters) -> SignedIn:
        """Finish the sign-in that `parameters` answer.

        Raises:
            Refused: with the guard or rule that said no, and the step.
        """
        try:
            evidence = self._gather(session_token, parameters)
        except ProviderError as error:
            raise self._refusal(error) from None
        person_id = self._welcome(evidence)
        token = self._rules.renew_session(self._sessions, session_token)
        until = self._clock() + timedelta(hours=self._settings.session_hours)
        self._sessions.sign_in(token, person_id, until=until)
        LOG.info("signed in: person=%s", person_id)
        id_token = str(evidence.token_response.get("id_token", ""))
        return SignedIn(person_id=person_id, session_token=token, id_token=id_token)

    def sign_out_url(self, *, state: str, id_token: str) -> str | None:
        """Return the address that ends the session at the provider too, or None when it has none to offer."""
        try:
            endpoint = self._metadata().get("end_session_endpoint")
        except (ProviderError, Refused):
            return None
        return self._provider.end_session_url(endpoint, state=state, id_token=id_token) if endpoint else None

    def _metadata(self) -> Mapping[str, Any]:
        return self._discovery.get(self._provider.metadata, self._accept)

    def _accept(self, metadata: Mapping[str, Any]) -> None:
        self._check(Step.DISCOVERY, self._start(metadata))

    def _start(self, metadata: Mapping[str, Any]) -> Evidence:
        return Evidence(
            issuer=self._settings.issuer,
            client_id=self._settings.client_id,
            now=self._clock().timestamp(),
            metadata=metadata,
        )

    def _check(self, step: Step, evidence: Evidence) -> Evidence:
        guards.check(self._policy.guards, step, evidence)
        return evidence

    def _refusal(self, error: ProviderError) -> Refused:
        LOG.warning("the provider answered %s at %s", error.code, error.step)
        return self._rules.provider_error(error)

    def _gather(self, session_token: str, parameters: Parameters) -> Evidence:
        """Go through the protocol's steps, each judged before the next."""
        evidence = self._receive(session_token, parameters)
        evidence = self._exchange(evidence, self._redeem(evidence))
        if self._rules.id_token_needed(evidence.token_response):
            evidence = self._open(evidence)
        return self._ask_userinfo(evidence)

    def _receive(self, session_token: str, parameters: Parameters) -> Evidence:
        told = next(iter(parameters.get("state", ())), "")
        begun = self._rules.answered_sign_in(self._sessions, session_token, told, self._clock())
        evidence = replace(self._start(self._metadata()), begun=begun, parameters=parameters)
        return self._check(Step.AUTHORIZATION_RESPONSE, evidence)

    def _redeem(self, evidence: Evidence) -> Begun:
        if evidence.begun is None or not self._rules.use_sign_in_up(self._sessions, evidence.begun):
            raise Refused(reason="sign-in-begun", step=Step.AUTHORIZATION_RESPONSE)
        return evidence.begun

    def _exchange(self, evidence: Evidence, begun: Begun) -> Evidence:
        if self._rules.error_told(evidence):
            raise ProviderError(code=error_code(evidence.parameter("error")), step=Step.AUTHORIZATION_RESPONSE)
        code = self._rules.code_to_redeem(evidence.parameter("code"))
        redeem = partial(self._provider.token_response, evidence.metadata, begun, code)
        response = self._rules.redeem_code(redeem, self._settings.client_authentication)
        return self._check(Step.TOKEN_RESPONSE, replace(evidence, token_response=response))

    def _open(self, evidence: Evidence) -> Evidence:
        token = self._rules.open_token(evidence.token_response.get("id_token"))
        fetch = partial(self._provider.jwks, evidence.metadata)
        evidence = replace(
            evidence,
            id_token=token,
            verifier=self._rules.verifier(token.header),
            keys=self._keys.get(token.header.get("kid"), fetch),
        )
        if self._rules.keys_doubted(evidence):
            evidence = replace(evidence, keys=self._keys.again(fetch))
        return self._check(Step.ID_TOKEN, evidence)

    def _ask_userinfo(self, evidence: Evidence) -> Evidence:
        content = self._provider.userinfo(evidence.metadata, evidence.token_response["access_token"])
        userinfo = self._rules.userinfo_claims(content)
        if userinfo is None:
            raise ProviderError(code=UNUSABLE, step=Step.USERINFO)
        return self._check(Step.USERINFO, replace(evidence, userinfo=userinfo))

    def _welcome(self, evidence: Evidence) -> str:
        """Decide whether this pupil comes in and who it is here."""
        today = self._clock().astimezone(BRUSSELS).date()
        applicant = applicant_from(evidence, self._rules, today)
        refuse_unless_admitted(applicant, self._rules, self._schools, today)
        return self._recognise(applicant, today)

    def _recognise(self, applicant: Applicant, today: date) -> str:
        rules = self._rules
        key = replace(rules.person_key(applicant), former_account_uuids=rules.former_accounts(applicant))
        snapshot = rules.snapshot(applicant, admitted_enrolments(applicant, self._schools, today))
        try:
            return self._people.recognise(key, snapshot, now=self._clock(), conflicts=rules.conflict)
        except ConflictError as conflict:
            LOG.warning("accounts of one sign-in belong to different persons: %s", ", ".join(conflict.person_ids))
            raise Refused(reason="conflict", step=Step.ADMISSION) from None
