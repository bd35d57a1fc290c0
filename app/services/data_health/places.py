# SPDX-License-Identifier: MIT
"""Whether the accounts are where they say they are, and whether each is there once."""

from collections.abc import Mapping

import numpy as np

from app.models.account import PlacedBy
from app.services.data_health.facts import HealthFacts
from app.services.data_health.report import (
    HealthCheck,
    HealthGroup,
    Question,
    Repair,
    Severity,
)
from app.services.distance import distance_km
from app.services.geography.arrays import BoolArray, FloatArray, LongArray, ObjectArray
from app.services.geography.factorizing import factorize, same_text
from app.services.geography.layer import GeoLayer
from app.services.geography.postal import read_zip

FAR_KM = 25.0
"""So far beyond its own ZIP area a position is probably wrong (ours)."""

_ROUGH = (PlacedBy.CITY, PlacedBy.COUNTY, PlacedBy.REGION, PlacedBy.COUNTRY)
_EXACT = (PlacedBy.COORDINATES, PlacedBy.BY_HAND)

_NOT_PLACED = Question(
    key="not_placed",
    group=HealthGroup.PLACES,
    title="Not placed",
    found="Their address could not be found, so no territory gets them by its areas."
    " Correct the address, or put them on the map by hand.",
    nothing="Every account has a place on the map.",
    repairs=(Repair.ROWS, Repair.ACCOUNT, Repair.SHEET),
    worst=Severity.WARNING,
    warns_from=0.05,
)
_ROUGHLY = Question(
    key="roughly_placed",
    group=HealthGroup.PLACES,
    title="Placed by city or coarser",
    found="They stand in the middle of their city, county, state or country, so they may belong"
    " to the territory next to it. A ZIP code or coordinates place them exactly.",
    nothing="No account is placed by its city, county, state or country alone.",
    repairs=(Repair.ROWS, Repair.SHEET, Repair.IMPORT),
    worst=Severity.WARNING,
    warns_from=0.2,
)
_FAR = Question(
    key="far_from_zip",
    group=HealthGroup.PLACES,
    title="Far from their own ZIP code",
    found=f"Their coordinates lie more than {FAR_KM:.0f} km outside the area of their ZIP code:"
    " one of the two is wrong. Correct the address or the place.",
    nothing="All coordinates lie in or near the area of their ZIP code.",
    repairs=(Repair.ROWS, Repair.ACCOUNT, Repair.SHEET),
    worst=Severity.WARNING,
)
_REPEATED = Question(
    key="repeated",
    group=HealthGroup.PLACES,
    title="Same name in the same place",
    found="They may be one customer listed twice, and count twice until they are merged.",
    nothing="No two accounts have the same name in the same city or ZIP code.",
    repairs=(Repair.DUPLICATES, Repair.ROWS),
)


def place_checks(facts: HealthFacts) -> list[HealthCheck]:
    """Not placed, roughly placed, far from the ZIP code, and repeated accounts."""
    codes, kinds = factorize(facts.texts["placed_by"])
    has_place = ~np.isnan(facts.lon)
    is_rough = _is_any(codes, kinds, _ROUGH)
    compared = _is_any(codes, kinds, _EXACT) & has_place
    is_far, known_count = _far_from_zip(facts, compared)
    checks = [
        _NOT_PLACED.answer(~has_place & facts.blank("country")),
        _ROUGHLY.answer(is_rough),
        _REPEATED.answer(_repeated(facts.texts)),
    ]
    if known_count:
        checks.insert(2, _FAR.answer(is_far, of=known_count))
    return checks


def _is_any(codes: np.ndarray, kinds: list[str], wanted: tuple[PlacedBy, ...]) -> BoolArray:
    values = {kind.value for kind in wanted}
    is_wanted = np.array([kind in values for kind in kinds], dtype=bool)
    return is_wanted[codes] if len(kinds) else np.zeros(len(codes), dtype=bool)


def _far_from_zip(facts: HealthFacts, compared: BoolArray) -> tuple[BoolArray, int]:
    """Whether each account is far from its ZIP area, and how many could be compared."""
    is_far = np.zeros(len(facts), dtype=bool)
    rows = np.flatnonzero(compared & ~facts.blank("postal_code"))
    codes, texts = factorize(facts.texts["postal_code"][rows])
    index = facts.zips.indices_of([read_zip(text)[0] for text in texts])
    countries, names = factorize(facts.texts["country"][rows])
    is_home = np.array([name in {"", "US"} for name in names], dtype=bool)
    at = index[codes] if len(texts) else np.empty(0, dtype=np.int32)
    known = (at >= 0) & (is_home[countries] if len(names) else False)
    rows, at = rows[known], at[known]
    away = distance_km(facts.lon[rows], facts.lat[rows], facts.zips.lon[at], facts.zips.lat[at])
    is_far[rows] = away > _radius_km(facts.zips)[at] + FAR_KM
    return is_far, len(rows)


def _radius_km(zips: GeoLayer) -> FloatArray:
    """How far the corners of each area's bounds are from its point at most."""
    west, south, east, north = zips.bounds.astype(np.float64).T
    corners = [
        distance_km(zips.lon, zips.lat, lon, lat) for lon in (west, east) for lat in (south, north)
    ]
    return np.max(corners, axis=0)


def _repeated(texts: Mapping[str, ObjectArray]) -> BoolArray:
    """Whether another account has the same name, and the same ZIP code or else city."""
    names = _folded(texts["name"])
    candidates = np.flatnonzero(_is_shared(names))
    zips, cities = texts["postal_code"][candidates], texts["city"][candidates]
    places = np.empty(len(candidates), dtype=np.object_)
    places[:] = [z or c for z, c in zip(zips.tolist(), cities.tolist(), strict=True)]
    place = _folded(places)
    pair = np.where(place >= 0, names[candidates] * (len(candidates) + 1) + place, -1)
    repeated = np.zeros(len(names), dtype=bool)
    repeated[candidates[_is_shared(pair)]] = True
    return repeated


def _folded(texts: ObjectArray) -> LongArray:
    """A number per text, equal for texts that differ in case or white space only; -1 for none."""
    codes, spellings = factorize(texts)
    return same_text(spellings)[codes].astype(np.int64)


def _is_shared(numbers: LongArray) -> BoolArray:
    if not len(numbers):
        return np.zeros(0, dtype=bool)
    _, back, amounts = np.unique(numbers, return_inverse=True, return_counts=True)
    return (amounts[back] > 1) & (numbers >= 0)
