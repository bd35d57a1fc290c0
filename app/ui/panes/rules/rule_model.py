# SPDX-License-Identifier: MIT
"""The rules as a table in their order, with what each of them does."""

import json
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.models.ids import TerritoryId
from app.services.commands import RuleDraft
from app.services.rules.condition_words import condition_words
from app.services.rules.dry_run import DryRun, RuleEffect
from app.services.rules.names import RuleNames
from app.services.workspace import Workspace
from app.ui.formats import count, measure_value
from app.ui.icons import icon
from app.ui.panes.rules.rule_wording import window_wording
from app.ui.parts import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MIME = "application/x-evenfield-rules"
_NAMED_TAKERS = 3
ORDER, RULE, TERRITORY, MATCHES, DECIDES, VALUE, REMARK = range(7)
_NUMBERS = (ORDER, MATCHES, DECIDES, VALUE)
_Role = Qt.ItemDataRole


class RuleModel(QAbstractTableModel):
    """Rules of the page; the first column has a tick for "on".

    Signals:
        switched(int, bool): The tick of a row was changed.
        moved(object, int): Rows were dragged before another one.
    """

    switched = Signal(int, bool)
    moved = Signal(object, int)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._rules: tuple[RuleDraft, ...] = ()
        self._names: RuleNames | None = None
        self._run: DryRun | None = None
        self._words: dict[RuleDraft, str] = {}
        self.is_read_only = False

    def set_rules(self, rules: Sequence[RuleDraft]) -> None:
        """Show other rules; what they do is not known until `set_run`."""
        self.beginResetModel()
        self._rules, self._run = tuple(rules), None
        self.endResetModel()

    def set_names(self, names: RuleNames | None) -> None:
        """Call fields, areas and reps by other names."""
        self._names, self._words = names, {}
        self._announce()

    def set_run(self, run: DryRun | None) -> None:
        """Show what the rules do."""
        self._run = run if run is not None and len(run.effects) == len(self._rules) else None
        self._announce()

    def effect(self, row: int) -> RuleEffect | None:
        """What a rule does; None while it is being worked out."""
        return None if self._run is None else self._run.effects[row]

    def words(self, row: int) -> str:
        """The condition of a rule in words."""
        rule = self._rules[row]
        if self._names is None:
            return "…"
        if rule not in self._words:
            words = condition_words(rule.condition, self._names, window_wording())
            self._words[rule] = words[:1].upper() + words[1:]
        return self._words[rule]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rules)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else REMARK + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == _Role.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        measure = self._workspace.main_account_measure.name
        if role == _Role.DisplayRole:
            titles = ("On", "Rule", "Territory", "Matches", "Decides", measure, "Remark")
            return titles[section]
        return plain_tooltip(_HINTS[section]) if role == _Role.ToolTipRole else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role == _Role.DisplayRole:
            return self._text(row, column)
        if role == _Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.ToolTipRole:
            return self._hint(row, column)
        if column == ORDER:
            return self._tick(row, role)
        if role == _Role.DecorationRole and column == REMARK:
            effect = self.effect(row)
            return icon("warning", "danger") if effect is not None and effect.problem else None
        return None

    def _tick(self, row: int, role: int) -> object:
        is_on = self._rules[row].is_enabled
        if role == _Role.CheckStateRole:
            return (Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked).value
        if role == _Role.AccessibleTextRole:
            return f"Rule {row + 1}, {'on' if is_on else 'off'}"
        return None

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.CheckStateRole or index.column() != ORDER:
            return False
        self.switched.emit(index.row(), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.is_read_only:  # neither ticked nor dragged
            return usual
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        tick = Qt.ItemFlag.ItemIsUserCheckable if index.column() == ORDER else usual
        return usual | Qt.ItemFlag.ItemIsDragEnabled | tick

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        rows = sorted({index.row() for index in indexes})
        mime.setData(_MIME, json.dumps(rows).encode())
        return mime

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        del column
        if action is not Qt.DropAction.MoveAction or not data.hasFormat(_MIME):
            return False
        rows: list[int] = json.loads(bytes(data.data(_MIME).data()))
        before = parent.row() if parent.isValid() else row if row >= 0 else len(self._rules)
        self.moved.emit(rows, before)
        return False  # the list is another one already; Qt has no rows to remove

    # Words

    def _text(self, row: int, column: int) -> str:
        rule, effect = self._rules[row], self.effect(row)
        match column:
            case _ if column == ORDER:
                text = count(row + 1)
            case _ if column == RULE:
                text = rule.name or self.words(row)
            case _ if column == TERRITORY:
                text = self._territory(rule.territory_id)
            case _ if effect is None:
                text = ""
            case _ if column == MATCHES:
                text = count(effect.matched.accounts)
            case _ if column == DECIDES:
                text = count(effect.decided.accounts)
            case _ if column == VALUE:
                measure = self._workspace.main_account_measure
                text = measure_value(effect.decided.value, measure.kind)
            case _:
                text = self._remark(rule, effect)
        return text

    def _remark(self, rule: RuleDraft, effect: RuleEffect) -> str:
        if effect.problem:
            return effect.problem
        if not self._workspace.has_territory(rule.territory_id):
            return "Its territory is gone. Choose another one."
        if effect.never_matches:
            return "No account meets its condition."
        if effect.takers:
            listed = ", ".join(count(row + 1) for row in effect.takers[:_NAMED_TAKERS])
            more = " and others" if len(effect.takers) > _NAMED_TAKERS else ""
            before = "Rule" if len(effect.takers) == 1 else "Rules"
            return f"{before} {listed}{more} above decide{'s' * (before == 'Rule')} for all of it."
        return " ".join(rule.notes.split())

    def _territory(self, territory: TerritoryId) -> str:
        workspace = self._workspace
        is_known = workspace.has_territory(territory)
        return workspace.territory(territory).name if is_known else "Gone"

    def _hint(self, row: int, column: int) -> str | None:
        if column == RULE:
            return plain_tooltip(self.words(row))
        text = self._text(row, column)
        return plain_tooltip(text) if column == REMARK and text else None

    def _announce(self) -> None:
        if self._rules:
            last = self.index(len(self._rules) - 1, REMARK)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, REMARK)


_HINTS = (
    "Rules are tried from the top; a rule that is off decides nothing",
    "Name of the rule, or its condition",
    "Who serves the accounts for which the rule decides",
    "Accounts that meet the condition, whichever rule decides for them",
    "Accounts for which this rule decides",
    "Sum over the accounts for which this rule decides",
    "What is wrong with the rule, or its note",
)
