# SPDX-License-Identifier: MIT
"""Reps, and the roster that says which rep holds which territory."""

from dataclasses import dataclass

from app.models.ids import RepId, TerritoryId

FULL_TIME_CAPACITY_HOURS = 1600.0
"""Selling hours per year of one full-time rep: 46 weeks less meetings and training (ours)."""


@dataclass(frozen=True, slots=True)
class Rep:
    """A salesperson.

    Attributes:
        external_id: The id in the user's own system, may be empty.
        title: Job title as imported.
        home_text: Home address in one line, as imported or typed.
        lon, lat: Home in WGS 84 degrees, or None where it is not placed.
        capacity_hours: Selling hours per year.
        skills: Words that say what the rep can sell or whom the rep can serve.
        quota: Annual target in the plan's currency, or None where there is none.
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


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One rep holding one territory; a territory without an entry is vacant."""

    territory_id: TerritoryId
    rep_id: RepId
    role: str = "primary"
