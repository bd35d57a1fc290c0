# SPDX-License-Identifier: MIT
"""Who claims an area or an account, where it may be several territories at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import AccountId, TerritoryId
from app.services.alignment import IN_DISPUTE, NOBODY, Alignment, UnitClaims
from app.services.contiguity.borders import Borders

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]

NOBODY_SET = 0
"""Number of the set that has no claimant."""


@dataclass(slots=True)
class SetNumbers:
    """Numbers sets of territories: the empty one first, each territory alone, then the others.

    Attributes:
        sets: Territory positions by number.
    """

    sets: list[frozenset[int]]
    _number_by_set: dict[frozenset[int], int] = field(default_factory=dict[frozenset[int], int])

    @classmethod
    def of(cls, count: int) -> "SetNumbers":
        """Those of so many territories; the territory at position p alone has the number 1 + p."""
        sets = [frozenset[int](), *(frozenset((at,)) for at in range(count))]
        return cls(sets, {each: number for number, each in enumerate(sets)})

    def number_of(self, territories: Iterable[int]) -> int:
        """The number of a set, a new one where it has none yet."""
        wanted = frozenset(territories)
        number = self._number_by_set.setdefault(wanted, len(self.sets))
        if number == len(self.sets):
            self.sets.append(wanted)
        return number


@dataclass(frozen=True, eq=False)
class UnitSets:
    """Who claims every unit.

    Attributes:
        of_unit: Per unit number the number of its claimants' set.
        said_at: Per unit number the unit whose claim or hole decides about it; -1 for none.
    """

    of_unit: IntArray
    said_at: IntArray


def unit_sets(
    numbers: SetNumbers,
    borders: Borders,
    claims: UnitClaims,
    alignment: Alignment,
    position_by_territory: Mapping[TerritoryId, int],
) -> UnitSets:
    """Who claims every unit of every level: the finest that is said decides.

    Args:
        numbers: Numbers the sets.
        borders: All units under one number each.
        claims: What is said about each of them.
        alignment: Tells the claimants where several claim the same unit.
        position_by_territory: Position of each territory in the scenario's list.
    """
    own = borders.in_one(claims.own)
    # NOBODY is -1 and a territory its position: one more is the number of the set.
    own_set = (own + 1).astype(np.int32)
    several = {unit: claim for unit, claim in alignment.units.items() if len(claim) > 1}
    listed = borders.numbers_of(several).tolist()
    for unit, claim in zip(listed, several.values(), strict=True):
        if unit >= 0 and own[unit] == IN_DISPUTE:
            own_set[unit] = numbers.number_of(position_by_territory[each] for each in claim)
    is_said = np.concatenate([claims.is_said(level) for level in LEVELS_COARSE_TO_FINE])
    said_at = np.where(is_said, np.arange(borders.count), -1).astype(np.int32)
    for level in LEVELS_COARSE_TO_FINE:
        here = borders.slice_of(level)
        for coarser in reversed(LEVELS_COARSE_TO_FINE[: level.depth]):
            above = borders.above[level, coarser]
            inherited = np.where(above >= 0, said_at[above], -1)
            said_at[here] = np.where(said_at[here] >= 0, said_at[here], inherited)
    of_unit = np.where(said_at >= 0, own_set[said_at], NOBODY_SET).astype(np.int32)
    return UnitSets(of_unit, said_at)


@dataclass(frozen=True, eq=False)
class Disputes:
    """The accounts that several territories claim.

    Attributes:
        rows: Of the accounts in dispute, ascending.
        sets: Per one of them the number of its claimants' set.
        unit: Per one of them the number of the unit whose claims decide; -1 where the account
            itself is claimed, by name, by family or by drawn areas.
    """

    rows: LongArray
    sets: IntArray
    unit: IntArray


def disputed_accounts(
    numbers: SetNumbers,
    units: UnitSets,
    borders: Borders,
    accounts: "ClaimedAccounts",
) -> Disputes:
    """Who claims each account in dispute, and through what.

    Args:
        numbers: Numbers the sets.
        units: Who claims every unit.
        borders: All units under one number each.
        accounts: The accounts with their claims.
    """
    rows = np.flatnonzero(accounts.served == IN_DISPUTE)
    here = {level: index[rows] for level, index in accounts.unit_index.items()}
    finest = borders.largest_at(np.arange(borders.count, dtype=np.int32), here)
    known = finest >= 0
    unit = np.where(known, units.said_at[finest], -1).astype(np.int32)
    sets = np.where(known, units.of_unit[finest], NOBODY_SET).astype(np.int32)
    place = np.full(len(accounts.served), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    drawn: dict[int, set[int]] = {}
    for position, inside in accounts.drawn.items():
        at = place[inside]
        for each in at[at >= 0].tolist():
            drawn.setdefault(each, set()).add(position)
    direct = {at: positions for at, positions in drawn.items() if len(positions) > 1}
    for row, positions in accounts.named.items():
        if place[row] >= 0:
            direct[int(place[row])] = set(positions)
    for at, positions in direct.items():
        sets[at], unit[at] = numbers.number_of(positions), -1
    followers, heads = place[accounts.follower], place[accounts.head]
    led = (followers >= 0) & (heads >= 0)
    sets[followers[led]], unit[followers[led]] = sets[heads[led]], unit[heads[led]]
    return Disputes(rows, sets, unit)


@dataclass(frozen=True, eq=False)
class ClaimedAccounts:
    """The accounts of a plan with what claims them beside areas.

    Attributes:
        ids: Of all accounts.
        served: Per account a territory position, `NOBODY` or `IN_DISPUTE`.
        unit_index: Per level the position of the unit that contains each account, -1 unknown.
        named: By row the positions of the territories that an account is given to by itself or
            by its family, for accounts in dispute.
        drawn: By territory position the rows of the accounts in its drawn areas.
    """

    ids: npt.NDArray[np.int64]
    served: IntArray
    unit_index: Mapping[GeoLevel, IntArray]
    named: Mapping[int, frozenset[int]]
    follower: LongArray
    head: LongArray
    drawn: Mapping[int, LongArray]

    @property
    def unserved_rows(self) -> LongArray:
        """Rows of the accounts that nobody serves."""
        return np.flatnonzero(self.served == NOBODY)

    def account(self, row: int) -> AccountId:
        """The id of the account at a row."""
        return AccountId(int(self.ids[row]))
