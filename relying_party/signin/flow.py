"""A sign-in from its first step to its last. Reads like the protocol: ask, receive, judge, decide, remember."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from relying_party.accounts.people import ConflictError, nothing_told
from relying_party.accounts.sessions import SILENT, Begun
from relying_party.signin import guards, staff
from relying_party.signin.admission import admitted_enrolments, applicant_from, refuse_unless_admitted
from relying_party.signin.attempts import Attempts
from relying_party.signin.cache import DiscoveryCache, KeyCache
from relying_party.signin.evidence import Evidence, vouched
from relying_party.signin.provider import UNUSABLE, Provider, error_code
from relying_party.signin.refreshing import life_of, refreshable
from relying_party.signin.refusal import PersonNeeded, ProviderError, Refused, Step

if TYPE_CHECKING:
    from datetime import date

    from joserfc.jwk import RSAKey

    from relying_party.accounts.people import People, Told
    from relying_party.accounts.privacy_log import PrivacyLog
    from relying_party.accounts.sessions import Sessions
    from relying_party.settings import Settings
    from relying_party.signin.policy import Policy
    from relying_party.signin.pupil import Applicant
    from relying_party.signin.refreshing import Refreshable
    from relying_party.signin.schools import PartnerSchools

LOG = logging.getLogger(__name__)
BRUSSELS = ZoneInfo("Europe/Brussels")
Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Received:
    """An authorization response: its parameters, the redirect URI it came to, and the sign-in that it answers."""

    parameters: Parameters
    came_to: str
    begun: Begun | None


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """How a sign-in ends well: whose session this is now, under which token, with which tokens of the provider.

    `person_id` is None for one of the staff.
    """

    person_id: str | None
    session_token: str
    id_token: str
    access_token: str
    next_page: str = ""
    refreshable: Refreshable | None = None


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


class SignIn:
    """Signs pupils in at one issuer, by one policy. `peers`: the sign-in of each issuer, this one too."""

    def __init__(  # noqa: PLR0913  the floors below, each by its name
        self,
        *,
        settings: Settings,
        policy: Policy,
        people: People,
        sessions: Sessions,
        schools: PartnerSchools,
        log: PrivacyLog,
        redirect_uri: str,
        peers: Mapping[str, SignIn],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._settings, self._policy, self._rules = settings, policy, policy.rules
        self._people, self._sessions, self._schools, self._clock = people, sessions, schools, clock
        self._redirect_uri, self._peers = redirect_uri, peers
        self._attempts = Attempts(log, rule=policy.keeping.log_entry, clock=clock)
        self._provider = Provider(settings, rules=self._rules, redirect_uri=redirect_uri, clock=clock)
        self._discovery = DiscoveryCache(clock=clock, lives_s=settings.discovery_cache_seconds)
        self._keys = KeyCache(self._rules, clock=clock)

    def begin(self, session_token: str, *, host: str, told: Mapping[str, str], again: bool = False) -> str:
        """Begin a sign-in in a session; return the address to send the browser to.

        `host` and `told` are what the request says of its host, and the parameters it came with; `again`:
        a silent attempt has failed.

        Raises:
            Refused: the provider cannot be used.
        """
        try:
            metadata = self._metadata()
        except ProviderError as error:
            refused = self._refusal(error)
            self._attempts.refused(refused, None)
            raise refused from None
        except Refused as refused:
            self._attempts.refused(refused, None)
            raise
        begun = self._rules.takes_from_address(self._begun(metadata), told)
        begun = replace(begun, next_page=self._rules.next_page(told.get("next", "")))
        if self._settings.silent_first and not again:
            begun = replace(begun, state=f"{SILENT}{begun.state}")
        self._sessions.begin(session_token, begun, now=self._clock())
        back = self._rules.redirect_uri_asked(self._redirect_uri, host)
        return self._provider.authorization_url(metadata, begun, redirect_uri=back, again=again)

    def _begun(self, metadata: Mapping[str, Any]) -> Begun:
        rules = self._rules
        begun = Begun(
            issuer=self._settings.issuer,
            redirect_uri=self._redirect_uri,
            state=rules.fresh_state(),
            nonce=rules.fresh_nonce(),
            code_verifier=rules.code_verifier(metadata),
        )
        return rules.bound_to_its_code(begun)

    def finish(self, session_token: str, received: Received) -> SignedIn:
        """Finish the sign-in that was `received` an answer to; however it ends, the privacy log is told.

        Raises:
            Refused: with the guard or rule that said no, and the step.
            PersonNeeded: the attempt was silent, and an ordinary one follows.
        """
        with self._attempts.noted(received.begun):
            return self._finish(session_token, received)

    def _finish(self, session_token: str, received: Received) -> SignedIn:
        try:
            evidence = self._gather(received)
        except ProviderError as error:
            if received.begun and self._rules.after_silence(error.code, received.begun):
                raise PersonNeeded from None
            raise self._refusal(error) from None
        person_id = self._welcome(evidence)
        token = self._rules.renew_session(self._sessions, session_token)
        until = self._rules.session_ends(self._clock(), self._settings.session_hours)
        self._sessions.sign_in(token, person_id, until=until, vouched=vouched(evidence))
        LOG.info("%s", self._rules.words_for_log(person_id or staff.ROLE, evidence))
        id_token = str(evidence.token_response.get("id_token", ""))
        next_page = received.begun.next_page if received.begun else ""
        return SignedIn(
            person_id=person_id,
            session_token=token,
            id_token=id_token,
            access_token=str(evidence.token_response["access_token"]),
            next_page=next_page,
            refreshable=refreshable(evidence, self._clock()) if self._settings.refresh else None,
        )

    def refresh(self, held: Refreshable) -> Refreshable:
        """Refresh a sign-in; return what the next refresh takes.

        Raises:
            Refused: with the guard that does not believe the answer.
            ProviderError: the provider refuses, or does not answer.
        """
        response = self._provider.refresh_response(self._metadata(), held.refresh_token)
        start = replace(self._start(self._metadata()), first=held.first, token_response=response)
        evidence = self._check(Step.TOKEN_RESPONSE, start)
        if self._rules.refreshed_token_judged(response):
            evidence = self._opened(evidence, response.get("id_token"))
            guards.check(guards.for_every_id_token(self._policy.guards), Step.ID_TOKEN, evidence)
            self._check(Step.REFRESH, evidence)
        token = self._rules.next_refresh_token(held.refresh_token, response)
        return replace(held, refresh_token=token, due_at=self._clock() + life_of(response))

    def log_out(self, compact: str) -> bool:
        """End the sessions that a logout token names; return whether that is done.

        Raises:
            Refused: with the guard that said no, or because the provider's keys cannot be had.
        """
        try:
            evidence = self._check(Step.LOGOUT, self._opened(self._start(self._metadata()), compact))
        except ProviderError as error:
            raise self._refusal(error) from None
        return self._rules.logout_done(self._rules.logged_out(self._sessions, vouched(evidence)))

    def _opened(self, evidence: Evidence, compact: object) -> Evidence:
        token = self._rules.open_token(compact)
        verifier, keys = self._rules.verifier(token.header), self.keys(token.header.get("kid"))
        return replace(evidence, id_token=token, verifier=verifier, keys=keys)

    @property
    def issuer(self) -> str:
        """The issuer at which this signs in."""
        return self._settings.issuer

    def keys(self, kid: object) -> Sequence[RSAKey]:
        """Return the keys of this issuer, fetched again when they are old or when `kid` is unknown among them."""
        return self._keys.get(kid, lambda: self._provider.jwks(self._metadata()))

    def keys_again(self) -> Sequence[RSAKey]:
        """Return the keys of this issuer, fetched once more because those at hand were of no use."""
        return self._keys.again(lambda: self._provider.jwks(self._metadata()))

    def sign_out_url(self, *, state: str, id_token: str) -> str | None:
        """Return the address that ends the session at the provider too, or None when it has none to offer."""
        try:
            endpoint = self._metadata().get("end_session_endpoint")
        except (ProviderError, Refused):
            return None
        address = self._provider.end_session_url(endpoint, state=state, id_token=id_token) if endpoint else None
        return self._rules.sign_out_at_provider(address)

    def _metadata(self) -> Mapping[str, Any]:
        return self._discovery.get(self._provider.metadata, self._accept)

    def _accept(self, metadata: Mapping[str, Any]) -> None:
        self._check(Step.DISCOVERY, self._start(metadata))

    def _start(self, metadata: Mapping[str, Any]) -> Evidence:
        return Evidence(
            issuer=self._settings.issuer,
            client_id=self._settings.client_id,
            now=self._clock().timestamp(),
            max_age_s=self._settings.max_age_seconds,
            means=self._settings.acr_values.split(),
            metadata=metadata,
        )

    def _check(self, step: Step, evidence: Evidence) -> Evidence:
        guards.check(self._policy.guards, step, evidence)
        return evidence

    def _refusal(self, error: ProviderError) -> Refused:
        LOG.warning("the provider answered %s at %s", error.code, error.step)
        return self._rules.provider_error(error)

    def _gather(self, received: Received) -> Evidence:
        """Go through the protocol's steps, each judged before the next."""
        evidence = self._receive(received)
        evidence = self._exchange(evidence, self._redeem(evidence))
        if self._rules.id_token_needed(evidence.token_response):
            evidence = self._open(evidence)
        return self._ask_userinfo(evidence)

    def _receive(self, received: Received) -> Evidence:
        evidence = replace(self._start(self._metadata()), **vars(received))
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
        judging = self._peers[self._rules.judging_issuer(self._settings.issuer, token.claims, tuple(self._peers))]
        kid = token.header.get("kid")
        evidence = replace(
            evidence,
            issuer=judging.issuer,
            id_token=token,
            verifier=self._rules.verifier(token.header),
            keys=self._rules.verifying_keys(judging.keys(kid), lambda: self._keys_of_others(kid)),
        )
        if self._rules.keys_doubted(evidence):
            again = self._rules.verifying_keys(judging.keys_again(), lambda: self._keys_of_others(kid))
            evidence = replace(evidence, keys=again)
        return self._check(Step.ID_TOKEN, evidence)

    def _keys_of_others(self, kid: object) -> list[RSAKey]:
        return [key for other in self._peers.values() if other is not self for key in other.keys(kid)]

    def _ask_userinfo(self, evidence: Evidence) -> Evidence:
        ask = partial(self._provider.userinfo, evidence.metadata, evidence.token_response["access_token"])
        userinfo = self._rules.userinfo_claims(self._rules.userinfo_asked(ask))
        if userinfo is None:
            raise ProviderError(code=UNUSABLE, step=Step.USERINFO)
        return self._check(Step.USERINFO, replace(evidence, userinfo=userinfo))

    def _welcome(self, evidence: Evidence) -> str | None:
        """Decide whether this pupil comes in and who it is here; None for one of the staff."""
        if subject := staff.subject_of(evidence, self._rules, self._settings.staff_subjects):
            self._attempts.staff(subject, evidence.begun)
            return None
        today = self._clock().astimezone(BRUSSELS).date()
        applicant = applicant_from(evidence, self._rules, today)
        try:
            refuse_unless_admitted(applicant, self._rules, self._schools, today)
        except Refused as refused:
            refused.key = applicant.leer_id_uuid or applicant.account_uuid
            self._policy.keeping.after_refusal(lambda: self._recognise(applicant, today, nothing_told))
            raise
        return self._recognise(applicant, today, self._attempts.granted(applicant, evidence.begun))

    def _recognise(self, applicant: Applicant, today: date, told: Told) -> str:
        rules = self._rules
        key = replace(rules.person_key(applicant), former_account_uuids=rules.former_accounts(applicant))
        snapshot = rules.snapshot(applicant, admitted_enrolments(applicant, self._schools, today))
        try:
            return self._people.recognise(key, snapshot, now=self._clock(), conflicts=rules.conflict, told=told)
        except ConflictError as conflict:
            LOG.warning("accounts of one sign-in belong to different persons: %s", ", ".join(conflict.person_ids))
            known = applicant.leer_id_uuid or applicant.account_uuid
            raise Refused(reason="conflict", step=Step.ADMISSION, key=known) from None
