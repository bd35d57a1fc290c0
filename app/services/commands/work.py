# SPDX-License-Identifier: MIT
"""What workload is computed from beside visit classes: travel, administration, the index."""

import math
from dataclasses import dataclass, replace

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import MeasureId, StrokeId, TerritoryId
from app.models.territory import TravelMode
from app.models.visit_class import KnownTrip
from app.models.work import (
    HIGHEST_CIRCUITY,
    HIGHEST_KMH,
    LOWEST_CIRCUITY,
    LOWEST_KMH,
    MOST_HOURS,
    MOST_VISITS_PER_DAY,
    IndexWeight,
    WorkSettings,
)
from app.services.commands.base import Edit, territory_name
from app.services.commands.settings import PutSetting
from app.services.store.plan_settings import INDEX_WEIGHTS, VISITS_MEASURE, WORK_SETTINGS
from app.services.store.work_settings import weights_value, work_value

_NOTHING = "Nothing was changed."
_TRIP = (
    *("id", "from_text", "from_lon", "from_lat", "to_text", "to_lon", "to_lat", "minutes"),
    "mode",
)
_SHORTEST_MINUTES, _LONGEST_MINUTES = 0.1, 10_000.0


@dataclass(frozen=True, slots=True)
class SetWorkSettings:
    """Set speeds, circuity, visits on a day, administration, hours of a full-time rep.

    Attributes:
        title: What undo calls it, for example "Set the visits per day".
    """

    settings: WorkSettings
    title: str = "Change how work is estimated"
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return self.title

    def apply(self, edit: Edit) -> Changes:
        """Write the settings.

        Raises:
            EditRejected: A number is out of its range.
        """
        wanted = self.settings
        checks = [
            ("Visits per day", wanted.visits_per_day, 0.1, MOST_VISITS_PER_DAY),
            ("The detour factor", wanted.circuity, LOWEST_CIRCUITY, HIGHEST_CIRCUITY),
            ("Hours of administration", wanted.admin_hours, 0.0, MOST_HOURS),
            ("Hours of a full-time rep", wanted.full_time_hours, 1.0, MOST_HOURS),
        ]
        speeds = [kmh for each in wanted.speeds for kmh in (each.long_kmh, each.local_kmh)]
        checks += [("A speed in km/h", kmh, LOWEST_KMH, HIGHEST_KMH) for kmh in speeds]
        for words, value, low, high in checks:
            if not low <= value <= high:
                message = f"{words} must be {low:g} to {high:,g}."
                raise EditRejected(message, meaning=_NOTHING)
        return PutSetting(WORK_SETTINGS, work_value(wanted), self.title).apply(edit)


@dataclass(frozen=True, slots=True)
class SetIndexWeights:
    """Say what each measure counts in the index; none ends the index.

    Attributes:
        weights: 0 or more each; they are brought to a sum of 1 when they are used.
    """

    weights: tuple[IndexWeight, ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Weigh the measures of the index" if self.weights else "Do without an index"

    def apply(self, edit: Edit) -> Changes:
        """Write the weights.

        Raises:
            EditRejected: A weight is below 0, or all are 0.
        """
        values = [each.weight for each in self.weights]
        if any(not math.isfinite(value) or value < 0 for value in values):
            raise EditRejected("A weight cannot be below 0.", meaning=_NOTHING)
        if values and sum(values) <= 0:
            raise EditRejected(
                "All weights of the index are 0.",
                meaning="An index of nothing says nothing. Nothing was changed.",
                remedy="Give at least one measure a weight.",
            )
        return PutSetting(INDEX_WEIGHTS, weights_value(self.weights), self.label).apply(edit)


@dataclass(frozen=True, slots=True)
class SetVisitsMeasure:
    """Let a measure say the visits per year of every account, or its visit class again."""

    measure: MeasureId | None
    measure_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Take visits per year from {self.measure_name or 'the visit classes'}"

    def apply(self, edit: Edit) -> Changes:
        """Write the choice.

        Raises:
            EditRejected: The plan has no such measure on accounts.
        """
        if self.measure is not None and not edit.tx.rows(
            "SELECT 1 FROM measure WHERE id = ? AND level = ''", (self.measure,)
        ):
            message = "The plan has no such measure on accounts."
            raise EditRejected(message, meaning=_NOTHING)
        value = None if self.measure is None else int(self.measure)
        return PutSetting(VISITS_MEASURE, value, self.label).apply(edit)


@dataclass(frozen=True, slots=True)
class PutKnownTrip:
    """Add a trip whose time the user knows, or change one; an id of 0 makes a new one."""

    trip: KnownTrip
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        verb = "Change" if self.trip.id else "Add"
        return f"{verb} the trip from {self.trip.from_text} to {self.trip.to_text}"

    def apply(self, edit: Edit) -> Changes:
        """Write the row.

        Raises:
            EditRejected: The time is out of its range, nobody travels by this mode, or both ends
                are one place.
        """
        trip = self.trip
        if not _SHORTEST_MINUTES <= trip.minutes <= _LONGEST_MINUTES:
            message = f"A trip takes {_SHORTEST_MINUTES} to {_LONGEST_MINUTES:,.0f} minutes."
            raise EditRejected(message, meaning=_NOTHING)
        if trip.mode is TravelMode.REMOTE:
            message = "Who works from a desk makes no trips."
            raise EditRejected(message, meaning=_NOTHING, remedy="Choose how the trip is made.")
        if trip.from_place == trip.to_place:
            raise EditRejected(
                "Both ends of the trip are one place.",
                meaning="There is no distance to compare the time with. Nothing was changed.",
                remedy="Name two places that lie apart.",
            )
        if not trip.id:
            trip = replace(trip, id=edit.tx.next_id("known_trip"))
        edit.tx.put("known_trip", _TRIP, [_trip_row(trip)])
        return Changes(settings=True)


@dataclass(frozen=True, slots=True)
class RemoveKnownTrips:
    """Remove known trips; estimates no longer follow them."""

    trips: tuple[int, ...]
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Remove a known trip" if len(self.trips) == 1 else f"Remove {len(self.trips)} trips"

    def apply(self, edit: Edit) -> Changes:
        """Delete the rows."""
        edit.tx.delete("known_trip", [(trip,) for trip in self.trips])
        return Changes(settings=True)


@dataclass(frozen=True, slots=True)
class SetTerritoryWork:
    """Say how the rep of a territory gets around, and hours that no estimate knows.

    Attributes:
        admin_hours: Per year beside visits and travel, None as set for all.
        travel_hours: On the road per year, None for the estimate.
    """

    territory: TerritoryId
    mode: TravelMode
    admin_hours: float | None = None
    travel_hours: float | None = None
    territory_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Set travel and administration of {self.territory_name or 'a territory'}"

    def apply(self, edit: Edit) -> Changes:
        """Write the fields.

        Raises:
            EditRejected: The territory is gone, or hours are out of their range.
        """
        territory_name(edit, self.territory)
        for words, value in (("administration", self.admin_hours), ("travel", self.travel_hours)):
            if value is not None and not 0.0 <= value <= MOST_HOURS:
                message = f"Hours of {words} must be 0 to {MOST_HOURS:,.0f}."
                raise EditRejected(message, meaning=_NOTHING)
        columns = ("id", "travel_mode", "admin_hours", "travel_hours")
        row = (self.territory, self.mode.value, self.admin_hours, self.travel_hours)
        edit.tx.put("territory", columns, [row])
        return Changes(territories=frozenset((self.territory,)))


def _trip_row(trip: KnownTrip) -> tuple[int | str | float, ...]:
    return (
        *(trip.id, trip.from_text, *trip.from_place, trip.to_text, *trip.to_place),
        *(trip.minutes, trip.mode.value),
    )
