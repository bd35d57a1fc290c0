# SPDX-License-Identifier: MIT
"""What the pictures of staffing show: the sample's reps, and one territory without one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from map_shots import plain_map
from PySide6.QtWidgets import QWidget

from app.models.rep import RosterRole
from app.services.commands import SetRep
from app.ui.dialogs.match.match_dialog import MatchDialog
from app.ui.dialogs.roster_flow import edit_roster_of_territory, open_match

if TYPE_CHECKING:
    from make_shots import Photographer


def roster(shooter: "Photographer") -> QWidget:
    """The roster of the first territory, with one line more."""
    plain_map(shooter)
    session = shooter.screen.session
    first = session.workspace.leaf_territories[0]
    dialog = edit_roster_of_territory(session, first.id, shooter.window)
    dialog.add_line()
    added = dialog.lines[-1]
    added.role.setCurrentIndex(added.role.findData(RosterRole.OVERLAY.value))
    return dialog


def match(page: str) -> "Callable[[Photographer], QWidget]":
    """Who fits a vacant territory ("one"), or the best staffing of all ("all")."""

    def prepare(shooter: "Photographer") -> QWidget:
        plain_map(shooter)
        session = shooter.screen.session
        workspace = session.workspace
        vacant = workspace.leaf_territories[1]
        if workspace.rep_of(vacant.id) is not None:
            session.run(SetRep(vacant.id, None, vacant.name))
        dialog: MatchDialog = open_match(
            session, vacant.id if page == "one" else None, shooter.window
        )
        shooter.wait(lambda: dialog.work.ground is not None, "the facts")
        shooter.wait(lambda: not dialog.work.is_busy, "the best staffing")
        if page == "one":
            dialog.candidates.details[0].set_open(True)
        return dialog

    return prepare
