# SPDX-License-Identifier: MIT
"""Asks what an exception is about: accounts or a family, a territory, a note."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from app.models.ids import AccountId, TerritoryId
from app.services.commands import (
    AddApartPair,
    AssignAccounts,
    AssignFamily,
    Command,
    SetTerritoryLock,
    Together,
)
from app.services.locking import lock_accounts
from app.services.workspace import Workspace
from app.ui.fonts import CAPTION, HEADING
from app.ui.panes.exceptions.exception_rows import ExceptionKind
from app.ui.panes.exceptions.finding import find_accounts, find_families, find_territories
from app.ui.parts import button, column, label, row
from app.ui.widgets.choice_picker import Choice, ChoicePicker

ADD_WORDS = {
    ExceptionKind.NAMED: "Name accounts…",
    ExceptionKind.FAMILIES: "Assign a family…",
    ExceptionKind.APART: "Keep two apart…",
    ExceptionKind.ACCOUNT_LOCKS: "Lock accounts…",
    ExceptionKind.AREA_LOCKS: "Lock the selected areas",
    ExceptionKind.TERRITORY_LOCKS: "Lock territories…",
}
"""The words of the button that adds an exception."""

_ABOUT = {
    ExceptionKind.NAMED: (
        "Name accounts for a territory",
        "They belong to it wherever they are, whatever rules and areas say.",
    ),
    ExceptionKind.FAMILIES: (
        "Assign a family",
        "All accounts of the family belong to the territory, except those that are named.",
    ),
    ExceptionKind.APART: (
        "Keep two accounts apart",
        "No territory and no rep may serve both; edits that would let them are refused.",
    ),
    ExceptionKind.ACCOUNT_LOCKS: (
        "Lock accounts",
        "They stay with the territory that serves them now; no edit moves them.",
    ),
    ExceptionKind.TERRITORY_LOCKS: (
        "Lock territories",
        "They keep what they hold: neither hand edits nor builders change it.",
    ),
}
_PAIR = 2


class AddDialog(QDialog):
    """Pickers for one kind of exception.

    Args:
        workspace: The open plan.
        kind: What is to be added; areas are selected on the map instead.
        chosen: Accounts that are chosen at first.
        parent: The window.
    """

    def __init__(
        self,
        workspace: Workspace,
        kind: ExceptionKind,
        chosen: Sequence[Choice] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        title, about = _ABOUT[kind]
        self._workspace = workspace
        self._kind = kind
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.accounts = ChoicePicker("Accounts", find_accounts(workspace))
        self.accounts.set_chosen(chosen)
        self.family = ChoicePicker("Family", find_families(workspace), is_single=True)
        is_single = kind is not ExceptionKind.TERRITORY_LOCKS
        words = "Territory" if is_single else "Territories"
        self.territory = ChoicePicker(words, find_territories(workspace), is_single=is_single)
        self.note = QLineEdit()
        self.note.setAccessibleName("Why")
        self.note.setPlaceholderText("For example: they compete")
        self.problem = label("", "danger", size=CAPTION, wraps=True)
        self.problem.hide()
        form = QFormLayout()
        form.setVerticalSpacing(10)
        for caption, part, kinds in self._fields(words):
            if kind in kinds:
                form.addRow(label(caption, "muted"), part)
            else:
                part.setParent(self)
                part.hide()
        self.add = button(title.split(" ", 1)[0], self._on_add, kind="primary")
        self.add.setDefault(True)
        foot = row(None, button("Cancel", self.reject), self.add)
        head = label(title, size=HEADING, semibold=True)
        hint = label(about, "muted", wraps=True)
        self.setLayout(column(head, hint, form, self.problem, foot, margin=20, gap=12))

    def command(self) -> tuple[Command | None, str]:
        """The edit that adds what is chosen, or what is still missing."""
        accounts = tuple(AccountId(int(choice.key)) for choice in self.accounts.chosen())
        territories = tuple(TerritoryId(int(each.key)) for each in self.territory.chosen())
        makers = {
            ExceptionKind.NAMED: lambda: self._naming(accounts, territories),
            ExceptionKind.FAMILIES: lambda: self._assigning(territories),
            ExceptionKind.APART: lambda: self._parting(accounts),
            ExceptionKind.ACCOUNT_LOCKS: lambda: self._locking(accounts),
            ExceptionKind.TERRITORY_LOCKS: lambda: self._closing(territories),
        }
        return makers[self._kind]()

    def _fields(self, words: str) -> tuple[tuple[str, QWidget, frozenset[ExceptionKind]], ...]:
        """Caption, widget, and the kinds that ask for it."""
        kinds = ExceptionKind
        return (
            (
                "Accounts",
                self.accounts,
                frozenset((kinds.NAMED, kinds.APART, kinds.ACCOUNT_LOCKS)),
            ),
            ("Family", self.family, frozenset((kinds.FAMILIES,))),
            (
                words,
                self.territory,
                frozenset((kinds.NAMED, kinds.FAMILIES, kinds.TERRITORY_LOCKS)),
            ),
            ("Why", self.note, frozenset((kinds.APART,))),
        )

    def _naming(
        self, accounts: tuple[AccountId, ...], territories: tuple[TerritoryId, ...]
    ) -> tuple[Command | None, str]:
        if not accounts or not territories:
            return None, "Choose accounts and a territory."
        name = self._workspace.territory(territories[0]).name
        return AssignAccounts(accounts, territories[0], name), ""

    def _assigning(self, territories: tuple[TerritoryId, ...]) -> tuple[Command | None, str]:
        families = self.family.chosen()
        if not families or not territories:
            return None, "Choose a family and a territory."
        name = self._workspace.territory(territories[0]).name
        return AssignFamily(families[0].key, territories[0], name), ""

    def _parting(self, accounts: tuple[AccountId, ...]) -> tuple[Command | None, str]:
        if len(accounts) != _PAIR:
            return None, "Choose exactly two accounts."
        return AddApartPair(accounts[0], accounts[1], self.note.text().strip()), ""

    def _locking(self, accounts: tuple[AccountId, ...]) -> tuple[Command | None, str]:
        if not accounts:
            return None, "Choose accounts."
        return lock_accounts(self._workspace, accounts), ""

    def _closing(self, territories: tuple[TerritoryId, ...]) -> tuple[Command | None, str]:
        if not territories:
            return None, "Choose territories."
        locks = tuple(
            SetTerritoryLock(each, is_locked=True, territory_name=choice.text)
            for each, choice in zip(territories, self.territory.chosen(), strict=True)
        )
        if len(locks) == 1:
            return locks[0], ""
        return Together(locks, f"Lock {len(locks)} territories"), ""

    def _on_add(self) -> None:
        command, problem = self.command()
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if command is not None:
            self.accept()
