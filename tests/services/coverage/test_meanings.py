# SPDX-License-Identifier: MIT
"""Which measure is revenue and which is potential, by name unless the user says so."""

import pytest

from app.models.geounit import GeoLevel
from app.models.ids import MeasureId
from app.models.measure import VISIT_HOURS, Measure, MeasureKind
from app.services.coverage.meanings import (
    possible_measures,
    potential_measure,
    revenue_measure,
)


def measures(*names: str) -> tuple[Measure, ...]:
    """Measures of money with these names, numbered from 1."""
    return tuple(Measure(MeasureId(at + 1), n, MeasureKind.MONEY) for at, n in enumerate(names))


@pytest.mark.parametrize(
    ("names", "potential", "revenue"),
    [
        (("Annual sales", "Potential"), "Potential", "Annual sales"),
        (("Sales target", "Revenue", "Market potential"), "Market potential", "Revenue"),
        (("Umsatz 2024", "Umsatz", "Potenzial"), "Potenzial", "Umsatz"),
        (("Sales potential", "Employees"), "Sales potential", None),
        (("Employees", "Wholesales"), None, None),
    ],
)
def test_names_tell(names: tuple[str, ...], potential: str | None, revenue: str | None) -> None:
    found = potential_measure(measures(*names), None), revenue_measure(measures(*names), None)
    assert tuple(each and each.name for each in found) == (potential, revenue)


def test_what_the_user_says_comes_first() -> None:
    listed = measures("Revenue", "Potential", "Spend")
    found = revenue_measure(listed, MeasureId(3))
    assert found is not None
    assert found.name == "Spend"
    # A measure that is gone leaves the guess.
    again = revenue_measure(listed, MeasureId(9))
    assert again is not None
    assert again.name == "Revenue"


def test_market_data_and_computed_measures_do_not_count() -> None:
    market = Measure(MeasureId(1), "Potential", MeasureKind.MONEY, level=GeoLevel.ZIP)
    hours = Measure(VISIT_HOURS, "Visit hours", MeasureKind.HOURS)
    count = Measure(MeasureId(0), "Accounts", MeasureKind.COUNT)
    assert possible_measures((count, market, hours)) == ()
    assert potential_measure((count, market, hours), None) is None
