# SPDX-License-Identifier: MIT
"""The menu's edits of areas: filling holes, linking two areas, adopting borders."""

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from app.services.adopting import Adoption, Region, adopt_regions, snap_to_regions
from app.services.commands import AddLink, SetAllLocks, UnlockAll
from app.services.holes import fill_holes
from app.services.workspace import Workspace
from app.ui.dialogs.adopt_dialog import AdoptChoice, AdoptDialog, AdoptWay
from app.ui.window_context import WindowContext

_FINEST = "zip"
"""No territory is made of every ZIP area, and nothing is finer than they are."""


class AreaFlow(QObject):
    """Asks what these edits need to know, and carries them out.

    Args:
        context: The window as its parts see it.
    """

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.window)
        self._context = context

    def fill_holes(self) -> None:
        """Give every enclosed unassigned area to the territory around it."""
        plan = self._context.plan
        if plan is None:
            return
        command = fill_holes(plan.session.workspace)
        if command is None:
            self._context.say("There are no holes: no territory encloses an unassigned area.")
        elif plan.session.run(command, self):
            self._context.say_done(f"{command.label.replace('Fill', 'Filled')}.")

    def link_areas(self) -> None:
        """Link the two selected areas, after asking for a note."""
        plan = self._context.plan
        if plan is None:
            return
        units = plan.screen.selection.geounits
        if len(units) != 2:
            self._context.say("Select two areas on the map first: one at each end.")
            return
        name = plan.session.workspace.geography.name
        names = (name(units[0]), name(units[1]))
        note, accepted = QInputDialog.getText(
            self._context.window,
            "Link two areas",
            # Without their names, which come from files: this label would read markup in them.
            "The two selected areas will count as neighbours.\nNote (bridge, ferry, tunnel):",
        )
        if accepted and plan.session.run(AddLink(units[0], units[1], note, names), self):
            self._context.say_done(f"Linked {names[0]} and {names[1]}.")

    def lock_all(self) -> None:
        """Lock every territory."""
        plan = self._context.plan
        if plan is None:
            return
        if all(territory.is_locked for territory in plan.session.workspace.territories):
            self._context.say("All territories are locked already.")
        elif plan.session.run(SetAllLocks(is_locked=True), self):
            self._context.say_done("All territories are locked.")

    def unlock_all(self) -> None:
        """Unlock every territory, area and account."""
        plan = self._context.plan
        if plan is None:
            return
        workspace = plan.session.workspace
        state = workspace.state
        has_others = bool(state.account_locks or state.geounit_locks)
        if not has_others and not any(each.is_locked for each in workspace.territories):
            self._context.say("All territories are unlocked already.")
        elif plan.session.run(UnlockAll(), self):
            what = "territories, areas and accounts" if has_others else "territories"
            self._context.say_done(f"All {what} are unlocked.")

    def adopt_borders(self) -> None:
        """Ask whose borders to adopt, and adopt them."""
        plan = self._context.plan
        if plan is None:
            return
        workspace = plan.session.workspace
        layers = tuple(each for each in workspace.geography.view_titles if each[0] != _FINEST)
        dialog = AdoptDialog(
            workspace, layers, lambda choice: adoption_of(workspace, choice), self._context.window
        )
        dialog.chosen.connect(self._adopt)
        dialog.open()

    def _adopt(self, adoption: Adoption) -> None:
        plan = self._context.plan
        if plan is None or adoption.command is None:
            return
        if plan.session.run(adoption.command, self):
            self._context.say_done(f"Done: {adoption.command.label}.")


def adoption_of(workspace: Workspace, choice: AdoptChoice) -> Adoption:
    """What a choice would do."""
    view = workspace.geography.view(choice.key)
    numbers: list[int] = list(range(view.own_count))
    if view.is_grouped:
        # What is in no group is shown by itself, and is no region.
        numbers = np.flatnonzero(view.units.depth < 0).tolist()
    regions = [Region(view.names[number], view.members(number)) for number in numbers]
    title = choice.title[:1].lower() + choice.title[1:]
    if choice.way is AdoptWay.BY_NAME:
        return adopt_regions(workspace, regions, title)
    return snap_to_regions(workspace, regions, title)
