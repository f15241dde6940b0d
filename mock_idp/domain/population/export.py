"""The lines of a school's export for the crowd, where the record of a pupil says already what their life would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mock_idp.domain.population.pupil import Pupil


def settled_row(pupil: Pupil, password: str) -> tuple[str, ...] | None:
    """Return the cells of `SCHOOL_COLUMNS` of a pupil for whom nothing changes during the school year.

    None for everybody else: then the life has to be folded up to the day, which takes several times as long.
    """
    if pupil.moved_on or pupil.left_on or pupil.second_school or pupil.second_user_name:
        return None
    return pupil.family_name, pupil.given_name, pupil.stamnummer, pupil.group.name, pupil.user_name, password
