# SPDX-License-Identifier: MIT
"""Reps, and the roster that says which rep holds which territory."""

import enum
from dataclasses import dataclass

from app.models.ids import RepId, TerritoryId

FULL_TIME_CAPACITY_HOURS = 1600.0
"""Selling hours per year of one full-time rep: 46 weeks less meetings and training (ours)."""


WORKING_DAYS_PER_YEAR = 230.0
"""46 weeks of five days, as in `FULL_TIME_CAPACITY_HOURS` (ours)."""


class StartPlace(enum.Enum):
    """Where a rep's working days begin."""

    HOME = "home"
    OFFICE = "office"


class RosterRole(enum.Enum):
    """What a rep does in a territory: lead it, share it, sell something special, stand in."""

    PRIMARY = "primary"
    ADDITIONAL = "additional"
    OVERLAY = "overlay"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Rep:
    """A salesperson.

    Attributes:
        external_id: The id in the user's own system, may be empty.
        title: Job title as imported.
        home_text: Home address in one line, as imported or typed.
        lon, lat: Home in WGS 84 degrees, or None where it is not placed.
        capacity_hours: Selling hours per year of full-time work; see `available_hours`.
        skills: Words that say what the rep can sell or whom the rep can serve.
        quota: Annual target in the plan's currency, or None where there is none.
        office_text, office_lon, office_lat: Office, as the home.
        starts_from: Where the rep's working days begin.
        part_time_fraction: Of full time, 0 to 1.
        days_off: Days per year that `capacity_hours` does not leave out yet: long leave, training.
        languages: Languages the rep speaks.
        product_lines: Product lines the rep knows how to sell.
        segments: Segments of customers the rep knows how to serve.
        experience_years: Years in sales, or None where unknown.
        start_on, end_on: ISO dates of the first and last working day, empty where unknown.
        manager_id: The rep's manager, or None.
        cost: Per year in the plan's currency, or None where unknown.
    """

    id: RepId
    name: str
    external_id: str = ""
    email: str = ""
    phone: str = ""
    title: str = ""
    home_text: str = ""
    lon: float | None = None
    lat: float | None = None
    capacity_hours: float = FULL_TIME_CAPACITY_HOURS
    skills: tuple[str, ...] = ()
    quota: float | None = None
    notes: str = ""
    office_text: str = ""
    office_lon: float | None = None
    office_lat: float | None = None
    starts_from: StartPlace = StartPlace.HOME
    part_time_fraction: float = 1.0
    days_off: float = 0.0
    languages: tuple[str, ...] = ()
    product_lines: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    experience_years: float | None = None
    start_on: str = ""
    end_on: str = ""
    manager_id: RepId | None = None
    cost: float | None = None

    @property
    def available_hours(self) -> float:
        """Selling hours per year that a territory can count on.

        Source: ours. Full-time hours, times the part of full time, less the share of the working
        days that are off: ``capacity_hours * part_time_fraction * (1 - days_off / 230)``.
        """
        working = max(0.0, 1.0 - self.days_off / WORKING_DAYS_PER_YEAR)
        return self.capacity_hours * self.part_time_fraction * working

    @property
    def base(self) -> tuple[float, float] | None:
        """Longitude and latitude where the rep's working days begin, or None where unknown.

        The other of home and office stands in where the chosen one has no place.
        """
        home = _place(self.lon, self.lat)
        office = _place(self.office_lon, self.office_lat)
        if self.starts_from is StartPlace.OFFICE:
            return office or home
        return home or office


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One rep holding one territory; a territory without a primary rep today is vacant.

    Attributes:
        share_fraction: Share of the credit within the role, 0 to 1.
        start_on, end_on: ISO dates of the first and last day, empty where there is none.
    """

    territory_id: TerritoryId
    rep_id: RepId
    role: RosterRole = RosterRole.PRIMARY
    share_fraction: float = 1.0
    start_on: str = ""
    end_on: str = ""

    def holds_on(self, day: str) -> bool:
        """Whether it is in force on a day, given as an ISO date."""
        return self.start_on <= day and (not self.end_on or day <= self.end_on)


def _place(lon: float | None, lat: float | None) -> tuple[float, float] | None:
    return None if lon is None or lat is None else (lon, lat)
