# SPDX-License-Identifier: MIT
"""One check of the data: how many accounts, what it means, and the repair one click away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.services.data_health.report import HealthCheck, Repair, Severity
from app.ui.fonts import tabular_font
from app.ui.formats import count, day, percent, plural
from app.ui.icons import icon
from app.ui.parts import button, clear_layout, column, label, plain_tooltip, row
from app.ui.theme import set_kind
from app.ui.widgets.elided_button import ElidedButton
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.share_bar import ShareBar

_REPAIR_WORDS = {
    Repair.ROWS: "Show accounts",
    Repair.ACCOUNT: "Correct the first",
    Repair.SHEET: "Save as a sheet…",
    Repair.IMPORT: "Import again…",
    Repair.DUPLICATES: "Review duplicates…",
    Repair.OWNERS: "Say who they are…",
}
_ICONS = {
    Severity.GOOD: ("check_circle", "good"),
    Severity.NOTICE: ("info", "accent"),
    Severity.WARNING: ("warning", "warning"),
}
_SEVERITY_WORDS = {
    Severity.GOOD: "Fine",
    Severity.NOTICE: "Worth knowing",
    Severity.WARNING: "Should be repaired",
}
_COUNT_WIDTH, _SHARE_WIDTH, _BUTTON_WIDTH = 72, 56, 148


class HealthLine(QWidget):
    """A line that unfolds to its sentence and further repairs.

    Signals:
        repair_chosen: Key of the check and the `Repair`.
    """

    repair_chosen = Signal(str, object)

    def __init__(self, check: HealthCheck, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self._picture = IconLabel("info")
        self.title = ElidedButton(check.title)
        set_kind(self.title, "row")
        self.title.setCheckable(True)
        self.title.toggled.connect(lambda _is_open: self._unfold())
        self._bar = ShareBar()
        self._count, self._share = _figure_label(_COUNT_WIDTH), _figure_label(_SHARE_WIDTH)
        self.main_repair = button("", self._on_main_repair)
        self.main_repair.setFixedWidth(_BUTTON_WIDTH)
        self._sentence = label("", "muted", wraps=True)
        self._others = row(gap=8)
        line = row(self._picture, self.title, self._bar, self._count, self._share, gap=8)
        line.setStretch(1, 1)
        line.addSpacing(4)
        line.addWidget(self.main_repair)
        self._details = QWidget()
        self._details.setLayout(column(self._sentence, self._others, margin=(26, 0, 0, 8), gap=8))
        self.setLayout(column(line, self._details, gap=0))
        self.show_check(check)

    @property
    def check(self) -> HealthCheck:
        """What it shows."""
        return self._check

    def show_check(self, check: HealthCheck) -> None:
        """Show another answer to the same question."""
        self._check = check
        self._picture.set_icon(*_ICONS[check.severity])
        self.title.set_full_text(check.sentence if check.is_good else check.title)
        self.title.setToolTip(plain_tooltip(check.sentence))
        self.title.setAccessibleName(self._spoken())
        self.title.setEnabled(not check.is_good)
        self._sentence.setText(check.sentence)
        tint = "warning" if check.severity is Severity.WARNING else "accent"
        self._bar.set_share(check.share_fraction or 0.0, tint)
        self._bar.setVisible(check.count > 0)
        self._count.setText(count(check.count) if check.count else "")
        self._share.setText(share_words(check.share_fraction) if check.count else "")
        if check.on is not None:
            self._count.setText(day(check.on))
        self._refresh_repairs()
        if check.is_good:
            self.title.setChecked(False)
        self._unfold()

    def _refresh_repairs(self) -> None:
        repairs = self._check.repairs
        self.main_repair.setVisible(bool(repairs))
        clear_layout(self._others)
        if not repairs:
            return
        self.main_repair.setText(_REPAIR_WORDS[repairs[0]])
        self.main_repair.setAccessibleName(f"{_REPAIR_WORDS[repairs[0]]}: {self._check.title}")
        for repair in repairs[1:]:
            self._others.addWidget(self._other(repair))
        self._others.addStretch(1)

    def _other(self, repair: Repair) -> QPushButton:
        made = button(
            _REPAIR_WORDS[repair],
            lambda: self.repair_chosen.emit(self._check.key, repair),
            kind="link",
        )
        made.setAccessibleName(f"{_REPAIR_WORDS[repair]}: {self._check.title}")
        return made

    def _unfold(self) -> None:
        is_open = self.title.isChecked()
        self._details.setVisible(is_open)
        shows = "chevron_down" if is_open else "chevron_right"
        self.title.setIcon(QIcon() if self._check.is_good else icon(shows, "muted"))

    def _spoken(self) -> str:
        check = self._check
        if check.is_good:
            return check.sentence
        words = f"{_SEVERITY_WORDS[check.severity]}: {check.title}"
        return f"{words}, {plural(check.count, 'account', 'accounts')}" if check.count else words

    def _on_main_repair(self) -> None:
        self.repair_chosen.emit(self._check.key, self._check.repairs[0])


def share_words(fraction: float | None) -> str:
    """A share in words; what is more than nothing is never written as 0 %."""
    if fraction is not None and 0 < fraction < 0.005:
        return "< 1\u202f%"
    return percent(fraction)


def _figure_label(width: int) -> QLabel:
    made = label("", "muted")
    made.setFont(tabular_font(made.font()))
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setFixedWidth(width)
    return made
