# SPDX-License-Identifier: MIT
"""Gives all accounts visit classes by their share of a measure, with the outcome shown first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDoubleSpinBox, QGridLayout, QLabel, QWidget

from app.models.ids import AccountId, MeasureId
from app.models.measure import ACCOUNT_COUNT
from app.services.commands import ClassifyAccounts
from app.services.workload.classifying import RankedClass, ranked_classes
from app.services.workspace import Workspace
from app.ui.formats import count, hours, percent
from app.ui.panes.work.index_words import usual_weights
from app.ui.parts import button, column, label, padded, row
from app.ui.session import EditSession

_USUAL_LIMITS = (80.0, 95.0, 99.0)
_WIDTH = 520
_ABOUT = (
    "The accounts that bring most are visited most: the first class takes the largest accounts"
    " until they hold its share of the measure, then the next begins. What has no value gets the"
    " last class."
)


class ClassifyDialog(QDialog):
    """A measure, the shares at which classes end, and how many accounts each class gets.

    Args:
        session: The open plan.
        parent: The window.
    """

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        workspace = session.workspace
        # The most visited class is for the accounts that bring most.
        self._classes = sorted(
            workspace.work.classes, key=lambda each: each.visits_per_year, reverse=True
        )
        self._found: tuple[RankedClass, ...] = ()
        self.setWindowTitle("Class accounts by a measure")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.measure = _measure_box(workspace)
        self.limits: list[QDoubleSpinBox] = []
        self.outcomes: list[QLabel] = []
        about = label(_ABOUT, "muted", wraps=True)
        about.setMinimumHeight(about.heightForWidth(_WIDTH) + 4)
        self.status = label("", "warning", wraps=True)
        self.apply_button = button("Class the accounts", self.accept, kind="primary")
        self.apply_button.setDefault(True)
        self.setLayout(
            column(
                row(label("By"), self.measure, None),
                about,
                self._grid(),
                self.status,
                row(None, button("Cancel", self.reject), self.apply_button),
                margin=18,
                gap=12,
            )
        )
        self.setFixedWidth(_WIDTH + 36)
        self.measure.activated.connect(lambda _at: self._compute())
        self._compute()

    def accept(self) -> None:
        ids = self._session.workspace.accounts.ids
        pairs = tuple(
            (each.name, tuple(AccountId(number) for number in ids[each.rows].tolist()))
            for each in self._found
        )
        command = ClassifyAccounts(pairs, self.measure.currentText())
        self._session.run_long(command)
        super().accept()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        last = len(self._classes) - 1
        for at, each in enumerate(self._classes):
            grid.addWidget(label(each.name, semibold=True), at, 0)
            if at < last:
                box = QDoubleSpinBox()
                box.setRange(0.0, 100.0)
                box.setDecimals(1)
                box.setPrefix("up to ")
                box.setSuffix("\u202f%")
                box.setValue(_USUAL_LIMITS[min(at, len(_USUAL_LIMITS) - 1)])
                box.setAccessibleName(f"Share up to which class {each.name} reaches, in percent")
                padded(box)
                box.valueChanged.connect(lambda _value: self._compute())
                self.limits.append(box)
                grid.addWidget(box, at, 1)
            else:
                grid.addWidget(label("the rest", "muted"), at, 1)
            words = label("", wraps=False)
            self.outcomes.append(words)
            grid.addWidget(words, at, 2)
        return grid

    def _compute(self) -> None:
        workspace = self._session.workspace
        limits = [box.value() / 100 for box in self.limits]
        is_ordered = limits == sorted(limits)
        has_measure = self.measure.count() > 0
        self.apply_button.setEnabled(is_ordered and has_measure)
        problem = ""
        if not has_measure:
            problem = "No measure on accounts is there to rank them by. Import one first."
        elif not is_ordered:
            problem = "The shares have to grow from class to class."
        self.status.setText(problem)
        self.status.setVisible(bool(problem))
        if problem:
            return
        values = workspace.accounts.measure(MeasureId(int(self.measure.currentData())))
        names = [each.name for each in self._classes]
        self._found = ranked_classes(values, names, limits)
        for made, each, words in zip(self._found, self._classes, self.outcomes, strict=True):
            per_account = each.visits_per_year * (each.visit_hours + each.preparation_hours)
            work = hours(len(made.rows) * per_account)
            words.setText(
                f"{count(len(made.rows))} accounts, {percent(made.share_fraction)}, {work} a year"
            )


def _measure_box(workspace: Workspace) -> QComboBox:
    """The measures of the list, with potential or sales chosen where the plan has them."""
    box = QComboBox()
    box.setAccessibleName("Measure that ranks the accounts")
    for each in workspace.account_measures:
        if each.id != ACCOUNT_COUNT and not each.is_computed:
            box.addItem(each.name, int(each.id))
    usual = [each.measure for each in usual_weights(workspace)[1:]]
    if usual:
        box.setCurrentIndex(max(0, box.findData(int(usual[0]))))
    return box
