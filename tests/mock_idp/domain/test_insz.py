"""National numbers: right, and nobody's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum.be import bis, nn

from mock_idp.domain.insz import fictitious_insz

DATES = {"year": st.integers(1950, 2025), "month": st.integers(1, 12), "day": st.integers(1, 28)}


@given(male=st.booleans(), **DATES)
def test_a_fictitious_number_passes_the_check_of_python_stdnum(year: int, month: int, day: int, *, male: bool) -> None:
    number = fictitious_insz(year=year, month=month, day=day, male=male)
    assert nn.is_valid(number)
    assert nn.get_gender(number) == ("M" if male else "F")


@given(male=st.booleans(), **DATES)
def test_a_fictitious_bis_number_passes_the_check_of_python_stdnum(
    year: int, month: int, day: int, *, male: bool
) -> None:
    assert bis.is_valid(fictitious_insz(year=year, month=month, day=day, male=male, bis=True))


@given(male=st.booleans(), **DATES)
def test_a_fictitious_number_can_belong_to_nobody(year: int, month: int, day: int, *, male: bool) -> None:
    assert fictitious_insz(year=year, month=month, day=day, male=male)[6:9] in {"999", "000"}


def test_known_examples_come_out() -> None:
    assert fictitious_insz(year=2012, month=3, day=14, male=True) == "12031499947"
    assert fictitious_insz(year=2012, month=3, day=14, male=False) == "12031400076"
