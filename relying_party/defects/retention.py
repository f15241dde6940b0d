"""Defects in how long accounts are kept, and in their deletion."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from relying_party.accounts import retention
from relying_party.accounts.models import Account
from relying_party.defects.registry import defect
from relying_party.signin import keeping

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from relying_party.accounts.retention import Kept

TWO_YEARS = timedelta(days=730)
THREE_YEARS = timedelta(days=1095)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@defect(replaces=keeping.may_purge, requirements=("LR-24", "LR-69"))
def purge_asks_provider(issuer: str) -> bool:
    """Deletes only while the provider answers."""
    import httpx  # noqa: PLC0415  takes a while to import, which nothing else here needs

    try:
        return httpx.get(f"{issuer}/.well-known/openid-configuration", trust_env=False).is_success
    except httpx.HTTPError:
        return False


@defect(replaces=retention.keep_until, requirements=("LR-20",))
def counted_from_first_sign_in(kept: Kept) -> datetime:
    """Deletes accounts three years after the first sign-in."""
    return retention.keep_until(replace(kept, last_sign_in_at=kept.created_at))


@defect(replaces=retention.keep_until, requirements=("LR-18", "LR-21"))
def purged_with_the_school_year(kept: Kept) -> datetime:
    """Deletes accounts when the school year of the last sign-in is over."""
    last = kept.last_sign_in_at
    ends = datetime(last.year, 9, 1, tzinfo=UTC)
    return ends if last < ends else ends.replace(year=last.year + 1)


@defect(replaces=retention.keep_until, requirements=("LR-25",))
def years_of_365_days(kept: Kept) -> datetime:
    """Deletes accounts after three times 365 days, a day too early where a leap day lies between."""
    return kept.last_sign_in_at + THREE_YEARS


@defect(replaces=retention.keep_until, requirements=("LR-25",))
def purged_at_start_of_day(kept: Kept) -> datetime:
    """Deletes accounts at the start of the day on which three years are over, in UTC."""
    until = kept.last_sign_in_at.astimezone(UTC)
    shifted = until.day - (until.month == 2 and until.day == 29)  # noqa: PLR2004  a leap day
    return datetime(until.year + retention.YEARS, until.month, shifted, tzinfo=UTC)


@defect(replaces=retention.keep_until, requirements=("LR-25",))
def leap_day_crashes(kept: Kept) -> datetime:
    """Crashes on an account whose last sign-in was on 29 February."""
    kept.last_sign_in_at.replace(year=kept.last_sign_in_at.year + retention.YEARS)
    return retention.keep_until(kept)


@defect(replaces=retention.keep_until, requirements=("LR-18",))
def purged_after_two_years(kept: Kept) -> datetime:
    """Deletes accounts two years after the last sign-in."""
    return kept.last_sign_in_at + TWO_YEARS


@defect(replaces=retention.keep_until, requirements=("LR-19",))
def purged_never(_kept: Kept) -> datetime:
    """Keeps accounts for ever."""
    return NEVER


@defect(replaces=retention.delete_everything, requirements=("LR-19", "LR-22"))
def links_deleted_alone(session: Session, person_id: str) -> None:
    """Deletes the keys of an account, and leaves the person and what was told of them."""
    session.execute(delete(Account).where(Account.person_id == person_id))
