# SPDX-License-Identifier: MIT
"""What workload is computed from beside visit classes: travel, administration, the index."""

import enum
from dataclasses import dataclass

from app.models.ids import MeasureId
from app.models.rep import FULL_TIME_CAPACITY_HOURS
from app.models.territory import TravelMode

LOWEST_KMH, HIGHEST_KMH = 0.5, 300.0
MOST_VISITS_PER_DAY = 100.0
LOWEST_CIRCUITY, HIGHEST_CIRCUITY = 1.0, 5.0
MOST_HOURS = 8_784.0
"""Hours of a leap year."""


class Surroundings(enum.Enum):
    """What the land around an account is like, which decides how fast one gets on."""

    CITY = "city"
    MIXED = "mixed"
    COUNTRYSIDE = "countryside"


CITY_BELOW_KM2, COUNTRYSIDE_ABOVE_KM2 = 30.0, 200.0
"""Size of the ZIP area around an account. ZIP areas hold about as many people everywhere, so a
small one lies in a city and a large one in the country (limits: ours)."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast one gets on in one kind of surroundings.

    Attributes:
        long_kmh: Between the base and the area of the day, v1 in the travel formula.
        local_kmh: From stop to stop, v2.
    """

    mode: TravelMode
    surroundings: Surroundings
    long_kmh: float
    local_kmh: float


FIRST_SPEEDS = (
    Speed(TravelMode.CAR, Surroundings.CITY, 50.0, 25.0),
    Speed(TravelMode.CAR, Surroundings.MIXED, 70.0, 40.0),
    Speed(TravelMode.CAR, Surroundings.COUNTRYSIDE, 95.0, 60.0),
    Speed(TravelMode.TRANSIT, Surroundings.CITY, 25.0, 12.0),
    Speed(TravelMode.TRANSIT, Surroundings.MIXED, 35.0, 15.0),
    Speed(TravelMode.TRANSIT, Surroundings.COUNTRYSIDE, 45.0, 18.0),
    Speed(TravelMode.BICYCLE, Surroundings.CITY, 14.0, 12.0),
    Speed(TravelMode.BICYCLE, Surroundings.MIXED, 16.0, 14.0),
    Speed(TravelMode.BICYCLE, Surroundings.COUNTRYSIDE, 18.0, 16.0),
    Speed(TravelMode.FOOT, Surroundings.CITY, 4.5, 4.5),
    Speed(TravelMode.FOOT, Surroundings.MIXED, 4.5, 4.5),
    Speed(TravelMode.FOOT, Surroundings.COUNTRYSIDE, 4.5, 4.5),
)
"""Of a new plan, door to door with stops and parking; a usual choice (ours)."""


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """What the user set about travel, administration and capacity.

    Attributes:
        visits_per_day: Visits on a full day in the field.
        circuity: Way on the road by distance as the crow flies, kappa: 1.2 to 1.3 as a rule.
        are_days_clustered: The visits of a day lie near each other; otherwise all over the
            territory.
        admin_hours: Hours per year and territory beside visits and travel.
        full_time_hours: Selling hours per year of one full-time rep, for vacant territories and
            for how many reps the work needs.
        speeds: One per mode and surroundings.
    """

    visits_per_day: float = 6.0
    circuity: float = 1.25
    are_days_clustered: bool = True
    admin_hours: float = 120.0
    full_time_hours: float = FULL_TIME_CAPACITY_HOURS
    speeds: tuple[Speed, ...] = FIRST_SPEEDS

    def speed(self, mode: TravelMode, surroundings: Surroundings) -> Speed:
        """The speeds of one mode in one kind of surroundings."""
        for known in (*self.speeds, *FIRST_SPEEDS):
            if known.mode is mode and known.surroundings is surroundings:
                return known
        message = f"{mode.value} has no speed"
        raise KeyError(message)


USUAL_WORK = WorkSettings()
"""Of a plan whose user set nothing."""


@dataclass(frozen=True, slots=True)
class IndexWeight:
    """What one measure counts in the index.

    Attributes:
        weight: 0 or more; all weights of an index are brought to a sum of 1.
    """

    measure: MeasureId
    weight: float


USUAL_WEIGHTS = (0.6, 0.3, 0.1)
"""Workload, potential, sales.

Source: usual advice of the field (60/30/10), offered and never fixed.
"""
