# SPDX-License-Identifier: MIT
"""Where one begins: a spreadsheet, the sample, a plan from before, or nothing at all."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.file_kinds import dropped_paths
from app.ui.fonts import CAPTION, DISPLAY, HEADING, set_text_style
from app.ui.icons import icon
from app.ui.parts import button, clear_layout, column, icon_button, label, row
from app.ui.theme import set_kind
from app.ui.widgets.elided_button import ElidedButton
from app.ui.widgets.icon_label import IconLabel

_WIDTH = 640


class WelcomePage(QWidget):
    """The first page.

    Signals:
        import_requested, sample_requested, open_requested, new_requested: A way to begin.
        plan_chosen: Path of a recent plan.
        remove_requested: Path of a plan that should leave the list.
        files_dropped: Paths of files and folders that were dropped here.
    """

    import_requested = Signal()
    sample_requested = Signal()
    open_requested = Signal()
    new_requested = Signal()
    plan_chosen = Signal(object)
    remove_requested = Signal(object)
    files_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._recent_title = label("Recent plans", semibold=True)
        head = row(
            IconLabel("evenfield", "text", 44),
            column(
                label("Evenfield", size=DISPLAY, semibold=True),
                label("Draw, balance and staff your sales territories.", "muted"),
                gap=0,
            ),
            None,
            gap=16,
        )
        self._drop = self._drop_area()
        ways = row(
            self._way("compass", "Open the sample", "With invented customers", "sample"),
            self._way("folder", "Open a plan…", "From this computer", "open"),
            self._way("file_plus", "New empty plan", "Begin with the map", "new"),
            gap=12,
        )
        inside = QWidget()
        inside.setFixedWidth(_WIDTH)
        inside.setLayout(
            column(head, 8, self._drop, ways, 12, self._recent_title, self._recent, None, gap=12)
        )
        middle = QWidget()
        middle.setLayout(column(40, row(None, inside, None), None))
        scroll = QScrollArea()
        scroll.setWidget(middle)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(scroll))
        self.set_recent(())

    def set_recent(self, plans: Sequence[Path]) -> None:
        """List the plans that were open last; those that are gone are greyed."""
        clear_layout(self._recent)
        self._recent_title.setVisible(bool(plans))
        for path in plans:
            self._recent.addWidget(self._recent_row(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self._set_dragging(is_dragging=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_dragging(is_dragging=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dragging(is_dragging=False)
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _set_dragging(self, *, is_dragging: bool) -> None:
        self._drop.setProperty("dragging", is_dragging)
        set_kind(self._drop, "drop")

    def _drop_area(self) -> QFrame:
        frame = QFrame()
        set_kind(frame, "drop")
        choose = button(
            "New plan from a spreadsheet…",
            self.import_requested.emit,
            kind="primary",
            icon_name="spreadsheet",
        )
        self.import_button = choose
        words = column(
            label("Start from your customer list", size=HEADING, semibold=True),
            label(
                "Drop Excel or CSV files here. Evenfield finds each customer on the map.",
                "muted",
                wraps=True,
            ),
            4,
            row(choose, None),
            gap=4,
        )
        frame.setLayout(row(IconLabel("import", "accent", 32), words, margin=20, gap=20))
        frame.layout().setStretch(1, 1)  # type: ignore[union-attr]
        return frame

    def _way(self, icon_name: str, title: str, detail: str, key: str) -> QPushButton:
        signals = {
            "sample": self.sample_requested,
            "open": self.open_requested,
            "new": self.new_requested,
        }
        made = _Tile()
        set_kind(made, "tile")
        made.setAccessibleName(title)
        made.setAccessibleDescription(detail)
        caption = label(detail, "muted", size=CAPTION, wraps=True)
        words = column(label(title, semibold=True), caption, gap=2)
        inner = row(IconLabel(icon_name, "accent", 20), words, margin=(14, 12, 10, 12), gap=12)
        inner.setStretch(1, 1)
        made.setLayout(inner)
        made.clicked.connect(lambda _checked=False: signals[key].emit())
        return made

    def _recent_row(self, path: Path) -> QWidget:
        is_there = path.exists()
        made = ElidedButton(path.stem)
        set_kind(made, "row")
        made.setIcon(icon("map", "muted"))
        made.setIconSize(QSize(22, 18))
        made.setEnabled(is_there)
        made.setToolTip(str(path))
        set_text_style(made, 10.0, semibold=True)
        made.clicked.connect(lambda _checked=False: self.plan_chosen.emit(path))
        where = label(str(path.parent) if is_there else "No longer there", "muted", size=CAPTION)
        remove = icon_button(
            "close",
            f"Remove {path.stem} from this list",
            lambda: self.remove_requested.emit(path),
            side=14,
        )
        holder = QWidget()
        line = row(made, where, remove, gap=8)
        line.setStretch(0, 1)
        where.setMaximumWidth(260)
        holder.setLayout(line)
        return holder


class _Tile(QPushButton):
    """A button as large as the words inside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return super().sizeHint() if inner is None else inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
