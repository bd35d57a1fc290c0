# SPDX-License-Identifier: MIT
"""What the condition builder looks up: fields, values of the data, areas, places, reps."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.rules.columns import FieldMissing, kind_of_area
from app.services.rules.fields import AREA, FieldKind, RuleField
from app.services.rules.names import ANY_AREA, RuleNames
from app.services.rules.value_counts import ValueCount, value_counts
from app.ui.formats import plural
from app.ui.panes.account_editor import places
from app.ui.panes.frozen_work import FrozenWork
from app.ui.selection import Selection
from app.ui.session import EditSession
from app.ui.widgets.choice_picker import Choice

REP = "rep:"
"""Begins the key of a choice that is a rep."""
_LEVELS = {level.value for level in GeoLevel}


class BuilderHelp(QObject):
    """Answers what rows of the builder ask.

    Args:
        session: The open plan.
        names: Its fields, areas and reps.
        selection: Whose areas can be taken over; None where there is no map.
        parent: The dialog.
    """

    def __init__(
        self,
        session: EditSession,
        names: RuleNames,
        selection: Selection | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.names = names
        self._session = session
        self._selection = selection
        self._values: dict[tuple[str, FieldKind], tuple[Choice, ...]] = {}
        self._areas: dict[str, tuple[Choice, ...]] = {}

    def load_values(
        self, field: str, kind: FieldKind, done: Callable[[Sequence[Choice]], None]
    ) -> None:
        """Find the values that a field has in the data; large plans take a moment."""
        key = (field, kind)
        if key in self._values:
            done(self._values[key])
            return
        facts = self._session.workspace.rule_facts
        work: FrozenWork[tuple[ValueCount, ...]] = FrozenWork(self._session, self)

        def take(found: Sequence[ValueCount]) -> None:
            self._values[key] = tuple(
                Choice(each.text, each.text, plural(each.accounts, "account", "accounts"))
                for each in found
            )
            done(self._values[key])

        def compute() -> tuple[ValueCount, ...]:
            try:
                return value_counts(facts, field, kind)
            except FieldMissing:
                return ()  # the rule itself says that its field is gone

        work.start((), lambda: compute, take)

    def find_areas(self, field: RuleField, text: str) -> Sequence[Choice]:
        """Areas of one kind, or of all kinds, by a part of their name or code."""
        kinds = (
            [field.key]
            if field is not ANY_AREA
            else [each.key for each in self.names.fields if each.kind is FieldKind.PLACE]
        )
        wanted = text.casefold()
        return [
            choice
            for key in kinds
            for choice in self._areas_of(key.removeprefix(AREA))
            if wanted in choice.text.casefold() or wanted in choice.key.casefold()
        ]

    def area_choices(self, areas: Sequence[GeoUnitId]) -> list[Choice]:
        """Areas that are chosen, with their names."""
        return [Choice(area, self.names.area_name(area)) for area in areas]

    def selected_areas(self) -> tuple[GeoUnitId, ...]:
        """The areas that are selected on the map."""
        return self._selection.geounits if self._selection is not None else ()

    def find_points(self, text: str) -> list[tuple[Choice, tuple[float, float] | None]]:
        """Reps with a home or office, and places by name; a rep has no point of its own."""
        wanted = text.casefold()
        found: list[tuple[Choice, tuple[float, float] | None]] = [
            (Choice(f"{REP}{rep.id}", rep.name, "rep"), None)
            for rep in self.names.reps
            if rep.base is not None and wanted in rep.name.casefold()
        ]
        listed = places(self._session.workspace, text) if text else []
        found += [
            (Choice(f"place:{at}", place.name), (lon, lat))
            for at, (place, lon, lat) in enumerate(listed)
        ]
        return found

    def _areas_of(self, kind: str) -> tuple[Choice, ...]:
        """All areas of a kind, by name."""
        if kind not in self._areas:
            geography = self._session.workspace.geography
            if kind in _LEVELS:
                layer = geography.layer(GeoLevel(kind))
                listed = zip(layer.geounits, layer.names, strict=True)
            else:
                view = geography.view(kind)
                pairs = zip(view.geounits, view.names, strict=True)
                listed = (pair for pair in pairs if kind_of_area(pair[0]) == kind)
            self._areas[kind] = tuple(Choice(area, name) for area, name in listed)
        return self._areas[kind]
