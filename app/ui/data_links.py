# SPDX-License-Identifier: MIT
"""The pages about data and their ways to the accounts, the map and the import."""

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.drawer import Drawer
from app.ui.panes.account_pane import AccountPane
from app.ui.panes.data_pane import DataPane
from app.ui.panes.lazy_pane import LazyPane
from app.ui.session import EditSession

ANALYSIS = "analysis"
DATA = "data"


class DataLinks(QObject):
    """The drawer's panes about data: health, duplicates, owners and imports, and the analysis.

    Args:
        session: The open plan.
        accounts: The account list, in which these pages show the rows behind their figures.
        parent: The screen.

    Signals:
        account_activated(int): Id of an account to show on the map and in the inspector.
        accounts_focused(object): Tuple of accounts to show together on the map.
        sheet_requested(str, object): Title and ids of accounts to save as a sheet.
        table_requested(ExportTable): A table to save as a sheet.
        import_requested(): The user wants to bring something in.
        boundaries_requested(): The user wants to add a file of areas.
        message(str): Something that the user should know.
        done(str): The same about an edit that can be taken back.
    """

    account_activated = Signal(int)
    accounts_focused = Signal(object)
    sheet_requested = Signal(str, object)
    table_requested = Signal(object)
    import_requested = Signal()
    boundaries_requested = Signal()
    message = Signal(str)
    done = Signal(str)

    def __init__(self, session: EditSession, accounts: AccountPane, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._accounts = accounts
        self._drawer: Drawer | None = None
        self.data = DataPane(session)
        self.analysis = LazyPane(self._make_analysis)
        self.data.rows_requested.connect(self.show_accounts)
        self.data.account_activated.connect(self.account_activated)
        self.data.accounts_focused.connect(self.accounts_focused)
        self.data.sheet_requested.connect(self.sheet_requested)
        self.data.table_requested.connect(self.table_requested)
        self.data.import_requested.connect(self.import_requested)
        self.data.boundaries_requested.connect(self.boundaries_requested)
        self.data.message.connect(self.message)
        self.data.done.connect(self.done)

    def add_to(self, drawer: Drawer) -> None:
        """Put both panes into the drawer."""
        self._drawer = drawer
        drawer.add_pane(DATA, "Data", "shield", self.data)
        drawer.add_pane(ANALYSIS, "Analysis", "chart", self.analysis)

    def show_data(self, key: str) -> None:
        """Open a page: ``health``, ``duplicates``, ``owners``, ``imports`` or ``boundaries``."""
        self.data.show_page(key)
        self._open(DATA)

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self.data.stop()
        self.analysis.stop()

    def _make_analysis(self) -> QWidget:
        # Its four views take 40 ms to import, which the start need not wait for.
        from app.ui.panes.analysis_pane import AnalysisPane  # noqa: PLC0415 see above

        made = AnalysisPane(self._session)
        made.rows_requested.connect(self.show_accounts)
        made.account_activated.connect(self.account_activated)
        made.import_requested.connect(self.import_requested)
        made.copied.connect(self.message)
        return made

    def show_accounts(self, title: str, ids: np.ndarray) -> None:
        """List the accounts behind a figure; the list is up to date once it is in view."""
        self._open("accounts")
        self._accounts.show_rows(title, ids)

    def _open(self, key: str) -> None:
        if self._drawer is not None:
            self._drawer.open(key)
