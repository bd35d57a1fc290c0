# SPDX-License-Identifier: MIT
"""Made tests/data/plans/v1.sqlite, once: a plan file as version 1 of the schema wrote it.

The file is never made again: it proves that plans of that version still open. Usage, from the
project's folder: ``python -m tests.helpers.make_v1_plan``.
"""

import sys
import tempfile
from pathlib import Path

from app.models.changes import Changes
from app.services.history import EditHistory
from app.services.store.document import PlanDocument
from app.services.store.transaction import Transaction
from tests.helpers.plans import assign, fill_grid, folders_in, zip_at

TARGET = Path(__file__).parents[1] / "data/plans/v1.sqlite"


def main() -> int:
    """Write the file unless it exists."""
    if TARGET.exists():
        sys.stderr.write("The file exists and stays as it is.\n")
        return 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        document = PlanDocument.create(
            TARGET, folders_in(Path(folder)), name="Grid of version 1 (invented)"
        )
        history = EditHistory(document.store)
        history.run("Fill the grid", fill_grid)
        history.run("Add what the grid leaves out", fill_the_rest)
        assign(history, [zip_at(3, 0), zip_at(3, 1)], 2)
        assign(history, [zip_at(3, 2)], 1)
        history.undo()
        document.close()
    return 0


def fill_the_rest(tx: Transaction) -> Changes:
    """One row at least in every table, with text beyond ASCII."""
    tx.put("setting", ("key", "value"), [("tolerance_fraction", "0.1"), ("main_measure", "1")])
    columns = ("id", "external_id", "name", "home_text", "skills", "quota", "lon", "lat")
    skills = '["Deutsch", "cafés"]'
    rep = (2, "R2", "Zoë Example", "1 Sample Street, Town", skills, 5e5, -99.5, 39.5)
    tx.put("rep", columns, [rep])
    ledger = ("id", "at_utc", "file_name", "kind", "added", "updated", "unchanged", "skipped")
    tx.put("import_ledger", ledger, [(1, "2026-01-02T03:04:05Z", "a.csv", "accounts", 16, 0, 0, 0)])
    tx.put("account", ("id", "extra"), [(1, '{"Größe": "12 m²", "empty": ""}')])
    return Changes(settings=True)


if __name__ == "__main__":
    sys.exit(main())
