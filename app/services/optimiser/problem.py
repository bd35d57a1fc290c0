# SPDX-License-Identifier: MIT
"""What the optimiser is asked: areas, what touches what, the territories wanted, what must stay."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.services.optimiser.kernel_library import Floats, Ints

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The areas that are given out, n of them.

    Attributes:
        x_km: Length n, in an equal-area projection.
        y_km: Likewise.
        loads: n x m, the measures that are balanced; not negative. The first weighs the distances.
        names: Length n, for sentences; may be empty.
        measures: Length m, names of the measures; may be empty.
    """

    x_km: Floats
    y_km: Floats
    loads: Floats
    names: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.x_km)

    def name(self, unit: int) -> str:
        """What a unit is called."""
        return self.names[unit] if self.names else f"area {unit + 1}"

    def measure(self, index: int) -> str:
        """What a measure is called."""
        return self.measures[index] if self.measures else f"measure {index + 1}"


@dataclass(frozen=True, slots=True, eq=False)
class UnitGraph:
    """Which units touch, in both directions, a unit's neighbours one after the other.

    Attributes:
        first: Length n + 1; unit i's neighbours are `neighbor[first[i] : first[i + 1]]`.
        neighbor: Units.
        border_km: Length of the shared border of each, 0 for a link over water.
        is_link: Whether it is a link that was added, not a border.
    """

    first: Ints
    neighbor: Ints
    border_km: Floats
    is_link: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """Where the reps live, one per territory.

    Attributes:
        x_km: Length k.
        y_km: Length k.
        share: Length k, 0 to 1: how far a territory's centre lies from its centroid to the home.
    """

    x_km: Floats
    y_km: Floats
    share: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The territories, k of them.

    Attributes:
        count: k.
        tolerances: Length m, largest allowed deviation from the ideal as a fraction.
        capacity: Length k, in any unit; None where all are equal.
        homes: None where centres follow the loads alone.
        is_loose: Length k, whether a territory need not be connected; None where all must be.
    """

    count: int
    tolerances: tuple[float, ...]
    capacity: Floats | None = None
    homes: Homes | None = None
    is_loose: Flags | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What is there today and what must hold; None where nothing is.

    Attributes:
        territory: Length n, today's territory or -1.
        moved_weight: Length n, what it costs the customers if a unit leaves it (revenue, accounts).
        is_locked: Length n; a locked unit stays where it is.
        region: Length n; no territory has units of two regions.
        apart: p x 2, pairs of units that may not share a territory.
    """

    territory: Ints | None = None
    moved_weight: Floats | None = None
    is_locked: Flags | None = None
    region: Ints | None = None
    apart: Ints | None = None


@dataclass(frozen=True, slots=True)
class Aims:
    """How answers are weighed, and how long is looked.

    Attributes:
        border_weight: What border length counts beside inertia: 0.25 means a quarter as much at the
            start. 0 leaves ragged borders in empty land.
        move_weight: What moving everything counts beside the inertia of today's plan.
        seed: Another seed, another of several good answers.
        effort: Steps to propose; 0 for as many as the size asks for. Never seconds, so that the
            answer is the same on a slow computer.
    """

    border_weight: float = 0.26
    move_weight: float = 0.0
    seed: int = 0
    effort: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """All of it; frozen, and the certificate's input (`certificate.input_hash`)."""

    units: Units
    graph: UnitGraph
    wanted: Wanted
    kept: Kept = field(default_factory=Kept)
    aims: Aims = field(default_factory=Aims)
