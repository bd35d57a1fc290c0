# SPDX-License-Identifier: MIT
"""Territories from today's owners."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.errors import EditRejected
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import RepId
from app.services.account_table import AccountTable
from app.services.builders.drafting import Unit, drafts_of
from app.services.commands import DraftTerritory
from app.services.distance import nearest_positions
from app.services.geography.geography import Geography
from app.services.importing.owners import RepFinder
from app.services.owner_names import plain_owner


@dataclass(frozen=True, slots=True)
class OwnerRules:
    """How areas follow from today's owners.

    Attributes:
        level: The level of the areas in the United States; elsewhere it is the country.
        keep_all_claims: Every owner with an account in an area claims it, which shows today's
            overlaps; otherwise the owner with most of the measure in it gets it alone.
        fill_empty: Areas without accounts go to the territory of the nearest area that has some.
    """

    level: GeoLevel = GeoLevel.COUNTY
    keep_all_claims: bool = False
    fill_empty: bool = True


def from_owners(
    accounts: AccountTable,
    finder: RepFinder,
    values: npt.NDArray[np.float64],
    geography: Geography,
    rules: OwnerRules,
) -> tuple[DraftTerritory, ...]:
    """One territory per owner that the accounts name.

    Two spellings of one rep are one owner; an owner that matches nobody still gets a territory,
    which is vacant. Ties go to the owner with more accounts in the area, then to the first in
    order of the owner's text.

    Args:
        accounts: All accounts.
        finder: Says which rep an owner means.
        values: The measure that decides, per account.
        geography: The shipped areas.
        rules: See `OwnerRules`.

    Raises:
        EditRejected: No account has an owner and a place.
    """
    units = _units_of_accounts(accounts, rules.level)
    owners, owner = _owners(accounts, finder)
    usable = (units.slot >= 0) & (owner >= 0)
    if not usable.any():
        message = "No account has both an owner and a place."
        remedy = "Import a column with the salesperson of each account, then try again."
        raise EditRejected(message, meaning="No territories were made.", remedy=remedy)
    shape = (len(owners), len(units.keys))
    sums, counts = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, (owner[usable], units.slot[usable]), values[usable])
    np.add.at(counts, (owner[usable], units.slot[usable]), 1)
    is_held = counts > 0 if rules.keep_all_claims else _winners(sums, counts)
    slots: list[list[int]] = [np.nonzero(row)[0].tolist() for row in is_held]
    held: list[list[Unit]] = [[units.keys[slot] for slot in row] for row in slots]
    weights = [
        {units.keys[slot]: float(sums[i, slot]) for slot in row} for i, row in enumerate(slots)
    ]
    keep = [i for i, own in enumerate(held) if own]
    if rules.fill_empty:
        _fill_empty(held, rules.level, geography)
    return drafts_of(
        [held[i] for i in keep],
        [weights[i] for i in keep],
        [owners[i].rep for i in keep],
        rules.level,
        geography,
    )


@dataclass(frozen=True, slots=True)
class _Owner:
    text: str
    rep: RepId | None


def _owners(
    accounts: AccountTable, finder: RepFinder
) -> tuple[list[_Owner], npt.NDArray[np.int64]]:
    """The distinct owners, and per account the position of its owner, -1 where it has none."""
    texts = np.array([str(text).strip() for text in accounts.text("owner")], dtype=np.str_)
    distinct, slot = np.unique(texts, return_inverse=True)
    owners: list[_Owner] = []
    position_by_key: dict[object, int] = {}
    positions = np.full(len(distinct), -1, dtype=np.int64)
    for i, text in enumerate(distinct.tolist()):
        if not text:
            continue
        rep = finder.find_id(text)
        key = rep if rep is not None else plain_owner(text)
        if key not in position_by_key:
            position_by_key[key] = len(owners)
            owners.append(_Owner(text, rep))
        positions[i] = position_by_key[key]
    return owners, positions[slot] if len(slot) else np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _AccountUnits:
    """The unit that a builder uses for each account.

    Attributes:
        keys: The distinct units, as (level, index in the layer).
        slot: Per account the position in `keys`, -1 where the account is not placed.
    """

    keys: tuple[Unit, ...]
    slot: npt.NDArray[np.int64]


def _units_of_accounts(accounts: AccountTable, level: GeoLevel) -> _AccountUnits:
    """Per account the unit at the level, or the finest coarser one that is known."""
    code = np.full(len(accounts), -1, dtype=np.int64)
    for coarse in LEVELS_COARSE_TO_FINE[: level.depth + 1]:
        index = accounts.unit_index[coarse].astype(np.int64)
        known = index >= 0
        code[known] = index[known] * len(LEVELS_COARSE_TO_FINE) + coarse.depth
    placed = code >= 0
    distinct, slots = np.unique(code[placed], return_inverse=True)
    slot = np.full(len(accounts), -1, dtype=np.int64)
    slot[placed] = slots
    size = len(LEVELS_COARSE_TO_FINE)
    keys = tuple((LEVELS_COARSE_TO_FINE[int(c) % size], int(c) // size) for c in distinct)
    return _AccountUnits(keys, slot)


def _winners(
    sums: npt.NDArray[np.float64], counts: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Per unit (column) the one owner (row) with the largest sum, then the largest count."""
    held = np.zeros(sums.shape, dtype=np.bool_)
    for unit in range(sums.shape[1]):
        present = np.nonzero(counts[:, unit])[0]
        if not len(present):
            continue
        best = max(present, key=lambda o: (sums[o, unit], counts[o, unit], -o))
        held[best, unit] = True
    return held


def _fill_empty(held: list[list[Unit]], level: GeoLevel, geography: Geography) -> None:
    """Give the areas of the level that nobody holds to the owner of the nearest held one."""
    if level is GeoLevel.COUNTRY:
        return
    layer = geography.layer(level)
    owner = np.full(len(layer.codes), -1, dtype=np.int64)
    for position, own in enumerate(held):
        for unit_level, index in own:
            if unit_level is level:
                owner[index] = position
    taken, empty = np.nonzero(owner >= 0)[0], np.nonzero(owner < 0)[0]
    if not len(taken):
        return
    at = nearest_positions(layer.lon[empty], layer.lat[empty], layer.lon[taken], layer.lat[taken])
    for index, nearest in zip(empty, taken[at], strict=True):
        held[int(owner[nearest])].append((level, int(index)))
