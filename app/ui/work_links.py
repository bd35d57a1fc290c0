# SPDX-License-Identifier: MIT
"""The page about workload and its ways to the inspector and the account list."""

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.ids import TerritoryId
from app.ui.drawer import Drawer
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.lazy_pane import LazyPane
from app.ui.session import EditSession

WORK = "workload"


class WorkLinks(QObject):
    """The drawer's pane about workload.

    Args:
        session: The open plan.
        accounts: The account list, in which it shows the accounts of a class.
        parent: The screen.

    Signals:
        territory_activated(int): Id of a territory to show in the inspector.
        table_requested(ExportTable): The workload of territories, to save as a sheet.
        import_requested(): The user wants to bring accounts in.
    """

    territory_activated = Signal(int)
    table_requested = Signal(object)
    import_requested = Signal()

    def __init__(self, session: EditSession, accounts: AccountPane, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._accounts = accounts
        self._drawer: Drawer | None = None
        self.pane = LazyPane(self._make)

    def add_to(self, drawer: Drawer) -> None:
        """Put the pane into the drawer."""
        self._drawer = drawer
        drawer.add_pane(WORK, "Workload", "clock", self.pane)

    def show_territory(self, territory: int) -> None:
        """Open the pane at how the work of a territory comes about."""
        # Imported here like in `_make`, whose pane it is.
        from app.ui.panes.work.work_pane import WorkPane  # noqa: PLC0415 see `_make`

        if self._drawer is not None:
            self._drawer.open(WORK)
        self.pane.pane(WorkPane).show_territory(TerritoryId(territory))

    def follow(self, territory: TerritoryId | None) -> None:
        """Explain the territory that is selected elsewhere, where the pane is made already."""
        from app.ui.panes.work.work_pane import WorkPane  # noqa: PLC0415 see `_make`

        if territory is not None and self.pane.is_made:
            self.pane.pane(WorkPane).follow(territory)

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self.pane.stop()

    def _make(self) -> QWidget:
        # Its pages take 30 ms to import, which the start need not wait for.
        from app.ui.panes.work.work_pane import WorkPane  # noqa: PLC0415 see above

        made = WorkPane(self._session)
        made.territory_activated.connect(self.territory_activated)
        made.rows_requested.connect(self._on_rows)
        made.table_requested.connect(self.table_requested)
        made.import_requested.connect(self.import_requested)
        return made

    def _on_rows(self, title: str, ids: np.ndarray) -> None:
        if self._drawer is not None:
            self._drawer.open("accounts")
        self._accounts.show_rows(title, ids)
