# SPDX-License-Identifier: MIT
"""Coverage across sales forces: who is served by how many of them, and who works with whom."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import AccountId, SalesForceId
from app.models.measure import ACCOUNT_COUNT
from app.services.force_coverage import (
    Combination,
    Pairing,
    combinations_of,
    pairings_of,
    served_by_force,
)
from app.services.plan_export import coverage_for_export
from app.services.scenario_state import ScenarioState
from app.ui.formats import count, measure_value, percent, plural
from app.ui.panes.pane import Pane
from app.ui.parts import column, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.columns import ArrayColumn, CellKind, number_width
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.segmented import Segmented

_MOST_SHOWN = 20_000
"""Accounts of one line that the map marks at once."""
_MANY, _FEW_MISSING = 4, 2
"""Of so many sales forces, those that are missing tell lines apart sooner than those there."""


class ForceCoveragePane(Pane):
    """Two lists: accounts by the sales forces that serve them, and territories in pairs.

    Signals:
        accounts_focused: Ids of the accounts of a line, to be marked on the map.
        forces_requested: The user wants to add a sales force.
        table_requested(ExportTable): All accounts with who serves them, to save as a sheet.
    """

    accounts_focused = Signal(object)
    table_requested = Signal(object)
    forces_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._combinations: tuple[Combination, ...] = ()
        self._pairings: tuple[Pairing, ...] = ()
        self.views = Segmented(
            "View", [("who", "Who is covered"), ("pairs", "Who works with whom")]
        )
        self.first = QComboBox()
        self.first.setAccessibleName("Sales force")
        self.second = QComboBox()
        self.second.setAccessibleName("Sales force to compare with")
        self._with = label("with", "muted")
        self.summary = label("", "muted", wraps=True)
        self.table = CopyableTable("Coverage across sales forces")
        self._alone = EmptyState(
            "users",
            "One sales force so far",
            "Several teams can serve the same customers: inside sales, key accounts, specialists "
            "for a product. Add one to see here who is covered by whom.",
        )
        self._alone.add_button("forces", "Sales forces…", icon_name="users", primary=True)
        self._alone.chosen.connect(lambda _key: self.forces_requested.emit())
        self._stack = QStackedWidget()
        self._compose()
        self.views.chosen.connect(lambda _key: self.refresh())
        for box in (self.first, self.second):
            box.activated.connect(lambda _at: self.refresh())
        self.table.rows_selected.connect(self._on_rows)

    def concerns(self, changes: Changes) -> bool:
        return changes.touches_alignment or changes.reps != frozenset() or changes.settings

    def refresh(self) -> None:
        workspace = self.session.workspace
        has_several = len(workspace.sales_forces) > 1
        self._stack.setCurrentIndex(0 if has_several else 1)
        if not has_several:
            return
        self._fill_boxes()
        shows_pairs = self.views.chosen_key() == "pairs"
        for part in (self.first, self._with, self.second):
            part.setVisible(shows_pairs)
        if shows_pairs:
            self._show_pairs()
        else:
            self._show_combinations()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _compose(self) -> None:
        copy = icon_button("copy", "Copy with headers", self.table.copy_selection)
        self.save = icon_button("export", "Save all accounts with who serves them…", self._on_save)
        controls = row(self.views, self.first, self._with, self.second, None, self.save, copy)
        head = column(controls, self.summary, margin=(12, 8, 12, 8))
        page = QWidget()
        outer = column(head, gap=0)
        outer.addWidget(self.table, 1)
        page.setLayout(outer)
        self._stack.addWidget(page)
        self._stack.addWidget(self._alone)
        self.setLayout(column(self._stack))

    def _fill_boxes(self) -> None:
        """Offer the sales forces; keep what is chosen, two different ones."""
        forces = self.session.workspace.sales_forces
        kept = [self.first.currentData(), self.second.currentData()]
        ids = [int(force.id) for force in forces]
        if kept[0] not in ids:
            kept[0] = ids[0]
        if kept[1] not in ids or kept[1] == kept[0]:
            kept[1] = next(each for each in ids if each != kept[0])
        for box, chosen in zip((self.first, self.second), kept, strict=True):
            with QSignalBlocker(box):
                box.clear()
                for force in forces:
                    box.addItem(force.name, int(force.id))
                box.setCurrentIndex(box.findData(chosen))

    def _show_combinations(self) -> None:
        workspace = self.session.workspace
        measure = workspace.main_account_measure
        values = workspace.accounts.measure(measure.id)
        self._combinations = combinations_of(served_by_force(workspace), values)
        names = {force.id: force.name for force in workspace.sales_forces}
        found = self._combinations
        whole = len(workspace.accounts)
        columns = [
            _texts("served", "Served by", [_together(each, names) for each in found], 320),
            _numbers("forces", "Sales forces", [len(each.forces) for each in found]),
            _numbers("accounts", "Accounts", [len(each.rows) for each in found]),
            ArrayColumn(
                "share",
                "Share",
                np.array([len(each.rows) / whole if whole else np.nan for each in found]),
                CellKind.NUMBER,
                formatted=lambda value: percent(value, 1),
                width=80,
            ),
            _numbers("dispute", "In dispute", [each.in_dispute for each in found]),
        ]
        if measure.id != ACCOUNT_COUNT:
            columns.insert(
                4,
                ArrayColumn(
                    "value",
                    measure.name,
                    np.array([each.value for each in found]),
                    CellKind.NUMBER,
                    formatted=lambda value: measure_value(value, measure.kind),
                    width=number_width(measure.name),
                ),
            )
        self.table.array_model.set_columns(columns)
        several = sum(len(each.rows) for each in found if len(each.forces) > 1)
        nobody = sum(len(each.rows) for each in found if not each.forces)
        self.summary.setText(
            f"{plural(several, 'account is', 'accounts are')} served by several sales forces: that "
            f"is coverage. {plural(nobody, 'account is', 'accounts are')} served by none. Within "
            "one sales force, two territories for an account are in dispute."
        )

    def _show_pairs(self) -> None:
        workspace = self.session.workspace
        measure = workspace.main_account_measure
        first, second = (self._state(box) for box in (self.first, self.second))
        self._pairings = pairings_of(
            self._served(first),
            self._served(second),
            workspace.accounts.measure(measure.id),
        )
        columns = [
            *self._side("first", self.first, first),
            *self._side("second", self.second, second),
        ]
        columns.append(_numbers("accounts", "Accounts", [p.account_count for p in self._pairings]))
        if measure.id != ACCOUNT_COUNT:
            columns.append(
                ArrayColumn(
                    "value",
                    measure.name,
                    np.array([each.value for each in self._pairings]),
                    CellKind.NUMBER,
                    formatted=lambda value: measure_value(value, measure.kind),
                    width=number_width(measure.name),
                )
            )
        self.table.array_model.set_columns(columns)
        amount = plural(len(self._pairings), "pair of territories", "pairs of territories")
        shared = sum(each.account_count for each in self._pairings)
        self.summary.setText(f"{amount} with {plural(shared, 'account', 'accounts')} in common.")

    def _side(self, key: str, box: QComboBox, state: ScenarioState) -> list[ArrayColumn]:
        """Territory and rep of one sales force in the pairs."""
        tokens = tokens_of(self.palette())
        ids = [each.first if key == "first" else each.second for each in self._pairings]
        found = [state.territories[state.position_by_territory[each]] for each in ids]
        icons = [chip_icon(each.color_index, tokens) for each in found]
        reps = [state.rep_of(each) for each in ids]
        return [
            ArrayColumn(
                key,
                box.currentText(),
                np.array([each.name for each in found], dtype=object),
                width=200,
                decoration=icons.__getitem__,
            ),
            _texts(f"{key}_rep", "Rep", [rep.name if rep else "Vacant" for rep in reps], 140),
        ]

    def _state(self, box: QComboBox) -> ScenarioState:
        return self.session.workspace.state_of(SalesForceId(box.currentData()))

    def _served(self, state: ScenarioState) -> tuple[list, np.ndarray]:
        served = state.account_territory(self.session.workspace.accounts)
        return [each.id for each in state.territories], served

    def _on_rows(self, rows: np.ndarray) -> None:
        if not len(rows):
            return
        if self.views.chosen_key() == "pairs":
            found = self._rows_of_pair(self._pairings[int(rows[0])])
        else:
            found = self._combinations[int(rows[0])].rows
        ids = self.session.workspace.accounts.ids[found[:_MOST_SHOWN]].tolist()
        self.accounts_focused.emit(tuple(AccountId(each) for each in ids))

    def _on_save(self) -> None:
        self.table_requested.emit(coverage_for_export(self.session.workspace))

    def _rows_of_pair(self, pair: Pairing) -> np.ndarray:
        first, second = self._state(self.first), self._state(self.second)
        accounts = self.session.workspace.accounts
        own = first.account_territory(accounts) == first.position_by_territory[pair.first]
        other = second.account_territory(accounts) == second.position_by_territory[pair.second]
        return np.flatnonzero(own & other)


def _together(combination: Combination, names: dict[SalesForceId, str]) -> str:
    if not combination.forces:
        return "Nobody"
    if len(names) < _MANY:
        return _listed([names[force] for force in combination.forces])
    missing = [name for force, name in names.items() if force not in combination.forces]
    if not missing:
        return f"All {count(len(names))} sales forces"
    if len(missing) <= _FEW_MISSING:
        return f"All but {_listed(missing)}"
    return _listed([names[force] for force in combination.forces])


def _listed(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _texts(key: str, title: str, texts: list[str], width: int) -> ArrayColumn:
    return ArrayColumn(key, title, np.array(texts, dtype=object), width=width)


def _numbers(key: str, title: str, counts: list[int]) -> ArrayColumn:
    values = np.array(counts, dtype=np.float64)
    return ArrayColumn(key, title, values, CellKind.NUMBER, formatted=count, width=100)
