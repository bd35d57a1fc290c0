# SPDX-License-Identifier: MIT
"""Several edits that are one: done together, taken back together, or not done at all."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.ids import StrokeId
from app.services.commands.base import Command, Edit


@dataclass(frozen=True, slots=True)
class Together:
    """Carry out commands one after the other in one step.

    Attributes:
        commands: Each sees what those before it wrote.
        label: What undo calls all of them: "Recolour 12 territories".
    """

    commands: tuple[Command, ...]
    label: str
    stroke: StrokeId | None = None

    def apply(self, edit: Edit) -> Changes:
        """Write all of them.

        Raises:
            EditRejected: One of them is refused; none is written.
        """
        changes = Changes()
        for command in self.commands:
            changes |= command.apply(edit)
        return changes
