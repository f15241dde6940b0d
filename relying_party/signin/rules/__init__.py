"""The rules: every decision of this application that another application might take otherwise, each under its name.

`SOUND` is how it should be. A defect, or your own policy, is `replace(SOUND, <rule>=<your function>)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from relying_party.signin import staff
from relying_party.signin.rules import (
    admission,
    issuers,
    logout,
    pages,
    person,
    protocol,
    reading,
    refreshing,
    sessions,
)
from relying_party.signin.tokens import open_token, signing_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from joserfc.jwk import RSAKey

    from relying_party.accounts.people import Key, Snapshot
    from relying_party.accounts.sessions import Begun, Sessions, Visit, Vouched
    from relying_party.settings import ClientAuthentication, Settings
    from relying_party.signin.evidence import Evidence
    from relying_party.signin.pupil import Applicant, BirthDate, Claims, Enrolment, Name
    from relying_party.signin.refreshing import Refreshable
    from relying_party.signin.refusal import ProviderError, Refused
    from relying_party.signin.rules.sessions import CookieFlags
    from relying_party.signin.schools import PartnerSchools
    from relying_party.signin.tokens import IdToken, Verifier
    from relying_party.signin.transport import Limits


@dataclass(frozen=True, kw_only=True)
class Rules:
    """One field per decision; the field's name is the rule's name."""

    # the protocol
    fresh_state: Callable[[], str] = protocol.fresh_state
    fresh_nonce: Callable[[], str] = protocol.fresh_nonce
    code_verifier: Callable[[Mapping[str, Any]], str | None] = protocol.code_verifier
    redirects_followed: Callable[[], bool] = protocol.redirects_followed
    certificates_checked: Callable[[], bool] = protocol.certificates_checked
    answer_limits: Callable[[], Limits] = protocol.answer_limits
    endpoint_asked: Callable[[Mapping[str, Any], str], str] = protocol.endpoint_asked
    bound_to_its_code: Callable[[Begun], Begun] = protocol.bound_to_its_code
    redirect_uri_asked: Callable[[str, str], str] = protocol.redirect_uri_asked
    words_for_log: Callable[[str, Evidence], str] = protocol.words_for_log
    after_silence: Callable[[str, Begun], bool] = protocol.after_silence
    assertion_audience: Callable[[str], str | list[str]] = protocol.assertion_audience
    request_asked: Callable[..., Mapping[str, Any]] = protocol.request_asked
    error_told: Callable[[Evidence], bool] = protocol.error_told
    code_to_redeem: Callable[[str], str] = protocol.code_to_redeem
    redeem_code: Callable[[protocol.Redeem, ClientAuthentication], Mapping[str, Any]] = protocol.redeem_code
    verifier: Callable[[Mapping[str, Any]], Verifier] = protocol.verifier
    id_token_needed: Callable[[Mapping[str, Any]], bool] = protocol.id_token_needed
    open_token: Callable[[object], IdToken] = open_token
    signing_keys: Callable[[object], tuple[RSAKey, ...]] = signing_keys
    keys_stale: Callable[[bool, float], bool] = protocol.keys_stale
    keys_doubted: Callable[[Evidence], bool] = protocol.keys_doubted
    keys_kept: Callable[[Sequence[RSAKey], Sequence[RSAKey]], Sequence[RSAKey]] = protocol.keys_kept
    keys_outlast: Callable[[float], bool] = protocol.keys_outlast
    refetch_allowed: Callable[[int], bool] = protocol.refetch_allowed
    userinfo_asked: Callable[[protocol.Ask], bytes] = protocol.userinfo_asked
    userinfo_claims: Callable[[bytes], Mapping[str, Any] | None] = protocol.userinfo_claims
    provider_error: Callable[[ProviderError], Refused] = protocol.provider_error
    # several issuers
    own_redirect_uri: Callable[[Settings, Sequence[Settings]], str] = issuers.own_redirect_uri
    issuer_named: Callable[[str, Sequence[str]], str | None] = issuers.issuer_named
    issuer_asked: Callable[[Begun, Sessions, str, datetime], str] = issuers.issuer_asked
    judging_issuer: Callable[[str, Mapping[str, Any], Sequence[str]], str] = issuers.judging_issuer
    verifying_keys: Callable[[Sequence[RSAKey], Callable[[], Sequence[RSAKey]]], Sequence[RSAKey]] = (
        issuers.verifying_keys
    )
    # reading what LeerID says
    merged_claims: Callable[[Claims, Claims], Claims] = reading.merged_claims
    read_name: Callable[[Mapping[str, Any]], Name] = reading.read_name
    read_leer_id: Callable[[Mapping[str, Any]], str] = reading.read_leer_id
    read_account: Callable[[Mapping[str, Any]], str] = reading.read_account
    read_former_accounts: Callable[[Mapping[str, Any]], tuple[str, ...]] = reading.read_former_accounts
    read_birth_date: Callable[[Mapping[str, Any]], BirthDate] = reading.read_birth_date
    read_email: Callable[[Mapping[str, Any]], str] = reading.read_email
    read_school_number: Callable[[str], str] = reading.read_school_number
    # who comes in
    pupil_role: Callable[[Mapping[str, Any]], bool] = admission.pupil_role
    enrolments_in_force: Callable[[Sequence[Enrolment], date], tuple[Enrolment, ...]] = admission.enrolments_in_force
    enrolment: Callable[[Applicant], bool] = admission.enrolment
    partner_school: Callable[[Applicant, PartnerSchools], bool] = admission.partner_school
    agreement_dates: Callable[[Applicant, PartnerSchools, date], bool] = admission.agreement_dates
    enough_data: Callable[[Applicant], bool] = admission.enough_data
    # who it is
    person_key: Callable[[Applicant], Key] = person.person_key
    former_accounts: Callable[[Applicant], tuple[str, ...]] = person.former_accounts
    conflict: Callable[[str, Sequence[str | None]], bool] = person.conflict
    snapshot: Callable[[Applicant, Sequence[Enrolment]], Snapshot] = person.snapshot
    # the session
    cookie_flags: Callable[[bool], CookieFlags] = sessions.cookie_flags
    answered_sign_in: Callable[[Sessions, str, str, datetime], Begun | None] = sessions.answered_sign_in
    use_sign_in_up: Callable[[Sessions, Begun], bool] = sessions.use_sign_in_up
    renew_session: Callable[[Sessions, str], str] = sessions.renew_session
    session_ends: Callable[[datetime, int], datetime] = sessions.session_ends
    session_suffices: Callable[[], bool] = sessions.session_suffices
    posted_back_to: Callable[[str, str], str] = sessions.posted_back_to
    takes_from_address: Callable[[Begun, Mapping[str, str]], Begun] = sessions.takes_from_address
    sign_out_here_first: Callable[[], bool] = sessions.sign_out_here_first
    sign_out_at_provider: Callable[[str | None], str | None] = sessions.sign_out_at_provider
    end_session: Callable[[Sessions, str], None] = sessions.end_session
    sign_out_confirmed: Callable[[str, str], bool] = sessions.sign_out_confirmed
    # refreshing
    refresh_turn: Callable[[AbstractContextManager[Any]], AbstractContextManager[Any]] = refreshing.refresh_turn
    refresh_attempt: Callable[[refreshing.Refresh], Refreshable] = refreshing.refresh_attempt
    next_refresh_token: Callable[[str, Mapping[str, Any]], str] = refreshing.next_refresh_token
    refreshed_token_judged: Callable[[Mapping[str, Any]], bool] = refreshing.refreshed_token_judged
    refusal_ends_session: Callable[[ProviderError], bool] = refreshing.refusal_ends_session
    # a logout behind the browser's back
    logout_token_sent: Callable[[logout.Sent], str] = logout.logout_token_sent
    logged_out: Callable[[Sessions, Vouched], int] = logout.logged_out
    logout_done: Callable[[int], bool] = logout.logout_done
    # who sees whose data
    is_staff: Callable[[Visit, Settings], bool] = staff.is_staff
    whose_data: Callable[[str, Mapping[str, str]], str] = pages.whose_data
    # the pages
    report_offered: Callable[[], bool] = pages.report_offered
    page_headers: Callable[[Sequence[str]], dict[str, str]] = pages.page_headers
    cache_control: Callable[[str], str] = pages.cache_control
    facts_for_scripts: Callable[[str, str], dict[str, str]] = pages.facts_for_scripts
    leaves_response_address: Callable[[], bool] = pages.leaves_response_address
    name_on_page: Callable[[str], str] = pages.name_on_page
    words_of_provider: Callable[[str], str] = pages.words_of_provider
    farewell: Callable[[str], str] = pages.farewell
    name_left_behind: Callable[[str], str] = pages.name_left_behind
    next_page: Callable[[str], str] = pages.next_page
    first_page_parameters: Callable[[str, str], dict[str, Any]] = pages.first_page_parameters


SOUND = Rules()
