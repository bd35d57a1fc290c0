# SPDX-License-Identifier: MIT
"""What is exported, and how: the left side of the dialog."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from app.models.ids import TerritoryId
from app.models.territory import Territory
from app.services.map_print.paper import PAPERS, POINTS_PER_INCH, paper
from app.ui.formats import count
from app.ui.map_print.export_choice import RESOLUTIONS, ExportChoice
from app.ui.parts import label
from app.ui.widgets.segmented import Segmented

_HINTS = {
    "png": "A picture for slides, documents and mails.",
    "svg": "A drawing that stays sharp at any size, for design programs. Names stay text.",
    "pdf": "One page to print, with legend, scale and date. Names can be selected.",
    "book": "An overview, then one page per territory with its rep and figures.",
    "html": "A map to move and click in any browser, in one file that needs no network.",
}
_PRIVACY = (
    "The file will hold the names and places of these accounts. Give it only to people who may"
    " see them."
)
_PLAIN = "Accounts stay here: the file holds areas, territories and reps only."
_MOST_VISIBLE = 14


class ExportForm(QWidget):
    """The options; what a kind of file does not have is hidden.

    Args:
        territories: The plan's, in their order.
        parent: The dialog.

    Signals:
        changed: Something was chosen.
    """

    changed = Signal()

    def __init__(self, territories: Sequence[Territory], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "png"
        self._hint = label("", "muted", wraps=True)
        self.extent = _combo("Part of the map")
        self.territory = _combo("Territory")
        for each in territories:
            self.territory.addItem(each.name, int(each.id))
        self.paper = _combo("Paper")
        for size in PAPERS:
            self.paper.addItem(size.title, size.key)
        self.turned = Segmented(
            "Orientation", [("landscape", "Landscape"), ("portrait", "Portrait")]
        )
        self.dpi = _combo("Dots per inch")
        for dpi in RESOLUTIONS:
            self.dpi.addItem(f"{dpi} dpi", dpi)
        self.legend = QCheckBox("Legend and figures")
        self.labels = QCheckBox("Names on the map")
        self.accounts = QCheckBox("Accounts")
        self.web_accounts = QCheckBox("Accounts with their names")
        self.pixels = label("", "muted")
        self.privacy = label("", "muted", wraps=True)
        self._rows: dict[QWidget, QLabel] = {}
        self._compose()
        self._connect()

    def show_kind(self, kind: str) -> None:
        """Offer what a kind of file has."""
        kept = self.extent.currentData()
        self._kind = kind
        self._hint.setText(_HINTS[kind])
        self.extent.blockSignals(True)
        self.extent.clear()
        for key, text in self._extents():
            self.extent.addItem(text, key)
        self.extent.setCurrentIndex(max(0, self.extent.findData(kept)))
        self.extent.blockSignals(False)
        self._refresh()

    def set_choice(self, choice: ExportChoice) -> None:
        """Show a choice; says nothing to listeners."""
        self.blockSignals(True)
        self.show_kind(choice.kind)
        _choose(self.extent, choice.extent)
        if choice.territory is not None:
            _choose(self.territory, int(choice.territory))
        _choose(self.paper, choice.paper)
        self.turned.set_chosen("landscape" if choice.landscape else "portrait")
        _choose(self.dpi, choice.dpi)
        for check, on in (
            (self.legend, choice.legend),
            (self.labels, choice.labels),
            (self.accounts, choice.accounts),
            (self.web_accounts, choice.web_accounts),
        ):
            check.setChecked(on)
        self.blockSignals(False)
        self._refresh()

    def choice(self) -> ExportChoice:
        """What is chosen now."""
        extent = str(self.extent.currentData() or "all")
        territory = self.territory.currentData() if extent == "territory" else None
        return ExportChoice(
            kind=self._kind,
            extent=extent,
            territory=None if territory is None else TerritoryId(territory),
            paper=str(self.paper.currentData()),
            landscape=self._is_landscape(),
            dpi=int(self.dpi.currentData()),
            legend=self.legend.isChecked(),
            labels=self.labels.isChecked(),
            accounts=self.accounts.isChecked(),
            web_accounts=self.web_accounts.isChecked(),
        )

    # Composition

    def _compose(self) -> None:
        fields = QFormLayout()
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(10)
        for text, field in (
            ("Show", self.extent),
            ("Territory", self.territory),
            ("Size", self.paper),
            ("Orientation", self.turned),
            ("Quality", self.dpi),
        ):
            name = label(text, "muted")
            name.setBuddy(field)
            self._rows[field] = name
            fields.addRow(name, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._hint)
        column.addLayout(fields)
        column.addWidget(self.pixels)
        for check in (self.legend, self.labels, self.accounts, self.web_accounts):
            column.addWidget(check)
        column.addWidget(self.privacy)
        column.addStretch(1)

    def _connect(self) -> None:
        for field in (self.extent, self.territory, self.paper, self.dpi):
            field.currentIndexChanged.connect(lambda _at: self._on_changed())
        for check in (self.legend, self.labels, self.accounts, self.web_accounts):
            check.toggled.connect(lambda _on: self._on_changed())
        self.turned.chosen.connect(lambda _key: self._on_changed())

    def _extents(self) -> list[tuple[str, str]]:
        one = [("territory", "One territory")] if self.territory.count() else []
        if self._kind == "book":
            return [("all", "The whole plan")]
        if self._kind == "html":
            each = [("each", "One file per territory")] if one else []
            return [("all", "The whole plan"), *one, *each]
        around = [("accounts", "Where accounts are"), ("all", "All areas and accounts")]
        return [("view", "What the window shows"), *around, *one]

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        choice = self.choice()
        is_page, is_image = choice.kind != "html", choice.kind == "png"
        self._show_row(self.extent, shown=self.extent.count() > 1)
        self._show_row(self.territory, shown=choice.extent == "territory")
        self._show_row(self.paper, shown=is_page)
        is_turnable = not paper(str(self.paper.currentData())).is_landscape_only
        self._show_row(self.turned, shown=is_page and is_turnable)
        self._show_row(self.dpi, shown=is_image)
        for check in (self.legend, self.labels, self.accounts):
            check.setVisible(is_page)
        self.web_accounts.setVisible(not is_page)
        self.pixels.setVisible(is_image)
        width, height = (round(side / POINTS_PER_INCH * choice.dpi) for side in choice.points)
        self.pixels.setText(f"{count(width)} × {count(height)} pixels")
        self.privacy.setVisible(not is_page)
        self.privacy.setText(_PRIVACY if choice.web_accounts else _PLAIN)

    def _show_row(self, field: QWidget, *, shown: bool) -> None:
        field.setVisible(shown)
        self._rows[field].setVisible(shown)

    def _is_landscape(self) -> bool:
        is_slide = paper(str(self.paper.currentData())).is_landscape_only
        return is_slide or self.turned.chosen_key() == "landscape"


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMaxVisibleItems(_MOST_VISIBLE)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(14)
    return made


def _choose(box: QComboBox, key: object) -> None:
    at = box.findData(key)
    if at >= 0:
        box.setCurrentIndex(at)
