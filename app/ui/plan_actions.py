# SPDX-License-Identifier: MIT
"""The menu's actions on the open plan; each does nothing where no plan is open."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from app.models.ids import TerritoryId
from app.services.commands import AssignGeoUnits, SplitTerritory
from app.services.exporting.table import ExportTable
from app.ui.account_flow import AccountFlow
from app.ui.area_edits import holders_of
from app.ui.area_flow import AreaFlow
from app.ui.boundary_flow import BoundaryFlow
from app.ui.build_flow import BuildFlow
from app.ui.dialogs.roster_flow import open_match
from app.ui.export_flow import ExportFlow
from app.ui.file_actions import ask_copy_path
from app.ui.force_flow import ForceFlow
from app.ui.import_flow import ImportFlow
from app.ui.map.tool_table import TOOLS
from app.ui.map_export_flow import MapExportFlow
from app.ui.tasks import Task
from app.ui.window_context import OpenPlan, WindowContext

_PANES = {
    "show_balance": "balance",
    "show_workload": "workload",
    "show_overlaps": "overlaps",
    "show_accounts": "accounts",
    "show_areas": "areas",
    "show_reps": "reps",
    "show_territories": "territories",
    "show_exceptions": "exceptions",
    "show_rules": "rules",
    "show_forces": "forces",
    "show_analysis": "analysis",
    "show_history": "history",
    "check_plan": "check",
}
_DATA_PAGES = ("health", "duplicates", "owners", "imports", "boundaries")


class PlanActions(QObject):
    """Actions that need a plan.

    Args:
        context: The window as its parts see it.
    """

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._imports = ImportFlow(context)
        self._imports.data_requested.connect(self._show_data)
        self._boundaries = BoundaryFlow(context)
        self._exports = ExportFlow(context)
        self._maps = MapExportFlow(context)
        self._builds = BuildFlow(context)
        self._forces = ForceFlow(context)
        self.areas = AreaFlow(context)
        self._accounts = AccountFlow(context)
        self.why_here = self._accounts.why_here
        self.find_families = self._accounts.find_families
        for key in ("fill_holes", "link_areas", "adopt_borders", "lock_all", "unlock_all"):
            setattr(self, key, getattr(self.areas, key))
        for key, pane in _PANES.items():
            setattr(self, key, partial(self._open_pane, pane))
        for key in _DATA_PAGES:
            setattr(self, f"show_{key}", partial(self._show_data, key))
        for spec in TOOLS:
            setattr(self, f"tool_{spec.key}", partial(self._set_tool, spec.key))
        for key in ("country", "state", "metro", "county", "zip3", "zip"):
            setattr(self, f"level_{key}", partial(self._set_level, key))
        for key in ("territory", "deviation", "measure"):
            setattr(self, f"color_{key}", partial(self._set_coloring, key))

    # File

    def import_table(self) -> None:
        """Choose a spreadsheet and import it."""
        self._imports.choose()

    def import_folder(self) -> None:
        """Choose a folder and import the tables in it."""
        self._imports.choose_folder()

    def import_clipboard(self) -> None:
        """Import the cells that were copied in a spreadsheet."""
        self._imports.start_clipboard()

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders."""
        self._imports.start(paths)

    def add_boundaries(self) -> None:
        """Choose a file of areas and add it to the plan."""
        self._boundaries.choose()

    def add_boundary_file(self, path: Path) -> None:
        """Add a file of areas to the plan."""
        self._boundaries.start(path)

    def export_accounts(self) -> None:
        """Write accounts with their territory and rep."""
        self._exports.accounts()

    def export_sheet(self, title: str, ids: np.ndarray) -> None:
        """Write some accounts with all their columns."""
        self._exports.sheet(title, ids)

    def export_table(self, table: ExportTable) -> None:
        """Write a table that a page has made."""
        self._exports.table(table)

    def export_view(self, title: str, make: Callable[[], ExportTable]) -> None:
        """Write the rows and columns that a table shows."""
        self._exports.view(title, make)

    def export_map(self) -> None:
        """Write the map as a picture, a document or a web page."""
        self._maps.export()

    def copy_map(self) -> None:
        """Put the map as it is on the screen on the clipboard."""
        self._maps.copy()

    def save(self) -> None:
        """Bring the plan file up to date now, and say that nothing is unsaved."""
        if plan := self._context.plan:
            plan.publisher.publish()
            self._context.say("All changes are saved.")

    def save_copy(self) -> None:
        """Write a copy of the plan elsewhere."""
        plan = self._context.plan
        if plan is None:
            return
        workspace = plan.session.workspace
        folder = self._context.surroundings.documents
        path = ask_copy_path(self._context.window, folder, workspace.info.name)
        if path is None:
            return
        self._context.tasks.run(
            Task(
                f"Saving {path.name}",
                lambda _context: workspace.document.save_copy(path),
                lambda _none: self._context.say(f"Saved a copy as {path.name}."),
            )
        )

    # Edit

    def undo(self) -> None:
        """Take the last step back."""
        if plan := self._context.plan:
            plan.session.undo()

    def redo(self) -> None:
        """Do the last undone step again."""
        if plan := self._context.plan:
            plan.session.redo()

    def find_place(self) -> None:
        """Go to the search field of the map."""
        if plan := self._context.plan:
            plan.screen.search.setFocus()

    # View

    def show_accounts_on_map(self) -> None:
        """Show or hide the dots."""
        if plan := self._context.plan:
            plan.screen.map.set_shows_accounts(not plan.screen.map.shows_accounts)

    def mark_changes(self) -> None:
        """Mark what changes from now on, or stop that."""
        if plan := self._context.plan:
            plan.screen.deck.toggle_marks()

    def show_layers(self) -> None:
        """Open the panel of the map's layers."""
        if plan := self._context.plan:
            plan.screen.layers.open()

    def zoom_to_all(self) -> None:
        """Show all accounts."""
        if plan := self._context.plan:
            plan.screen.map.show_everything()

    def show_coverage(self) -> None:
        """Open the page of coverage and whitespace."""
        if plan := self._context.plan:
            plan.screen.drawer.open("overlaps")
            plan.screen.overlaps.show_list("coverage")

    def _open_pane(self, key: str) -> None:
        if plan := self._context.plan:
            plan.screen.drawer.open(key)

    def _show_data(self, key: str) -> None:
        if plan := self._context.plan:
            plan.screen.data.show_data(key)

    def _set_tool(self, key: str) -> None:
        if plan := self._context.plan:
            plan.screen.map.set_tool(key)

    def _set_level(self, key: str) -> None:
        plan = self._context.plan
        if plan and plan.session.workspace.geography.has_view(key):
            plan.screen.map.set_level(key)

    def _set_coloring(self, key: str) -> None:
        if plan := self._context.plan:
            plan.screen.map.set_coloring(key)

    # Territories and reps

    def build_territories(self) -> None:
        """Ask how to build territories, and build them."""
        self._builds.start("")

    def build(self, source: str) -> None:
        """Build from "owners" or "homes"; empty lets the user choose."""
        self._builds.start(source)

    def divide_market(self) -> None:
        """Open the guide that divides the market."""
        self._forces.divide()

    def sales_forces(self) -> None:
        """Add, name, change and remove sales forces."""
        self._forces.manage()

    def new_region(self) -> None:
        """Make a region above the selected territories."""
        if plan := self._context.plan:
            if not plan.screen.territories.view.selected_ids():
                self._context.say("Select the territories of the region in the list first.")
                return
            plan.screen.territories.new_region()

    def new_rule(self) -> None:
        """Open the builder of rules, for the selected areas if there are any."""
        if plan := self._context.plan:
            plan.screen.rules.new_rule()

    def new_territory(self) -> None:
        """Add a territory and let the user name it."""
        if plan := self._context.plan:
            plan.screen.territories.new_territory()

    def assign_selection(self) -> None:
        """Give the selected areas to the active territory."""
        plan = self._context.plan
        if plan is None:
            return
        target = plan.screen.selection.target
        if target is None:
            self._context.say("Choose a territory in the list first.")
            return
        self._assign(plan, target)

    def unassign_selection(self) -> None:
        """Take the selected areas out of every territory."""
        if plan := self._context.plan:
            self._assign(plan, None)

    def split_off(self) -> None:
        """Make a territory of the selected areas."""
        plan = self._context.plan
        if plan is None:
            return
        units = plan.screen.selection.geounits
        workspace = plan.session.workspace
        if not units:
            self._context.say("Select the areas of the new territory on the map first.")
            return
        holders = dict(holders_of(workspace, units).by_territory)
        if not holders:
            self._context.say("None of the selected areas belongs to one territory alone.")
            return
        target = plan.screen.selection.target
        if target is None or target not in holders:
            target = next(iter(holders))
        name, accepted = QInputDialog.getText(
            self._context.window, "Split off", "Name of the new territory:"
        )
        if accepted:
            plan.session.run(SplitTerritory(target, units, name), self)

    def next_fault(self) -> None:
        """Go to the next finding of the check."""
        if plan := self._context.plan:
            plan.screen.check.step(1)

    def previous_fault(self) -> None:
        """Go to the previous finding of the check."""
        if plan := self._context.plan:
            plan.screen.check.step(-1)

    def add_rep(self) -> None:
        """Open the reps and start a new one."""
        if plan := self._context.plan:
            plan.screen.drawer.open("reps")
            plan.screen.reps.add_rep()

    def match_reps(self) -> None:
        """Find the best staffing of all territories."""
        if plan := self._context.plan:
            open_match(plan.session, None, self._context.window)

    def show_vacancies(self) -> None:
        """List the territories that need a rep."""
        if plan := self._context.plan:
            plan.screen.drawer.open("reps")
            plan.screen.reps.show_view("vacancies")

    def _assign(self, plan: OpenPlan, territory: TerritoryId | None) -> None:
        units = plan.screen.selection.geounits
        if not units:
            self._context.say("Select areas on the map first.")
            return
        workspace = plan.session.workspace
        name = workspace.territory(territory).name if territory is not None else ""
        plan.session.run(AssignGeoUnits(units, territory, name), self)
