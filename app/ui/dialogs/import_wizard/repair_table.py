# SPDX-License-Identifier: MIT
"""The values at fault as a table in which the user types or chooses what is meant."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.services.importing.repairs import Repair
from app.ui.formats import count
from app.ui.icons import icon
from app.ui.parts import plain_tooltip
from app.ui.tokens import ROW_HEIGHT, tokens_of

Index = QModelIndex | QPersistentModelIndex
RAW, ROWS, MEANT, SUGGESTION = range(4)
_EMPTY = "(empty)"
_PLACEHOLDER = "Type or choose…"
_ROOT = QModelIndex()
_WIDTHS = (200, 72, 240)
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RepairModel(QAbstractTableModel):
    """One line per value: what the file says, in how many rows, what is meant, what is suggested.

    Args:
        repair: The values.
        chosen: What was put for them before.
        parent: The dialog.
    """

    def __init__(
        self, repair: Repair, chosen: Mapping[str, str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._values = repair.values
        self._titles = ("In the file", "Rows", f"{repair.label} to use", "Suggestion")
        self._meant = [chosen.get(value.raw, "") for value in repair.values]

    def replacements(self) -> dict[str, str]:
        """What replaces each value; one that is left as it is replaces itself."""
        pairs = zip(self._values, self._meant, strict=True)
        return {value.raw: meant or value.raw for value, meant in pairs}

    def suggestion_count(self) -> int:
        """How many values have a suggestion."""
        return sum(bool(value.suggestion) for value in self._values)

    def take(self, line: int) -> None:
        """Take the suggestion of a line, if there is one."""
        if self._values[line].suggestion:
            self.setData(self.index(line, MEANT), self._values[line].suggestion)

    def take_all(self) -> None:
        """Take the suggestions of all lines that are still empty."""
        for line, meant in enumerate(self._meant):
            if not meant:
                self.take(line)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._values)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        value, column = self._values[index.row()], index.column()
        meant = self._meant[index.row()]
        text = (value.raw or _EMPTY, count(value.count), meant, value.suggestion)[column]
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role == Qt.ItemDataRole.DisplayRole:
            return text or (_PLACEHOLDER if column == MEANT else "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"Click to use {text}" if column == SUGGESTION and text else text)
        return self._looks(column, role, is_filled=bool(text))

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if index.column() != MEANT or role != Qt.ItemDataRole.EditRole:
            return False
        self._meant[index.row()] = str(value).strip()
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == MEANT else flags

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if section == ROWS and role == Qt.ItemDataRole.TextAlignmentRole:
            return _AT_RIGHT
        return None

    def _looks(self, column: int, role: int, *, is_filled: bool) -> object:
        tokens = tokens_of(QGuiApplication.palette())
        if role == Qt.ItemDataRole.ForegroundRole:
            if column == ROWS or (column == MEANT and not is_filled):
                return QColor(tokens.muted)
            return QColor(tokens.accent_text) if column == SUGGESTION else None
        if role == Qt.ItemDataRole.DecorationRole and column == SUGGESTION and is_filled:
            return icon("wand", "accent_text")
        if role == Qt.ItemDataRole.TextAlignmentRole and column == ROWS:
            return _AT_RIGHT
        return None


class _ChoiceDelegate(QStyledItemDelegate):
    """A field with the choices; anything else may be typed."""

    def __init__(self, options: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._options = QStringListModel(list(options), self)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QComboBox:
        field = QComboBox(parent)
        field.setEditable(True)
        field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Measuring thousands of choices to be as wide as the widest would take a second.
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        field.setSizeAdjustPolicy(policy)
        field.setModel(self._options)
        completer = field.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        field.activated.connect(lambda _at: self.commitData.emit(field))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            raw = index.model().index(index.row(), RAW).data()
            editor.setAccessibleName(f"Instead of {raw}")
            editor.setCurrentIndex(-1)
            editor.setEditText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())


class RepairTable(QTableView):
    """Shows a `RepairModel`; a click on a suggestion takes it."""

    def __init__(
        self, model: RepairModel, options: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._repairs = model
        self.setModel(model)
        self.setItemDelegateForColumn(MEANT, _ChoiceDelegate(options, self))
        self.setAccessibleName("Values to repair")
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT + 4)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        for place, width in enumerate(_WIDTHS):
            self.setColumnWidth(place, width)
        header.setSectionResizeMode(ROWS, QHeaderView.ResizeMode.Fixed)
        self.setCurrentIndex(model.index(0, MEANT))
        self.clicked.connect(self._on_clicked)

    def commit_open_field(self) -> None:
        """Take what stands in a field that is still open."""
        for field in self.findChildren(QComboBox):
            self.commitData(field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if index.column() == SUGGESTION:
                self._repairs.take(index.row())
            elif index.isValid():
                self.edit(index.siblingAtColumn(MEANT))
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == SUGGESTION:
            self._repairs.take(index.row())
