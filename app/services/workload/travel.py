# SPDX-License-Identifier: MIT
"""Hours on the road per territory, estimated for all territories at once."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.models.ids import TerritoryId
from app.models.territory import Territory, TravelMode
from app.models.work import Surroundings, WorkSettings
from app.models.workload import BaseKind, Pace, TravelEstimate, TravelSource
from app.services.distance import EARTH_RADIUS_KM
from app.services.workload.calibration import Factor, Factors
from app.services.workload.ground import SURROUNDINGS, AccountGround, sphere_km, unit_vectors
from app.services.workload.ways import near_fraction

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]

TOUR_CONSTANT = 0.7124
"""Of the shortest tour through many random points: length / sqrt(area * points).

Source: Beardwood, Halton and Hammersley 1959; the value by Johnson and others (MathWorld).
"""
FEWEST_OF_A_TOUR = 3.0
"""With fewer stops on a day, the way is the sum of its legs; the constant holds for many."""
_ALMOST = 1e-9
"""Keeps sums that are meant to be whole numbers of days from being taken for more."""
_NO_LENGTH = 1e-9
"""Of the mean of unit vectors: below, its direction is rounding."""


@dataclass(frozen=True, slots=True)
class TravelFacts:
    """What the estimate needs beside the territories.

    Attributes:
        ground: Where the accounts lie.
        visits: Per account, planned visits per year.
        served: Per account the position of its territory, negative for none or several.
        settings: Speeds, circuity, visits on a day.
        factors: From known trips.
    """

    ground: AccountGround
    visits: FloatArray
    served: IntArray
    settings: WorkSettings
    factors: Factors


@dataclass(frozen=True, slots=True)
class _Sums:
    """Per territory: sums over its visited accounts.

    Attributes:
        of: Per account the territory that visits it at a place; their number for none.
        visits, placed_visits: All, and those of accounts that have a place.
        places, unplaced: Visited accounts with and without a place.
        centre: Unit vectors of the middle of the visits, three rows; nan without any place.
        shares: Of the visits by surroundings, one row each.
    """

    of: IntArray
    visits: FloatArray
    placed_visits: FloatArray
    places: npt.NDArray[np.int64]
    unplaced: npt.NDArray[np.int64]
    centre: FloatArray
    area_km2: FloatArray
    shares: FloatArray


def travel_estimates(
    territories: Sequence[Territory],
    bases: Mapping[TerritoryId, tuple[float, float]],
    facts: TravelFacts,
) -> list[TravelEstimate]:
    """The hours on the road of every territory, with all that they come from.

    Source: facts of the field. Days D = ceil(visits / visits on a day); per day
    2 * d * kappa / v1 + 0.7124 * sqrt(A * m) * kappa / v2 hours, with d the mean distance from
    the base, m = visits / D stops, and A the area that the stops of a day lie in. Where days are
    clustered, that is the territory's area times m / number of places: a rep who visits 6 of 150
    customers a day does not cross the whole territory every day. Below three stops the legs are
    summed: out, back, and m - 1 legs between stops. v1 and v2 are those of the surroundings of
    the visits; what of a long way lies beyond `NEAR_KM` goes at the speed of the countryside.

    Args:
        territories: In position order, as in `facts.served`.
        bases: Longitude and latitude of where the days begin, by territory; where there is none,
            the middle of the visits stands in and the estimate says so.
        facts: Accounts and settings.
    """
    count = len(territories)
    sums = _sums(count, facts)
    base_xyz, has_base = _base_vectors(territories, bases, sums)
    reach = _reach(base_xyz, sums, facts)
    days = [math.ceil(each / facts.settings.visits_per_day - _ALMOST) for each in sums.visits]
    legs = _mean_squares(np.array(days), sums, facts)
    return [
        _estimate(
            territory,
            _Own(at, days[at], float(reach[at]), float(legs[at])),
            sums,
            facts,
            _base(base_xyz[:, at], is_rep=has_base[at]),
        )
        for at, territory in enumerate(territories)
    ]


@dataclass(frozen=True, slots=True)
class _Own:
    """What was worked out for one territory: position, days, mean distance, legs squared."""

    at: int
    days: int
    mean_km: float
    square: float


def _sums(count: int, facts: TravelFacts) -> _Sums:
    ground, kinds = facts.ground, len(SURROUNDINGS)
    is_visited = (facts.served >= 0) & (facts.visits > 0)
    # Accounts that count for nothing go to one more territory, which is dropped: no copies.
    any_of = np.where(is_visited, facts.served, np.int32(count))
    of = np.where(ground.is_placed, any_of, np.int32(count))
    mixed = _total(of * kinds + ground.surroundings, facts.visits, (count + 1) * kinds)
    mixed = mixed.reshape(count + 1, kinds)[:count]
    placed_visits = mixed.sum(axis=1)
    places = np.bincount(of, minlength=count + 1)[:count]
    weighted = np.stack([_total(of, axis * facts.visits, count) for axis in ground.xyz])
    length = np.sqrt((weighted**2).sum(axis=0))
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.nan_to_num(mixed / placed_visits[:, None])
        centre = weighted / length
    # Visits all around the globe have no middle on it; any point serves as well.
    centre[:, (places > 0) & (length <= _NO_LENGTH * placed_visits)] = [[1.0], [0.0], [0.0]]
    return _Sums(
        of=of,
        visits=_total(any_of, facts.visits, count),
        placed_visits=placed_visits,
        places=places,
        unplaced=np.bincount(any_of, minlength=count + 1)[:count] - places,
        centre=centre,
        area_km2=_areas(ground, of, count),
        shares=shares,
    )


def _total(of: npt.NDArray[np.integer], weights: FloatArray, count: int) -> FloatArray:
    return np.bincount(of, weights=weights, minlength=count)[:count].astype(np.float64)


def _reach(base_xyz: FloatArray, sums: _Sums, facts: TravelFacts) -> FloatArray:
    """Mean distance from the base to a visit, in kilometres; 0 without any place."""
    count = len(sums.visits)
    square = np.zeros(len(sums.of))
    for base, axis in zip(base_xyz, facts.ground.xyz, strict=True):
        square += (axis - np.append(base, 0.0)[sums.of]) ** 2
    weighted = _total(sums.of, sphere_km(np.sqrt(square)) * facts.visits, count)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sums.places > 0, weighted / sums.placed_visits, 0.0)


def _mean_squares(days: npt.NDArray[np.int64], sums: _Sums, facts: TravelFacts) -> FloatArray:
    """Mean square of the straight way between two places, where a day has too few for a tour.

    Twice the variance around their mean, over pairs of different places.
    """
    count = len(sums.visits)
    with np.errstate(invalid="ignore", divide="ignore"):
        needs = (days > 0) & (sums.visits / days < FEWEST_OF_A_TOUR) & (sums.places > 1)
    found = np.zeros(count)
    if not needs.any():
        return found
    rows = np.flatnonzero(np.append(needs, False)[sums.of])
    of, apart = sums.of[rows], np.zeros(len(rows))
    for axis in facts.ground.xyz:
        own = axis[rows]
        mean = _total(of, own, count) / np.maximum(sums.places, 1)
        apart += (own - mean[of]) ** 2
    found[needs] = (2.0 * _total(of, apart, count))[needs] / (sums.places[needs] - 1)
    return found


def _areas(ground: AccountGround, of: IntArray, count: int) -> FloatArray:
    """Per territory the area of the finest known areas that hold a visited account, each once."""
    unit, holder = ground.unit[ground.by_unit], of[ground.by_unit]
    # In the order of areas, most repetitions stand beside each other: few are left to sort.
    is_new = np.ones(len(unit), dtype=np.bool_)
    is_new[1:] = (unit[1:] != unit[:-1]) | (holder[1:] != holder[:-1])
    is_new &= (unit >= 0) & (holder < count)
    units = max(1, len(ground.unit_km2))
    pairs = np.unique(holder[is_new].astype(np.int64) * units + unit[is_new])
    return _total(pairs // units, ground.unit_km2[pairs % units], count)


def _base_vectors(
    territories: Sequence[Territory],
    bases: Mapping[TerritoryId, tuple[float, float]],
    sums: _Sums,
) -> tuple[FloatArray, list[bool]]:
    has_base = [territory.id in bases for territory in territories]
    found = [bases.get(territory.id, (0.0, 0.0)) for territory in territories]
    lonlat = np.array(found, dtype=np.float64).reshape(-1, 2)
    vectors = unit_vectors(lonlat[:, 0], lonlat[:, 1])
    return np.where(np.array(has_base, dtype=bool), vectors, sums.centre), has_base


def _base(xyz: FloatArray, *, is_rep: bool) -> tuple[tuple[float, float] | None, BaseKind]:
    kind = BaseKind.REP if is_rep else BaseKind.CENTROID
    if math.isnan(xyz[0]):
        return None, kind
    lon = math.degrees(math.atan2(xyz[1], xyz[0]))
    return (lon, math.degrees(math.asin(max(-1.0, min(1.0, xyz[2]))))), kind


def _estimate(
    territory: Territory,
    own: _Own,
    sums: _Sums,
    facts: TravelFacts,
    base: tuple[tuple[float, float] | None, BaseKind],
) -> TravelEstimate:
    settings, at = facts.settings, own.at
    visits, places = float(sums.visits[at]), int(sums.places[at])
    stops = visits / own.days if own.days else 0.0
    part = min(1.0, stops / places) if settings.are_days_clustered and places else 1.0
    is_remote = territory.travel_mode is TravelMode.REMOTE
    paces = () if is_remote else _paces(territory.travel_mode, sums.shares[at], facts)
    far = _far_hours_per_km(territory.travel_mode, facts)
    long_kmh, local_kmh = _blended(paces, near_fraction(own.mean_km), far)
    made = TravelEstimate(
        territory_id=territory.id,
        source=_source(territory, places),
        mode=territory.travel_mode,
        hours=0.0,
        visits=visits,
        days=own.days,
        stops_per_day=stops,
        base=base[0],
        base_kind=base[1],
        mean_distance_km=own.mean_km,
        area_km2=float(sums.area_km2[at]),
        place_count=places,
        unplaced_count=int(sums.unplaced[at]),
        day_area_km2=float(sums.area_km2[at]) * part,
        leg_km=math.sqrt(own.square * part) * EARTH_RADIUS_KM,
        circuity=settings.circuity,
        paces=paces,
        long_kmh=long_kmh,
        local_kmh=local_kmh,
    )
    return _with_hours(made, territory.travel_hours)


def _with_hours(made: TravelEstimate, by_hand: float | None) -> TravelEstimate:
    day_long = day_local = 0.0
    if made.paces:
        day_long = 2.0 * made.mean_distance_km * made.circuity / made.long_kmh
        day_local = _local_km(made) * made.circuity / made.local_kmh
    hours = {
        TravelSource.ESTIMATE: made.days * (day_long + day_local),
        TravelSource.BY_HAND: by_hand or 0.0,
    }.get(made.source, 0.0)
    return replace(made, hours=hours, day_long_hours=day_long, day_local_hours=day_local)


def _local_km(made: TravelEstimate) -> float:
    """The way from stop to stop on one day, as the crow flies."""
    if made.stops_per_day < FEWEST_OF_A_TOUR:
        return max(0.0, made.stops_per_day - 1.0) * made.leg_km
    return TOUR_CONSTANT * math.sqrt(made.day_area_km2 * made.stops_per_day)


def _source(territory: Territory, places: int) -> TravelSource:
    if territory.travel_hours is not None:
        return TravelSource.BY_HAND
    if territory.travel_mode is TravelMode.REMOTE:
        return TravelSource.REMOTE
    return TravelSource.ESTIMATE if places else TravelSource.NOTHING


def _paces(mode: TravelMode, shares: FloatArray, facts: TravelFacts) -> tuple[Pace, ...]:
    paces: list[Pace] = []
    for surroundings, share in zip(SURROUNDINGS, shares.tolist(), strict=True):
        if share > 0:
            speed = facts.settings.speed(mode, surroundings)
            factor = facts.factors.get((mode, surroundings), Factor()).value
            paces.append(Pace(surroundings, share, speed.long_kmh, speed.local_kmh, factor))
    return tuple(paces)


def _far_hours_per_km(mode: TravelMode, facts: TravelFacts) -> float:
    """Of the part of a long way that leads over land."""
    if mode is TravelMode.REMOTE:
        return 0.0
    factor = facts.factors.get((mode, Surroundings.COUNTRYSIDE), Factor()).value
    return factor / facts.settings.speed(mode, Surroundings.COUNTRYSIDE).long_kmh


def _blended(paces: Sequence[Pace], near: float, far_hours_per_km: float) -> tuple[float, float]:
    """Speeds over all surroundings: their times add up, so it is the inverses that are mixed."""
    if not paces:
        return 0.0, 0.0
    long_h = sum(pace.share_fraction * pace.factor / pace.long_kmh for pace in paces)
    local_h = sum(pace.share_fraction * pace.factor / pace.local_kmh for pace in paces)
    return 1.0 / (near * long_h + (1.0 - near) * far_hours_per_km), 1.0 / local_h
