# SPDX-License-Identifier: MIT
"""The plan's name and settings."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import MeasureId, StrokeId
from app.services.commands.base import Edit
from app.services.store.plan_settings import KEYS, setting_text


def _put_setting(edit: Edit, key: str, value: str) -> Changes:
    edit.tx.put("setting", ("key", "value"), [(key, value)])
    return Changes(settings=True)


@dataclass(frozen=True, slots=True)
class SetTolerance:
    """Set the largest allowed absolute deviation."""

    tolerance_fraction: float
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Set the tolerance to {self.tolerance_fraction:.0%}"

    def apply(self, edit: Edit) -> Changes:
        """Write the tolerance.

        Raises:
            EditRejected: It is not above 0 and at most 1.
        """
        if not 0 < self.tolerance_fraction <= 1:
            message = "The tolerance must be more than 0 % and at most 100 %."
            raise EditRejected(message, meaning="The tolerance stays as it was.")
        return _put_setting(edit, "tolerance_fraction", repr(self.tolerance_fraction))


@dataclass(frozen=True, slots=True)
class SetMainMeasure:
    """Choose the measure that lists and the map show first."""

    measure: MeasureId
    measure_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Balance by {self.measure_name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the choice."""
        return _put_setting(edit, "main_measure", str(self.measure))


@dataclass(frozen=True, slots=True)
class SetIdealByCapacity:
    """Share the ideal out by capacity hours of the reps, or equally."""

    by_capacity: bool
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Ideal by rep capacity" if self.by_capacity else "Equal ideal for every territory"

    def apply(self, edit: Edit) -> Changes:
        """Write the choice."""
        return _put_setting(edit, "ideal_by_capacity", "1" if self.by_capacity else "0")


@dataclass(frozen=True, slots=True)
class PutSetting:
    """Set one of the settings that are kept as JSON.

    Attributes:
        key: One of `plan_settings.KEYS`.
        value: What JSON can hold.
        title: What undo calls it, for example "Choose the measure of potential".
    """

    key: str
    value: object
    title: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return self.title

    def apply(self, edit: Edit) -> Changes:
        """Write the value.

        Raises:
            EditRejected: There is no such setting.
        """
        if self.key not in KEYS:
            message = f"There is no setting {self.key}."
            raise EditRejected(message, meaning="Nothing was changed.")
        return _put_setting(edit, self.key, setting_text(self.value))


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """Give the plan another name; the file keeps its own."""

    name: str
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Rename the plan to {self.name}"

    def apply(self, edit: Edit) -> Changes:
        """Write the name.

        Raises:
            EditRejected: The name is empty.
        """
        if not self.name.strip():
            message = "A plan needs a name."
            raise EditRejected(message, meaning="The name stays as it was.")
        return _put_setting(edit, "name", self.name.strip())
