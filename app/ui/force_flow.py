# SPDX-License-Identifier: MIT
"""Sales forces from the menu: managing them, and dividing the market anew."""

from PySide6.QtCore import QObject

from app.models.ids import SalesForceId
from app.services.builders.proposing import Proposal
from app.services.commands import BuildForces
from app.ui.dialogs.divide_market.dialog import DivideDialog
from app.ui.dialogs.forces_dialog import ForcesDialog
from app.ui.formats import plural
from app.ui.tasks import Task, TaskContext
from app.ui.window_context import WindowContext


class ForceFlow(QObject):
    """Opens the dialogs about sales forces, and builds what the guide proposes."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.window)
        self._context = context

    def manage(self) -> None:
        """List the sales forces, to add, name, change and remove them."""
        plan = self._context.plan
        if plan is None:
            return
        dialog = ForcesDialog(plan.session, self._context.window)
        dialog.divide_requested.connect(lambda force: self._divide_from(dialog, force))
        dialog.open()

    def divide(self, force: SalesForceId | None = None) -> None:
        """Open the guide, for the sales force that is shown where none is named."""
        plan = self._context.plan
        if plan is None:
            return
        workspace = plan.session.workspace
        dialog = DivideDialog(workspace, force or workspace.sales_force.id, self._context.window)
        dialog.chosen.connect(self._build)
        dialog.open()

    def _divide_from(self, dialog: ForcesDialog, force: int) -> None:
        dialog.accept()
        self.divide(SalesForceId(force))

    def _build(self, proposal: Proposal) -> None:
        plan = self._context.plan
        if plan is None:
            return
        workspace = plan.session.workspace
        command = BuildForces(proposal.builds, "the guide")

        def work(context: TaskContext) -> None:
            context.progress(-1, "Backing up the plan")
            workspace.back_up("build")

        def done(_nothing: None) -> None:
            before = {force.id for force in workspace.sales_forces}
            if not plan.session.run(command, self):
                return
            amount = sum(len(build.draft.territories) for build in proposal.builds)
            self._context.say_done(f"Built {plural(amount, 'territory', 'territories')}.")
            target = proposal.builds[0].target.force
            made = [force.id for force in workspace.sales_forces if force.id not in before]
            plan.session.choose_sales_force(target or made[0])

        self._context.tasks.run(Task("Building territories", work, done))
