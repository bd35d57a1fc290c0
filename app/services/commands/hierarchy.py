# SPDX-License-Identifier: MIT
"""Putting territories into regions, and regions into other regions."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import StrokeId, TerritoryId
from app.services.commands.base import Edit, territory_name
from app.services.commands.territories import checked_name, insert_territory, least_used_color

_Parents = Mapping[TerritoryId, TerritoryId | None]


@dataclass(frozen=True, slots=True)
class SetParent:
    """Put territories into a region, or take them out of every region."""

    territories: tuple[TerritoryId, ...]
    parent: TerritoryId | None
    territory_name: str = ""
    parent_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        amount = len(self.territories)
        what = self.territory_name if amount == 1 else f"{amount} territories"
        if self.parent is None:
            return (
                f"Take {what} out of its region" if amount == 1 else f"Take {what} out of regions"
            )
        return f"Move {what} into {self.parent_name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the region of each.

        Raises:
            EditRejected: A territory would lie below itself, or is of another sales force.
        """
        names = {each: territory_name(edit, each) for each in self.territories}
        parents = _parents(edit)
        if self.parent is not None:
            above_name = territory_name(edit, self.parent)
            if self.parent not in parents:
                raise _other_force(above_name)
            _reject_loop(self.territories, self.parent, parents, names, above_name)
        for territory, name in names.items():
            if territory not in parents:
                raise _other_force(name)
        moved = [each for each in self.territories if parents[each] != self.parent]
        rows = [(each, self.parent) for each in moved]
        edit.tx.put("territory", ("id", "parent_id"), rows)
        return Changes(territories=frozenset(moved))


@dataclass(frozen=True, slots=True)
class AddRegion:
    """Make a region above some territories, in the region that they share, if any."""

    name: str
    territories: tuple[TerritoryId, ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Add {self.name} above {len(self.territories)} territories"

    def apply(self, edit: Edit) -> Changes:
        """Add the region and put the topmost of the territories into it.

        Raises:
            EditRejected: No territory is chosen, or the name cannot be used.
        """
        parents = _parents(edit)
        inside = _topmost([each for each in self.territories if each in parents], parents)
        if not inside:
            raise EditRejected(
                "No territory is selected.",
                meaning="A region unites territories, so none was made.",
                remedy="Select the territories of the region in the list first.",
            )
        shared = {parents[each] for each in inside}
        above = shared.pop() if len(shared) == 1 else None
        region = insert_territory(edit, checked_name(edit, self.name), least_used_color(edit))
        rows = [(region, above), *((each, region) for each in inside)]
        edit.tx.put("territory", ("id", "parent_id"), rows)
        return Changes(territories=frozenset((region, *inside)))


def _parents(edit: Edit) -> _Parents:
    """The region of each territory of the sales force."""
    rows = edit.tx.rows(
        "SELECT id, parent_id FROM territory WHERE scenario_id = ? AND sales_force_id = ?",
        (edit.scenario_id, edit.sales_force_id),
    )
    return {
        TerritoryId(int(each or 0)): None if above is None else TerritoryId(int(above))
        for each, above in rows
    }


def _topmost(territories: list[TerritoryId], parents: _Parents) -> list[TerritoryId]:
    """Those of the territories that lie below none of the others."""
    chosen = set(territories)
    return [each for each in territories if not chosen.intersection(_above(each, parents))]


def _above(territory: TerritoryId, parents: _Parents) -> list[TerritoryId]:
    """The regions above a territory, the nearest first."""
    found: list[TerritoryId] = []
    above = parents.get(territory)
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def _reject_loop(
    territories: tuple[TerritoryId, ...],
    parent: TerritoryId,
    parents: _Parents,
    names: Mapping[TerritoryId, str],
    parent_name: str,
) -> None:
    circle = {parent, *_above(parent, parents)}
    for territory in territories:
        if territory in circle:
            what = "itself" if territory == parent else f"{parent_name}, which lies in it"
            raise EditRejected(
                f"{names[territory]} cannot be moved into {what}.",
                meaning="A region would lie below itself; nothing was changed.",
                remedy="Take the smaller one out of the region first.",
            )


def _other_force(name: str) -> EditRejected:
    return EditRejected(
        f"{name} belongs to another sales force.",
        meaning="A region unites territories of one sales force; nothing was changed.",
        remedy="Show that sales force first.",
    )
