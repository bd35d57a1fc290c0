# SPDX-License-Identifier: MIT
"""The options of a first version: whose territories, which areas, which kinds of customers."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from app.models.geounit import GeoLevel
from app.models.ids import MeasureId, SalesForceId
from app.models.measure import ACCOUNT_COUNT, MeasureKind
from app.services.builders.by_count import MOST_TERRITORIES
from app.services.builders.first_version import (
    MODEL_BY_VERSION,
    AreaChoice,
    AreaSource,
    KindChoice,
    KindSource,
    VersionChoice,
)
from app.services.builders.guide import FirstVersion
from app.services.builders.kinds import Kind, product_lines
from app.services.builders.market_hints import likely_source
from app.services.builders.owners import OwnerRules
from app.services.commands import ForceTarget
from app.services.workspace import Workspace
from app.ui.dialogs.divide_market.questions import VERSION_TITLES
from app.ui.formats import count, measure_value
from app.ui.parts import column, label, padded
from app.ui.widgets.segmented import Segmented

_AREA_TITLES = {
    AreaSource.OWNERS: "Today’s owners",
    AreaSource.HOMES: "Nearest rep home",
    AreaSource.COUNT: "A number of territories",
    AreaSource.PRESENT: "The territories that are there",
}
_KIND_TITLES = {
    KindSource.SEGMENT: "Segment",
    KindSource.INDUSTRY: "Industry",
    KindSource.STATUS: "Status",
    KindSource.SIZE: "Size",
    KindSource.LINE: "Product line bought most",
}
_BY_KIND = (FirstVersion.CUSTOMERS, FirstVersion.CARVED, FirstVersion.CROSSED)
_BY_AREA = (FirstVersion.AREAS, FirstVersion.CARVED, FirstVersion.CROSSED)
_NEW = 0
"""Stands for a sales force that is made."""


class OptionForm(QWidget):
    """What can be chosen for a version; what does not matter for it is hidden.

    Args:
        workspace: The open plan.
        force: The sales force that is offered first.
        parent: The dialog.

    Signals:
        changed: Something is chosen otherwise.
    """

    changed = Signal()

    def __init__(
        self, workspace: Workspace, force: SalesForceId, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._left_out: frozenset[str] | None = None
        self.version = _box("Way to divide", [(t, v.value) for v, t in VERSION_TITLES.items()])
        forces = [(each.name, int(each.id)) for each in workspace.sales_forces]
        self.target = _box("Sales force", [*forces, ("A new sales force…", _NEW)])
        self.target.setCurrentIndex(self.target.findData(int(force)))
        self.name = QLineEdit("Key accounts")
        self.name.setAccessibleName("Name of the new sales force")
        measures = [(m.name, int(m.id)) for m in workspace.account_measures]
        self.measure = _box("Measure that weighs", measures)
        self.measure.setCurrentIndex(self.measure.findData(int(_first_measure(workspace))))
        self.source = _box("Territories by area", [(t, s.value) for s, t in _AREA_TITLES.items()])
        likely = likely_source(workspace.accounts, workspace.reps)
        self.source.setCurrentIndex(self.source.findData(likely.value))
        levels = (GeoLevel.STATE, "States"), (GeoLevel.COUNTY, "Counties"), (GeoLevel.ZIP, "ZIPs")
        self.level = Segmented("Areas", [(level.value, title) for level, title in levels])
        self.level.set_chosen(GeoLevel.COUNTY.value)
        self.number = _spin("Number of territories", 1, MOST_TERRITORIES, 8)
        self.by = _box("Kinds of customers", [(t, s.value) for s, t in _KIND_TITLES.items()])
        sizes = [(name, id_) for name, id_ in measures if id_ != ACCOUNT_COUNT]
        self.size_by = _box("Size by", sizes)
        self.classes = _spin("Classes of size", 2, 6, 3)
        self.kinds = QListWidget()
        self.kinds.setAccessibleName("Kinds that get territories of their own")
        self.kinds.setMinimumHeight(110)
        self.keeps = QCheckBox("Keep today’s territories for all others")
        self.specialists = QCheckBox("Specialists per product line, over it")
        self._form = QFormLayout()
        self._compose()
        self._connect()
        self._show_what_matters()

    def set_version(self, version: FirstVersion, *, has_specialists: bool) -> None:
        """Choose a way; says nothing to listeners."""
        with QSignalBlocker(self.version), QSignalBlocker(self.specialists):
            self.version.setCurrentIndex(self.version.findData(version.value))
            self.specialists.setChecked(has_specialists and self.specialists.isEnabled())
        self._forget_kinds()
        self._show_what_matters()

    @property
    def measure_id(self) -> MeasureId:
        """The measure that weighs."""
        return MeasureId(self.measure.currentData())

    @property
    def force(self) -> SalesForceId | None:
        """The sales force that is built, or None for a new one."""
        chosen = int(self.target.currentData())
        return SalesForceId(chosen) if chosen != _NEW else None

    @property
    def follows_owners(self) -> bool:
        """Whether whole areas go to those who own most in them today."""
        by_owner = self.source.currentData() == AreaSource.OWNERS.value
        return by_owner and self._version() in (FirstVersion.AREAS, FirstVersion.CARVED)

    def choice(self) -> VersionChoice:
        """What is chosen now."""
        version = self._version()
        source = AreaSource(self.source.currentData())
        by_area = version in _BY_AREA
        keeps = self.keeps.isChecked() if not by_area else source is AreaSource.PRESENT
        target = ForceTarget(
            MODEL_BY_VERSION[version],
            self.force,
            self.name.text(),
            keeps_present=keeps and self.force is not None,
        )
        size = self.size_by.currentData()
        return VersionChoice(
            version,
            target,
            AreaChoice(source, OwnerRules(GeoLevel(self.level.chosen_key())), self.number.value()),
            KindChoice(
                KindSource(self.by.currentData()),
                MeasureId(size if size is not None else ACCOUNT_COUNT),
                self.classes.value(),
                self._left_out,
            ),
            self.specialists.isChecked(),
        )

    def show_kinds(self, kinds: Sequence[Kind], left_out: frozenset[str]) -> None:
        """List the kinds that there are; those that are left out are not ticked."""
        measure = self._workspace.measure(self.measure_id)
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            for kind in kinds:
                value = measure_value(kind.value, measure.kind)
                worth = f" · {measure.name} {value}" if measure.id != ACCOUNT_COUNT else ""
                item = QListWidgetItem(f"{kind.label}  ({count(len(kind.rows))}{worth})")
                item.setData(Qt.ItemDataRole.UserRole, kind.label)
                state = Qt.CheckState.Unchecked if kind.label in left_out else Qt.CheckState.Checked
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(state)
                self.kinds.addItem(item)

    # Building

    def _compose(self) -> None:
        form = self._form
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for title, part in (
            ("Divide", self.version),
            ("For", self.target),
            ("Its name", self.name),
            ("Weigh by", self.measure),
            ("By area", self.source),
            ("Areas", self.level),
            ("Territories", self.number),
            ("Kinds by", self.by),
            ("Size by", self.size_by),
            ("Classes", self.classes),
        ):
            form.addRow(label(title, "muted"), part)
        self._kinds_title = label("Kinds with territories of their own", "muted")
        box = column(gap=8)
        box.addLayout(form)
        for part in (self._kinds_title, self.kinds, self.keeps, self.specialists):
            box.addWidget(part)
        box.addStretch(1)
        self.setLayout(box)
        lines = product_lines(self._workspace.records.products)
        self.specialists.setEnabled(bool(lines))
        if not lines:
            self.specialists.setToolTip("Import products with their lines first.")

    def _connect(self) -> None:
        for box in (self.version, self.by, self.size_by):
            box.activated.connect(lambda _at: self._on_kinds_changed())
        for box in (self.target, self.measure, self.source):
            box.activated.connect(lambda _at: self._on_changed())
        self.level.chosen.connect(lambda _key: self._on_changed())
        self.number.valueChanged.connect(lambda _value: self._on_changed())
        self.classes.valueChanged.connect(lambda _value: self._on_kinds_changed())
        self.kinds.itemChanged.connect(lambda _item: self._on_ticked())
        for check in (self.keeps, self.specialists):
            check.clicked.connect(lambda _on: self._on_changed())
        self.name.editingFinished.connect(self._on_changed)

    def _version(self) -> FirstVersion:
        return FirstVersion(self.version.currentData())

    def _show_what_matters(self) -> None:
        version = self._version()
        source, by = AreaSource(self.source.currentData()), KindSource(self.by.currentData())
        has_territories = self.force is not None and bool(
            self._workspace.state_of(self.force).territories
        )
        by_area, by_kind = version in _BY_AREA, version in _BY_KIND
        self._offer_present(offered=has_territories and version is not FirstVersion.AREAS)
        is_size = by_kind and by is KindSource.SIZE
        for part, shown in (
            (self.name, self.force is None),
            (self.source, by_area),
            (self.level, by_area and source is not AreaSource.PRESENT),
            (self.number, by_area and source is AreaSource.COUNT),
            (self.by, by_kind),
            (self.size_by, is_size),
            (self.classes, is_size),
        ):
            self._form.setRowVisible(part, shown)
        has_kinds = version is not FirstVersion.AREAS
        self._kinds_title.setVisible(has_kinds)
        self.kinds.setVisible(has_kinds)
        self.keeps.setVisible(not by_area and has_territories)

    def _offer_present(self, *, offered: bool) -> None:
        """Offer today's territories as a base only where there are some."""
        at = self.source.findData(AreaSource.PRESENT.value)
        if offered and at < 0:
            self.source.addItem(_AREA_TITLES[AreaSource.PRESENT], AreaSource.PRESENT.value)
        elif not offered and at >= 0:
            self.source.removeItem(at)

    def _on_changed(self) -> None:
        self._show_what_matters()
        self.changed.emit()

    def _forget_kinds(self) -> None:
        """Kinds of another way of telling customers apart are not shown while others are sought."""
        self._left_out = None
        with QSignalBlocker(self.kinds):
            self.kinds.clear()

    def _on_kinds_changed(self) -> None:
        self._forget_kinds()
        self._on_changed()

    def _on_ticked(self) -> None:
        items = [self.kinds.item(at) for at in range(self.kinds.count())]
        self._left_out = frozenset(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Unchecked
        )
        self._on_changed()


def _box(name: str, items: Sequence[tuple[str, object]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(10)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for text, key in items:
        made.addItem(text, key)
    return made


def _spin(name: str, least: int, most: int, first: int) -> QSpinBox:
    made = QSpinBox()
    made.setAccessibleName(name)
    made.setRange(least, most)
    made.setValue(first)
    made.setKeyboardTracking(False)
    padded(made)
    return made


def _first_measure(workspace: Workspace) -> MeasureId:
    """The main measure; where that is the number of accounts, the first measure of money."""
    main = workspace.main_account_measure.id
    if main != ACCOUNT_COUNT:
        return main
    return next((m.id for m in workspace.account_measures if m.kind is MeasureKind.MONEY), main)
