# SPDX-License-Identifier: MIT
"""Notices when an edit leaves reps without any territory."""

from PySide6.QtCore import QObject, Signal

from app.models.changes import Changes
from app.models.ids import RepId, TerritoryId
from app.ui.formats import count
from app.ui.session import EditSession


class RepWatch(QObject):
    """Compares who holds a territory before and after every edit.

    Signals:
        message(str): Who has no territory any more.
    """

    message = Signal(str)

    def __init__(self, session: EditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._holders, self._territories = self._now()
        session.changed.connect(self._on_changed)

    def _now(self) -> tuple[set[RepId], set[TerritoryId]]:
        workspace = self._session.workspace
        reps = {workspace.rep_of(territory.id) for territory in workspace.territories}
        holders = {rep.id for rep in reps if rep is not None}
        return holders, {territory.id for territory in workspace.territories}

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if not (changes.territories or changes.reps):
            return
        before, old = self._holders, self._territories
        self._holders, self._territories = self._now()
        if not old & self._territories:
            return  # all territories are others: built anew, or that was taken back
        lost = before - self._holders
        names = [rep.name for rep in self._session.workspace.reps if rep.id in lost]
        if len(names) == 1:
            self.message.emit(f"{names[0]} has no territory now.")
        elif names:
            self.message.emit(f"{count(len(names))} reps have no territory now.")
