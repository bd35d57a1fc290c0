# SPDX-License-Identifier: MIT
"""Opens the dialogs about staffing, and writes what the user decides in them."""

from PySide6.QtWidgets import QWidget

from app.models.ids import RepId, TerritoryId
from app.services.commands import ChangeRoster
from app.services.natural_order import natural_key
from app.ui.dialogs.match.match_dialog import MatchDialog
from app.ui.dialogs.roster_dialog import RosterDialog, RosterSubject
from app.ui.session import EditSession


def open_match(session: EditSession, territory: TerritoryId | None, parent: QWidget) -> MatchDialog:
    """Who fits a territory, or with None the best staffing of all; the dialog is shown."""
    dialog = MatchDialog(session, territory, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
    return dialog


def edit_roster_of_territory(
    session: EditSession, territory: TerritoryId, parent: QWidget
) -> RosterDialog:
    """Change who serves a territory in which role; the dialog is shown."""
    workspace = session.workspace
    name = workspace.territory(territory).name
    reps = sorted(workspace.reps, key=lambda rep: natural_key(rep.name))
    choices = [(int(rep.id), rep.name) for rep in reps]
    entries = workspace.roster.of_territory(territory)
    subject = RosterSubject(name, territory=territory)
    dialog = RosterDialog(subject, entries, choices, workspace.roster.today, parent)
    dialog.accepted.connect(
        lambda: session.run(ChangeRoster(dialog.entries(), entries, about=name))
    )
    return _shown(dialog)


def edit_roster_of_rep(session: EditSession, rep: RepId, parent: QWidget) -> RosterDialog:
    """Change what a rep does where; the dialog is shown."""
    workspace = session.workspace
    name = workspace.rep(rep).name
    territories = sorted(workspace.territories, key=lambda each: natural_key(each.name))
    choices = [(int(each.id), each.name) for each in territories]
    here = {each.id for each in territories}
    # Territories of other sales forces are not offered, so their entries stay out of it.
    entries = tuple(e for e in workspace.roster.of_rep(rep) if e.territory_id in here)
    dialog = RosterDialog(
        RosterSubject(name, rep=rep), entries, choices, workspace.roster.today, parent
    )
    dialog.accepted.connect(
        lambda: session.run(ChangeRoster(dialog.entries(), entries, about=name))
    )
    return _shown(dialog)


def _shown(dialog: RosterDialog) -> RosterDialog:
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
    return dialog
