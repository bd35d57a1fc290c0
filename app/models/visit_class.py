# SPDX-License-Identifier: MIT
"""Visit classes, and trips whose time the user knows: what workload is computed from."""

from dataclasses import dataclass

from app.models.ids import VisitClassId
from app.models.territory import TravelMode


@dataclass(frozen=True, slots=True)
class VisitClass:
    """How often and how long accounts of a class are visited.

    Attributes:
        visits_per_year: Planned visits per account and year, f in the workload formula.
        visit_hours: Hours of one visit, c.
        preparation_hours: Hours before and after each visit, p.
        is_default: Accounts without a class count as this one.
    """

    id: VisitClassId
    name: str
    visits_per_year: float
    visit_hours: float
    preparation_hours: float = 0.0
    position: int = 0
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class KnownTrip:
    """How long a real trip takes one way; estimates of travel are adjusted by such trips.

    Attributes:
        from_text, to_text: Where it begins and ends, as typed.
        from_place, to_place: Longitude and latitude in WGS 84 degrees.
    """

    id: int
    from_text: str
    from_place: tuple[float, float]
    to_text: str
    to_place: tuple[float, float]
    minutes: float
    mode: TravelMode = TravelMode.CAR
