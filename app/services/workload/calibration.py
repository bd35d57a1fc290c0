# SPDX-License-Identifier: MIT
"""How much longer real trips take than estimated, from trips whose time the user knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from app.models.geounit import GeoLevel
from app.models.territory import TravelMode
from app.models.visit_class import KnownTrip
from app.models.work import Surroundings, WorkSettings
from app.services.distance import distance_km
from app.services.geography.geography import Geography
from app.services.workload.ground import SURROUNDINGS, surroundings_codes
from app.services.workload.ways import NEAR_KM, near_fraction

LOCAL_BELOW_KM = 10.0
"""Shorter trips are driven at the speed from stop to stop, longer ones at the long one (ours)."""


_NEAR_KM = 50.0


@dataclass(frozen=True, slots=True)
class TripCheck:
    """A known trip beside its estimate.

    Attributes:
        surroundings: What the land is like where it ends, or on most of a long way.
        distance_km: As the crow flies.
        estimated_minutes: With the speeds and the circuity as set.
        ratio: Typed minutes / estimated minutes; None where both ends are one place.
    """

    trip: KnownTrip
    surroundings: Surroundings
    distance_km: float
    estimated_minutes: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Factor:
    """By how much estimates of a mode in some surroundings are multiplied.

    Attributes:
        value: The median of the ratios of the trips that it comes from.
        trip_count: How many these are; 0 where none is known and the value is 1.
        is_from_elsewhere: No trip of the mode lies in these surroundings, so all trips of the
            mode count.
    """

    value: float = 1.0
    trip_count: int = 0
    is_from_elsewhere: bool = False


Factors = Mapping[tuple[TravelMode, Surroundings], Factor]


def trip_checks(
    trips: Sequence[KnownTrip], settings: WorkSettings, geography: Geography
) -> tuple[TripCheck, ...]:
    """Every known trip beside what would be estimated for it."""
    return tuple(
        _check(trip, settings, surroundings_at(trip.to_place, geography)) for trip in trips
    )


def surroundings_at(place: tuple[float, float], geography: Geography) -> Surroundings:
    """What the land is like at a point: as in the nearest ZIP area; mixed where none is near.

    By the middles of the areas, as reading all their outlines would take seconds.
    """
    layer = geography.layer(GeoLevel.ZIP)
    if not len(layer.codes):
        return Surroundings.MIXED
    away = distance_km(np.array([place[0]]), np.array([place[1]]), layer.lon, layer.lat)
    nearest = int(np.argmin(away))
    if away[nearest] > _NEAR_KM:
        return Surroundings.MIXED
    size = layer.area_km2[nearest : nearest + 1].astype(np.float64)
    return SURROUNDINGS[int(surroundings_codes(size)[0])]


def factors_of(checks: Sequence[TripCheck]) -> Factors:
    """The factor of every mode in all surroundings.

    The median, so that one odd trip decides nothing where there are others. Surroundings without
    a trip take all trips of the mode.

    Source: ours.
    """
    found: dict[tuple[TravelMode, Surroundings], Factor] = {}
    for mode in TravelMode:
        of_mode = [each for each in checks if each.trip.mode is mode and each.ratio is not None]
        for surroundings in Surroundings:
            own = [each.ratio for each in of_mode if each.surroundings is surroundings]
            ratios = own or [each.ratio for each in of_mode]
            known = [ratio for ratio in ratios if ratio is not None]
            if known:
                found[mode, surroundings] = Factor(median(known), len(known), not own)
            else:
                found[mode, surroundings] = Factor()
    return found


def _check(trip: KnownTrip, settings: WorkSettings, surroundings: Surroundings) -> TripCheck:
    (lon_a, lat_a), (lon_b, lat_b) = np.array([trip.from_place, trip.to_place])[:, :, None]
    apart = float(distance_km(lon_a, lat_a, lon_b, lat_b)[0])
    if apart > 2 * NEAR_KM:
        surroundings = Surroundings.COUNTRYSIDE  # most of the way leads over land
    speed = settings.speed(trip.mode, surroundings)
    if apart < LOCAL_BELOW_KM:
        hours_per_km = 1.0 / speed.local_kmh
    else:
        near = near_fraction(apart)
        far_kmh = settings.speed(trip.mode, Surroundings.COUNTRYSIDE).long_kmh
        hours_per_km = near / speed.long_kmh + (1.0 - near) / far_kmh
    estimated = apart * settings.circuity * hours_per_km * 60.0
    ratio = trip.minutes / estimated if estimated > 0 else None
    return TripCheck(trip, surroundings, apart, estimated, ratio)
