# SPDX-License-Identifier: MIT
"""Makes `resources/sample`: three lists and the sample plan, through the program's own services.

    .venv/bin/python -m resources.build.make_sample

The lists are the same to the byte each time; the plan has a new id and time of creation.
"""

import argparse
import functools
import tempfile
from pathlib import Path

import numpy as np

from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.territory import Territory
from app.services.builders.owners import OwnerRules, from_owners
from app.services.commands import (
    AssignAccounts,
    AssignGeoUnits,
    BuildTerritories,
    RenameTerritory,
    SetMainMeasure,
    SetRep,
)
from app.services.geography import placement
from app.services.geography.geography import Geography
from app.services.importing.commands import import_command
from app.services.importing.drafting import prepare
from app.services.importing.given import Given
from app.services.importing.guessing import guess_mapping
from app.services.importing.owners import RepFinder
from app.services.importing.readers import read_table
from app.services.importing.reading_plan import read_current_plan
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from resources.build.sample_lists import write_lists

ROOT = Path(__file__).resolve().parents[2]
_MAIN_MEASURE = "Annual revenue"
_NAMES = {
    "Ada": "New England", "Ben": "New York", "Cleo": "Mid-Atlantic", "Dan": "Southeast",
    "Eve": "Florida", "Finn": "Ohio Valley", "Gia": "Great Lakes", "Hugo": "Upper Midwest",
    "Ida": "Texas and Gulf", "Jon": "Mountain", "Kim": "Pacific South", "Leo": "Pacific North",
}  # fmt: skip
_NOBODY_STATES = ("Montana", "Wyoming", "North Dakota")
"""Left to nobody, so that there are gaps to find."""


def main() -> None:
    """Make everything into the folder asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "sample")
    out: Path = parser.parse_args().out
    geography = Geography.load(ROOT / "resources" / "geo")
    write_lists(geography, out)
    with tempfile.TemporaryDirectory() as scratch:
        make_plan(geography, out, Path(scratch))


def make_plan(geography: Geography, out: Path, scratch: Path) -> None:
    """Write `sample.evenfield` from the three lists beside it."""
    folders = AppFolders(scratch / "work", scratch / "backups", scratch / "logs")
    for folder in (folders.work, folders.backups, folders.logs):
        folder.mkdir()
    plan = Workspace.create(scratch / "sample.evenfield", folders, geography, "Sample plan")
    for name in ("reps.csv", "accounts.csv", "orders.csv"):
        _import(plan, geography, out / name)
    _build_territories(plan, geography)
    _leave_gaps(plan, geography)
    _leave_overlaps(plan, geography)
    _name_accounts(plan)
    _vacate(plan, "Mountain")
    # Without history: a plan that was just opened has nothing to undo.
    plan.document.save_copy(out / "sample.evenfield", keep_history=False)
    plan.close()


def _import(plan: Workspace, geography: Geography, path: Path) -> None:
    current = read_current_plan(plan.document.store)
    table = read_table(path)
    mapping = guess_mapping(table, current)
    place = functools.partial(placement.place, geography)
    plan.run(import_command(prepare(table, mapping, Given(current, place, geography))))


def _build_territories(plan: Workspace, geography: Geography) -> None:
    measure = next(each for each in plan.measures if each.name == _MAIN_MEASURE)
    plan.run(SetMainMeasure(measure.id))
    values = plan.accounts.measure(measure.id)
    rules = OwnerRules(level=GeoLevel.COUNTY)
    finder = RepFinder(plan.reps, plan.records.owner_aliases)
    drafts = from_owners(plan.accounts, finder, values, geography, rules)
    plan.run(BuildTerritories(drafts, "today's owners"))
    for territory in plan.territories:
        rep = plan.rep_of(territory.id)
        if rep is not None:
            plan.run(RenameTerritory(territory.id, _NAMES[rep.name.split()[-1]]))


def _leave_gaps(plan: Workspace, geography: Geography) -> None:
    counties = geography.layer(GeoLevel.COUNTY)
    states = geography.layer(GeoLevel.STATE)
    nobody = [states.names.index(name) for name in _NOBODY_STATES]
    units = [counties.geounits[i] for i in np.flatnonzero(np.isin(counties.parent, nobody))]
    plan.run(AssignGeoUnits(tuple(units), None))


def _leave_overlaps(plan: Workspace, geography: Geography) -> None:
    """Let the neighbour claim the richest border county of three territories as well."""
    for name, other in (
        ("New York", "Mid-Atlantic"),
        ("Great Lakes", "Ohio Valley"),
        ("Pacific South", "Pacific North"),
    ):
        mine, theirs = _named(plan, name), _named(plan, other)
        unit = _richest_border_county(plan, geography, mine.id, theirs.id)
        plan.run(AssignGeoUnits((unit,), theirs.id, theirs.name, add=True))


def _richest_border_county(
    plan: Workspace, geography: Geography, mine: TerritoryId, theirs: TerritoryId
) -> GeoUnitId:
    layer = geography.layer(GeoLevel.COUNTY)
    position = {territory.id: i for i, territory in enumerate(plan.territories)}
    owner = plan.unit_territory(GeoLevel.COUNTY)[: len(layer)]
    values = plan.unit_values(GeoLevel.COUNTY, plan.main_measure.id)[: len(layer)]
    border = [
        int(i)
        for i in np.flatnonzero(owner == position[mine])
        if (owner[layer.neighbors_of(int(i))] == position[theirs]).any()
    ]
    return layer.geounits[max(border, key=lambda i: float(values[i]))]


def _name_accounts(plan: Workspace) -> None:
    """Give the two largest customers of one territory to another by name."""
    source, target = _named(plan, "Ohio Valley"), _named(plan, "Great Lakes")
    rows = plan.holdings.accounts_of_territory(source.id)
    values = plan.accounts.measure(plan.main_measure.id)[rows]
    largest = rows[np.argsort(values)[-2:]]
    accounts = tuple(AccountId(int(plan.accounts.ids[row])) for row in largest)
    plan.run(AssignAccounts(accounts, target.id, target.name))


def _vacate(plan: Workspace, name: str) -> None:
    territory = _named(plan, name)
    plan.run(SetRep(territory.id, None))


def _named(plan: Workspace, name: str) -> Territory:
    return next(territory for territory in plan.territories if territory.name == name)


if __name__ == "__main__":
    main()
