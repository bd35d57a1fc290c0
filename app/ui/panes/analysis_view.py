# SPDX-License-Identifier: MIT
"""What the views of the analysis share."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from app.models.ids import MeasureId
from app.services.analysis.plan_columns import PlanColumns
from app.ui.tables.clipboard import PlainTable
from app.ui.theme import set_kind
from app.ui.widgets.empty_state import EmptyState

Shown = Callable[[], None]
"""Shows what was computed; called on the main thread."""


def scrolled(layout: QLayout, name: str) -> QScrollArea:
    """A layout that scrolls where the drawer is too low for it."""
    inside = QWidget()
    set_kind(inside, "surface")
    inside.setLayout(layout)
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAccessibleName(name)
    made.setWidget(inside)
    return made


class AnalysisView(QWidget):
    """One way to look at customers and sales.

    Attributes:
        measure_id: What is summed; None for the first that there is.

    Signals:
        rows_requested(str, object): Title and ids (int64 array) of the accounts behind a mark.
        account_activated(int): Id of an account that was chosen in a table.
        choice_changed(): The user chose something that must be computed anew.
        import_requested(): What the view needs has not been imported.
    """

    rows_requested = Signal(str, object)
    account_activated = Signal(int)
    choice_changed = Signal()
    import_requested = Signal()

    sums_a_measure = True
    """Whether the user can choose what is summed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure_id: MeasureId | None = None
        self._ids = np.empty(0, dtype=np.int64)

    def work(self) -> Callable[[PlanColumns], Shown]:
        """The computation for the present choice; it touches no widgets."""
        raise NotImplementedError

    def table(self) -> PlainTable:
        """The table behind the chart."""
        raise NotImplementedError

    def paragraphs(self) -> list[tuple[str, str]]:
        """How it is computed: kind of label and words of each paragraph."""
        raise NotImplementedError

    def _empty_of_sales(self, icon_name: str, words: str) -> EmptyState:
        """What the view shows where the plan has no sales; the words say what to import."""
        empty = EmptyState(icon_name, "No sales in the plan yet", words)
        empty.add_button("import", "Import sales…", icon_name="import", primary=True)
        empty.chosen.connect(lambda _key: self.import_requested.emit())
        return empty

    def _ask_for(self, title: str, rows: np.ndarray) -> None:
        self.rows_requested.emit(title, self._ids[rows])
