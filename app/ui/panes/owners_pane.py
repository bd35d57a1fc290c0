# SPDX-License-Identifier: MIT
"""The owner map: every owner value of the data, and the rep that it means."""

from enum import Enum

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import RepId
from app.services.commands import (
    ClearOwnerAlias,
    Command,
    MakeRepsOfOwners,
    SetOwnerAlias,
    TakeOwnerSuggestions,
)
from app.services.importing.owners import MatchedBy
from app.services.owner_map import OwnerLine, OwnerMap
from app.ui.formats import count, plural
from app.ui.panes.owner_columns import owner_columns
from app.ui.panes.owner_foot import OwnerFoot
from app.ui.panes.owner_reading import OwnerReading
from app.ui.panes.pane import Pane
from app.ui.parts import column, hairline, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented import Segmented


class Shown(Enum):
    """Which owner values are listed."""

    ALL = "All"
    UNMET = "No rep"
    CHOSEN = "You chose"


class OwnersPane(Pane):
    """A table of owner values; below it whom the selected ones mean.

    Signals:
        rows_requested(str, object): Title and ids (int64 array) of accounts to list.
        import_requested(): The user wants to bring owners in.
    """

    rows_requested = Signal(str, object)
    import_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.map: OwnerMap | None = None
        self._reading = OwnerReading(session, self)
        self.table = CopyableTable("Owners in the data")
        self.shown = Segmented("Which owners", [(kind.name, kind.value) for kind in Shown])
        self.summary = label("")
        self.search = SearchField("Search owners")
        self.foot = OwnerFoot(session)
        self._empty = EmptyState("users", "No owners yet", "")
        self._stack = QStackedWidget()
        self._compose()
        self.shown.chosen.connect(lambda _key: self._apply_filter())
        self.search.searched.connect(lambda _text: self._apply_filter())
        self.table.rows_selected.connect(lambda _rows: self._on_selected())
        self.table.row_activated.connect(lambda _row: self.foot.choice.setFocus())
        self._connect_foot()

    def refresh(self) -> None:
        self._reading.start(self._show)

    def concerns(self, changes: Changes) -> bool:
        return bool(
            changes.touches_account_rows or changes.records or changes.reps or changes.settings
        )

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._reading.stop()

    def selected_lines(self) -> list[OwnerLine]:
        """The owner values that are selected, in the order shown."""
        if self.map is None:
            return []
        return [self.map.lines[place] for place in self.table.selected_source_rows().tolist()]

    def _on_changed(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is not self:
            self._reading.forget_counts()
        super()._on_changed(changes, initiator)

    # Composition

    def _compose(self) -> None:
        copy = icon_button("copy", "Copy with headers", self.table.copy_selection)
        self.search.setFixedWidth(180)
        head = row(self.shown, self.summary, None, self.search, copy, margin=(12, 8, 12, 8), gap=12)
        full = QWidget()
        full.setLayout(column(head, self.table, hairline(), self.foot, gap=0))
        self._empty.add_button("import", "Import a spreadsheet…", icon_name="import", primary=True)
        self._empty.chosen.connect(lambda _key: self.import_requested.emit())
        self._stack.addWidget(full)
        self._stack.addWidget(self._empty)
        self.setLayout(column(self._stack))

    def _connect_foot(self) -> None:
        foot = self.foot
        foot.rep_chosen.connect(lambda rep: self._set_rep(RepId(rep)))
        foot.nobody_chosen.connect(self._clear)
        foot.reps_made.connect(lambda owners: self._run(MakeRepsOfOwners(owners)))
        foot.suggestions_taken.connect(lambda pairs: self._run(TakeOwnerSuggestions(pairs)))
        foot.accounts_requested.connect(self._ask_for_accounts)

    # What is shown

    def _show(self, found: OwnerMap) -> None:
        before = self._first_selected_place()
        self.map = found
        self._stack.setCurrentIndex(0 if found.lines else 1)
        if not found.lines:
            self._explain_nothing()
        workspace = self.session.workspace
        names = {rep.id: rep.name for rep in workspace.reps}
        self.table.array_model.set_columns(
            owner_columns(found.lines, names, workspace.main_account_measure)
        )
        self._refresh_head(found)
        self.foot.set_lines(found.lines)
        self._apply_filter(before)

    def _explain_nothing(self) -> None:
        if len(self.session.workspace.accounts):
            title = "No account has an owner"
            words = "Import a list with a column that says who looks after each account."
        else:
            title = "No owners yet"
            words = "Bring in your customer list; the owners in it are matched to your reps here."
        self._empty.set_words(title, words)

    def _refresh_head(self, found: OwnerMap) -> None:
        unmet = len(found.unmet)
        chosen = sum(line.matched_by is MatchedBy.CHOICE for line in found.lines)
        amounts = {Shown.ALL: len(found.lines), Shown.UNMET: unmet, Shown.CHOSEN: chosen}
        for button, kind in zip(self.shown.buttons(), Shown, strict=True):
            button.setText(f"{kind.value}  {count(amounts[kind])}")
        without = found.accounts_without_owner
        verb = "has" if without == 1 else "have"
        words = f"{plural(without, 'account', 'accounts')} {verb} no owner" if without else ""
        self.summary.setText(words)

    def _apply_filter(self, place: int = -1) -> None:
        """List what is asked for; keep a selection at about the same place."""
        if self.map is None:
            return
        selected = self.table.selected_source_rows()
        kind = Shown[self.shown.chosen_key()]
        kept = np.array([_is_shown(line, kind) for line in self.map.lines], dtype=bool)
        model = self.table.array_model
        model.set_filter(self.search.text(), kept)
        if len(model.shown_rows_of(selected)):
            self.table.select_source_rows(selected, scroll=False)
        elif place >= 0 and model.rowCount():
            # The selected one has just been settled: the next one moves up.
            self.table.select_source_rows(model.order()[[min(place, model.rowCount() - 1)]])
        self._on_selected()

    def _first_selected_place(self) -> int:
        shown = self.table.array_model.shown_rows_of(self.table.selected_source_rows())
        return int(shown[0]) if len(shown) else -1

    def _on_selected(self) -> None:
        self.foot.set_selected(self.selected_lines())

    # Edits

    def _run(self, command: Command) -> None:
        self.session.run(command, self)

    def _set_rep(self, rep: RepId) -> None:
        owners = tuple(line.owner for line in self.selected_lines())
        self._run(SetOwnerAlias(owners, rep, self.session.workspace.rep(rep).name))

    def _clear(self) -> None:
        owners = tuple(
            line.owner for line in self.selected_lines() if line.matched_by is MatchedBy.CHOICE
        )
        if owners:
            self._run(ClearOwnerAlias(owners))

    def _ask_for_accounts(self) -> None:
        if self.map is None:
            return
        places = self.table.selected_source_rows()
        ids = self.session.workspace.accounts.ids[np.isin(self.map.account_line, places)]
        lines = self.selected_lines()
        title = f"Owner {lines[0].owner}" if len(lines) == 1 else f"{len(lines)} owners"
        self.rows_requested.emit(title, ids)


def _is_shown(line: OwnerLine, kind: Shown) -> bool:
    if kind is Shown.UNMET:
        return line.rep is None
    return kind is Shown.ALL or line.matched_by is MatchedBy.CHOICE
