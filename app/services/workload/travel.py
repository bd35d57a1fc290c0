# SPDX-License-Identifier: MIT
"""Hours on the road per territory, estimated for all territories at once."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.models.ids import TerritoryId
from app.models.territory import Territory, TravelMode
from app.models.work import WorkSettings
from app.models.workload import BaseKind, Pace, TravelEstimate, TravelSource
from app.services.distance import EARTH_RADIUS_KM
from app.services.workload.calibration import Factor, Factors
from app.services.workload.ground import SURROUNDINGS, AccountGround, sphere_km, unit_vectors

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
    """Per territory: sums over its visited accounts."""

    visits: FloatArray
    placed_visits: FloatArray
    places: npt.NDArray[np.int64]
    unplaced: npt.NDArray[np.int64]
    centre: FloatArray
    spread: FloatArray
    area_km2: FloatArray
    shares: FloatArray
    rows: npt.NDArray[np.int64]
    of: IntArray


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
    summed: out, back, and m - 1 legs between stops.

    Args:
        territories: In position order, as in `facts.served`.
        bases: Longitude and latitude of where the days begin, by territory; where there is none,
            the middle of the visits stands in and the estimate says so.
        facts: Accounts and settings.
    """
    sums = _sums(len(territories), facts)
    base_xyz, has_base = _base_vectors(territories, bases, sums)
    chord = np.sqrt(((facts.ground.xyz[sums.rows] - base_xyz[sums.of]) ** 2).sum(axis=1))
    reach = _total(sums.of, sphere_km(chord) * facts.visits[sums.rows], len(territories))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_km = np.where(sums.placed_visits > 0, reach / sums.placed_visits, 0.0)
    return [
        _estimate(territory, at, sums, facts, float(mean_km[at]), _base(base_xyz[at], has_base[at]))
        for at, territory in enumerate(territories)
    ]


def _sums(count: int, facts: TravelFacts) -> _Sums:
    ground = facts.ground
    is_visited = (facts.served >= 0) & (facts.visits > 0)
    visited = np.flatnonzero(is_visited)
    rows = np.flatnonzero(is_visited & ~np.isnan(ground.xyz[:, 0]))
    of, weight, xyz = facts.served[rows], facts.visits[rows], ground.xyz[rows]
    places = np.bincount(of, minlength=count)
    placed_visits = _total(of, weight, count)
    kinds = len(SURROUNDINGS)
    mixed = _total(of * kinds + ground.surroundings[rows], weight, count * kinds)
    mean, spread = _middles(xyz, of, places)
    weighted = np.stack([_total(of, xyz[:, axis] * weight, count) for axis in range(3)], axis=1)
    length = np.sqrt((weighted**2).sum(axis=1))[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.nan_to_num(mixed.reshape(count, kinds) / placed_visits[:, None])
        # Visits all around the globe have no middle on it; the mean of the points is inside.
        centre = np.where(length > 0, weighted / length, mean)
    return _Sums(
        visits=_total(facts.served[visited], facts.visits[visited], count),
        placed_visits=placed_visits,
        places=places,
        unplaced=np.bincount(facts.served[visited], minlength=count) - places,
        centre=centre,
        spread=spread,
        area_km2=_areas(ground, rows, of, count),
        shares=shares,
        rows=rows,
        of=of,
    )


def _total(of: npt.NDArray[np.integer], weights: FloatArray, count: int) -> FloatArray:
    return np.bincount(of, weights=weights, minlength=count).astype(np.float64)


def _middles(
    xyz: FloatArray, of: IntArray, places: npt.NDArray[np.int64]
) -> tuple[FloatArray, FloatArray]:
    """Per territory the mean of its points, and the mean square of the distance of two of them.

    That is twice the variance around the mean, over pairs of different points.
    """
    count = len(places)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.stack([_total(of, xyz[:, axis], count) / places for axis in range(3)], axis=1)
        apart = ((xyz - mean[of]) ** 2).sum(axis=1)
        return mean, np.nan_to_num(2.0 * _total(of, apart, count) / (places - 1), posinf=0.0)


def _areas(
    ground: AccountGround, rows: npt.NDArray[np.int64], of: IntArray, count: int
) -> FloatArray:
    """Per territory the area of the finest known areas that hold a visited account, each once."""
    unit = ground.unit[rows]
    known = unit >= 0
    units = max(1, len(ground.unit_km2))
    pairs = np.unique(of[known].astype(np.int64) * units + unit[known])
    return _total(pairs // units, ground.unit_km2[pairs % units], count)


def _base_vectors(
    territories: Sequence[Territory],
    bases: Mapping[TerritoryId, tuple[float, float]],
    sums: _Sums,
) -> tuple[FloatArray, list[bool]]:
    has_base = [territory.id in bases for territory in territories]
    found = [bases.get(territory.id, (math.nan, math.nan)) for territory in territories]
    lonlat = np.array(found, dtype=np.float64).reshape(-1, 2)
    vectors = unit_vectors(lonlat[:, 0], lonlat[:, 1])
    return np.where(np.array(has_base, dtype=bool)[:, None], vectors, sums.centre), has_base


def _base(xyz: FloatArray, is_rep: bool) -> tuple[tuple[float, float] | None, BaseKind]:
    kind = BaseKind.REP if is_rep else BaseKind.CENTROID
    if math.isnan(xyz[0]):
        return None, kind
    lon = math.degrees(math.atan2(xyz[1], xyz[0]))
    return (lon, math.degrees(math.asin(max(-1.0, min(1.0, xyz[2]))))), kind


def _estimate(
    territory: Territory,
    at: int,
    sums: _Sums,
    facts: TravelFacts,
    mean_km: float,
    base: tuple[tuple[float, float] | None, BaseKind],
) -> TravelEstimate:
    settings, visits, places = facts.settings, float(sums.visits[at]), int(sums.places[at])
    days = math.ceil(visits / settings.visits_per_day - _ALMOST)
    stops = visits / days if days else 0.0
    part = min(1.0, stops / places) if settings.are_days_clustered and places else 1.0
    source = _source(territory, places)
    is_remote = territory.travel_mode is TravelMode.REMOTE
    paces = () if is_remote else _paces(territory.travel_mode, sums.shares[at], facts)
    long_kmh, local_kmh = _blended(paces)
    made = TravelEstimate(
        territory_id=territory.id,
        source=source,
        mode=territory.travel_mode,
        hours=0.0,
        visits=visits,
        days=days,
        stops_per_day=stops,
        base=base[0],
        base_kind=base[1],
        mean_distance_km=mean_km,
        area_km2=float(sums.area_km2[at]),
        place_count=places,
        unplaced_count=int(sums.unplaced[at]),
        day_area_km2=float(sums.area_km2[at]) * part,
        leg_km=math.sqrt(float(sums.spread[at]) * part) * EARTH_RADIUS_KM,
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


def _blended(paces: Sequence[Pace]) -> tuple[float, float]:
    """Speeds over all surroundings: their times add up, so it is the inverses that are mixed."""
    if not paces:
        return 0.0, 0.0
    long_h = sum(pace.share_fraction * pace.factor / pace.long_kmh for pace in paces)
    local_h = sum(pace.share_fraction * pace.factor / pace.local_kmh for pace in paces)
    return 1.0 / long_h, 1.0 / local_h
