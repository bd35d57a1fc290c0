# SPDX-License-Identifier: MIT
"""Everything about workload under one head: territories, index, visit classes, travel."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.ids import TerritoryId
from app.ui.panes.lazy_pane import LazyPane
from app.ui.panes.work.classes_page import ClassesPage
from app.ui.panes.work.index_page import IndexPage
from app.ui.panes.work.travel_page import TravelPage
from app.ui.panes.work.workload_page import WorkloadPage
from app.ui.parts import column, row
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.widgets.segmented import Segmented

PAGES = (
    ("territories", "Territories"),
    ("index", "Index"),
    ("classes", "Visit classes"),
    ("travel", "Travel and time"),
)


class WorkPane(QWidget):
    """One page at a time; a page is made when it is first shown.

    Args:
        session: The open plan.
        parent: The widget that holds it.

    Signals:
        territory_activated(int): Id of a territory to show in the inspector.
        rows_requested(str, object): Title and ids (int64 array) of accounts to list.
        table_requested(ExportTable): The workload of territories, to save as a sheet.
        import_requested(): The user wants to bring accounts in.
    """

    territory_activated = Signal(int)
    table_requested = Signal(object)
    rows_requested = Signal(str, object)
    import_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.switch = Segmented("Workload", PAGES)
        makers = {
            "territories": self._territories,
            "index": self._index,
            "classes": self._classes,
            "travel": lambda: TravelPage(session),
        }
        self.pages = {key: LazyPane(makers[key]) for key, _title in PAGES}
        self._stack = QStackedWidget()
        for page in self.pages.values():
            self._stack.addWidget(page)
        layout = column(row(self.switch, None, margin=(12, 8, 12, 2)), gap=0)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.switch.chosen.connect(self.show_page)

    def show_page(self, key: str) -> None:
        """Show a page: ``territories``, ``index``, ``classes`` or ``travel``."""
        self.switch.set_chosen(key)
        self._stack.setCurrentWidget(self.pages[key])

    def show_territory(self, territory: TerritoryId) -> None:
        """Show how the work of a territory comes about."""
        self.show_page("territories")
        self.pages["territories"].pane(WorkloadPage).select_territory(territory)

    def follow(self, territory: TerritoryId) -> None:
        """Explain a territory that is selected elsewhere; the page in view stays."""
        if self.pages["territories"].is_made:
            self.pages["territories"].pane(WorkloadPage).select_territory(territory)

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        for page in self.pages.values():
            page.stop()

    def _territories(self) -> QWidget:
        made = WorkloadPage(self._session)
        made.territory_activated.connect(self.territory_activated)
        made.table_requested.connect(self.table_requested)
        made.import_requested.connect(self.import_requested)
        return made

    def _index(self) -> QWidget:
        made = IndexPage(self._session)
        made.territory_activated.connect(self.territory_activated)
        return made

    def _classes(self) -> QWidget:
        made = ClassesPage(self._session)
        made.rows_requested.connect(self.rows_requested)
        return made
