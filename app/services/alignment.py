# SPDX-License-Identifier: MIT
"""Who serves what: from assignments to the territory of every geounit and account.

Everything is computed from scratch from arrays. At 100,000 accounts that takes milliseconds, so
there is no incremental second definition that could drift from this one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.services.geography.area_view import AreaView
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

    def holders(self) -> frozenset[TerritoryId]:
        """The territories to which an area or an account is assigned."""
        claims = {*self.units.values(), *self.accounts.values()}
        return frozenset[TerritoryId]().union(*claims)

    def units_of(self, territory: TerritoryId) -> tuple[GeoUnitId, ...]:
        """The geounits that are assigned to a territory, as they were assigned."""
        return tuple(sorted(unit for unit, claim in self.units.items() if territory in claim))


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
        self,
        geography: Geography,
        level: GeoLevel,
        index: IntArray,
        code: int,
        kept: Mapping[GeoLevel, npt.NDArray[np.bool_]] | None = None,
    ) -> "UnitClaims":
        """The claims once units of a level are given to a territory, or to nobody.

        As with every edit, what was said about finer units inside them is forgotten, unless these
        are kept.

        Args:
            geography: The one that the claims are of.
            level: The level of the units.
            index: Their positions in the layer.
            code: Position of the territory, or `NOBODY`.
            kept: By level, per unit whether it is locked; None where nothing is.
        """
        own = dict(self.own)
        own[level] = own[level].copy()
        own[level][index] = code
        given = np.zeros(len(own[level]) + 1, dtype=np.bool_)
        given[index] = True
        for finer in LEVELS_COARSE_TO_FINE[level.depth + 1 :]:
            inside = given[geography.ancestors(finer, level)]
            if kept is not None:
                inside &= ~kept[finer]
            own[finer] = np.where(inside, np.int32(_NO_CLAIM), own[finer])
        return UnitClaims(own=own, resolved=_resolved(own, geography))

    def said(
        self, geography: Geography, codes: Mapping[GeoLevel, tuple[IntArray, IntArray]]
    ) -> "UnitClaims":
        """The claims once something else is said about some units; what is said inside them stays.

        Args:
            geography: The one that the claims are of.
            codes: By level positions of units in the layer, and what is said about each of them: a
                territory position or `NOBODY`.
        """
        own = dict(self.own)
        for level, (index, code) in codes.items():
            own[level] = own[level].copy()
            own[level][index] = code
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
    units = (*alignment.units, *alignment.holes)
    _say(own, geography, alignment, position_by_territory, units)
    return UnitClaims(own=own, resolved=_resolved(own, geography))


def claims_after_reading(
    claims: UnitClaims,
    alignment: Alignment,
    geography: Geography,
    position_by_territory: Mapping[TerritoryId, int],
    units: Iterable[GeoUnitId],
) -> UnitClaims:
    """The claims once other things may be said about some units; the same as `unit_claims`.

    Args:
        claims: Before.
        alignment: The assignments of now.
        geography: The one that the claims are of.
        position_by_territory: As it was for the claims.
        units: What may be assigned otherwise than before.
    """
    own = {level: codes.copy() for level, codes in claims.own.items()}
    _say(own, geography, alignment, position_by_territory, units)
    return UnitClaims(own=own, resolved=_resolved(own, geography))


def _say(
    own: Mapping[GeoLevel, IntArray],
    geography: Geography,
    alignment: Alignment,
    position_by_territory: Mapping[TerritoryId, int],
    units: Iterable[GeoUnitId],
) -> None:
    """Write what the assignments say about units themselves."""
    said: dict[str, tuple[list[str], list[int]]] = {
        level.value: ([], []) for level in LEVELS_COARSE_TO_FINE
    }
    for geounit in units:
        level_name, _, code = geounit.partition(":")
        codes, positions = said[level_name]
        codes.append(code)
        territories = alignment.units.get(geounit)
        if territories is not None:
            positions.append(_claim_code(territories, position_by_territory))
        else:
            positions.append(NOBODY if geounit in alignment.holes else _NO_CLAIM)
    for level in LEVELS_COARSE_TO_FINE:
        codes, positions = said[level.value]
        if codes:
            index = geography.layer(level).indices_of(codes)
            known = index >= 0
            own[level][index[known]] = np.array(positions, dtype=np.int32)[known]


def _resolved(own: Mapping[GeoLevel, IntArray], geography: Geography) -> dict[GeoLevel, IntArray]:
    """What holds for every unit after coarser levels fill in."""
    resolved: dict[GeoLevel, IntArray] = {}
    for level in LEVELS_COARSE_TO_FINE:
        layer = geography.layer(level)
        holds = own[level].copy()
        open_ = holds == _NO_CLAIM
        holds[open_] = NOBODY
        for above in LEVELS_COARSE_TO_FINE[: level.depth]:
            parents = layer.parents_at(above)
            if parents is not None:
                inherits = open_ & (parents >= 0)
                holds[inherits] = resolved[above][parents[inherits]]
        resolved[level] = holds
    return resolved


def _claim_code(
    territories: frozenset[TerritoryId], position_by_territory: Mapping[TerritoryId, int]
) -> int:
    if len(territories) > 1:
        return IN_DISPUTE
    return position_by_territory[next(iter(territories))]


def territories_by_area(claims: UnitClaims, unit_index: Mapping[GeoLevel, IntArray]) -> IntArray:
    """Who would serve every account were there only areas: a position, `NOBODY` or `IN_DISPUTE`.

    Args:
        claims: Resolved geounits.
        unit_index: Per level, the index of the geounit that contains each account (-1 unknown).
    """
    count = len(unit_index[GeoLevel.COUNTRY])
    result = np.full(count, NOBODY, dtype=np.int32)
    for level in LEVELS_COARSE_TO_FINE:
        index = unit_index[level]
        known = index >= 0
        result[known] = claims.resolved[level][index[known]]
    return result


def view_territories(claims: UnitClaims, geography: Geography, view: AreaView) -> IntArray:
    """The territory position of every unit of a map view, `NOBODY`, `IN_DISPUTE` or `MIXED`.

    A unit is `MIXED` where the finer units inside it are not all held alike; where they are, it
    shows what they show, even if nothing is said about the unit itself. So is a group of units.
    """
    held = held_by_level(claims, geography)
    return view.held(held.__getitem__, MIXED)


def held_within(claims: UnitClaims, geography: Geography, level: GeoLevel) -> IntArray:
    """Per unit of a level's layer: what all its finest units show, or `MIXED`."""
    return held_by_level(claims, geography, level)[level]


def held_by_level(
    claims: UnitClaims, geography: Geography, coarsest: GeoLevel = GeoLevel.COUNTRY
) -> dict[GeoLevel, IntArray]:
    """Per level, from the coarsest that is asked for, what all finest units inside show."""
    levels = LEVELS_COARSE_TO_FINE[coarsest.depth :]
    largest, smallest = np.iinfo(np.int32).max, np.iinfo(np.int32).min
    lowest = {each: np.full(len(claims.resolved[each]), largest, np.int32) for each in levels}
    highest = {each: np.full(len(claims.resolved[each]), smallest, np.int32) for each in levels}
    held: dict[GeoLevel, IntArray] = {}
    for level in reversed(levels):
        uniform = np.where(lowest[level] == highest[level], lowest[level], np.int32(MIXED))
        childless = lowest[level] == largest
        held[level] = np.where(childless, claims.resolved[level], uniform).astype(np.int32)
        layer = geography.layer(level)
        for above in levels[: level.depth - coarsest.depth]:
            parents = layer.parents_at(above)
            if parents is not None:
                lies = parents >= 0
                np.minimum.at(lowest[above], parents[lies], held[level][lies])
                np.maximum.at(highest[above], parents[lies], held[level][lies])
    return held
