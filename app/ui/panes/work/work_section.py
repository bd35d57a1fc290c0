# SPDX-License-Identifier: MIT
"""The work of a territory or region on its card in the inspector."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.ids import TerritoryId
from app.services.workspace import Workspace
from app.ui.formats import hours, percent
from app.ui.panes.frozen_work import LARGE
from app.ui.panes.work.work_words import about_hours, about_reps
from app.ui.parts import button, column
from app.ui.widgets.field_list import FieldList


class WorkSection(QWidget):
    """A few figures, and the way to how they come about.

    Signals:
        requested(int): Id of the territory whose work is to be explained.
    """

    requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._territory: TerritoryId | None = None
        self.fields = FieldList()
        self.link = button("How is this computed?", self._on_link, kind="link")
        self.setLayout(column(self.fields, self.link, gap=4))

    def show_territory(self, workspace: Workspace, territory: TerritoryId) -> None:
        """Show the work of a territory, or of all below a region."""
        self._territory = territory
        fields = work_fields(workspace, territory)
        self.fields.setVisible(bool(fields))
        self.fields.set_fields(fields)
        self.link.setText("How is this computed?" if fields else "Work out the workload")
        self.link.setVisible(territory in workspace.leaves_of(territory))

    def _on_link(self) -> None:
        if self._territory is not None:
            self.requested.emit(int(self._territory))


def work_fields(workspace: Workspace, territory: TerritoryId) -> list[tuple[str, str]]:
    """The work of a territory, or of all below a region; empty where it takes long to compute.

    For a large plan, only what the page about workload has computed is shown.
    """
    report = workspace.work.known_report
    if report is None and len(workspace.accounts) < LARGE:
        report = workspace.work.report()
    if report is None:
        return []
    parts = set(workspace.leaves_of(territory))
    lines = [line for line in report.lines if line.territory_id in parts]
    work = sum(line.workload_hours for line in lines)
    capacity = sum(line.capacity_hours or 0.0 for line in lines)
    used = f"{percent(work / capacity)} of {hours(capacity)}" if capacity > 0 else ""
    return [
        ("Workload", about_hours(work)),
        ("Visits", hours(sum(line.visit_hours for line in lines))),
        ("Travel", about_hours(sum(line.travel_hours for line in lines))),
        ("Utilisation", used),
        ("Reps needed", about_reps(sum(line.reps_needed for line in lines))),
    ]
