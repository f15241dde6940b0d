"""Circumstances of the datastore that ACM asks at every sign-in: late, away, or ruled otherwise than we guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from mock_idp.domain.datastore.enquiry import Enquiry, Reach
from mock_idp.domain.leerid.rules import Rotation
from mock_idp.faults.registry import circumstance
from mock_idp.faults.seam import Seam

LAG: Final = timedelta(days=14)
"""Schools have seven days to register (DISCIMUS), and LeerID follows later; two weeks is a guess at the sum."""
SLOW_S: Final = 3.0


@circumstance(Seam.DATASTORE, requirements=["LR-12", "LR-13"])
def lagging(enquiry: Enquiry) -> Enquiry:
    """The datastore answers with what was known two weeks ago."""
    return replace(enquiry, known_on=enquiry.day - LAG)


@circumstance(Seam.DATASTORE, requirements=["LR-11"])
def slow(enquiry: Enquiry) -> Enquiry:
    """The datastore takes three seconds to answer ACM."""
    return replace(enquiry, delay_s=SLOW_S)


@circumstance(Seam.DATASTORE, requirements=["LR-09", "LR-17"])
def away(enquiry: Enquiry) -> Enquiry:
    """The datastore does not answer, and ACM says so on a page of its own."""
    return replace(enquiry, reach=Reach.AWAY)


@circumstance(Seam.DATASTORE, requirements=["LR-09", "LR-17"])
def away_told(enquiry: Enquiry) -> Enquiry:
    """The datastore does not answer, and ACM sends the error temporarily_unavailable to the application."""
    return replace(enquiry, reach=Reach.AWAY_AND_TOLD)


@circumstance(Seam.DATASTORE, requirements=["LR-35"])
def account_uuid_kept(enquiry: Enquiry) -> Enquiry:
    """An account keeps its uuid when the pupil is identified, so that the history is empty."""
    return replace(enquiry, rules=replace(enquiry.rules, keeps_account_uuid=True))


@circumstance(Seam.DATASTORE, requirements=["LR-26"])
def leer_id_changes(enquiry: Enquiry) -> Enquiry:
    """A pupil gets another leer_id_uuid when a number of the register replaces the BIS number."""
    return replace(enquiry, rules=replace(enquiry.rules, changes_leer_id=True))


@circumstance(Seam.DATASTORE, requirements=["LR-31"])
def account_uuid_per_sign_in(enquiry: Enquiry) -> Enquiry:
    """A temporary account gets a new uuid at every sign-in."""
    return replace(enquiry, rules=replace(enquiry.rules, rotation=Rotation.PER_SIGN_IN))


@circumstance(Seam.DATASTORE, requirements=["LR-26"])
def account_uuid_lasting(enquiry: Enquiry) -> Enquiry:
    """A temporary account keeps its uuid at a new school and in a new school year."""
    return replace(enquiry, rules=replace(enquiry.rules, rotation=Rotation.LASTING))


@circumstance(Seam.DATASTORE, requirements=["LR-03", "LR-04"])
def all_enrolments(enquiry: Enquiry) -> Enquiry:
    """The datastore tells ended and future enrolments as well, all with their dates."""
    return replace(enquiry, with_all_enrolments=True)


@circumstance(Seam.DATASTORE, requirements=["LR-01"])
def enrolment_demanded(enquiry: Enquiry) -> Enquiry:
    """A pupil without enrolment is refused by ACM itself, with the error access_denied."""
    return replace(enquiry, demands_enrolment=True)
