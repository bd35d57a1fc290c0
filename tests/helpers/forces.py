# SPDX-License-Identifier: MIT
"""A second sales force for tests of plans that have several."""

from app.models.changes import Changes
from app.models.ids import SalesForceId, TerritoryId
from app.services.commands import CreateTerritory
from app.services.history import EditHistory
from app.services.store.transaction import Transaction
from app.services.workspace import Workspace


def add_force(workspace: Workspace, name: str = "Specialists") -> SalesForceId:
    """Add a sales force as an undoable step and return its id."""
    new: list[int] = []

    def work(tx: Transaction) -> Changes:
        new.append(tx.next_id("sales_force"))
        tx.put("sales_force", ("id", "name", "position"), [(new[0], name, new[0])])
        return Changes(sales_forces=True)

    changes = EditHistory(workspace.document.store).run("Add a sales force", work)
    workspace.forces.refresh(changes)
    return SalesForceId(new[0])


def make_territories(workspace: Workspace, *names: str) -> list[TerritoryId]:
    """Create territories in the sales force that is shown; their ids in the order of names."""
    made: list[TerritoryId] = []
    for name in names:
        workspace.run(CreateTerritory(name))
        made.append(next(t.id for t in workspace.territories if t.name == name))
    return made
