# SPDX-License-Identifier: MIT
"""What the user set about work and the index: from and to the JSON values of the plan file."""

import math
from collections.abc import Sequence
from typing import cast

from app.models.ids import MeasureId
from app.models.territory import TravelMode
from app.models.work import (
    FIRST_SPEEDS,
    HIGHEST_CIRCUITY,
    HIGHEST_KMH,
    LOWEST_CIRCUITY,
    LOWEST_KMH,
    MOST_HOURS,
    MOST_VISITS_PER_DAY,
    IndexWeight,
    Speed,
    Surroundings,
    WorkSettings,
)

_RANGES = {
    "visits_per_day": (0.1, MOST_VISITS_PER_DAY),
    "circuity": (LOWEST_CIRCUITY, HIGHEST_CIRCUITY),
    "admin_hours": (0.0, MOST_HOURS),
    "full_time_hours": (1.0, MOST_HOURS),
}


def measure_of(found: object) -> MeasureId | None:
    """The measure that has a role in the plan, or None where the user named none."""
    return MeasureId(found) if isinstance(found, int) and not isinstance(found, bool) else None


def weights_of(found: object) -> tuple[IndexWeight, ...]:
    """The weights of the index, empty where the user set none."""
    weights: list[IndexWeight] = []
    for item in _items(found):
        pair = _items(item)
        if len(pair) == 2 and isinstance(pair[0], int) and (weight := _number(pair[1])) is not None:
            weights.append(IndexWeight(MeasureId(pair[0]), max(0.0, weight)))
    return tuple(weights)


def weights_value(weights: Sequence[IndexWeight]) -> object:
    """The weights as they are kept."""
    return [[int(each.measure), each.weight] for each in weights]


def work_of(found: object) -> WorkSettings:
    """What was set about work; the usual value where none is set or one is out of its range."""
    if not isinstance(found, dict):
        return WorkSettings()
    given = cast("dict[str, object]", found)
    usual = WorkSettings()
    numbers = {
        name: _within(given.get(name), low, high, getattr(usual, name))
        for name, (low, high) in _RANGES.items()
    }
    clustered = given.get("are_days_clustered")
    return WorkSettings(
        **numbers,
        are_days_clustered=clustered if isinstance(clustered, bool) else usual.are_days_clustered,
        speeds=_speeds(given.get("speeds")),
    )


def work_value(settings: WorkSettings) -> object:
    """The settings of work as they are kept."""
    values: dict[str, object] = {name: getattr(settings, name) for name in _RANGES}
    values["are_days_clustered"] = settings.are_days_clustered
    values["speeds"] = [
        [each.mode.value, each.surroundings.value, each.long_kmh, each.local_kmh]
        for each in settings.speeds
    ]
    return values


def _speeds(found: object) -> tuple[Speed, ...]:
    """All speeds, those that are not given or make no sense as usual."""
    given: dict[tuple[object, object], tuple[float, float]] = {}
    for item in _items(found):
        parts = _items(item)
        if len(parts) == 4:
            long_kmh, local_kmh = (_number(part) for part in parts[2:])
            if long_kmh is not None and local_kmh is not None:
                given[parts[0], parts[1]] = (long_kmh, local_kmh)
    return tuple(
        Speed(
            TravelMode(usual.mode),
            Surroundings(usual.surroundings),
            _within(pair[0], LOWEST_KMH, HIGHEST_KMH, usual.long_kmh),
            _within(pair[1], LOWEST_KMH, HIGHEST_KMH, usual.local_kmh),
        )
        if (pair := given.get((usual.mode.value, usual.surroundings.value))) is not None
        else usual
        for usual in FIRST_SPEEDS
    )


def _items(found: object) -> list[object]:
    return cast("list[object]", found) if isinstance(found, list) else []


def _number(found: object) -> float | None:
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not math.isfinite(found):
        return None
    return float(found)


def _within(found: object, low: float, high: float, usual: float) -> float:
    number = _number(found)
    return usual if number is None or not low <= number <= high else number
