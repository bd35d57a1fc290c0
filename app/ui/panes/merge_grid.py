# SPDX-License-Identifier: MIT
"""Accounts side by side: which one stays, and whose value each field takes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QWidget,
)

from app.models.account import Account
from app.models.ids import AccountId
from app.services.duplicates.merging import PLACE, MergeFacts, MergeProposal, propose_merge
from app.services.placed_words import placed_title
from app.ui.parts import hairline, label
from app.ui.theme import set_kind
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.elided_radio import ElidedRadio

FIELD_CAPTIONS = {
    "name": "Name",
    "street": "Street",
    "city": "City",
    "region": "State",
    "postal_code": "Postal code",
    "country_name": "Country",
    "phone": "Phone",
    "website": "Website",
    "segment": "Segment",
    "industry": "Industry",
    "status": "Status",
    "family": "Group",
    "owner": "Owner",
    "created_on": "Created",
    "last_activity_on": "Last activity",
    "visit_class": "Visit class",
}
_COLUMN_WIDTH = 160
_CAPTION_WIDTH = 92
_HEAD_LINES = 4
"""Who stays, the id, who takes part, and the line below them."""

_EMPTY = "(empty)"


class MergeGrid(QWidget):
    """One column per account, one row per field in which they differ, one choice per row.

    Signals:
        changed(): Another account stays, takes part, or gives a value.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: MergeFacts | None = None
        self._parts: list[QWidget] = []
        self._stays = QButtonGroup(self)
        self._included: dict[AccountId, QCheckBox] = {}
        self._sources: dict[str, QButtonGroup] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnMinimumWidth(0, _CAPTION_WIDTH)

    def show_accounts(self, facts: MergeFacts, proposal: MergeProposal, *, can_edit: bool) -> None:
        """Show accounts with what a merge would do by itself."""
        self._clear()
        self._facts = facts
        self._add_heads(facts)
        for name in facts.differing():
            self._add_choice(name, FIELD_CAPTIONS[name], [getattr(a, name) for a in facts.accounts])
        if len({_spot(account) for account in facts.accounts}) > 1:
            words = [placed_title(account.placed_by.value) for account in facts.accounts]
            self._add_choice(PLACE, "On the map", words)
        self._choose(proposal)
        for part in self._parts:
            if isinstance(part, QAbstractButton):
                part.setEnabled(can_edit)

    def survivor(self) -> AccountId:
        """The account that stays."""
        return self._account_at(self._stays.checkedId())

    def included(self) -> tuple[AccountId, ...]:
        """The accounts that are merged, the one that stays among them."""
        if not self._included:
            return tuple(account.id for account in self._accounts())
        return tuple(account for account, box in self._included.items() if box.isChecked())

    def sources(self) -> dict[str, AccountId]:
        """Whose value each field takes; fields in which all agree are left out."""
        return {name: self._account_at(g.checkedId()) for name, g in self._sources.items()}

    def stays_button(self, account: AccountId) -> QAbstractButton:
        """The choice of the account that stays."""
        return self._stays.button(self._place_of(account))

    def value_button(self, name: str, account: AccountId) -> QAbstractButton:
        """The choice of an account's value for a field."""
        return self._sources[name].button(self._place_of(account))

    def include_box(self, account: AccountId) -> QCheckBox:
        """Whether an account takes part; there from three accounts on."""
        return self._included[account]

    def _add_heads(self, facts: MergeFacts) -> None:
        self._stays = QButtonGroup(self)
        for place, account in enumerate(facts.accounts):
            made = QRadioButton("Keep this one")
            made.setAccessibleName(f"Keep {account.name} as the one account")
            self._stays.addButton(made, place)
            self._put(made, 0, place + 1)
            own = ElidedLabel(account.external_id)
            set_kind(own, "muted")
            self._put(own, 1, place + 1)
            if len(facts.accounts) > 2:
                self._put(self._include_box(account), 2, place + 1)
            self._grid.setColumnMinimumWidth(place + 1, _COLUMN_WIDTH)
            self._grid.setColumnStretch(place + 1, 1)
        self._put(label("ID", "muted"), 1, 0)
        if self._included:
            self._put(label("Merge", "muted"), 2, 0)
        line = hairline()
        self._parts.append(line)
        self._grid.addWidget(line, _HEAD_LINES - 1, 0, 1, len(facts.accounts) + 1)
        self._stays.idClicked.connect(self._on_survivor)

    def _include_box(self, account: Account) -> QCheckBox:
        box = QCheckBox("Is the same")
        box.setAccessibleName(f"{account.name} is the same customer")
        box.setChecked(True)
        box.toggled.connect(lambda _on: self._on_included())
        self._included[account.id] = box
        return box

    def _add_choice(self, name: str, caption: str, values: Sequence[str]) -> None:
        line = _HEAD_LINES + len(self._sources)
        self._put(label(caption, "muted"), line, 0)
        group = QButtonGroup(self)
        for place, value in enumerate(values):
            shown = " ".join(value.split()) or _EMPTY
            made = ElidedRadio(shown)
            made.setAccessibleName(f"{caption}: {shown}")
            group.addButton(made, place)
            self._put(made, line, place + 1)
        group.idClicked.connect(lambda _place: self.changed.emit())
        self._sources[name] = group

    def _choose(self, proposal: MergeProposal) -> None:
        self.stays_button(proposal.survivor).setChecked(True)
        for name in self._sources:
            self.value_button(name, proposal.sources[name]).setChecked(True)

    def _on_survivor(self, _place: int) -> None:
        if self._facts is not None:
            self._choose(propose_merge(self._facts, self.survivor()))
        self._on_included()

    def _on_included(self) -> None:
        """The account that stays takes part; what is left out gives no value."""
        kept = self.included()
        survivor = self.survivor()
        if self._included and survivor not in kept:
            self._included[survivor].setChecked(True)
            return
        for name, group in self._sources.items():
            if self._account_at(group.checkedId()) not in kept:
                self.value_button(name, survivor).setChecked(True)
            self._each(group, lambda button, account: button.setEnabled(account in kept))
        self.changed.emit()

    def _each(
        self, group: QButtonGroup, act: Callable[[QAbstractButton, AccountId], object]
    ) -> None:
        for button in group.buttons():
            act(button, self._account_at(group.id(button)))

    def _accounts(self) -> tuple[Account, ...]:
        return self._facts.accounts if self._facts is not None else ()

    def _account_at(self, place: int) -> AccountId:
        return self._accounts()[max(place, 0)].id

    def _place_of(self, account: AccountId) -> int:
        return next(at for at, found in enumerate(self._accounts()) if found.id == account)

    def _put(self, widget: QWidget, line: int, column: int) -> None:
        self._parts.append(widget)
        self._grid.addWidget(widget, line, column)

    def _clear(self) -> None:
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        for group in (self._stays, *self._sources.values()):
            group.deleteLater()
        self._parts, self._included, self._sources = [], {}, {}
        for column in range(1, self._grid.columnCount()):
            self._grid.setColumnMinimumWidth(column, 0)
            self._grid.setColumnStretch(column, 0)


def same_in_all(facts: MergeFacts) -> str:
    """What the accounts agree on, in one line."""
    first, differing = facts.accounts[0], facts.differing()
    return " · ".join(
        f"{caption} {getattr(first, name)}"
        for name, caption in FIELD_CAPTIONS.items()
        if name not in differing and getattr(first, name)
    )


def _spot(account: Account) -> tuple[object, ...]:
    return account.lon, account.lat, account.placed_by
