# SPDX-License-Identifier: MIT
"""Building territories: ask how, work it out in the background, write it as one edit."""

from PySide6.QtCore import QObject

from app.models.errors import EditRejected
from app.services.builders.homes import nearest_home
from app.services.builders.owners import from_owners
from app.services.commands import BuildTerritories, DraftTerritory
from app.services.importing.owners import RepFinder
from app.services.workspace import Workspace
from app.ui.dialogs.build_dialog import BuildChoice, BuildDialog, BuildSource
from app.ui.formats import plural
from app.ui.tasks import Task, TaskContext
from app.ui.window_context import WindowContext

_SOURCE_WORDS = {BuildSource.OWNERS: "today’s owners", BuildSource.HOMES: "rep homes"}


class BuildFlow(QObject):
    """First territories from the data."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.window)
        self._context = context

    def start(self, source: str) -> None:
        """Ask how to build, beginning with "owners" or "homes", and build."""
        plan = self._context.plan
        if plan is None:
            return
        begin = BuildSource(source) if source else None
        dialog = BuildDialog(plan.session.workspace, begin, self._context.window)
        dialog.accepted.connect(lambda: self._build(dialog.choice()))
        dialog.open()

    def _build(self, choice: BuildChoice) -> None:
        plan = self._context.plan
        if plan is None:
            return
        workspace = plan.session.workspace

        def work(context: TaskContext) -> tuple[DraftTerritory, ...]:
            context.progress(-1, "Backing up the plan")
            workspace.back_up("build")
            context.progress(-1, "Working out territories")
            return drafts_for(workspace, choice)

        def done(drafts: tuple[DraftTerritory, ...]) -> None:
            command = BuildTerritories(drafts, _SOURCE_WORDS[choice.source])
            if plan.session.run(command, self):
                self._context.say_done(f"Built {plural(len(drafts), 'territory', 'territories')}.")

        self._context.tasks.run(Task("Building territories", work, done))


def drafts_for(workspace: Workspace, choice: BuildChoice) -> tuple[DraftTerritory, ...]:
    """The territories that a choice leads to.

    Raises:
        EditRejected: The plan lacks what the choice needs.
    """
    accounts, reps, geography = workspace.accounts, workspace.reps, workspace.geography
    if choice.source is BuildSource.HOMES:
        drafts = nearest_home(accounts, reps, geography, choice.rules.level)
    else:
        values = accounts.measure(choice.measure)
        finder = RepFinder(reps, workspace.records.owner_aliases)
        drafts = from_owners(accounts, finder, values, geography, choice.rules)
    if not drafts:
        message = "This would make no territory at all."
        raise EditRejected(message, meaning="Nothing was changed.")
    return drafts
