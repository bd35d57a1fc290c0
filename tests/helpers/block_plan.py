# SPDX-License-Identifier: MIT
"""A plan over the block geography: one account in the middle of each ZIP area.

The account of row r and column c has the id 8 r + c + 1 and sales of ten times its id; account 49
stands on the island with sales of 490.
"""

from pathlib import Path

from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AssignGeoUnits, CreateTerritory, SetMainMeasure
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.block_geography import (
    COLUMNS,
    ISLAND,
    ROWS,
    BlockGeography,
    county_at,
    zip_at,
)


def block_workspace(folder: Path, names: tuple[str, ...] = ("A", "B", "C")) -> Workspace:
    """A fresh plan with the accounts above and empty territories of these names."""
    folder.mkdir(parents=True, exist_ok=True)
    geography = BlockGeography(folder)
    folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
    path = folder / "blocks.evenfield"
    workspace = Workspace.create(path, folders, geography, "Blocks")
    cells = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
    placed = [(zip_at(*cell), county_at(*cell)) for cell in cells]
    placed.append((ISLAND, GeoUnitId("county:02990")))
    points = [(-99.75 + 0.5 * column, 39.75 - 0.5 * row) for row, column in cells]
    points.append((-89.75, 38.25))
    columns = ("id", "external_id", "name", "lon", "lat", "placed_by")
    codes = ("country", "state", "county", "zip_code")
    with workspace.document.store.transaction() as tx:
        tx.put(
            "account",
            (*columns, *codes),
            [
                (
                    *(at + 1, f"K{at + 1}", f"Example {at + 1}", *points[at], "coordinates"),
                    *("US", county[7:9], county[7:], unit[4:]),
                )
                for at, (unit, county) in enumerate(placed)
            ],
        )
        tx.put("measure", ("id", "name", "kind", "source"), [(1, "Sales", "money", "Sales")])
        values = [(1, at + 1, 10.0 * (at + 1)) for at in range(len(placed))]
        tx.put("account_measure", ("measure_id", "account_id", "value"), values)
    opened = Workspace(workspace.document, geography)
    opened.run(SetMainMeasure(opened.measures[1].id, "Sales"))
    for name in names:
        opened.run(CreateTerritory(name))
    return opened


def draw(workspace: Workspace, picture: str) -> None:
    """Assign ZIP areas by a picture: one line per row, a letter per column, a dot for nobody."""
    ids = {territory.name: territory.id for territory in workspace.territories}
    units: dict[str, list[GeoUnitId]] = {}
    for row, line in enumerate(picture.split()):
        for column, letter in enumerate(line):
            units.setdefault(letter, []).append(zip_at(row, column))
    for letter, inside in units.items():
        if letter != ".":
            workspace.run(AssignGeoUnits(tuple(inside), ids[letter], letter))


def territory_id(workspace: Workspace, name: str) -> TerritoryId:
    """The id of a territory by its name."""
    return next(each.id for each in workspace.territories if each.name == name)
