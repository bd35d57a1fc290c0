# SPDX-License-Identifier: MIT
"""Days are counted from the first of January 1970, and back."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.models.days import date_of, day_number


def test_the_first_day_is_zero() -> None:
    assert day_number(dt.date(1970, 1, 1)) == 0
    assert day_number(dt.date(1970, 3, 1)) == 31 + 28
    assert date_of(-1) == dt.date(1969, 12, 31)


@given(st.dates())
def test_every_day_is_found_again(day: dt.date) -> None:
    assert date_of(day_number(day)) == day
