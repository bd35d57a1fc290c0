# SPDX-License-Identifier: MIT
"""Who serves what: from assignments to the territory of every geounit and account.

Everything is computed from scratch from arrays. At 100,000 accounts that takes milliseconds, so
there is no incremental second definition that could drift from this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.services.geography.geography import Geography

IntArray = npt.NDArray[np.int32]

NOBODY = -1
"""Position code: no territory serves this."""
IN_DISPUTE = -2
"""Position code: more than one territory claims this."""
MIXED = -3
"""Position code of a map unit whose finer units are held by different territories."""
_NO_CLAIM = -9
"""Internal: nothing is said at this level, so the coarser level decides."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """All assignments of one scenario.

    Attributes:
        units: Territories by geounit; more than one is an overlap.
        holes: Geounits that belong to nobody although the area around them is assigned.
        accounts: Territories by account for named assignments.
    """

    units: Mapping[GeoUnitId, frozenset[TerritoryId]] = field(
        default_factory=dict[GeoUnitId, frozenset[TerritoryId]]
    )
    holes: frozenset[GeoUnitId] = frozenset()
    accounts: Mapping[AccountId, frozenset[TerritoryId]] = field(
        default_factory=dict[AccountId, frozenset[TerritoryId]]
    )


@dataclass(frozen=True, slots=True)
class UnitClaims:
    """The assignments of one scenario as arrays, one entry per geounit of each level.

    Attributes:
        own: What is said at the level itself: a territory position, `IN_DISPUTE`, `NOBODY`
            for a hole, or an internal code for "nothing said".
        resolved: What holds after coarser levels fill in: a position, `NOBODY` or `IN_DISPUTE`.
    """

    own: Mapping[GeoLevel, IntArray]
    resolved: Mapping[GeoLevel, IntArray]

    def is_used(self, level: GeoLevel) -> bool:
        """Whether anything is said at this level."""
        return bool(self.is_said(level).any())

    def is_said(self, level: GeoLevel) -> npt.NDArray[np.bool_]:
        """Per unit of a level whether something is said about that very unit."""
        return self.own[level] != _NO_CLAIM

    def after(
        self, geography: Geography, level: GeoLevel, index: IntArray, code: int
    ) -> "UnitClaims":
        """The claims once units of a level are given to a territory, or to nobody.

        As with every edit, what was said about finer units inside them is forgotten.

        Args:
            geography: The one that the claims are of.
            level: The level of the units.
            index: Their positions in the layer.
            code: Position of the territory, or `NOBODY`.
        """
        own = dict(self.own)
        own[level] = own[level].copy()
        own[level][index] = code
        given = np.zeros(len(own[level]) + 1, dtype=np.bool_)
        given[index] = True
        for finer in LEVELS_COARSE_TO_FINE[level.depth + 1 :]:
            inside = given[geography.ancestors(finer, level)]
            own[finer] = np.where(inside, np.int32(_NO_CLAIM), own[finer])
        return UnitClaims(own=own, resolved=_resolved(own, geography))


def unit_claims(
    alignment: Alignment,
    geography: Geography,
    position_by_territory: Mapping[TerritoryId, int],
) -> UnitClaims:
    """Resolve every geounit of every level: the finest assignment wins.

    Args:
        alignment: The scenario's assignments.
        geography: Supplies codes and parents of the levels.
        position_by_territory: Position of each territory in the scenario's list.
    """
    own = {
        level: np.full(len(geography.layer(level).codes), _NO_CLAIM, dtype=np.int32)
        for level in LEVELS_COARSE_TO_FINE
    }
    said: dict[str, tuple[list[str], list[int]]] = {
        level.value: ([], []) for level in LEVELS_COARSE_TO_FINE
    }
    for geounit, territories in alignment.units.items():
        level_name, _, code = geounit.partition(":")
        codes, positions = said[level_name]
        codes.append(code)
        positions.append(_claim_code(territories, position_by_territory))
    for geounit in alignment.holes:
        level_name, _, code = geounit.partition(":")
        codes, positions = said[level_name]
        codes.append(code)
        positions.append(NOBODY)
    for level in LEVELS_COARSE_TO_FINE:
        codes, positions = said[level.value]
        index = geography.layer(level).indices_of(codes)
        known = index >= 0
        own[level][index[known]] = np.array(positions, dtype=np.int32)[known]
    return UnitClaims(own=own, resolved=_resolved(own, geography))


def _resolved(own: Mapping[GeoLevel, IntArray], geography: Geography) -> dict[GeoLevel, IntArray]:
    """What holds for every unit after coarser levels fill in."""
    resolved: dict[GeoLevel, IntArray] = {}
    above: IntArray | None = None
    for level in LEVELS_COARSE_TO_FINE:
        inherited = _inherited(above, geography.layer(level).parent)
        resolved[level] = np.where(own[level] == _NO_CLAIM, inherited, own[level]).astype(np.int32)
        above = resolved[level]
    return resolved


def _claim_code(
    territories: frozenset[TerritoryId], position_by_territory: Mapping[TerritoryId, int]
) -> int:
    if len(territories) > 1:
        return IN_DISPUTE
    return position_by_territory[next(iter(territories))]


def _inherited(above: IntArray | None, parent: IntArray) -> IntArray:
    if above is None:
        return np.full(len(parent), NOBODY, dtype=np.int32)
    padded = np.append(above, np.int32(NOBODY))
    return padded[parent]


def account_territories(
    claims: UnitClaims,
    unit_index: Mapping[GeoLevel, IntArray],
    named: Mapping[int, int],
) -> IntArray:
    """The territory position of every account, `NOBODY` or `IN_DISPUTE`.

    Args:
        claims: Resolved geounits.
        unit_index: Per level, the index of the geounit that contains each account (-1 unknown).
        named: Row of the account -> territory position or `IN_DISPUTE`, for named assignments.
    """
    count = len(unit_index[GeoLevel.COUNTRY])
    result = np.full(count, NOBODY, dtype=np.int32)
    for level in LEVELS_COARSE_TO_FINE:
        index = unit_index[level]
        known = index >= 0
        result[known] = claims.resolved[level][index[known]]
    for row, position in named.items():
        result[row] = position
    return result


@dataclass(frozen=True, slots=True)
class ViewIndex:
    """Where the units of a map view stand in their layers.

    Attributes:
        count: How many units the view has.
        positions: Per level that the view has units of, and for each unit of the view, its index
            in the layer; -1 for units of other levels.
    """

    count: int
    positions: Mapping[GeoLevel, IntArray]

    @classmethod
    def of(cls, geography: Geography, level: GeoLevel) -> "ViewIndex":
        """The index of the view of this level."""
        geounits = geography.view(level).geounits
        names, _, codes = zip(*(unit.partition(":") for unit in geounits), strict=True)
        levels = np.array(names)
        positions: dict[GeoLevel, IntArray] = {}
        for each in LEVELS_COARSE_TO_FINE[: level.depth + 1]:
            here = levels == each.value
            if here.any():
                found = geography.layer(each).indices_of(codes)
                positions[each] = np.where(here, found, -1).astype(np.int32)
        return cls(len(geounits), positions)


def view_territories(claims: UnitClaims, geography: Geography, view: ViewIndex) -> IntArray:
    """The territory position of every unit of a map view, `NOBODY`, `IN_DISPUTE` or `MIXED`.

    A unit is `MIXED` where the finer units inside it are not all held alike; where they are, it
    shows what they show, even if nothing is said about the unit itself.
    """
    result = np.full(view.count, NOBODY, dtype=np.int32)
    for level, position in view.positions.items():
        shown = position >= 0
        result[shown] = held_within(claims, geography, level)[position[shown]]
    return result


def held_within(claims: UnitClaims, geography: Geography, level: GeoLevel) -> IntArray:
    """Per unit of a level's layer: what all its finest units show, or `MIXED`."""
    finest = LEVELS_COARSE_TO_FINE[-1]
    held = claims.resolved[finest]
    for finer in reversed(LEVELS_COARSE_TO_FINE[level.depth + 1 :]):
        coarser = LEVELS_COARSE_TO_FINE[finer.depth - 1]
        parent = geography.layer(finer).parent
        inside = parent >= 0
        lowest = np.full(len(claims.resolved[coarser]), np.iinfo(np.int32).max, dtype=np.int32)
        highest = np.full(len(lowest), np.iinfo(np.int32).min, dtype=np.int32)
        np.minimum.at(lowest, parent[inside], held[inside])
        np.maximum.at(highest, parent[inside], held[inside])
        uniform = np.where(lowest == highest, lowest, MIXED)
        childless = lowest == np.iinfo(np.int32).max
        held = np.where(childless, claims.resolved[coarser], uniform).astype(np.int32)
    return held
