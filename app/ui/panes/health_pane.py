# SPDX-License-Identifier: MIT
"""Data health: what is missing, misplaced, unknown, odd or old, and how to repair it."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QScrollArea, QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import MeasureId
from app.models.measure import Measure
from app.services.data_health.checking import data_health, health_facts
from app.services.data_health.facts import (
    HEALTH_TEXTS,
    MeasureRoles,
    account_measures,
    guessed_roles,
)
from app.services.data_health.report import HealthCheck, HealthGroup, HealthReport, Repair
from app.ui.formats import count, plural
from app.ui.panes.frozen_work import FrozenWork
from app.ui.panes.health_line import HealthLine, share_words
from app.ui.panes.pane import Pane
from app.ui.parts import column, label, row
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.section import Section

_NO_MEASURE = -1


class HealthPane(Pane):
    """A calm list of checks in groups; each leads to its accounts and its repair.

    Args:
        session: The open plan.
        parent: The widget that holds it.
        today: What day it is.

    Signals:
        rows_requested(str, object): Title and ids (int64 array) of accounts to list.
        sheet_requested(str, object): The same, to save as a sheet.
        account_activated(int): Id of an account to correct by hand.
        duplicates_requested(), owners_requested(), import_requested(): Where to repair.
    """

    rows_requested = Signal(str, object)
    sheet_requested = Signal(str, object)
    account_activated = Signal(int)
    duplicates_requested = Signal()
    owners_requested = Signal()
    import_requested = Signal()

    def __init__(
        self,
        session: EditSession,
        parent: QWidget | None = None,
        *,
        today: Callable[[], date] = lambda: datetime.now().astimezone().date(),
    ) -> None:
        super().__init__(session, parent)
        self._today = today
        self._chosen_roles: MeasureRoles | None = None
        self._work: FrozenWork[HealthReport] = FrozenWork(session, self)
        self.report: HealthReport | None = None
        self.lines: dict[str, HealthLine] = {}
        self.sections = {group: Section(group.value) for group in HealthGroup}
        for section in self.sections.values():
            section.layout_of_body.setSpacing(0)
        self.summary = label("Looking at the data…", wraps=True)
        self._picture = IconLabel("shield", "accent")
        self.revenue_box = _measure_box("Measure that is revenue")
        self.potential_box = _measure_box("Measure that is potential")
        self._stack = QStackedWidget()
        self._compose()
        for box in (self.revenue_box, self.potential_box):
            box.activated.connect(lambda _at: self._on_role_chosen())

    def refresh(self) -> None:
        workspace = self.session.workspace
        self._stack.setCurrentIndex(0 if len(workspace.accounts) else 1)
        if not len(workspace.accounts):
            self.report = None
            return
        roles = self._roles()
        self._refresh_boxes(account_measures(workspace.measures), roles)

        def freeze() -> Callable[[], HealthReport]:
            facts = health_facts(workspace, roles, self._today())
            return lambda: data_health(facts)

        if not self._work.start(HEALTH_TEXTS, freeze, self._show) and self.report is None:
            self.summary.setText("Looking at the data…")

    def concerns(self, changes: Changes) -> bool:
        return changes.touches_account_rows or changes.records or bool(changes.reps)

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._work.stop()

    def _compose(self) -> None:
        self._boxes = QWidget()
        self._boxes.setLayout(
            row(
                label("Revenue", "muted"),
                self.revenue_box,
                label("Potential", "muted"),
                self.potential_box,
            )
        )
        head = row(self._picture, self.summary, self._boxes, margin=(12, 8, 12, 8))
        head.setStretch(1, 1)
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(column(*self.sections.values(), None, margin=(12, 0, 12, 8), gap=4))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName("Checks")
        scroll.setWidget(inside)
        empty = EmptyState(
            "shield",
            "Nothing to check yet",
            "Bring in your customer list; Evenfield then shows what is missing or odd in it.",
        )
        empty.add_button("import", "Import a spreadsheet…", icon_name="import", primary=True)
        empty.chosen.connect(lambda _key: self.import_requested.emit())
        full = QWidget()
        full.setLayout(column(head, scroll, gap=0))
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def _roles(self) -> MeasureRoles:
        """What the user chose, as far as the plan still has it, else what the names suggest."""
        measures = self.session.workspace.measures
        if self._chosen_roles is None:
            return guessed_roles(measures)
        known = {measure.id for measure in measures}
        revenue, potential = self._chosen_roles.revenue, self._chosen_roles.potential
        return MeasureRoles(
            revenue if revenue in known else None, potential if potential in known else None
        )

    def _refresh_boxes(self, measures: tuple[Measure, ...], roles: MeasureRoles) -> None:
        self._boxes.setVisible(bool(measures))
        chosen = ((self.revenue_box, roles.revenue), (self.potential_box, roles.potential))
        for box, role in chosen:
            with QSignalBlocker(box):
                box.clear()
                box.addItem("None", _NO_MEASURE)
                for measure in measures:
                    box.addItem(measure.name, int(measure.id))
                box.setCurrentIndex(
                    max(0, box.findData(_NO_MEASURE if role is None else int(role)))
                )

    def _on_role_chosen(self) -> None:
        revenue, potential = (
            None if box.currentData() == _NO_MEASURE else MeasureId(box.currentData())
            for box in (self.revenue_box, self.potential_box)
        )
        self._chosen_roles = MeasureRoles(revenue, potential)
        self.invalidate()

    def _show(self, report: HealthReport) -> None:
        self.report = report
        found = report.found
        self._picture.set_icon(*(("shield", "accent") if found else ("check_circle", "good")))
        self.summary.setText(_summary(report))
        present = {check.key for check in report.checks}
        for key, line in self.lines.items():
            line.setVisible(key in present)
        for group, section in self.sections.items():
            checks = report.of_group(group)
            section.setVisible(bool(checks))
            for check in checks:
                # Added anew, so that the lines follow the order of the checks.
                section.layout_of_body.addWidget(self._line_of(check))

    def _line_of(self, check: HealthCheck) -> HealthLine:
        line = self.lines.get(check.key)
        if line is None:
            line = HealthLine(check)
            line.repair_chosen.connect(self._on_repair)
            self.lines[check.key] = line
        else:
            line.show_check(check)
        return line

    def _on_repair(self, key: str, repair: object) -> None:
        check = self.lines[key].check
        ids = self.session.workspace.accounts.ids[check.rows]
        if repair is Repair.ROWS:
            self.rows_requested.emit(check.title, ids)
        elif repair is Repair.SHEET:
            self.sheet_requested.emit(check.title, ids)
        elif repair is Repair.ACCOUNT:
            self.account_activated.emit(int(ids[0]))
        elif repair is Repair.DUPLICATES:
            self.duplicates_requested.emit()
        elif repair is Repair.OWNERS:
            self.owners_requested.emit()
        elif repair is Repair.IMPORT:
            self.import_requested.emit()


def _summary(report: HealthReport) -> str:
    found = report.found
    if not found:
        return f"Nothing to repair: all {count(len(report.checks))} checks are fine."
    affected = report.affected_count
    share = share_words(affected / report.account_count if report.account_count else None)
    return (
        f"{plural(len(found), 'check', 'checks')} of {count(len(report.checks))} found something,"
        f" in {plural(affected, 'account', 'accounts')} ({share})."
    )


def _measure_box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setFixedWidth(156)
    return made
