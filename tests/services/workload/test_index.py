# SPDX-License-Identifier: MIT
"""The index by hand, and the break points of its weights against a fine sweep."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.models.ids import MeasureId, TerritoryId
from app.models.work import IndexWeight
from app.models.workload import IndexStanding
from app.services.balance import deviation
from app.services.workload.index import IndexPart, index_parts, index_values
from app.services.workload.sensitivity import sensitivity, standing

WORK, POTENTIAL, SALES = MeasureId(-1), MeasureId(1), MeasureId(2)
WEIGHTS = (IndexWeight(WORK, 0.6), IndexWeight(POTENTIAL, 0.3), IndexWeight(SALES, 0.1))


def test_the_index_of_an_account_is_its_weighted_share_of_the_plan() -> None:
    columns = {
        WORK: np.array([10.0, 30.0]),
        POTENTIAL: np.array([100.0, 100.0]),
        SALES: np.array([0.0, 7.0]),
    }
    values = index_values(WEIGHTS, columns.__getitem__, 2)
    # 60 x 10/40 + 30 x 1/2 + 10 x 0, and the rest
    assert values.tolist() == pytest.approx([30.0, 70.0])


def test_weights_need_not_sum_to_one() -> None:
    columns = {WORK: np.array([1.0, 3.0]), POTENTIAL: np.array([1.0, 1.0])}
    weights = (IndexWeight(WORK, 3.0), IndexWeight(POTENTIAL, 1.0))
    assert index_values(weights, columns.__getitem__, 2).tolist() == pytest.approx([31.25, 68.75])


def test_a_measure_without_a_total_is_left_out_and_the_others_make_up_for_it() -> None:
    parts = index_parts(WEIGHTS, [40.0, 0.0, 10.0])
    assert [part.effective for part in parts] == pytest.approx([6 / 7, 0.0, 1 / 7])
    assert [part.is_left_out for part in parts] == [False, True, False]


def test_an_index_of_nothing_is_zero() -> None:
    assert index_values((), lambda _m: np.zeros(2), 2).tolist() == [0.0, 0.0]
    zeros = index_values(WEIGHTS, lambda _m: np.zeros(2), 2)
    assert zeros.tolist() == [0.0, 0.0]


def test_break_points_by_hand() -> None:
    # Work: 3/4 and 1/4 of the plan; sales: half each. With all on sales both are at their ideal
    # of 1/2; the first is at (3/4 t + 1/2 (1 - t)) / (1/2) - 1 = t / 2, over from t = 0.3 on.
    parts = (IndexPart(WORK, 0.6, 0.6, 40.0), IndexPart(SALES, 0.4, 0.4, 10.0))
    shares = np.array([[0.75, 0.25], [0.5, 0.5]])
    report = sensitivity(WORK, parts, [TerritoryId(1), TerritoryId(2)], shares, [1.0, 1.0], 0.15)
    first, second = report.territories
    assert [(s.first, s.last) for s in first.spans] == [
        (0.0, pytest.approx(0.3)),
        (pytest.approx(0.3), 1.0),
    ]
    assert [s.standing for s in first.spans] == [IndexStanding.WITHIN, IndexStanding.OVER]
    assert [s.standing for s in second.spans] == [IndexStanding.WITHIN, IndexStanding.UNDER]
    assert first.flips
    assert report.all_within == ((0.0, pytest.approx(0.3)),)
    assert report.weight == 0.6


def test_an_index_of_one_measure_never_flips() -> None:
    parts = (IndexPart(WORK, 1.0, 1.0, 40.0),)
    shares = np.array([[0.75, 0.25]])
    report = sensitivity(WORK, parts, [TerritoryId(1), TerritoryId(2)], shares, [1.0, 1.0], 0.15)
    assert {s.standing for each in report.territories for s in each.spans} == {
        IndexStanding.OVER,
        IndexStanding.UNDER,
    }
    assert not any(each.flips for each in report.territories)


def test_the_boundary_belongs_to_within() -> None:
    assert standing(0.15, 0.15) is IndexStanding.WITHIN
    assert standing(-0.15, 0.15) is IndexStanding.WITHIN
    assert standing(None, 0.15) is IndexStanding.UNDEFINED


SHARE = st.integers(0, 40).map(lambda n: n / 40)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(SHARE, min_size=3, max_size=3), min_size=2, max_size=4),
    weights=st.lists(st.integers(0, 10), min_size=4, max_size=4),
    capacity=st.lists(st.sampled_from([1.0, 0.6, 2.0]), min_size=3, max_size=3),
    slid=st.integers(0, 1),
)
def test_break_points_agree_with_a_fine_sweep(
    rows: list[list[float]], weights: list[int], capacity: list[float], slid: int
) -> None:
    shares = np.array(rows)
    whole = sum(weights[: len(rows)])
    assume(whole > 0)
    parts = tuple(
        IndexPart(MeasureId(at + 1), weights[at], weights[at] / whole, 1.0)
        for at in range(len(rows))
    )
    ids = [TerritoryId(1), TerritoryId(2), TerritoryId(3)]
    report = sensitivity(parts[slid].measure, parts, ids, shares, capacity, 0.15)
    others = [p.effective for at, p in enumerate(parts) if at != slid]
    own = others if sum(others) > 0 else [1.0] * len(others)
    rest = [each / sum(own) for each in own]
    for t in np.linspace(0.0, 1.0, 41):
        mixed = [w * (1 - t) for w in rest]
        mixed.insert(slid, t)
        index = np.array(mixed) @ shares
        for at, spans in enumerate(report.territories):
            ideal = float(index.sum()) * capacity[at] / sum(capacity)
            off = deviation(float(index[at]), ideal)
            if off is not None and abs(abs(off) - 0.15) < 1e-9:
                continue  # on a break point, where rounding decides
            if abs(ideal) < 1e-12:
                continue
            found = [s.standing for s in spans.spans if s.first <= t <= s.last]
            assert standing(off, 0.15) in found
