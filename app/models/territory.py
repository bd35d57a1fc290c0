# SPDX-License-Identifier: MIT
"""Territories: named groups of geounits and named accounts in a scenario."""

import enum
from dataclasses import dataclass

from app.models.ids import SalesForceId, ScenarioId, TerritoryId

PALETTE_SIZE = 9
"""Territory colours are an index into nine colour-blind-safe colours."""


class TravelMode(enum.Enum):
    """How a rep gets around in a territory."""

    CAR = "car"
    TRANSIT = "transit"
    BICYCLE = "bicycle"
    FOOT = "foot"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory.

    Attributes:
        color_index: 0 to `PALETTE_SIZE` - 1.
        is_color_fixed: The user chose the colour, so automatic colouring leaves it alone.
        is_locked: Neither hand edits nor builders may take from it or add to it.
        parent_id: The district or region above it, or None.
        external_id: The id in the user's own system, may be empty.
        lock_digest: What it held when it was locked, see `services.lock_digest`; empty while it
            is not locked, and for a lock of an older version.
        travel_mode: How its rep gets around.
        admin_hours: Hours per year beside visits and travel, or None for what the plan's settings
            say.
        travel_hours: Hours on the road per year as the user says, for islands and ferries that no
            estimate knows, or None where it is estimated.
        skills, languages: What its rep should bring.
        must_connect: Whether its areas have to hang together.
    """

    id: TerritoryId
    name: str
    color_index: int = 0
    is_color_fixed: bool = False
    is_locked: bool = False
    parent_id: TerritoryId | None = None
    notes: str = ""
    scenario_id: ScenarioId = ScenarioId(1)
    sales_force_id: SalesForceId = SalesForceId(1)
    external_id: str = ""
    lock_digest: str = ""
    travel_mode: TravelMode = TravelMode.CAR
    admin_hours: float | None = None
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    must_connect: bool = True
    travel_hours: float | None = None
