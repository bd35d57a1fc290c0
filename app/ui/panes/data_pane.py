# SPDX-License-Identifier: MIT
"""Everything about the data of a plan under one head: health to imports and boundaries."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.panes.lazy_pane import LazyPane
from app.ui.parts import column, row
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.widgets.segmented import Segmented

PAGES = (
    ("health", "Health"),
    ("duplicates", "Duplicates"),
    ("owners", "Owners"),
    ("imports", "Imports"),
    ("boundaries", "Boundaries"),
)


class DataPane(QWidget):
    """One page at a time; a page is made when it is first shown.

    Args:
        session: The open plan.
        parent: The widget that holds it.

    Signals:
        rows_requested(str, object): Title and ids (int64 array) of accounts to list.
        sheet_requested(str, object): The same, to save as a sheet.
        table_requested(ExportTable): A table of a page, to save as a sheet.
        account_activated(int): Id of an account to show and correct.
        accounts_focused(object): Tuple of the accounts to show together on the map.
        import_requested(): The user wants to bring something in.
        boundaries_requested(): The user wants to add a file of areas.
        message(str): Something that the user should know.
        done(str): The same about an edit that can be taken back.
    """

    rows_requested = Signal(str, object)
    sheet_requested = Signal(str, object)
    table_requested = Signal(object)
    account_activated = Signal(int)
    accounts_focused = Signal(object)
    import_requested = Signal()
    boundaries_requested = Signal()
    message = Signal(str)
    done = Signal(str)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.switch = Segmented("Data", PAGES)
        makers: dict[str, Callable[[], QWidget]] = {
            "health": self._health,
            "duplicates": self._duplicates,
            "owners": self._owners,
            "imports": self._imports,
            "boundaries": self._boundaries,
        }
        self.pages = {key: LazyPane(makers[key]) for key, _title in PAGES}
        self._stack = QStackedWidget()
        for page in self.pages.values():
            self._stack.addWidget(page)
        # The head of the page follows, with a margin of its own.
        layout = column(row(self.switch, None, margin=(12, 8, 12, 0)), gap=0)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.switch.chosen.connect(self.show_page)

    @property
    def shown_key(self) -> str:
        """Key of the page in view."""
        return self.switch.chosen_key()

    def show_page(self, key: str) -> None:
        """Show a page: ``health``, ``duplicates``, ``owners``, ``imports`` or ``boundaries``."""
        self.switch.set_chosen(key)
        self._stack.setCurrentWidget(self.pages[key])

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        for page in self.pages.values():
            page.stop()

    # The modules of the pages take 0.2 s to import, which the start need not wait for.

    def _health(self) -> QWidget:
        from app.ui.panes.health_pane import HealthPane  # noqa: PLC0415 see above

        made = HealthPane(self._session)
        made.rows_requested.connect(self.rows_requested)
        made.sheet_requested.connect(self.sheet_requested)
        made.account_activated.connect(self.account_activated)
        made.import_requested.connect(self.import_requested)
        made.duplicates_requested.connect(lambda: self.show_page("duplicates"))
        made.owners_requested.connect(lambda: self.show_page("owners"))
        return made

    def _duplicates(self) -> QWidget:
        from app.ui.panes.duplicates_pane import DuplicatesPane  # noqa: PLC0415 see above

        made = DuplicatesPane(self._session)
        made.accounts_focused.connect(self.accounts_focused)
        made.import_requested.connect(self.import_requested)
        made.decided.connect(self.done)
        return made

    def _owners(self) -> QWidget:
        from app.ui.panes.owners_pane import OwnersPane  # noqa: PLC0415 see above

        made = OwnersPane(self._session)
        made.rows_requested.connect(self.rows_requested)
        made.import_requested.connect(self.import_requested)
        return made

    def _imports(self) -> QWidget:
        from app.ui.panes.imports_pane import ImportsPane  # noqa: PLC0415 see above

        made = ImportsPane(self._session)
        made.table_requested.connect(self.table_requested)
        made.account_activated.connect(self.account_activated)
        made.import_requested.connect(self.import_requested)
        return made

    def _boundaries(self) -> QWidget:
        from app.ui.panes.boundaries_pane import BoundariesPane  # noqa: PLC0415 see above

        made = BoundariesPane(self._session)
        made.add_requested.connect(self.boundaries_requested)
        made.table_requested.connect(self.table_requested)
        made.removed.connect(self.done)
        return made
