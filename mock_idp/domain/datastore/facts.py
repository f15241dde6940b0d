"""What the datastore answers. Nothing of it is released but through a claims profile."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  pydantic reads it at run time
from dataclasses import dataclass
from typing import TypeAlias

from mock_idp.domain.leerid.account import AccountState
from mock_idp.domain.leerid.student import Enrolment  # noqa: TC001  same


@dataclass(frozen=True, kw_only=True, slots=True)
class StudentFacts:
    """What is true of a student's account. `is_dated`: `enrolments` holds ended and future ones too, with dates."""

    account_uuid: str
    leer_id_uuid: str | None
    history: tuple[str, ...]
    given_name: str | None
    family_name: str
    birth_day: str
    birth_month: str
    birth_year: str
    email: str | None
    enrolments: tuple[Enrolment, ...]
    is_dated: bool = False
    account_state: AccountState = AccountState.ACTIVE


@dataclass(frozen=True, kw_only=True)
class OtherIdentity:
    """What is told of somebody in another capacity or organisation. `roles`: each as it is told, Role:ORGCODE."""

    vo: Mapping[str, str]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CitizenFacts:
    """What ACM knows of somebody who is no pupil; LeerID knows nothing of them. `subject`: 40 hexadecimal digits.

    `vo` and `roles`: what is told of the identity that they use most; `others`: of those beside it.
    `means`: the URNs by which they sign in, what they use most first; those of everybody when it is empty.
    """

    subject: str
    given_name: str
    family_name: str
    vo: Mapping[str, str]
    roles: tuple[str, ...] = ()
    others: tuple[OtherIdentity, ...] = ()
    means: tuple[str, ...] = ()


Facts: TypeAlias = StudentFacts | CitizenFacts
