# SPDX-License-Identifier: MIT
"""A small plan over the tiny geography, with plainly invented accounts and reps.

account  owner  sales  place
a        Ann    100    zip 10001 (county 01001)
b        Ann     50    zip 10002 (county 01001)
c        Bob     70    zip 10001 (county 01001)
d        Bob    200    zip 10003 (county 01002)
e        Cy      80    zip 20001 (county 02001)
f        -       40    zip 20003 (county 02002)
g        Cy      30    FR
h        Ann     10    not placed
"""

from pathlib import Path

from app.models.ids import MeasureId
from app.services.roster import Today, local_today
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.tiny_geography import tiny_geography

SALES = MeasureId(1)
_ROWS = [
    ("a", "Ann", 100.0, "US", "01", "01001", "10001"),
    ("b", "Ann", 50.0, "US", "01", "01001", "10002"),
    ("c", "Bob", 70.0, "US", "01", "01001", "10001"),
    ("d", "Bob", 200.0, "US", "01", "01002", "10003"),
    ("e", "Cy", 80.0, "US", "02", "02001", "20001"),
    ("f", "", 40.0, "US", "02", "02002", "20003"),
    ("g", "Cy", 30.0, "FR", "", "", ""),
    ("h", "Ann", 10.0, "", "", "", ""),
]


def tiny_workspace(folder: Path, today: Today = local_today) -> Workspace:
    """A fresh plan file with the accounts and reps above and no territories."""
    folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
    workspace = Workspace.create(folder / "tiny.evenfield", folders, tiny_geography(), "Tiny")
    with workspace.document.store.transaction() as tx:
        columns = ("id", "external_id", "name", "owner", "country", "state", "county", "zip_code")
        tx.put(
            "account",
            (*columns, "lon", "lat", "placed_by"),
            [
                (i + 1, name, f"Example {name}", owner, *codes, *_position(codes))
                for i, (name, owner, _, *codes) in enumerate(_ROWS)
            ],
        )
        tx.put("measure", ("id", "name", "kind", "source"), [(1, "Sales", "money", "Sales")])
        values = [(1, i + 1, row[2]) for i, row in enumerate(_ROWS)]
        tx.put("account_measure", ("measure_id", "account_id", "value"), values)
        tx.put(
            "rep",
            ("id", "name", "external_id", "lon", "lat", "capacity_hours"),
            [
                (1, "Ann", "R1", -99.0, 40.0, 1600.0),
                (2, "Bob", "R2", -96.0, 40.0, 800.0),
                (3, "Dee", "R3", None, None, 1600.0),
            ],
        )
    workspace.document.publish()
    path = workspace.document.path
    workspace.close()
    return Workspace.open(path, folders, tiny_geography(), today)


def _position(codes: list[str]) -> tuple[float | None, float | None, str]:
    return (-97.0, 40.0, "postal_code") if codes[0] else (None, None, "not_placed")
