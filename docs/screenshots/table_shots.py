# SPDX-License-Identifier: MIT
"""Pictures of the tables and of the exceptions that hold."""

from typing import TYPE_CHECKING

import numpy as np
from map_shots import plain_map
from PySide6.QtWidgets import QWidget

from app.models.ids import AccountId
from app.services.commands import AddApartPair, AssignAccounts
from app.services.locking import lock_accounts
from app.services.tables.filters import OneOf
from app.ui.panes.exceptions.exception_rows import ExceptionKind
from app.ui.panes.exceptions.exceptions_pane import ExceptionsPane

if TYPE_CHECKING:
    from make_shots import Photographer


def tables(shooter: "Photographer") -> QWidget:
    """The accounts, filtered, grouped and with rows selected."""
    plain_map(shooter)
    screen = shooter.screen
    screen.drawer.open("accounts")
    screen.accounts.tools.set_filter("segment", OneOf(frozenset(("Key account", "Trade"))))
    screen.accounts.tools.group_by("territory")
    rows = screen.accounts.table.array_model.order()[1:4]
    screen.accounts.table.select_source_rows(np.asarray(rows))
    return shooter.window


def exceptions(shooter: "Photographer") -> QWidget:
    """Named and locked accounts, and a pair that is kept apart."""
    plain_map(shooter)
    screen = shooter.screen
    session, workspace = screen.session, screen.session.workspace
    first = workspace.territories[0]
    ids = [AccountId(each) for each in workspace.accounts.ids[[6, 40, 77, 200]].tolist()]
    session.run(AssignAccounts(tuple(ids[:3]), first.id, first.name))
    session.run(lock_accounts(workspace, ids[:1]))
    session.run(AddApartPair(ids[0], ids[3], "They compete"))
    screen.accounts.tools.group_by("")
    screen.accounts.tools.set_filter("segment", None)
    screen.drawer.open("exceptions")
    pane = screen.tables.exceptions.pane(ExceptionsPane)
    pane.show_kind(ExceptionKind.NAMED)
    pane.table.selectRow(0)
    return shooter.window
