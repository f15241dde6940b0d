"""Defects in taking a logout that the provider tells behind the browser's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relying_party.defects.registry import defect
from relying_party.signin.guards import logout_token
from relying_party.signin.rules import logout

if TYPE_CHECKING:
    from relying_party.accounts.sessions import Sessions, Vouched
    from relying_party.signin.evidence import Evidence


@defect(replaces=logout_token.logout_kind, requirements=("LGT-19",))
def logout_kind_unchecked(_evidence: Evidence) -> bool:
    """Accepts a logout token that says that it is a token of another kind."""
    return True


@defect(replaces=logout_token.logout_algorithm, requirements=("LGT-07",))
def logout_algorithm_unchecked(_evidence: Evidence) -> bool:
    """Accepts a logout token of any algorithm."""
    return True


@defect(replaces=logout_token.logout_signature, requirements=("LGT-09",))
def logout_signature_unchecked(_evidence: Evidence) -> bool:
    """Accepts a logout token that anybody signed."""
    return True


@defect(replaces=logout_token.logout_issuer, requirements=("LGT-10",))
def logout_issuer_unchecked(_evidence: Evidence) -> bool:
    """Accepts a logout token of another issuer."""
    return True


@defect(replaces=logout_token.logout_audience, requirements=("LGT-11",))
def logout_audience_unchecked(_evidence: Evidence) -> bool:
    """Accepts a logout token that is meant for another application."""
    return True


@defect(replaces=logout_token.logout_expiry, requirements=("LGT-15",))
def logout_expiry_unchecked(_evidence: Evidence) -> bool:
    """Accepts a logout token that has expired, or never does."""
    return True


@defect(replaces=logout_token.logout_issued_at, requirements=("LGT-15",))
def logout_issued_at_unchecked(_evidence: Evidence) -> bool:
    """Accepts a logout token that does not say when it was made."""
    return True


@defect(replaces=logout_token.logout_event, requirements=("LGT-12", "LGT-13"))
def logout_event_unchecked(_evidence: Evidence) -> bool:
    """Accepts a logout token that tells of something else."""
    return True


@defect(replaces=logout_token.logout_without_nonce, requirements=("LGT-14",))
def logout_nonce_unchecked(_evidence: Evidence) -> bool:
    """Accepts a logout token with a nonce, as ID tokens have one."""
    return True


@defect(replaces=logout_token.logout_form, requirements=("LGT-20",))
def logout_rubbish_crashes(evidence: Evidence) -> bool:
    """Crashes on a logout token that is no token at all."""
    if not logout_token.logout_form(evidence):
        raise ValueError("nobody thought of that")
    return True


ACCEPTED_IDS: set[str] = set()


@defect(replaces=logout_token.logout_without_nonce, requirements=("LGT-16",))
def logout_id_repeated_crashes(evidence: Evidence) -> bool:
    """Crashes on a logout token with an id that it has accepted before."""
    told = str(evidence.claims.get("jti", ""))
    if told in ACCEPTED_IDS:
        raise ValueError("nobody thought of that")
    is_right = logout_token.logout_without_nonce(evidence)
    ACCEPTED_IDS.update({told} if told and is_right else ())
    return is_right


@defect(replaces=logout_token.logout_about, requirements=("LGT-17",))
def logout_about_anybody(_evidence: Evidence) -> bool:
    """Accepts a logout token that names nobody."""
    return True


@defect(replaces=logout.logout_token_sent, requirements=("LGT-20",))
def logout_token_in_json(sent: logout.Sent) -> str:
    """Takes a logout token in JSON as well."""
    told = sent.json
    return str(told.get("logout_token", "")) if isinstance(told, dict) else logout.logout_token_sent(sent)


@defect(replaces=logout.logout_token_sent, requirements=("LGT-20",))
def logout_token_in_address(sent: logout.Sent) -> str:
    """Takes a logout token that stands in the address as well."""
    return sent.address.get("logout_token", "") or logout.logout_token_sent(sent)


@defect(replaces=logout.logout_token_sent, requirements=("LGT-20",))
def logout_token_missing_crashes(sent: logout.Sent) -> str:
    """Crashes on a logout request that holds no token."""
    return dict(sent.form)["logout_token"]


@defect(
    replaces=logout_token.logout_event,
    requirements=("LGT-12", "LGT-19"),
    beside={logout_token.logout_without_nonce: lambda _evidence: True},
)
def logout_by_any_token(_evidence: Evidence) -> bool:
    """Takes whatever its provider signed for it for a logout token, an ID token too."""
    return True


@defect(replaces=logout.logged_out, requirements=("LGT-06",))
def logout_ends_nothing(_sessions: Sessions, _vouched: Vouched) -> int:
    """Answers a logout token and ends no session."""
    return 0


@defect(replaces=logout.logout_done, requirements=("LGT-18",))
def logout_of_nobody_refused(ended: int) -> bool:
    """Answers that a logout failed when nobody was signed in any more."""
    return ended > 0
