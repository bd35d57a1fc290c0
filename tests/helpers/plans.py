# SPDX-License-Identifier: MIT
"""Plans with plainly invented content for tests of the store, and a large one for measurements.

The grid plan has 16 ZIP areas with one account in each; sales are 10 times the account's id::

              column 0   column 1   column 2   column 3
    row 0      1  W       2  W       3  E       4  E
    row 1      5  W       6  W       7  E       8  E
    row 2      9  W      10  W E    11  E      12  hole
    row 3     13  -      14  -      15  -      16  named by W

W is territory 1 "West" held by rep 1, E is territory 2 "East", vacant. ZIP area of row r and
column c is ``zip:9r0c0``, for example ``zip:92010`` for account 10.
"""

import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from app.models.changes import Changes
from app.models.rows import Cell
from app.services.history import EditHistory
from app.services.store.document import AppFolders, PlanDocument
from app.services.store.schema import UNDOABLE_TABLES
from app.services.store.store import Store
from app.services.store.transaction import LogEntry, Transaction

PROJECT = Path(__file__).parents[2]

ACCOUNT_COLUMNS = (
    *("id", "external_id", "name", "street", "city", "region", "postal_code", "country_name"),
    *("segment", "industry", "status", "family", "owner", "lon", "lat", "placed_by"),
    *("country", "state", "county", "zip_code", "extra"),
)
_TERRITORY = ("id", "scenario_id", "sales_force_id", "name", "color_index")
_ASSIGNMENT = ("scenario_id", "geounit_id", "territory_id")
_WEST, _EAST = 1, 2

Place = tuple[float, float, str, str, str]
"""lon, lat, and the codes of state, county and ZIP area."""


def folders_in(folder: Path) -> AppFolders:
    """The program's own folders, below a temporary one."""
    return AppFolders(folder / "own/work", folder / "own/backups", folder / "own/logs")


def zip_at(row: int, column: int) -> str:
    """The geounit at a place of the grid."""
    return f"zip:9{row}0{column}0"


def fill_grid(tx: Transaction) -> Changes:
    """Write the grid plan into an empty one."""
    cells = [(row, column) for row in range(4) for column in range(4)]
    tx.put("territory", _TERRITORY, [(_WEST, 1, 1, "West", 0), (_EAST, 1, 1, "East", 1)])
    tx.put("rep", ("id", "name", "email"), [(1, "Ada Example", "ada@example.com")])
    roster = ("scenario_id", "territory_id", "rep_id", "role")
    tx.put("roster", roster, [(1, _WEST, 1, "primary")])
    columns = ("id", "external_id", "name", "lon", "lat", "placed_by", "country", "zip_code")
    tx.put("account", columns, [_grid_account(row, column) for row, column in cells], all_new=True)
    tx.put("measure", ("id", "name", "kind", "source"), [(1, "Sales", "money", "Sales")])
    values = [(1, number, 10.0 * number) for number in range(1, 17)]
    tx.put("account_measure", ("measure_id", "account_id", "value"), values, all_new=True)
    west = [(row, column) for row in range(3) for column in range(2)]
    east = [(0, 2), (0, 3), (1, 2), (1, 3), (2, 1), (2, 2)]
    rows = [(1, zip_at(*cell), _WEST) for cell in west]
    rows += [(1, zip_at(*cell), _EAST) for cell in east]
    tx.put("geounit_assignment", _ASSIGNMENT, rows)
    columns = ("scenario_id", "geounit_id", "sales_force_id")
    tx.put("geounit_hole", columns, [(1, zip_at(2, 3), 1)])
    tx.put("account_assignment", ("scenario_id", "account_id", "territory_id"), [(1, 16, _WEST)])
    tx.log([LogEntry(1, geounit_id=str(unit), to_territory=to) for _, unit, to in rows])
    return Changes(all_accounts=True)


def make_grid_plan(path: Path, folders: AppFolders) -> PlanDocument:
    """A new plan file with the grid plan, open; filling it is its one undo step."""
    document = PlanDocument.create(path, folders, name="Grid")
    EditHistory(document.store).run("Fill the grid", fill_grid)
    document.publish()
    return document


def grid_store() -> Store:
    """The grid plan in memory, with one undo step."""
    store = Store.in_memory()
    EditHistory(store).run("Fill the grid", fill_grid)
    return store


def assign(history: EditHistory, units: Sequence[str], territory: int) -> None:
    """Give geounits to one territory alone, as the program's own edit does."""

    def work(tx: Transaction) -> Changes:
        old: list[tuple[Cell, ...]] = []
        for unit in units:
            old += tx.rows(
                "SELECT * FROM geounit_assignment WHERE (scenario_id, geounit_id) = (1, ?)", (unit,)
            )
        tx.delete("geounit_assignment", old)
        tx.put("geounit_assignment", _ASSIGNMENT, [(1, unit, territory) for unit in units])
        tx.log([LogEntry(1, geounit_id=unit, to_territory=territory) for unit in units])
        return Changes()

    history.run(f"Assign {len(units)} to {territory}", work)


def dump_hash(store: Store) -> str:
    """A digest of all that undo must bring back exactly."""
    digest = hashlib.sha256()
    for table in sorted(UNDOABLE_TABLES):
        rows = store.rows(f"SELECT * FROM {table}")  # noqa: S608  our own names
        digest.update(json.dumps([table, sorted(rows, key=repr)]).encode())
    return digest.hexdigest()


def make_large_plan(
    path: Path, n_accounts: int, *, folders: AppFolders, places: Sequence[Place] = ()
) -> None:
    """Write a plan file with invented accounts, three measures and 50 territories.

    Args:
        path: The plan file to make.
        n_accounts: Number of accounts.
        folders: The program's own folders.
        places: Where accounts may be; made up if there are none.
    """
    document = PlanDocument.create(path, folders, name=f"{n_accounts} invented accounts")
    rows, values = large_rows(n_accounts, places)
    EditHistory(document.store).run("Import", lambda tx: fill_large(tx, rows, values))
    document.close()


def fill_large(
    tx: Transaction, rows: list[tuple[Cell, ...]], values: list[tuple[Cell, ...]]
) -> Changes:
    """Write what `large_rows` made, as an import does."""
    kinds = [(1, "Annual sales", "money"), (2, "Visits", "count"), (3, "Hours", "hours")]
    tx.put("measure", ("id", "name", "kind"), kinds, all_new=True)
    tx.put("account", ACCOUNT_COLUMNS, rows, all_new=True)
    tx.put("account_measure", ("measure_id", "account_id", "value"), values, all_new=True)
    names = [(number, 1, 1, f"Territory {number}", number % 9) for number in range(1, 51)]
    tx.put("territory", _TERRITORY, names, all_new=True)
    counties = sorted({str(row[18]) for row in rows if row[18]})
    assigned = [(1, f"county:{code}", 1 + place % 50) for place, code in enumerate(counties)]
    tx.put("geounit_assignment", _ASSIGNMENT, assigned, all_new=True)
    return Changes(all_accounts=True)


def large_rows(
    n_accounts: int, places: Sequence[Place] = ()
) -> tuple[list[tuple[Cell, ...]], list[tuple[Cell, ...]]]:
    """Rows of `account` and `account_measure`, the same ones at every call."""
    chance = random.Random(7)
    known = places or [_made_up_place(chance) for _ in range(5000)]
    rows: list[tuple[Cell, ...]] = []
    values: list[tuple[Cell, ...]] = []
    for number in range(1, n_accounts + 1):
        lon, lat, state, county, zip_code = chance.choice(known)
        rows.append(
            (
                *(number, f"C{number:07}", f"Example Company {number} Inc."),
                *(f"{chance.randrange(1, 9999)} Sample Street", f"Town {county}", f"S{state}"),
                *(zip_code, "United States", chance.choice("ABC"), "Retail", "customer", ""),
                *(f"Rep {chance.randrange(40)}", lon, lat, "postal_code"),
                *("US", state, county, zip_code, "{}"),
            )
        )
    for measure in (1, 2, 3):
        values += [
            (measure, number, round(chance.lognormvariate(9, 1), 2))
            for number in range(1, n_accounts + 1)
        ]
    return rows, values


_HOLD = (
    "import sys, pathlib\n"
    "from tests.helpers.plans import *\n"
    "path = pathlib.Path(sys.argv[1])\n"
    "document = PlanDocument.open(path, folders_in(path.parent))\n"
    "if not document.is_read_only:\n"
    "    assign(EditHistory(document.store), [zip_at(0, 0)], 2)\n"
    "print('read' if document.is_read_only else 'write', flush=True)\n"
    "sys.stdin.readline()\n"
    "document.close()\n"
)


def run_python(code: str, *words: str) -> "subprocess.Popen[str]":
    """Start a second program of the project, with pipes."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def hold(path: Path) -> "subprocess.Popen[str]":
    """Another program that opens the plan, edits it if it may, and waits."""
    return run_python(_HOLD, str(path))


def first_line(child: "subprocess.Popen[str]") -> str:
    """What such a program says first: ``write`` or ``read``."""
    assert child.stdout is not None
    return child.stdout.readline().strip()


def finish(child: "subprocess.Popen[str]") -> None:
    """Let such a program close the plan and end."""
    child.communicate("\n", timeout=30)
    assert child.returncode == 0


def killed_after_an_edit(path: Path) -> None:
    """Let another program edit the plan, and kill it before it publishes."""
    child = hold(path)
    assert first_line(child) == "write"
    child.kill()
    child.communicate()


def _grid_account(row: int, column: int) -> tuple[Cell, ...]:
    number = 4 * row + column + 1
    place = (-100.0 + column, 40.0 - row, "postal_code")
    return (number, f"G{number}", f"Grid {number}", *place, "US", zip_at(row, column)[4:])


def _made_up_place(chance: random.Random) -> Place:
    state = f"{chance.randrange(1, 57):02}"
    county = f"{state}{chance.randrange(1, 120):03}"
    zip_code = f"{chance.randrange(1000, 99999):05}"
    return chance.uniform(-124, -67), chance.uniform(25, 49), state, county, zip_code
