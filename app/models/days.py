# SPDX-License-Identifier: MIT
"""Days as the plan file counts them."""

from datetime import date

_FIRST = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _FIRST


def date_of(day: int) -> date:
    """The date that is this many days after 1970-01-01.

    Raises:
        ValueError: It is before the year 1 or after the year 9999.
    """
    return date.fromordinal(_FIRST + day)
