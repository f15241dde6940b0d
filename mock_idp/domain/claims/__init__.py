"""What is let out: one table from wire claim to field, profiles that choose from it, and the release of the claims.

What belongs here: names, forms and scopes on the wire, and who may have what. What is true of a person does not.
"""

from mock_idp.domain.claims.profile import ClaimsProfile, Subject, read_profile
from mock_idp.domain.claims.registry import (
    DEFAULT_PROFILE,
    ClaimsProfiles,
    built_in_profiles,
    claims_profile,
    profile_names,
)
from mock_idp.domain.claims.release import release
from mock_idp.domain.claims.table import OFFLINE_ACCESS, OPENID, Certainty, Claim, claims_table

__all__ = [
    "DEFAULT_PROFILE",
    "OFFLINE_ACCESS",
    "OPENID",
    "Certainty",
    "Claim",
    "ClaimsProfile",
    "ClaimsProfiles",
    "Subject",
    "built_in_profiles",
    "claims_profile",
    "claims_table",
    "profile_names",
    "read_profile",
    "release",
]
