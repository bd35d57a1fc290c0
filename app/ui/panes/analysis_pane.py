# SPDX-License-Identifier: MIT
"""Analysis: customers in groups, sales over time, the most valuable accounts, and movement."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import MeasureId
from app.models.measure import Measure
from app.services.analysis.plan_columns import ANALYSIS_TEXTS, PlanColumns, plan_columns
from app.ui.formats import plural
from app.ui.panes.analysis_view import AnalysisView, Shown
from app.ui.panes.customers_view import CustomersView
from app.ui.panes.frozen_work import FrozenWork
from app.ui.panes.movement_view import MovementView
from app.ui.panes.pane import Pane
from app.ui.panes.sales_view import SalesView
from app.ui.panes.value_view import ValueView
from app.ui.parts import button, column, icon_button, row
from app.ui.session import EditSession
from app.ui.tables.clipboard import copy_table
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.popover import Popover
from app.ui.widgets.segmented import Segmented

_VIEWS = (
    ("customers", "Customers"),
    ("sales", "Sales over time"),
    ("value", "Value"),
    ("movement", "Movement"),
)


class AnalysisPane(Pane):
    """Four views of what came in, each with the accounts behind every mark.

    Args:
        session: The open plan.
        parent: The widget that holds it.
        today: What day it is.

    Signals:
        rows_requested(str, object): Title and ids (int64 array) of accounts to list.
        account_activated(int): Id of an account that was chosen in a table.
        import_requested(): What a view needs has not been imported.
        copied(str): Words that say what is on the clipboard now.
    """

    rows_requested = Signal(str, object)
    account_activated = Signal(int)
    import_requested = Signal()
    copied = Signal(str)

    def __init__(
        self,
        session: EditSession,
        parent: QWidget | None = None,
        *,
        today: Callable[[], date] = lambda: datetime.now().astimezone().date(),
    ) -> None:
        super().__init__(session, parent)
        self._today = today
        self._columns: PlanColumns | None = None
        self._work: FrozenWork[tuple[PlanColumns, Shown]] = FrozenWork(session, self)
        self.views: dict[str, AnalysisView] = {
            "customers": CustomersView(),
            "sales": SalesView(),
            "value": ValueView(),
            "movement": MovementView(),
        }
        self.switch = Segmented("View", _VIEWS)
        self.measure_box = QComboBox()
        self.measure_box.setAccessibleName("What is summed")
        self.measure_box.setFixedWidth(192)
        self.measure_box.setToolTip("What is summed")
        self.formula = Popover("How is this computed?", self)
        self._pages = QStackedWidget()
        self._stack = QStackedWidget()
        self._compose()
        self.switch.chosen.connect(lambda _key: self.invalidate())
        self.measure_box.activated.connect(self._on_measure)

    @property
    def view(self) -> AnalysisView:
        """The view that is shown."""
        return self.views[self.switch.chosen_key()]

    def show_view(self, key: str) -> None:
        """Show a view: ``customers``, ``sales``, ``value`` or ``movement``."""
        self.switch.set_chosen(key)
        self.invalidate()

    def concerns(self, changes: Changes) -> bool:
        is_new = changes.all_accounts or changes.records
        if is_new:
            self._columns = None
        return is_new

    def refresh(self) -> None:
        workspace = self.session.workspace
        self._stack.setCurrentIndex(0 if len(workspace.accounts) else 1)
        self._pages.setCurrentWidget(self.view)
        self._refresh_boxes()
        if not len(workspace.accounts):
            return
        work = self.view.work()

        def freeze() -> Callable[[], tuple[PlanColumns, Shown]]:
            columns = self._columns or plan_columns(workspace, self._today())
            return lambda: (columns, work(columns))

        self._work.start(ANALYSIS_TEXTS, freeze, self._show)

    def copy(self) -> str:
        """Put the table behind the chart on the clipboard, with headers."""
        table = self.view.table()
        if not table.rows:
            self.copied.emit("There is nothing to copy yet.")
            return ""
        text = copy_table(table)
        rows = plural(len(table.rows), "row", "rows")
        self.copied.emit(f"Copied {rows}. Paste them into a spreadsheet.")
        return text

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._work.stop()

    def _compose(self) -> None:
        copy = button("Copy to Excel", self.copy, icon_name="copy")
        self._help = icon_button("help", "How is this computed?", self._on_help)
        head = row(
            self.switch,
            None,
            self.measure_box,
            copy,
            self._help,
            margin=(12, 8, 12, 8),
        )
        for view in self.views.values():
            self._pages.addWidget(view)
            view.rows_requested.connect(self.rows_requested)
            view.account_activated.connect(self.account_activated)
            view.import_requested.connect(self.import_requested)
            view.choice_changed.connect(self.invalidate)
        full = QWidget()
        page = column(head, gap=0)
        page.addWidget(self._pages, 1)
        full.setLayout(page)
        empty = EmptyState(
            "chart",
            "Nothing to analyse yet",
            "Bring in your customer list, then your sales; Evenfield shows who buys what and when.",
        )
        empty.add_button("import", "Import a spreadsheet…", icon_name="import", primary=True)
        empty.chosen.connect(lambda _key: self.import_requested.emit())
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def _show(self, computed: tuple[PlanColumns, Shown]) -> None:
        self._columns, show = computed
        self._refresh_boxes()
        show()

    def _refresh_boxes(self) -> None:
        measures = self._columns.measures if self._columns else ()
        is_needed = self.view.sums_a_measure and bool(measures)
        self.measure_box.setVisible(is_needed)
        self._fill_measures(measures)

    def _fill_measures(self, measures: tuple[Measure, ...]) -> None:
        wanted = self.view.measure_id
        with QSignalBlocker(self.measure_box):
            self.measure_box.clear()
            for measure in measures:
                self.measure_box.addItem(measure.name, int(measure.id))
            at = -1 if wanted is None else self.measure_box.findData(int(wanted))
            self.measure_box.setCurrentIndex(max(0, at) if measures else -1)

    def _on_measure(self, at: int) -> None:
        chosen = MeasureId(self.measure_box.itemData(at))
        for view in self.views.values():
            view.measure_id = chosen
        self.invalidate()

    def _on_help(self) -> None:
        self.formula.set_paragraphs(self.view.paragraphs())
        self.formula.open_below(self._help)
