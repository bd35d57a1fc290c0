# SPDX-License-Identifier: MIT
"""Overlaps or gaps as a list, with what settles them below it."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.services.overlaps.claim_items import ClaimItems
from app.services.overlaps.plan_overlaps import OverlapFacts
from app.ui.formats import compact, count, plural
from app.ui.panes.overlaps.claim_columns import ClaimTable
from app.ui.panes.overlaps.claim_filters import ClaimFilters
from app.ui.panes.territory_choice import TerritoryChoice
from app.ui.parts import button, clear_layout, column, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.table_tools import TableTools
from app.ui.theme import set_kind
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.elided_button import ElidedButton
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.search_field import SearchField

_MOST_CLAIMANT_BUTTONS = 2
_CLAIMANT_WIDTH = 148
_NONE = {
    False: ("No overlaps", "No area and no account is claimed by two territories."),
    True: ("No gaps", "Every account has a territory."),
}
_NO_MATCH = ("Nothing is listed", "No row meets the filters above.")
_PAIR_IS_SETTLED = ("These two no longer overlap", "Other territories still do.")


class ClaimList(QWidget):
    """A table of overlaps or of gaps.

    Args:
        session: The open plan.
        is_gap: Whether it lists gaps.
        parent: The widget that holds it.

    Signals:
        go_to(object, bool): Id of a geounit or account, and whether it is an account.
        geounits_selected(object): Tuple of the areas whose rows are selected.
        settle_requested(object, object): Items (list of numbers) to settle, and the territory that
            the user named or None.
        message(str): Something that the user should know.
    """

    go_to = Signal(object, bool)
    geounits_selected = Signal(object)
    settle_requested = Signal(object, object)
    message = Signal(str)

    def __init__(
        self, session: EditSession, *, is_gap: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.is_gap = is_gap
        self._facts: OverlapFacts | None = None
        self._territories: list[frozenset[int]] = []
        self.table = CopyableTable("Gaps" if is_gap else "Overlaps")
        self.tools = TableTools(self.table, "Gaps" if is_gap else "Overlaps", self)
        self.filters = ClaimFilters(self)
        if not is_gap:
            self.filters.with_bare.hide()  # showing it before it has a place would open a window
        self.search = SearchField("Search this list")
        self.search.setMaximumWidth(200)
        self.settle = button("Settle all…", self._on_settle, kind="primary", icon_name="wand")
        self.settle.setToolTip("Choose a policy and see what it does before anything changes")
        self.give = TerritoryChoice("Give to", session.workspace, parent=self)
        self.corner = QWidget()
        """Its buttons, for whoever shows the list."""
        self._words = ElidedLabel()
        set_kind(self._words, "muted")
        self._claimants = QHBoxLayout()
        self._claimants.setSpacing(8)
        self._empty = EmptyState("check_circle", *_NONE[is_gap])
        self.list_all = self._empty.add_button("all", "List all")
        self._stack = QStackedWidget()
        self._compose()
        self._connect()

    @property
    def items(self) -> ClaimItems:
        """What is listed or could be; there must be facts."""
        if self._facts is None:
            message = "nothing was shown yet"
            raise RuntimeError(message)
        return self._facts.gaps if self.is_gap else self._facts.overlaps

    def show_facts(self, facts: OverlapFacts, table: ClaimTable) -> None:
        """Show the overlaps or gaps of a moment.

        Args:
            facts: The sales force.
            table: Its overlaps or its gaps.
        """
        if self._facts is not None and self._facts.territories != facts.territories:
            self.filters.forget_pair()
        self._facts = facts
        workspace = self._session.workspace
        self._territories = table.territories
        self.filters.set_territories([t.name for t in workspace.territories])
        self.filters.set_segments(workspace.accounts.text("segment"))
        with QSignalBlocker(self.table):
            self.table.clearSelection()
            self.table.array_model.set_columns(table.columns())
        self._apply()

    def shown_items(self) -> list[int]:
        """Numbers of the items that the filters leave, in the order shown."""
        return self.table.array_model.order().tolist()

    def selected_items(self) -> list[int]:
        """Numbers of the items whose rows are selected."""
        return self.table.selected_source_rows().tolist()

    def show_pair(self, positions: frozenset[int], words: str) -> None:
        """List only what two territories claim together."""
        self.filters.show_pair(positions, words)

    def select_units(self, units: tuple[GeoUnitId, ...]) -> None:
        """Select the rows of areas that are selected on the map."""
        if self._facts is None or not units:
            return
        numbers = self._facts.borders.numbers_of(units)
        rows = np.flatnonzero(np.isin(self.items.unit, numbers[numbers >= 0]))
        if len(rows) and rows.tolist() != sorted(self.selected_items()):
            with QSignalBlocker(self.table):
                self.table.select_source_rows(rows)
            self._refresh_foot()

    def common_claimants(self, items: list[int]) -> tuple[TerritoryId, ...]:
        """Who claims all of the items, in position order; nobody for gaps."""
        if not items or self._facts is None or self.is_gap:
            return ()
        common = frozenset.intersection(*(self._territories[item] for item in items))
        return tuple(self._facts.territories[at] for at in sorted(common))

    # Composition

    def _compose(self) -> None:
        filters = self.filters
        chips = FlowLayout(gap=8)
        for part in (filters.territory, filters.segment, filters.with_bare, filters.pair_chip):
            chips.addWidget(part)
        chips.addWidget(self.search)
        self.corner.setLayout(row(None, *self.tools.buttons, gap=4))
        head = column(chips, self.tools.chips, margin=(12, 0, 12, 8), gap=6)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        foot = row(self._words, self._claimants, self.give, self.settle)
        foot.setStretch(0, 1)
        foot.setContentsMargins(16, 6, 12, 6)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        outer = column(head, gap=0)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._foot)
        self.setLayout(outer)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self._apply())
        self.filters.changed.connect(self._apply)
        self._empty.chosen.connect(lambda _key: self._list_all())
        self.table.message.connect(self.message)
        self.table.array_model.arranged.connect(self._refresh_foot)
        self.table.rows_selected.connect(lambda _rows: self._on_selected())
        self.table.row_activated.connect(self._go_to)
        self.give.chosen.connect(lambda t: self._ask(TerritoryId(t)))

    # Reacting

    def _apply(self) -> None:
        if self._facts is None:
            return
        items = self.items
        kept = self.filters.kept(items, self._territories, is_gap=self.is_gap)
        self.table.array_model.set_filter(self.search.text().strip(), kept)
        has_any = bool((items.counts > 0).any()) or (not self.is_gap and len(items) > 0)
        has_rows = bool(kept.any())
        words = _PAIR_IS_SETTLED if self.filters.has_pair else _NO_MATCH
        self._empty.set_words(*(words if has_any else _NONE[self.is_gap]))
        self.list_all.setVisible(has_any)
        self._stack.setCurrentIndex(0 if has_rows else 1)
        self._refresh_foot()

    def _list_all(self) -> None:
        self.search.clear()
        if self.is_gap and not bool((self.items.counts > 0).any()):
            self.filters.with_bare.setChecked(True)
        self.filters.forget_all()

    def _on_selected(self) -> None:
        self._refresh_foot()
        if self._facts is not None:
            units = self.items.unit[self.table.selected_source_rows()]
            self.geounits_selected.emit(self._facts.borders.geounits(units[units >= 0].tolist()))

    def _refresh_foot(self) -> None:
        if self._facts is None:
            return
        chosen = self.selected_items()
        listed = chosen or self.shown_items()
        self._foot.setVisible(bool(listed))
        self._words.set_full_text(self._amounts(listed, is_selection=bool(chosen)))
        can_edit = not self._session.is_read_only and bool(self._session.workspace.territories)
        self.settle.setText(f"Settle {count(len(chosen))}…" if chosen else "Settle all…")
        self.settle.setEnabled(bool(listed) and can_edit)
        self.give.setEnabled(bool(chosen) and can_edit)
        clear_layout(self._claimants)
        for territory in self.common_claimants(chosen)[:_MOST_CLAIMANT_BUTTONS]:
            self._claimants.addWidget(self._claimant_button(territory, can_edit=can_edit))

    def _amounts(self, listed: list[int], *, is_selection: bool) -> str:
        items, facts = self.items, self._facts
        rows = "row selected", "rows selected"
        words = plural(len(listed), *(rows if is_selection else ("row", "rows")))
        accounts = int(items.counts[listed].sum())
        words += f" · {plural(accounts, 'account', 'accounts')}"
        if facts is not None and facts.measures[0].id != ACCOUNT_COUNT:
            value = float(items.sums(facts.values[0])[listed].sum())
            words += f" · {facts.measures[0].name} {compact(value)}"
        return words

    def _claimant_button(self, territory: TerritoryId, *, can_edit: bool) -> QWidget:
        found = self._session.workspace.territory(territory)
        made = ElidedButton(f"To {found.name}…")
        made.setFixedWidth(_CLAIMANT_WIDTH)
        made.clicked.connect(lambda _checked=False: self._ask(territory))
        made.setIconSize(QSize(19, 16))
        made.setIcon(chip_icon(found.color_index, tokens_of(self.palette())))
        made.setEnabled(not found.is_locked and can_edit)
        return made

    def _on_settle(self) -> None:
        self._ask(None)

    def _ask(self, territory: TerritoryId | None) -> None:
        items = self.selected_items() or self.shown_items()
        if items:
            self.settle_requested.emit(items, territory)

    def _go_to(self, item: int) -> None:
        if self._facts is None:
            return
        unit, account = int(self.items.unit[item]), int(self.items.account_row[item])
        if unit >= 0:
            self.go_to.emit(self._facts.borders.geounit(unit), False)
        else:
            self.go_to.emit(AccountId(int(self._facts.accounts.ids[account])), True)
