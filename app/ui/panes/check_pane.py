# SPDX-License-Identifier: MIT
"""The check of a plan: findings by group, where each one is, and what can be done about it."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QStackedWidget, QWidget

from app.models.faults import Fault, FaultKind, FaultReport, Severity
from app.ui.formats import count, measure_value
from app.ui.icons import icon
from app.ui.panes.fault_fixing import FaultFixing
from app.ui.panes.fault_watch import FaultWatch
from app.ui.panes.fault_words import TITLE_BY_KIND, fault_sentence, report_sentence
from app.ui.panes.link_page import LinkPage
from app.ui.panes.pane import Pane
from app.ui.parts import button, column, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.icon_label import IconLabel

_ALL, _LINKS = "all", "links"
_GROUPS_WIDTH = 180


class CheckPane(Pane):
    """Groups at the left, the findings of the chosen group beside them.

    Signals:
        place_requested(Fault): Fly to where this finding is, and select it.
        pane_requested(str): The drawer's pane in which a finding is settled.
        link_requested(): The two selected areas are to be linked.
        message(str): Something that the user should know.
        counted(int): How many faults there are.
    """

    place_requested = Signal(object)
    pane_requested = Signal(str)
    link_requested = Signal()
    message = Signal(str)
    counted = Signal(int)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.watch = FaultWatch(session, self)
        self.fixing = FaultFixing(session, self)
        self._faults: tuple[Fault, ...] = ()
        self.groups = QListWidget()
        self.groups.setAccessibleName("Groups of findings")
        self.table = CopyableTable("Findings")
        self.links = LinkPage(session)
        self._picture = IconLabel("shield", "accent")
        self.summary = label("Checking the plan…")
        self._fine = EmptyState(
            "check_circle",
            "All fine",
            "Every territory is connected, balanced and complete, and nothing overlaps.",
        )
        self._pages = QStackedWidget()
        for page in (self.table, self._fine, self.links):
            self._pages.addWidget(page)
        self._detail = label("", "muted", wraps=True)
        self.go_button = button("Go there", self._go_to_current, icon_name="target")
        self.fix_button = button("Fix…", self.fix_current, kind="primary", icon_name="wand")
        self._compose()
        self._connect()

    def refresh(self) -> None:
        """Show the latest findings, or find them."""
        if self.watch.report is None:
            self.watch.check_now()
        else:
            self._show(self.watch.report)

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self.watch.stop()

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) finding of the group that is shown."""
        shown = self.table.array_model.order()
        if not len(shown) or self._pages.currentWidget() is not self.table:
            self.message.emit(self.summary.text())
            return
        current = self.table.selected_source_rows()
        at = int(np.flatnonzero(shown == current[0])[0]) if len(current) else -1 if by > 0 else 0
        self.table.select_source_rows(shown[[(at + by) % len(shown)]])
        self._go_to_current()

    def current(self) -> Fault | None:
        """The finding that is selected."""
        rows = self.table.selected_source_rows()
        return self._faults[int(rows[0])] if len(rows) else None

    def show_group(self, key: str) -> None:
        """Show one group: a kind of finding, ``all`` or ``links``."""
        for at in range(self.groups.count()):
            if self.groups.item(at).data(Qt.ItemDataRole.UserRole) == key:
                self.groups.setCurrentRow(at)

    def fix_current(self) -> None:
        """Propose what can be done about the finding that is selected."""
        fault = self.current()
        if fault is not None:
            self.fixing.fix(fault, self.window())

    # Composition

    def _compose(self) -> None:
        head = row(
            self._picture,
            self.summary,
            None,
            icon_button("chevron_left", "Previous finding (Shift+F8)", lambda: self.step(-1)),
            icon_button("chevron_right", "Next finding (F8)", lambda: self.step(1)),
            icon_button("refresh", "Check again", self.watch.check_now),
            icon_button("copy", "Copy with headers", self.table.copy_selection),
            margin=(12, 8, 12, 8),
        )
        foot = row(self._detail, self.go_button, self.fix_button, margin=(16, 6, 12, 6))
        foot.setStretch(0, 1)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        right = QWidget()
        right.setLayout(column(self._pages, self._foot, gap=0))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.groups)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_GROUPS_WIDTH, 4 * _GROUPS_WIDTH])
        outer = column(head, gap=0)
        outer.addWidget(split, 1)
        self.setLayout(outer)

    def _connect(self) -> None:
        self.watch.checked.connect(self._show)
        self.groups.currentRowChanged.connect(lambda _row: self._show_rows())
        self.table.rows_selected.connect(lambda _rows: self._refresh_buttons())
        self.table.row_activated.connect(lambda _row: self._go_to_current())
        self.fixing.pane_requested.connect(self.pane_requested)
        self.fixing.message.connect(self.message)
        self.links.link_requested.connect(self.link_requested)
        self.links.counted.connect(lambda _count: self._refresh_groups())

    # Showing

    def _show(self, report: FaultReport) -> None:
        self.counted.emit(report.fault_count)
        is_fine = not report.faults
        picture = ("check_circle", "good") if is_fine else ("shield", "accent")
        self._picture.set_icon(*picture)
        self.summary.setText(report_sentence(report))
        self._refresh_groups()
        self._show_rows()

    def _refresh_groups(self) -> None:
        report, chosen = self.watch.report, self._group()
        if report is None:
            return
        entries = [(_ALL, "All findings", len(report.faults))]
        entries += [(k.value, title, len(report.of_kind(k))) for k, title in TITLE_BY_KIND.items()]
        listed = [entry for entry in entries if entry[2] or entry[0] == _ALL]
        listed.append((_LINKS, "Links between areas", len(self.links.links)))
        with QSignalBlocker(self.groups):
            self.groups.clear()
            for key, title, amount in listed:
                item = QListWidgetItem(f"{title}  {count(amount)}")
                item.setData(Qt.ItemDataRole.UserRole, key)
                self.groups.addItem(item)
            keys = [key for key, _, _ in listed]
            self.groups.setCurrentRow(keys.index(chosen) if chosen in keys else 0)

    def _group(self) -> str:
        item = self.groups.currentItem()
        return _ALL if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _show_rows(self) -> None:
        report, group = self.watch.report, self._group()
        if report is None:
            return
        if group == _LINKS:
            self._pages.setCurrentWidget(self.links)
            self._foot.hide()
            return
        kept = self.current()
        self._faults = report.faults if group == _ALL else tuple(report.of_kind(FaultKind(group)))
        self.table.array_model.set_columns(self._columns())
        if kept in self._faults:
            self.table.select_source_rows(np.array([self._faults.index(kept)]), scroll=False)
        self._pages.setCurrentWidget(self.table if self._faults else self._fine)
        self._foot.setVisible(bool(self._faults))
        self._refresh_buttons()

    def _columns(self) -> list[ArrayColumn]:
        faults, measure = self._faults, self.session.workspace.main_account_measure
        fault_icon, to_do_icon = icon("warning", "danger"), icon("flag", "muted")
        sentences = [fault_sentence(fault, self.session.workspace) for fault in faults]
        words = ["Fault" if f.severity is Severity.FAULT else "To do" for f in faults]
        return [
            ArrayColumn(
                "severity",
                "Kind",
                np.array(words, dtype=object),
                width=78,
                decoration=lambda at: fault_icon if words[at] == "Fault" else to_do_icon,
            ),
            ArrayColumn("what", "What", np.array(sentences, dtype=object), width=284),
            ArrayColumn(
                "accounts",
                "Accounts",
                np.array([fault.account_count for fault in faults], dtype=np.float64),
                CellKind.NUMBER,
                width=84,
            ),
            ArrayColumn(
                "value",
                measure.name,
                np.array([fault.value for fault in faults], dtype=np.float64),
                CellKind.NUMBER,
                formatted=lambda value: measure_value(value, measure.kind),
                width=number_width(measure.name),
            ),
        ]

    def _refresh_buttons(self) -> None:
        fault = self.current()
        self.go_button.setEnabled(fault is not None)
        sentence = "" if fault is None else fault_sentence(fault, self.session.workspace)
        self._detail.setText(sentence or "Select a finding to go there or to settle it.")
        words = "" if fault is None else self.fixing.words(fault)
        self.fix_button.setText(words or "Fix…")
        changes_plan = fault is not None and self.fixing.changes_plan(fault)
        can_do = bool(words) and not (changes_plan and self.session.is_read_only)
        self.fix_button.setEnabled(can_do)

    def _go_to_current(self) -> None:
        fault = self.current()
        if fault is not None:
            self.place_requested.emit(fault)
