# SPDX-License-Identifier: MIT
"""Makes the frozen plan file of a version of the schema, once."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.models.changes import Changes
from app.services.history import EditHistory
from app.services.store.document import PlanDocument
from app.services.store.transaction import Transaction
from tests.helpers.plans import assign, fill_grid, folders_in, zip_at

FOLDER = Path(__file__).parents[1] / "data/plans"


def freeze(version: int, fill: Callable[[Transaction], Changes]) -> int:
    """Write the file unless it exists, with steps to undo and one undone.

    Args:
        version: Of the schema as it is now.
        fill: Adds what the grid leaves out, one row at least in every table.

    Returns:
        The exit code of the script.
    """
    target = FOLDER / f"v{version}.sqlite"
    if target.exists():
        sys.stderr.write("The file exists and stays as it is.\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        name = f"Grid of version {version} (invented)"
        document = PlanDocument.create(target, folders_in(Path(folder)), name=name)
        history = EditHistory(document.store)
        history.run("Fill the grid", fill_grid)
        history.run("Add what the grid leaves out", fill)
        assign(history, [zip_at(3, 0), zip_at(3, 1)], 2)
        assign(history, [zip_at(3, 2)], 1)
        history.undo()
        document.close()
    return 0
