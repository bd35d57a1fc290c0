# SPDX-License-Identifier: MIT
"""What the pictures of workload show: accounts classed by their sales, and an index."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from map_shots import plain_map
from PySide6.QtWidgets import QWidget

from app.models.ids import AccountId, MeasureId
from app.models.measure import VISIT_HOURS
from app.models.work import IndexWeight
from app.services.commands import ClassifyAccounts, SetIndexWeights
from app.services.workload.classifying import ranked_classes
from app.ui.panes.work.work_pane import WorkPane

if TYPE_CHECKING:
    from make_shots import Photographer

_SALES = MeasureId(1)


def workload(page: str) -> "Callable[[Photographer], QWidget]":
    """A page about workload."""

    def prepare(shooter: "Photographer") -> QWidget:
        plain_map(shooter)
        session = shooter.screen.session
        workspace = session.workspace
        if not workspace.settings.index_weights:
            names = [each.name for each in workspace.work.classes]
            found = ranked_classes(workspace.accounts.measure(_SALES), names, (0.8, 0.95))
            pairs = tuple(
                (each.name, tuple(AccountId(n) for n in workspace.accounts.ids[each.rows].tolist()))
                for each in found
            )
            session.run(ClassifyAccounts(pairs, "Annual sales"))
            weights = (IndexWeight(VISIT_HOURS, 0.6), IndexWeight(_SALES, 0.4))
            session.run(SetIndexWeights(weights))
        shooter.screen.drawer.open("workload")
        shooter.screen.work.pane.pane(WorkPane).show_page(page)
        return shooter.window

    return prepare
