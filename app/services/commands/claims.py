# SPDX-License-Identifier: MIT
"""The assignments around some geounits, read once and changed in memory before they are written."""

from collections.abc import Iterable, Sequence

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel, split_geounit_id
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands.base import ITS_TERRITORIES, Edit, locked_geounits, territory_name

_CHUNK = 500
"""Keys per query: below SQLite's limit on parameters in every build."""


class ClaimEditor:
    """Edits the claims on geounits of one sales force of a scenario.

    It keeps three rules: the finest claim wins, so a claim on a coarser unit removes the finer
    ones inside it; no claim repeats what the area around it says already; and a locked area keeps
    its own claim whatever the area around it says.
    """

    def __init__(self, edit: Edit, geounits: Sequence[GeoUnitId]) -> None:
        self._edit = edit
        self._levels_in_use = self._finer_levels_in_use()
        self._ancestors = {unit: self._chain_above(unit) for unit in geounits}
        self._inside = {unit: self._finer_units(unit) for unit in geounits}
        self._locked = locked_geounits(edit)
        self._locked_inside: dict[GeoUnitId, list[GeoUnitId]] = {unit: [] for unit in geounits}
        for unit in self._locked:
            for above in self._chain_above(unit):
                if above in self._locked_inside:
                    self._locked_inside[above].append(unit)
        wanted = {*geounits, *self._locked}
        wanted.update(*self._ancestors.values(), *self._inside.values())
        self.claims: dict[GeoUnitId, set[TerritoryId]] = {}
        self.holes: set[GeoUnitId] = set()
        self._read(wanted)
        self._before = {unit: set(claim) for unit, claim in self.claims.items()}
        self._holes_before = set(self.holes)

    def holders(self, unit: GeoUnitId) -> set[TerritoryId]:
        """Every territory that holds the unit or a part of it that is not locked."""
        found = set(self._resolved(unit))
        for inner in self._inside[unit]:
            if inner not in self._locked:
                found |= self.claims.get(inner, set())
        return found

    def reject_locked(self, units: Iterable[GeoUnitId], territory: TerritoryId | None) -> None:
        """Refuse to give locked areas, or parts of them, to another territory, or to none.

        Raises:
            EditRejected: One of the units is locked or lies in a locked area.
        """
        for unit in units:
            for each in (unit, *self._ancestors[unit]):
                holder = self._locked.get(each)
                if holder is not None and holder != territory:
                    name = self._edit.geography.name(each)
                    raise EditRejected(
                        f"{name} is locked for {territory_name(self._edit, holder)}.",
                        meaning="Nothing was changed.",
                        remedy="Unlock the area, or leave it out of this edit.",
                    )

    def own(self, unit: GeoUnitId, territory: TerritoryId) -> None:
        """Say of the unit itself that it is the territory's, though the area around may too."""
        self.claims[unit] = {territory}

    def leave_to_around(self, unit: GeoUnitId) -> None:
        """Drop a claim that repeats what the area around says."""
        if unit in self.claims and self.claims[unit] == self._around(unit):
            del self.claims[unit]

    def assign(self, unit: GeoUnitId, territory: TerritoryId | None) -> None:
        """Give the whole unit to one territory, or to nobody."""
        self._clear(unit)
        around = self._around(unit)
        if territory is None:
            if around:
                self.holes.add(unit)
        elif around != {territory} or unit in self._locked:
            self.claims[unit] = {territory}

    def add(self, unit: GeoUnitId, territory: TerritoryId) -> None:
        """Add a claim to those that hold the unit already."""
        self.claims[unit] = self._resolved(unit) | {territory}
        self.holes.discard(unit)

    def claimants(self, unit: GeoUnitId) -> set[TerritoryId]:
        """Who claims the unit itself, or the area around it where nothing is said about it."""
        return set(self._resolved(unit))

    def settle(self, unit: GeoUnitId, territory: TerritoryId) -> None:
        """Leave the unit to one territory; what is said about units inside it stays."""
        self.claims.pop(unit, None)
        self.holes.discard(unit)
        if self._around(unit) != {territory} or unit in self._locked:
            self.claims[unit] = {territory}
        by_depth = sorted(self._inside[unit], key=lambda inner: split_geounit_id(inner)[0].depth)
        for inner in by_depth:
            is_free = inner in self.claims and inner not in self._locked
            if is_free and self._said_above(inner) == self.claims[inner]:
                del self.claims[inner]

    def write(self) -> None:
        """Write the difference to the plan."""
        tx, scenario = self._edit.tx, self._edit.scenario_id
        force = self._edit.sales_force_id
        after = {(u, t) for u, claim in self.claims.items() for t in claim}
        before = {(u, t) for u, claim in self._before.items() for t in claim}
        gone, new = sorted(before - after), sorted(after - before)
        if gone:
            tx.delete("geounit_assignment", [(scenario, u, t) for u, t in gone])
        if new:
            columns = ("scenario_id", "geounit_id", "territory_id")
            tx.put("geounit_assignment", columns, [(scenario, u, t) for u, t in new])
        if closed := sorted(self._holes_before - self.holes):
            tx.delete("geounit_hole", [(scenario, u, force) for u in closed])
        if opened := sorted(self.holes - self._holes_before):
            columns = ("scenario_id", "geounit_id", "sales_force_id")
            tx.put("geounit_hole", columns, [(scenario, u, force) for u in opened])

    def _clear(self, unit: GeoUnitId) -> None:
        for inner in (unit, *self._inside[unit]):
            if inner is unit or inner not in self._locked:
                self.claims.pop(inner, None)
                self.holes.discard(inner)

    def _resolved(self, unit: GeoUnitId) -> set[TerritoryId]:
        if unit in self.holes:
            return set()
        return set(self.claims.get(unit) or self._around(unit))

    def _around(self, unit: GeoUnitId) -> set[TerritoryId]:
        """What the area around the unit says, nearest level first."""
        for above in self._ancestors[unit]:
            if above in self.holes:
                return set()
            if above in self.claims:
                return self.claims[above]
        return set()

    def _said_above(self, inner: GeoUnitId) -> set[TerritoryId]:
        """What is said around a unit inside one of those that are edited."""
        for above in self._chain_above(inner):
            if above in self.holes:
                return set()
            if above in self.claims:
                return self.claims[above]
        return set()

    def _chain_above(self, unit: GeoUnitId) -> tuple[GeoUnitId, ...]:
        chain: list[GeoUnitId] = []
        above = self._edit.geography.parent(unit)
        while above is not None:
            chain.append(above)
            above = self._edit.geography.parent(above)
        return tuple(chain)

    def _finer_units(self, unit: GeoUnitId) -> tuple[GeoUnitId, ...]:
        own_depth = split_geounit_id(unit)[0].depth
        if all(level.depth <= own_depth for level in self._levels_in_use):
            return ()
        return tuple(
            inner
            for inner in self._edit.geography.descendants_of(unit)
            if split_geounit_id(inner)[0] in self._levels_in_use
        )

    def _finer_levels_in_use(self) -> frozenset[GeoLevel]:
        """Levels with any claim or hole, so that unused ones need not be searched."""
        used: set[GeoLevel] = set()
        for level in GeoLevel:
            for table in ("geounit_assignment", "geounit_hole"):
                rows = self._edit.tx.rows(
                    f"SELECT 1 FROM {table} WHERE scenario_id = ?"  # noqa: S608 names from the tuple above
                    " AND geounit_id >= ? AND geounit_id < ? LIMIT 1",
                    (self._edit.scenario_id, f"{level.value}:", f"{level.value};"),
                )
                if rows:
                    used.add(level)
        return frozenset(used)

    def _read(self, units: set[GeoUnitId]) -> None:
        for chunk in _chunks(sorted(units)):
            among = f"geounit_id IN ({','.join('?' * len(chunk))})"
            parameters = (self._edit.scenario_id, self._edit.sales_force_id, *chunk)
            claims = (
                "SELECT geounit_id, territory_id FROM geounit_assignment"  # noqa: S608 question marks only
                f" WHERE scenario_id = ?1 AND {ITS_TERRITORIES} AND {among}"
            )
            for unit, territory in self._edit.tx.rows(claims, parameters):
                claim = self.claims.setdefault(GeoUnitId(str(unit)), set())
                claim.add(TerritoryId(int(territory or 0)))
            holes = (
                "SELECT geounit_id FROM geounit_hole"  # noqa: S608 question marks only
                f" WHERE scenario_id = ? AND sales_force_id = ? AND {among}"
            )
            found = self._edit.tx.rows(holes, parameters)
            self.holes.update(GeoUnitId(str(unit)) for (unit,) in found)


def _chunks(units: Sequence[GeoUnitId]) -> Iterable[Sequence[GeoUnitId]]:
    for start in range(0, len(units), _CHUNK):
        yield units[start : start + _CHUNK]
