# SPDX-License-Identifier: MIT
"""Coverage, whitespace and penetration: the written golden example, edge cases and properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.models.coverage import Potential, Service
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.analysis.movement import Standing, bridge
from app.services.analysis.quotient import growth
from app.services.analysis.retention import retention
from app.services.coverage.report import CoverageFacts, CoverageTable, whitespace

# The golden example: accounts a to h in territories 1 {a, b, c}, 2 {d, e}, 3 {f, g, h}.
TERRITORY = np.array([0, 0, 0, 1, 1, 2, 2, 2], np.int32)
BEFORE = np.array([100, 50, 0, 200, 80, 40, 0, 0], float)
NOW = np.array([120, 30, 60, 0, 80, 50, 25, 0], float)
POTENTIAL = np.array([200, 100, 100, 250, 100, 150, 100, 300], float)


def facts_of(
    served: np.ndarray = TERRITORY,
    potential: np.ndarray = POTENTIAL,
    revenue: np.ndarray = NOW,
    calls: np.ndarray | None = None,
    reached: np.ndarray | None = None,
    vacant: tuple[bool, ...] = (False, False, False),
) -> CoverageFacts:
    """The golden accounts, or others."""
    return CoverageFacts(
        served=np.asarray(served, np.int32),
        is_vacant=np.array(vacant),
        potential=potential,
        revenue=revenue,
        reached=reached,
        calls=np.ones(len(potential)) if calls is None else calls,
    )


def table_of(facts: CoverageFacts) -> CoverageTable:
    """By territory, then nobody, then in dispute."""
    return CoverageTable.of(facts, facts.by_territory(), len(facts.is_vacant) + 2)


def test_the_golden_example_whitespace_and_penetration() -> None:
    table = table_of(facts_of())
    assert table.whitespace[:3].tolist() == [190, 270, 475]
    shares = [0.5250, 0.2286, 0.1364]
    assert table.value_penetration[:3] == pytest.approx(shares, abs=5e-5)
    assert table.account_penetration[:3] == pytest.approx([1.0, 0.5, 0.6667], abs=5e-5)
    shares = [190 / 400, 270 / 350, 475 / 550]
    assert table.whitespace[:3] / table.potential[:3] == pytest.approx(shares)
    assert np.isnan(table.value_penetration[3:]).all()


@pytest.mark.parametrize(
    ("territory", "grown", "logo", "gross", "net"),
    [
        (0, 0.4, 1.0, 0.8667, 1.0),
        (1, -0.7143, 0.5, 0.2857, 0.2857),
        (2, 0.875, 1.0, 1.0, 1.25),
        (None, -0.2234, 0.8, 0.5319, 0.5957),
    ],
)
def test_the_golden_example_growth_and_retention(
    territory: int | None, grown: float, logo: float, gross: float, net: float
) -> None:
    rows = np.ones(8, bool) if territory is None else territory == TERRITORY
    found = retention(BEFORE[rows], NOW[rows])
    assert growth(float(BEFORE[rows].sum()), float(NOW[rows].sum())).value == pytest.approx(
        grown, abs=5e-5
    )
    assert found.logo.value == pytest.approx(logo)
    assert found.gross.value == pytest.approx(gross, abs=5e-5)
    assert found.net.value == pytest.approx(net, abs=5e-5)


def test_the_golden_example_bridge_adds_up() -> None:
    standing = np.full(8, Standing.STEADY, np.int64)
    standing[[2, 6, 3, 7]] = Standing.NEW, Standing.WON_BACK, Standing.LOST, Standing.INACTIVE
    parts = bridge(BEFORE, NOW, standing)
    told = (parts.before, parts.churn, parts.contraction, parts.expansion, parts.new)
    assert told == (470, 200, 20, 30, 60)
    assert (parts.won_back, parts.now) == (25, 365)


def test_potential_is_told_apart_by_what_becomes_of_it() -> None:
    served = np.array([NOBODY, IN_DISPUTE, 0, 1, 1, 1, 2], np.int32)
    potential = np.array([10.0, 20, 40, 80, 160, 0, np.nan])
    revenue = np.array([5.0, 0, 0, 0, 100, 7, 0])
    reached = np.array([True, True, True, False, True, True, True])
    facts = facts_of(served, potential, revenue, reached=reached, vacant=(True, False, False))
    kinds = [
        *(Potential.UNASSIGNED, Potential.DISPUTED, Potential.VACANT, Potential.UNREACHED),
        *(Potential.WORKED, Potential.UNKNOWN, Potential.UNKNOWN),
    ]
    assert facts.kind.tolist() == kinds
    table = table_of(facts)
    assert table.by_kind.sum(axis=1).tolist() == [10, 20, 40, 80, 160]
    assert table.open_worked.sum() == 60
    # The account without potential sells, and counts in no share.
    assert table.revenue.tolist() == [0, 100, 0, 5, 0]
    assert table.accounts.tolist() == [1, 3, 1, 1, 1]
    assert table.reach[1] == 0.5


def test_without_records_nobody_is_called_unreached() -> None:
    facts = facts_of(reached=None)
    assert set(facts.kind.tolist()) == {Potential.WORKED}
    assert np.isnan(table_of(facts).reach).all()


def test_credit_notes_do_not_add_whitespace_and_overselling_has_none() -> None:
    found = whitespace(np.array([100.0, 100, 0, np.nan]), np.array([-50.0, 130, 20, 5]))
    assert found.tolist() == [100, 0, 0, 0]


def test_a_quarter_of_the_potential_with_a_tenth_of_the_calls_is_under_served() -> None:
    served = np.array([0, 1, 2, NOBODY], np.int32)
    potential, calls = np.array([250.0, 250, 250, 250]), np.array([10.0, 30, 60, 0])
    table = table_of(facts_of(served, potential, np.zeros(4), calls))
    assert table.service_ratio[:3] == pytest.approx([2.5, 0.25 / 0.3, 0.25 / 0.6])
    assert table.service == [
        *(Service.UNDER, Service.BALANCED, Service.OVER, Service.NOT_SERVED, Service.UNDEFINED)
    ]


def test_the_limits_of_the_service_ratio_are_in_proportion() -> None:
    served, calls = np.array([0, 1], np.int32), np.array([50.0, 50.0])
    table = table_of(facts_of(served, np.array([125.0, 75.0]), np.zeros(2), calls))
    assert table.service_ratio[:2].tolist() == [1.25, 0.75]
    assert table.service[:2] == [Service.BALANCED, Service.OVER]


def test_without_any_call_there_is_no_service_ratio() -> None:
    table = table_of(facts_of(calls=np.zeros(8)))
    assert table.service == [Service.UNDEFINED] * 5


def test_promising_areas_have_much_potential_and_sell_little_of_it() -> None:
    potential = np.array([100.0, 200, 300, 400])
    group = np.arange(4)
    facts = facts_of(np.zeros(4), potential, np.array([50.0, 100, 150, 40]))
    assert CoverageTable.of(facts, group, 4).is_promising.tolist() == [False, False, False, True]
    few = facts_of(np.zeros(3), potential[:3], np.array([1.0, 1, 1]))
    assert not CoverageTable.of(few, group[:3], 3).is_promising.any()


amounts = hnp.arrays(
    np.float64, 12, elements=st.one_of(st.just(np.nan), st.just(0.0), st.floats(-1e6, 1e6))
)


@given(
    served=hnp.arrays(np.int32, 12, elements=st.integers(-2, 2)),
    potential=amounts,
    revenue=amounts,
    calls=hnp.arrays(np.float64, 12, elements=st.floats(0, 100)),
    reached=st.one_of(st.none(), hnp.arrays(np.bool_, 12)),
    vacant=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_parts_add_up_and_nothing_is_infinite_where_it_must_not_be(
    served: np.ndarray,
    potential: np.ndarray,
    revenue: np.ndarray,
    calls: np.ndarray,
    reached: np.ndarray | None,
    vacant: tuple[bool, ...],
) -> None:
    facts = facts_of(served, potential, revenue, calls, reached, vacant)
    table = table_of(facts)
    known = np.isfinite(potential) & (potential > 0)
    assert table.accounts.sum() == 12
    assert table.known.sum() == known.sum()
    assert table.potential.sum() == pytest.approx(potential[known].sum())
    assert table.by_kind.sum(axis=0) == pytest.approx(table.potential)
    assert (table.whitespace <= table.potential + 1e-6).all()
    assert (table.open_worked <= table.by_kind[Potential.WORKED] + 1e-6).all()
    for share in (table.account_penetration, table.reach):
        assert (np.isnan(share) | ((share >= 0) & (share <= 1))).all()
    assert not np.isinf(table.value_penetration).any()
    # Another currency changes no share and no ratio.
    scaled = table_of(facts_of(served, potential * 2, revenue * 2, calls, reached, vacant))
    assert scaled.service == table.service
    np.testing.assert_allclose(scaled.whitespace, 2 * table.whitespace, rtol=1e-9)
