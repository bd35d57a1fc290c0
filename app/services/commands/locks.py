# SPDX-License-Identifier: MIT
"""Locking territories against every edit of what they hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.models.changes import Changes
from app.models.ids import AccountId, GeoUnitId, StrokeId, TerritoryId
from app.services.alignment import Alignment
from app.services.commands.base import ITS_TERRITORIES, Edit, territory_name
from app.services.lock_digest import lock_digest

_COLUMNS = ("id", "is_locked", "lock_digest")


@dataclass(frozen=True, slots=True)
class SetTerritoryLock:
    """Lock or unlock a territory; locking remembers what it holds."""

    territory: TerritoryId
    is_locked: bool
    territory_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"{'Lock' if self.is_locked else 'Unlock'} {self.territory_name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the lock.

        Raises:
            EditRejected: The territory is gone.
        """
        territory_name(edit, self.territory)
        return _write_locks(edit, (self.territory,), is_locked=self.is_locked)


@dataclass(frozen=True, slots=True)
class SetAllLocks:
    """Lock or unlock all territories of the sales force."""

    is_locked: bool
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"{'Lock' if self.is_locked else 'Unlock'} all territories"

    def apply(self, edit: Edit) -> Changes:
        """Write the locks that are not so already."""
        rows = edit.tx.rows(
            "SELECT id FROM territory WHERE scenario_id = ? AND sales_force_id = ?"
            " AND is_locked <> ? ORDER BY id",
            (edit.scenario_id, edit.sales_force_id, int(self.is_locked)),
        )
        territories = tuple(TerritoryId(int(row[0] or 0)) for row in rows)
        return _write_locks(edit, territories, is_locked=self.is_locked)


def renew_lock_digests(edit: Edit, territories: Iterable[TerritoryId]) -> None:
    """Remember anew what locked territories hold, after an edit that changes nothing of it."""
    found = edit.tx.rows("SELECT id FROM territory WHERE is_locked = 1")
    locked = {TerritoryId(int(row[0] or 0)) for row in found}
    _write_locks(edit, tuple(sorted(locked.intersection(territories))), is_locked=True)


def _write_locks(edit: Edit, territories: tuple[TerritoryId, ...], *, is_locked: bool) -> Changes:
    if not territories:
        return Changes()
    if is_locked:
        alignment, parent = _alignment(edit), edit.geography.parent
        digests = [lock_digest(territory, alignment, parent) for territory in territories]
    else:
        digests = [""] * len(territories)
    rows = [
        (each, int(is_locked), digest) for each, digest in zip(territories, digests, strict=True)
    ]
    edit.tx.put("territory", _COLUMNS, rows)
    return Changes(territories=frozenset(territories))


def _alignment(edit: Edit) -> Alignment:
    """All assignments of the sales force, as they are inside the edit."""
    key = (edit.scenario_id, edit.sales_force_id)
    units: dict[GeoUnitId, frozenset[TerritoryId]] = {}
    accounts: dict[AccountId, frozenset[TerritoryId]] = {}
    for unit, territory in edit.tx.rows(
        "SELECT geounit_id, territory_id FROM geounit_assignment"  # noqa: S608 fixed words
        f" WHERE scenario_id = ?1 AND {ITS_TERRITORIES}",
        key,
    ):
        area = GeoUnitId(str(unit))
        units[area] = units.get(area, frozenset()) | {TerritoryId(int(territory or 0))}
    for account, territory in edit.tx.rows(
        "SELECT account_id, territory_id FROM account_assignment"  # noqa: S608 fixed words
        f" WHERE scenario_id = ?1 AND {ITS_TERRITORIES}",
        key,
    ):
        named = AccountId(int(account or 0))
        accounts[named] = accounts.get(named, frozenset()) | {TerritoryId(int(territory or 0))}
    holes = edit.tx.rows(
        "SELECT geounit_id FROM geounit_hole WHERE scenario_id = ? AND sales_force_id = ?", key
    )
    return Alignment(units, frozenset(GeoUnitId(str(unit)) for (unit,) in holes), accounts)
