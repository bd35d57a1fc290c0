# SPDX-License-Identifier: MIT
"""A small plan with plainly invented customers, reps and territories for tests of the window."""

from pathlib import Path

from app.models.geounit import GeoLevel, geounit_id
from app.models.ids import MeasureId, RepId, TerritoryId
from app.models.rep import Rep
from app.services.commands import AddRep, AssignGeoUnits, CreateTerritory, SetMainMeasure, SetRep
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace

COUNTIES = (
    ("48201", "48", "Houston", "TX", -95.37, 29.76),
    ("48113", "48", "Dallas", "TX", -96.80, 32.78),
    ("06037", "06", "Los Angeles", "CA", -118.24, 34.05),
    ("53033", "53", "Seattle", "WA", -122.33, 47.61),
    ("17031", "17", "Chicago", "IL", -87.63, 41.88),
    ("36061", "36", "New York", "NY", -73.98, 40.77),
)
"""County, state, city, state's abbreviation, lon, lat; 40 accounts stand in each."""

TERRITORIES = (
    ("Lone Star", "Ana Reyes", ("48",)),
    ("Pacific", "Ben Okafor", ("06",)),
    ("Northwest", None, ("53",)),
    ("Great Lakes & Plains", "Chloë Martin", ("17", "53")),
)
"""Territory, rep, states that it holds. Washington is an overlap, New York a gap."""

_COLUMNS = (
    *("id", "external_id", "name", "street", "city", "region", "postal_code", "country_name"),
    *("segment", "industry", "status", "family", "owner", "lon", "lat", "placed_by"),
    *("country", "state", "county", "zip_code", "extra"),
)


def demo_workspace(
    folder: Path, folders: AppFolders, geography: Geography, *, territories: bool = True
) -> Workspace:
    """A plan with 242 accounts, one measure, four reps and four territories.

    Account n (from 1) has sales of 1000 x (n mod 7 + 1). The last two accounts are not placed.

    Args:
        folder: Where the plan file goes.
        folders: Working folders.
        geography: The shipped areas.
        territories: Whether to make the territories and assign them.
    """
    workspace = Workspace.create(folder / "Demo.evenfield", folders, geography, "Demo plan")
    _write_accounts(workspace)
    opened = Workspace(workspace.document, geography)
    for name in ("Ana Reyes", "Ben Okafor", "Chloë Martin", "Dmitri Petrov"):
        mail = name.split()[0].lower() + "@example.com"
        opened.run(AddRep(Rep(RepId(0), name, email=mail, skills=("Road bikes",), quota=250_000.0)))
    sales = opened.measure(MeasureId(1))
    opened.run(SetMainMeasure(sales.id, sales.name))
    if territories:
        _make_territories(opened)
    return opened


def _write_accounts(workspace: Workspace) -> None:
    rows, values, new_id = [], [], 0
    for county, state, city, region, lon, lat in COUNTIES:
        for place in range(40):
            new_id += 1
            spot = (lon + place % 8 * 0.01, lat + place // 8 * 0.01, "city")
            codes = ("US", state, county, "")
            head = (new_id, f"C{new_id:04}", f"{city} Cycles No. {place + 1}", f"{place} Main St")
            kind = ("Retail" if place % 3 else "Key", "Bikes", "customer", "", "Ana Reyes")
            address = (city, region, "", "United States")
            rows.append((*head, *address, *kind, *spot, *codes, "{}"))
    for name in ("Nowhere <b>Bikes</b>", "Sam & Sons"):
        new_id += 1
        head = (new_id, f"C{new_id:04}", name, "", "", "", "", "", "", "", "customer", "", "")
        rows.append((*head, None, None, "not_placed", "", "", "", "", "{}"))
    values = [(1, row[0], 1000.0 * (row[0] % 7 + 1)) for row in rows]
    with workspace.document.store.transaction() as tx:
        tx.put("account", _COLUMNS, rows, all_new=True)
        measure = [(1, "Annual sales", "money", "AnnualSales")]
        tx.put("measure", ("id", "name", "kind", "source"), measure, all_new=True)
        tx.put("account_measure", ("measure_id", "account_id", "value"), values, all_new=True)


def _make_territories(workspace: Workspace) -> None:
    rep_by_name = {rep.name: rep.id for rep in workspace.reps}
    for name, _rep, _states in TERRITORIES:
        workspace.run(CreateTerritory(name))
    id_by_name: dict[str, TerritoryId] = {t.name: t.id for t in workspace.territories}
    for name, rep, states in TERRITORIES:
        units = tuple(geounit_id(GeoLevel.STATE, state) for state in states)
        workspace.run(AssignGeoUnits(units, id_by_name[name], name, add=True))
        if rep is not None:
            workspace.run(SetRep(id_by_name[name], rep_by_name[rep], name, rep))
