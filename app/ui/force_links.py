# SPDX-License-Identifier: MIT
"""The page about coverage across sales forces, and its ways to the map."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.drawer import Drawer
from app.ui.panes.lazy_pane import LazyPane
from app.ui.session import EditSession

FORCES = "forces"


class ForceLinks(QObject):
    """The drawer's pane about sales forces.

    Args:
        session: The open plan.
        parent: The screen.

    Signals:
        accounts_focused(object): Tuple of accounts to show together on the map.
        forces_requested(): The user wants to add a sales force.
        table_requested(ExportTable): A table to save as a sheet.
    """

    accounts_focused = Signal(object)
    table_requested = Signal(object)
    forces_requested = Signal()

    def __init__(self, session: EditSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.pane = LazyPane(self._make)

    def add_to(self, drawer: Drawer) -> None:
        """Put the pane into the drawer."""
        drawer.add_pane(FORCES, "Sales forces", "users", self.pane)

    def _make(self) -> QWidget:
        # Most plans have one sales force and never open it.
        from app.ui.panes.force_coverage_pane import ForceCoveragePane  # noqa: PLC0415 see above

        made = ForceCoveragePane(self._session)
        made.accounts_focused.connect(self.accounts_focused)
        made.forces_requested.connect(self.forces_requested)
        made.table_requested.connect(self.table_requested)
        return made
