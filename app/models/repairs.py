# SPDX-License-Identifier: MIT
"""Proposals that make a territory connected again."""

from dataclasses import dataclass
from enum import Enum

from app.models.edit_effect import EditEffect, Move
from app.models.ids import GeoUnitId


class RepairKind(Enum):
    """How a territory becomes connected again."""

    GIVE_AWAY = "give_away"
    """What is cut off goes to the neighbour that it shares most border with."""
    CORRIDOR = "corridor"
    """The territory takes a way of units that leads to what is cut off."""
    BOTH = "both"
    """For each part the one of the two that moves less."""
    SURROUNDING = "surrounding"
    """The territory around a hole or an enclave takes it."""
    LINK = "link"
    """A bridge or ferry to an island; nothing moves."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One proposal.

    Attributes:
        moves: What it does, including the edit that would split the territory, if there is one;
            accepting carries all of it out as one step.
        effect: What that would do; None for a link, which moves nothing.
        link: For `RepairKind.LINK` the two units to link, nearest each other.
    """

    kind: RepairKind
    moves: tuple[Move, ...]
    effect: EditEffect | None = None
    link: tuple[GeoUnitId, GeoUnitId] | None = None
