# SPDX-License-Identifier: MIT
"""Hours on the road against the formula by hand, and against loops over single accounts."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.ids import TerritoryId
from app.models.territory import Territory, TravelMode
from app.models.work import Surroundings, WorkSettings
from app.models.workload import BaseKind, TravelEstimate, TravelSource
from app.services.distance import EARTH_RADIUS_KM, distance_km
from app.services.workload.calibration import Factor, Factors
from app.services.workload.ground import SURROUNDINGS, AccountGround, unit_vectors
from app.services.workload.travel import TOUR_CONSTANT, TravelFacts, travel_estimates

ONE = Territory(TerritoryId(1), "One")
MIXED = SURROUNDINGS.index(Surroundings.MIXED)
CITY = SURROUNDINGS.index(Surroundings.CITY)


def ground(
    places: list[tuple[float, float]],
    units: list[int] | None = None,
    unit_km2: tuple[float, ...] = (100.0,),
    kinds: list[int] | None = None,
) -> AccountGround:
    lonlat = np.array(places, dtype=np.float64).reshape(-1, 2)
    is_placed = ~np.isnan(lonlat[:, 0])
    unit = np.array(units if units is not None else [0] * len(places), np.int32)
    return AccountGround(
        xyz=np.where(is_placed, unit_vectors(lonlat[:, 0], lonlat[:, 1]), 0.0),
        is_placed=is_placed,
        by_unit=np.argsort(unit, kind="stable"),
        unit=unit,
        unit_km2=np.array(unit_km2),
        surroundings=np.array(kinds if kinds is not None else [MIXED] * len(places), np.int8),
    )


def estimate(
    where: AccountGround,
    visits: list[float],
    territory: Territory = ONE,
    base: tuple[float, float] | None = None,
    work: WorkSettings | None = None,
    factors: Factors | None = None,
) -> TravelEstimate:
    facts = TravelFacts(
        where,
        np.array(visits),
        np.zeros(len(visits), np.int32),
        work or WorkSettings(),
        factors or {},
    )
    (made,) = travel_estimates([territory], {} if base is None else {territory.id: base}, facts)
    return made


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    (ax, ay), (bx, by) = np.array([a, b])[:, :, None]
    return float(distance_km(ax, ay, bx, by)[0])


def test_a_tour_of_many_stops_by_hand() -> None:
    # 24 visits of 12 accounts at one point one degree east of the base, 6 on a day: 4 days.
    # A day has 6 of the 12 places, so half of the 100 km2.
    made = estimate(ground([(1.0, 0.0)] * 12), [2.0] * 12, base=(0.0, 0.0))
    away = EARTH_RADIUS_KM * math.pi / 180
    assert made.days == 4
    assert made.stops_per_day == 6.0
    assert made.mean_distance_km == pytest.approx(away)
    assert made.day_area_km2 == 50.0
    # 25 km of the 111 at the speed of the surroundings, the rest at that of the countryside.
    assert made.day_long_hours == pytest.approx(2 * 1.25 * (25 / 70 + (away - 25) / 95))
    assert made.day_local_hours == pytest.approx(0.7124 * math.sqrt(50 * 6) * 1.25 / 40)
    assert made.hours == pytest.approx(4 * (made.day_long_hours + made.day_local_hours))
    assert (made.source, made.base_kind) == (TravelSource.ESTIMATE, BaseKind.REP)


def test_days_may_go_all_over_the_territory() -> None:
    work = WorkSettings(are_days_clustered=False)
    made = estimate(ground([(1.0, 0.0)] * 12), [2.0] * 12, base=(0.0, 0.0), work=work)
    assert made.day_area_km2 == 100.0
    assert made.day_local_hours == pytest.approx(0.7124 * math.sqrt(100 * 6) * 1.25 / 40)


def test_fewer_than_three_stops_are_the_sum_of_their_legs() -> None:
    # Two visits on one day at places two degrees apart: out, one leg between them, back.
    work = WorkSettings(visits_per_day=2.0)
    made = estimate(ground([(0.0, 1.0), (0.0, -1.0)]), [1.0, 1.0], base=(0.0, 0.0), work=work)
    chord = 2 * EARTH_RADIUS_KM * math.sin(math.radians(1.0))
    assert made.stops_per_day == 2.0
    assert made.leg_km == pytest.approx(chord)
    assert made.day_local_hours == pytest.approx(chord * 1.25 / 40)


def test_a_single_visit_is_there_and_back() -> None:
    made = estimate(ground([(1.0, 0.0)]), [1.0], base=(0.0, 0.0))
    assert made.days == 1
    assert made.day_local_hours == 0.0
    assert made.hours == pytest.approx(2 * 1.25 * (25 / 70 + (km((0, 0), (1, 0)) - 25) / 95))


def test_days_are_rounded_up_and_not_by_dust_of_sums() -> None:
    assert estimate(ground([(1.0, 0.0)]), [12.0]).days == 2
    assert estimate(ground([(1.0, 0.0)]), [12.5]).days == 3
    assert estimate(ground([(1.0, 0.0)] * 10), [0.6 + 1e-16] * 10).days == 1


def test_without_a_base_the_middle_of_the_visits_stands_in_and_is_told() -> None:
    made = estimate(ground([(0.0, 0.0), (4.0, 0.0)]), [3.0, 1.0])
    assert made.base_kind is BaseKind.CENTROID
    assert made.base is not None
    assert made.base == pytest.approx((1.0, 0.0), abs=1e-2)


def test_areas_count_once_and_only_where_somebody_is_visited() -> None:
    where = ground([(0.0, 0.0)] * 4, units=[0, 0, 1, 2], unit_km2=(10.0, 20.0, 40.0))
    assert estimate(where, [1.0, 1.0, 1.0, 0.0]).area_km2 == 30.0


def test_accounts_without_a_place_count_for_days_and_are_told() -> None:
    where = ground([(1.0, 0.0), (math.nan, math.nan)])
    made = estimate(where, [6.0, 6.0], base=(0.0, 0.0))
    assert (made.days, made.place_count, made.unplaced_count) == (2, 1, 1)
    assert made.mean_distance_km == pytest.approx(km((0, 0), (1, 0)))


def test_speeds_are_blended_by_the_shares_of_the_visits() -> None:
    made = estimate(ground([(0.1, 0.0)] * 2, kinds=[CITY, MIXED]), [3.0, 1.0], base=(0.0, 0.0))
    # Three quarters of the visits at 50 km/h, one at 70: times add up, not speeds.
    assert made.long_kmh == pytest.approx(1 / (0.75 / 50 + 0.25 / 70))
    assert [pace.share_fraction for pace in made.paces] == [0.75, 0.25]


def test_known_trips_make_the_way_longer() -> None:
    plain = estimate(ground([(0.1, 0.0)]), [6.0], base=(0.0, 0.0))
    factors = {(TravelMode.CAR, Surroundings.MIXED): Factor(1.5, 3)}
    slow = estimate(ground([(0.1, 0.0)]), [6.0], base=(0.0, 0.0), factors=factors)
    assert slow.hours == pytest.approx(1.5 * plain.hours)


def test_who_works_from_a_desk_does_not_travel() -> None:
    remote = Territory(TerritoryId(1), "Remote", travel_mode=TravelMode.REMOTE)
    made = estimate(ground([(1.0, 0.0)]), [6.0], remote, (0.0, 0.0))
    assert (made.source, made.hours) == (TravelSource.REMOTE, 0.0)


def test_hours_that_the_user_knows_replace_the_estimate() -> None:
    ferry = Territory(TerritoryId(1), "Islands", travel_hours=321.5)
    made = estimate(ground([(1.0, 0.0)]), [6.0], ferry, (0.0, 0.0))
    assert (made.source, made.hours) == (TravelSource.BY_HAND, 321.5)


def test_a_territory_without_visits_has_no_travel() -> None:
    made = estimate(ground([(1.0, 0.0)]), [0.0], base=(0.0, 0.0))
    assert (made.source, made.hours, made.days) == (TravelSource.NOTHING, 0.0, 0)


def test_visits_all_around_the_globe_have_a_middle() -> None:
    made = estimate(ground([(0.0, 0.0), (180.0, 0.0)]), [1.0, 1.0])
    assert math.isfinite(made.hours)


PLACE = st.tuples(st.floats(-120, -80), st.floats(30, 45))
ACCOUNT = st.tuples(
    PLACE,
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from([0.0, 0.5, 2.0, 12.0]),
    st.integers(-2, 2),
)


@settings(max_examples=150, deadline=None)
@given(
    accounts=st.lists(ACCOUNT, min_size=1, max_size=12),
    per_day=st.sampled_from([1.0, 2.0, 6.0]),
    has_base=st.booleans(),
    clustered=st.booleans(),
)
def test_all_at_once_is_one_after_the_other(
    accounts: list[tuple[tuple[float, float], int, int, float, int]],
    per_day: float,
    has_base: bool,
    clustered: bool,
) -> None:
    sizes = (50.0, 300.0, 5.0, 900.0)
    where = ground(
        [a[0] for a in accounts], [a[1] for a in accounts], sizes, [a[2] for a in accounts]
    )
    visits = np.array([a[3] for a in accounts])
    served = np.array([a[4] for a in accounts], np.int32)
    held = [Territory(TerritoryId(at + 1), f"T{at}") for at in range(3)]
    work = WorkSettings(visits_per_day=per_day, are_days_clustered=clustered)
    factors = {(TravelMode.CAR, Surroundings.CITY): Factor(1.25, 1)}
    bases = {TerritoryId(1): (-100.0, 40.0), TerritoryId(3): (-90.0, 35.0)} if has_base else {}
    made = travel_estimates(held, bases, TravelFacts(where, visits, served, work, factors))
    for at, territory in enumerate(held):
        mine = [a for a in accounts if a[4] == at and a[3] > 0]
        expected = _by_loops(mine, bases.get(territory.id), work, factors, sizes)
        assert made[at].hours == pytest.approx(expected, rel=1e-9, abs=1e-9)


def _by_loops(
    mine: list[tuple[tuple[float, float], int, int, float, int]],
    base: tuple[float, float] | None,
    work: WorkSettings,
    factors: Factors,
    sizes: tuple[float, ...],
) -> float:
    """The formula once more, account by account."""
    if not mine:
        return 0.0
    calls = sum(a[3] for a in mine)
    days = math.ceil(calls / work.visits_per_day)
    stops = calls / days
    points = [unit_vectors(np.array([a[0][0]]), np.array([a[0][1]]))[:, 0] for a in mine]
    if base is None:
        middle = np.sum([p * a[3] for p, a in zip(points, mine, strict=True)], axis=0)
        middle = np.asarray(middle / np.linalg.norm(middle))
        base = (
            math.degrees(math.atan2(middle[1], middle[0])),
            math.degrees(math.asin(middle[2])),
        )
    mean = sum(km(base, a[0]) * a[3] for a in mine) / calls
    part = min(1.0, stops / len(mine)) if work.are_days_clustered else 1.0
    near = min(1.0, 25.0 / mean) if mean else 1.0
    far = work.speed(TravelMode.CAR, Surroundings.COUNTRYSIDE).long_kmh
    paces = [(1.0 - near) / far, 0.0]
    for a in mine:
        speed = work.speed(TravelMode.CAR, SURROUNDINGS[a[2]])
        slow = factors.get((TravelMode.CAR, SURROUNDINGS[a[2]]), Factor()).value
        paces[0] += near * a[3] / calls * slow / speed.long_kmh
        paces[1] += a[3] / calls * slow / speed.local_kmh
    if stops < 3:
        pairs = [EARTH_RADIUS_KM**2 * ((p - q) ** 2).sum() for p, q in combinations(points, 2)]
        leg = math.sqrt(part * sum(pairs) / len(pairs)) if pairs else 0.0
        local = max(0.0, stops - 1) * leg
    else:
        area = sum(sizes[unit] for unit in {a[1] for a in mine}) * part
        local = TOUR_CONSTANT * math.sqrt(area * stops)
    return days * work.circuity * (2 * mean * paces[0] + local * paces[1])
