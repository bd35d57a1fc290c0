# SPDX-License-Identifier: MIT
"""Fills the card over the map: a stroke under way, what it did, or a standing selection."""

from PySide6.QtCore import QObject, QTimer

from app.models.changes import Changes
from app.models.edit_effect import EditEffect
from app.models.ids import GeoUnitId, TerritoryId
from app.models.repairs import Repair
from app.services.commands import AddLink, Reassign
from app.services.edit_effect import edit_effect
from app.services.repairs import repairs_for
from app.ui.map.effect_card import EffectCard
from app.ui.map.effect_words import Summary, cut_words, effect_summary, selection_summary
from app.ui.map.map_controller import MapController
from app.ui.selection import Selection
from app.ui.session import EditSession
from app.ui.tasks import Task


class MapSummary(QObject):
    """Keeps the card in step with the map.

    Args:
        session: The open plan.
        controller: Tells of strokes and outlines.
        selection: What stands selected.
        card: What it fills.
        parent: The screen.
    """

    def __init__(
        self,
        session: EditSession,
        controller: MapController,
        selection: Selection,
        card: EffectCard,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._card = card
        self._outlined: tuple[GeoUnitId, ...] = ()
        self._is_stroking = False
        self._waiting = QTimer(self, singleShot=True, interval=0)
        self._waiting.timeout.connect(self._show_selection)
        controller.strokes.effect_changed.connect(self._on_effect)
        controller.strokes.stroke_done.connect(self._on_done)
        controller.gestures.outlined.connect(self._on_outlined)
        selection.geounits_changed.connect(self._waiting.start)
        selection.target_changed.connect(self._waiting.start)
        session.changed.connect(self._on_changed)

    def stop(self) -> None:
        """Take the card from the map."""
        self._waiting.stop()
        self._card.hide()
        self._card.deleteLater()

    def _on_effect(self, effect: EditEffect | None) -> None:
        self._is_stroking = effect is not None
        if effect is None:
            self._show_selection()
            return
        self._card.show_summary(effect_summary(self._session.workspace, effect), is_under_way=True)

    def _on_outlined(self, units: tuple[GeoUnitId, ...]) -> None:
        self._outlined = units
        self._show_selection()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if not self._is_stroking and changes.touches_alignment:
            self._waiting.start()

    def _show_selection(self) -> None:
        """What the outline holds, or else what is selected, if it is more than one area."""
        if self._is_stroking:
            return
        units = self._outlined or self._selection.geounits
        if len(units) < 2 and not self._outlined:
            self._card.hide()
            return
        workspace, target = self._session.workspace, self._selection.target
        effect = None if target is None else edit_effect(workspace, units, target)
        summary = selection_summary(workspace, units, effect)
        self._card.show_summary(summary, is_under_way=bool(self._outlined))

    def _on_done(self, effect: EditEffect) -> None:
        """Say what a stroke has split, and offer what mends it with the least change."""
        workspace = self._session.workspace
        # Who loses comes before who gains: a territory that grows may be about to reach its parts.
        splits = sorted(effect.splits, key=lambda each: each.territory_id == effect.target)
        split = next(iter(splits), None)
        if split is None:
            return
        self._waiting.stop()
        territory = split.territory_id
        summary = Summary(
            title=f"{workspace.territory(territory).name} is split",
            facts=cut_words(split),
        )
        action = ("Repair with the least change", lambda: self._mend(territory))
        self._card.show_summary(summary, action=action)

    def _mend(self, territory: TerritoryId) -> None:
        """Look for the smallest repair, in the background of the window, and carry it out."""
        workspace, tasks = self._session.workspace, self._session.tasks
        if not workspace.has_territory(territory):
            self._card.hide()
            return

        def done(repairs: tuple[Repair, ...]) -> None:
            self._carry_out(territory, repairs)

        if tasks is None:
            done(repairs_for(workspace, territory))
            return
        words = "Looking for the repair that moves least"
        work = Task(
            words,
            lambda _context: repairs_for(workspace, territory),
            done,
            self._session.edit_failed.emit,
        )
        tasks.run(work)

    def _carry_out(self, territory: TerritoryId, repairs: tuple[Repair, ...]) -> None:
        workspace = self._session.workspace
        name = workspace.territory(territory).name
        self._card.hide()
        if not repairs:
            words = ("No neighbour can take what is cut off. Undo brings back what it was.",)
            self._card.show_summary(Summary(f"{name} is split", warnings=words))
            return
        first = repairs[0]
        if first.link is not None:
            one, other = first.link
            names = (workspace.geography.name(one), workspace.geography.name(other))
            self._session.run(AddLink(one, other, names=names))
        else:
            self._session.run(Reassign(first.moves, f"Repair {name}"))
