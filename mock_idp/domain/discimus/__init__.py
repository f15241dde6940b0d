"""DISCIMUS: what schools register about their pupils, sometimes late, sometimes corrected.

LeerID is made from it and knows no more than it (protocol of 7 March 2023, recital C). What belongs here: schools, the
moments of a life that schools and AGODI write down, and the register as it reads on a day. Accounts do not.
"""

from mock_idp.domain.discimus.life import Birth, Identities, Life, Moment, Sex
from mock_idp.domain.discimus.moments import (
    AgreementEnded,
    Cancelled,
    Enrolled,
    Identified,
    Left,
    Moved,
    NameCorrected,
    NumberLost,
    NumberReplaced,
    Regrouped,
    SchoolRenumbered,
    Status,
)
from mock_idp.domain.discimus.register import PupilRecord, Registration, record_of
from mock_idp.domain.discimus.school import Agreement, Group, School, groups, schools

__all__ = [
    "Agreement",
    "AgreementEnded",
    "Birth",
    "Cancelled",
    "Enrolled",
    "Group",
    "Identified",
    "Identities",
    "Left",
    "Life",
    "Moment",
    "Moved",
    "NameCorrected",
    "NumberLost",
    "NumberReplaced",
    "PupilRecord",
    "Registration",
    "Regrouped",
    "School",
    "SchoolRenumbered",
    "Sex",
    "Status",
    "groups",
    "record_of",
    "schools",
]
