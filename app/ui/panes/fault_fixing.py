# SPDX-License-Identifier: MIT
"""What the window does about a finding: a proposal to accept, an edit, or another pane."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.faults import Fault, FaultKind
from app.models.repairs import Repair
from app.services.commands import AddLink, DeleteTerritories, Reassign, SetTerritoryLock
from app.services.fault_fixes import FIXABLE, fixes_for
from app.ui.dialogs.repair_dialog import RepairDialog
from app.ui.panes.fault_words import TITLE_BY_KIND, fault_sentence
from app.ui.session import EditSession

_PANE_BY_KIND = {
    FaultKind.OVERLAP: "overlaps",
    FaultKind.UNASSIGNED: "gaps",
    FaultKind.OUTSIDE_TOLERANCE: "balance",
}
_WORDS_BY_KIND = {
    FaultKind.OVERLAP: "Settle overlaps…",
    FaultKind.UNASSIGNED: "Settle gaps…",
    FaultKind.OUTSIDE_TOLERANCE: "Show balance",
    FaultKind.LOCKED_MOVED: "Lock it as it is",
    FaultKind.EMPTY: "Delete it",
}


class FaultFixing(QObject):
    """Carries out what the user wants done about findings.

    Args:
        session: The open plan.
        parent: The pane.

    Signals:
        pane_requested(str): Key of the pane in which a finding is settled: ``overlaps``, ``gaps``
            or ``balance``.
        message(str): What was done.
    """

    pane_requested = Signal(str)
    message = Signal(str)

    def __init__(self, session: EditSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.dialog: RepairDialog | None = None

    def words(self, fault: Fault) -> str:
        """What the button for a finding says; empty where nothing is offered."""
        return "Fix…" if fault.kind in FIXABLE else _WORDS_BY_KIND.get(fault.kind, "")

    def changes_plan(self, fault: Fault) -> bool:
        """Whether the button leads to an edit."""
        return fault.kind not in _PANE_BY_KIND

    def fix(self, fault: Fault, window: QWidget) -> None:
        """Do what the button says."""
        workspace = self._session.workspace
        if fault.kind in _PANE_BY_KIND:
            self.pane_requested.emit(_PANE_BY_KIND[fault.kind])
        elif not all(map(workspace.has_territory, fault.territory_ids)):
            self.message.emit("This territory is no longer in the plan.")
        elif fault.kind in FIXABLE:
            about = fault_sentence(fault, workspace)
            self.dialog = RepairDialog(
                workspace, about, lambda: fixes_for(workspace, fault), window
            )
            self.dialog.chosen.connect(lambda repair: self._carry_out(fault, repair))
            self.dialog.destroyed.connect(self._on_dialog_gone)
            self.dialog.open()
        elif fault.territory_ids:
            territory = workspace.territory(fault.territory_ids[0])
            if fault.kind is FaultKind.LOCKED_MOVED:
                self._session.run(SetTerritoryLock(territory.id, True, territory.name), self)
            elif fault.kind is FaultKind.EMPTY:
                self._session.run(DeleteTerritories((territory.id,), territory.name), self)

    def _carry_out(self, fault: Fault, repair: Repair) -> None:
        workspace = self._session.workspace
        if repair.link is not None:
            one, other = repair.link
            names = (workspace.geography.name(one), workspace.geography.name(other))
            self._session.run(AddLink(one, other, names=names), self)
            return
        name = workspace.territory(fault.territory_ids[0]).name
        what = "Fill a hole of" if fault.kind is FaultKind.HOLE else "Repair"
        if self._session.run(Reassign(repair.moves, f"{what} {name}"), self):
            self.message.emit(f"{TITLE_BY_KIND[fault.kind]}: repaired in {name}.")

    def _on_dialog_gone(self) -> None:
        self.dialog = None
