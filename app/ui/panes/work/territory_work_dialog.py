# SPDX-License-Identifier: MIT
"""How the rep of one territory gets around, and hours that no estimate knows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDoubleSpinBox, QGridLayout, QWidget

from app.models.ids import TerritoryId
from app.models.territory import TravelMode
from app.models.work import MOST_HOURS
from app.services.commands import SetTerritoryWork
from app.ui.panes.work.work_words import MODE_WORDS
from app.ui.parts import button, column, label, literal, padded, row
from app.ui.session import EditSession

_WIDTH = 440
_HINT = (
    "Set hours on the road where no estimate can know them: islands, ferries, toll roads. Without a"
    " tick, travel is estimated and administration is as set for all territories."
)


class TerritoryWorkDialog(QDialog):
    """Travel mode, administration and travel of a territory.

    Args:
        session: The open plan.
        territory: Whose.
        parent: The window.
    """

    def __init__(
        self, session: EditSession, territory: TerritoryId, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._territory = session.workspace.territory(territory)
        found, settings = self._territory, session.workspace.settings.work
        self.setWindowTitle("Travel and administration")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.mode = QComboBox()
        self.mode.setAccessibleName("How the rep gets around")
        for mode, words in MODE_WORDS.items():
            self.mode.addItem(words, mode)
        self.mode.setCurrentIndex(list(MODE_WORDS).index(found.travel_mode))
        self.own_travel, self.travel = _hours_line(
            "Own hours on the road", found.travel_hours, 200.0
        )
        self.own_admin, self.admin = _hours_line(
            "Own hours of administration", found.admin_hours, settings.admin_hours
        )
        hint = label(_HINT, "muted", wraps=True)
        hint.setMinimumHeight(hint.heightForWidth(_WIDTH) + 4)
        self.save = button("Save", self.accept, kind="primary")
        self.save.setDefault(True)
        self.setLayout(
            column(
                label(found.name, semibold=True, wraps=True),
                self._grid(),
                hint,
                row(None, button("Cancel", self.reject), self.save),
                margin=18,
                gap=14,
            )
        )
        self.setFixedWidth(_WIDTH + 36)

    def accept(self) -> None:
        mode = self.mode.currentData()
        command = SetTerritoryWork(
            self._territory.id,
            mode if isinstance(mode, TravelMode) else TravelMode(mode),
            self.admin.value() if self.own_admin.isChecked() else None,
            self.travel.value() if self.own_travel.isChecked() else None,
            self._territory.name,
        )
        if self._session.run(command):
            super().accept()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label("The rep gets around"), 0, 0)
        grid.addWidget(self.mode, 0, 1)
        lines = ((self.own_travel, self.travel), (self.own_admin, self.admin))
        for at, (check, box) in enumerate(lines, start=1):
            grid.addWidget(check, at, 0)
            grid.addWidget(box, at, 1)
        return grid


def _hours_line(words: str, value: float | None, usual: float) -> tuple[QCheckBox, QDoubleSpinBox]:
    check = QCheckBox(literal(words))
    check.setChecked(value is not None)
    box = QDoubleSpinBox()
    box.setRange(0.0, MOST_HOURS)
    box.setDecimals(0)
    box.setSuffix(" h a year")
    box.setValue(usual if value is None else value)
    box.setEnabled(value is not None)
    box.setAccessibleName(words)
    padded(box)
    check.toggled.connect(box.setEnabled)
    return check, box
