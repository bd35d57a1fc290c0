# SPDX-License-Identifier: MIT
"""How the account list changes accounts: their fields, their territory and their lock."""

from collections.abc import Sequence

from app.models.ids import AccountId, TerritoryId
from app.services.account_table import AccountTable
from app.services.commands import AssignAccounts, CorrectAccounts, UnlockAccounts
from app.services.locking import lock_accounts
from app.services.natural_order import natural_key
from app.ui.session import EditSession
from app.ui.tables.columns import CellEdit, Choice, Value
from app.ui.tokens import Tokens
from app.ui.widgets.chip import chip_icon

_MOST_OFFERED = 2_000
_MOST_LOOKED_AT = 200_000
"""Finding the different values among more texts would halt the window."""
READ_ONLY = "This plan is open for reading only. Save a copy to change it."
LOCKED, OPEN = "1", "0"
LOCK_WORDS = {True: "Locked", False: "Open"}
BY_AREA = ""
"""The choice that ends a named assignment."""


class AccountEdits:
    """Makes the edits of the columns.

    Args:
        session: The open plan.
    """

    def __init__(self, session: EditSession) -> None:
        self._session = session

    def field(self, key: str, *, on_double_click: bool = True, in_bulk: bool = True) -> CellEdit:
        """Corrects a text field; what the plan has already is offered."""
        return CellEdit(
            lambda rows, value: self._correct(key, rows, value),
            offered=lambda: self._offered(key),
            refusal=self.refusal,
            on_double_click=on_double_click,
            in_bulk=in_bulk,
        )

    def visit_class(self) -> CellEdit:
        """Chooses among the visit classes of the plan, or the usual one."""

        def choices() -> Sequence[Choice]:
            named = [Choice(c.name, c.name) for c in self._session.workspace.work.classes]
            return [Choice("", "The usual one"), *named]

        return CellEdit(
            lambda rows, value: self._correct("visit_class", rows, value),
            choices=choices,
            refusal=self.refusal,
        )

    def territory(self, tokens: Tokens) -> CellEdit:
        """Gives accounts to a territory by name, or lets rules and areas decide."""

        def choices() -> Sequence[Choice]:
            territories = self._session.workspace.territories
            ordered = sorted(territories, key=lambda t: natural_key(t.name))
            named = [Choice(str(t.id), t.name, chip_icon(t.color_index, tokens)) for t in ordered]
            return [*named, Choice(BY_AREA, "Let rules and areas decide")]

        return CellEdit(
            self._assign,
            choices=choices,
            value_of=self._territory_of,
            refusal=self.refusal,
            on_double_click=False,
            in_bulk=False,
        )

    def lock(self) -> CellEdit:
        """Locks accounts where they are, or lets them go."""

        def write(rows: tuple[int, ...], value: Value) -> bool:
            workspace = self._session.workspace
            ids = _ids(workspace.accounts, rows)
            if value == LOCKED:
                return self._session.run(lock_accounts(workspace, ids))
            name = str(workspace.accounts.text("name")[rows[0]]) if len(rows) == 1 else ""
            return self._session.run(UnlockAccounts(ids, name))

        return CellEdit(
            write,
            choices=lambda: [Choice(LOCKED, LOCK_WORDS[True]), Choice(OPEN, LOCK_WORDS[False])],
            value_of=lambda row: LOCKED if self._is_locked(row) else OPEN,
            refusal=self.refusal,
        )

    def refusal(self, _row: int) -> str:
        """Why nothing can be changed; empty where the plan can be edited."""
        return READ_ONLY if self._session.is_read_only else ""

    def _correct(self, key: str, rows: tuple[int, ...], value: Value) -> bool:
        accounts = self._session.workspace.accounts
        name = str(accounts.text("name")[rows[0]]) if len(rows) == 1 else ""
        command = CorrectAccounts(_ids(accounts, rows), key, str(value or ""), name)
        if len(rows) == 1:
            return self._session.run(command)
        self._session.run_long(command)
        return True

    def _assign(self, rows: tuple[int, ...], value: Value) -> bool:
        workspace = self._session.workspace
        territory = TerritoryId(int(value)) if value else None
        name = workspace.territory(territory).name if territory is not None else ""
        ids = _ids(workspace.accounts, rows)
        return self._session.run(AssignAccounts(ids, territory, name))

    def _territory_of(self, row: int) -> Value:
        workspace = self._session.workspace
        position = int(workspace.account_territory[row])
        return str(workspace.territories[position].id) if position >= 0 else BY_AREA

    def _is_locked(self, row: int) -> bool:
        workspace = self._session.workspace
        return AccountId(int(workspace.accounts.ids[row])) in workspace.state.account_locks

    def _offered(self, key: str) -> Sequence[str]:
        accounts = self._session.workspace.accounts
        if len(accounts) > _MOST_LOOKED_AT:
            return ()
        values = set(accounts.text(key).tolist()) - {""}
        return sorted(values, key=str.casefold) if len(values) <= _MOST_OFFERED else ()


def _ids(accounts: AccountTable, rows: tuple[int, ...]) -> tuple[AccountId, ...]:
    return tuple(AccountId(each) for each in accounts.ids[list(rows)].tolist())
