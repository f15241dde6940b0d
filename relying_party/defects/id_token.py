"""Defects in judging the claims of the ID token."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from joserfc.util import urlsafe_b64decode

from relying_party.defects.registry import defect
from relying_party.signin import tokens
from relying_party.signin.guards import id_token

if TYPE_CHECKING:
    from relying_party.signin.evidence import Evidence


@defect(replaces=id_token.compact_form, requirements=("SIG-26", "LR-60"))
def rubbish_token_crashes(evidence: Evidence) -> bool:
    """Crashes on something that is no token at all."""
    if not id_token.compact_form(evidence):
        raise ValueError("nobody thought of that")
    return True


@defect(replaces=tokens.open_token, requirements=("CLM-07",))
def first_of_two_members_read(compact: object) -> tokens.IdToken:
    """Reads the first of two members with one name in an ID token, where others read the last."""
    token = tokens.open_token(compact)
    if not token.well_formed:
        return token
    payload = urlsafe_b64decode(token.signed.partition(b".")[2])
    return replace(token, claims=json.loads(payload, object_pairs_hook=lambda pairs: dict(reversed(pairs))))


@defect(replaces=id_token.issuer, requirements=("CLM-01", "CLM-02", "LR-60"))
def issuer_unchecked(_evidence: Evidence) -> bool:
    """Accepts an ID token of any issuer."""
    return True


@defect(replaces=id_token.issuer, requirements=("CLM-04",))
def issuer_slash_ignored(evidence: Evidence) -> bool:
    """Takes an issuer with a slash at its end for the same issuer."""
    return str(evidence.claims.get("iss")).rstrip("/") == evidence.issuer


@defect(replaces=id_token.issuer, requirements=("CLM-02", "CLM-03"))
def issuer_optional(evidence: Evidence) -> bool:
    """Compares the issuer of an ID token only when there is one, and an empty text is none."""
    return not evidence.claims.get("iss") or id_token.issuer(evidence)


@defect(replaces=id_token.id_token_present, requirements=("TOK-07",))
def id_token_missing_crashes(evidence: Evidence) -> bool:
    """Crashes when the token response holds no ID token."""
    return bool(evidence.token_response["id_token"])


@defect(
    replaces=id_token.audience,
    requirements=("CLM-10", "CLM-15"),
    beside={id_token.authorized_party: lambda _evidence: True},
)
def meant_for_anybody(_evidence: Evidence) -> bool:
    """Accepts an ID token for whatever application it is meant, and to whichever it was handed."""
    return True


@defect(replaces=id_token.audience, requirements=("CLM-10", "CLM-11", "LR-60"))
def audience_unchecked(_evidence: Evidence) -> bool:
    """Accepts an ID token that is meant for another application."""
    return True


@defect(replaces=id_token.audience, requirements=("CLM-16",))
def audience_by_authorized_party(evidence: Evidence) -> bool:
    """Accepts an ID token for another audience when its authorized party is right."""
    other = isinstance(evidence.claims.get("aud"), str)
    return id_token.audience(evidence) or (other and evidence.claims.get("azp") == evidence.client_id)


@defect(replaces=id_token.audience, requirements=("CLM-13",))
def audience_extra_accepted(evidence: Evidence) -> bool:
    """Accepts an ID token that is meant for another application as well."""
    told = evidence.claims.get("aud")
    return id_token.audience(evidence) or (isinstance(told, list) and evidence.client_id in told)


@defect(replaces=id_token.audience, requirements=("CLM-12",))
def audience_text_only(evidence: Evidence) -> bool:
    """Refuses an ID token whose audience is a list, even a list of this application alone."""
    return evidence.claims.get("aud") == evidence.client_id


@defect(replaces=id_token.audience, requirements=("CLM-14",))
def audience_part_of_name(evidence: Evidence) -> bool:
    """Accepts an audience that has the name of this application in it, or is a part of that name."""
    told, own = evidence.claims.get("aud"), evidence.client_id
    return id_token.audience(evidence) or (isinstance(told, str) and (told in own or own in told))


@defect(replaces=id_token.audience, requirements=("CLM-14",))
def audience_case_ignored(evidence: Evidence) -> bool:
    """Accepts an audience that is this application in other capitals."""
    told = evidence.claims.get("aud")
    return id_token.audience(evidence) or str(told).casefold() == evidence.client_id.casefold()


@defect(replaces=id_token.audience, requirements=("CLM-14",))
def audience_list_of_none(evidence: Evidence) -> bool:
    """Looks for strangers in the audience, and finds none in an empty list."""
    return id_token.audience(evidence) or evidence.claims.get("aud") == []


@defect(replaces=id_token.authorized_party, requirements=("CLM-15",))
def authorized_party_unchecked(_evidence: Evidence) -> bool:
    """Accepts an ID token that was handed to another application."""
    return True


@defect(replaces=id_token.expiry, requirements=("CLM-17", "CLM-18", "LR-60"))
def expiry_unchecked(_evidence: Evidence) -> bool:
    """Accepts an ID token that has expired."""
    return True


@defect(replaces=id_token.expiry, requirements=("CLM-18",))
def expiry_optional(evidence: Evidence) -> bool:
    """Accepts an ID token that does not say when it expires."""
    return "exp" not in evidence.claims or id_token.expiry(evidence)


@defect(replaces=id_token.expiry, requirements=("CLM-19",))
def expiry_text_read(evidence: Evidence) -> bool:
    """Accepts an ID token that says as a text when it expires."""
    return isinstance(evidence.claims.get("exp"), str) or id_token.expiry(evidence)


@defect(replaces=id_token.expiry, requirements=("CLM-19",))
def expiry_in_whole_seconds(evidence: Evidence) -> bool:
    """Refuses an ID token that expires at a fraction of a second."""
    return isinstance(evidence.claims.get("exp"), int) and id_token.expiry(evidence)


@defect(replaces=id_token.expiry, requirements=("CLM-19",))
def expiry_as_date(evidence: Evidence) -> bool:
    """Crashes on an end that is no number, or beyond its calendar."""
    return bool(datetime.fromtimestamp(evidence.claims.get("exp", 0), UTC)) and id_token.expiry(evidence)


@defect(replaces=id_token.not_before, requirements=("CLM-22",))
def not_before_unchecked(_evidence: Evidence) -> bool:
    """Accepts an ID token that does not hold yet."""
    return True


@defect(replaces=id_token.not_before, requirements=("CLM-23",))
def not_before_without_leeway(evidence: Evidence) -> bool:
    """Refuses an ID token that holds in half a minute, by a clock that runs a little ahead."""
    return id_token.not_before(evidence) and bool(evidence.claims.get("nbf", 0) <= evidence.now)


@defect(replaces=id_token.issued_at, requirements=("CLM-20",))
def issued_at_optional(evidence: Evidence) -> bool:
    """Accepts an ID token that does not say when it was made."""
    return "iat" not in evidence.claims or id_token.issued_at(evidence)


@defect(replaces=id_token.issued_at, requirements=("CLM-23",))
def issued_at_without_leeway(evidence: Evidence) -> bool:
    """Refuses an ID token that was made by a clock that runs a little ahead."""
    return id_token.issued_at(evidence) and bool(evidence.claims["iat"] <= evidence.now + 1)


@defect(replaces=id_token.nonce, requirements=("CLM-24", "CLM-25", "CLM-26", "LR-60"))
def nonce_unchecked(_evidence: Evidence) -> bool:
    """Accepts an ID token that was made for another sign-in."""
    return True


@defect(replaces=id_token.nonce, requirements=("CLM-27",))
def nonce_supported_trusted(evidence: Evidence) -> bool:
    """Lets a claim of the token switch the check of the nonce off."""
    return evidence.claims.get("nonce_supported") is False or id_token.nonce(evidence)


@defect(replaces=id_token.subject, requirements=("CLM-05",))
def subject_optional(evidence: Evidence) -> bool:
    """Accepts an ID token without a subject and goes by the account it names."""
    return "sub" not in evidence.claims or id_token.subject(evidence)


@defect(replaces=id_token.subject, requirements=("CLM-06",))
def subject_of_any_kind(evidence: Evidence) -> bool:
    """Takes anything for a subject: an empty text, a number, a list."""
    return "sub" in evidence.claims


@defect(replaces=id_token.subject, requirements=("CLM-06",))
def subject_as_key_crashes(evidence: Evidence) -> bool:
    """Crashes on a subject that is a list or an object."""
    return bool({evidence.claims.get("sub")}) and id_token.subject(evidence)


@defect(replaces=id_token.authentication_moment, requirements=("CLM-28",))
def authentication_moment_optional(_evidence: Evidence) -> bool:
    """Asks for a largest age, and accepts an ID token that does not say when the pupil authenticated."""
    return True


@defect(replaces=id_token.authentication_age, requirements=("CLM-29",))
def authentication_age_unchecked(_evidence: Evidence) -> bool:
    """Asks for a largest age, and does not look at how old the authentication is."""
    return True


@defect(replaces=id_token.authentication_means, requirements=("CLM-30",))
def authentication_means_unchecked(_evidence: Evidence) -> bool:
    """Asks for means of authentication, and does not look at which one it was."""
    return True


@defect(replaces=id_token.authentication_means, requirements=("CLM-30",))
def authentication_means_optional(evidence: Evidence) -> bool:
    """Asks for means of authentication, and accepts an ID token that names none."""
    return "acr" not in evidence.claims or id_token.authentication_means(evidence)


@defect(replaces=id_token.access_token_hash, requirements=("CLM-32",))
def at_hash_unchecked(_evidence: Evidence) -> bool:
    """Accepts an ID token that came with another access token."""
    return True
