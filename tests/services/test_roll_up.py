# SPDX-License-Identifier: MIT
"""Figures of regions, against sums done by hand and by brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.ids import MeasureId, TerritoryId
from app.models.reports import BalanceReport
from app.models.territory import Territory
from app.services.balance import balance_report
from app.services.hierarchy import leaf_territories, leaves_below
from app.services.roll_up import RolledUp, report_at_level, roll_up


def _territories(parents: dict[int, int | None]) -> list[Territory]:
    return [
        Territory(TerritoryId(id_), f"T{id_}", parent_id=None if up is None else TerritoryId(up))
        for id_, up in parents.items()
    ]


def _report(leaves: list[TerritoryId], totals: list[float], nobody: float = 0.0) -> BalanceReport:
    values = np.array([*totals, nobody, 0.0])
    counts = np.array([*(float(i + 1) for i in range(len(leaves))), 2.0, 0.0])
    return balance_report(MeasureId(1), leaves, values, counts, [1.0] * len(leaves), 0.15)


def test_regions_sum_up_what_lies_below_at_every_level() -> None:
    """T1 has T2 (with T3, T4) and T5; T6 stands alone; ideal (10 + 20 + 30 + 60) / 4 = 30."""
    territories = _territories({1: None, 2: 1, 3: 2, 4: 2, 5: 1, 6: None})
    leaves = [TerritoryId(each) for each in (3, 4, 5, 6)]
    report = _report(leaves, [10.0, 20.0, 30.0, 60.0], nobody=30.0)
    lines = {int(line.territory.id): line for line in roll_up(report, territories)}
    assert [int(line.territory.id) for line in roll_up(report, territories)] == [1, 2, 3, 4, 5, 6]
    region, district = lines[1], lines[2]
    assert (region.total, region.ideal, region.account_count) == (60.0, 90.0, 1 + 2 + 3)
    assert (region.part_count, region.depth) == (3, 0)
    assert region.deviation_fraction == pytest.approx((60 - 90) / 90)
    assert region.share_fraction == pytest.approx(60 / 150)
    assert region.is_within_tolerance is False
    assert (district.total, district.ideal, district.part_count) == (30.0, 60.0, 2)
    assert district.parent == 1
    assert (lines[6].total, lines[6].part_count, lines[6].deviation_fraction) == (60.0, 0, 1.0)


def test_a_region_that_holds_something_itself_counts_it_too() -> None:
    territories = _territories({1: None, 2: 1})
    report = _report([TerritoryId(1), TerritoryId(2)], [10.0, 30.0])
    region, part = roll_up(report, territories)
    assert (region.total, region.ideal, region.part_count) == (40.0, 40.0, 1)
    assert part.total == 30.0


def test_a_region_without_compared_territories_has_no_ideal() -> None:
    (line,) = roll_up(_report([], []), _territories({1: None}))
    assert (line.ideal, line.deviation_fraction, line.total) == (None, None, 0.0)


@given(st.lists(st.tuples(st.integers(0, 7), st.floats(0, 1e6)), min_size=1, max_size=8))
def test_every_region_has_the_sum_of_its_leaves(rows: list[tuple[int, float]]) -> None:
    parents = {i + 1: (up if 1 <= up <= i else None) for i, (up, _) in enumerate(rows)}
    territories = _territories(parents)
    leaves = [leaf.id for leaf in leaf_territories(territories, set())]
    report = _report(leaves, [rows[int(leaf) - 1][1] for leaf in leaves], nobody=5.0)
    lines = roll_up(report, territories)
    by_leaf = {row.territory_id: row for row in report.rows}
    for line in lines:
        below = leaves_below(line.territory.id, territories, leaf_territories(territories, set()))
        assert line.total == pytest.approx(sum(by_leaf[leaf].total for leaf in below))
        assert line.account_count == sum(by_leaf[leaf].account_count for leaf in below)
    assert _top_sum(lines) == pytest.approx(sum(rows[int(leaf) - 1][1] for leaf in leaves))


def _top_sum(lines: tuple[RolledUp, ...]) -> float:
    return sum(line.total for line in lines if line.depth == 0)


def test_a_level_shows_its_regions_and_what_lies_in_none() -> None:
    """T1 has T2 (with T3, T4) and T5; T6 stands alone: at the top they are T1 and T6."""
    territories = _territories({1: None, 2: 1, 3: 2, 4: 2, 5: 1, 6: None})
    report = _report([TerritoryId(each) for each in (3, 4, 5, 6)], [10.0, 20.0, 30.0, 60.0], 30.0)
    top = report_at_level(report, territories, 0)
    assert [(row.territory_id, row.total, row.ideal) for row in top.rows[:2]] == [
        (1, 60.0, 90.0),
        (6, 60.0, 30.0),
    ]
    assert (top.territory_count, top.within_count, top.max_abs_deviation) == (2, 0, 1.0)
    assert (top.total, sum(row.total for row in top.rows)) == (150.0, 150.0)
    middle = report_at_level(report, territories, 1)
    assert [row.territory_id for row in middle.rows[:-1]] == [2, 5, 6]
    assert sum(row.total for row in middle.rows) == 150.0


def test_what_a_region_holds_itself_stays_on_a_row_of_its_own() -> None:
    territories = _territories({1: None, 2: 1, 3: 2})
    report = _report([TerritoryId(1), TerritoryId(3)], [10.0, 30.0])
    rows = report_at_level(report, territories, 1).rows
    assert [(row.territory_id, row.total) for row in rows[:2]] == [(1, 10.0), (2, 30.0)]
