# SPDX-License-Identifier: MIT
"""First territories worked out from the data: from today's owners, or by the nearest rep home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.errors import EditRejected
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel, geounit_id
from app.models.ids import GeoUnitId, RepId
from app.models.rep import Rep
from app.services.account_table import AccountTable
from app.services.coloring import neighbor_weights, spread_colors
from app.services.commands import DraftTerritory
from app.services.geography.geography import Geography

EARTH_RADIUS_KM = 6371.0088
HOME_COUNTRY_WITH_LEVELS = "US"
"""The country that the shipped geography divides below the country level."""


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


@dataclass(frozen=True, slots=True)
class _AccountUnits:
    """The unit that a builder uses for each account.

    Attributes:
        keys: The distinct units, as (level, index in the layer).
        slot: Per account the position in `keys`, -1 where the account is not placed.
    """

    keys: tuple[tuple[GeoLevel, int], ...]
    slot: npt.NDArray[np.int64]


def from_owners(
    accounts: AccountTable,
    reps: Sequence[Rep],
    values: npt.NDArray[np.float64],
    geography: Geography,
    rules: OwnerRules,
) -> tuple[DraftTerritory, ...]:
    """One territory per owner that the accounts name.

    An owner is matched to a rep by id, else by e-mail, else by name; one that matches nobody
    still gets a territory, which is vacant. Ties go to the owner with more accounts in the area,
    then to the first in order of the owner's text.

    Args:
        accounts: All accounts.
        reps: All reps.
        values: The measure that decides, per account.
        geography: The shipped areas.
        rules: See `OwnerRules`.

    Raises:
        EditRejected: No account has an owner and a place.
    """
    units = _units_of_accounts(accounts, rules.level)
    owner_text = np.array([str(text) for text in accounts.text("owner")], dtype=np.str_)
    usable = (units.slot >= 0) & (owner_text != "")
    if not usable.any():
        message = "No account has both an owner and a place."
        remedy = "Import a column with the salesperson of each account, then try again."
        raise EditRejected(message, meaning="No territories were made.", remedy=remedy)
    owners, owner = np.unique(owner_text[usable], return_inverse=True)
    shape = (len(owners), len(units.keys))
    sums, counts = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, (owner, units.slot[usable]), values[usable])
    np.add.at(counts, (owner, units.slot[usable]), 1)
    held = counts > 0 if rules.keep_all_claims else _winners(sums, counts)
    held_units: list[list[tuple[GeoLevel, int]]] = [
        [units.keys[slot] for slot in np.nonzero(row)[0]] for row in held
    ]
    weight = [
        {units.keys[slot]: float(sums[i, slot]) for slot in np.nonzero(row)[0]}
        for i, row in enumerate(held)
    ]
    keep = [i for i, own in enumerate(held_units) if own]
    if rules.fill_empty:
        _fill_empty(held_units, rules.level, geography)
    rep_by_owner = match_owners([str(text) for text in owners], reps)
    return _drafts(
        [held_units[i] for i in keep],
        [weight[i] for i in keep],
        [rep_by_owner.get(str(owners[i])) for i in keep],
        rules.level,
        geography,
    )


def nearest_home(
    accounts: AccountTable, reps: Sequence[Rep], geography: Geography, level: GeoLevel
) -> tuple[DraftTerritory, ...]:
    """One territory per rep with a home: every area goes to the nearest home in its country.

    Where no rep lives in a country that has accounts, the nearest home anywhere gets it.
    Countries without accounts stay unassigned; the United States are shared out whole.

    Raises:
        EditRejected: No rep's home has a place.
    """
    homes = [rep for rep in reps if rep.lon is not None and rep.lat is not None]
    if not homes:
        message = "No rep has a home that could be placed on the map."
        remedy = "Add home addresses to the reps, then try again."
        raise EditRejected(message, meaning="No territories were made.", remedy=remedy)
    lon = np.array([rep.lon for rep in homes], dtype=np.float64)
    lat = np.array([rep.lat for rep in homes], dtype=np.float64)
    home_country = geography.locate(lon, lat).index[GeoLevel.COUNTRY]
    keys = _served_units(accounts, geography, level)
    held: list[list[tuple[GeoLevel, int]]] = [[] for _ in homes]
    for unit_level, indices, country in keys:
        layer = geography.layer(unit_level)
        allowed = home_country == country
        candidates = np.nonzero(allowed if allowed.any() else np.ones_like(allowed))[0]
        km = distance_km(
            layer.lon[indices][:, None],
            layer.lat[indices][:, None],
            lon[candidates],
            lat[candidates],
        )
        for index, winner in zip(indices, candidates[km.argmin(axis=1)], strict=True):
            held[winner].append((unit_level, int(index)))
    keep = [i for i, own in enumerate(held) if own]
    weights = [_account_counts(held[i], accounts) for i in keep]
    return _drafts([held[i] for i in keep], weights, [homes[i].id for i in keep], level, geography)


def match_owners(owners: Sequence[str], reps: Sequence[Rep]) -> dict[str, RepId]:
    """The rep that each owner text means, by id, e-mail or name, upper and lower case alike."""
    found: dict[str, RepId] = {}
    for rep in reversed(reps):
        for key in (rep.name, rep.email, rep.external_id):
            if key.strip():
                found[key.strip().casefold()] = rep.id
    for rep in reversed(reps):
        if rep.external_id.strip():
            found[rep.external_id.strip().casefold()] = rep.id
    return {owner: found[owner.casefold()] for owner in owners if owner.casefold() in found}


def distance_km(
    lon_a: npt.NDArray[np.float64],
    lat_a: npt.NDArray[np.float64],
    lon_b: npt.NDArray[np.float64],
    lat_b: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Great-circle distance by the haversine formula, in kilometres; arguments broadcast."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    across = np.sin((phi_b - phi_a) / 2) ** 2
    along = np.cos(phi_a) * np.cos(phi_b) * np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(across + along, 0.0, 1.0)))


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


def _fill_empty(
    held: list[list[tuple[GeoLevel, int]]], level: GeoLevel, geography: Geography
) -> None:
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
    for start in range(0, len(empty), 512):
        part = empty[start : start + 512]
        km = distance_km(
            layer.lon[part][:, None], layer.lat[part][:, None], layer.lon[taken], layer.lat[taken]
        )
        for index, nearest in zip(part, taken[km.argmin(axis=1)], strict=True):
            held[int(owner[nearest])].append((level, int(index)))


def _served_units(
    accounts: AccountTable, geography: Geography, level: GeoLevel
) -> list[tuple[GeoLevel, npt.NDArray[np.int64], int]]:
    """(level, indices, country) of all areas to share out: one entry per country."""
    countries = geography.layer(GeoLevel.COUNTRY)
    home = countries.index_of(HOME_COUNTRY_WITH_LEVELS)
    present = np.unique(accounts.unit_index[GeoLevel.COUNTRY])
    result: list[tuple[GeoLevel, npt.NDArray[np.int64], int]] = []
    for country in present[present >= 0]:
        if country == home and level is not GeoLevel.COUNTRY:
            result.append((level, np.arange(len(geography.layer(level).codes)), home))
        else:
            result.append((GeoLevel.COUNTRY, np.array([country], dtype=np.int64), int(country)))
    return result


def _account_counts(
    own: Sequence[tuple[GeoLevel, int]], accounts: AccountTable
) -> dict[tuple[GeoLevel, int], float]:
    counts = {
        level: np.bincount(index[index >= 0], minlength=1)
        for level, index in accounts.unit_index.items()
    }
    return {
        (level, index): float(counts[level][index])
        for level, index in own
        if index < len(counts[level])
    }


def _drafts(
    held: Sequence[Sequence[tuple[GeoLevel, int]]],
    weights: Sequence[Mapping[tuple[GeoLevel, int], float]],
    reps: Sequence[RepId | None],
    level: GeoLevel,
    geography: Geography,
) -> tuple[DraftTerritory, ...]:
    names = _distinct([_place_name(weight, geography) for weight in weights])
    colors = _colors(held, level, geography)
    return tuple(
        DraftTerritory(
            name=name,
            color_index=color,
            geounits=tuple(sorted(_id(geography, level_, index) for level_, index in own)),
            rep=rep,
        )
        for name, color, own, rep in zip(names, colors, held, reps, strict=True)
    )


def _id(geography: Geography, level: GeoLevel, index: int) -> GeoUnitId:
    return geounit_id(level, str(geography.layer(level).codes[index]))


def _place_name(weights: Mapping[tuple[GeoLevel, int], float], geography: Geography) -> str:
    """The one or two states or countries with most of the territory's measure."""
    by_place: dict[str, float] = {}
    for (level, index), weight in weights.items():
        unit = _id(geography, level, index)
        while level.depth > GeoLevel.STATE.depth:
            above = geography.parent(unit)
            if above is None:
                break
            unit, level = above, LEVELS_COARSE_TO_FINE[level.depth - 1]  # noqa: PLW2901 walks up
        name = geography.name(unit)
        by_place[name] = by_place.get(name, 0.0) + max(weight, 0.0)
    ranked = sorted(by_place, key=lambda name: (-by_place[name], name))
    if not ranked:
        return "Territory"
    whole = sum(by_place.values())
    alone = len(ranked) == 1 or by_place[ranked[0]] >= 0.6 * whole
    return ranked[0] if alone else f"{ranked[0]} & {ranked[1]}"


def _distinct(names: Sequence[str]) -> list[str]:
    """The names with a number behind each that repeats an earlier one."""
    seen: dict[str, int] = {}
    result: list[str] = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return result


def _colors(
    held: Sequence[Sequence[tuple[GeoLevel, int]]], level: GeoLevel, geography: Geography
) -> list[int]:
    layer = geography.layer(level)
    unit_territory = np.full(len(layer.codes), -1, dtype=np.int32)
    for position, own in enumerate(held):
        for unit_level, index in own:
            if unit_level is level:
                unit_territory[index] = position
    weights = neighbor_weights(unit_territory, layer.neighbors_start, layer.neighbors, len(held))
    return spread_colors(weights)
